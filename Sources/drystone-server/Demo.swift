import App
import ArgumentParser

/// `drystone demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fills an empty database with the invented partnership, and tells how its people sign in.")

    @OptionGroup var file: ConfigurationFile

    @Option(help: "How large: rutland, llr or large.")
    var size = "llr"

    func run() async throws {
        for line in try await DemoCommand.run(file.settings(), size: size) {
            print("\(line.role): \(line.name), \(line.agency)")
            print("    e-mail \(line.email)   password \(line.password)")
            print("    secret \(line.totpSecret)   code now \(line.code)")
        }
    }
}

import App
import ArgumentParser

/// `drystone demo`
struct Demo: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Fills an empty database with the invented partnership, and tells how its people sign in.",
        discussion: "Run again, it changes nothing and tells the same, with the codes of that moment.")

    @OptionGroup var file: ConfigurationFile

    @Option(help: "How large: \(DemoCommand.sizes.joined(separator: ", ")).")
    var size = "llr"

    func run() async throws {
        for line in try await DemoCommand.run(file.settings(), size: size) {
            print("\(line.role): \(line.name), \(line.agency)")
            print("    e-mail \(line.email)   password \(line.password)")
            print("    secret \(line.totpSecret)   code now \(line.code)")
        }
    }
}

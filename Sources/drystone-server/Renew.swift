import App
import ArgumentParser

/// `drystone renew`
struct Renew: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a new one-time link for somebody who lost their password or device.",
        discussion: """
            In the pages it takes two administrators. Use this where there is only one: you are the second person, so \
            make sure yourself who is asking. The audit log says that the link was made on the server.
            """)

    @OptionGroup var file: ConfigurationFile

    @Option(help: "The address that they sign in with.")
    var email: String

    @Option(help: "How you made sure who is asking: inPerson, byVideo or byManager.")
    var check: String

    func run() async throws {
        let made = try await RenewCommand.run(file.settings(), email: email, check: check)
        Terminal.complain("The link works once, for \(made.hours) hours. Their password and authenticator stay in "
            + "force until it is used.")
        print(made.link)
    }
}

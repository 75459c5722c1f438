import App
import ArgumentParser

/// `drystone create-admin`
struct CreateAdmin: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Makes an administrator and prints a one-time link for them.",
        discussion: """
            On an empty database it makes the partnership and the agency too. Later it is the way back in when no \
            administrator can sign in. Hand the link to that person yourself: whoever opens it first has the account.
            """)

    @OptionGroup var file: ConfigurationFile

    @Option(help: "The address that the administrator signs in with.")
    var email: String

    @Option(help: "The administrator's full name.")
    var name: String

    @Option(help: "The agency that they belong to.")
    var agency: String

    @Option(help: "The partnership's name: needed for an empty database, or to choose one of several.")
    var partnership: String?

    func run() async throws {
        let outcome = try await CreateAdminCommand.run(
            file.settings(), email: email, name: name, agency: agency, partnership: partnership)
        for sentence in outcome.sentences { Terminal.complain(sentence) }
        Terminal.complain("The link works once, for \(outcome.hours) hours:")
        print(outcome.link)
    }
}

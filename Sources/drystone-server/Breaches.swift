import App
import ArgumentParser

/// `drystone breach-list`
struct Breaches: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "breach-list",
        abstract: "The list of breached passwords that nobody may choose.",
        subcommands: [Build.self])

    /// `drystone breach-list build`
    struct Build: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Builds the list from a text file of passwords.",
            discussion: """
                The file has a password a line, or is Pwned Passwords (SHA-1, ordered by hash). Name the \
                result as 'breach_list' in the configuration. Nothing is asked of any network.
                """)

        @Argument(help: "The text file.")
        var source: String

        @Argument(help: "The list to write; an older one is replaced in one step.")
        var destination: String

        func run() throws {
            let count = try BreachListCommand.build(from: source, to: destination)
            print("\(count) passwords are in \(destination).")
        }
    }
}

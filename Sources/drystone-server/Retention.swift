import App
import ArgumentParser

/// `drystone retention`
struct Retention: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Deletes records whose time has run out and that two people agreed to delete.",
        subcommands: [Apply.self, Reapply.self])

    /// `drystone retention apply`
    struct Apply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Carries out the deletions that were agreed to.",
            discussion: """
                Each person is checked again: whoever is held, or has something open, stays. Each is deleted whole or \
                not at all; a line without personal data is kept in the directory of tombstones. Copy that directory \
                to where you keep copies of the keys: a restore needs it.
                """)

        @OptionGroup var file: ConfigurationFile

        @Flag(help: "Print one JSON document.")
        var json = false

        func run() async throws {
            let done = try await RetentionCommand.apply(file.settings())
            if json { return try Terminal.printJSON(done) }
            print("Deleted \(done.deleted). Kept \(done.kept), which something keeps now.")
        }
    }

    /// `drystone retention reapply`
    struct Reapply: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Deletes again, after a restore, whoever the tombstones name.",
            discussion: "`./drystone restore` does it by itself. Run again, it changes nothing.")

        @OptionGroup var file: ConfigurationFile

        @Option(help: ArgumentHelp("The directory of the tombstones (default: the installation's own).",
                                   valueName: "dir"))
        var tombstones: String?

        @Flag(help: "Print one JSON document.")
        var json = false

        func run() async throws {
            let done = try await RetentionCommand.reapply(file.settings(), from: tombstones)
            if json { return try Terminal.printJSON(done) }
            print("Re-applied \(done.deleted) tombstones; \(done.settled) had nothing to delete here.")
            if done.kept > 0 { print("\(done.kept) are held since they were written, and stay.") }
        }
    }
}

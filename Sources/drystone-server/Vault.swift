import App
import ArgumentParser

/// `drystone vault`
struct Vault: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The master key, which protects addresses and contact details.",
        subcommands: [Rotate.self, Status.self])

    /// `drystone vault rotate`
    struct Rotate: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Replaces the master key, keeps the old one beside it, and rewraps what it protected.",
            discussion: """
                May be killed at any moment and run again. Run it as the user of the server; restart the server \
                afterwards, and copy the new key to where you keep copies of the keys.
                """)

        @OptionGroup var file: ConfigurationFile

        func run() async throws {
            for sentence in try await VaultCommands.rotate(file.settings()).sentences { print(sentence) }
        }
    }

    /// `drystone vault status`
    struct Status: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says which master key protects what, and which may be deleted. Exit 1 when one is missing.")

        @OptionGroup var file: ConfigurationFile

        @Flag(help: "Print one JSON document.")
        var json = false

        func run() async throws {
            let status = try await VaultCommands.status(file.settings())
            if json { try Terminal.printJSON(status) } else { tell(status) }
            if status.unopenable > 0 { throw ExitCode(CommandFailure.Kind.no.rawValue) }
        }

        private func tell(_ status: VaultCommands.Status) {
            for key in status.keys {
                print("\(key.isCurrent ? "Current " : "Previous") key \(key.id): \(use(key)) (\(key.file))")
            }
            for id in status.missing {
                print("Missing  key \(id): put it back from where you keep copies of the keys.")
            }
            if status.unopenable > 0 {
                print("\(status.unopenable) agencies' keys can't be opened: what they protect can't be read.")
            } else {
                print("Everything can be opened.")
            }
        }

        private func use(_ key: VaultCommands.Status.Key) -> String {
            if key.agencies > 0 {
                return "wraps the keys of \(key.agencies) agencies"
                    + (key.isCurrent ? "" : "; run `drystone vault rotate` to finish")
            }
            return key.isCurrent ? "wraps nothing yet"
                : "wraps nothing here; delete it when no backup is left that was made before it was replaced"
        }
    }
}

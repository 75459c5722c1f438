import App
import ArgumentParser

/// `drystone audit`
struct Audit: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "The log of who did and saw what: exporting it, and checking an export.",
        subcommands: [Export.self, Verify.self, Key.self])

    /// `drystone audit export`
    struct Export: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes the log to a file that anyone can check without the database.",
            discussion: "The file says which colleague did and saw what, when: hand it out accordingly.")

        @OptionGroup var file: ConfigurationFile

        @Option(help: ArgumentHelp("The file to write; it must not exist.", valueName: "file"))
        var out: String

        func run() async throws {
            let outcome = try await AuditExportCommand.run(file.settings(), to: out) { done, all in
                Terminal.progress("\(done) of \(all) rows")
            }
            Terminal.endProgress()
            print("Exported \(outcome.rows) rows and \(outcome.checkpoints) checkpoints to \(out).")
            if outcome.waiting > 0 {
                print("Newer rows that are not sealed yet: \(outcome.waiting). A running server seals every second.")
            }
            print("Check it anywhere: drystone audit verify \(out) --key KEY --witness FILE")
        }
    }

    /// `drystone audit verify`
    struct Verify: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks an export, without database, configuration or secret. Exit 1 when it is not intact.",
            discussion: """
                A changed, missing, added or reordered row shows. Whoever holds the signing key could rewrite the \
                whole log: only a checkpoint that somebody else kept (--witness) shows that.
                """)

        @Argument(help: "The export; - reads standard input.")
        var file: String

        @Option(help: ArgumentHelp("A file of checkpoints kept outside; may be repeated.", valueName: "file"))
        var witness: [String] = []

        @Option(help: ArgumentHelp("The log's key as `drystone audit key` printed it.", valueName: "text"))
        var key: String?

        @Flag(help: "Print one JSON document.")
        var json = false

        func run() throws {
            let verdict = try AuditVerifyCommand.run(file, witnesses: witness, key: key) { share in
                Terminal.progress("\(Int(share * 100))%")
            }
            Terminal.endProgress()
            if json { try Terminal.printJSON(verdict) } else { tell(verdict) }
            if !verdict.intact { throw ExitCode(CommandFailure.Kind.no.rawValue) }
        }

        private func tell(_ verdict: AuditVerifyCommand.Verdict) {
            if verdict.intact {
                print("Intact: \(verdict.rows) rows, unchanged and in order.")
                print("Signed checkpoints: \(verdict.checkpoints).")
            } else {
                let count = verdict.problemCount == 1 ? "one thing is" : "\(verdict.problemCount) things are"
                print("NOT intact: \(count) wrong.")
                for problem in verdict.problems.prefix(Self.listed) { print("  \(problem)") }
                if verdict.problemCount > Self.listed {
                    print("  and \(verdict.problemCount - Self.listed) more (--json lists them).")
                }
            }
            if verdict.isShorterThanWitness {
                print("If the witness's copy was made after this export, that is why: copy it, export, then check.")
            }
            if witness.isEmpty {
                print("No witness was asked: whoever holds the signing key could have rewritten it or cut off its end.")
            } else {
                print("A witness outside vouches for the first \(verdict.witnessedRows) rows.")
            }
            if !verdict.keyWasTrusted {
                print("The file's own key was believed: compare with the key that you keep (--key).")
            }
        }

        /// Problems shown to a person.
        private static let listed = 100
    }

    /// `drystone audit key`
    struct Key: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the public key that checks the log's signatures, to publish and to hand to witnesses.")

        @OptionGroup var file: ConfigurationFile

        func run() async throws { print(try await AuditExportCommand.key(file.settings())) }
    }
}

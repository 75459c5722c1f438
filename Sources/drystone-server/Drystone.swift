import App
import ArgumentParser
import Foundation

/// The program. Each command is a file of its own here and parses and prints only; what it does is in `App`.
@main
struct Drystone: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drystone",
        abstract: "The server of a local partnership, and what its operator needs.",
        version: Version.text,
        subcommands: [
            Serve.self, Migrate.self, Demo.self, CreateAdmin.self, Renew.self, Audit.self, Vault.self,
            Retention.self, Breaches.self, Doctor.self, Bench.self, TotpCode.self,
        ])

    /// Runs the command that was typed. Exit 2 for wrong usage and unreadable input, 1 when the answer is no.
    static func main() async {
        guardProcess()
        do {
            var command = try await asyncParseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let exit as ExitCode {
            end(exit.rawValue)
        } catch {
            explain(error)
        }
        end(0)
    }

    private static func explain(_ error: any Error) {
        let status = exitCode(for: error)
        if status == .success {
            print(fullMessage(for: error))
        } else if status == .validationFailure {
            Terminal.complain(fullMessage(for: error))
            end(CommandFailure.Kind.unreadable.rawValue)
        } else {
            let failure = CommandFailure(explaining: error)
            Terminal.complain("drystone: \(failure.description)")
            end(failure.kind.rawValue)
        }
    }

    private static func end(_ status: Int32) -> Never {
        fflush(nil)
        Foundation.exit(status)
    }

    /// What this program writes is its user's alone, and a crash leaves no copy of its memory behind: keys are in it.
    private static func guardProcess() {
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    }
}

/// The configuration that most commands read.
struct ConfigurationFile: ParsableArguments {
    @Option(name: .long, help: ArgumentHelp("The configuration.", valueName: "file"))
    var config: String

    /// What it says.
    func settings() throws -> Settings { try Settings(file: config) }
}

import ArgumentParser
import Foundation

@main
struct Tools: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "drystone-tools", abstract: "Evidence tools that need no server and no database.",
        subcommands: [
            Link.self, Encode.self, Protect.self, Capacity.self, Prevalence.self, AssessmentCommand.self, Bench.self,
        ])

    /// Runs the command that was typed. Exit 2 for wrong usage and unreadable input, 1 when the answer is no.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let exit as ExitCode {
            end(exit.rawValue)
        } catch let failure as Unreadable {
            Terminal.complain("drystone: \(failure.text)")
            end(2)
        } catch {
            if exitCode(for: error) == .success {
                print(fullMessage(for: error))
                end(0)
            }
            Terminal.complain(fullMessage(for: error))
            end(2)
        }
        end(0)
    }

    private static func end(_ status: Int32) -> Never {
        fflush(nil)
        Foundation.exit(status)
    }
}

import App
import ArgumentParser

/// `drystone doctor`
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what is missing or wrong with configuration, keys, database and disks. Exit 1 if anything is.",
        discussion: "Run it as the user of the server. It changes nothing.")

    @OptionGroup var file: ConfigurationFile

    @Flag(help: "Print one JSON document.")
    var json = false

    func run() async throws {
        let findings = try await DoctorCommand.run(configuration: file.config)
        let wrong = findings.count { $0.status == .wrong }
        if json {
            try Terminal.printJSON(Report(wrong: wrong, findings: findings))
        } else {
            // One line each, status first: the launcher reads them too.
            for finding in findings {
                let status = finding.status.rawValue
                let words = [finding.what, finding.todo].filter { !$0.isEmpty }.joined(separator: " ")
                print(status + String(repeating: " ", count: 8 - status.count) + words.replacing("\n", with: " "))
            }
        }
        if wrong > 0 { throw ExitCode(CommandFailure.Kind.no.rawValue) }
    }

    private struct Report: Encodable {
        let wrong: Int
        let findings: [DoctorCommand.Finding]
    }
}

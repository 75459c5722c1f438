import ArgumentParser
import Assessment
import Foundation
import Pages
import Statistics

/// `drystone assessment`
struct AssessmentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "assessment",
        abstract: "A needs assessment as one page, worked out of tables that may be shown.",
        discussion: """
            Reads tables (released by `drystone protect`, or published by somebody, who is named), the measures to be \
            made of them, and what an analyst writes beside them, and writes one web page that needs nothing else: \
            contents, tables, pictures, findings, recommendations, and for each figure its definition, both its \
            numbers and where they stand. Beside it, in a folder, each table and picture as CSV, and figures.csv.

            Tables that were released are attacked again, all together: a small count that is shown, or that can be \
            worked out, stops everything. So does a case study that fewer people than the rule asks for are like.

            --json writes what is to be kept; --compare reads what was kept of the last assessment.

            Exit codes: 0 written, 1 nothing may leave, 2 not understood. docs/guide/assessment.md has the format.
            """)

    @Argument(help: ArgumentHelp("The assessment's inputs, as JSON.", valueName: "inputs.json"))
    var inputs: String
    @Option(help: ArgumentHelp("Writes the page, and a folder of files beside it.", valueName: "assessment.html"))
    var out: String?
    @Option(help: ArgumentHelp("The last assessment, as --json wrote it.", valueName: "previous.json"))
    var compare: String?
    @Flag(help: "One JSON document on standard output: every figure with its lineage, to be kept.")
    var json = false

    func validate() throws {
        if out == nil, !json { throw ValidationError("Say where the page goes (--out), or ask for --json.") }
        if let out, !out.hasSuffix(".html") { throw ValidationError("--out must end in .html.") }
    }

    func run() throws {
        let assessment = try worked()
        for warning in assessment.warnings { Terminal.complain("look at: \(warning)") }
        let frozen = FrozenAssessment(assessment)
        let comparison = try compare.map { AssessmentComparison(frozen, since: try Self.previous($0)) }
        if let out { try write(assessment, comparison, to: out) }
        if json { print(String(decoding: try frozen.json(), as: UTF8.self)) }
    }

    private func worked() throws -> Assessment {
        let text = try Terminal.text(of: inputs, atMost: 20_000_000)
        let folder = URL(fileURLWithPath: inputs).deletingLastPathComponent()
        do {
            return try AssessmentReader { name in
                try Data(Terminal.text(
                    of: folder.appendingPathComponent(name).path, atMost: AreaShapes.mostBytes).utf8)
            }.assessment(Data(text.utf8))
        } catch let problem as AssessmentProblem {
            throw Unreadable(text: "\(inputs) can't be used: \(problem.description).")
        } catch AssessmentRefusal.tables(let refusal) {
            Terminal.complain("drystone: nothing was written. \(Self.told(refusal))")
        } catch AssessmentRefusal.stories(let reasons) {
            Terminal.complain("drystone: nothing was written. A story could be told to be somebody's:")
            for reason in reasons { Terminal.complain("  \(reason)") }
        }
        throw ExitCode(1)
    }

    private static func told(_ refusal: DisclosureRefusal) -> String {
        switch refusal {
        case .problem(let problem): problem.description
        case .discloses(let cells), .unproven(let cells):
            "These small counts are shown, or can be worked out from the tables side by side: "
                + "\(cells.joined(separator: ", ")). Run the tables through `drystone protect`, all together."
        case .cancelled: "The work was stopped."
        }
    }

    private static func previous(_ path: String) throws -> FrozenAssessment {
        let text = try Terminal.text(of: path, atMost: 20_000_000)
        do {
            return try FrozenAssessment(json: Data(text.utf8))
        } catch let problem as AssessmentProblem {
            throw Unreadable(text: "\(path) can't be used: \(problem.description).")
        }
    }

    private func write(_ assessment: Assessment, _ comparison: AssessmentComparison?, to path: String) throws {
        let page = URL(fileURLWithPath: path), name = page.deletingPathExtension().lastPathComponent + "-files"
        let folder = page.deletingLastPathComponent().appendingPathComponent(name)
        // A name is part of an address here.
        let address = name.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed) ?? name
        do {
            if !FileManager.default.fileExists(atPath: folder.path) {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
            }
            // A table that was taken out since must not be handed over with the rest.
            let names = Set(assessment.files.map(\.name))
            for old in try FileManager.default.contentsOfDirectory(atPath: folder.path)
            where !names.contains(old) && old.hasSuffix(".csv")
                && ["table-", "picture-", "printed."].contains(where: old.hasPrefix) {
                try FileManager.default.removeItem(at: folder.appendingPathComponent(old))
            }
            for file in assessment.files {
                try Data(file.text.utf8).write(to: folder.appendingPathComponent(file.name))
            }
            let markup = AssessmentPage(assessment, comparison: comparison, folder: address).markup
            try Data(markup.utf8).write(to: page)
        } catch {
            throw Unreadable(text: "\(path) can't be written. Check that its folder is there, and that you may write.")
        }
    }
}

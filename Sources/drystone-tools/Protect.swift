import ArgumentParser
import Foundation
import Statistics

/// `drystone protect`
struct Protect: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "What may be published of tables of counts: small counts hidden, and others so that these stay so.",
        discussion: """
            Reads tables with their true counts and writes the same document with what must be withheld as null, and \
            "report" beside it: what is hidden and why, the information lost, and the interval in which a reader can \
            work each hidden count out who knows that it isn't 0. The report is for analysts; --publish writes a file \
            without it.

              {"rule": {"threshold": 5},
               "tables": [{"name": "q1", "row": "district", "col": "risk",
                 "rows": ["Rutland", "Melton", "Total"], "cols": ["High", "Other", "Total"],
                 "values": [[3, 9, 12], [7, 20, 27], [10, 29, 39]]}],
               "same": [], "accumulate": [{"total": "ytd", "parts": ["q1", "q2"]}]}

            --ledger FILE has what was released before, in the same format (null is hidden; a document, a list of \
            them, or {"releases": [...]}). What would give anything away together with it is refused. Its hidden \
            counts may stand beside as "truth" (a grid) or "true" (a cell of a cube).

            --round makes small counts 0 or the threshold instead, and adds every total up again: for dashboards.

            Exit codes: 0 protected, 1 refused, nothing may leave; 2 not understood. docs/guide/disclosure.md says more.
            """)

    @Argument(help: ArgumentHelp("The tables, as JSON.", valueName: "release.json"))
    var release: String
    @Option(help: ArgumentHelp(
        "drystone_default, lt5_round5, dfe_1to5_round10, nhs_1to7_round5 or a JSON file. Without it the release's rule "
            + "applies.", valueName: "profile"))
    var profile: String?
    @Option(help: ArgumentHelp("What was released before.", valueName: "file"))
    var ledger: String?
    @Option(help: ArgumentHelp("Writes what may be published, without the report.", valueName: "file"))
    var publish: String?
    @Flag(help: "Also withstands somebody who is the only one in a cell and takes himself off.")
    var insider = false
    @Flag(help: "Small-count rounding instead of suppression.")
    var round = false
    @Flag(help: "One JSON document on standard output, which is so anyway.")
    var json = false

    func run() throws {
        let inputs = try ProtectInput.read(release, isPublic: false)
        guard inputs.count == 1, let input = inputs.first else {
            throw Unreadable(text: "\(release) holds several releases; put their tables into one.")
        }
        let rule = try ProtectProfile.rule(profile, input, insider: insider)
        let earlier = try ledger.map { try ProtectInput.read($0, isPublic: true) } ?? []
        let request = ReleaseRequest(
            input.tables, earlier: earlier.flatMap(\.tables),
            same: (earlier + [input]).flatMap(\.same),
            accumulations: (earlier + [input]).flatMap(\.accumulations),
            relations: (earlier + [input]).flatMap(\.relations))
        let clock = ContinuousClock(), began = clock.now
        let tables: [Released<CountTable>], outcome: DisclosureOutcome?
        do throws(DisclosureRefusal) {
            if round {
                (tables, outcome) = (try DisclosureControl.roundSmallCounts(request, rule), nil)
            } else {
                let release = try DisclosureControl.release(request, rule, progress: ProtectProgress().told)
                (tables, outcome) = (release.tables, release.outcome)
            }
        } catch {
            try Self.explain(error, release)
        }
        let seconds = (clock.now - began) / .seconds(1)
        try write(ProtectDocument(input: input, rule: rule, tables: tables), outcome, seconds)
    }

    private func write(_ document: ProtectDocument, _ outcome: DisclosureOutcome?, _ seconds: Double) throws {
        let published = document.published
        if let publish { try Self.data(published).write(to: URL(fileURLWithPath: publish)) }
        var whole = published
        if let outcome {
            whole["report"] = ProtectDocument.report(outcome, document.rule, seconds: seconds)
        } else {
            whole["report"] = ["status": "rounded", "method": "small-count rounding"]
        }
        print(String(decoding: try Self.data(whole), as: UTF8.self))
    }

    private static func data(_ document: [String: Any]) throws -> Data {
        try JSONSerialization.data(
            withJSONObject: document, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    }

    private static func explain(_ refusal: DisclosureRefusal, _ path: String) throws -> Never {
        switch refusal {
        case .problem(let problem):
            throw Unreadable(text: "\(path) can't be used: \(problem.description).")
        case .discloses(let cells):
            Terminal.complain(
                "drystone: refused, nothing may be published. Together with what is public already these small counts "
                    + "could be worked out, whatever is hidden: \(cells.joined(separator: ", ")). Merge rows, columns "
                    + "or periods, or leave the table out.")
        case .unproven(let cells):
            Terminal.complain(
                "drystone: refused, nothing may be published. For these cells no proof of protection was found: "
                    + "\(cells.joined(separator: ", ")). Merge rows or columns.")
        case .cancelled:
            Terminal.complain("drystone: stopped; nothing may be published.")
        }
        throw ExitCode(1)
    }
}

/// How far it is, on a terminal only.
struct ProtectProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func told(_ share: Double) -> Bool {
        if isTerminal { FileHandle.standardError.write(Data("\r\(Int(share * 100))%  \r".utf8)) }
        return true
    }
}

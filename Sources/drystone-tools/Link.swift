import ArgumentParser
import Foundation
import Linkage

/// `drystone link`
struct Link: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "How many people are in extracts of several agencies, and which records are the same person's.",
        discussion: """
            Reads CSV files, XLSX and ODS whose first lines name the columns. Known without a schema, any of them \
            missing or empty: \
            record_id (unique), agency, forename, middle_name, surname, dob, sex, postcode, nhs_number, phone. No \
            labels are needed: what agreement is worth is learnt from the files themselves. The same files give the \
            same answer, whatever the order of rows and the number of threads.

            --schema FILE says which column is compared as what. In "link" mode only records of different sources are \
            compared.

              {"id": "rec_id", "source": "agency", "mode": "dedupe",
               "fields": [{"column": "given_name", "type": "forename"}, {"column": "dob", "type": "date"}]}

            Types: \(FieldType.allCases.map(\.rawValue).joined(separator: ", ")).

            --review FILE writes the pairs that a person should decide, the most doubtful first. Fill in its columns \
            decision (same or different), by and why, and give it back as --decisions FILE, in this run and every \
            later one: what a person decided outranks the model. --explain ID ID shows a pair, --picture FILE draws \
            it; both show the values, so keep them where the extracts are kept.

            Files that `drystone encode` made are linked with one another, when they were made with the same key. \
            Of the options --threshold, --clusters and --json go with them; a record_id is then the agency's own token \
            of it.

            Exit codes: 0 linked, 2 not understood. docs/guide/linkage.md says what the figures mean.
            """)

    @Argument(help: ArgumentHelp("Extracts, as CSV.", valueName: "file"))
    var files: [String]
    @Option(help: ArgumentHelp("Which column is what, as JSON.", valueName: "schema.json"))
    var schema: String?
    @Option(help: ArgumentHelp("Uses what an earlier run learnt.", valueName: "model.json"))
    var model: String?
    @Option(help: ArgumentHelp("Writes what was learnt.", valueName: "model.json"))
    var saveModel: String?
    @Option(help: ArgumentHelp("Writes the same as settings of Splink.", valueName: "settings.json"))
    var exportSplink: String?
    @Option(parsing: .unconditional, help: ArgumentHelp(
        "Records are one person's where that is likelier than this, as 50% or 0.5.", valueName: "P"))
    var threshold = Share(argument: "50%")!
    @Option(help: ArgumentHelp("Writes record_id,cluster_id.", valueName: "out.csv"))
    var clusters: String?
    @Option(help: ArgumentHelp("Writes weight,record_id_l,record_id_r above the threshold.", valueName: "out.csv"))
    var pairs: String?
    @Option(help: ArgumentHelp("Writes the rows that couldn't be used, and why.", valueName: "out.csv"))
    var rejected: String?
    @Option(help: ArgumentHelp("Writes the pairs that a person should decide.", valueName: "out.csv"))
    var review: String?
    @Option(parsing: .unconditional, help: ArgumentHelp("Writes at most so many of them.", valueName: "N"))
    var reviewPairs = 200
    @Option(help: ArgumentHelp("What a person decided; may be given several times.", valueName: "file"))
    var decisions: [String] = []
    @Option(parsing: .upToNextOption, help: ArgumentHelp(
        "Says why two records are or aren't one person's.", valueName: "ID ID"))
    var explain: [String] = []
    @Option(help: ArgumentHelp("Draws what --explain says.", valueName: "out.svg"))
    var picture: String?
    @Option(parsing: .unconditional, help: ArgumentHelp("Threads; as many as there are cores.", valueName: "N"))
    var threads: Int?
    @Flag(help: "One JSON document on standard output.")
    var json = false

    func validate() throws {
        guard explain.isEmpty || explain.count == 2 else { throw ValidationError("--explain needs two record ids.") }
        guard picture == nil || !explain.isEmpty else {
            throw ValidationError("--picture draws what --explain says; give both.")
        }
        guard (1...10_000).contains(reviewPairs) else { throw ValidationError("--review-pairs must be 1 to 10000.") }
        guard threshold.value > 0, threshold.value < 1 else {
            throw ValidationError("--threshold must be between 0 and 1.")
        }
        if let threads, !(1...256).contains(threads) { throw ValidationError("--threads must be 1 to 256.") }
    }

    func run() throws {
        let clock = ContinuousClock(), began = clock.now
        let encoded = files.filter(LinkEncoded.isEncoded)
        if !encoded.isEmpty { return try LinkEncoded(files, encoded, self).run() }
        do throws(LinkageProblem) {
            let linkage = try Linkage(files, try options(), progress: LinkProgress().told)
            let explanation = explain.isEmpty ? nil : try linkage.explain(explain[0], explain[1])
            try write(linkage)
            if let picture, let explanation {
                try Self.write(Data(LinkPicture.svg(explanation).utf8), to: picture)
            }
            try tell(linkage, explanation, seconds: (clock.now - began) / .seconds(1))
        } catch {
            throw Unreadable(text: error.description)
        }
    }

    private func options() throws(LinkageProblem) -> LinkageOptions {
        var options = LinkageOptions()
        options.threshold = threshold.value
        options.threads = threads ?? ProcessInfo.processInfo.activeProcessorCount
        options.readsWorkbook = Workbook.sheet
        if let schema {
            do {
                options.schema = try JSONDecoder().decode(LinkSchema.self, from: try Self.data(schema))
            } catch let problem as LinkageProblem {
                throw problem
            } catch {
                throw LinkageProblem(
                    "\(schema) isn't a schema. It needs {\"fields\": [{\"column\": ..., \"type\": ...}]}; types are "
                        + FieldType.allCases.map(\.rawValue).joined(separator: ", ") + ".")
            }
        }
        if let model { options.model = try SavedModel(reading: try Self.data(model)) }
        for file in decisions { options.decisions += try LinkDecision.read(file) }
        return options
    }

    private func write(_ linkage: Linkage) throws(LinkageProblem) {
        if let clusters { try Self.write(linkage.clustersFile(), to: clusters) }
        if let pairs { try Self.write(linkage.pairsFile(), to: pairs) }
        if let review { try Self.write(linkage.reviewFile(most: reviewPairs), to: review) }
        if let rejected { try Self.write(linkage.rejectedFile(), to: rejected) }
        if let saveModel { try Self.write(LinkDocument.model(linkage.savedModel), to: saveModel) }
        if let exportSplink { try Self.write(LinkDocument.splink(linkage), to: exportSplink) }
    }

    private func tell(_ linkage: Linkage, _ explanation: Explanation?, seconds: Double) throws(LinkageProblem) {
        if json {
            do {
                try Terminal.printJSON(LinkDocument(linkage, explanation, seconds: seconds))
            } catch {
                throw LinkageProblem("the answer can't be written.")
            }
        } else if let explanation {
            print(LinkText.lines(explanation).joined(separator: "\n"))
        } else {
            print(LinkText.lines(linkage, seconds: seconds).joined(separator: "\n"))
        }
        if linkage.rejectedCount > 0, rejected == nil, !json {
            Terminal.complain("drystone: \(linkage.rejectedCount) rows couldn't be used; --rejected FILE says why.")
        }
        let unknown = linkage.unknownInDecisions
        if !unknown.isEmpty {
            Terminal.complain(
                "drystone: decisions about records that aren't in these files are left: "
                    + unknown.prefix(8).joined(separator: ", ")
                    + (unknown.count > 8 ? " and \(unknown.count - 8) more." : "."))
        }
    }

    private static func data(_ path: String) throws(LinkageProblem) -> Data {
        guard let data = FileManager.default.contents(atPath: path), data.count < 10_000_000 else {
            throw LinkageProblem("\(path) can't be read. Check the name, and that you may read it.")
        }
        return data
    }

    static func write(_ data: Data, to path: String) throws(LinkageProblem) {
        do {
            try data.write(to: URL(fileURLWithPath: path))
        } catch {
            throw LinkageProblem("\(path) can't be written. Check its folder, and that you may write there.")
        }
    }
}

/// What is being done, on a terminal only.
struct LinkProgress {
    private let isTerminal = isatty(STDERR_FILENO) == 1

    func told(_ step: String, _ share: Double) {
        guard isTerminal else { return }
        FileHandle.standardError.write(Data("\r\(step) \(Int(share * 100))%          \r".utf8))
    }
}

import Foundation
import FoundationXML
import Testing

@testable import Linkage

@Suite("./drystone link")
struct LinkCommandTests {
    private let extracts: Extracts
    private let sample: String

    init() throws {
        extracts = try Extracts()
        sample = try extracts.file("a.csv", Extracts.lines())
    }

    private func run(_ words: String...) throws -> BuiltTool.Said { try BuiltTool.run("link", words) }

    @Test func `a document with what the contract names, and the files`() throws {
        let out = { (name: String) in self.extracts.folder + "/" + name }
        let said = try run(
            sample, "--json", "--clusters", out("c.csv"), "--pairs", out("p.csv"), "--save-model", out("m.json"),
            "--export-splink", out("s.json"), "--rejected", out("r.csv"), "--threads", "2")
        #expect(said.status == 0, "\(said.error)")
        #expect(said.error == "")
        let answer = try said.json()
        for key in [
            "records", "people", "people_low", "people_high", "clusters_by_size", "overlap", "parameters", "seconds",
            "peak_mb",
        ] { #expect(answer[key] != nil, "\(key)") }
        #expect(answer["records"] as? Int == 2_000)
        let clusters = try String(contentsOfFile: out("c.csv"), encoding: .utf8).split(separator: "\n")
        #expect(clusters.count == 2_001 && clusters[0] == "record_id,cluster_id")
        let pairs = try String(contentsOfFile: out("p.csv"), encoding: .utf8).split(separator: "\n")
        #expect(pairs[0] == "weight,record_id_l,record_id_r" && pairs.count > 1_000)
        #expect(try String(contentsOfFile: out("r.csv"), encoding: .utf8) == "file,line,reason\n")
        let settings = try #require(
            try JSONSerialization.jsonObject(
                with: Data(contentsOf: URL(fileURLWithPath: out("s.json")))) as? [String: Any])
        #expect((settings["comparisons"] as? [Any])?.count == 8)
        let again = try run(sample, "--json", "--model", out("m.json"), "--threshold", "90%")
        #expect(again.status == 0, "\(again.error)")
    }

    @Test func `a pair is explained step by step`() throws {
        let pair = try #require(try extracts.firstPair(sample))
        let said = try run(sample, "--explain", pair.0, pair.1)
        #expect(said.status == 0)
        #expect(said.out.contains("before anything is compared") && said.out.contains("together"))
        #expect(said.out.contains("They are in one group."))
        let unknown = try run(sample, "--explain", pair.0, "nobody")
        #expect(unknown.status == 2 && unknown.error.contains("no record is called nobody"))
    }

    @Test func `a pair is drawn: text only, in light and dark, with every field's words`() throws {
        let strange = Extracts.heading + "\n<i>&,x,,\"A\"\"<b>\",,Quill,1990-01-02,F,QX1 1AA,,\n"
            + "two,y,,Anne,,Quill,1990-02-01,F,QX1 1AB,,\n"
        let file = try extracts.file("b.csv", Data(strange.utf8)), out = extracts.folder + "/p.svg"
        let said = try run(sample, file, "--explain", "<i>&", "two", "--picture", out)
        #expect(said.status == 0, "\(said.error)")
        let picture = try String(contentsOfFile: out, encoding: .utf8)
        #expect(picture.contains("&lt;i&gt;&amp; and two") && !picture.contains("<i>") && !picture.contains("<script"))
        #expect(picture.contains("prefers-color-scheme: dark") && picture.contains("surname: the same"))
        #expect(picture.contains("dob: day and month swapped") && picture.contains("They are "))
        // Each bar begins where the one before ended; the last tells the sum.
        let parser = XMLParser(data: Data(picture.utf8)), bars = Bars()
        parser.delegate = bars
        #expect(parser.parse())
        #expect(bars.count >= 6)
        for (one, next) in zip(bars.all.dropFirst().dropLast(2), bars.all.dropFirst(2).dropLast()) {
            let ends = [one.0, one.0 + one.1], begins = [next.0, next.0 + next.1]
            #expect(ends.contains { end in begins.contains { abs(end - $0) < 2.5 } })
        }
    }

    @Test func `pairs to decide are written, and decisions about nobody named`() throws {
        let out = extracts.folder + "/review.csv"
        let decided = try extracts.file("decided.csv", ["gone-1,gone-2,same"])
        let said = try run(sample, "--review", out, "--review-pairs", "5", "--decisions", decided)
        #expect(said.status == 0 && said.error.contains("left: gone-1, gone-2."), "\(said.error)")
        #expect(try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n").count == 6)
    }

    @Test func `a workbook is read as its sheet, below a title too, and what can't be read says why`() throws {
        let tools = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../Tools/workbooks.py").standardized
        let books = ["fair.xlsx", "two.xlsx", "macros.xlsx", "far.xlsx"]
        let made = try Process.run(
            URL(fileURLWithPath: "/usr/bin/python3"), arguments: ["-B", tools.path, extracts.folder] + books)
        made.waitUntilExit()
        let said = try run(sample, extracts.folder + "/fair.xlsx", "--json")
        #expect(said.status == 0, "\(said.error)")
        #expect(try said.json()["records"] as? Int == 2_002)
        for (book, words) in [
            ("two.xlsx", "several sheets"), ("macros.xlsx", "has macros"), ("far.xlsx", "damaged or too large"),
        ] {
            let said = try run(sample, extracts.folder + "/" + book)
            #expect(said.status == 2 && said.error.contains(words), "\(said.error)")
        }
    }

    @Test func `what isn't understood is exit 2 with what to do`() throws {
        let bad = try extracts.file("bad.csv", ["a,b", "1,2"])
        let schema = try extracts.file("schema.json", ["{\"fields\": [{\"column\": \"x\", \"type\": \"colour\"}]}"])
        let absent = try extracts.file("absent.json", ["{\"fields\": [{\"column\": \"height\", \"type\": \"text\"}]}"])
        let decided = try extracts.file("decided.csv", ["record_id_l,record_id_r,decision", "1,2,perhaps"])
        for (words, told) in [
            (["/nowhere.csv"], "can't be read"), ([bad], "no columns that are known"),
            ([sample, "--schema", schema], "isn't a schema"), ([sample, "--schema", absent], "no column \"height\""),
            ([sample, "--model", schema], "the model can't be read"),
            ([sample, "--decisions", decided], "same or different"),
            ([sample, "--threshold", "100%"], "between 0 and 1"), ([sample, "--explain", "1"], "two record ids"),
            ([sample, "--picture", "p.svg"], "give both"), ([sample, "--review-pairs", "0"], "1 to 10000"),
            ([sample, "--clusters", "/nowhere/out.csv"], "can't be written"), ([], "Missing expected argument"),
            ([extracts.folder], "isn't a file"),
        ] {
            let said = try BuiltTool.run("link", words)
            #expect(said.status == 2, "\(words)")
            #expect(said.error.contains(told), "\(said.error)")
            #expect(said.out == "")
        }
    }
}

/// Bars of a picture: where each begins, and how long it is.
private final class Bars: NSObject, XMLParserDelegate {
    private(set) var all: [(Double, Double)] = []
    var count: Int { all.count }

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        guard element == "rect", let x = attributes["x"].flatMap(Double.init) else { return }
        all.append((x, Double(attributes["width"] ?? "") ?? 0))
    }
}

extension Extracts {
    /// Two records that are one person's.
    func firstPair(_ path: String) throws -> (String, String)? {
        let linkage = try Linkage.run([path]), names = linkage.byName
        return names.first { $0.key != $0.value }.map { ($0.key, $0.value) }
    }
}

import Foundation
import Testing

@Suite("Disclosure control: the command") struct ProtectCommandTests {
    private func run(_ words: [String]) throws -> BuiltTool.Said { try BuiltTool.run("protect", words) }

    private func run(_ files: [String], _ words: [String]) throws -> BuiltTool.Said {
        try BuiltTool.run("protect", on: files, words)
    }

    private static let quarter = """
        {"comment": "kept at home", "rule": {"threshold": 5}, "tables": [{"name": "q1", "row": "district",
        "col": "risk", "rows": ["Rutland", "Melton", "Total"], "cols": ["High", "Medium", "Standard", "Total"],
        "values": [[3, 4, 9, 16], [7, 5, 12, 24], [10, 9, 21, 40]], "truth": [[3, 4, 9, 16], [7, 5, 12, 24], \
        [10, 9, 21, 40]], "row_total": "Total", "col_total": "Total"}]}
        """

    private static let cube = """
        {"rule": {"threshold": 5}, "tables": [{"name": "c", "dims": [{"name": "area", "children": {"LLR": ["City", \
        "County"]}}, {"name": "risk", "children": {"All": ["High", "Other"]}}], "cells": [
        {"at": ["City", "High"], "value": 30}, {"at": ["City", "Other"], "value": 40},
        {"at": ["City", "All"], "value": 70},
        {"at": ["County", "High"], "value": 2}, {"at": ["County", "Other"], "value": 31},
        {"at": {"area": "County", "risk": "All"}, "value": 33}, {"at": ["LLR", "High"], "value": 32},
        {"at": ["LLR", "Other"], "value": 71}, {"at": ["LLR", "All"], "value": 103}]}]}
        """

    @Test func `its contract: the same document with null for what is withheld, and a report with the proof`() throws {
        let said = try run([Self.quarter], ["{0}"])
        #expect(said.status == 0 && said.error.isEmpty)
        let json = try said.json()
        let table = try #require((json["tables"] as? [[String: Any]])?.first)
        let values = try #require(table["values"] as? [[Any]])
        #expect(values[0][0] is NSNull && values[0][1] is NSNull && values[2][3] as? Int == 40)
        #expect(table["truth"] == nil && json["comment"] == nil)
        let report = try #require(json["report"] as? [String: Any])
        #expect(report["primary_count"] as? Int == 2 && report["complementary_count"] as? Int == 2)
        #expect(report["primary"] as? [String] == ["q1|Rutland|High", "q1|Rutland|Medium"])
        #expect((report["information_lost"] as? [String: Int])?["counts"] == 19)
        #expect(report["method"] is String && report["seconds"] is Double)
        let proof = try #require(report["proof"] as? [[String: Any]])
        #expect(proof.count == 4 && proof.allSatisfy { $0["lower"] as? Int ?? 0 >= 1 && $0["reason"] is String })
    }

    @Test func `a cube, a profile by name and by file, insiders, rounding, and a file without the report`() throws {
        let cube = try run([Self.cube], ["{0}", "--insider", "--json"]).json()
        let cells = try #require((cube["tables"] as? [[String: Any]])?.first?["cells"] as? [[String: Any]])
        #expect(cells.count == 9 && cells[3]["value"] is NSNull)
        let profile = #"{"name": "ours", "threshold": 8, "rounding": {"base": 5}}"#
        for words in [["--profile", "nhs_1to7_round5"], ["--profile", "{1}"]] {
            let found = try run([Self.cube, profile], ["{0}"] + words).json()
            let values = try #require((found["tables"] as? [[String: Any]])?.first?["cells"] as? [[String: Any]])
            #expect(values.allSatisfy { ($0["value"] as? Int ?? 0) % 5 == 0 })
        }
        let rounded = try run([Self.cube], ["{0}", "--round"]).json()
        let all = try #require((rounded["tables"] as? [[String: Any]])?.first?["cells"] as? [[String: Any]])
        #expect(all.allSatisfy { [0, 1, 2, 3, 4].firstIndex(of: $0["value"] as? Int ?? 1) ?? 0 == 0 })
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("published-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: file) }
        #expect(try run([Self.cube], ["{0}", "--publish", file.path]).status == 0)
        let published = try String(contentsOf: file, encoding: .utf8)
        #expect(!published.contains("report") && !published.contains("reason") && !published.contains("small\""))
    }

    @Test func `with a ledger what left before counts, and what would undo it is refused`() throws {
        let earlier = try run([Self.quarter], ["{0}"]).out
        let later = """
            {"rule": {"threshold": 5}, "accumulate": [{"total": "ytd", "parts": ["q1", "q2"]}], "tables": [
            {"name": "q2", "rows": ["Rutland", "Melton", "Total"], "cols": ["High", "Medium", "Standard", "Total"],
            "values": [[5, 6, 8, 19], [9, 7, 10, 26], [14, 13, 18, 45]]},
            {"name": "ytd", "rows": ["Rutland", "Melton", "Total"], "cols": ["High", "Medium", "Standard", "Total"],
            "values": [[8, 10, 17, 35], [16, 12, 22, 50], [24, 22, 39, 85]]}]}
            """
        let said = try run([later, earlier], ["{0}", "--ledger", "{1}"])
        #expect(said.status == 0, "\(said.error)")
        let tables = try #require(try said.json()["tables"] as? [[String: Any]])
        let hidden = tables.map { ($0["values"] as? [[Any]] ?? []).flatMap { $0 }.count { $0 is NSNull } }
        #expect(hidden.reduce(0, +) >= 4)
        let whole = "[\(earlier), \(later.replacingOccurrences(of: "\"rule\": {\"threshold\": 5}, ", with: ""))]"
        let next = Self.one("[[9]]")
        let refused = try run([next, whole], ["{0}", "--ledger", "{1}"])
        #expect(refused.status == 1 && refused.out.isEmpty)
        #expect(refused.error.contains("nothing may be published") && refused.error.contains("q1|Rutland|High"))
    }

    /// A release of one small table.
    private static func one(_ values: String, _ more: String = #""rule": {"threshold": 5},"#, rows: String = #"["a"]"#)
        -> String {
        "{\(more) \"tables\": [{\"name\": \"t\", \"rows\": \(rows), \"cols\": [\"b\"], \"values\": \(values)}]}"
    }

    /// What is wrong with a file, and a word of what is said.
    private static let wrong: [(file: String, hint: String)] = [
        ("", "isn't JSON"), ("[1]", "isn't a release"), ("{}", "tables"), (#"{"tables": []}"#, "tables"),
        (#"{"rule": {}, "tables": [{"rows": []}]}"#, "name"),
        (one("[[1]]", #""rule": {"min_width": 2},"#), "threshold"),
        (one("[[1]]", #""rule": {"threshold": 0},"#), "threshold"), (one("[[1.5]]"), "a|b"),
        (one("[[-1]]"), "a|b"), (one("[[true]]"), "a|b"), (one("[[1, 2]]"), "row a"),
        (one("[[1], [2]]", rows: #"["a", "a"]"#), "twice"),
        (one("[[1], [2]]", rows: #"["a", "Total"]"#), "don't add up"),
        (#"{"tables": [{"name": "t", "dims": [{"children": {"T": ["a"]}}], "cells": [{"at": ["x"], "value": 1}]}]}"#,
         "outside"),
        (one("[[1]]", #""same": [["t|a|b", "x"]],"#), "no cell x"),
        (one("[[1]]", #""ratios": [{"num": "t|a|b"}],"#), "ratios"),
    ]

    @Test(arguments: wrong.indices)
    func `what isn't understood is exit 2, with what to do and no table`(_ place: Int) throws {
        let said = try run([Self.wrong[place].file], ["{0}"])
        #expect(said.status == 2 && said.out.isEmpty)
        #expect(said.error.contains(Self.wrong[place].hint), "\(said.error)")
    }

    @Test func `wrong words are exit 2, and help is for people`() throws {
        #expect(try run([Self.cube], ["{0}", "--profile", "x"]).error.contains("there is no profile x"))
        #expect(try run(["/nowhere.json"]).status == 2)
        #expect(try run([]).status == 2)
        let slip = try run([Self.cube, #"{"treshold": 5}"#], ["{0}", "--profile", "{1}"])
        #expect(slip.status == 2 && slip.error.contains("treshold"))
        let help = try run(["--help"])
        #expect(help.status == 0)
        for option in ["--profile", "--ledger", "--insider", "--round", "--publish"] {
            #expect(help.out.contains(option))
        }
    }
}

import Foundation
import Testing

@Suite("drystone assessment") struct AssessmentCommandTests {
    private static let root: URL = {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 1...4 { root.deleteLastPathComponent() }
        return root
    }()
    private static let example = root.appendingPathComponent("docs/examples/assessment.json").path

    private static func inFolder<Result>(_ work: (URL) throws -> Result) throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try work(folder)
    }

    @Test func `the guide's example: a page, its files, and what is kept to compare the next with`() throws {
        try Self.inFolder { folder in
            let page = folder.appendingPathComponent("a b.html").path
            let first = try BuiltTool.run("assessment", [Self.example, "--out", page, "--json"])
            #expect(first.status == 0 && first.error.isEmpty, "\(first.error)")
            let kept = try first.json()
            #expect(kept["format"] as? String == "drystone-assessment 1" && kept["threshold"] as? Int == 5)
            #expect((kept["figures"] as? [[String: Any]])?.count == 16)
            let previous = folder.appendingPathComponent("previous.json")
            try Data(first.out.utf8).write(to: previous)
            let second = try BuiltTool.run(
                "assessment", [Self.example, "--out", page, "--compare", previous.path])
            #expect(second.status == 0 && second.out.isEmpty, "\(second.error)")
            let markup = try String(contentsOfFile: page, encoding: .utf8)
            #expect(markup.contains("Since the last assessment") && markup.contains("href=\"a%20b-files/figures.csv\""))
            #expect(markup.contains("Adult victims by age and sex") && markup.contains("[c]"))
            let files = try FileManager.default.contentsOfDirectory(
                atPath: folder.appendingPathComponent("a b-files").path)
            #expect(files.count == 15 && files.contains("table-victims.csv") && files.contains("picture-quality.csv"))
        }
    }

    @Test(arguments: [
        ([], "--out"), (["--out", "x.pdf"], ".html"), (["--out", "/nowhere/x.html"], "can't be written"),
        (["--json", "--compare", "{0}"], "no kept assessment"),
    ]) func `what can't be used is exit 2 with what to do`(_ words: [String], _ hint: String) throws {
        let said = try BuiltTool.run(
            "assessment", [Self.example] + words.map { $0 == "{0}" ? Self.example : $0 })
        #expect(said.status == 2 && said.out.isEmpty && said.error.contains(hint), "\(said.error)")
    }

    @Test func `what may not leave is exit 1, and nothing is written`() throws {
        let text = try String(contentsOfFile: Self.example, encoding: .utf8)
        for (from, to, hint) in [
            ("[44, 29]", "[44, 29]", ""), ("44, 29]", "44, 3]", "Known to agencies together"),
            ("families|With children", "ages|55 and over|Men", "people are alike"),
            ("A dispersed home", "A home on 3 May", "it has a day"),
        ] {
            try Self.inFolder { folder in
                let inputs = folder.appendingPathComponent("inputs.json"), page = folder.appendingPathComponent("p.html")
                try Data(text.replacingOccurrences(of: from, with: to).utf8).write(to: inputs)
                let said = try BuiltTool.run("assessment", [inputs.path, "--out", page.path, "--json"])
                #expect(said.status == (hint.isEmpty ? 0 : 1), "\(said.error)")
                #expect(hint.isEmpty || said.error.contains(hint), "\(said.error)")
                #expect(FileManager.default.fileExists(atPath: page.path) == hint.isEmpty)
                #expect(said.out.isEmpty != hint.isEmpty)
            }
        }
    }
}

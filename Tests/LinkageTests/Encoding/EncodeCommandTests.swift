import Foundation
import Testing

@Suite("Encodings: the command") struct EncodeCommandTests {
    /// Runs it in a folder of its own with these files; words that begin with @ are files there.
    private func inFolder(
        _ files: [String: String], _ body: (URL, ([String]) throws -> BuiltTool.Said) throws -> Void
    ) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("encode-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, content) in files { try Data(content.utf8).write(to: folder.appendingPathComponent(name)) }
        try body(folder) { words in
            let placed = words.map {
                $0.hasPrefix("@") ? folder.appendingPathComponent(String($0.dropFirst())).path : $0
            }
            guard placed.first == "link" else { return try BuiltTool.run("encode", placed) }
            return try BuiltTool.run("link", Array(placed.dropFirst()))
        }
    }

    @Test func `a key, a file, a check: the three steps of the guide`() throws {
        try inFolder(["a.csv": InventedPeople(12, seed: 1).lines.joined(separator: "\n")]) { folder, run in
            #expect(try run(["--new-key", "@k"]).status == 0)
            let mode = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent("k").path)
            #expect((mode[.posixPermissions] as? NSNumber)?.intValue == 0o600)
            let again = try run(["--new-key", "@k"])
            #expect(again.status == 2 && again.error.contains("never written over"))
            let made = try run(["@a.csv", "--key", "@k", "--out", "@a.enc", "--json"])
            #expect(made.status == 0 && made.out.contains("\"records\" : 16"), "\(made.error)")
            #expect(try run(["--key", "@k", "--check", "@a.enc"]).out.contains("16 records, mode field"))
            #expect(try run(["@a.csv", "--key", "@k", "--out", "@r.enc", "--mode", "record"]).status == 0)
            #expect(try run(["--new-key", "@other"]).status == 0)
            let other = try run(["--key", "@other", "--check", "@a.enc"])
            #expect(other.status == 1 && other.error.contains("another key"))
            let file = folder.appendingPathComponent("a.enc")
            try Data(contentsOf: file).dropLast(9).write(to: file)
            let cut = try run(["--key", "@k", "--check", "@a.enc"])
            #expect(cut.status == 2 && cut.error.contains("cut off"))
            let few = try run(["@a.csv", "--key", "@k", "--out", "@b.enc", "--attributes"])
            #expect(few.status == 1 && few.error.contains("fewer than 5"))
            #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("b.enc").path))
            let some = try run(["@a.csv", "--key", "@k", "--out", "@b.enc", "--only", "sex", "--only", "year"])
            #expect(some.status == 0, "\(some.error)")
        }
    }

    @Test func `what can't be used is exit 2 with what to do`() throws {
        try inFolder(["k": "hello", "a.csv": "a,b\n1,2"]) { _, run in
            #expect(try run([]).status == 2)
            #expect(try run(["@a.csv", "--key", "@k", "--out", "@o"]).error.contains("isn't a key"))
            #expect(try run(["@a.csv", "--out", "@o"]).error.contains("--key"))
            #expect(try run(["--new-key", "@n"]).status == 0)
            let header = try run(["@a.csv", "--key", "@n", "--out", "@o"])
            #expect(header.status == 2 && header.error.contains("needs surname"))
            #expect(try run(["@none.csv", "--key", "@n", "--out", "@o"]).status == 2)
            #expect(try run(["@a.csv", "--key", "@n", "--out", "@o", "--mode", "x"]).status == 2)
        }
    }

    @Test func `encoded files are linked together, and with nothing else`() throws {
        let people = InventedPeople(40, seed: 3).lines
        let half = people.count / 2
        let files = [
            "a.csv": people[...half].joined(separator: "\n"),
            "b.csv": ([people[0]] + people[(half + 1)...]).joined(separator: "\n"),
        ]
        try inFolder(files) { folder, run in
            for words in [["--new-key", "@k"], ["--new-key", "@other"]] { #expect(try run(words).status == 0) }
            for (name, key) in [("a", "@k"), ("b", "@k"), ("c", "@other")] {
                let made = try run(["@\(name == "c" ? "b" : name).csv", "--key", key, "--out", "@\(name).enc"])
                #expect(made.status == 0, "\(made.error)")
            }
            let linked = try run(["link", "@a.enc", "@b.enc", "--json", "--clusters", "@out.csv"])
            #expect(linked.status == 0, "\(linked.error)")
            for key in ["records", "people", "people_low", "people_high", "clusters_by_size", "overlap", "parameters",
                        "seconds", "peak_mb"] {
                #expect(linked.out.contains("\"\(key)\""))
            }
            let clusters = try String(contentsOf: folder.appendingPathComponent("out.csv"), encoding: .utf8)
            #expect(clusters.split(separator: "\n").count == people.count)
            let mixed = try run(["link", "@a.enc", "@c.enc"])
            #expect(mixed.status == 2 && mixed.error.contains("another key"))
            let clear = try run(["link", "@a.enc", "@b.csv"])
            #expect(clear.status == 2 && clear.error.contains("encoded files only"))
            let explained = try run(["link", "@a.enc", "@b.enc", "--pairs", "@p.csv"])
            #expect(explained.status == 2 && explained.error.contains("--pairs"))
        }
    }
}

import Testing

@testable import AppTestSupport

@Suite("The rules that every source file keeps")
struct SourceRulesTests {
    @Test func `no file is longer than 300 lines`() throws {
        let long = try SourceFile.all().filter { $0.lines.count > 300 }.map { "\($0.path) has \($0.lines.count)" }
        #expect(long == [])
    }

    @Test func `no line is longer than 120 characters`() throws {
        let long = try SourceFile.all().flatMap { file in
            file.lines.enumerated().filter { $0.element.count > 120 }.map { "\(file.path):\($0.offset + 1)" }
        }
        #expect(long == [])
    }

    @Test func `SQL stands in files named Queries, where one who reviews access reads all of it`() throws {
        let misplaced = try SourceFile.all()
            .filter { !$0.name.hasSuffix("Queries.swift") && !Self.mayHoldSQL.contains($0.path) }
            .filter { !$0.path.hasPrefix("Postgres/") }
            .filter { file in file.quotations.contains(where: Self.isSQL) }.map(\.path)
        #expect(misplaced == [])
    }

    @Test func `no statement is made of text at run time outside the Postgres target`() throws {
        let made = try SourceFile.all().filter { !$0.path.hasPrefix("Postgres/") }.filter { file in
            file.code.contains(/\bstringLiteral\s*:/) || file.code.contains(/\bunsafeText\b/)
                || file.code.contains(/\bSQL\s*\(/) || file.code.contains(/\bSQL\.init\b/)
        }.map(\.path)
        #expect(made == [])
    }

    @Test func `a statement is known when it is seen, and a sentence is none`() {
        let statements = [
            "SELECT 1", "\n    INSERT INTO app.person (id) VALUES (?)\n", "DELETE FROM app.draft WHERE id = ?",
            " AND e.event = ?", "WITH found AS (SELECT 1) SELECT 2", "SET LOCAL ROLE drystone_loader",
            "UPDATE app.task SET done_at = ?", "LOCK TABLE app.agency_key", "NOTIFY drystone_x", "TRUNCATE app.person",
        ]
        #expect(statements.filter { !Self.isSQL($0) } == [])
        let sentences = [
            "Select what happened", "Set up your account", "With interpreter", "Update from your colleague",
            "DELETE", "/accounts/new", "",
        ]
        #expect(sentences.filter(Self.isSQL) == [])
    }

    @Test func `code is told from what is quoted and what is commented`() {
        let quote = "\"", threeQuotes = String(repeating: quote, count: 3)
        let text = [
            "let a = f(\(quote)one \\(g(\(quote)two\(quote), (1))) three\(quote)) // h(\(quote)unsaid\(quote))",
            "let b = #\(quote)raw \\(plain) \\#(counted) \(quote)quoted\(quote)\(quote)#",
            "let c = \(threeQuotes)", "    SELECT \\(d.e)", "    \(threeQuotes)",
        ]
        let file = SourceFile(path: "App/Web/X.swift", text: text.joined(separator: "\n"))
        #expect(file.quotations.count == 4)
        #expect(file.quotations.prefix(2) == ["two", "one ? three"])
        #expect(file.quotations[2].hasPrefix("raw \\(plain) ? \(quote)quoted"))
        #expect(file.quotations[3].contains("SELECT ?"))
        #expect(file.code.contains("g(") && file.code.contains("counted") && file.code.contains("d.e"))
        for hidden in ["two", "unsaid", "plain"] { #expect(!file.code.contains(hidden)) }
    }

    /// The measurement against PostgreSQL's own client gives both the same statement, side by side in one file.
    private static let mayHoldSQL: Set = ["App/Bench/DatabaseBench.swift"]

    /// Cheap to find out, and most texts have none.
    private static func hasWordInCapitals(_ text: String) -> Bool {
        var capitals = 0
        for byte in text.utf8 {
            capitals = (65...90).contains(byte) ? capitals + 1 : 0
            if capitals == 2 { return true }
        }
        return false
    }

    private static func isSQL(_ text: String) -> Bool {
        if !hasWordInCapitals(text) { return false }
        return text.contains(/\b(SELECT|INSERT INTO|DELETE FROM|TRUNCATE|NOTIFY|LISTEN|LOCK TABLE|SET LOCAL)\s+[a-zA-Z0-9_?(*]/)
            || text.contains(/\bUPDATE [a-z_]+\.[a-z_]+/) || text.contains(/^\s*(AND|WHERE|ORDER BY|JOIN) +[a-z_(]+/)
            || text.contains(/\b(CREATE|ALTER|DROP) (TABLE|ROLE|POLICY|INDEX|FUNCTION|SCHEMA)\b/)
    }
}

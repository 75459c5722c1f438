import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The audit log's contract, docs/guide/audit.md")
struct AuditGuideTests {
    private static func guide() throws -> String {
        var root = URL(fileURLWithPath: #filePath)
        for _ in 1...4 { root.deleteLastPathComponent() }
        return try String(contentsOf: root.appendingPathComponent("docs/guide/audit.md"), encoding: .utf8)
    }

    /// The cells of each row of the table of events.
    private static func rows() throws -> [[String]] {
        let events = try guide().components(separatedBy: "\n## ").first { $0.hasPrefix("Events\n") } ?? ""
        return events.split(separator: "\n").filter { $0.hasPrefix("| `") }.map { line in
            line.split(separator: "|", omittingEmptySubsequences: false).dropFirst().dropLast()
                .map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    @Test func `names every event of the program, and no other, once`() throws {
        let named = try Self.rows().map { $0[0].trimmingCharacters(in: ["`"]) }
        #expect(Set(named) == Set(AuditEvent.allCases.map(\.rawValue)))
        #expect(named.count == Set(named).count)
    }

    @Test func `whatever is a look at a person or a case stands among who saw the record`() throws {
        let looks = try Self.rows().filter { row in
            ["person", "case"].contains(row[2]) && row[0] != "`looks-viewed`"
                && ["-viewed`", "-printed`", "-revealed`"].contains { row[0].hasSuffix($0) }
        }
        let named = Set(looks.map { $0[0].trimmingCharacters(in: ["`"]) })
        #expect(named.count > 8 && named.subtracting(Connection.looked).isEmpty)
    }

    @Test func `says of each what it means and what it is about, with the program's kinds of subject`() throws {
        let kinds = Set(try #require(try Self.guide().firstMatch(of: /what it is about: (.*?), and its id/)).output.1
            .matches(of: /`([a-z]+)`/).map { String($0.output.1) })
        for row in try Self.rows() {
            #expect(row.count == 5 && !row[1].isEmpty, "\(row[0])")
            let subject = String(row[2].prefix { $0.isLetter })
            #expect(kinds.contains(subject) && AuditSubject(rawValue: subject) != nil, "\(row[0])")
        }
        #expect(kinds.allSatisfy { AuditSubject(rawValue: $0) != nil })
    }
}

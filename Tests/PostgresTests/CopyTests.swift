import Foundation
import Postgres
import Testing

@Suite("COPY, both ways", .needsDatabase)
struct CopyTests {
    private struct Enough: Error {}

    private static let rows: [[String?]] = [
        ["1", "plain"], ["2", nil], ["3", ""], ["4", "tab\there"], ["5", "line\nbreak\r\n"], ["6", #"back\slash \N"#],
        ["7", #"\."#], ["8", "naïve 🙂"], ["9", "\u{8}\u{b}\u{c}"],
    ]

    @Test("rows come back as they went, with NULL, tabs, newlines and backslashes")
    func rowsBothWays() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE copied (id int, note text)")
                #expect(try connection.copyIn("COPY copied FROM STDIN", rows: Self.rows) == 9)
                var back: [[String?]] = []
                let statement: SQL = "COPY (SELECT * FROM copied ORDER BY id) TO STDOUT"
                let count = try connection.copyOut(statement, rows: { back.append($0) })
                #expect(count == 9)
                #expect(back == Self.rows)
                let note = try connection.first("SELECT note FROM copied WHERE id = 5") { try $0["note"] as String }
                #expect(note == "line\nbreak\r\n")
            }
        }
    }

    @Test("bytes go in and out in the format that the statement names")
    func bytesBothWays() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE csv (id int, note text)")
                // The pieces end in the middle of a row, and of a character.
                let whole = Array("id,note\n1,\"a, \"\"b\"\"\"\n2,é\n".utf8)
                let pieces = stride(from: 0, to: whole.count, by: 5).map { Array(whole[$0..<min($0 + 5, whole.count)]) }
                #expect(try connection.copyIn("COPY csv FROM STDIN (FORMAT csv, HEADER)", bytes: pieces) == 2)
                var back: [UInt8] = []
                let statement: SQL = "COPY csv TO STDOUT (FORMAT csv, HEADER)"
                try connection.copyOut(statement, bytes: { back.append(contentsOf: $0) })
                #expect(back == whole)
            }
        }
    }

    @Test("many rows stream from a lazy sequence, and the connection goes on")
    func many() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE many (id int, note text)")
                let rows = (0..<50_000).lazy.map { [String($0), "note \($0)"] as [String?] }
                #expect(try connection.copyIn("COPY many FROM STDIN", rows: rows) == 50_000)
                var sum = 0
                try connection.copyOut("COPY many (id) TO STDOUT", rows: { sum += Int($0[0] ?? "") ?? 0 })
                #expect(sum == 50_000 * 49_999 / 2)
            }
        }
    }

    @Test("what PostgreSQL refuses is an error without the value, and nothing of it stays")
    func refused() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE strict (id int)")
                let error = #expect(throws: PostgresError.self) {
                    try connection.transaction {
                        _ = try $0.copyIn("COPY strict FROM STDIN", rows: [["1"], ["secret-text"]])
                    }
                }
                #expect(error?.sqlState == "22P02")
                #expect(error.map { String(reflecting: $0).contains("secret-text") } == false)
                let missing = #expect(throws: PostgresError.self) {
                    try connection.transaction { _ = try $0.copyIn("COPY absent FROM STDIN", rows: []) }
                }
                #expect(missing?.sqlState == "42P01")
                #expect(throws: PostgresError.self) {
                    try connection.transaction { _ = try $0.copyIn("COPY strict FROM STDIN", rows: [["1\02"]]) }
                }
                #expect(throws: PostgresError.self) {
                    try connection.transaction { _ = try $0.copyIn("SELECT \(1)", rows: []) }
                }
                #expect(try connection.run("SELECT * FROM strict") == 0)
            }
        }
    }

    @Test("a reader that has enough stops the COPY, and the connection serves the rollback and the next")
    func stopped() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            let pid = try await database.transaction { try $0.pid() }
            await #expect(throws: Enough.self) {
                try await database.transaction { connection in
                    var seen = 0
                    try connection.copyOut("COPY (SELECT generate_series(1, 100000000)) TO STDOUT", rows: { _ in
                        seen += 1
                        if seen == 10 { throw Enough() }
                    })
                }
            }
            #expect(try await database.transaction { try $0.pid() } == pid)
        }
    }

    @Test("COPY as the first thing is inside the transaction")
    func first() async throws {
        let table = SQL.identifier(TestDatabase.name("copyfirst"))
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await database.transaction { _ = try $0.run("CREATE TABLE \(table) (n int)") }
            await #expect(throws: Enough.self) {
                try await database.transaction { connection in
                    try connection.copyIn("COPY \(table) FROM STDIN", rows: [["1"]])
                    throw Enough()
                }
            }
            #expect(try await database.transaction { try $0.run("SELECT * FROM \(table)") } == 0)
            try await database.transaction { _ = try $0.run("DROP TABLE \(table)") }
        }
    }
}

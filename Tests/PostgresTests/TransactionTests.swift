import Foundation
import Postgres
import Synchronization
import Testing

@Suite("Transactions", .needsDatabase)
struct TransactionTests {
    private struct Refused: Error {}

    /// How many of two have come to the place where they meet.
    private final class Both: Sendable {
        let begun = Atomic(0)
    }

    /// What the policies would see as the session.
    private static func session(_ connection: isolated Connection) throws -> String? {
        try connection.first("SELECT current_setting('app.session', true) AS s") { try $0["s"] as String? } ?? nil
    }

    /// Runs a test with a table that exists for all connections.
    private func withTable(_ body: (Database, SQL) async throws -> Void) async throws {
        let table = SQL.identifier(TestDatabase.name("tx"))
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await database.transaction { connection in
                _ = try connection.run("CREATE TABLE \(table) (n int PRIMARY KEY)")
            }
            let result = await Result { () async throws in try await body(database, table) }
            try await database.transaction { connection in _ = try connection.run("DROP TABLE \(table)") }
            try result.get()
        }
    }

    private func numbers(_ database: Database, _ table: SQL) async throws -> [Int] {
        try await database.transaction { connection in
            try connection.all("SELECT n FROM \(table) ORDER BY n") { try $0["n"] as Int }
        }
    }

    @Test("the session is set inside and gone in the next transaction, set or not")
    func session() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            #expect(try await database.transaction(session: "token-1") { try Self.session($0) } == "token-1")
            #expect(try await database.transaction { try Self.session($0) } == "")
            #expect(try await database.transaction(session: "token-2") { try Self.session($0) } == "token-2")
            await #expect(throws: Refused.self) {
                try await database.transaction(session: "token-3") { connection in
                    _ = try Self.session(connection)
                    throw Refused()
                }
            }
            #expect(try await database.transaction { try Self.session($0) } == "")
        }
    }

    @Test("a statement that stands alone sees no session, is kept at once, and leaves a connection for the next")
    func alone() async throws {
        try await withTable { database, table async throws in
            #expect(try await database.transaction(session: "token-1") { try Self.session($0) } == "token-1")
            let seen = try await database.first("SELECT coalesce(current_setting('app.session', true), '') AS s") { row in
                try row["s"] as String
            }
            #expect(seen == "")
            let first = try await database.first("INSERT INTO \(table) VALUES (7) RETURNING n") { try $0["n"] as Int }
            #expect(first == 7)
            #expect(try await numbers(database, table) == [7])
            #expect(try await database.first("SELECT n FROM \(table) WHERE n = 8") { try $0["n"] as Int } == nil)
            let error = await postgresError {
                _ = try await database.first("INSERT INTO \(table) VALUES (7) RETURNING n") { try $0["n"] as Int }
            }
            #expect(error?.sqlState == "23505")
            #expect(try await numbers(database, table) == [7])
        }
    }

    @Test("what throws is rolled back and rethrown, and the connection serves the next")
    func rollback() async throws {
        try await withTable { database, table async throws in
            let pid = try await database.transaction { try $0.pid() }
            await #expect(throws: Refused.self) {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO \(table) VALUES (1)")
                    throw Refused()
                }
            }
            let error = await postgresError {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO \(table) VALUES (2)")
                    _ = try connection.run("SELECT 1 / \(0)")
                }
            }
            #expect(error?.sqlState == "22012")
            #expect(try await numbers(database, table) == [])
            #expect(try await database.transaction { try $0.pid() } == pid)
        }
    }

    @Test("nested transactions are savepoints: the inner is undone, the outer stays")
    func nesting() async throws {
        try await withTable { database, table async throws in
            try await database.transaction { connection in
                try connection.run("INSERT INTO \(table) VALUES (1)")
                try connection.transaction { connection in
                    try connection.run("INSERT INTO \(table) VALUES (2)")
                    #expect(throws: Refused.self) {
                        try connection.transaction { connection in
                            try connection.run("INSERT INTO \(table) VALUES (3)")
                            throw Refused()
                        }
                    }
                    #expect(throws: PostgresError.self) {
                        try connection.transaction { connection in
                            _ = try connection.run("INSERT INTO \(table) VALUES (1)")
                        }
                    }
                    try connection.transaction { _ in }
                    try connection.transaction { connection in
                        _ = try connection.run("INSERT INTO \(table) VALUES (4)")
                    }
                }
                try connection.run("INSERT INTO \(table) VALUES (5)")
            }
            #expect(try await numbers(database, table) == [1, 2, 4, 5])
        }
    }

    @Test("a nested transaction as the first thing still opens the outer one")
    func nestedFirst() async throws {
        try await withTable { database, table async throws in
            await #expect(throws: Refused.self) {
                try await database.transaction(session: "s") { connection in
                    try connection.transaction { connection in
                        _ = try connection.run("INSERT INTO \(table) VALUES (1)")
                    }
                    #expect(try Self.session(connection) == "s")
                    throw Refused()
                }
            }
            #expect(try await numbers(database, table) == [])
        }
    }

    @Test("an error that the work swallowed still fails the transaction")
    func swallowed() async throws {
        try await withTable { database, table async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO \(table) VALUES (1)")
                    _ = try? connection.run("SELECT 1 / \(0)")
                }
            }
            #expect(error?.sqlState == "25P02")
            #expect(try await numbers(database, table) == [])
        }
    }

    @Test("a statement refused before it was sent does not let the rest run outside the transaction")
    func refusedFirst() async throws {
        try await withTable { database, table async throws in
            await #expect(throws: Refused.self) {
                try await database.transaction { connection in
                    _ = try? connection.run("SELECT \("a\0b")")
                    try connection.run("INSERT INTO \(table) VALUES (1)")
                    throw Refused()
                }
            }
            #expect(try await numbers(database, table) == [])
        }
    }

    @Test("a failed COMMIT is an error")
    func failedCommit() async throws {
        try await withTable { database, table async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    try connection.run("ALTER TABLE \(table) ADD parent int")
                    try connection.run(
                        """
                        ALTER TABLE \(table) ADD CONSTRAINT parent_exists FOREIGN KEY (parent) REFERENCES \(table)
                        DEFERRABLE INITIALLY DEFERRED
                        """)
                    _ = try connection.run("INSERT INTO \(table) VALUES (1, 99)")
                }
            }
            #expect(error?.sqlState == "23503" && error?.constraint == "parent_exists")
            #expect(try await numbers(database, table) == [])
        }
    }

    @Test("work that ends the transaction itself cannot go on outside it")
    func committedInside() async throws {
        try await withTable { database, table async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    try connection.run("COMMIT")
                    _ = try connection.run("INSERT INTO \(table) VALUES (1)")
                }
            }
            #expect(error?.kind == .connection)
            #expect(try await numbers(database, table) == [])
        }
    }

    @Test("a read-only transaction refuses to write")
    func readOnly() async throws {
        try await withTable { database, table async throws in
            let error = await postgresError {
                try await database.transaction(readOnly: true) { connection in
                    _ = try connection.run("INSERT INTO \(table) VALUES (1)")
                }
            }
            #expect(error?.sqlState == "25006")
            try await database.transaction { _ = try $0.run("INSERT INTO \(table) VALUES (1)") }
        }
    }

    @Test("the timeouts are the server's, from the first moment of a connection")
    func timeouts() async throws {
        try await TestDatabase.withPool(statementTimeout: "1234ms") { database async throws in
            try await database.transaction { connection in
                let set = try connection.all("SELECT name, setting FROM pg_settings WHERE name LIKE '%_timeout'") {
                    (try $0["name"] as String, try $0["setting"] as String)
                }
                let settings = Dictionary(uniqueKeysWithValues: set)
                #expect(settings["statement_timeout"] == "1234")
                #expect(settings["lock_timeout"] == "30000")
                #expect(settings["idle_in_transaction_session_timeout"] == "60000")
            }
        }
    }

    @Test("of two that wait for each other one is undone, and done again where that is wished", arguments: [1, 5])
    func deadlock(attempts: Int) async throws {
        let table = SQL.identifier(TestDatabase.name("tx"))
        try await TestDatabase.withPool(size: 2) { database async throws in
            try await database.transaction { db in
                _ = try db.run("CREATE TABLE \(table) AS SELECT n, 0 AS changed FROM generate_series(1, 2) n")
            }
            let both = Both()
            let undone = await withTaskGroup(of: String?.self, returning: [String].self) { group in
                for (first, then) in [(1, 2), (2, 1)] {
                    group.addTask {
                        let error = await postgresError {
                            try await database.transaction(attempts: attempts) { db in
                                try db.run("UPDATE \(table) SET changed = changed + 1 WHERE n = \(first)")
                                both.begun.add(1, ordering: .relaxed)
                                // Each has its first row before either asks for its second.
                                while both.begun.load(ordering: .relaxed) < 2 { usleep(1_000) }
                                _ = try db.run("UPDATE \(table) SET changed = changed + 1 WHERE n = \(then)")
                            }
                        }
                        return error?.sqlState
                    }
                }
                return await group.reduce(into: []) { all, state in all += [state].compactMap(\.self) }
            }
            let changed = try await database.transaction { db in
                try db.all("SELECT changed FROM \(table)") { try $0["changed"] as Int }
            }
            #expect(undone == (attempts == 1 ? ["40P01"] : []))
            #expect(changed == (attempts == 1 ? [1, 1] : [2, 2]))
            try await database.transaction { _ = try $0.run("DROP TABLE \(table)") }
        }
    }

    @Test("a statement that runs too long is stopped, and that is no cancellation")
    func statementTimeout() async throws {
        try await TestDatabase.withPool(statementTimeout: "1ms") { database async throws in
            let error = await postgresError {
                try await database.transaction { _ = try $0.run("SELECT pg_sleep(60)") }
            }
            #expect(error?.kind == .query && error?.sqlState == "57014")
        }
    }
}

import Foundation
import Postgres
import Testing

@Suite("Statements and rows", .needsDatabase)
struct QueryTests {
    @Test("every type comes back as it went")
    func roundTrip() async throws {
        let id = UUID(), now = Date(timeIntervalSince1970: 1_767_323_045.123456)
        let words = ["", "a b", #"say "hi", \ok\"#, "NULL", "{x}", "O'Neill", "naïve 🙂"]
        let bytes = Data((0...255).map { UInt8($0) })
        let ids = [UUID(), UUID()]
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                _ = try connection.first(
                    """
                    SELECT \(id)::uuid AS id, \(now)::timestamptz AS moment, \(words)::text[] AS words,
                        \(bytes)::bytea AS bytes, \(true)::bool AS yes, \(Int.min)::bigint AS small,
                        \(Int64.max)::bigint AS big, \(0.1)::float8 AS tenth, \(Double.infinity)::float8 AS infinite,
                        \("it's")::text AS text, \(ids)::uuid[] AS ids, \([Int]())::int[] AS none,
                        \([true, false])::bool[] AS flags, \([now])::timestamptz[] AS moments
                    """
                ) { row throws in
                    #expect(try row["id"] == id)
                    #expect(try row["moment"] == now)
                    #expect(try row["words"] == words)
                    #expect(try row["bytes"] == bytes)
                    #expect(try row["yes"] == true)
                    #expect(try row["small"] == Int.min)
                    #expect(try row["big"] == Int64.max)
                    #expect(try row["tenth"] == 0.1)
                    #expect(try row["infinite"] == Double.infinity)
                    #expect(try row["text"] == "it's")
                    #expect(try row["ids"] == ids)
                    #expect(try row["none"] == [Int]())
                    #expect(try row["flags"] == [true, false])
                    #expect(try row["moments"] == [now])
                }
            }
        }
    }

    @Test("NULL is nil where an optional is read, and an error where a value is")
    func nulls() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            let nobody: String? = nil
            let error = await postgresError {
                try await database.transaction { connection in
                    let read = try connection.first("SELECT \(nobody)::text AS name, \("x")::text AS other") { row in
                        (try row["name"] as String?, try row["other"] as String?)
                    }
                    #expect(read?.0 == nil && read?.1 == "x")
                    _ = try connection.all("SELECT \(nobody)::text AS name") { try $0["name"] as String }
                }
            }
            #expect(error?.kind == .decoding)
            #expect(error?.column == "name")
        }
    }

    @Test("a column that is missing or stands twice is an error, never a guess")
    func columnNames() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            for name in ["id", "nope"] {
                let error = await postgresError {
                    try await database.transaction { connection in
                        _ = try connection.first("SELECT 1 AS id, 2 AS id, 3 AS other") { try $0[name] as Int }
                    }
                }
                #expect(error?.kind == .decoding && error?.column == name)
            }
        }
    }

    @Test("run counts changed rows, first takes one row or none, all takes every row in order")
    func shapes() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE shape (n int)")
                #expect(try connection.run("INSERT INTO shape SELECT generate_series(1, 5)") == 5)
                #expect(try connection.run("UPDATE shape SET n = n + 1 WHERE n > \(3)") == 2)
                #expect(try connection.all("SELECT n FROM shape ORDER BY n") { try $0["n"] as Int } == [1, 2, 3, 5, 6])
                #expect(try connection.first("SELECT n FROM shape WHERE n = \(99)") { try $0["n"] as Int } == nil)
                #expect(try connection.first("SELECT n FROM shape ORDER BY n") { try $0["n"] as Int } == 1)
            }
        }
    }

    @Test("a value that is SQL stays a value")
    func injection() async throws {
        let typed = "'); DROP TABLE bobby; --"
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE bobby (name text)")
                try connection.run("INSERT INTO bobby VALUES (\(typed))")
                #expect(try connection.first("SELECT name FROM bobby") { try $0["name"] as String } == typed)
            }
        }
    }

    @Test("NUL inside a parameter is refused before anything is sent, not cut off there")
    func nul() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            let error = await postgresError {
                try await database.transaction { connection in
                    _ = try connection.run("SELECT \("abc\0def")")
                }
            }
            #expect(error?.sqlState == "22021")
            try await database.transaction { connection in
                let longest = [Int](repeating: 1, count: 65_535)
                var list: SQL = "\(0)"
                for _ in 0..<10 { list = list + ", \(1)" }
                _ = try connection.run("SELECT \(list)")
                let count = try connection.first("SELECT cardinality(\(longest)::int[]) AS n") { try $0["n"] as Int }
                #expect(count == 65_535)
            }
        }
    }

    @Test("statements are counted without the transaction's own")
    func counting() async throws {
        try await TestDatabase.withPool { database async throws in
            try await database.transaction(session: "s") { connection in
                connection.resetCount()
                try connection.run("SELECT 1")
                try connection.transaction { inner in _ = try inner.run("SELECT 2") }
                #expect(connection.statementsRun == 2)
            }
            #expect(database.statementsRun == 2)
        }
    }

    @Test("at most 256 statements stay prepared, and the ones in use stay longest")
    func eviction() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await database.transaction { connection in
                for index in 0..<600 {
                    let sql = SQL(stringLiteral: "SELECT \(index) AS n")
                    #expect(try connection.first(sql) { try $0["n"] as Int } == index)
                    if index % 50 == 0 { _ = try connection.run("SELECT 'kept'") }
                }
                _ = try connection.run("SELECT 'kept'")
            }
            try await database.transaction { connection in
                let prepared = try connection.all("SELECT statement FROM pg_prepared_statements") {
                    try $0["statement"] as String
                }
                // One more may wait to be deallocated with the next statement.
                #expect((200...257).contains(prepared.count))
                #expect(prepared.count { $0 == "SELECT 'kept'" } == 1)
                #expect(!prepared.contains("SELECT 3 AS n") && prepared.contains("SELECT 599 AS n"))
            }
        }
    }

    @Test("a statement whose tables changed fails once and is prepared anew")
    func changedPlan() async throws {
        let table = SQL.identifier(TestDatabase.name("plan"))
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await database.transaction { connection in
                try connection.run("CREATE TABLE \(table) (a int)")
                _ = try connection.run("INSERT INTO \(table) VALUES (1)")
            }
            let read: @Sendable () async throws -> Void = {
                try await database.transaction { connection in
                    _ = try connection.first("SELECT * FROM \(table)") { try $0["a"] as Int }
                }
            }
            try await read()
            try await database.transaction { connection in
                _ = try connection.run("ALTER TABLE \(table) ADD b int")
            }
            #expect(await postgresError { try await read() }?.sqlState == "0A000")
            try await read()
            try await database.transaction { connection in
                _ = try connection.run("DROP TABLE \(table)")
            }
        }
    }

    @Test("when someone deallocated all statements, that transaction fails and the next are prepared anew")
    func deallocated() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            let read: @Sendable () async throws -> Void = {
                try await database.transaction { connection in _ = try connection.run("SELECT 'x'") }
            }
            try await read()
            let error = await postgresError {
                try await database.transaction { connection in _ = try connection.run("DEALLOCATE ALL") }
            }
            #expect(error?.sqlState == "26000")
            try await read()
        }
    }

    @Test("a script runs several statements, and its error has a position but no text")
    func script() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { connection in
                try connection.script("CREATE TABLE one (a int); CREATE TABLE two (b int); INSERT INTO two VALUES (3);")
                #expect(try connection.first("SELECT b FROM two") { try $0["b"] as Int } == 3)
            }
            let error = await postgresError {
                try await database.transaction { connection in try connection.script("SELECT 1; SELCT 'secret';") }
            }
            #expect(error?.sqlState == "42601" && error?.position == 11 && error?.statement == nil)
        }
    }
}

import Postgres
import Synchronization
import Testing

@Suite("Rolling back around a test", .needsDatabase)
struct RollingBackTests {
    private struct Refused: Error {}

    @Test("nothing stays after the end")
    func nothingStays() async throws {
        let table = TestDatabase.name("gone")
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { _ = try $0.run("CREATE TABLE \(SQL.identifier(table)) (n int)") }
            #expect(try await database.transaction { try $0.run("SELECT FROM pg_class WHERE relname = \(table)") } == 1)
        }
        try await TestDatabase.withPool { database async throws in
            #expect(try await database.transaction { try $0.run("SELECT FROM pg_class WHERE relname = \(table)") } == 0)
        }
    }

    @Test("each database has its role and session inside its transactions only, failed or not")
    func roles() async throws {
        let reader = TestDatabase.name("reader")
        try await TestDatabase.withRollback { rollingBack, database async throws in
            let who: @Sendable (isolated Connection) throws -> [String?] = { connection in
                try connection.first("SELECT current_user::text AS u, current_setting('app.session', true) AS s") {
                    [try $0["u"] as String, try $0["s"] as String?]
                } ?? []
            }
            let owner = try await database.transaction(session: "o") { try who($0) }[0]
            try await database.transaction { connection in
                let role = SQL.identifier(reader)
                try connection.run("CREATE ROLE \(role)")
                try connection.script("CREATE TABLE secret (n int); CREATE TABLE open (n int)")
                _ = try connection.run("GRANT SELECT, INSERT ON open TO \(role)")
            }
            let asReader = rollingBack.database(role: reader)
            #expect(try await asReader.transaction(session: "t") { try who($0) } == [reader, "t"])
            #expect(try await database.transaction { try who($0) } == [owner, ""])
            let error = await postgresError {
                try await asReader.transaction(session: "t") { _ = try $0.run("SELECT * FROM secret") }
            }
            #expect(error?.sqlState == "42501")
            await #expect(throws: Refused.self) {
                try await asReader.transaction(session: "t") { connection in
                    try connection.run("INSERT INTO open VALUES (1)")
                    throw Refused()
                }
            }
            let after = try await rollingBack.connection.first("SELECT current_user AS u") { try $0["u"] as String }
            #expect(after == owner)
            #expect(try await database.transaction { try $0.run("SELECT * FROM open") } == 0)
            try await asReader.transaction { _ = try $0.run("INSERT INTO open VALUES (2)") }
            #expect(try await database.transaction { try $0.run("SELECT * FROM open") } == 1)
        }
    }

    @Test("a read-only transaction refuses to write, and the next one may")
    func readOnly() async throws {
        try await TestDatabase.withRollback { _, database async throws in
            try await database.transaction { _ = try $0.run("CREATE TABLE t (n int)") }
            _ = try await database.transaction(readOnly: true) { try $0.run("SELECT * FROM t") }
            let error = await postgresError {
                try await database.transaction(readOnly: true) { _ = try $0.run("INSERT INTO t VALUES (1)") }
            }
            #expect(error?.sqlState == "25006")
            try await database.transaction { _ = try $0.run("INSERT INTO t VALUES (1)") }
        }
    }

    @Test("what COMMIT would refuse is refused where the transaction ends")
    func deferred() async throws {
        try await TestDatabase.withOwnDatabase { conninfo async throws in
            let admin = try await Connection.open(conninfo)
            try await admin.run(
                """
                CREATE TABLE pair (n int PRIMARY KEY, other int CONSTRAINT other_exists
                REFERENCES pair DEFERRABLE INITIALLY DEFERRED)
                """)
            await admin.close()
            let rollingBack = try await Database.rollingBack(conninfo)
            let database = rollingBack.database()
            let error = await postgresError {
                try await database.transaction { _ = try $0.run("INSERT INTO pair VALUES (1, 2)") }
            }
            #expect(error?.constraint == "other_exists")
            for (one, two) in [(1, 2), (3, 4)] {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO pair VALUES (\(one), \(two))")
                    try connection.run("INSERT INTO pair VALUES (\(two), \(one))")
                }
            }
            await rollingBack.end()
        }
    }

    @Test("transactions from many tasks follow each other and never interleave")
    func serialised() async throws {
        try await TestDatabase.withRollback { rollingBack, database async throws in
            let roles = [rollingBack.database(), database]
            let log = Shared<[Int]>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<40 {
                    group.addTask {
                        try await roles[index % 2].transaction(session: "\(index)") { connection in
                            log.withLock { $0.append(index) }
                            let session = try connection.first("SELECT current_setting('app.session') AS s") {
                                try $0["s"] as String
                            }
                            #expect(session == "\(index)")
                            log.withLock { $0.append(index) }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let entries = log.withLock { $0 }
            #expect(entries.count == 80)
            for pair in stride(from: 0, to: 80, by: 2) { #expect(entries[pair] == entries[pair + 1]) }
        }
    }

    @Test("the shared connection counts the statements of everything that ran on it")
    func counting() async throws {
        try await TestDatabase.withRollback { rollingBack, database async throws in
            await rollingBack.connection.resetCount()
            try await database.transaction(session: "s") { _ = try $0.run("SELECT 1") }
            try await database.transaction(session: "s") { try $0.transaction { _ = try $0.run("SELECT 2") } }
            #expect(await rollingBack.connection.statementsRun == 2)
        }
    }

    @Test("undone, it begins anew in the same session, also after an error: no row, setting or lock is left")
    func undone() async throws {
        try await TestDatabase.withRollback { rollingBack, database async throws in
            let state: @Sendable (isolated Connection) throws -> [String] = { connection in
                try connection.first("""
                    SELECT pg_backend_pid()::text AS pid, current_setting('work_mem') AS memory,
                        (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid())::text
                            AS locks, (to_regclass('left_over') IS NULL)::text AS gone
                    """) { try [$0["pid"], $0["memory"], $0["locks"], $0["gone"]] } ?? []
            }
            let before = try await database.transaction { try state($0) }
            try await database.transaction { connection in
                try connection.script("""
                    CREATE TABLE left_over (n int); SET work_mem = '64kB'; SELECT pg_advisory_lock(pg_backend_pid())
                    """)
            }
            #expect(try await database.transaction { try state($0) } == [before[0], "64kB", "1", "false"])
            try await rollingBack.undo()
            #expect(try await database.transaction { try state($0) } == before)
            _ = await postgresError { try await rollingBack.connection.run("SELECT 1 / 0") }
            try await rollingBack.undo()
            try await rollingBack.undo()
            #expect(try await database.transaction { try state($0) } == before)
        }
    }

    @Test("after the end a transaction is an error, not a wait")
    func ended() async throws {
        let rollingBack = try await Database.rollingBack(TestDatabase.conninfo)
        let database = rollingBack.database()
        await rollingBack.end()
        let error = await postgresError { try await database.transaction { _ = try $0.run("SELECT 1") } }
        #expect(error?.kind == .connection)
    }
}

import Foundation
import Postgres
import Synchronization
import Testing

@Suite("The pool", .needsDatabase)
struct PoolTests {
    /// Holds the only connection while `body` runs.
    private func whileHeld(_ database: Database, _ body: () async throws -> Void) async throws {
        let holder = try await Gate.during { gate in
            let holder = Task { try await database.transaction { _ in gate.pass() } }
            try await TestDatabase.eventually("the connection is held") { gate.isReached }
            try await body()
            return holder
        }
        try await holder.value
    }

    @Test("connections are opened when needed, and no more than the size")
    func size() async throws {
        try await TestDatabase.withPool(size: 3) { database async throws in
            #expect(counts(database) == [0, 0, 0])
            let pids = Shared<Set<Int>>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<60 {
                    group.addTask {
                        let pid = try await database.transaction { try $0.pid() }
                        pids.withLock { _ = $0.insert(pid) }
                    }
                }
                try await group.waitForAll()
            }
            #expect((1...3).contains(pids.withLock { $0.count }))
            #expect(database.status.waiting == 0)
            #expect(database.status.open == database.status.idle)
        }
    }

    @Test("who waits is served in the order of coming")
    func fairness() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            let order = Shared<[Int]>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await whileHeld(database) {
                    for index in 0..<20 {
                        group.addTask {
                            try await database.transaction { _ in order.withLock { $0.append(index) } }
                        }
                        try await TestDatabase.eventually("it waits") { database.status.waiting == index + 1 }
                    }
                }
                try await group.waitForAll()
            }
            #expect(order.withLock { $0 } == Array(0..<20))
        }
    }

    @Test("who waits too long gets a timeout, and the pool is none the worse")
    func waitTimeout() async throws {
        try await TestDatabase.withPool(size: 1, waitTimeout: 0.02) { database async throws in
            try await whileHeld(database) {
                for _ in 0..<3 {
                    let error = await postgresError { try await database.transaction { _ = try $0.run("SELECT 1") } }
                    #expect(error?.kind == .timeout)
                }
                #expect(counts(database) == [1, 0, 0])
            }
            try await database.transaction { _ = try $0.run("SELECT 1") }
        }
    }

    @Test("a waiting task that is cancelled leaves the queue at once")
    func cancelledWaiting() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await whileHeld(database) {
                let waiting = Task { try await database.transaction { _ = try $0.run("SELECT 1") } }
                try await TestDatabase.eventually("it waits") { database.status.waiting == 1 }
                waiting.cancel()
                let error = await postgresError { try await waiting.value }
                #expect(error?.kind == .cancelled)
                #expect(database.status.waiting == 0)
            }
        }
    }

    @Test("cancelling a task stops its statement on the server and rolls back")
    func cancelledRunning() async throws {
        let marker = TestDatabase.name("cancel_me")
        try await TestDatabase.withPool(size: 2) { database async throws in
            let statement = SQL(stringLiteral: "SELECT pg_sleep(600) /* \(marker) */")
            let sleeping = Task { try await database.transaction { _ = try $0.run(statement) } }
            try await TestDatabase.isRunning(marker, on: database)
            sleeping.cancel()
            let error = await postgresError { try await sleeping.value }
            #expect(error?.kind == .cancelled)
            #expect(counts(database) == [2, 2, 0])
            try await database.transaction { _ = try $0.run("SELECT 1") }
        }
    }

    @Test("a task cancelled before its first statement runs none, and one cancelled after its last does not commit")
    func cancelledAround() async throws {
        let table = SQL.identifier(TestDatabase.name("around"))
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await database.transaction { _ = try $0.run("CREATE TABLE \(table) (n int)") }
            let cancelled = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await database.transaction { _ = try $0.run("INSERT INTO \(table) VALUES (1)") }
            }
            #expect(await postgresError { try await cancelled.value }?.kind == .cancelled)
            let late = Task {
                try await database.transaction { connection in
                    try connection.run("INSERT INTO \(table) VALUES (2)")
                    withUnsafeCurrentTask { $0?.cancel() }
                }
            }
            #expect(await postgresError { try await late.value }?.kind == .cancelled)
            try await database.transaction { connection in
                #expect(try connection.run("SELECT * FROM \(table)") == 0)
                try connection.run("DROP TABLE \(table)")
            }
        }
    }

    @Test("a connection that dies in a transaction is an error there, and is replaced for the next")
    func killedInside() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await TestDatabase.withPool(size: 1) { other async throws in
                let first = Shared(0)
                let dying = try await Gate.during { gate in
                    let dying = Task {
                        try await database.transaction { connection in
                            let pid = try connection.pid()
                            first.withLock { $0 = pid }
                            gate.pass()
                            _ = try connection.run("SELECT 1")
                        }
                    }
                    try await TestDatabase.eventually("it has begun") { gate.isReached }
                    try await TestDatabase.terminate(first.withLock { $0 }, on: other)
                    return dying
                }
                let pid = first.withLock { $0 }
                #expect(await postgresError { try await dying.value }?.kind == .connection)
                let next = try await database.transaction { try $0.pid() }
                #expect(next != pid)
            }
        }
    }

    @Test("connections that the server closed while they lay idle are replaced without an error")
    func killedIdle() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            try await TestDatabase.withPool(size: 1) { other async throws in
                let pid = try await database.transaction { try $0.pid() }
                try await TestDatabase.terminate(pid, on: other)
                let next = try await database.transaction { try $0.pid() }
                #expect(next != pid)
                #expect(counts(database) == [1, 1, 0])
            }
        }
    }

    @Test("a statement of COPY sent through run closes the connection instead of hanging it")
    func copyThroughRun() async throws {
        try await TestDatabase.withPool(size: 1) { database async throws in
            for statement: SQL in ["COPY pg_class TO STDOUT", "COPY pg_class FROM STDIN"] {
                for _ in 0..<2 {
                    let error = await postgresError { try await database.transaction { _ = try $0.run(statement) } }
                    #expect(error?.kind == .connection)
                }
            }
            try await database.transaction { _ = try $0.run("SELECT 1") }
        }
    }

    @Test("a server that is away is an error of the transaction, not of making the pool")
    func away() async throws {
        let database = Database("host=/nonexistent dbname=nobody", options: Database.Options(size: 2))
        for _ in 0..<3 {
            let error = await postgresError { try await database.transaction { _ = try $0.run("SELECT 1") } }
            #expect(error?.kind == .connection)
        }
        #expect(counts(database) == [0, 0, 0])
        await database.close()
    }

    @Test("a server that is back serves the next who comes, however often it failed before")
    func back() async throws {
        try await TestDatabase.withPool { admin async throws in
            try await TestDatabase.withOwnDatabase { conninfo async throws in
                let database = Database(conninfo, options: Database.Options(size: 2))
                let name = try await database.transaction { try $0.databaseName() }
                try await TestDatabase.takeAway(name, on: admin)
                for _ in 0..<4 {
                    let error = await postgresError { try await database.transaction { _ = try $0.run("SELECT 1") } }
                    #expect(error?.kind == .connection)
                }
                try await admin.transaction {
                    _ = try $0.run("ALTER DATABASE \(SQL.identifier(name)) ALLOW_CONNECTIONS true")
                }
                try await database.transaction { _ = try $0.run("SELECT 1") }
                await database.close()
            }
        }
    }

    @Test("closing lets the running end, refuses the new, and leaves no connection and no thread")
    func closing() async throws {
        let name = String(TestDatabase.name("thr").prefix(15))
        let database = Database(
            TestDatabase.conninfo,
            options: Database.Options(size: 3, waitTimeout: 60, statementTimeout: "60s", applicationName: name))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<20 { group.addTask { try await database.transaction { _ = try $0.run("SELECT 1") } } }
            try await group.waitForAll()
        }
        #expect(threads(named: name) >= 1)
        let (running, closed) = try await Gate.during { gate in
            let running = Task {
                try await database.transaction { connection in
                    gate.pass()
                    return try connection.first("SELECT 7 AS n") { try $0["n"] as Int }
                }
            }
            try await TestDatabase.eventually("it runs") { gate.isReached }
            let closed = Task { await database.close() }
            try await TestDatabase.eventually("new transactions are refused") {
                await postgresError { try await database.transaction { _ in } }?.kind == .connection
            }
            return (running, closed)
        }
        #expect(try await running.value == 7)
        await closed.value
        try await TestDatabase.eventually("the threads have ended") { threads(named: name) == 0 }
        try await TestDatabase.withPool(size: 1) { other async throws in
            try await TestDatabase.eventually("the server has no such connection") {
                try await other.transaction {
                    try $0.run("SELECT 1 FROM pg_stat_activity WHERE application_name = \(name)") == 0
                }
            }
        }
    }

    @Test("a pool that is simply dropped closes its connections and ends their threads too")
    func dropping() async throws {
        let name = String(TestDatabase.name("drp").prefix(15))
        let options = Database.Options(waitTimeout: 60, statementTimeout: "60s", applicationName: name)
        try await Database(TestDatabase.conninfo, options: options).transaction {
            _ = try $0.run("SELECT 1")
        }
        try await TestDatabase.eventually("the thread has ended") { threads(named: name) == 0 }
    }

    /// Connections open, those of them idle, and transactions waiting.
    private func counts(_ database: Database) -> [Int] {
        let status = database.status
        return [status.open, status.idle, status.waiting]
    }

    private func threads(named name: String) -> Int {
        let tasks = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
        return tasks.count { task in
            let comm = try? String(contentsOfFile: "/proc/self/task/\(task)/comm", encoding: .utf8)
            return comm == name + "\n"
        }
    }
}

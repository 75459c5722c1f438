import Foundation
import Postgres
import Synchronization
import Testing

/// The PostgreSQL that tests may use, as the environment names it.
enum TestDatabase {
    static let conninfo = ProcessInfo.processInfo.environment["TEST_DATABASE"] ?? ""

    /// A name that no other test uses.
    static func name(_ stem: String) -> String {
        stem + "_" + UUID().uuidString.lowercased().replacing("-", with: "").prefix(12)
    }

    /// Runs a test on a pool that is closed afterwards.
    static func withPool<T>(
        size: Int = 2, waitTimeout: Double = 30, statementTimeout: String = "60s", applicationName: String = "tests",
        _ body: (Database) async throws -> T
    ) async throws -> T {
        let options = Database.Options(
            size: size, waitTimeout: waitTimeout, statementTimeout: statementTimeout, lockTimeout: "30s",
            idleInTransactionTimeout: "60s", applicationName: applicationName)
        let database = Database(conninfo, options: options)
        let result = await Result { () async throws in try await body(database) }
        await database.close()
        return try result.get()
    }

    /// Runs a test against a database of its own, for what other tests must not see.
    static func withOwnDatabase<T>(_ body: (String) async throws -> T) async throws -> T {
        let name = TestDatabase.name("own")
        let admin = try await Connection.open(conninfo)
        try await admin.run("CREATE DATABASE \(SQL.identifier(name))")
        let result = await Result { () async throws in try await body(conninfo(database: name)) }
        try await admin.run("DROP DATABASE \(SQL.identifier(name)) WITH (FORCE)")
        await admin.close()
        return try result.get()
    }

    private static func conninfo(database: String) -> String {
        guard conninfo.hasPrefix("postgres"), var url = URLComponents(string: conninfo) else {
            return conninfo + " dbname=\(database)"
        }
        url.path = "/" + database
        return url.string ?? conninfo
    }

    /// Runs a test inside a transaction that is undone afterwards.
    static func withRollback<T>(_ body: (RollingBack, Database) async throws -> T) async throws -> T {
        let rollingBack = try await Database.rollingBack(conninfo)
        let result = await Result { () async throws in try await body(rollingBack, rollingBack.database()) }
        await rollingBack.end()
        return try result.get()
    }

    /// Waits for something that is bound to happen; fails after ten minutes, which is never how a test passes.
    static func eventually(_ what: Comment, _ isTrue: () async throws -> Bool) async throws {
        let limit = ContinuousClock.now + .seconds(600)
        while try await !isTrue() {
            guard ContinuousClock.now < limit else { throw NeverHappened(what: what) }
            try await Task.sleep(for: .milliseconds(2))
        }
    }

    /// Waits until a backend runs a statement that contains `marker`.
    static func isRunning(_ marker: String, on database: Database) async throws {
        try await eventually("a statement is running") {
            try await database.transaction { connection in
                let like = "%\(marker)%"
                return try connection.first(
                    """
                    SELECT count(*) AS n FROM pg_stat_activity
                    WHERE state = 'active' AND pid <> pg_backend_pid() AND query LIKE \(like)
                    """
                ) { try $0["n"] as Int } == 1
            }
        }
    }

    /// Ends a backend and waits until it is gone.
    static func terminate(_ pid: Int, on database: Database) async throws {
        try await database.transaction { connection in
            _ = try connection.run("SELECT pg_terminate_backend(\(pid), 60000)")
        }
    }

    /// Lets nobody into a database any more, and ends who is in it.
    static func takeAway(_ name: String, on database: Database) async throws {
        try await database.transaction { connection in
            _ = try connection.run("ALTER DATABASE \(SQL.identifier(name)) ALLOW_CONNECTIONS false")
        }
        try await database.transaction { connection in
            _ = try connection.run(
                "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = \(name)")
        }
    }
}

struct NeverHappened: Error {
    let what: Comment
}

extension Result where Failure == any Error {
    init(_ body: () async throws -> Success) async {
        do { self = .success(try await body()) } catch { self = .failure(error) }
    }
}

extension Trait where Self == ConditionTrait {
    /// For suites that talk to PostgreSQL.
    static var needsDatabase: Self {
        .enabled(if: !TestDatabase.conninfo.isEmpty, "TEST_DATABASE names no PostgreSQL to test against")
    }
}

extension Connection {
    /// The server process behind this connection.
    func pid() throws -> Int {
        try first("SELECT pg_backend_pid() AS pid") { try $0["pid"] as Int } ?? 0
    }

    func databaseName() throws -> String {
        try first("SELECT current_database() AS name") { try $0["name"] as String } ?? ""
    }
}

/// What the block throws, as ours.
func postgresError(_ body: () async throws -> Void) async -> PostgresError? {
    do {
        try await body()
        return nil
    } catch {
        return error as? PostgresError
    }
}

/// Something to wait for, for code that may block its thread.
final class Gate: Sendable {
    private let semaphore = DispatchSemaphore(value: 0)
    private let reached = Mutex(false)

    var isReached: Bool { reached.withLock { $0 } }

    /// Says that the caller is here, and blocks until it is opened.
    func pass() {
        reached.withLock { $0 = true }
        semaphore.wait()
    }
    func open() { semaphore.signal() }

    /// Runs `body` with a gate that is open afterwards, whatever `body` threw: a thread that nobody lets through would
    /// keep the whole run waiting.
    static func during<T>(_ body: (Gate) async throws -> T) async throws -> T {
        let gate = Gate()
        let result = await Result { () async throws in try await body(gate) }
        gate.open()
        return try result.get()
    }
}

/// A value that several tasks change.
final class Shared<Value: Sendable>: Sendable {
    private let mutex: Mutex<Value>

    init(_ value: Value) { mutex = Mutex(value) }

    func withLock<R: Sendable>(_ body: @Sendable (inout Value) -> R) -> R {
        mutex.withLock { value in body(&value) }
    }
}

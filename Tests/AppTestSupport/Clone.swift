import Foundation
import Postgres
import Synchronization
import Testing

/// A copy of the World in a database of its own, which a test may change, lock and break as it likes.
///
/// `TEST_DATABASE` is the connection string of a superuser to a migrated database that holds the World.
/// `TEST_TEMPLATE` names the database to copy, when that is another one: PostgreSQL copies only a database to which
/// nobody is connected.
struct Clone: Sendable {
    /// Connections to the copy as the superuser.
    let database: Database
    /// The connection string of the copy.
    let conninfo: String

    /// The server and the database that the environment names; empty when there is none.
    static let server = ProcessInfo.processInfo.environment["TEST_DATABASE"] ?? ""

    /// Makes a copy, runs `body`, and drops the copy.
    static func use<T>(_ body: (Clone) async throws -> T) async throws -> T {
        let name = "drystone_clone_" + UUID().uuidString.lowercased().replacing("-", with: "").prefix(12)
        await Turnstile.clones.enter()
        defer { Turnstile.clones.leave() }
        let clone = try await make(name)
        let result = await Result { try await body(clone) }
        await clone.database.close()
        try await TestDatabases.maintain("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        return try result.get()
    }

    /// Lends a copy to `body`, which can only do what is undone: one test after another has the same few copies, because
    /// making one takes longer than most of those tests do.
    static func lend<T>(_ body: (Lent) async throws -> T) async throws -> T {
        await Turnstile.clones.enter()
        defer { Turnstile.clones.leave() }
        let free = kept.withLock { $0.popLast() }
        let clone = if let free { free } else { try await make(TestDatabases.name()) }
        defer { kept.withLock { $0.append(clone) } }
        return try await body(Lent(clone: clone))
    }

    /// A copy that others have used and will use.
    struct Lent: Sendable {
        fileprivate let clone: Clone

        /// Runs `work` as the superuser in a transaction that is undone, and answers what it answers.
        func undone<T: Sendable>(_ work: @Sendable (isolated Connection) throws -> T) async throws -> T {
            try await clone.undone(work)
        }
    }

    /// Copies that wait for the next test; the next run drops them (see `TestDatabases`).
    private static let kept = Mutex<[Clone]>([])

    private static func make(_ name: String) async throws -> Clone {
        try await TestDatabases.maintain("CREATE DATABASE \(name) TEMPLATE \"\(try template())\"")
        // The rights to a database are not copied with it.
        try await TestDatabases.maintain("REVOKE ALL ON DATABASE \(name) FROM PUBLIC")
        let conninfo = connection(to: name)
        let options = Database.Options(
            size: 2, waitTimeout: 60, statementTimeout: "120s", lockTimeout: "60s", idleInTransactionTimeout: "0",
            applicationName: "clone")
        return Clone(database: Database(conninfo, options: options), conninfo: conninfo)
    }

    /// Runs `work` as the superuser in a transaction that is undone, and answers what it answers.
    func undone<T: Sendable>(_ work: @Sendable (isolated Connection) throws -> T) async throws -> T {
        do {
            return try await database.transaction { db -> T in throw Undo(value: try work(db)) }
        } catch let undo as Undo<T> {
            return undo.value
        }
    }

    /// Runs statements as the superuser, for good.
    func run(_ statements: String) async throws {
        try await database.transaction { db in try db.script(statements) }
    }

    /// The name of the database to copy. Nothing here ever connects to it.
    static func template() throws -> String {
        if let named = ProcessInfo.processInfo.environment["TEST_TEMPLATE"], !named.isEmpty { return named }
        if server.contains("://"), let url = URLComponents(string: server), url.path.count > 1 {
            return String(url.path.dropFirst())
        }
        let words = server.split(separator: " ").last { $0.hasPrefix("dbname=") }
        return String(try #require(words, "TEST_DATABASE says no dbname=").dropFirst("dbname=".count))
    }

    /// The connection string of another database of the same server.
    static func connection(to name: String) -> String {
        guard server.contains("://"), var url = URLComponents(string: server) else { return "\(server) dbname=\(name)" }
        url.path = "/" + name
        return url.string ?? server
    }
}

/// Lets a few in at a time, in the order in which they came: copies take room, connections and processors.
private final class Turnstile: Sendable {
    /// For copies of the World.
    static let clones = Turnstile(room: 4)

    private struct State {
        var room: Int
        var waiting: [CheckedContinuation<Void, Never>] = []
    }
    private let state: Mutex<State>

    init(room: Int) {
        state = Mutex(State(room: room))
    }

    /// Waits until there is room.
    func enter() async {
        await withCheckedContinuation { continuation in
            let isIn = state.withLock { state in
                if state.room > 0 {
                    state.room -= 1
                    return true
                }
                state.waiting.append(continuation)
                return false
            }
            if isIn { continuation.resume() }
        }
    }

    /// Makes room for the next.
    func leave() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.waiting.isEmpty {
                state.room += 1
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.resume()
    }
}

/// Carries a value out of a transaction that is rolled back.
private struct Undo<T: Sendable>: Error {
    let value: T
}

extension Trait where Self == ConditionTrait {
    /// For tests that copy the World.
    static var needsClone: Self {
        .enabled(if: !Clone.server.isEmpty, "TEST_DATABASE names no PostgreSQL database that holds the World")
    }
}

extension Connection {
    /// Becomes a role for the rest of the transaction, with a session's token ('' for none).
    func become(_ role: String, token: String = "") throws {
        try run("RESET ROLE")
        try run("SELECT set_config('app.session', \(token), true)")
        try run("SET LOCAL ROLE \(SQL.identifier(role))")
    }

    /// Becomes the role of the pages, signed in as somebody.
    func signIn(_ staff: World.Staff, in side: World.Side = .north) throws {
        try become("drystone_app", token: staff.token(in: side))
    }

    /// Runs `work` in a savepoint and undoes it; answers what it answers, or the error that PostgreSQL gave.
    func attempt<T: Sendable>(_ work: @Sendable (isolated Connection) throws -> T) throws -> Result<T, PostgresError> {
        do {
            return try transaction { db -> Result<T, PostgresError> in throw Undo(value: try work(db)) }
        } catch let undo as Undo<T> {
            return .success(undo.value)
        } catch let error as PostgresError {
            guard error.kind == .query else { throw error }
            return .failure(error)
        }
    }

    /// The SQLSTATE with which PostgreSQL refuses a statement, nil when it does not. Nothing is changed.
    func refusal(of statement: SQL) throws -> String? {
        switch try attempt({ db in try db.run(statement) }) {
        case .success: nil
        case .failure(let error): error.sqlState ?? "?"
        }
    }
}

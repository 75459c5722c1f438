import Foundation
import Postgres

/// The databases that request tests run in: copies of one that holds the World with its placeholders sealed.
///
/// A few are made once a run and leased for tests that undo what they did, one test at a time, so that no test waits
/// for another's locks. Each keeps its connection from test to test, with the plans of its statements: most of what a
/// test costs the database is making them. Those of a run that was killed are dropped by the next.
actor TestDatabases {
    static let shared = TestDatabases(most: 4)
    private static let prefix = "drystone_requests_"

    /// The World of this run, of which all are copies.
    private static let template = Task { try await makeTemplate() }

    private let most: Int
    private let preparation: String?
    private var free: [Leased] = []
    private var made = 0
    private var waiting: [CheckedContinuation<Void, Never>] = []

    /// A database that is lent, and its connection while that is good.
    private struct Leased {
        let name: String
        var session: RollingBack?
    }

    /// Lends so many at most, each with what a script put into it when it was made: whoever alters tables for each test
    /// has PostgreSQL read them all anew each time.
    init(most: Int, prepared preparation: String? = nil) {
        self.most = most
        self.preparation = preparation
    }

    /// Lends a database, and its connection string; whatever `body` does in it is undone.
    nonisolated func leased(_ body: (RollingBack, String) async throws -> Void) async throws {
        var leased = try await take()
        let conninfo = Clone.connection(to: leased.name)
        let outcome = await Result {
            let session = if let session = leased.session { session } else { try await Database.rollingBack(conninfo) }
            leased.session = session
            try await body(session, conninfo)
        }
        // A connection that can't undo is not lent again: its end undoes everything.
        if let session = leased.session, (try? await session.undo()) == nil {
            await session.end()
            leased.session = nil
        }
        await giveBack(leased)
        try outcome.get()
    }

    /// Makes a database that `body` may change for good, and drops it.
    nonisolated func copied(_ body: (String) async throws -> Void) async throws {
        let name = try await Self.copy()
        let outcome = await Result { try await body(Clone.connection(to: name)) }
        try await Self.maintain("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        try outcome.get()
    }

    private func take() async throws -> Leased {
        while free.isEmpty, made >= most { await withCheckedContinuation { waiting.append($0) } }
        if let leased = free.popLast() { return leased }
        made += 1
        do {
            return Leased(name: try await prepared(Self.copy()))
        } catch {
            // Its place is free again: whoever waits must not wait for ever.
            made -= 1
            if !waiting.isEmpty { waiting.removeFirst().resume() }
            throw error
        }
    }

    private func giveBack(_ leased: Leased) {
        free.append(leased)
        if !waiting.isEmpty { waiting.removeFirst().resume() }
    }

    private func prepared(_ name: String) async throws -> String {
        guard let preparation else { return name }
        let connection = try await Connection.open(Clone.connection(to: name))
        let outcome = await Result { try await connection.script(preparation) }
        await connection.close()
        try outcome.get()
        return name
    }

    private static func copy() async throws -> String {
        let name = name()
        try await maintain("CREATE DATABASE \(name) TEMPLATE \(try await template.value)")
        return name
    }

    /// The World, sealed with the keys of this run.
    private static func makeTemplate() async throws -> String {
        try await dropLeftovers()
        let name = name()
        try await maintain("CREATE DATABASE \(name) TEMPLATE \"\(try Clone.template())\"")
        let connection = try await Connection.open(Clone.connection(to: name))
        let outcome = await Result {
            try await connection.loadWorldIfMissing()
            try await connection.sealWorld(TestSite.keys)
        }
        await connection.close()
        try outcome.get()
        return name
    }

    private static func dropLeftovers() async throws {
        let connection = try await Connection.open(Clone.connection(to: "postgres"))
        let names = try await connection.all("SELECT datname FROM pg_database WHERE starts_with(datname, \(prefix))") {
            try $0["datname"] as String
        }
        for name in names {
            let process = name.dropFirst(prefix.count).prefix { $0.isNumber }
            if let id = pid_t(process), kill(id, 0) != 0, errno == ESRCH {
                try await connection.script("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
            }
        }
        await connection.close()
    }

    /// A name that the next run knows as a leftover once this one has ended.
    static func name() -> String {
        "\(prefix)\(ProcessInfo.processInfo.processIdentifier)_"
            + UUID().uuidString.lowercased().replacing("-", with: "").prefix(8)
    }

    /// Runs a statement outside any transaction, connected to a database that is not in use.
    static func maintain(_ statement: String) async throws {
        let connection = try await Connection.open(Clone.connection(to: "postgres"))
        let outcome = await Result { try await connection.script(statement) }
        await connection.close()
        try outcome.get()
    }
}

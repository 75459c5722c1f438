import CLibpq
import Synchronization

/// PostgreSQL behind a pool of connections: the one way for the application to its data.
///
/// Everything happens in `transaction`; nothing is ever set between transactions, so no request can leave anything
/// behind for the next. Connections are opened when first needed, so a server that is down is an error of the first
/// transaction, not of `init`.
public final class Database: Sendable {
    /// How many connections there may be, and how long anything may take.
    public struct Options: Sendable {
        /// Connections at most.
        public var size: Int
        /// Seconds that a transaction may wait for a connection before it fails with `.timeout`.
        public var waitTimeout: Double
        /// Longest time for one statement, as PostgreSQL writes it (`5s`); `0` for no limit.
        public var statementTimeout: String
        /// Longest wait for one lock.
        public var lockTimeout: String
        /// Longest time that a transaction may sit without a statement before the server ends its connection.
        public var idleInTransactionTimeout: String
        /// Shown in `pg_stat_activity`, and as the name of the connections' threads.
        public var applicationName: String
        /// The role that the connections take on, when it is not the one that signs in.
        public var role: String?

        /// The usual limits for serving requests.
        public init(
            size: Int = 8, waitTimeout: Double = 5, statementTimeout: String = "5s", lockTimeout: String = "2s",
            idleInTransactionTimeout: String = "10s", applicationName: String = "drystone", role: String? = nil
        ) {
            self.size = size
            self.waitTimeout = waitTimeout
            self.statementTimeout = statementTimeout
            self.lockTimeout = lockTimeout
            self.idleInTransactionTimeout = idleInTransactionTimeout
            self.applicationName = applicationName
            self.role = role
        }
    }

    /// What the pool looks like at one moment.
    public struct Status: Sendable, Equatable {
        /// Connections that exist or are being opened.
        public let open: Int
        /// Those of them that nobody uses.
        public let idle: Int
        /// Transactions that wait for a connection.
        public let waiting: Int
    }

    private enum Backing {
        case pool(Pool)
        case rollingBack(RollingBack, role: String?)
    }

    private let backing: Backing
    private let settings: Result<Settings, PostgresError>
    private let statements = Atomic(0)
    private let listeners = Mutex<[Listener]?>([])

    /// A pool that opens its connections when they are needed. `conninfo` is `host=... dbname=...` or a
    /// `postgresql://` URL; a malformed one is an error of the first transaction.
    public init(_ conninfo: String, options: Options = Options()) {
        settings = Database.settings(conninfo, options)
        backing = .pool(Pool(settings: settings, size: options.size, waitTimeout: options.waitTimeout))
    }

    init(sharing rollingBack: RollingBack, role: String?, settings: Settings) {
        self.settings = .success(settings)
        backing = .rollingBack(rollingBack, role: role)
    }

    static func settings(_ conninfo: String, _ options: Options) -> Result<Settings, PostgresError> {
        let timeouts = [
            ("statement_timeout", options.statementTimeout), ("lock_timeout", options.lockTimeout),
            ("idle_in_transaction_session_timeout", options.idleInTransactionTimeout),
        ]
        return Result { () throws(PostgresError) in
            try Settings(conninfo, applicationName: options.applicationName, timeouts: timeouts, role: options.role)
        }
    }

    /// What the pool looks like now: for readiness and metrics.
    public var status: Status {
        switch backing {
        case .pool(let pool): pool.status
        case .rollingBack: Status(open: 1, idle: 0, waiting: 0)
        }
    }

    /// Statements that transactions of this database have run so far, counted as `Connection.statementsRun` does.
    public var statementsRun: Int { statements.load(ordering: .relaxed) }

    fileprivate func count(_ statements: Int) {
        self.statements.add(max(0, statements), ordering: .relaxed)
    }

    /// Runs `work` in a transaction, whole or not at all, on a connection that nobody else uses meanwhile.
    ///
    /// `session` is the token that row-level security resolves; without one the policies see none. BEGIN and the
    /// session travel with the first statement, and work without a statement costs nothing. Cancelling the task stops
    /// the running statement and rolls back. Throws what `work` throws, and `PostgresError`: `.timeout` when no
    /// connection came free, `.connection` when the server is away, `.cancelled`, `.query` for a failed COMMIT.
    ///
    /// With `attempts`, work that PostgreSQL undid because two transactions waited for each other runs again, that
    /// many times at most: what it does outside the database must bear that.
    public func transaction<T: Sendable>(
        session: String? = nil, readOnly: Bool = false, attempts: Int = 1,
        _ work: @Sendable (isolated Connection) throws -> T
    ) async throws -> T {
        switch backing {
        case .rollingBack(let shared, let role):
            let scope = shared.scope(role: role, session: session, readOnly: readOnly)
            return try await shared.connection.counted(by: self, scope, work)
        case .pool(let pool):
            let scope = Scope.transaction(session: session, readOnly: readOnly)
            var left = attempts
            while true {
                let connection = try await pool.lease()
                do {
                    // A connection that the server closed while it lay idle has run nothing: take another.
                    if let value = try await connection.lent(by: pool, of: self, scope, work) { return value }
                } catch let error as PostgresError where error.isDeadlock && left > 1 {
                    left -= 1
                    // Whoever was waited for goes first.
                    try await Task.sleep(for: .milliseconds(50 * (attempts - left)))
                }
            }
        }
    }

    /// The first row of one statement that stands alone and needs no session: PostgreSQL makes it a transaction by
    /// itself, so nothing is sent before or after it. Throws as `transaction` does.
    public func first<T: Sendable>(_ sql: SQL, _ read: @Sendable (Row) throws -> T) async throws -> T? {
        switch backing {
        case .rollingBack: return try await transaction { db in try db.first(sql, read) }
        case .pool(let pool):
            while true {
                let connection = try await pool.lease()
                let row = try await connection.lent(by: pool, of: self, nil) { @Sendable db in
                    try [db.first(sql, read)]
                }
                if let row { return row[0] }
            }
        }
    }

    /// Notifications of a channel, on a connection of its own that is opened anew whenever it is lost.
    ///
    /// The first element, and one after each loss, has `isStart` set: from here on nothing is missed, so look at the
    /// tables now. It ends when the consumer's task is cancelled or the database closed; it throws only for a malformed
    /// connection string. A consumer that falls 1,000 notifications behind loses the oldest.
    public func listen(_ channel: String) -> AsyncThrowingStream<Notification, any Error> {
        AsyncThrowingStream(bufferingPolicy: .bufferingNewest(1000)) { continuation in
            do {
                let listener = try Listener(settings.get(), channel: channel, continuation)
                continuation.onTermination = { _ in listener.stop() }
                let isOpen = listeners.withLock { listeners in
                    listeners?.removeAll { $0.hasStopped }
                    listeners?.append(listener)
                    return listeners != nil
                }
                if isOpen { listener.start() } else { continuation.finish() }
            } catch {
                continuation.finish(throwing: error)
            }
        }
    }

    /// Refuses new transactions, lets running ones end, and closes every connection and its thread.
    public func close() async {
        let running = listeners.withLock { listeners in
            defer { listeners = nil }
            return listeners ?? []
        }
        for listener in running { listener.stop() }
        if case .pool(let pool) = backing { await pool.close() }
    }
}

extension Connection {
    /// One transaction for the pool, or without a scope one statement; nil when the connection turned out to be closed
    /// before anything was sent. It is given back on this thread, before the caller's task runs again, so that the next
    /// can start at once.
    fileprivate func lent<T: Sendable>(
        by pool: Pool, of database: Database, _ scope: Scope?, _ work: (isolated Connection) throws -> T
    ) throws -> T? {
        guard let wire, !wire.isStale else {
            close()
            pool.forget()
            return nil
        }
        defer {
            let isClean = wire.isAlive && wire.transactionStatus == PQTRANS_IDLE && pending.isEmpty
            if !isClean || wire.isSwollen || !pool.giveBack(self) {
                close()
                pool.forget()
            }
        }
        return try counted(by: database, scope, work)
    }

    fileprivate func counted<T: Sendable>(
        by database: Database, _ scope: Scope?, _ work: (isolated Connection) throws -> T
    ) throws -> T {
        let before = statementsRun
        defer { database.count(statementsRun - before) }
        guard let scope else { return try work(self) }
        return try within(scope, work)
    }
}

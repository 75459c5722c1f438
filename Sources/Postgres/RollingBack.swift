/// One connection inside a transaction that is never committed: for tests.
///
///     let rollingBack = try await Database.rollingBack(conninfo)
///     let database = rollingBack.database(role: "da_app")
///     ...                                     // anything, at any depth, from any task
///     await rollingBack.end()
///
/// Transactions of its databases are savepoints. Each runs as one job on the connection's thread, so they follow each
/// other in the order in which they came and never interleave. Deferred constraints are checked where COMMIT would.
public final class RollingBack: Sendable {
    /// The shared connection: for counting statements, and for preparing data as the role that signed in.
    public let connection: Connection
    private let settings: Settings
    /// `SET CONSTRAINTS` for those that are deferred from the start; nil when there are none.
    private let deferring: SQL?

    init(_ settings: Settings) async throws {
        self.settings = settings
        connection = Connection(settings)
        try await connection.connect()
        deferring = try await connection.beginRollingBack()
    }

    /// A database whose transactions see each other's changes and those of the other databases made here.
    /// `role` is taken on with SET LOCAL ROLE in each transaction; the role that signed in must be allowed to.
    public func database(role: String? = nil) -> Database {
        Database(sharing: self, role: role, settings: settings)
    }

    /// Undoes everything and begins anew on the same connection, which still knows its statements and their plans: a
    /// new session would read its catalogue and plan each of them again. Throws `.connection` when it is lost.
    public func undo() async throws(PostgresError) {
        try await connection.undoRollingBack()
    }

    /// Undoes everything and closes the connection; later transactions throw `.connection`.
    public func end() async {
        await connection.close()
    }

    func scope(role: String?, session: String?, readOnly: Bool) -> Scope {
        var scope = Scope.savepoint(0)
        let begin: [SQL] = readOnly ? ["SET TRANSACTION READ ONLY"] : []
        if let role { scope.opening.append("SET LOCAL ROLE \(SQL.identifier(role))") }
        scope.opening += begin + [.session(session)]
        // The check names nothing, because the role need not reach the schema that a constraint is in.
        if deferring != nil { scope.closing = ["SET CONSTRAINTS ALL IMMEDIATE"] + scope.closing }
        scope.closing.append(.session(nil))
        if role != nil { scope.closing.append("SET LOCAL ROLE NONE") }
        if let deferring { scope.closing.append(deferring) }
        return scope
    }
}

extension Connection {
    /// Opens the outer transaction, and answers the statement that defers again what COMMIT would check; nil for none.
    fileprivate func beginRollingBack() throws -> SQL? {
        openRollingBack()
        let deferred = try all(
            """
            SELECT quote_ident(n.nspname) || '.' || quote_ident(c.conname) AS name
            FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
            WHERE c.condeferrable AND c.condeferred ORDER BY 1
            """
        ) { (row) throws in try row["name"] as String }
        resetCount()
        if deferred.isEmpty { return nil }
        let names = SQL(unsafeText: Set(deferred).sorted().joined(separator: ", "))
        return "SET CONSTRAINTS \(names) DEFERRED"
    }

    private func openRollingBack() {
        depth = 1
        pending = ["BEGIN", .session(nil)]
    }

    fileprivate func undoRollingBack() throws(PostgresError) {
        depth = 0
        pending = []
        // A session's own locks outlast its transactions.
        try script("ROLLBACK; SELECT pg_advisory_unlock_all()")
        resetCount()
        openRollingBack()
    }
}

extension Database {
    /// For tests: everything that is done through its databases is undone by `end()`. Throws `.connection`.
    public static func rollingBack(_ conninfo: String) async throws -> RollingBack {
        // A slow test is no reason to lose the connection that all its transactions share.
        let options = Options(statementTimeout: "30s", lockTimeout: "10s", idleInTransactionTimeout: "0")
        return try await RollingBack(Database.settings(conninfo, options).get())
    }
}

import CLibpq

/// One connection to PostgreSQL, on a thread of its own.
///
/// Inside `Database.transaction` it is at hand as the closure's argument, and every call is synchronous. Statements are
/// prepared once a connection and text, and run with binds.
public actor Connection {
    nonisolated let executor: ThreadExecutor
    /// The connection's thread.
    public nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    private let settings: Settings
    var wire: Wire?
    private(set) var cache = StatementCache(limit: 256)
    /// Control statements (BEGIN, SAVEPOINT...) that travel with the next statement, to save their round trips.
    var pending: [SQL] = []
    /// How often anything was sent; tells whether a scope's opening ever was.
    private(set) var exchanges = 0
    /// How many transactions and savepoints are open.
    var depth = 0
    /// True in a scope: no statement may then reach a server that is in no transaction.
    var isInTransaction: Bool { depth > 0 }

    /// Statements run since the last `resetCount()`: what a page cost. BEGIN, COMMIT, ROLLBACK, savepoints and the
    /// setting of session and role don't count.
    public private(set) var statementsRun = 0

    init(_ settings: Settings) {
        self.settings = settings
        executor = ThreadExecutor(name: settings.applicationName)
    }

    deinit { executor.stop() }

    /// Opens a connection outside any pool, for migrations and for what PostgreSQL refuses inside a transaction
    /// (CREATE DATABASE). No timeouts are set but those that `conninfo` sets. Throws `.connection`.
    public static func open(
        _ conninfo: String, applicationName: String = "drystone"
    ) async throws(PostgresError) -> Connection {
        let connection = Connection(
            try Settings(conninfo, applicationName: applicationName, timeouts: [], role: nil))
        try await connection.connect()
        return connection
    }

    func connect() throws(PostgresError) {
        wire = try Wire(settings)
    }

    /// Closes the connection and ends its thread. Whatever was open in it is rolled back by the server.
    public func close() {
        wire = nil
        executor.stop()
    }

    /// Sets `statementsRun` to 0.
    public func resetCount() {
        statementsRun = 0
    }

    func countStatement() {
        statementsRun += 1
    }

    /// Runs a statement and answers how many rows it changed, or returned.
    @discardableResult
    public func run(_ sql: SQL) throws(PostgresError) -> Int {
        try answer(sql).affected
    }

    /// Runs a query and reads every row.
    public func all<T>(_ sql: SQL, _ read: (Row) throws -> T) throws -> [T] {
        let answer = try answer(sql)
        var values: [T] = []
        values.reserveCapacity(Int(answer.count))
        for index in 0..<answer.count { values.append(try read(Row(answer: answer, index: index))) }
        return values
    }

    /// Runs a query and reads its first row; nil when there is none.
    public func first<T>(_ sql: SQL, _ read: (Row) throws -> T) throws -> T? {
        let answer = try answer(sql)
        return answer.count == 0 ? nil : try read(Row(answer: answer, index: 0))
    }

    /// Runs a script of several statements with `PQexec`. For migrations only: the text is sent as it is, with no
    /// binds, so nothing that a person typed may ever be part of it. The error has no statement, but a position.
    public func script(_ text: String) throws(PostgresError) {
        try flush()
        let wire = try ready()
        exchanges += 1
        guard let result = wire.script(text) else { throw wire.fail() }
        defer { PQclear(result) }
        switch PQresultStatus(result) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: return
        default: throw error(result, statement: nil, wire: wire)
        }
    }

    /// Sends what is pending, for statements that cannot share a round trip.
    func flush() throws(PostgresError) {
        if !pending.isEmpty { _ = try exchange([], cancellable: false) }
    }

    /// The wire, if it can take a statement now.
    func ready() throws(PostgresError) -> Wire {
        guard let wire, wire.isAlive else { throw wire == nil ? .closed : .lost }
        if isInTransaction, pending.isEmpty, wire.transactionStatus == PQTRANS_IDLE {
            // BEGIN failed, or a statement ended the transaction: what follows would be committed one by one.
            wire.breakOff()
            throw PostgresError(.connection, reason: "the transaction ended inside its scope")
        }
        return wire
    }

    private func answer(_ sql: SQL) throws(PostgresError) -> Answer {
        if Task.isCancelled { throw .cancelled }
        countStatement()
        return try exchange([sql], cancellable: true)
    }

    /// Sends what is pending and then `batch` in one round trip; answers the last statement's answer.
    @discardableResult
    func exchange(_ batch: [SQL], cancellable: Bool) throws(PostgresError) -> Answer {
        for sql in batch { try check(sql) }
        let wire = try ready()
        let opening = pending
        pending = []
        exchanges += 1

        var steps: [Step] = []
        var texts: [String] = []
        for sql in opening { add(sql, to: &steps, &texts) }
        // In a failed transaction everything but its end is refused, so the abandoned wait.
        if !batch.isEmpty, wire.transactionStatus != PQTRANS_INERROR {
            for name in cache.abandoned {
                steps.append(.deallocate(name))
                texts.append("")
            }
        }
        for sql in batch { add(sql, to: &steps, &texts) }

        let replies = try wire.exchange(steps, cancellable: cancellable)
        for (step, result) in zip(steps, replies.results) {
            if case .deallocate(let name) = step, result != nil { cache.deallocated(name) }
        }
        if let failure = replies.failure {
            defer { PQclear(failure.result) }
            for result in replies.results { PQclear(result) }
            let error = error(failure.result, statement: texts[failure.step], wire: wire)
            forget(steps, texts, failedAt: failure.step, error)
            throw error
        }
        for result in replies.results.dropLast() { PQclear(result) }
        guard let text = texts.last, let entry = cache.find(text), let result = replies.results.last ?? nil else {
            throw wire.fail()
        }
        return Answer(result: result, columns: columns(of: result, entry))
    }

    /// The messages for one statement, prepared first when it is new.
    private func add(_ sql: SQL, to steps: inout [Step], _ texts: inout [String]) {
        let known = cache.find(sql.text)
        let entry = known ?? cache.insert(sql.text)
        if known == nil {
            steps.append(.prepare(name: entry.name, text: sql.text))
            texts.append(sql.text)
        }
        steps.append(.execute(name: entry.name, parameters: sql.parameters))
        texts.append(sql.text)
    }

    /// After a failure: what was not prepared, and what the server no longer runs as it was prepared.
    private func forget(_ steps: [Step], _ texts: [String], failedAt failed: Int, _ error: PostgresError) {
        for index in failed..<steps.count {
            if case .prepare = steps[index] { cache.remove(texts[index], onServer: false) }
        }
        switch (steps[failed], error.sqlState) {
        // The tables changed and the plan's columns no longer fit: prepared anew next time.
        case (.execute, "0A000"): cache.remove(texts[failed], onServer: true)
        // Someone deallocated it, and so perhaps all.
        case (_, "26000"): cache.removeAll()
        default: break
        }
    }

    private func columns(of result: OpaquePointer, _ entry: StatementCache.Entry) -> Columns {
        let count = PQnfields(result)
        if count == 0 { return .none }
        if let columns = entry.columns, columns.count == count { return columns }
        let columns = Columns(result: result)
        entry.columns = columns
        return columns
    }

    func error(_ result: OpaquePointer, statement: String?, wire: Wire) -> PostgresError {
        let error = PostgresError(result: result, statement: statement, kind: wire.isAlive ? .query : .connection)
        if error.kind == .connection, error.sqlState == nil { return .lost }
        // 57014 is also a statement that ran too long; only the task knows which it was.
        if error.sqlState == "57014", Task.isCancelled {
            return PostgresError(.cancelled, sqlState: "57014", reason: "the task was cancelled", statement: statement)
        }
        return error
    }

    /// What libpq would cut short or refuse half-way is refused before anything is sent.
    func check(_ sql: SQL) throws(PostgresError) {
        guard sql.parameters.count <= ParameterBuffer.limit else {
            throw PostgresError(.query, sqlState: "54023", reason: "more than 65,535 parameters", statement: sql.text)
        }
        for parameter in sql.parameters where parameter?.utf8.contains(0) == true {
            throw PostgresError(.query, sqlState: "22021", reason: "a parameter holds NUL", statement: sql.text)
        }
    }
}

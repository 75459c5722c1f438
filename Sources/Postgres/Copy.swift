import CLibpq

extension Connection {
    /// Feeds `COPY table (columns) FROM STDIN` with rows in text format and answers how many were taken; nil is NULL.
    /// Rows are sent as the sequence makes them, so a long one needs little memory. What PostgreSQL refuses undoes the
    /// whole COPY. COPY takes no binds, so a statement with any is refused, and row-level security refuses COPY FROM:
    /// bulk loading is its own role's.
    @discardableResult
    public func copyIn(_ statement: SQL, rows: some Sequence<[String?]>) throws(PostgresError) -> Int {
        var line: [UInt8] = []
        line.reserveCapacity(80_000)
        return try copyIn(statement) { send throws(PostgresError) in
            for row in rows {
                guard row.allSatisfy({ $0?.utf8.contains(0) != true }) else {
                    throw PostgresError(.query, sqlState: "22021", reason: "a value holds NUL")
                }
                CopyText.append(row, to: &line)
                if line.count >= 64_000 {
                    try send(line)
                    line.removeAll(keepingCapacity: true)
                }
            }
            if !line.isEmpty { try send(line) }
        }
    }

    /// Feeds `COPY ... FROM STDIN` with bytes in whatever format the statement names (CSV, binary), in pieces that may
    /// end anywhere. Answers how many rows were taken.
    @discardableResult
    public func copyIn(_ statement: SQL, bytes: some Sequence<[UInt8]>) throws(PostgresError) -> Int {
        try copyIn(statement) { send throws(PostgresError) in
            for piece in bytes { try send(piece) }
        }
    }

    /// Runs `COPY ... TO STDOUT` in text format and gives each row to `read` as it comes; nil is NULL.
    /// Answers how many rows there were. When `read` throws, the COPY is stopped and the error rethrown.
    @discardableResult
    public func copyOut(_ statement: SQL, rows read: ([String?]) throws -> Void) throws -> Int {
        try copyOut(statement, bytes: { try read(CopyText.row($0.bindMemory(to: UInt8.self))) })
    }

    /// Runs `COPY ... TO STDOUT` and gives its bytes to `read` as they come, a row or more at a time; the buffer is
    /// valid during the call only. Answers how many rows there were. When `read` throws, the COPY is stopped.
    @discardableResult
    public func copyOut(_ statement: SQL, bytes read: (UnsafeRawBufferPointer) throws -> Void) throws -> Int {
        let wire = try begin(statement, expecting: PGRES_COPY_OUT)
        var thrown: (any Error)?
        while let row = wire.copyData() {
            defer { PQfreemem(row.bytes) }
            // After an error the rest is only drained, so that the connection is fit for the rollback.
            guard thrown == nil else { continue }
            do {
                if Task.isCancelled { throw PostgresError.cancelled }
                try read(UnsafeRawBufferPointer(start: row.bytes, count: row.count))
            } catch {
                thrown = error
                wire.cancel()
            }
        }
        let outcome = Result { () throws(PostgresError) in try end(statement, wire) }
        if let thrown { throw thrown }
        return try outcome.get()
    }

    private func copyIn(
        _ statement: SQL, _ feed: (_ send: ([UInt8]) throws(PostgresError) -> Void) throws(PostgresError) -> Void
    ) throws(PostgresError) -> Int {
        let wire = try begin(statement, expecting: PGRES_COPY_IN)
        var thrown: PostgresError?
        do {
            try feed { bytes throws(PostgresError) in
                if Task.isCancelled { throw .cancelled }
                let sent = bytes.withUnsafeBytes {
                    PQputCopyData(wire.connection, $0.baseAddress?.assumingMemoryBound(to: CChar.self), Int32($0.count))
                }
                guard sent == 1 else { throw wire.fail() }
            }
        } catch {
            thrown = error
        }
        guard PQputCopyEnd(wire.connection, thrown == nil ? nil : "stopped") == 1 else { throw thrown ?? wire.fail() }
        let outcome = Result { () throws(PostgresError) in try end(statement, wire) }
        if let thrown { throw thrown }
        return try outcome.get()
    }

    private func begin(_ statement: SQL, expecting status: ExecStatusType) throws(PostgresError) -> Wire {
        guard statement.parameters.isEmpty else {
            throw PostgresError(.query, sqlState: "42P02", reason: "COPY takes no binds", statement: statement.text)
        }
        if Task.isCancelled { throw .cancelled }
        try flush()
        let wire = try ready()
        countStatement()
        try wire.start(statement.text)
        guard let result = wire.next(cancellable: true) else { throw wire.fail() }
        defer { PQclear(result) }
        guard PQresultStatus(result) == status else {
            let error = error(result, statement: statement.text, wire: wire)
            if PQresultStatus(result) != PGRES_FATAL_ERROR { wire.breakOff() } else { drain(wire) }
            throw error
        }
        return wire
    }

    private func end(_ statement: SQL, _ wire: Wire) throws(PostgresError) -> Int {
        guard let result = wire.next(cancellable: true) else { throw wire.fail() }
        defer { PQclear(result) }
        drain(wire)
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw error(result, statement: statement.text, wire: wire)
        }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    private func drain(_ wire: Wire) {
        while let result = wire.next(cancellable: false) { PQclear(result) }
    }
}

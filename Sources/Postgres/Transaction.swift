import CLibpq

/// The statements around a piece of work.
struct Scope: Sendable {
    /// Sent together with the work's first statement; not at all when there is none.
    var opening: [SQL]
    /// Sent in one round trip after the work.
    var closing: [SQL]
    /// Sent in one round trip instead, when anything failed.
    var undoing: [SQL]

    /// A transaction whose policies see `session`: a bearer token that row-level security resolves, '' for none.
    static func transaction(session: String?, readOnly: Bool) -> Scope {
        Scope(
            opening: [readOnly ? "BEGIN READ ONLY" : "BEGIN", .session(session)], closing: ["COMMIT"],
            undoing: ["ROLLBACK"])
    }

    static func savepoint(_ depth: Int) -> Scope {
        let name = SQL(unsafeText: "s\(depth)")
        return Scope(
            opening: ["SAVEPOINT \(name)"], closing: ["RELEASE \(name)"],
            undoing: ["ROLLBACK TO \(name)", "RELEASE \(name)"])
    }
}

extension SQL {
    /// Sets the session for the rest of the transaction.
    static func session(_ token: String?) -> SQL {
        "SELECT set_config('app.session', \(token ?? ""), true)"
    }
}

extension Connection {
    /// Runs `work` whole or not at all: what it throws is rethrown after a rollback, and a failed COMMIT is an error.
    /// A nested call is a savepoint. An outermost call has no session; requests use `Database.transaction`.
    public func transaction<T>(_ work: (isolated Connection) throws -> T) throws -> T {
        let outermost = Scope(opening: ["BEGIN"], closing: ["COMMIT"], undoing: ["ROLLBACK"])
        return try within(depth == 0 ? outermost : .savepoint(depth), work)
    }

    /// Runs `work` between a scope's statements.
    func within<T>(_ scope: Scope, _ work: (isolated Connection) throws -> T) throws -> T {
        let waitingBefore = pending.count
        let exchangesBefore = exchanges
        for sql in scope.opening { try check(sql) }
        pending += scope.opening
        depth += 1
        defer { depth -= 1 }
        let value: T
        do {
            value = try work(self)
            if exchanges == exchangesBefore {
                pending.removeSubrange(waitingBefore...)
                return value
            }
            if Task.isCancelled { throw PostgresError.cancelled }
            try close(scope)
        } catch {
            if exchanges == exchangesBefore {
                pending.removeSubrange(waitingBefore...)
            } else {
                undo(scope)
            }
            throw error
        }
        return value
    }

    private func close(_ scope: Scope) throws(PostgresError) {
        // Work that swallowed an error: the server would answer COMMIT with a rollback, and no error.
        if let wire, wire.isAlive, wire.transactionStatus == PQTRANS_INERROR {
            throw PostgresError(.query, sqlState: "25P02", reason: "an earlier statement failed and was ignored")
        }
        let answer = try exchange(scope.closing, cancellable: false)
        if answer.tag == "ROLLBACK" {
            throw PostgresError(.query, sqlState: "25P02", reason: "COMMIT rolled back")
        }
    }

    private func undo(_ scope: Scope) {
        pending = []
        // A failed COMMIT has ended the transaction already.
        guard let wire, wire.isAlive, wire.transactionStatus != PQTRANS_IDLE else { return }
        do {
            try exchange(scope.undoing, cancellable: false)
        } catch {
            // Whatever state the server is in now, nobody may use it.
            wire.breakOff()
        }
    }
}

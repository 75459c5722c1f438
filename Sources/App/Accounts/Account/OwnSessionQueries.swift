import Foundation
import Postgres

/// A session as its owner sees it in the list.
struct SessionSummary: Sendable {
    let id: UUID
    let startedAt: Date
    let seenAt: Date
}

extension Connection {
    func sessions(of account: UUID) throws -> [SessionSummary] {
        try all("""
            SELECT id, started_at, seen_at FROM app.session
            WHERE account_id = \(account) AND stage = 'full' AND expires_at > now() AND ends_at > now()
            ORDER BY seen_at DESC LIMIT 20
            """) { row in
            SessionSummary(id: try row["id"], startedAt: try row["started_at"], seenAt: try row["seen_at"])
        }
    }

    /// Ends one of somebody's own sessions; false when it is none of theirs.
    func endSession(_ id: UUID, of account: UUID) throws -> Bool {
        try run("DELETE FROM app.session WHERE id = \(id) AND account_id = \(account)") == 1
    }
}

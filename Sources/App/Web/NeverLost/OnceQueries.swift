import Foundation
import Pages
import Postgres

extension Connection {
    /// Runs `work` once for each submission key, and tells where to go: a double click, a retry or a reload of the
    /// answer makes one record and leads to it. Also throws the form's draft away, in the same transaction.
    func once(
        _ visit: Visit, leadingTo location: String, _ work: (isolated Connection) throws -> Void
    ) throws -> String {
        guard let key = UUID(uuidString: visit.typed["submission"]) else { throw Refusal.unreadable }
        let isFirst = try run("""
            INSERT INTO app.submission (account_id, key, partnership_id, location)
            VALUES (\(visit.viewer.account), \(key), \(visit.viewer.partnership), \(location))
            ON CONFLICT (account_id, key) DO NOTHING
            """) == 1
        guard isFirst else {
            return try sentBefore(visit) ?? location
        }
        try work(self)
        if visit.typed["draft-path"] == visit.path { try dropDraft(account: visit.viewer.account, form: visit.path) }
        return location
    }

    /// Where this form led to when it was sent before; nil the first time. For what looks at something, on record,
    /// before it makes anything: sent again it does neither.
    func sentBefore(_ visit: Visit) throws -> String? {
        guard let key = UUID(uuidString: visit.typed["submission"]) else { throw Refusal.unreadable }
        return try first("""
            SELECT location FROM app.submission WHERE account_id = \(visit.viewer.account) AND key = \(key)
            """) { try $0["location"] }
    }
}

/// Somebody else's change came first: thrown within `once`, it undoes all, and what was typed is given back.
struct Overtaken: Error {}

import Foundation
import Postgres

extension SQL {
    /// Whom an account covers for at a moment, as an array of accounts.
    static func coveredColleagues(of account: UUID, at now: Date) -> SQL {
        """
        ARRAY(SELECT e.account_id FROM app.rota_entry e WHERE \(isCover(by: "\(account)", at: now)))
        """
    }

    /// A line `e` of the rota that makes `account` the one who covers now.
    fileprivate static func isCover(by account: SQL, at now: Date) -> SQL {
        "e.covered_by = \(account) AND \(isAway(at: now))"
    }

    /// A line `e` of the rota that says somebody is away now.
    static func isAway(at now: Date) -> SQL {
        "e.kind = 'away' AND e.taken_off_at IS NULL AND e.starts_at <= \(now) AND e.ends_at > \(now)"
    }
}

extension Connection {
    /// What changed for the viewer, and whom they cover for: the next 10 to come back.
    func sinceLastLook(_ visit: Visit) throws -> SinceLastLook {
        var changed = 0
        let covers = try all("""
            SELECT (SELECT count(*) FROM (SELECT FROM app.case_record c
                    WHERE c.worker_id = \(visit.viewer.account) AND c.has_news AND c.closed_at IS NULL
                      AND c.agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[]) LIMIT 100) n) AS changed,
                   v.full_name, v.ends_at
            FROM (SELECT) one LEFT JOIN LATERAL (
                SELECT a.full_name, e.ends_at FROM app.rota_entry e JOIN app.account a ON a.id = e.account_id
                WHERE \(SQL.isCover(by: "\(visit.viewer.account)", at: visit.now))
                ORDER BY e.ends_at, e.id LIMIT 10) v ON true
            ORDER BY v.ends_at, v.full_name
            """) { row -> Cover? in
            changed = try row["changed"]
            guard let until: Date = try row["ends_at"] else { return nil }
            return Cover(name: try row["full_name"] ?? "", until: until)
        }
        return SinceLastLook(changedCases: changed, covers: covers.compactMap(\.self))
    }
}

import Foundation
import Postgres

extension Connection {
    /// Puts an event on a case's timeline, in the transaction of the event itself.
    func note(
        _ kind: TimelineKind, on caseID: UUID, agency: UUID, subject: UUID? = nil, _ summary: String, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.timeline_event (id, partnership_id, agency_id, case_id, kind, at, by_account, subject_id,
                                            summary)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(agency), \(caseID), \(kind), \(visit.now),
                    \(visit.viewer.account), \(subject), \(summary))
            """)
    }

    /// An event that needs no more words than its kind.
    func note(_ kind: TimelineKind, on caseID: UUID, agency: UUID, subject: UUID? = nil, _ visit: Visit) throws {
        try note(kind, on: caseID, agency: agency, subject: subject, "", visit)
    }

    /// The newest lines of a case's timeline.
    func timeline(of caseID: UUID, limit: Int = 30) throws -> [TimelineLine] {
        try all("""
            SELECT t.kind, t.at, a.full_name, t.summary FROM app.timeline_event t
            LEFT JOIN app.account a ON a.id = t.by_account
            WHERE t.case_id = \(caseID) ORDER BY t.at DESC, t.id LIMIT \(limit)
            """) { row in
            TimelineLine(
                kind: try row["kind"], at: try row["at"], by: try row["full_name"] ?? "", summary: try row["summary"])
        }
    }
}

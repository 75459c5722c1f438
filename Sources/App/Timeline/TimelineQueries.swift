import Foundation
import Postgres

extension Connection {
    /// Puts an event on a case's timeline, in the transaction of the event itself.
    func note(
        _ kind: TimelineKind, on caseID: UUID, agency: UUID, subject: UUID? = nil, _ summary: String, _ visit: Visit
    ) throws {
        // For whoever holds the case it is news, unless they did it.
        try run("""
            WITH news AS (UPDATE app.case_record SET has_news = true
                          WHERE id = \(caseID) AND worker_id <> \(visit.viewer.account) AND NOT has_news)
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

    /// The `latest` things that happened on a case, newest first, what still waits, most urgent first, and what
    /// `counting` counts (columns `what` and `times`): one statement for all.
    func timelineAndDue(
        of caseID: UUID, latest: Int, counting: SQL?
    ) throws -> (lines: [TimelineLine], due: [DueLine], counts: [String: Int]) {
        var (lines, due, counts): ([TimelineLine], [DueLine], [String: Int]) = ([], [], [:])
        let counted: SQL = counting.map { counting in
            """
            UNION ALL SELECT NULL, c.what, NULL, '', NULL, 2, c.times FROM (\(counting)) c
            """
        } ?? ""
        _ = try all("""
            SELECT w.id, w.kind, w.at, w.words, w.part, w.place, a.full_name FROM (
                (SELECT NULL::uuid AS id, t.kind, t.at, t.summary AS words, t.by_account AS account, 0 AS part,
                        row_number() OVER (ORDER BY t.at DESC, t.id) AS place
                 FROM app.timeline_event t WHERE t.case_id = \(caseID) ORDER BY t.at DESC, t.id LIMIT \(latest))
                UNION ALL
                (SELECT k.id, k.kind, k.due_at, k.detail, k.owner_id, 1, row_number() OVER (ORDER BY k.due_at, k.id)
                 FROM app.task k WHERE k.case_id = \(caseID) AND k.done_at IS NULL ORDER BY k.due_at, k.id LIMIT 25)
                \(counted)) w
            LEFT JOIN app.account a ON a.id = w.account ORDER BY w.part, w.place
            """) { row in
            let (words, name): (String, String?) = (try row["words"], try row["full_name"])
            if try row["part"] == 2 {
                counts[try row["kind"]] = try row["place"]
            } else if let id: UUID = try row["id"] {
                due.append(DueLine(id: id, kind: try row["kind"], detail: words, due: try row["at"], owner: name))
            } else {
                lines.append(TimelineLine(kind: try row["kind"], at: try row["at"], by: name ?? "", summary: words))
            }
        }
        return (lines, due, counts)
    }
}

import Foundation
import Postgres

/// How often one worker searched for people on one day, and how often nothing came of it.
struct SearchHabit: Sendable {
    let day: Day
    let who: String
    let searches: Int
    /// Searches after which the worker opened, linked or recorded nobody within half an hour.
    let withoutFollowUp: Int
    /// Outside a contact or a case, beyond the number that goes without an enquiry.
    let overBudget: Int
}

extension Connection {
    /// The days and workers of the last week with the most searches that led nowhere; at most 15, of the week's latest
    /// 1,000 searches. The event stands in the statement's text, so that the index over searches serves it.
    func searchHabits(in partnership: UUID) throws -> [SearchHabit] {
        try all("""
            SELECT (s.at AT TIME ZONE 'Europe/London')::date AS day, coalesce(a.full_name, '') AS who,
                   count(*)::int AS searches, count(*) FILTER (WHERE NOT f.followed)::int AS idle,
                   count(*) FILTER (WHERE EXISTS (
                       SELECT FROM app.audit_event o
                       WHERE o.subject_id = s.subject_id AND o.event = 'search-over-budget'))::int AS over
            FROM (SELECT s.account_id, s.at, s.subject_id FROM app.audit_event s
                  WHERE s.event = 'people-searched' AND s.partnership_id = \(partnership)
                    AND s.at > now() - interval '7 days' ORDER BY s.at DESC LIMIT 1000) s
            CROSS JOIN LATERAL (SELECT EXISTS (
                SELECT FROM app.audit_event e
                WHERE e.account_id = s.account_id AND e.at > s.at AND e.at < s.at + interval '30 minutes'
                  AND e.event IN ('person-viewed', 'contact-linked', 'person-recorded', 'case-viewed',
                                  'child-recorded', 'household-changed')) AS followed) f
            LEFT JOIN app.account a ON a.id = s.account_id
            GROUP BY 1, s.account_id, 2 ORDER BY idle DESC, searches DESC, day DESC, who LIMIT 15
            """) { row in
            SearchHabit(
                day: try row["day"], who: try row["who"], searches: try row["searches"],
                withoutFollowUp: try row["idle"], overBudget: try row["over"])
        }
    }
}

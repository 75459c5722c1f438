import Foundation
import Postgres

extension Connection {
    private static func exported(_ form: OutcomeExportForm, _ visit: Visit) -> SQL {
        """
        app.outcome_set u WHERE u.agency_id = ANY (\(visit.viewer.agencies(.exportDataSets))::uuid[])
          AND u.taken_on BETWEEN \(form.period.from)::date AND \(form.period.until)::date
          AND u.stage = ANY (\(form.stages.map(\.rawValue))::text[]) AND u.withdrawn_at IS NULL
        """
    }

    func outcomeLineCount(_ form: OutcomeExportForm, _ visit: Visit) throws -> Int {
        try first("SELECT count(*) AS sets FROM \(Self.exported(form, visit))") { try $0["sets"] } ?? 0
    }

    /// The lines of an export, in the order in which they were taken: one statement.
    func outcomeLines(_ form: OutcomeExportForm, _ visit: Visit) throws -> [OutcomeLine] {
        let named = [
            "agency", "opened_on", "closed_on", "repeat_within_12_months", "risk", "marac_decision", "sex", "ethnicity",
            "gender_identity", "sexual_orientation", "religion", "disability", "connection", "children", "needs_open",
            "needs_met", "interventions", "orders", "closing_reason", "abuse_change", "feels", "own_words_given",
        ]
        return try all("""
            SELECT u.person_id, u.case_id, u.stage, u.taken_on, u.answers, p.date_of_birth, p.age_band,
                   g.name AS agency,
                   (c.opened_at AT TIME ZONE 'Europe/London')::date::text AS opened_on,
                   coalesce((c.closed_at AT TIME ZONE 'Europe/London')::date::text, '') AS closed_on,
                   CASE WHEN EXISTS (
                       SELECT FROM app.case_record e WHERE e.person_id = c.person_id AND e.closed_at <= c.opened_at
                         AND e.closed_at > c.opened_at - make_interval(months => \(EarlierCase.repeatMonths)))
                       THEN 'yes' ELSE 'no' END AS repeat_within_12_months,
                   c.risk, coalesce((SELECT m.decision FROM app.marac_decision m
                                     WHERE m.person_id = c.person_id AND m.decided_at < \(form.period.moments.until)
                                     ORDER BY m.decided_at DESC LIMIT 1), 'none') AS marac_decision,
                   p.sex, p.ethnicity, p.gender_identity, p.orientation AS sexual_orientation, p.religion, p.disability,
                   coalesce((SELECT r.connection FROM app.relationship r WHERE r.harmed_id = c.person_id
                             ORDER BY r.recorded_at LIMIT 1), 'notKnown') AS connection,
                   (SELECT count(*) FROM app.child_tie t WHERE t.adult_id = c.person_id)::text AS children,
                   (SELECT count(*) FROM app.need n JOIN app.need_change h
                        ON h.need_id = n.id AND h.version = n.version
                    WHERE n.case_id = c.id AND h.state IN ('open', 'partlyMet'))::text AS needs_open,
                   (SELECT count(*) FROM app.need n JOIN app.need_change h
                        ON h.need_id = n.id AND h.version = n.version
                    WHERE n.case_id = c.id AND h.state = 'met')::text AS needs_met,
                   (SELECT count(*) FROM app.intervention i WHERE i.case_id = c.id)::text AS interventions,
                   (SELECT count(*) FROM app.legal_order o WHERE o.case_id = c.id)::text AS orders,
                   coalesce(z.reason, '') AS closing_reason, coalesce(z.abuse, '') AS abuse_change,
                   coalesce(z.feels, '') AS feels,
                   CASE WHEN u.own_words <> '' THEN 'yes' ELSE 'no' END AS own_words_given
            FROM (SELECT u.* FROM \(Self.exported(form, visit))
                  ORDER BY u.taken_on, u.id LIMIT \(OutcomeExport.most)) u
            JOIN app.case_record c ON c.id = u.case_id JOIN app.person p ON p.id = u.person_id
            JOIN app.agency g ON g.id = u.agency_id
            LEFT JOIN app.case_closing z ON z.id = c.closing_id AND c.closed_at IS NOT NULL
            ORDER BY u.taken_on, u.id
            """) { row in
            var facts: [String: String] = [:]
            for name in named { facts[name] = try row[name] as String }
            return OutcomeLine(
                person: try row["person_id"], caseID: try row["case_id"], takenOn: try row["taken_on"],
                birth: try row["date_of_birth"], ageBand: try row["age_band"],
                facts: facts, answers: try row["answers"], stage: try row["stage"])
        }
    }
}

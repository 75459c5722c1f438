import Foundation
import Postgres

extension Connection {
    /// What the picture of a case's year shows: one statement, each part by an index of its own.
    func caseYear(of record: CaseRecord, _ period: Period) throws -> CaseYear {
        let (from, until) = period.moments
        var year = CaseYear(period: period)
        _ = try all("""
            (SELECT 'grade' AS what, r.level AS word, (r.assessed_at AT TIME ZONE 'Europe/London')::date AS day,
                    NULL::date AS last, r.assessed_at AS at
             FROM app.risk_assessment r
             LEFT JOIN app.risk_confirmation v ON v.risk_id = r.id AND v.agency_id = r.agency_id
             WHERE r.person_id = \(record.person) AND r.assessed_at < \(until) AND (NOT r.lowers OR v.agreed)
             ORDER BY r.assessed_at DESC LIMIT 100)
            UNION ALL (SELECT CASE WHEN t.outcome = 'spoke' THEN 'contact' ELSE 'attempt' END, '',
                              (t.happened_at AT TIME ZONE 'Europe/London')::date, NULL, t.happened_at
             FROM app.contact_attempt t
             WHERE t.case_id = \(record.id) AND t.happened_at >= \(from) AND t.happened_at < \(until)
             ORDER BY t.happened_at DESC LIMIT 400)
            UNION ALL (SELECT 'incident', '', i.happened_on, NULL, i.recorded_at
             FROM app.police_incident i
             WHERE i.person_id = \(record.person) AND i.happened_on BETWEEN \(period.from) AND \(period.until)
             ORDER BY i.happened_on LIMIT 100)
            UNION ALL (SELECT 'order', o.kind, h.from_on, h.until_on, o.recorded_at
             FROM app.legal_order o JOIN app.legal_order_change h ON h.order_id = o.id AND h.version = o.version
             WHERE o.case_id = \(record.id) ORDER BY h.from_on LIMIT 50)
            UNION ALL (SELECT 'breach', '', b.happened_on, NULL, b.happened_at
             FROM app.order_breach b WHERE b.case_id = \(record.id) ORDER BY b.happened_at DESC LIMIT 100)
            ORDER BY at
            """) { row in
            let (what, day): (String, Day) = (try row["what"], try row["day"])
            switch what {
            case "grade": year.grades.append(CaseYear.Grade(from: day, level: try row["word"]))
            case "contact": year.contacts.append(day)
            case "attempt": year.attempts.append(day)
            case "incident": year.incidents.append(day)
            case "order":
                year.orders.append(CaseYear.Bar(kind: try row["word"], from: day, until: try row["last"]))
            default: year.breaches.append(day)
            }
        }
        return year
    }
}

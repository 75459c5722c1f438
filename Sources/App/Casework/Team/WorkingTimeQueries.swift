import Foundation
import Postgres

extension Connection {
    /// What these workers took on in the twelve months before `now` at these agencies, by their account.
    func workersYears(_ workers: [UUID], at agencies: [UUID], _ visit: Visit) throws -> [UUID: WorkersYear] {
        let found = try all(Self.workersYears(workers, at: agencies, now: visit.now)) { row in
            (try row["id"] as UUID, WorkersYear(
                cases: try row["cases"], referrals: try row["referrals"], hundredths: try row["hundredths"]))
        }
        return Dictionary(found) { first, _ in first }
    }

    /// The statement, for its plan's test.
    static func workersYears(_ workers: [UUID], at agencies: [UUID], now: Date) -> SQL {
        let since = London.calendar.date(byAdding: .month, value: -12, to: now) ?? now
        return """
            SELECT a.id,
                   (SELECT count(*) FROM app.case_record c
                    WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.worker_id = a.id
                      AND c.opened_at >= \(since)) AS cases,
                   (SELECT count(*) FROM (
                        SELECT r.id FROM app.referral r
                        WHERE r.owner_id = a.id AND r.agency_id = ANY (\(agencies)::uuid[]) AND r.direction = 'in'
                          AND r.received_at >= \(since)
                        UNION
                        SELECT r.id FROM app.case_record c JOIN app.referral r ON r.case_id = c.id
                        WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.worker_id = a.id
                          AND c.opened_at >= \(since) AND r.direction = 'in') taken) AS referrals,
                   (SELECT sum(n.hundredths)::int FROM unnest(\(agencies)::uuid[]) AS g(id)
                    CROSS JOIN LATERAL (
                        SELECT w.hundredths FROM app.working_time w
                        WHERE w.account_id = a.id AND w.agency_id = g.id AND w.from_day <= \(London.day(of: now))
                        ORDER BY w.from_day DESC, w.set_at DESC LIMIT 1) n) AS hundredths
            FROM unnest(\(workers)::uuid[]) AS a(id)
            """
    }

    func setWorkingTime(_ id: UUID, _ form: WorkingTimeForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.working_time (id, partnership_id, agency_id, account_id, hundredths, from_day, set_at,
                                          set_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.account), \(form.hundredths),
                    \(form.from), \(visit.now), \(visit.viewer.account))
            """)
    }
}

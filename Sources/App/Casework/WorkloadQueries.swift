import Foundation
import Postgres

extension Connection {
    /// Colleagues of an agency who may hold a case, with how much they hold and whether they are away.
    func caseworkers(of agency: UUID, _ visit: Visit) throws -> [Colleague] {
        try all(Self.workloads(of: [agency], at: visit.now), Colleague.init(row:))
    }

    /// The same of every agency that the viewer answers for, in the order of their names: `limit` after so many.
    func team(_ visit: Visit, skipping skipped: Int, limit: Int) throws -> [Colleague] {
        try all(
            Self.workloads(of: visit.viewer.agencies(.viewTeam), at: visit.now, skipping: skipped, limit: limit),
            Colleague.init(row:))
    }

    /// One look at each colleague's own cases by an index: not at all cases.
    static func workloads(of agencies: [UUID], at now: Date, skipping skipped: Int = 0, limit: Int = 200) -> SQL {
        let day = London.day(of: now)
        return """
        SELECT a.id, a.full_name, l.high, l.medium, l.standard, l.not_graded, l.late, l.no_safe_time, l.next_due,
               away.until AS away, away.cover
        FROM (
            SELECT a.id, a.full_name FROM app.account a
            WHERE (a.ended_at IS NULL OR a.ended_at > \(now)) AND EXISTS (
                SELECT FROM app.role_assignment r WHERE r.account_id = a.id AND r.agency_id = ANY (\(agencies)::uuid[])
                  AND r.role IN ('idva', 'childrensWorker', 'serviceManager', 'perpetratorWorker')
                  AND r.starts_on <= \(day)
                  AND (r.ends_on IS NULL OR r.ends_on >= \(day)))
            ORDER BY a.full_name, a.id LIMIT \(limit) OFFSET \(skipped)) a
        LEFT JOIN (
            SELECT e.account_id, max(e.ends_at) AS until, min(v.full_name) AS cover FROM app.rota_entry e
            LEFT JOIN app.account v ON v.id = e.covered_by
            WHERE \(SQL.isAway(at: now)) GROUP BY e.account_id) away ON away.account_id = a.id
        CROSS JOIN LATERAL (
            SELECT count(*) FILTER (WHERE c.risk = 'high') AS high, count(*) FILTER (WHERE c.risk = 'medium') AS medium,
                   count(*) FILTER (WHERE c.risk = 'standard') AS standard,
                   count(*) FILTER (WHERE c.risk = 'notAssessed') AS not_graded,
                   count(*) FILTER (WHERE c.first_contact_at IS NULL AND c.first_contact_due < \(now)
                                    AND NOT c.no_safe_time) AS late,
                   count(*) FILTER (WHERE c.first_contact_at IS NULL AND c.first_contact_due < \(now)
                                    AND c.no_safe_time) AS no_safe_time,
                   min(c.next_due) AS next_due
            FROM app.case_record c
            WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.worker_id = a.id AND c.closed_at IS NULL) l
        ORDER BY a.full_name, a.id
        """
    }

    /// Open cases that nobody minds: nobody has them, or whoever has them has left, holds no role there or is away
    /// without a colleague at work who covers for them.
    func unmindedCases(_ visit: Visit, limit: Int) throws -> [CaseLine] {
        try all(Self.unminded(of: visit.viewer.agencies(.viewTeam), at: visit.now, limit: limit), CaseLine.init(row:))
    }

    static func unminded(of agencies: [UUID], at now: Date, limit: Int) -> SQL {
        let day = London.day(of: now)
        return """
        SELECT u.*, p.given_name, p.family_name, w.full_name FROM (
            (SELECT c.id, c.reference, c.person_id, c.worker_id, c.risk, c.clock_started_at, c.first_contact_due,
                    c.first_contact_at, c.no_safe_time, c.next_due, c.opened_at
             FROM app.case_record c
             WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.worker_id IS NULL AND c.closed_at IS NULL
             ORDER BY c.opened_at LIMIT \(limit))
            UNION ALL
            (SELECT g.* FROM app.account a CROSS JOIN LATERAL (
                 SELECT c.id, c.reference, c.person_id, c.worker_id, c.risk, c.clock_started_at, c.first_contact_due,
                        c.first_contact_at, c.no_safe_time, c.next_due, c.opened_at
                 FROM app.case_record c
                 WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.worker_id = a.id AND c.closed_at IS NULL
                 ORDER BY c.next_due, c.id LIMIT \(limit)) g
             WHERE a.ended_at <= \(now) OR NOT EXISTS (
                 SELECT FROM app.role_assignment r WHERE r.account_id = a.id
                   AND r.agency_id = ANY (\(agencies)::uuid[]) AND r.starts_on <= \(day)
                   AND (r.ends_on IS NULL OR r.ends_on >= \(day)))
             OR EXISTS (SELECT FROM app.rota_entry e WHERE e.account_id = a.id AND \(SQL.isAway(at: now))
                   AND NOT EXISTS (SELECT FROM app.account v WHERE v.id = e.covered_by
                       AND (v.ended_at IS NULL OR v.ended_at > \(now))
                       AND NOT EXISTS (SELECT FROM app.rota_entry e WHERE e.account_id = v.id
                                       AND \(SQL.isAway(at: now)))))
             ORDER BY g.next_due, g.id LIMIT \(limit))) u
        LEFT JOIN app.person p ON p.id = u.person_id LEFT JOIN app.account w ON w.id = u.worker_id
        ORDER BY u.risk <> 'high', u.next_due, u.id LIMIT \(limit)
        """
    }
}

extension Colleague {
    init(row: Row) throws {
        self.init(
            id: try row["id"], name: try row["full_name"], open: [
                .high: try row["high"], .medium: try row["medium"], .standard: try row["standard"],
                .notAssessed: try row["not_graded"],
            ], late: try row["late"], noSafeTime: try row["no_safe_time"], nextDue: try row["next_due"],
            awayUntil: try row["away"], coveredBy: try row["cover"])
    }
}

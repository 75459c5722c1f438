import Foundation
import Postgres

extension Connection {
    /// What `CaseLine` reads of a case `c` and its person `p`.
    private static func columns(heldBy name: SQL) -> SQL {
        """
        c.id, c.reference, p.given_name, p.family_name, c.risk, \(name) AS full_name, c.clock_started_at,
        c.first_contact_due, c.first_contact_at, c.no_safe_time, c.next_due, c.opened_at
        """
    }

    /// Open cases, most urgent first: 25 and one more to know whether there are more.
    func myCases(
        after: Keyset?, _ risk: RiskLevel? = nil, withNews: Bool = false, within viewer: Viewer
    ) throws -> [CaseLine] {
        let which = Self.caseload(after: after, risk, withNews: withNews, of: viewer)
        return try all(which) { row in try CaseLine(row: row, hasNews: row["has_news"]) }
    }

    /// The statement of the caseload; the benchmark gives the same one to PostgreSQL's own client.
    static func caseload(
        after: Keyset?, _ risk: RiskLevel? = nil, withNews: Bool = false, of viewer: Viewer
    ) -> SQL {
        """
        SELECT \(columns(heldBy: "\(viewer.name)")), c.has_news
        FROM app.case_record c LEFT JOIN app.person p ON p.id = c.person_id
        WHERE c.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[]) AND c.worker_id = \(viewer.account)
          AND c.closed_at IS NULL AND \(nextDueFirst(after, risk))\(withNews ? " AND c.has_news" : "" as SQL)
        ORDER BY coalesce(c.next_due, '9999-01-01Z'::timestamptz), c.id LIMIT 26
        """
    }

    /// Open cases of the colleagues whom the viewer covers for, next due first.
    func coveredCases(
        after: Keyset?, _ risk: RiskLevel? = nil, at now: Date, within viewer: Viewer
    ) throws -> [CaseLine] {
        try all("""
            SELECT \(Self.columns(heldBy: "w.full_name"))
            FROM app.case_record c
            LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
            WHERE c.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[])
              AND c.worker_id = ANY (\(SQL.coveredColleagues(of: viewer.account, at: now)))
              AND c.closed_at IS NULL AND \(Self.nextDueFirst(after, risk))
            ORDER BY coalesce(c.next_due, '9999-01-01Z'::timestamptz), c.id LIMIT 26
            """, CaseLine.init(row:))
    }

    /// What comes after a place in a list whose next due stand first.
    private static func nextDueFirst(_ after: Keyset?, _ risk: RiskLevel?) -> SQL {
        """
        c.risk = coalesce(\(risk), c.risk)
          AND (coalesce(c.next_due, '9999-01-01Z'::timestamptz), c.id)
              > (coalesce(\(after?.at), '-infinity'::timestamptz), coalesce(\(after?.id), \(UUID.zero)::uuid))
        """
    }

    func unallocatedCases(_ risk: RiskLevel? = nil, within viewer: Viewer) throws -> [CaseLine] {
        try all("""
            SELECT \(Self.columns(heldBy: "NULL::text"))
            FROM app.case_record c LEFT JOIN app.person p ON p.id = c.person_id
            WHERE c.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[]) AND c.worker_id IS NULL
              AND c.closed_at IS NULL AND c.risk = coalesce(\(risk), c.risk)
            ORDER BY c.opened_at LIMIT 26
            """, CaseLine.init(row:))
    }

    /// Cases whose 48 hours went by without contact, longest first.
    func overdueCases(
        after: Keyset?, _ risk: RiskLevel? = nil, at now: Date, within viewer: Viewer
    ) throws -> [CaseLine] {
        try all(Self.overdue(after: after, risk, at: now, viewer.agencies(.viewCases)), CaseLine.init(row:))
    }

    static func overdue(after: Keyset?, _ risk: RiskLevel?, at now: Date, _ agencies: [UUID]) -> SQL {
        let last = after ?? Keyset(at: Date(timeIntervalSince1970: 0), id: .zero)
        return """
        SELECT \(Self.columns(heldBy: "w.full_name"))
        FROM app.case_record c
        LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
        WHERE c.agency_id = ANY (\(agencies)::uuid[]) AND c.closed_at IS NULL AND c.first_contact_at IS NULL
          AND c.first_contact_due < \(now) AND c.risk = coalesce(\(risk), c.risk)
          AND (c.first_contact_due, c.id) > (\(last.at)::timestamptz, \(last.id)::uuid)
        ORDER BY c.first_contact_due, c.id LIMIT 26
        """
    }

    /// Open cases, newest first: an ordered scan for each agency, as for contacts.
    func openCases(before: Keyset?, _ risk: RiskLevel? = nil, within viewer: Viewer) throws -> [CaseLine] {
        let newest = before ?? .end
        return try all("""
            SELECT \(Self.columns(heldBy: "w.full_name"))
            FROM (SELECT o.* FROM unnest(\(viewer.agencies(.viewCases))::uuid[]) AS a(id)
                  CROSS JOIN LATERAL (
                      SELECT o.id, o.reference, o.person_id, o.worker_id, o.risk, o.clock_started_at,
                             o.first_contact_due, o.first_contact_at, o.no_safe_time, o.next_due, o.opened_at
                      FROM app.case_record o
                      WHERE o.agency_id = a.id AND o.closed_at IS NULL AND o.risk = coalesce(\(risk), o.risk)
                        AND (o.opened_at, o.id) < (\(newest.at)::timestamptz, \(newest.id)::uuid)
                      ORDER BY o.opened_at DESC, o.id DESC LIMIT 26) o
                  ORDER BY o.opened_at DESC, o.id DESC LIMIT 26) c
            LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
            ORDER BY c.opened_at DESC, c.id DESC
            """, CaseLine.init(row:))
    }
}

extension CaseLine {
    init(row: Row) throws {
        try self.init(row: row, hasNews: false)
    }

    init(row: Row, hasNews: Bool) throws {
        self.init(
            id: try row["id"], reference: try row["reference"],
            personName: try row.personName() ?? "Shared with you", risk: try row["risk"],
            workerName: try row["full_name"], clock: try ContactClock(row: row), nextDue: try row["next_due"],
            openedAt: try row["opened_at"], hasNews: hasNews)
    }
}

extension ContactClock {
    init(row: Row) throws {
        let risk: RiskLevel = try row["risk"]
        self.init(
            opened: try row["opened_at"], isGraded: risk != .notAssessed, started: try row["clock_started_at"],
            due: try row["first_contact_due"], done: try row["first_contact_at"], noSafeTime: try row["no_safe_time"])
    }
}

import Foundation
import Postgres

extension Connection {
    /// The next reference of an agency: gapless, and unique by constraint.
    func nextCaseReference(agency: UUID, year: Int, _ visit: Visit) throws -> String {
        let number: Int? = try first("""
            INSERT INTO app.case_counter (partnership_id, agency_id, year, last)
            VALUES (\(visit.viewer.partnership), \(agency), \(year), 1)
            ON CONFLICT (agency_id, year) DO UPDATE SET last = case_counter.last + 1 RETURNING last
            """) { try $0["last"] }
        let name: String = try first("SELECT name FROM app.agency WHERE id = \(agency)") { try $0["name"] } ?? ""
        return ReferenceFormat.text(agency: name, year: year, number: number ?? 0)
    }

    func addCase(
        _ id: UUID, reference: String, of person: Person, _ form: OpenCaseForm, risk: RiskLevel, contact: UUID?,
        _ visit: Visit
    ) throws {
        let due = ContactClock.due(from: visit.now)
        try run("""
            INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, contact_id, reference, risk,
                worker_id, restricted, opened_at, opened_by, first_contact_due, next_due)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(contact), \(reference),
                \(risk), \(form.worker), false, \(visit.now), \(visit.viewer.account), \(due), \(due))
            """)
        for member in Set([form.worker, visit.viewer.account].compactMap { $0 }) {
            try addToTeam(member, of: id, agency: person.agency, visit)
        }
        if form.isRestricted { try run("UPDATE app.case_record SET restricted = true WHERE id = \(id)") }
    }

    func addToTeam(_ account: UUID, of caseID: UUID, agency: UUID, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.case_team (partnership_id, agency_id, case_id, account_id)
            VALUES (\(visit.viewer.partnership), \(agency), \(caseID), \(account)) ON CONFLICT DO NOTHING
            """)
    }

    /// A case within the viewer's reach: their agencies', or one shared with them (row-level security decides that).
    func caseRecord(_ id: UUID) throws -> CaseRecord? {
        try first("""
            SELECT c.id, c.agency_id, g.name AS agency, c.reference, c.person_id, p.given_name, p.family_name, c.risk,
                   c.worker_id, w.full_name, c.restricted, c.opened_at, c.first_contact_due, c.first_contact_at,
                   c.closed_at, c.version
            FROM app.case_record c
            LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
            LEFT JOIN app.agency g ON g.id = c.agency_id
            WHERE c.id = \(id)
            """) { row in
            CaseRecord(
                id: try row["id"], agency: try row["agency_id"], agencyName: try row["agency"] ?? "",
                reference: try row["reference"], person: try row["person_id"], personName: try casePersonName(row),
                risk: try row["risk"], worker: try row["worker_id"], workerName: try row["full_name"],
                isRestricted: try row["restricted"], openedAt: try row["opened_at"],
                clock: ContactClock(due: try row["first_contact_due"], done: try row["first_contact_at"]),
                closedAt: try row["closed_at"], version: try row["version"])
        }
    }

    /// Open cases, most urgent first: 25 and one more to know whether there are more.
    func myCases(after: Keyset?, within viewer: Viewer) throws -> [CaseLine] {
        try all(Self.caseload(after: after, of: viewer), CaseLine.init(row:))
    }

    /// The statement of the caseload; the benchmark gives the same one to PostgreSQL's own client.
    static func caseload(after: Keyset?, of viewer: Viewer) -> SQL {
        """
        SELECT c.id, c.reference, p.given_name, p.family_name, c.risk, \(viewer.name) AS full_name,
               c.first_contact_due, c.first_contact_at, c.next_due, c.opened_at
        FROM app.case_record c LEFT JOIN app.person p ON p.id = c.person_id
        WHERE c.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[]) AND c.worker_id = \(viewer.account)
          AND c.closed_at IS NULL
          AND (coalesce(c.next_due, '9999-01-01Z'::timestamptz), c.id)
              > (coalesce(\(after?.at), '-infinity'::timestamptz), coalesce(\(after?.id), \(UUID.zero)::uuid))
        ORDER BY coalesce(c.next_due, '9999-01-01Z'::timestamptz), c.id LIMIT 26
        """
    }

    func unallocatedCases(within viewer: Viewer) throws -> [CaseLine] {
        try all("""
            SELECT c.id, c.reference, p.given_name, p.family_name, c.risk, NULL::text AS full_name,
                   c.first_contact_due, c.first_contact_at, c.next_due, c.opened_at
            FROM app.case_record c LEFT JOIN app.person p ON p.id = c.person_id
            WHERE c.agency_id = ANY (\(viewer.agencies(.viewCases))::uuid[]) AND c.worker_id IS NULL
              AND c.closed_at IS NULL
            ORDER BY c.opened_at LIMIT 26
            """, CaseLine.init(row:))
    }

    /// Open cases, newest first: an ordered scan for each agency, as for contacts.
    func openCases(before: Keyset?, within viewer: Viewer) throws -> [CaseLine] {
        let newest = before ?? .end
        return try all("""
            SELECT c.id, c.reference, p.given_name, p.family_name, c.risk, w.full_name,
                   c.first_contact_due, c.first_contact_at, c.next_due, c.opened_at
            FROM (SELECT o.* FROM unnest(\(viewer.agencies(.viewCases))::uuid[]) AS a(id)
                  CROSS JOIN LATERAL (
                      SELECT o.id, o.reference, o.person_id, o.worker_id, o.risk, o.first_contact_due,
                             o.first_contact_at, o.next_due, o.opened_at
                      FROM app.case_record o
                      WHERE o.agency_id = a.id AND o.closed_at IS NULL
                        AND (o.opened_at, o.id) < (\(newest.at)::timestamptz, \(newest.id)::uuid)
                      ORDER BY o.opened_at DESC, o.id DESC LIMIT 26) o
                  ORDER BY o.opened_at DESC, o.id DESC LIMIT 26) c
            LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
            ORDER BY c.opened_at DESC, c.id DESC
            """, CaseLine.init(row:))
    }

    /// Colleagues of an agency who may hold a case, with how many they hold.
    func caseworkers(of agency: UUID, on day: Day) throws -> [Colleague] {
        try all("""
            SELECT a.id, a.full_name, (SELECT count(*) FROM app.case_record c
                    WHERE c.agency_id = \(agency) AND c.worker_id = a.id AND c.closed_at IS NULL) AS open
            FROM app.account a
            WHERE (a.ended_at IS NULL OR a.ended_at > now()) AND EXISTS (
                SELECT FROM app.role_assignment r WHERE r.account_id = a.id AND r.agency_id = \(agency)
                  AND r.role IN ('idva', 'serviceManager', 'perpetratorWorker') AND r.starts_on <= \(day)
                  AND (r.ends_on IS NULL OR r.ends_on >= \(day)))
            ORDER BY a.full_name LIMIT 200
            """) { row in Colleague(id: try row["id"], name: try row["full_name"], openCases: try row["open"]) }
    }

    /// Gives a case to a colleague, based on `version`; false when somebody else changed it meanwhile.
    func allocate(_ record: CaseRecord, to worker: UUID, basedOn version: Int, _ visit: Visit) throws -> Bool {
        let changed = try run("""
            UPDATE app.case_record SET worker_id = \(worker), version = version + 1
            WHERE id = \(record.id) AND version = \(version) AND closed_at IS NULL
            """)
        guard changed == 1 else { return false }
        try addToTeam(worker, of: record.id, agency: record.agency, visit)
        try giveTasks(on: record.id, to: worker)
        try giveRiskTasks(about: record.person, to: worker)
        return true
    }

    /// She was reached: the 48-hour clock stops.
    func stopFirstContactClock(_ caseID: UUID, at moment: Date) throws {
        try run("""
            UPDATE app.case_record SET first_contact_at = \(moment), next_due = NULL, version = version + 1
            WHERE id = \(caseID) AND first_contact_at IS NULL
            """)
        try finishTasks(.firstContact, on: caseID, at: moment)
    }
}

private func casePersonName(_ row: Row) throws -> String? {
    guard let given: String = try row["given_name"] else { return nil }
    let family: String = try row["family_name"]
    return family.isEmpty ? given : "\(given) \(family)"
}

extension CaseLine {
    init(row: Row) throws {
        self.init(
            id: try row["id"], reference: try row["reference"],
            personName: try casePersonName(row) ?? "Shared with you", risk: try row["risk"],
            workerName: try row["full_name"],
            clock: ContactClock(due: try row["first_contact_due"], done: try row["first_contact_at"]),
            nextDue: try row["next_due"], openedAt: try row["opened_at"])
    }
}

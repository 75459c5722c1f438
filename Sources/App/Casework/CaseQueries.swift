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
        let later = visit.now.addingTimeInterval(ContactClock.withoutClockDays * 86_400)
        let due = risk == .notAssessed ? ContactClock.gradeDue(from: visit.now) : later
        try run("""
            INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, contact_id, reference, risk,
                worker_id, restricted, opened_at, opened_by, next_due)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(contact), \(reference),
                \(risk), \(form.worker), false, \(visit.now), \(visit.viewer.account), \(due))
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
        try first("\(Self.caseColumns) WHERE c.id = \(id) AND p.forgotten_on IS NULL", CaseRecord.init(row:))
    }

    /// What a case is read from, up to its condition: `c` is the case, `p` its person.
    static let caseColumns: SQL = """
        SELECT c.id, c.agency_id, g.name AS agency, c.reference, c.person_id, p.given_name, p.family_name, c.risk,
               c.worker_id, w.full_name, c.restricted, c.opened_at, c.clock_started_at, c.first_contact_due,
               c.first_contact_at, c.no_safe_time, c.closed_at, c.closing_id, c.has_news, c.version
        FROM app.case_record c
        LEFT JOIN app.person p ON p.id = c.person_id LEFT JOIN app.account w ON w.id = c.worker_id
        LEFT JOIN app.agency g ON g.id = c.agency_id
        """

    /// Whether the data protection officer has restricted the use of a case, for a statement that its page runs anyway.
    static func restrictionCount(of caseID: UUID) -> SQL {
        """
        SELECT 'useRestricted' AS what, count(*) AS times
        FROM app.data_matter WHERE subject_id = \(caseID) AND restricts
        """
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

    /// Puts a look at a case into the log. When it is that of whoever holds it, what colleagues did is no longer news.
    func auditLook(at record: CaseRecord, _ visit: Visit) throws {
        let isNews = record.hasNews && record.worker == visit.viewer.account
        try audit(.caseViewed, .case, record.id, with: isNews ? """
            UPDATE app.case_record SET has_news = false WHERE id = \(record.id)
            """ : nil)
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

extension CaseRecord {
    init(row: Row) throws {
        self.init(
            id: try row["id"], agency: try row["agency_id"], agencyName: try row["agency"] ?? "",
            reference: try row["reference"], person: try row["person_id"], personName: try row.personName(),
            risk: try row["risk"], worker: try row["worker_id"], workerName: try row["full_name"],
            isRestricted: try row["restricted"], openedAt: try row["opened_at"],
            clock: try ContactClock(row: row), closedAt: try row["closed_at"], closing: try row["closing_id"],
            hasNews: try row["has_news"], version: try row["version"])
    }
}

import Foundation
import Postgres

/// An agency's agreement that the front door may learn that it knows somebody.
struct LookupAgreement: Sendable {
    let id: UUID
    let agency: UUID
    let agencyName: String
    /// The agreement's name or number.
    let agreement: String
    let from: Day
    let until: Day
    let endedAt: Date?

    func isInForce(on day: Day) -> Bool { endedAt == nil && from <= day && day <= until }
}

/// An agency for which the viewer may record an agreement.
struct AgreeingAgency: Sendable {
    let id: UUID
    let name: String
}

extension Connection {
    /// All agreements, those that end last first. Row-level security shows them to managers and reviewers.
    func lookupAgreements() throws -> [LookupAgreement] {
        try all("""
            SELECT l.id, l.agency_id, g.name, l.agreement, l.from_day, l.until_day, l.ended_at
            FROM app.lookup_agreement l JOIN app.agency g ON g.id = l.agency_id
            ORDER BY l.ended_at IS NOT NULL, l.until_day DESC, g.name, l.id LIMIT 200
            """, LookupAgreement.init(row:))
    }

    func lookupAgreement(_ id: UUID) throws -> LookupAgreement? {
        try first("""
            SELECT l.id, l.agency_id, g.name, l.agreement, l.from_day, l.until_day, l.ended_at
            FROM app.lookup_agreement l JOIN app.agency g ON g.id = l.agency_id WHERE l.id = \(id)
            """, LookupAgreement.init(row:))
    }

    /// The agencies that may opt in through this viewer: an administrator's are all, a service manager's their own.
    func agreeingAgencies(_ viewer: Viewer) throws -> [AgreeingAgency] {
        let own = viewer.mayAgreeForAll ? nil : viewer.agencies(.manageAgreements)
        return try all("""
            SELECT id, name FROM app.agency
            WHERE \(own)::uuid[] IS NULL OR id = ANY (\(own)::uuid[]) ORDER BY name LIMIT 500
            """) { row in AgreeingAgency(id: try row["id"], name: try row["name"]) }
    }

    func addLookupAgreement(_ id: UUID, _ form: AgreementForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.lookup_agreement (id, partnership_id, agency_id, agreement, from_day, until_day,
                                              recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.agreement), \(form.from), \(form.until),
                    \(visit.viewer.account))
            """)
    }

    /// False when it had ended already.
    func endLookupAgreement(_ id: UUID, _ visit: Visit) throws -> Bool {
        try run("UPDATE app.lookup_agreement SET ended_at = \(visit.now) WHERE id = \(id) AND ended_at IS NULL") == 1
    }
}

extension LookupAgreement {
    init(row: Row) throws {
        self.init(
            id: try row["id"], agency: try row["agency_id"], agencyName: try row["name"],
            agreement: try row["agreement"], from: try row["from_day"], until: try row["until_day"],
            endedAt: try row["ended_at"])
    }
}

extension Viewer {
    /// An administrator acts for the partnership.
    var mayAgreeForAll: Bool { posts.contains { $0.role == .administrator } }

    func mayAgree(for agency: UUID) -> Bool { mayAgreeForAll || agencies(.manageAgreements).contains(agency) }
}

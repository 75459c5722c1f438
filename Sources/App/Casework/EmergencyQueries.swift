import Foundation
import Postgres

extension Connection {
    /// Agencies whose cases the viewer may open in an emergency: the others on their sides of the wall.
    func emergencyPartners(_ viewer: Viewer) throws -> [Partner] {
        let mine = viewer.agencies(.openInEmergency)
        return try all("""
            SELECT g.id, g.name FROM app.agency g
            WHERE g.id <> ALL (\(mine)::uuid[])
              AND g.side IN (SELECT o.side FROM app.agency o WHERE o.id = ANY (\(mine)::uuid[]))
            ORDER BY g.name LIMIT 500
            """) { Partner(id: try $0["id"], name: try $0["name"]) }
    }

    /// Opens a case by its reference. Nil where there is none that the viewer may open: then nothing is kept, and
    /// whoever asked learns no more than that.
    func openInEmergency(_ id: UUID, _ form: EmergencyForm, _ visit: Visit) throws -> UUID? {
        try run("""
            INSERT INTO app.emergency_access (id, partnership_id, agency_id, reference, account_id, reason, ends_at,
                                              review_due)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.reference), \(visit.viewer.account),
                    \(form.reason), now() + make_interval(mins => \(EmergencyAccess.minutes)),
                    \(WorkingDays.nextDue(after: visit.now)))
            """)
        let found: UUID? = try first("""
            SELECT id FROM app.case_record WHERE agency_id = \(form.agency) AND reference = \(form.reference)
            """) { try $0["id"] }
        guard let found else { return nil }
        try run("UPDATE app.emergency_access SET case_id = \(found) WHERE id = \(id)")
        return found
    }

    /// Still on the call: an hour more, counted from now. False when it is over, or as long as it may get.
    func extendEmergency(_ id: UUID, _ viewer: Viewer) throws -> Bool {
        try run("""
            UPDATE app.emergency_access SET extended = extended + 1,
                ends_at = least(now() + make_interval(mins => \(EmergencyAccess.minutes)),
                                opened_at + make_interval(hours => \(EmergencyAccess.mostHours)))
            WHERE id = \(id) AND account_id = \(viewer.account) AND ends_at > now() AND reviewed_at IS NULL
            """) == 1
    }

    /// What the viewer opened, newest first.
    func ownEmergencies(_ viewer: Viewer) throws -> [EmergencyAccess] {
        try all("""
            \(Self.emergencies) WHERE e.account_id = \(viewer.account) ORDER BY e.opened_at DESC, e.id LIMIT 20
            """, EmergencyAccess.init(row:))
    }

    /// What others opened of the viewer's agencies' cases, newest first.
    func emergenciesHere(_ viewer: Viewer) throws -> [EmergencyAccess] {
        try all("""
            \(Self.emergencies) WHERE e.agency_id = ANY (\(viewer.agencies(.openInEmergency))::uuid[])
            ORDER BY e.opened_at DESC, e.id LIMIT 20
            """, EmergencyAccess.init(row:))
    }

    /// What others opened and nobody has reviewed yet, of cases that the viewer holds: told on their first page.
    func emergenciesOnOwnCases(_ viewer: Viewer) throws -> Int {
        try first("""
            SELECT count(*) AS times FROM app.emergency_access e JOIN app.case_record c ON c.id = e.case_id
            WHERE c.worker_id = \(viewer.account) AND e.reviewed_at IS NULL AND e.account_id <> \(viewer.account)
            """) { try $0["times"] } ?? 0
    }

    /// What the viewer is to review or may read: a manager's agencies' cases; for a data protection officer all. What
    /// waits longest comes first, then what was reviewed last.
    func emergenciesToReview(_ viewer: Viewer) throws -> [EmergencyAccess] {
        try all("""
            \(Self.emergencies) WHERE \(Self.reviewable(by: viewer))
            ORDER BY e.reviewed_at IS NOT NULL, CASE WHEN e.reviewed_at IS NULL THEN e.review_due END,
                     e.reviewed_at DESC, e.id LIMIT 100
            """, EmergencyAccess.init(row:))
    }

    func emergencyToReview(_ id: UUID, _ viewer: Viewer) throws -> EmergencyAccess? {
        try first(
            "\(Self.emergencies) WHERE e.id = \(id) AND \(Self.reviewable(by: viewer))", EmergencyAccess.init(row:))
    }

    /// Throws `Overtaken` when somebody reviewed it meanwhile.
    func review(_ access: EmergencyAccess, _ form: EmergencyReviewForm, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.emergency_access SET reviewed_at = \(visit.now), reviewed_by = \(visit.viewer.account),
                outcome = \(form.outcome), review_words = \(form.words)
            WHERE id = \(access.id) AND reviewed_at IS NULL AND account_id <> \(visit.viewer.account)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    private static func reviewable(by viewer: Viewer) -> SQL {
        let isOfficer = viewer.posts.contains { $0.role == .dataProtectionOfficer }
        let mine = viewer.posts.filter { $0.role == .serviceManager }.map(\.agency)
        return "(\(isOfficer) OR e.agency_id = ANY (\(mine)::uuid[]))"
    }

    private static let emergencies: SQL = """
        SELECT e.id, e.case_id, e.reference, g.name AS agency, e.account_id, a.full_name, e.reason, e.opened_at,
               e.ends_at, e.extended, e.review_due, e.reviewed_at, e.outcome, e.review_words, r.full_name AS reviewer
        FROM app.emergency_access e LEFT JOIN app.agency g ON g.id = e.agency_id
        LEFT JOIN app.account a ON a.id = e.account_id LEFT JOIN app.account r ON r.id = e.reviewed_by
        """
}

extension EmergencyAccess {
    fileprivate init(row: Row) throws {
        let reviewed: Date? = try row["reviewed_at"]
        self.init(
            id: try row["id"], caseID: try row["case_id"], reference: try row["reference"],
            agency: try row["agency"] ?? "", account: try row["account_id"], by: try row["full_name"] ?? "",
            reason: try row["reason"], openedAt: try row["opened_at"], endsAt: try row["ends_at"],
            extended: try row["extended"], reviewDue: try row["review_due"],
            review: try reviewed.map {
                EmergencyReview(
                    outcome: try row["outcome"], words: try row["review_words"], by: try row["reviewer"] ?? "", at: $0)
            })
    }
}

import Foundation
import Postgres

extension Connection {
    /// The agencies on whose records the viewer may place a hold: an officer on all, a manager on their own.
    func holdingAgencies(_ viewer: Viewer) throws -> [Partner] {
        let isOfficer = viewer.may(.manageRetention)
        return try all("""
            SELECT id, name FROM app.agency WHERE \(isOfficer) OR id = ANY (\(viewer.agencies(.holdRecords))::uuid[])
            ORDER BY name LIMIT 500
            """) { Partner(id: try $0["id"], name: try $0["name"]) }
    }

    /// Those in force, by when somebody looks at them again; then those that were lifted, newest first.
    func legalHolds(_ viewer: Viewer) throws -> [LegalHold] {
        try all("""
            \(Self.holds) WHERE h.partnership_id = \(viewer.partnership)
            ORDER BY h.lifted_at IS NOT NULL, CASE WHEN h.lifted_at IS NULL THEN h.review_on END, h.lifted_at DESC, h.id
            LIMIT 200
            """, LegalHold.init(row:))
    }

    func legalHold(_ id: UUID) throws -> LegalHold? {
        try first("\(Self.holds) WHERE h.id = \(id)", LegalHold.init(row:))
    }

    /// The database finds whose record it is, and refuses where the agency has no such record.
    func placeHold(_ id: UUID, _ form: HoldForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.legal_hold (id, partnership_id, agency_id, subject_id, reference, kind, words, review_on,
                                        recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.agency), \(form.subject), \(form.reference),
                    \(form.kind), \(form.words), \(form.reviewOn), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// False when somebody has lifted it meanwhile.
    func liftHold(_ id: UUID, because reason: String, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.legal_hold SET lifted_at = \(visit.now), lifted_by = \(visit.viewer.account),
                lifted_because = \(reason)
            WHERE id = \(id) AND lifted_by IS NULL
            """) == 1
    }

    private static let holds: SQL = """
        SELECT h.id, h.subject_id, h.reference, g.name AS agency, h.kind, h.words, h.review_on, a.full_name AS placer,
               h.recorded_at, l.full_name AS lifter, h.lifted_at, h.lifted_because
        FROM app.legal_hold h JOIN app.agency g ON g.id = h.agency_id
        LEFT JOIN app.account a ON a.id = h.recorded_by LEFT JOIN app.account l ON l.id = h.lifted_by
        """
}

extension LegalHold {
    fileprivate init(row: Row) throws {
        let lifted: Date? = try row["lifted_at"]
        self.init(
            id: try row["id"], subject: try row["subject_id"], reference: try row["reference"],
            agency: try row["agency"], kind: try row["kind"], words: try row["words"],
            reviewOn: try row["review_on"], by: try row["placer"] ?? "", at: try row["recorded_at"],
            lifted: try lifted.map { (by: try row["lifter"] ?? "", at: $0, reason: try row["lifted_because"]) })
    }
}

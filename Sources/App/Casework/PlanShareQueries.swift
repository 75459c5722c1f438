import Foundation
import Postgres

extension Connection {
    /// The open case by which a plan of a person is shared, that of the plan's own agency; nil without one. Throws
    /// `notFound` for a plan that is not theirs, or of an agency in which the viewer shares nothing.
    func caseToShare(_ plan: UUID, of person: UUID, _ visit: Visit) throws -> CaseRecord? {
        let found: [CaseRecord?] = try all("""
            SELECT r.* FROM app.safety_plan s JOIN app.person q ON q.id = s.person_id AND q.forgotten_on IS NULL
            LEFT JOIN LATERAL (
                \(Self.caseColumns)
                WHERE c.person_id = s.person_id AND c.agency_id = s.agency_id AND c.closed_at IS NULL
                ORDER BY c.opened_at DESC, c.id LIMIT 1) r ON true
            WHERE s.id = \(plan) AND s.person_id = \(person)
              AND s.agency_id = ANY (\(visit.viewer.agencies(.shareCases))::uuid[])
            """) { row in
            try (row["id"] as UUID?) == nil ? nil : CaseRecord(row: row)
        }
        return try found.first.orNotFound()
    }

    /// What a plan's form of sharing may choose from: the partners, and what was agreed to for one of them and holds.
    /// One statement, since the page has to compare the plan with much else.
    func planChoices(_ record: CaseRecord, at now: Date) throws -> SharingChoices {
        var partners: [Partner] = []
        let consents = try all("""
            SELECT g.id AS partner, g.name AS told_to, k.id, k.to_agency_id, k.purpose, k.given, k.words, k.ends_at,
                   k.recorded_at, NULL::text AS author, k.withdrawn_at, NULL::text AS withdrawer, k.withdrawn_because,
                   k.withdrawn_words
            FROM app.agency own JOIN app.agency g ON g.side = own.side AND g.id <> own.id
            LEFT JOIN app.consent k ON k.to_agency_id = g.id AND k.case_id = \(record.id) AND k.withdrawn_at IS NULL
                                   AND k.ends_at > \(now)
            WHERE own.id = \(record.agency) ORDER BY g.name, g.id, k.recorded_at DESC, k.id LIMIT 500
            """) { row -> Consent? in
            let partner = Partner(id: try row["partner"], name: try row["told_to"])
            if partners.last?.id != partner.id { partners.append(partner) }
            return try (row["id"] as UUID?) == nil ? nil : Consent(row: row)
        }
        return SharingChoices(record: record, partners: partners, consents: consents.compactMap(\.self))
    }

    /// Plans that other agencies share with the viewer's, whatever ends first: the policies say what is in force.
    func receivedPlans(_ visit: Visit, only id: UUID? = nil) throws -> [SharedPlanLine] {
        try all("""
            SELECT d.id, s.case_id, g.name, d.purpose, s.ends_at
            FROM app.case_share s JOIN app.disclosure d ON d.id = s.disclosure_id
            LEFT JOIN app.agency g ON g.id = s.agency_id
            WHERE s.with_agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[]) AND s.ends_at > now()
              AND s.shows_plan AND (\(id)::uuid IS NULL OR d.id = \(id))
            ORDER BY s.ends_at, s.id LIMIT 100
            """) { row in
            SharedPlanLine(
                id: try row["id"], caseID: try row["case_id"], agency: try row["name"] ?? "",
                purpose: try row["purpose"], endsAt: try row["ends_at"])
        }
    }

    /// The words of one of them.
    func receivedPlan(_ id: UUID, _ visit: Visit) throws -> SharedWords? {
        let sealed = try first("""
            SELECT d.told_sealed FROM app.case_share s JOIN app.disclosure d ON d.id = s.disclosure_id
            WHERE d.id = \(id) AND s.shows_plan AND s.ends_at > now()
              AND s.with_agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
            """) { try $0["told_sealed"] as Data? }
        return try (sealed ?? nil).map { try visit.services.openShared($0, of: id) }
    }
}

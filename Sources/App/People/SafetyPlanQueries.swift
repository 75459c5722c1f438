import Crypto
import Foundation
import Postgres

extension Place {
    static func safetyPlan(_ id: UUID, agency: UUID) -> Place {
        Place(table: "safety_plan", column: "body_sealed", row: id, agency: agency)
    }
}

extension Connection {
    /// The day by which the first of a person's plans is to be reviewed: the day that was set, or that from which an
    /// event proposes it. NULL when there is no plan. For a statement that a page runs anyway.
    static func planReview(of person: UUID) -> SQL {
        """
        (SELECT min(least(g.review_on, (SELECT min(\(proposesPlan)) FROM app.risk_event e WHERE \(movedSince))))
         FROM app.safety_plan g WHERE g.person_id = \(person) AND g.superseded_by IS NULL)
        """
    }

    /// What moved a person's risk after the plan `g` was written, but for what somebody set aside with a reason; and
    /// what was on record already, and was still to come, if the plan says that it is out of date then.
    static let movedSince: SQL = """
        e.person_id = g.person_id AND (e.settled IS NULL OR e.settled = 'assessed')
        AND (e.recorded_at > g.written_at
             OR e.day > (g.written_at AT TIME ZONE 'Europe/London')::date AND e.kind = CASE g.review_when
                    WHEN 'release' THEN 'release' WHEN 'hearing' THEN 'contactHearing' WHEN 'move' THEN 'move'
                    WHEN 'separation' THEN 'separation' WHEN 'contactArrangement' THEN 'contactHearing'
                    WHEN 'orderEnds' THEN 'orderEnding' END)
        """

    /// From which day on it proposes that the plan is looked at: what the plan itself names, on its own day.
    static let proposesPlan: SQL = "CASE WHEN e.recorded_at > g.written_at THEN e.proposes_on ELSE e.day END"

    /// A person's plans in force, opened: one of a kind.
    func safetyPlans(of person: UUID, _ visit: Visit) throws -> [SafetyPlan] {
        try plans("g.person_id = \(person) AND g.superseded_by IS NULL", visit)
            .sorted { $0.kind.rawValue < $1.kind.rawValue }
    }

    /// One version of a person's plan, opened.
    func safetyPlan(_ id: UUID, of person: UUID, _ visit: Visit) throws -> SafetyPlan? {
        try plans("g.id = \(id) AND g.person_id = \(person)", visit).first
    }

    private func plans(_ which: SQL, _ visit: Visit) throws -> [SafetyPlan] {
        try all("""
            SELECT g.id, g.agency_id, g.kind, g.version, g.body_sealed, g.review_on, g.review_when, g.written_at,
                   w.full_name, g.superseded_by IS NULL AS current, a.master_key_id, a.wrapped AS agency_wrapped,
                   k.wrapped, ARRAY(SELECT concat_ws(' ', e.kind, e.day, \(Self.proposesPlan)) FROM app.risk_event e
                                    WHERE \(Self.movedSince) ORDER BY \(Self.proposesPlan), e.id LIMIT 20) AS moved
            FROM app.safety_plan g
            JOIN app.person_key k ON k.person_id = g.person_id AND k.wrapped IS NOT NULL
            JOIN app.agency_key a ON a.agency_id = k.agency_id
            LEFT JOIN app.account w ON w.id = g.written_by WHERE \(which)
            """) { row in
            let id: UUID = try row["id"]
            let body = try Sealed.open(
                try row["body_sealed"], key: row.personKey(visit), place: .safetyPlan(id, agency: try row["agency_id"]))
            let moved: [String] = try row["moved"]
            return SafetyPlan(
                id: id, kind: try row["kind"], version: try row["version"],
                parts: try JSONDecoder().decode([String: String].self, from: body), reviewOn: try row["review_on"],
                reviewWhen: try row["review_when"], writtenAt: try row["written_at"],
                writtenBy: try row["full_name"] ?? "", isCurrent: try row["current"],
                movedBy: moved.compactMap { ProposingEvent(stored: $0[...]) })
        }
    }

    /// Whether the person has this plan; nothing of it is opened.
    func hasSafetyPlan(_ id: UUID, of person: UUID) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.safety_plan WHERE id = \(id) AND person_id = \(person)
            """) { _ in true } ?? false
    }

    /// Versions that newer ones have taken the place of, newest first: `limit` and no more.
    func earlierPlans(of person: UUID, limit: Int = 20) throws -> [PlanVersion] {
        try all("""
            SELECT g.id, g.kind, g.version, g.written_at, w.full_name FROM app.safety_plan g
            LEFT JOIN app.account w ON w.id = g.written_by
            WHERE g.person_id = \(person) AND g.superseded_by IS NOT NULL
            ORDER BY g.written_at DESC, g.id LIMIT \(limit)
            """) { row in
            PlanVersion(
                id: try row["id"], kind: try row["kind"], version: try row["version"],
                writtenAt: try row["written_at"], writtenBy: try row["full_name"] ?? "")
        }
    }

    /// Writes a new version in place of `version` (0: there was none); the old one is kept. Throws `Overtaken` when
    /// somebody else's is the newest by now.
    func writeSafetyPlan(
        _ id: UUID, _ kind: PlanKind, _ form: SafetyPlanForm, of person: Person, basedOn version: Int, _ visit: Visit
    ) throws {
        guard let key = try personKey(person.id, visit) else { throw Refusal.notFound }
        try holdRisk(of: person.id)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let sealed = try Sealed.seal(
            encoder.encode(form.parts), key: key, place: .safetyPlan(id, agency: person.agency))
        let replaced = try run("""
            UPDATE app.safety_plan SET superseded_by = \(id)
            WHERE person_id = \(person.id) AND kind = \(kind) AND version = \(version) AND superseded_by IS NULL
            """)
        guard version == 0 || replaced == 1 else { throw Overtaken() }
        let added = try run("""
            INSERT INTO app.safety_plan (id, partnership_id, agency_id, person_id, kind, version, body_sealed,
                                         review_on, review_when, written_by, written_at)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(kind), \(version + 1),
                    \(sealed), \(form.reviewOn), \(form.reviewWhen), \(visit.viewer.account), \(visit.now))
            ON CONFLICT DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
        try reviseReview(of: person.id, agency: person.agency, visit)
        for open in try casesToNote(of: person) {
            try note(.planWritten, on: open, agency: person.agency, subject: id, visit)
        }
    }

    private func casesToNote(of person: Person) throws -> [UUID] {
        try all("""
            SELECT id FROM app.case_record
            WHERE person_id = \(person.id) AND agency_id = \(person.agency) AND closed_at IS NULL
            ORDER BY opened_at DESC LIMIT 20
            """) { try $0["id"] }
    }
}

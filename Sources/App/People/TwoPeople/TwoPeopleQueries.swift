import Foundation
import Postgres

/// What one of two people is said to do to the other.
struct Allegation: Sendable {
    let id: UUID
    let harmed: UUID
    let harming: UUID
    let connection: Connectedness
    let harmedAs: HarmedAs
    let version: Int
    let recordedAt: Date
    let recordedBy: String
}

/// Who is at risk from whom, as a named person decided it.
struct RiskDirection: Sendable {
    /// Counts the decisions about these two: the version that the next decision is based on.
    let number: Int
    let atRisk: AtRisk
    let reason: String
    let decidedAt: Date
    let decidedBy: String
}

/// Two people, what is said between them in either direction, and what was decided.
struct TwoPeople: Sendable {
    let one: Person
    let other: Person
    /// One record for each direction: a counter-allegation never replaces what was there.
    let allegations: [Allegation]
    /// The latest first.
    let decisions: [RiskDirection]

    /// Both say that the other harms them.
    var isMutual: Bool { allegations.count == 2 }

    func allegation(harmed: UUID) -> Allegation? { allegations.first { $0.harmed == harmed } }

    /// Nil when there is nothing between them.
    init?(_ db: isolated Connection, _ one: UUID, _ other: UUID, _ viewer: Viewer) throws {
        self.one = try db.person(one, within: viewer).orNotFound()
        self.other = try db.person(other, within: viewer).orNotFound()
        allegations = try db.allegations(between: one, other)
        if allegations.isEmpty { return nil }
        decisions = try db.riskDirections(of: one, other)
    }
}

extension Connection {
    func allegations(between one: UUID, _ other: UUID) throws -> [Allegation] {
        try all("""
            SELECT r.id, r.harmed_id, r.harming_id, r.connection, r.harmed_as, r.version, r.recorded_at, a.full_name
            FROM app.relationship r LEFT JOIN app.account a ON a.id = r.recorded_by
            WHERE r.harmed_id = \(one) AND r.harming_id = \(other) OR r.harmed_id = \(other) AND r.harming_id = \(one)
            ORDER BY r.recorded_at, r.id LIMIT 2
            """) { row in
            Allegation(
                id: try row["id"], harmed: try row["harmed_id"], harming: try row["harming_id"],
                connection: try row["connection"], harmedAs: try row["harmed_as"], version: try row["version"],
                recordedAt: try row["recorded_at"], recordedBy: try row["full_name"] ?? "")
        }
    }

    /// The decisions about two people, seen from `one`, the latest first.
    func riskDirections(of one: UUID, _ other: UUID) throws -> [RiskDirection] {
        let isFirst = one.precedes(other)
        return try all("""
            SELECT d.number, d.at_risk, d.reason, d.decided_at, a.full_name
            FROM app.risk_direction d LEFT JOIN app.account a ON a.id = d.decided_by
            WHERE d.first_id = least(\(one)::uuid, \(other)::uuid)
              AND d.second_id = greatest(\(one)::uuid, \(other)::uuid)
            ORDER BY d.number DESC LIMIT 20
            """) { row in
            RiskDirection(
                number: try row["number"], atRisk: AtRisk(stored: try row["at_risk"], thisIsFirst: isFirst) ?? .unclear,
                reason: try row["reason"], decidedAt: try row["decided_at"], decidedBy: try row["full_name"] ?? "")
        }
    }

    /// A new decision after number `basedOn`; false when somebody else has decided since.
    func decide(_ form: RiskDirectionForm, about two: TwoPeople, basedOn: Int, _ visit: Visit) throws -> Bool {
        let isFirst = two.one.id.precedes(two.other.id)
        let (first, second) = isFirst ? (two.one.id, two.other.id) : (two.other.id, two.one.id)
        let current: Int = try self.first("""
            SELECT coalesce(max(number), 0) AS n FROM app.risk_direction
            WHERE first_id = \(first) AND second_id = \(second)
            """) { try $0["n"] } ?? 0
        guard current == basedOn else { return false }
        return try run("""
            INSERT INTO app.risk_direction (id, partnership_id, agency_id, first_id, second_id, number, at_risk, reason,
                                            decided_at, decided_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(two.one.agency), \(first), \(second), \(basedOn + 1),
                    \(form.atRisk.stored(thisIsFirst: isFirst)), \(form.reason), \(visit.now), \(visit.viewer.account))
            ON CONFLICT (agency_id, first_id, second_id, number) DO NOTHING
            """) == 1
    }

    /// Changes how two people are connected, based on `version`; false when somebody else changed it meanwhile.
    func changeRelationship(_ form: ConnectionForm) throws -> Bool {
        try run("""
            UPDATE app.relationship SET connection = \(form.connection), harmed_as = \(form.role), version = version + 1
            WHERE id = \(form.record.id) AND version = \(form.record.version)
            """) == 1
    }
}

extension AtRisk {
    func stored(thisIsFirst: Bool) -> String {
        switch self {
        case .this: thisIsFirst ? "first" : "second"
        case .other: thisIsFirst ? "second" : "first"
        case .both: "both"
        case .unclear: "unclear"
        }
    }

    /// In a sentence about two people.
    func words(_ this: String, _ other: String) -> String {
        switch self {
        case .this: "\(this) is at risk from \(other)"
        case .other: "\(other) is at risk from \(this)"
        case .both: "Each is at risk from the other"
        case .unclear: "Not clear yet: treat both as at risk"
        }
    }
}

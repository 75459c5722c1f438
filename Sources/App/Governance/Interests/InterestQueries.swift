import Foundation
import Postgres

extension Connection {
    /// What the viewer has declared and not ended, newest first.
    func ownInterests(_ viewer: Viewer) throws -> [Interest] {
        try all("""
            SELECT id, about, given_name, family_name, date_of_birth, how, declared_at,
                   phone_token IS NOT NULL AS has_phone, postcode_token IS NOT NULL AS has_postcode
            FROM app.interest WHERE account_id = \(viewer.account) AND ended_at IS NULL
            ORDER BY declared_at DESC, id LIMIT 200
            """) { row in try Interest(row["id"], row: row) }
    }

    /// Records a declaration. What of it matches is found by the database at the transaction's end, and told to nobody
    /// here.
    func declareInterest(_ id: UUID, _ form: InterestForm, _ visit: Visit) throws {
        let index = visit.services.keys.index
        let phone = form.phone.isEmpty ? nil : index.token(for: form.phone, field: "phone")
        let postcode = form.postcode.isEmpty ? nil : index.token(for: form.postcode, field: "postcode")
        try run("""
            INSERT INTO app.interest (id, partnership_id, account_id, about, given_name, family_name, date_of_birth,
                                      phone_token, postcode_token, how)
            VALUES (\(id), \(visit.viewer.partnership), \(visit.viewer.account), \(form.about), \(form.given),
                    \(form.family), \(form.born), \(phone), \(postcode), \(form.how))
            """)
    }

    /// Takes a declaration off its maker's list: nil when it is none of theirs, false when it was off already.
    func endInterest(_ id: UUID, _ visit: Visit) throws -> Bool? {
        let known: Bool? = try first("""
            SELECT ended_at IS NULL AS open FROM app.interest
            WHERE id = \(id) AND account_id = \(visit.viewer.account)
            """) { try $0["open"] }
        guard known == true else { return known }
        return try run("""
            UPDATE app.interest SET ended_at = \(visit.now)
            WHERE id = \(id) AND account_id = \(visit.viewer.account) AND ended_at IS NULL
            """) == 1
    }

    /// Matches that wait or are sealed, and the latest of those that are settled. The database withholds the viewer's
    /// own, and those about people in whom the viewer has an interest.
    func interestMatches(settled: Bool, limit: Int) throws -> [InterestMatch] {
        let states = (settled ? [MatchState.notSame, .ended] : [.open, .sealed]).map(\.rawValue)
        return try all("""
            \(Self.matches) WHERE m.state = ANY (\(states)::text[])
            ORDER BY m.state, m.uncovered DESC,
                     CASE WHEN \(settled) THEN now() - coalesce(m.ended_at, m.decided_at) ELSE m.matched_at - now() END,
                     m.id LIMIT \(limit)
            """, InterestMatch.init(row:))
    }

    func interestMatch(_ id: UUID) throws -> InterestMatch? {
        try first("\(Self.matches) WHERE m.id = \(id)", InterestMatch.init(row:))
    }

    private static let matches: SQL = """
        SELECT m.id, m.subject_id, m.strength, m.agrees, m.state, m.matched_at, m.uncovered, m.decided_at, m.reason,
               m.ended_at, m.ended_reason, w.full_name AS worker, g.name AS agency, d.full_name AS decider,
               e.full_name AS ender, i.id AS interest_id, i.about, i.given_name, i.family_name, i.date_of_birth, i.how,
               i.declared_at, i.ended_at AS taken_back, i.phone_token IS NOT NULL AS has_phone,
               i.postcode_token IS NOT NULL AS has_postcode
        FROM app.interest_match m
        JOIN app.account w ON w.id = m.account_id JOIN app.agency g ON g.id = m.agency_id
        LEFT JOIN app.interest i ON i.id = m.interest_id LEFT JOIN app.account d ON d.id = m.decided_by
        LEFT JOIN app.account e ON e.id = m.ended_by
        """

    /// Decides on a match that stands as `match` says. Throws `Overtaken` when somebody decided meanwhile.
    func decide(_ match: InterestMatch, _ form: MatchDecisionForm, _ visit: Visit) throws {
        let me = visit.viewer.account
        let change: SQL = switch form.decision {
        case .seal: "state = 'sealed', decided_by = \(me), decided_at = \(visit.now), reason = \(form.reason)"
        case .notSame: "state = 'notSame', decided_by = \(me), decided_at = \(visit.now), reason = \(form.reason)"
        case .end: "state = 'ended', ended_by = \(me), ended_at = \(visit.now), ended_reason = \(form.reason)"
        }
        let changed = try run("""
            UPDATE app.interest_match SET \(change) WHERE id = \(match.id) AND state = \(match.state)
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension Interest {
    fileprivate init(_ id: UUID, row: Row) throws {
        self.init(
            id: id, about: try row["about"], name: try row.personName() ?? "",
            born: try row["date_of_birth"], how: try row["how"], declaredAt: try row["declared_at"],
            hasPhone: try row["has_phone"], hasPostcode: try row["has_postcode"])
    }
}

extension InterestMatch {
    init(row: Row) throws {
        func word(_ by: String, _ at: String, _ reason: String) throws -> MatchWord? {
            guard let name: String = try row[by] else { return nil }
            return MatchWord(by: name, at: try row[at], reason: try row[reason])
        }
        let declared: UUID? = try row["interest_id"]
        let takenBack: Date? = try row["taken_back"]
        self.init(
            id: try row["id"], worker: try row["worker"],
            interest: try declared.map { id in try Interest(id, row: row) }, isTakenBack: takenBack != nil,
            agency: try row["agency"], subject: try row["subject_id"],
            strength: try row["strength"], agrees: try row["agrees"], state: try row["state"],
            matchedAt: try row["matched_at"], isUncovered: try row["uncovered"],
            decided: try word("decider", "decided_at", "reason"), ended: try word("ender", "ended_at", "ended_reason"))
    }
}

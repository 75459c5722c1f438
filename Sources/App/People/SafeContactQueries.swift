import Crypto
import Foundation
import Postgres

extension Place {
    static func safeContact(_ column: String, _ id: UUID, agency: UUID) -> Place {
        Place(table: "safe_contact", column: column, row: id, agency: agency)
    }
}

extension Connection {
    /// The current answer, with its rule opened; nil when nothing has ever been recorded or the person is out of reach.
    /// With it comes what other records of the same person say, of those that the viewer may see.
    func safeContact(of person: UUID, _ visit: Visit) throws -> SafeContact? {
        let every = try answers(
            of: "ARRAY(SELECT app.same_people(\(person))) || \(person)::uuid", visit)
        let elsewhere = every.filter { $0.person != person }.compactMap { other in
            other.rule.map { SafeContact.Elsewhere(person: other.person, rule: $0) }
        }
        // Never asked on this record, and known from another: not yet asked here, and that one forbids.
        let unasked = elsewhere.isEmpty ? nil
            : SafeContact(id: .zero, person: person, rule: nil, holdsUntil: nil, askedAt: visit.now)
        guard var own = every.first(where: { $0.person == person }) ?? unasked else { return nil }
        own.elsewhere = elsewhere
        return own
    }

    /// The current answers of several people, by person: each as their own record says it.
    func safeContacts(of people: [UUID], _ visit: Visit) throws -> [UUID: SafeContact] {
        let found = try answers(of: "\(people)::uuid[]", visit)
        return Dictionary(found.map { ($0.person, $0) }) { first, _ in first }
    }

    private func answers(of people: SQL, _ visit: Visit) throws -> [SafeContact] {
        try all("""
            SELECT s.id, s.person_id, s.agency_id, s.rule_sealed, s.holds_until, s.asked_at,
                   a.master_key_id, a.wrapped AS agency_wrapped, k.wrapped
            FROM app.safe_contact s
            JOIN app.person_key k ON k.person_id = s.person_id AND k.wrapped IS NOT NULL
            JOIN app.agency_key a ON a.agency_id = k.agency_id
            WHERE s.person_id = ANY (\(people)) AND s.superseded_by IS NULL
            """) { row in
            let (id, agency): (UUID, UUID) = (try row["id"], try row["agency_id"])
            var rule: SafeContactRule?
            if let sealed: Data = try row["rule_sealed"] {
                let key = try row.personKey(visit)
                let place = Place.safeContact("rule_sealed", id, agency: agency)
                rule = try JSONDecoder().decode(SafeContactRule.self, from: Sealed.open(sealed, key: key, place: place))
            }
            return SafeContact(
                id: id, person: try row["person_id"], rule: rule, holdsUntil: try row["holds_until"],
                askedAt: try row["asked_at"])
        }
    }

    /// The number, code word and warnings. Call only after the reveal's audit has been committed.
    func safeContactDetail(of person: UUID, _ visit: Visit) throws -> SafeContactDetail? {
        let found = try first("""
            SELECT id, agency_id, detail_sealed FROM app.safe_contact
            WHERE person_id = \(person) AND superseded_by IS NULL
            """) { row in
            (id: try row["id"] as UUID, agency: try row["agency_id"] as UUID, sealed: try row["detail_sealed"] as Data?)
        }
        guard let found, let sealed = found.sealed, let key = try personKey(person, visit) else { return nil }
        let place = Place.safeContact("detail_sealed", found.id, agency: found.agency)
        return try JSONDecoder().decode(SafeContactDetail.self, from: Sealed.open(sealed, key: key, place: place))
    }

    /// Records a new answer in place of the last; the last is kept.
    func recordSafeContact(
        _ id: UUID, of person: Person, _ form: SafeContactForm, askedAt: Date? = nil, _ visit: Visit
    ) throws {
        guard let key = try personKey(person.id, visit) else { throw Refusal.notFound }
        let encoder = JSONEncoder()
        func seal(_ value: some Encodable, _ column: String) throws -> Data {
            try Sealed.seal(
                encoder.encode(value), key: key, place: .safeContact(column, id, agency: person.agency))
        }
        let rule = try form.rule.map { try seal($0, "rule_sealed") }
        let detail = try form.detail.map { try seal($0, "detail_sealed") }
        try run("""
            UPDATE app.safe_contact SET superseded_by = \(id) WHERE person_id = \(person.id) AND superseded_by IS NULL
            """)
        try run("""
            INSERT INTO app.safe_contact (id, partnership_id, agency_id, person_id, status, rule_sealed, detail_sealed,
                                          holds_until, asked_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id),
                    \(form.rule == nil ? "notYetAsked" : "asked"), \(rule), \(detail), \(form.holdsUntil),
                    \(askedAt ?? visit.now), \(visit.viewer.account))
            """)
        if let number = form.detail?.number, let token = visit.services.keys.index.token(for: number, field: "phone") {
            try recordPhone(number, token: token, of: person, key: key, visit)
        }
    }

    private func recordPhone(
        _ number: String, token: Data, of person: Person, key: SymmetricKey, _ visit: Visit
    ) throws {
        let id = UUID()
        let place = Place(table: "person_phone", column: "number_sealed", row: id, agency: person.agency)
        try run("""
            INSERT INTO app.person_phone (id, partnership_id, agency_id, person_id, number_sealed, number_token)
            VALUES (\(id), \(visit.viewer.partnership), \(person.agency), \(person.id),
                    \(try Sealed.seal(Data(number.utf8), key: key, place: place)), \(token))
            """)
    }
}

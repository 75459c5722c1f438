import Crypto
import Foundation
import Pages
import Postgres
@testable import App

// The World's placeholders (`\x00`) become what the site itself would have stored.
extension Connection {
    /// Loads `World.sql` where the database does not hold it yet.
    func loadWorldIfMissing() throws {
        let isThere = try first("SELECT 1 AS one FROM app.partnership WHERE id = \(World.north)") { _ in true }
        if isThere == true { return }
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("World.sql")
        try script(String(contentsOf: file, encoding: .utf8))
    }

    /// Keys for every agency and person, a sealed answer to how each may be contacted, passwords and authenticators
    /// for all who can sign in. A session counts as just used, so that no request writes to it.
    func sealWorld(_ keys: Keys) throws {
        try transaction { db in
            let agencies = try db.sealAgencies(keys)
            try db.sealPeople(keys, agencies)
            try db.sealUnits(agencies)
            try db.sealSearches(keys)
            try db.sealReferrals(keys)
            try db.setUpAccounts(keys)
            try db.lengthenTokens()
        }
    }

    private func sealAgencies(_ keys: Keys) throws -> [UUID: SymmetricKey] {
        var made: [UUID: SymmetricKey] = [:]
        for agency in try all("SELECT agency_id FROM app.agency_key", { try $0["agency_id"] as UUID }) {
            let key = SymmetricKey(size: .bits256)
            let wrapped = keys.ring.wrap(key)
            try run("""
                UPDATE app.agency_key SET master_key_id = \(wrapped.keyID), wrapped = \(wrapped.bytes)
                WHERE agency_id = \(agency)
                """)
            made[agency] = key
        }
        return made
    }

    /// Every unit is at an address that nobody may read anywhere: tests look for it.
    private func sealUnits(_ agencies: [UUID: SymmetricKey]) throws {
        for unit in try all("SELECT unit_id, agency_id FROM app.unit_location", { row in
            (id: try row["unit_id"] as UUID, agency: try row["agency_id"] as UUID)
        }) {
            guard let parent = agencies[unit.agency] else { continue }
            let key = SymmetricKey(size: .bits256)
            let sealed = try Sealed.seal(
                JSONEncoder().encode(UnitLocation(inside: "Bluebell landing", address: "7 Quillon Mews\nQZ9 7AA")),
                key: key, place: .unitLocation(unit.id, agency: unit.agency))
            try run("""
                UPDATE app.unit_location SET wrapped = \(WrappedKey(key, under: parent).bytes),
                       location_sealed = \(sealed) WHERE unit_id = \(unit.id)
                """)
        }
    }

    private func sealReferrals(_ keys: Keys) throws {
        var answers = Answers(["given-name": ["Wanda"], "family-name": ["Wayfarer"], "reason": ["A referral for the tests"]])
        guard let today = Day(year: 2026, month: 1, day: 1), let told = ReferralTold(&answers, today: today) else { return }
        for row in try all("SELECT id, partnership_id FROM app.referral", { row in
            (id: try row["id"] as UUID, partnership: try row["partnership_id"] as UUID)
        }) {
            let sealed = try Sealed.seal(
                JSONEncoder().encode(told), key: keys.referral, place: .referral(row.id, in: row.partnership))
            try run("UPDATE app.referral SET told_sealed = \(sealed) WHERE id = \(row.id)")
        }
        let moving = TransferTold(
            who: TransferTold.Somebody(
                given: "Wanda", family: "Wayfarer", birthState: "notAsked", birth: "", sex: "female"),
            ethnicity: "", language: "Dari", interpreter: true, holdsUntil: "", harming: [], words: "Ring the school")
        for row in try all("SELECT id, partnership_id FROM app.case_transfer WHERE outcome IS NULL", { row in
            (id: try row["id"] as UUID, partnership: try row["partnership_id"] as UUID)
        }) {
            let sealed = try Sealed.seal(
                JSONEncoder().encode(moving), key: keys.referral, place: .transfer(row.id, in: row.partnership))
            try run("UPDATE app.case_transfer SET told_sealed = \(sealed) WHERE id = \(row.id)")
        }
    }

    private func sealPeople(_ keys: Keys, _ agencies: [UUID: SymmetricKey]) throws {
        let people = try all("SELECT id, agency_id FROM app.person") { row in
            (id: try row["id"] as UUID, agency: try row["agency_id"] as UUID)
        }
        for person in people {
            guard let agency = agencies[person.agency] else { continue }
            let stored = PersonKey.generate(under: agency)
            let key = try stored.key(under: agency)
            try run("UPDATE app.person_key SET wrapped = \(stored.wrapped?.bytes) WHERE person_id = \(person.id)")
            let number = World.telephone(of: person.id)
            try run("""
                UPDATE app.person_phone SET number_sealed = \(try Sealed.seal(Data(number.utf8), key: key, place: Place(
                    table: "person_phone", column: "number_sealed", row: World.id(.phone, of: person.id),
                    agency: person.agency))), number_token = \(keys.index.token(for: number, field: "phone"))
                WHERE person_id = \(person.id)
                """)
            try sealSafeContacts(of: person.id, agency: person.agency, key)
            try sealAddress(of: person.id, agency: person.agency, key, keys.index)
            try sealDocuments(of: person.id, agency: person.agency, key)
            try sealPlans(of: person.id, agency: person.agency, key)
            try sealChildEntries(of: person.id, agency: person.agency, key)
        }
    }

    private func sealAddress(of person: UUID, agency: UUID, _ key: SymmetricKey, _ index: BlindIndex) throws {
        let id = World.id(.address, of: person)
        let address = Address(lines: [World.street(of: person), "Upper Vale"], postcode: "ZZ1 1AA")
        let sealed = try Sealed.seal(JSONEncoder().encode(address), key: key, place: .address(id, agency: agency))
        let token = index.token(for: address.postcode, field: "postcode")
        try run("""
            UPDATE app.person_address SET address_sealed = \(sealed),
                postcode_token = CASE WHEN protected THEN NULL ELSE \(token)::bytea END WHERE id = \(id)
            """)
    }

    private func sealDocuments(of person: UUID, agency: UUID, _ key: SymmetricKey) throws {
        for id in try all("SELECT id FROM app.attachment WHERE person_id = \(person)", { try $0["id"] as UUID }) {
            let sealed = try Sealed.seal(
                Data(World.document(of: person).utf8), key: key, place: .attachment(id, agency: agency))
            try run("UPDATE app.attachment SET content_sealed = \(sealed) WHERE id = \(id)")
        }
    }

    private func sealPlans(of person: UUID, agency: UUID, _ key: SymmetricKey) throws {
        let plans = try all("SELECT id, kind, version FROM app.safety_plan WHERE person_id = \(person)") { row in
            (id: try row["id"] as UUID, kind: try row["kind"] as PlanKind, version: try row["version"] as Int)
        }
        for plan in plans {
            let parts = World.plan(of: person, plan.kind, version: plan.version)
            let sealed = try Sealed.seal(
                JSONEncoder().encode(parts), key: key, place: .safetyPlan(plan.id, agency: agency))
            try run("UPDATE app.safety_plan SET body_sealed = \(sealed) WHERE id = \(plan.id)")
        }
    }

    private func sealChildEntries(of person: UUID, agency: UUID, _ key: SymmetricKey) throws {
        let entries = try all("SELECT id, kind FROM app.child_entry WHERE person_id = \(person)") { row in
            (id: try row["id"] as UUID, kind: try row["kind"] as ChildEntryKind)
        }
        for entry in entries {
            let body = World.childEntry(of: person, entry.kind)
            let sealed = try Sealed.seal(
                JSONEncoder().encode(body), key: key, place: .childEntry(entry.id, agency: agency))
            try run("UPDATE app.child_entry SET body_sealed = \(sealed) WHERE id = \(entry.id)")
        }
    }

    private func sealSafeContacts(of person: UUID, agency: UUID, _ key: SymmetricKey) throws {
        let rule = SafeContactRule(
            channels: [.telephone], days: Array(1...7), from: "00:00", until: "24:00", silentNumber: true)
        let detail = SafeContactDetail(
            number: World.telephone(of: person), codeWord: World.codeWord(of: person), mustNotKnow: "", coverStory: "",
            note: "")
        let answers = try all("""
            SELECT id, rule_sealed IS NOT NULL AS asked FROM app.safe_contact WHERE person_id = \(person)
            """) { row in (id: try row["id"] as UUID, asked: try row["asked"] as Bool) }
        for answer in answers {
            func seal(_ value: some Encodable, _ column: String) throws -> Data {
                try Sealed.seal(
                    JSONEncoder().encode(value), key: key, place: .safeContact(column, answer.id, agency: agency))
            }
            try run("""
                UPDATE app.safe_contact SET rule_sealed = \(answer.asked ? try seal(rule, "rule_sealed") : nil),
                    detail_sealed = \(try seal(detail, "detail_sealed")) WHERE id = \(answer.id)
                """)
        }
    }

    private func sealSearches(_ keys: Keys) throws {
        let searches = try all("SELECT id, partnership_id FROM app.search_request") { row in
            (id: try row["id"] as UUID, partnership: try row["partnership_id"] as UUID)
        }
        var answers = Answers(["given-name": ["Maya"], "family-name": ["Castell"]])
        guard let form = SearchForm(&answers, purpose: "Taking a call") else { return }
        for search in searches {
            let sealed = try Sealed.seal(
                JSONEncoder().encode(form), key: keys.search, place: .search(search.id, in: search.partnership))
            try run("UPDATE app.search_request SET criteria_sealed = \(sealed) WHERE id = \(search.id)")
        }
    }

    /// The site knows a token by its length too.
    private func lengthenTokens() throws {
        let north = World.Staff.allCases.map { $0.token() } + World.deadTokens
        let south = World.Staff.allCases.map { $0.token(in: .south) }
        for token in Set(north + south) {
            try run("""
                UPDATE app.session SET token_hash = \(Token.hash(World.cookie(token))),
                    seen_at = now() + interval '1 hour'
                WHERE token_hash = \(Token.hash(token))
                """)
        }
    }

    private func setUpAccounts(_ keys: Keys) throws {
        for side in World.Side.allCases {
            let partnership = side == .north ? World.north : World.south
            for person in World.Staff.allCases {
                let account = person.account(in: side)
                let hash = try PasswordHash.make(person.password, pepper: keys.pepper, cost: TestSite.cheap)
                let sealed = try Sealed.seal(
                    person.authenticator.secret, key: keys.totp, place: .totp(account, in: partnership))
                try run("""
                    UPDATE app.account SET password_hash = \(hash), totp_sealed = \(sealed) WHERE id = \(account)
                    """)
            }
        }
    }
}

extension World {
    /// A token of the World as long as the site makes them.
    static func cookie(_ token: String) -> String { token + String(repeating: "-", count: 43 - token.count) }
    /// The number that a person of the World may be rung on, from the range kept for drama.
    static func telephone(of person: UUID) -> String { "07700 900\(person.uuidString.suffix(3))" }
    /// Where they live.
    static func street(of person: UUID) -> String { "\(person.uuidString.suffix(3)) Curlew Street" }
    /// What stands in the documents about them.
    static func document(of person: UUID) -> String { "%PDF-1.4 assessment of \(person.uuidString.suffix(3)) %%EOF" }
    /// What stands in their safety plans.
    static func plan(of person: UUID, _ kind: PlanKind, version: Int) -> [String: String] {
        let bag = "The blue bag of \(person.uuidString.suffix(3)), version \(version)"
        return kind == .adult ? ["leaving": bag, "calm": "A walk by the canal"] : ["go": "The shed", "word": "Pelican"]
    }
    /// What stands on a child's own record.
    static func childEntry(of person: UUID, _ kind: ChildEntryKind) -> [String: String] {
        let number = person.uuidString.suffix(3)
        return switch kind {
        case .voice: ["words": "The stairs of \(number) creak"]
        case .setting: ["name": "Curlew School \(number)", "reach": "Ask the office"]
        case .goal: ["words": "A bicycle for \(number)"]
        case .harm: ["words": "A door of \(number) slammed"]
        default: [:]
        }
    }
    /// The word that proves who is ringing.
    static func codeWord(of person: UUID) -> String { "heron\(person.uuidString.suffix(3))" }
}

extension World.Staff {
    /// What everybody of the cast signs in with.
    var password: String { "a long dry wall of \(name)" }
    var email: String {
        switch self {
        case .lucia, .lowri: "\(name)@lighthouse.example"
        case .harriet: "\(name)@northfield.example"
        default: "\(name)@harbour.example"
        }
    }
    /// The authenticator on this person's telephone.
    var authenticator: Totp { Totp(secret: Data(SHA256.hash(data: Data(name.utf8)).prefix(20))) }
}

import Crypto
import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The demonstration in the database", .needsClone)
struct DemoDatabaseTests {
    private let ring = KeyRing(current: .generate())
    private let index = BlindIndex(SymmetricKey(data: Data(repeating: 3, count: 32)))
    private let hasher = PasswordHasher(
        pepper: SymmetricKey(data: Data(repeating: 4, count: 32)), cost: PasswordCost(memory: 64, passes: 1, lanes: 1))

    private let referralKey = SymmetricKey(size: .bits256)

    /// An empty database with the schema, and the demonstration of Rutland put into it.
    private func seeded(_ check: (Clone, [SignIn]) async throws -> Void) async throws {
        try await Clone.use { clone in
            try await clone.run("TRUNCATE app.partnership CASCADE")
            let signIns = try await Demonstration.seed(
                .rutland, into: clone.database, ring: ring, index: index, referralKey: referralKey,
                hasher: hasher,
                sealTotp: { secret, account in Data("\(account.column) ".utf8) + secret }, now: DemoSample.now)
            try await check(clone, signIns)
        }
    }

    @Test func `it loads whole, and what was counted out is there`() async throws {
        try await seeded { clone, signIns in
            let counts = try await clone.database.transaction { db in
                try db.first(
                    """
                    SELECT (SELECT count(*) FROM app.person) AS people, (SELECT count(*) FROM app.contact) AS contacts,
                        (SELECT count(*) FROM app.case_note) AS notes,
                        (SELECT count(*) FROM app.audit_event
                         WHERE event NOT IN ('interest-sealed', 'case-covered')) AS audit,
                        (SELECT count(*) FROM app.partnership WHERE demonstration) AS demonstrations,
                        (SELECT count(*) FROM app.case_record k JOIN app.contact c ON c.id = k.contact_id
                         WHERE c.case_id = k.id) AS opened,
                        (SELECT reltuples::int FROM pg_class WHERE oid = 'app.person'::regclass) AS planned
                    """
                ) { row in
                    try ["people", "contacts", "notes", "audit", "demonstrations", "opened", "planned"].map {
                        try row[$0] as Int
                    }
                }
            }
            let sample = DemoSample.rutland
            let people = sample[.person].count
            let cases = sample[.caseRecord].count
            #expect(counts == [people, sample.contacts.count, sample[.caseNote].count, 0, 1, cases, people])
            #expect(
                signIns.map(\.role) == [
                    "Helpline worker", "IDVA", "IDVA", "Service manager", "Housing officer", "Administrator",
                    "Data protection officer", "Perpetrator worker", "Partner referrer", "Children’s worker",
                    "Accommodation worker", "Analyst", "Commissioner",
                ])
            #expect(signIns.allSatisfy { $0.password.count >= 15 && $0.totpSecret.count == 32 })
        }
    }

    @Test func `of whom the cast know two are sealed, one waits, and no case of those is left with its worker`()
        async throws {
        try await seeded { clone, _ in
            let (matches, left) = try await clone.database.transaction { db in
                // Whoever is on record at two agencies is sealed at both.
                let matches = try db.all("""
                    SELECT DISTINCT state || ' ' || strength AS how, interest_id FROM app.interest_match ORDER BY 1
                    """) { try $0["how"] as String }
                let left: Int? = try db.first("""
                    SELECT count(*)::int AS n FROM app.case_record c JOIN app.withheld w ON w.subject_id = c.id
                    WHERE c.closed_at IS NULL AND NOT w.opens AND c.worker_id = ANY (w.accounts)
                    """) { try $0["n"] }
                return (matches, left)
            }
            #expect(matches == ["open weak", "sealed strong", "sealed strong"])
            #expect(left == 0)
        }
    }

    @Test func `what is sealed opens at its place with the keys of the database`() async throws {
        try await seeded { clone, _ in
            let sealed = try await clone.database.transaction { db in
                try db.all(
                    """
                    SELECT s.id, s.agency_id, s.rule_sealed, k.wrapped, a.wrapped AS agency, a.master_key_id,
                           f.number_token
                    FROM app.safe_contact s JOIN app.person_key k USING (person_id)
                    JOIN app.agency_key a ON a.agency_id = k.agency_id JOIN app.person_phone f USING (person_id)
                    WHERE s.status = 'asked' LIMIT 40
                    """
                ) { row in
                    (
                        id: try row["id"] as UUID, agency: try row["agency_id"] as UUID,
                        rule: try row["rule_sealed"] as Data,
                        key: try row["wrapped"] as Data, agencyKey: try row["agency"] as Data,
                        keyID: try row["master_key_id"] as String, token: try row["number_token"] as Data
                    )
                }
            }
            #expect(sealed.count == 40)
            for row in sealed {
                let agency = try ring.unwrap(keyID: row.keyID, bytes: row.agencyKey)
                let key = try PersonKey(stored: row.key).key(under: agency)
                let place = Place(table: "safe_contact", column: "rule_sealed", row: row.id, agency: row.agency)
                let rule = try JSONDecoder().decode(
                    SafeContactRule.self, from: Sealed.open(row.rule, key: key, place: place))
                #expect(rule.from < rule.until)
                #expect(row.token.count == 16)
            }
        }
    }

    @Test func `the passwords fit, and TOTP secrets are new every time`() async throws {
        var secrets: Set<String> = []
        for _ in 0..<2 {
            try await seeded { clone, signIns in
                for signIn in signIns {
                    let stored = try await clone.database.transaction { db in
                        try db.first(
                            "SELECT id, password_hash, totp_sealed FROM app.account WHERE email = \(signIn.email)"
                        ) {
                            (
                                id: try $0["id"] as UUID, hash: try $0["password_hash"] as String,
                                totp: try $0["totp_sealed"] as Data
                            )
                        }
                    }
                    let account = try #require(stored)
                    #expect(try await hasher.verify(signIn.password, against: account.hash))
                    let secret = try #require(Base32.decode(signIn.totpSecret))
                    #expect(account.totp == Data("\(account.id.column) ".utf8) + secret)
                    secrets.insert(signIn.totpSecret)
                }
            }
        }
        #expect(secrets.count == 26)
    }

    @Test func `it is never put among what is there already`() async throws {
        try await seeded { clone, _ in
            await #expect(throws: Demonstration.Refused.notEmpty) {
                _ = try await Demonstration.seed(
                    .rutland, into: clone.database, ring: ring, index: index, referralKey: referralKey,
                hasher: hasher,
                    sealTotp: { secret, _ in secret }, now: DemoSample.now)
            }
            let people: Int? = try await clone.database.transaction { db in
                try db.first("SELECT count(*) AS n FROM app.person") { try $0["n"] }
            }
            #expect(people == DemoSample.rutland[.person].count)
        }
    }
}

import Foundation
import Postgres
import Testing

@testable import AppTestSupport

/// One search, as the pages ask it.
private struct Question: Sendable {
    var given: String?
    var family: String?
    var born: String?
    var phone: String?
    var postcode: String?

    func statement(_ request: UUID) -> SQL {
        """
        SELECT person_id::text AS id FROM app.search_people(\(request), \(given), \(family), \(born)::date,
            \(phone)::bytea, \(postcode)::bytea)
        """
    }
}

@Suite("Searching for people, past the policies", .needsClone)
struct SearchTests {
    @Test func `everyone finds those people of their own agencies whom they may see, and nobody else`() async throws {
        try await Clone.use { clone in
            let (searches, wrong) = try await clone.undone { db in
                let catalogue = try db.catalogue()
                let facts = try db.facts(catalogue)
                var searches = 0
                var wrong: [String] = []
                for visitor in Visitor.everyone where visitor.isOfTheFew {
                    let oracle = Oracle(facts, visitor)
                    let mine = Set(facts.of("person").filter {
                        oracle.isWithinReach("person", $0) && oracle.agencies.contains($0["agency_id"] ?? "")
                    }.map(\.key))
                    guard let account = oracle.account, let id = UUID(uuidString: account) else { continue }
                    let request = World.id(.search, of: id)
                    try db.become("drystone_app", token: visitor.token)
                    for person in facts.of("person") {
                        for question in Self.questions(person, facts) {
                            let found: [String] = try db.all(question.statement(request)) { try $0["id"] }
                            searches += 1
                            let isFound = found.contains(person.key) == mine.contains(person.key)
                            if !isFound || !mine.isSuperset(of: found) { wrong.append("\(visitor.token) \(question)") }
                        }
                    }
                }
                return (searches, wrong)
            }
            #expect(wrong == [])
            #expect(searches > 2_000)
        }
    }

    @Test func `without a reason of one's own nothing is found, and each search is in the audit log`() async throws {
        try await Clone.use { clone in
            try await clone.run("""
                INSERT INTO app.search_request (id, partnership_id, account_id, criteria_sealed, purpose)
                SELECT '\(World.absent.column)', partnership_id, id, '\\x00', '' FROM app.account
                WHERE id = '\(World.Staff.imran.account.column)'
                """)
            let (found, audited) = try await clone.undone { db in
                let question = Question(family: "Castell")
                let own = World.id(.search, of: World.Staff.imran.account)
                let another = World.id(.search, of: World.Staff.ivy.account)
                let requests = [own, another, World.absent, World.id(.search, 999)]
                var found: [Int] = []
                try db.signIn(.imran)
                for request in requests { found.append(try db.run(question.statement(request))) }
                for dead in Visitor.nobody {
                    try db.become("drystone_app", token: dead.token)
                    found.append(try db.run(question.statement(own)))
                }
                try db.run("RESET ROLE")
                let audited: [String] = try db.all("""
                    SELECT account_id || ' ' || subject_id || ' ' || purpose AS event FROM app.audit_event
                    WHERE event = 'people-searched'
                    """) { try $0["event"] }
                return (found, audited)
            }
            #expect(found == [1, 0, 0, 0] + Visitor.nobody.map { _ in 0 })
            let imran = World.Staff.imran.account
            #expect(audited == ["\(imran.column) \(World.id(.search, of: imran).column) Taking a call"])
        }
    }

    @Test(arguments: [
        ("Łukasz", "O’Brien"), ("lukasz", "obrien"), ("LUKASZ", "O'Brien"), ("Łukasz", "OBrien"), ("Lukasz", "O`Brien"),
    ])
    func `a name is found however its letters are written`(_ given: String, _ family: String) async throws {
        try await Clone.use { clone in
            let found = try await clone.undone { db in
                try db.run("""
                    UPDATE app.person_name SET given_name = 'Łukasz', family_name = 'O’Brien'
                    WHERE person_id = \(World.id(.person, 106))
                    """)
                let request = World.id(.search, of: World.Staff.imran.account)
                try db.signIn(.imran)
                return try db.all("""
                    SELECT person_id, score FROM app.search_people(\(request), \(given), \(family), NULL, NULL, NULL)
                    """) { row in (try row["person_id"] as UUID, try row["score"] as Double) }
            }
            #expect(found.map(\.0) == [World.id(.person, 106)])
            #expect((found.first?.1 ?? 0) >= 1, "as good as the very same letters")
        }
    }

    @Test func `letters with marks, strokes and joins fold to plain ones, whatever the search path is`() async throws {
        try await Clone.use { clone in
            let folded = try await clone.undone { db in
                try db.run("SET LOCAL search_path = ''")
                return try db.all("""
                    SELECT app.fold(name) AS name
                    FROM unnest('{Zoë,"Zoe\u{0308}",Łukasz,BJØRN,Strauß,Đặng,"O’Shea-Łaska","Ní Bhriain"}'::text[]) AS name
                    """) { try $0["name"] as String }
            }
            #expect(folded == ["zoe", "zoe", "lukasz", "bjorn", "strauss", "dang", "oshea-laska", "ni bhriain"])
        }
    }

    /// Ways to ask for a person: by name, by the sound of the name, by birth, by telephone and by postcode.
    private static func questions(_ person: Facts.Row, _ facts: Facts) -> [Question] {
        let phone = facts.of("person_phone").first { $0["person_id"] == person.key }?["number_token"]
        let postcode = facts.of("person_address").first { $0["person_id"] == person.key }?["postcode_token"]
        return [
            Question(given: person["given_name"], family: person["family_name"]),
            Question(family: person["family_name"]), Question(phone: phone), Question(postcode: postcode),
        ] + [person["date_of_birth"].map { Question(born: $0) }].compactMap(\.self)
    }
}

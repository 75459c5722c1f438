import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Who saw a record", .needsClone)
struct SeenTests {
    private static let mayas = "/people/\(World.maya.column)/seen"

    @Test func `a colleague reads who opened a person's record and case, what they did and what they have to do with it`()
        async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            #expect(try await Browser(site, as: .imran).send(.get, "/cases/\(World.mayasCase.column)").status == 200)
            #expect(try await ivy.send(.get, "/people/\(World.maya.column)").status == 200)
            #expect(try await ivy.send(.get, "/people/\(World.zoe.column)").status == 200)
            let page = try await ivy.get(Self.mayas)
            let rows = page.markup.all("tr").dropFirst().map(\.words)
            #expect(rows.count == 2)
            #expect(rows.contains { $0.contains("Imran Aldous") && $0.contains("Read a case") && $0.contains("Their worker") })
            #expect(rows.contains { $0.contains("Ivy Marchetti") && $0.contains("Nothing on the record says") })
            #expect(try await site.auditLog().map(\.event).contains("looks-viewed"))
        }
    }

    @Test func `of what is sealed, decided, searched or of another agency nothing stands there`() async throws {
        try await TestSite.rolledBack { site in
            for event in ["interest-sealed", "interest-not-same", "case-covered", "known-to-partner", "people-searched"] {
                try await site.note(event, "person", World.maya, by: .dilys)
            }
            try await site.note("person-viewed", "person", World.farida, by: .lucia)
            try await site.note("case-viewed", "case", World.faridasCase, by: .lucia)
            let page = try await Browser(site, as: .ivy).get(Self.mayas)
            #expect(page.markup.all("tr").isEmpty && page.text.contains("Nobody has yet."))
            // Farida's case is shared with Harbour, her record and who read it are not.
            let seen = try await Browser(site, as: .ivy).send(.get, "/people/\(World.farida.column)/seen")
            #expect(seen.status == 404)
            let entries = try await site.entries(seenBy: .ivy)
            #expect(entries == 0)
            let own = try await site.entries(seenBy: .lucia)
            #expect(own == 2)
        }
    }

    @Test func `whoever is sealed from the person reads no entry about them`() async throws {
        try await TestSite.rolledBack { site in
            try await site.note("person-viewed", "person", World.olive, by: .ivy)
            try await site.note("case-viewed", "case", World.olivesCase, by: .ivy)
            #expect(try await site.entries(seenBy: .imran) == 2)
            #expect(try await site.entries(seenBy: .petra) == 0)
        }
    }

    @Test func `on paper it is in everyday words, by day, and names no colleague and no service`() async throws {
        try await TestSite.rolledBack { site in
            for _ in 1...3 { try await site.note("person-viewed", "person", World.maya, by: .ivy) }
            try await site.note("safe-contact-revealed", "person", World.maya, by: .imran)
            let page = try await Browser(site, as: .ivy).get("\(Self.mayas)/print")
            #expect(page.heading == "Notes")
            #expect(page.text.contains("Your worker looked up your telephone number."))
            #expect(page.text.contains("Somebody else of the team read your name and details, 3 times."))
            let sheet = try #require(page.markup.all("main").first?.words)
            for told in ["Ivy", "Imran", "Maya", "Harbour", "record", "abuse", "case"] {
                #expect(!sheet.contains(told), "\(told)")
            }
        }
    }

    @Test func `the officer finds all entries about one record`() async throws {
        try await TestSite.rolledBack { site in
            try await site.note("person-viewed", "person", World.maya, by: .ivy)
            try await site.note("person-viewed", "person", World.zoe, by: .ivy)
            let page = try await Browser(site, as: .dilys).get("/audit?about=\(World.maya.column)")
            #expect(page.markup.all("tr").count == 2)
            let details = try await site.auditLog().filter { $0.event == "audit-viewed" }
            #expect(details.count == 1)
        }
    }
}

@Suite("Unusual access, for the data protection officer", .needsClone)
struct UnusualTests {
    private static let noon = Date(timeIntervalSince1970: 1_772_539_200)  // 3 March 2026, 12:00

    private func page(_ site: TestSite) async throws -> [String] {
        try await Browser(site, as: .dilys).get("/audit/unusual?day=2026-03-03").markup.all("tr").dropFirst().map(\.words)
    }

    @Test func `a surname of one's own and a person with whom there is nothing to do are listed, ordinary work is not`()
        async throws {
        try await TestSite.rolledBack { site in
            // Imran is Maya's worker; Sunita manages the service; Hana took Zoë's call.
            for (who, whom) in [(World.Staff.imran, World.maya), (.sunita, World.olive), (.hana, World.zoe), (.ivy, World.zoe)] {
                try await site.note("person-viewed", "person", whom, by: who, at: Self.noon)
            }
            try await site.change("UPDATE app.account SET full_name = 'Imran Castell' WHERE email = 'imran@harbour.example'")
            try await site.note("case-viewed", "case", World.mayasCase, by: .carl, at: Self.noon)
            try await site.note("case-viewed", "case", World.mayasCase, by: .carl, at: Self.noon)
            try await site.note("person-viewed", "person", World.zoe, by: .petra, at: Self.noon + 86_400)
            let rows = try await page(site)
            #expect(rows.count == 3, "\(rows)")
            #expect(rows.first?.contains("Imran Castell") == true && rows.first?.contains("Their own surname") == true)
            #expect(rows.contains { $0.contains("Ivy Marchetti") && $0.contains("Nothing to do with the person") })
            #expect(rows.contains { $0.contains("Carl Desrosiers") && $0.contains(World.maya.column + "2") })
            #expect(try await site.auditLog().map(\.event).contains("unusual-viewed"))
        }
    }

    @Test func `whoever looks at very many people is listed once for it`() async throws {
        try await TestSite.rolledBack { site in
            try await site.change("""
                INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, created_by)
                SELECT gen_random_uuid(), partnership_id, agency_id, 'P' || n, 'Q', created_by
                FROM app.person, generate_series(1, 41) AS n WHERE id = '\(World.zoe.column)';
                """)
            try await site.change("""
                SELECT app.append_audit(gen_random_uuid(), partnership_id, created_by, NULL, 'person-viewed', 'person', id,
                                        NULL, '{}') FROM app.person WHERE family_name = 'Q' AND given_name LIKE 'P%'
                """)
            try await site.change("UPDATE app.audit_event SET at = '2026-03-03 12:00+00' WHERE event = 'person-viewed'")
            let rows = try await page(site)
            #expect(rows.count == 1 && rows[0].contains("41 people") && rows[0].contains("Hana Whitlock"))
        }
    }

    @Test func `the officer's own looks are another officer's to read`() async throws {
        try await TestSite.rolledBack { site in
            try await site.note("person-viewed", "person", World.zoe, by: .dilys, at: Self.noon)
            #expect(try await page(site).isEmpty)
        }
    }

    @Test func `a day that is over is worked out once; without a day it is yesterday`() async throws {
        try await TestSite.rolledBack { site in
            try await site.note("person-viewed", "person", World.zoe, by: .ivy, at: Self.noon)
            #expect(try await page(site).count == 1)
            try await site.note("person-viewed", "person", World.olive, by: .carl, at: Self.noon)
            #expect(try await page(site).count == 1)
            let yesterday = London.day(of: Date()).adding(-1)
            let dilys = Browser(site, as: .dilys)
            #expect(try await dilys.get("/audit/unusual").text.contains(yesterday.description))
            #expect(try await dilys.get("/audit/unusual?day=x").text.contains(yesterday.description))
            #expect(try await dilys.get("/audit/unusual?day=2199-01-01").text.contains(yesterday.description))
        }
    }
}

extension TestSite {
    /// An entry of the log as the program's functions append it, at a moment if one is given.
    fileprivate func note(
        _ event: String, _ kind: String, _ subject: UUID, by person: World.Staff, at moment: Date? = nil
    ) async throws {
        _ = try await truth.transaction { db in
            let id = UUID()
            try db.run("""
                SELECT app.append_audit(\(id), \(World.north), \(person.account), NULL, \(event), \(kind), \(subject), NULL,
                                        '{}')
                """)
            if let moment { try db.run("UPDATE app.audit_event SET at = \(moment) WHERE id = \(id)") }
        }
    }

    /// How many entries of the log row-level security shows somebody.
    fileprivate func entries(seenBy person: World.Staff) async throws -> Int? {
        try await services.database.transaction(session: World.cookie(person.token()), readOnly: true) { db in
            try db.first("SELECT count(*)::int AS n FROM app.audit_event") { try $0["n"] }
        }
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The first administrator", .needsClone, .serialized)
struct FoundingTests {
    private let today = London.day(of: Date())

    @Test func `an empty database gets a partnership, an agency and an administrator, with their audit`() async throws {
        try await Clone.lend { clone in
            let founding = try Founding(
                name: " Zosia  Quill", email: "Zosia@Hearth.example", agency: "The Hearth", partnership: "Ashby & Vale")
            let events = try await clone.undone { db in
                try db.script("TRUNCATE app.partnership CASCADE; SET SESSION AUTHORIZATION drystone_migrator")
                let founded = try founding.carryOut(db, slug: nil, today: today)
                #expect(founded.madePartnership && founded.madeAccount && founded.partnership.slug == "ashby-vale")
                try db.script("RESET SESSION AUTHORIZATION; RESET ROLE")
                let found = try db.all("""
                    SELECT a.full_name || ', ' || a.email || ', ' || r.role || ', ' || g.name AS line,
                           i.expires_at - now() = interval '72 hours'
                               AND i.token_hash = \(Token.hash(founded.token)) AS link
                    FROM app.account a JOIN app.role_assignment r ON r.account_id = a.id
                    JOIN app.agency g ON g.id = r.agency_id JOIN app.invitation i ON i.account_id = a.id
                    """) { row in (try row["line"] as String, try row["link"] as Bool) }
                #expect(found.map(\.0) == ["Zosia Quill, zosia@hearth.example, administrator, The Hearth"])
                #expect(found.map(\.1) == [true])
                return try db.all("""
                    SELECT event || coalesce(account_id::text, '') AS event FROM app.audit_event ORDER BY at
                    """) { try $0["event"] as String }
            }
            #expect(events == ["partnership-founded", "account-invited", "role-given"])
        }
    }

    @Test func `the link sets up the account`() async throws {
        try await TestSite.committed { site in
            let founding = try Founding(
                name: "Zosia Quill", email: "zosia@harbour.example", agency: "harbour", partnership: nil)
            let slug = try await site.truth.transaction { db in
                try db.partnerships().first { $0.id == World.north }?.slug
            }
            let founded = try await site.truth.transaction { db in try founding.carryOut(db, slug: slug, today: today) }
            #expect(!founded.madePartnership && founded.madeAccount)
            let page = try await Browser(site).get("/invitations/\(founded.token)")
            #expect(page.status == 200 && page.text.contains("Zosia Quill"))
        }
    }

    @Test func `what is wrong is said, and nothing is made`() async throws {
        try await Clone.lend { clone in
            func refusal(
                _ email: String, _ agency: String, _ partnership: String?, slug: String? = nil
            ) async throws -> String {
                let founding = try Founding(name: "Zosia Quill", email: email, agency: agency, partnership: partnership)
                return try await clone.undone { db in
                    do {
                        _ = try founding.carryOut(db, slug: slug, today: today)
                        return ""
                    } catch let refused as Founding.Refused {
                        return refused.reason
                    }
                }
            }
            let names = try await clone.undone { db in try db.partnerships() }
            let north = try #require(names.first { $0.id == World.north })
            #expect(try await refusal("z@x.example", "Harbour", nil).hasPrefix("Which partnership?"))
            #expect(try await refusal("z@x.example", "Nowhere", north.name).contains("has no agency 'Nowhere'"))
            #expect(try await refusal("lena@harbour.example", "Harbour", north.name).contains("has ended"))
            let elsewhere = try await refusal("z@x.example", "Harbour", "Elsewhere", slug: north.slug)
            #expect(elsewhere.contains("not for 'Elsewhere'"))
            #expect(try await refusal("adaeze@harbour.example", "Harbour", north.name.uppercased()) == "")
        }
    }

    @Test func `names and addresses are judged by the rules of the forms`() {
        #expect(throws: Founding.Refused.self) {
            try Founding(name: "", email: "z@x.example", agency: "A", partnership: nil)
        }
        #expect(throws: Founding.Refused.self) {
            try Founding(name: "Zosia", email: "zosia", agency: "A", partnership: nil)
        }
        #expect(throws: Founding.Refused.self) {
            try Founding(name: "Zosia", email: "z@x.example", agency: " ", partnership: nil)
        }
    }

    @Test(arguments: [("Ashby & Vale", "ashby-vale"), ("Dún  Laoghaire!", "dun-laoghaire"), ("東京", "partnership")])
    func `a partnership's short name is plain`(name: String, slug: String) {
        #expect(Founding.slug(name) == slug)
    }
}

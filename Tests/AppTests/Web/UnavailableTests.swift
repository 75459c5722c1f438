import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The database is away", .needsClone)
struct UnavailableTests {
    private static let words = "She said \"<b>he's</b>\" & went"

    @Test func `every word comes back in the same form, and is saved once the database is back`() async throws {
        try await TestSite.committed { site in
            let hana = Browser(site, as: .hana)
            var form = try await hana.get("/contacts/new").form()
            _ = form.fill([
                "channel": "helpline", "reason": Self.words, "outcome": "adviceGiven", "promised": "Ring \u{202E}back",
            ])
            try await site.shut(true)
            let away = try await hana.submit(form)
            #expect(away.status == 503)
            #expect(away.heading == "The service can't save or show records at the moment")
            #expect(away.text.contains(Self.words))
            let again = try away.form("/contacts/new")
            for name in ["reason", "promised", "channel", "outcome", "csrf", "submission", "draft-path"] {
                #expect(again[name] == form[name], "\(name)")
            }
            #expect(try await hana.send(.get, "/").status == 503)

            try await site.shut(false)
            let saved = try await hana.submit(again)
            #expect(saved.status == 200)
            #expect(saved.text.contains(Self.words))
        }
    }

    @Test func `nothing is given back to another site`() async throws {
        try await TestSite.committed { site in
            let hana = Browser(site, as: .hana)
            var form = try await hana.get("/contacts/new").form()
            _ = form.fill(["reason": Self.words])
            try await site.shut(true)
            let answer = try await hana.send(
                .post, "/contacts/new", form: form.body, headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(answer.status == 403)
            #expect(!answer.body.contains("went"))
        }
    }

    @Test func `a password is not given back`() async throws {
        try await TestSite.committed { site in
            let browser = Browser(site)
            var form = try await browser.get("/sign-in").form()
            _ = form.fill(["email": World.Staff.imran.email, "password": World.Staff.imran.password])
            try await site.shut(true)
            let away = try await browser.submit(form)
            #expect(away.status == 503)
            #expect(away.text.contains(World.Staff.imran.email))
            #expect(!away.answer.body.contains("dry wall"))
        }
    }
}

extension TestSite {
    /// Takes the database away from everybody, or gives it back.
    fileprivate func shut(_ isShut: Bool) async throws {
        let name = conninfo.split(separator: " ").last { $0.hasPrefix("dbname=") }?.dropFirst("dbname=".count) ?? ""
        try await TestDatabases.maintain("ALTER DATABASE \(name) ALLOW_CONNECTIONS \(!isShut)")
        if isShut {
            try await TestDatabases.maintain("""
                SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'
                """)
        }
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The screen of a call locks", .needsClone)
struct CallLockTests {
    private static let words = "She is at her sister's until Sunday."
    private static let lockPath = "/sign-in/code?next=/contacts/new"

    private func leaveAlone(_ site: TestSite, and more: SQL = "") async throws {
        try await site.alter("""
            UPDATE app.session SET expires_at = now() - interval '1 minute'\(more)
            WHERE account_id = \(World.Staff.hana.account) AND stage = 'full'
            """)
    }

    private func goOn(_ hana: Browser, _ site: TestSite, _ page: Seen) async throws -> Seen {
        site.clock.advance(by: 60)
        return try await hana.submit(page, ["code": World.Staff.hana.authenticator.code(at: site.clock.now)])
    }

    @Test func `left alone it opens again with one code, on the same words`() async throws {
        try await TestSite.committed { site in
            let hana = Browser(site)
            try await hana.signIn(.hana)
            var form = try await hana.get("/contacts/new").form("/contacts/new")
            _ = form.fill(["reason": Self.words])
            let contacts = try await site.count("contact")
            try await leaveAlone(site)
            let sent = try await hana.post(form)
            #expect(sent.status == 303 && sent.location == Self.lockPath)
            #expect(try await site.count("contact") == contacts)
            // Locked, no page opens and no policy sees a viewer.
            for path in ["/", "/cases", "/people/\(World.maya.column)"] {
                #expect(try await hana.send(.get, path).location == "/sign-in/code?next=\(path)")
            }
            let locked = try await hana.get(Self.lockPath)
            #expect(locked.text.contains("This screen is locked"))
            let wrong = try await hana.submit(locked, ["code": "000000"])
            #expect(wrong.status == 422)
            let landed = try await goOn(hana, site, wrong)
            #expect(landed.path == "/contacts/new")
            #expect(try landed.form("/contacts/new")["reason"] == Self.words)
            #expect(try await site.auditLog().map(\.event).contains("screen-unlocked"))
        }
    }

    @Test func `the code opens no longer day than the password did, and no screen but a call's`() async throws {
        try await TestSite.committed { site in
            let hana = Browser(site)
            try await hana.signIn(.hana)
            _ = try await hana.get("/contacts/new")
            try await leaveAlone(site, and: ", ends_at = now() + interval '5 minutes'")
            _ = try await goOn(hana, site, hana.get(Self.lockPath))
            let left = try await site.truth.transaction { db in
                try db.first("""
                    SELECT extract(epoch FROM ends_at - now())::int AS n FROM app.session
                    WHERE account_id = \(World.Staff.hana.account) ORDER BY started_at DESC, id LIMIT 1
                    """) { try $0["n"] as Int }
            }
            #expect(try #require(left) <= 300)
            // Away from the call, idling ends the session.
            try await site.alter("UPDATE app.session SET seen_at = now() - interval '2 minutes'")
            _ = try await hana.get("/contacts")
            try await leaveAlone(site)
            #expect(try await hana.send(.get, "/contacts/new").location == "/sign-in?next=/contacts/new")
            #expect(try await hana.get(Self.lockPath).heading == "Sign in")
        }
    }

    @Test func `the day over, or the account ended, nothing goes on`() async throws {
        for more in [", ends_at = now() - interval '1 second'", ""] as [SQL] {
            try await TestSite.committed { site in
                let hana = Browser(site)
                try await hana.signIn(.hana)
                _ = try await hana.get("/contacts/new")
                try await leaveAlone(site, and: more)
                try await site.alter("UPDATE app.account SET ended_at = now() WHERE id = \(World.Staff.hana.account)")
                #expect(try await hana.get(Self.lockPath).heading == "Sign in")
                #expect(try await hana.send(.get, "/contacts/new").location == "/sign-in?next=/contacts/new")
            }
        }
    }

    @Test func `whoever leaves the desk locks it by hand, and twice is once`() async throws {
        try await TestSite.committed { site in
            let hana = Browser(site)
            try await hana.signIn(.hana)
            #expect(try await hana.get("/cases").forms.allSatisfy { $0.action != "/lock" })
            let lock = try await hana.get("/contacts/new").form("/lock")
            for _ in 1...2 {
                #expect(try await hana.post(lock).location == Self.lockPath)
            }
            #expect(try await site.auditLog().map(\.event).filter { $0 == "screen-locked" }.count == 1)
            #expect(try await goOn(hana, site, hana.get(Self.lockPath)).path == "/contacts/new")
        }
    }
}

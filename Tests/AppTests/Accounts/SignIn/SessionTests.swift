import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Sessions", .needsClone)
struct SessionTests {
    private func isIn(_ browser: Browser) async throws -> Bool {
        try await browser.send(.get, "/account").status == 200
    }

    @Test func `a session ends by itself when it lay idle, and after a day however busy`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            #expect(try await isIn(imran))
            let mine: SQL = "account_id = \(World.Staff.imran.account)"
            try await site.alter("UPDATE app.session SET expires_at = now() - interval '1 second' WHERE \(mine)")
            #expect(try await imran.send(.get, "/account").location == "/sign-in?next=/account")
            try await site.alter("UPDATE app.session SET expires_at = now() + interval '1 minute' WHERE \(mine)")
            #expect(try await isIn(imran))
            try await site.alter("UPDATE app.session SET ends_at = now() - interval '1 second' WHERE \(mine)")
            #expect(try await !isIn(imran))
        }
    }

    @Test func `a new session has fifteen minutes and ten hours, a half-open one five minutes`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            _ = try await browser.password(of: .imran)
            #expect(try await site.session("code") == "300 36000")
            site.clock.advance(by: 60)
            try await browser.signIn(.imran)
            #expect(try await site.session("full") == "900 36000")
        }
    }

    @Test func `a click extends the session, saving while typing does not`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let path = "/cases/\(World.mayasCase.column)/notes/new"
            var form = try await imran.get(path).form()
            _ = form.fill(["body": "Half a sent"])
            func left() async throws -> Int {
                try await site.truth.transaction { db in
                    try db.first("""
                        SELECT extract(epoch FROM expires_at - now())::int AS n FROM app.session
                        WHERE id = \(World.Staff.imran.session())
                        """) { try $0["n"] } ?? 0
                }
            }
            try await site.alter("""
                UPDATE app.session SET seen_at = now() - interval '14 minutes',
                    expires_at = now() + interval '60 seconds'
                WHERE id = \(World.Staff.imran.session())
                """)
            let saved = try await imran.send(.post, "/drafts", form: form.body, headers: ["X-Autosave": "1"])
            #expect(saved.status == 204)
            #expect(try await left() == 60)
            #expect(try await imran.get("/account/stay").heading == "You are still signed in")
            #expect(try await left() == 900)
        }
    }

    @Test func `one sees where one is signed in, and ends it there`() async throws {
        try await TestSite.rolledBack { site in
            let (desk, lost) = (Browser(site, as: .imran), Browser(site))
            try await lost.signIn(.imran)
            let page = try await desk.get("/account")
            let ends = page.forms.filter { $0.action.hasSuffix("/end") }
            #expect(ends.count == 1)
            #expect(try await isIn(lost))
            try await desk.submit(page, to: ends[0].action)
            #expect(try await !isIn(lost))
            #expect(try await isIn(desk))
            #expect(try await site.auditLog().last?.event == "session-ended")
        }
    }

    @Test func `a leaver's next request is refused, and so is that of someone whose role has ended`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            #expect(try await imran.get("/cases/\(World.mayasCase.column)").status == 200)
            #expect(try await ivy.get("/cases/\(World.mayasCase.column)").status == 200)
            try await site.alter(
                "UPDATE app.account SET ended_at = now() WHERE id = \(World.Staff.imran.account)",
                "UPDATE app.role_assignment SET ends_on = starts_on WHERE account_id = \(World.Staff.ivy.account)")
            #expect(try await imran.get("/cases/\(World.mayasCase.column)").heading == "Sign in")
            #expect(try await ivy.get("/cases/\(World.mayasCase.column)").status == 404)
            #expect(try await ivy.get("/cases").status == 403)
            #expect(try await ivy.get("/").text.contains("You have no role in force today"))
        }
    }

    @Test func `signing out ends the session and takes its cookie away`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("/").form("/sign-out")
            let answer = try await imran.post(form)
            #expect(answer.location == "/signed-out")
            #expect(answer.cookies.contains { $0.hasPrefix("__Host-session=;") && $0.contains("Max-Age=0") })
            #expect(answer["Cache-Control"] == "no-store")
            let thief = Browser(site, as: .imran)
            #expect(try await !isIn(thief))
            #expect(try await site.auditLog().map(\.event) == ["signed-out"])
            #expect(try await imran.get("/signed-out").status == 200)
        }
    }

    @Test func `quick exit ends the session, takes the cookies away and leads elsewhere`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let answer = try await imran.send(.get, "/exit")
            #expect(answer.status == 303)
            #expect(answer.location == site.services.settings.exitURL)
            for name in ["__Host-session=;", "__Host-form=;"] {
                #expect(answer.cookies.contains { $0.hasPrefix(name) && $0.contains("Max-Age=0") })
            }
            #expect(HouseChecks.headers(answer) == [])
            #expect(try await !isIn(Browser(site, as: .imran)))
            // It works for anybody, and without any session.
            #expect(try await Browser(site).send(.get, "/exit").status == 303)
        }
    }

    @Test func `a new password ends every other session and not this one`() async throws {
        try await TestSite.rolledBack { site in
            let (desk, other) = (Browser(site, as: .imran), Browser(site))
            try await other.signIn(.imran)
            let form = try await desk.get("/account/password")
            let wrong = try await desk.submit(form, ["password-now": "not this", "password": "seven grey herons fly"])
            #expect(wrong.errors == ["That is not your password now"])
            let weak = try await desk.submit(form, ["password-now": World.Staff.imran.password, "password": "short"])
            #expect(weak.errors == ["Password must be 12 characters or more"])
            try await desk.submit(form, [
                "password-now": World.Staff.imran.password, "password": "seven grey herons fly",
            ])
            #expect(try await isIn(desk))
            #expect(try await !isIn(other))
            let late = Browser(site)
            #expect(try await late.password(of: .imran).status == 422)
        }
    }

    @Test func `the database keeps no token, only its hash`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            try await browser.signIn(.imran)
            let token = try #require(browser.cookies[Cookies.session])
            let device = try #require(browser.cookies[Cookies.device])
            let rows = try await site.truth.transaction { db in
                try db.all("""
                    SELECT s::text AS row FROM app.session s UNION ALL SELECT d::text FROM app.known_device d
                    """) { try $0["row"] as String }
            }
            #expect(!rows.contains { $0.contains(token) || $0.contains(device) })
            #expect(rows.contains { $0.contains(Token.hash(token).hex) })
        }
    }
}

extension TestSite {
    /// Seconds until idle and until the end of Imran's session of a stage, besides the World's own.
    fileprivate func session(_ stage: String) async throws -> String? {
        try await truth.transaction { db in
            try db.first("""
                SELECT concat_ws(' ', extract(epoch FROM expires_at - now())::int,
                                 extract(epoch FROM ends_at - now())::int) AS words
                FROM app.session
                WHERE account_id = \(World.Staff.imran.account) AND id <> \(World.Staff.imran.session())
                  AND stage = \(stage)
                """) { try $0["words"] }
        }
    }
}

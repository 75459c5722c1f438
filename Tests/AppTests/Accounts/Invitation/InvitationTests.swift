import Foundation
import HTTPTypes
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Invitations", .needsClone)
struct InvitationTests {
    @Test func `a colleague chooses a password, sets up an authenticator, keeps the codes and signs in`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let browser = Browser(site)
            let first = try await browser.get(invited.link)
            #expect(first.text.contains("Wren Ashdown") && first.text.contains(invited.email))
            #expect(!first.text.contains("replace the old ones"))
            let (codes, authenticator) = try await Invited.setUp(browser, invited.link, site)
            #expect(codes.heading == "Your recovery codes")
            #expect(codes.markup.all("code").count == RecoveryCodes.count)
            #expect(browser.cookies[Cookies.pendingSetUp] == nil)
            #expect(browser.cookies[Cookies.session] == nil)
            #expect(try await Invited.signIn(site, invited.email, Invited.password, authenticator.code(site)))
            let recovery = codes.markup.all("code")[3].words
            #expect(try await Invited.signIn(site, invited.email, Invited.password, recovery))
            #expect(try await !Invited.signIn(site, invited.email, Invited.password, recovery))
            #expect(try await site.events("invitation-accepted", of: invited.account) == 1)
        }
    }

    @Test func `the code that confirmed the authenticator signs nobody in`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let browser = Browser(site)
            let (page, authenticator) = try await Invited.choosePassword(browser, invited.link)
            let code = authenticator.code(site)
            _ = try await browser.submit(page, ["code": code])
            #expect(try await !Invited.signIn(site, invited.email, Invited.password, code))
        }
    }

    @Test func `a link that is unknown, used, expired, replaced or whose account ended is the same missing page`()
        async throws {
        try await TestSite.rolledBack { site in
            let unknown = try await Browser(site).send(.get, "/invitations/" + Token.random())
            #expect(unknown.status == 404)
            func isMissing(_ link: String) async throws -> Bool {
                let answer = try await Browser(site).send(.get, link)
                return answer.status == 404 && answer.body == unknown.body && answer.headers == unknown.headers
            }
            #expect(try await isMissing("/invitations/x"))
            #expect(try await isMissing("/invitations/x/authenticator"))
            let used = try await Invited(site, email: "used@lighthouse.example")
            _ = try await Invited.setUp(Browser(site), used.link, site)
            #expect(try await isMissing(used.link))
            #expect(try await isMissing(used.link + "/authenticator"))
            let late = try await Invited(site, email: "late@lighthouse.example")
            try await site.change("UPDATE app.invitation SET expires_at = now() WHERE used_at IS NULL")
            #expect(try await isMissing(late.link))
            let gone = try await Invited(site, email: "gone@lighthouse.example")
            #expect(try await !isMissing(gone.link))
            try await site.change("UPDATE app.account SET ended_at = now() WHERE email = 'gone@lighthouse.example'")
            #expect(try await isMissing(gone.link))
        }
    }

    @Test func `nothing is in force, and nothing stored, before a code is right`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let browser = Browser(site)
            let (page, authenticator) = try await Invited.choosePassword(browser, invited.link)
            let long = String(repeating: "9", count: 9_000)
            for code in ["", "000000", "12345", "😀", "٣٣٣٣٣٣", "<script>alert(1)</script>", long] {
                let answer = try await browser.submit(page, ["code": code])
                #expect(answer.status == 422 && answer.errors.count == 1)
                #expect(try Invited.authenticator(on: answer).secret == authenticator.secret)
                #expect(try answer.form()["code"] == "")
            }
            let account = try await site.truth.transaction { db in
                try db.accountAtDoor(id: invited.account, in: World.north)
            }
            #expect(account?.passwordHash == nil && account?.totpSealed == nil)
            #expect(try await !Invited.signIn(site, invited.email, Invited.password, authenticator.code(site)))
            // The page may be left and opened again, or reloaded: the app has the key already.
            #expect(try Invited.authenticator(on: try await browser.get(page.path)).secret == authenticator.secret)
        }
    }

    @Test(arguments: [
        ("", "Enter a password"), ("too short", "12 characters or more"), (String(repeating: "ab c", count: 50), "128"),
        ("wrenashdown1", "name"), ("aaaaaaaaaaaa", "sequence"), ("<script>", "12 characters"), ("😀😀😀", "12 characters"),
    ])
    func `a weak password is refused in words and never given back`(password: String, words: String) async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let browser = Browser(site)
            let answer = try await browser.submit(browser.get(invited.link), ["password": password])
            #expect(answer.status == 422)
            #expect(answer.errors.first?.contains(words) == true)
            #expect(password.isEmpty || !answer.answer.body.contains("value=\"\(Markup.escaped(password))\""))
            #expect(browser.cookies[Cookies.pendingSetUp] == nil)
        }
    }

    @Test func `what the first step left behind opens in no other browser and with no other link`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let other = try await Invited(site, email: "other@lighthouse.example")
            let browser = Browser(site)
            _ = try await Invited.choosePassword(browser, invited.link)
            let thief = Browser(site)
            _ = try await thief.get(invited.link)
            thief.setCookie(Cookies.pendingSetUp, browser.cookies[Cookies.pendingSetUp])
            #expect(try await thief.get(invited.link + "/authenticator").heading == "Set up your account")
            #expect(try await browser.get(other.link + "/authenticator").heading == "Set up your account")
            site.clock.advance(by: 3_601)
            #expect(try await browser.get(invited.link + "/authenticator").heading == "Set up your account")
        }
    }

    @Test func `whoever is signed in signs out before accepting`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let imran = Browser(site, as: .imran)
            let page = try await imran.get(invited.link)
            #expect(page.heading == "You are signed in")
            #expect(try await imran.submit(page, to: "/sign-out").heading == "You are signed out")
            #expect(try await imran.get(invited.link).heading == "Set up your account")
        }
    }

    @Test func `neither the link nor anything typed reaches the log`() async throws {
        try await TestSite.rolledBack { site in
            let invited = try await Invited(site)
            let (codes, authenticator) = try await Invited.setUp(Browser(site), invited.link, site)
            let secrets = codes.markup.all("code").map(\.words) + [
                invited.link.split(separator: "/").last.map(String.init) ?? "", Invited.password, invited.email,
                Base32.encode(authenticator.secret), "Wren", "Ashdown",
            ]
            for line in site.log.lines {
                for secret in secrets { #expect(!line.contains(secret)) }
            }
        }
    }

    @Test func `fifty parallel last steps set the account up once and show one set of codes`() async throws {
        try await TestSite.committed { site in
            let invited = try await Invited(site)
            let browser = Browser(site)
            let (page, authenticator) = try await Invited.choosePassword(browser, invited.link)
            var form = try page.form()
            _ = form.fill(["code": authenticator.code(site)])
            let (cookies, sent) = (browser.cookies, form)
            let seen = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<50 {
                    group.addTask {
                        let again = Browser(site)
                        for (name, value) in cookies { again.setCookie(name, value) }
                        let answer = try await again.post(sent)
                        return Markup(answer.body).all("code").map(\.words)
                    }
                }
                return try await group.reduce(into: Set<[String]>()) { $0.insert($1) }
            }
            #expect(seen.count == 1 && seen.first?.count == RecoveryCodes.count)
            #expect(try await site.events("invitation-accepted", of: invited.account) == 1)
        }
    }
}

extension TestSite {
    /// Changes rows past every policy, to make a moment that tests can't wait for.
    func change(_ statements: String) async throws {
        try await truth.transaction { db in try db.script(statements) }
    }

    /// How often the audit log says `event` of an account.
    func events(_ event: String, of account: UUID) async throws -> Int {
        try await truth.transaction { db in
            try db.first("""
                SELECT count(*)::int AS n FROM app.audit_event WHERE event = \(event) AND subject_id = \(account)
                """) { try $0["n"] } ?? 0
        }
    }
}

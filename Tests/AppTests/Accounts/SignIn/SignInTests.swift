import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Signing in", .needsClone)
struct SignInTests {
    @Test func `password and code lead to the first page, in a new session each time the rights grow`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            try await browser.get("/sign-in")
            let form = browser.cookies[Cookies.form]
            let code = try await browser.password(of: .imran)
            let half = browser.cookies[Cookies.session]
            #expect(code.path == "/sign-in/code" && half?.count == 43)
            #expect(try await browser.send(.get, "/").status == 303, "a password alone opens nothing")
            let page = try await browser.submit(
                code, ["code": World.Staff.imran.authenticator.code(at: site.clock.now)])
            #expect(page.heading == "Today")
            let whole = browser.cookies[Cookies.session]
            #expect(whole != half && whole?.count == 43)
            #expect(form != nil)
            // The token of the first step is worth nothing now.
            let old = Browser(site)
            old.setCookie(Cookies.session, half)
            #expect(try await old.send(.get, "/").location == "/sign-in?next=/")
            #expect(try await site.auditLog().map(\.event) == ["signed-in"])
        }
    }

    @Test func `cookies are for this host only, secure, and out of reach of scripts`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let page = try await browser.get("/sign-in")
            var form = try page.form()
            _ = form.fill(["email": World.Staff.imran.email, "password": World.Staff.imran.password])
            let first = try await browser.post(form)
            let second = try await browser.get("/sign-in/code")
            var code = try second.form()
            _ = code.fill(["code": World.Staff.imran.authenticator.code(at: site.clock.now)])
            let answers = [page.answer, first, try await browser.post(code)]
            let cookies = answers.flatMap(\.cookies).filter { !$0.contains("Max-Age=0") }
            #expect(Set(cookies.map { $0.prefix { $0 != "=" } }) == ["__Host-form", "__Host-session", "__Host-device"])
            for cookie in cookies {
                for part in ["; Path=/;", "; Secure;", "; HttpOnly;", "; SameSite=Lax"] {
                    #expect((cookie + ";").contains(part), "\(cookie)")
                }
                #expect(!cookie.contains("Domain"))
            }
        }
    }

    @Test func `a wrong password, an unknown address, an ended account and no account answer the same bytes`()
        async throws {
        try await TestSite.rolledBack { site in
            let attempts = [
                (World.Staff.imran.email, "not his password at all"), ("nobody@harbour.example", "whatever it is"),
                (World.Staff.lena.email, World.Staff.lena.password),
                ("imran@south.example", World.Staff.imran.password),
            ]
            var bodies: Set<String> = []
            for (email, password) in attempts {
                let browser = Browser(site)
                let page = try await browser.submit(browser.get("/sign-in"), ["email": email, "password": password])
                #expect(page.status == 422)
                #expect(page.errors == ["The email address or password is not right"])
                #expect(browser.cookies[Cookies.session] == nil)
                #expect(!page.answer.body.contains(password))
                // What differs: the address as typed and the two tokens of this one form.
                var body = page.answer.body.replacing(email, with: "EMAIL")
                for token in ["csrf", "submission"] { body = body.replacing(try page.form()[token], with: token) }
                bodies.insert(body)
            }
            #expect(bodies.count == 1)
            #expect(try await site.auditLog().map(\.event) == Array(repeating: "sign-in-failed", count: 4))
        }
    }

    @Test func `addresses are the same in capitals, and space around them doesn't matter`() async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let page = try await browser.submit(browser.get("/sign-in"), [
                "email": "  IMRAN@Harbour.example ", "password": World.Staff.imran.password,
            ])
            #expect(page.heading == "Enter your code")
        }
    }

    @Test func `after five wrong passwords a stranger waits, and its owner's own device does not`() async throws {
        try await TestSite.committed { site in
            let own = Browser(site, from: "192.0.2.10")
            try await own.signIn(.imran)
            own.setCookie(Cookies.session, nil)
            let stranger = Browser(site, from: "198.51.100.7")
            var form = try await stranger.get("/sign-in").form()
            _ = form.fill(["email": World.Staff.imran.email, "password": "guessing and guessing"])
            for _ in 0..<6 { #expect(try await stranger.post(form).status == 422) }
            let refused = try await stranger.post(form)
            #expect(refused.status == 429)
            #expect(Int(refused["Retry-After"] ?? "").map { (1...4).contains($0) } == true)
            // Another stranger waits too, even with the right password; the owner's device signs in.
            let other = Browser(site, from: "203.0.113.9")
            #expect(try await other.password(of: .imran).status == 429)
            try await own.signIn(.imran, later: 1)
            site.clock.advance(by: 5)
            #expect(try await stranger.post(form).status == 422)
        }
    }

    @Test func `an address that tries everybody is slowed down, and others are not`() async throws {
        try await TestSite.committed { site in
            let robot = Browser(site, from: "198.51.100.8")
            var form = try await robot.get("/sign-in").form()
            var statuses: [Int] = []
            for number in 0..<40 {
                _ = form.fill(["email": "person\(number)@harbour.example", "password": "guessing and guessing"])
                statuses.append(try await robot.post(form).status)
            }
            #expect(statuses.prefix(30).allSatisfy { $0 == 422 })
            #expect(statuses.suffix(5).allSatisfy { $0 == 429 })
            try await Browser(site, from: "192.0.2.11").signIn(.imran)
        }
    }

    @Test func `a code works once, and so does a recovery code`() async throws {
        try await TestSite.rolledBack { site in
            let first = Browser(site)
            try await first.signIn(.imran)
            let second = Browser(site)
            let again = try await second.submit(
                second.password(of: .imran), ["code": World.Staff.imran.authenticator.code(at: site.clock.now)])
            #expect(again.errors.first?.hasPrefix("That code is not right, or it was used already") == true)

            let made = try await first.submit(first.get("/account"), to: "/account/recovery-codes")
            let codes = made.markup.all("code").map(\.words)
            #expect(Set(codes).count == 10)
            for (place, expected) in [(0, "Today"), (0, "Enter your code"), (1, "Today")] {
                let browser = Browser(site)
                let page = try await browser.submit(
                    browser.password(of: .imran), ["code": codes[place].lowercased().replacing("-", with: " ")])
                #expect(page.heading == expected)
            }
            // New ones end the old ones.
            _ = try await first.submit(first.get("/account"), to: "/account/recovery-codes")
            let late = Browser(site)
            #expect(try await late.submit(late.password(of: .imran), ["code": codes[2]]).status == 422)
            #expect(try await site.auditLog().filter { $0.event == "recovery-code-used" }.count == 2)
        }
    }

    @Test(arguments: ["", "000000", "12345", "1234567", "abcdef", "😀", "' OR 1=1 --", "\u{0661}\u{0662}\u{0663}456"])
    func `a code that is none is refused in words`(_ code: String) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let page = try await browser.submit(browser.password(of: .imran), ["code": code])
            #expect(page.status == 422)
            #expect(page.errors.count == 1)
        }
    }

    @Test(arguments: [
        ("/cases", "/cases"), ("//elsewhere.example", "/"), ("https://elsewhere.example", "/"), ("/exit", "/"),
        ("/sign-out", "/"), ("/cases?list=all", "/"), ("/a b", "/"), ("", "/"),
    ])
    func `after signing in one comes back to a place within`(_ next: String, _ lands: String) async throws {
        try await TestSite.rolledBack { site in
            let browser = Browser(site)
            let asked = next.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let landed = try await browser.signIn(.imran, at: "/sign-in?next=\(asked)")
            #expect(landed.path == lands)
        }
    }
}

import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Forms that are not ours", .needsClone)
struct ForgeryTests {
    private func filled(_ browser: Browser) async throws -> PageForm {
        var form = try await browser.get("/contacts/new").form()
        _ = form.fill(["channel": "helpline", "reason": "Rang", "outcome": "adviceGiven"])
        return form
    }

    @Test(arguments: ["", "csrf-imran", "csrf-hana ", "CSRF-HANA", "x"])
    func `a form without the token of its own session changes nothing`(_ token: String) async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            var form = try await filled(hana)
            form.forge("csrf", token)
            let before = try await site.fingerprint()
            let answer = try await hana.post(form)
            #expect(answer.status == 403)
            #expect(HouseChecks.headers(answer) == [])
            form.drop("csrf")
            #expect(try await hana.post(form).status == 403)
            #expect(try await site.fingerprint() == before)
        }
    }

    @Test(arguments: [
        ["Sec-Fetch-Site": "cross-site"], ["Sec-Fetch-Site": "same-site"], ["Sec-Fetch-Site": "none"],
        ["Sec-Fetch-Site": ""], ["Origin": "https://elsewhere.example"], ["Origin": "null"], ["Origin": ""],
        ["Origin": "http://127.0.0.1:8081"], ["Origin": "http://127.0.0.1"],
        ["Origin": "http://127.0.0.1:8080.elsewhere.example"], [:],
        // What the browser says of the site comes before what it says of the origin.
        ["Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8080"],
    ])
    func `a form that another site sent changes nothing, though its token is right`(_ headers: [String: String])
        async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let form = try await filled(hana)
            let before = try await site.fingerprint()
            var all = headers
            all["Cookie"] = "\(Cookies.session)=\(World.cookie("session-hana"))"
            all["Content-Type"] = "application/x-www-form-urlencoded"
            let answer = try await site.client.send(.post, "/contacts/new", all, body: form.body)
            #expect(answer.status == 403)
            #expect(try await site.fingerprint() == before)
        }
    }

    @Test func `an older browser says only from where, and is heard`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let form = try await filled(hana)
            let answer = try await site.client.send(.post, "/contacts/new", [
                "Cookie": "\(Cookies.session)=\(World.cookie("session-hana"))",
                "Content-Type": "application/x-www-form-urlencoded", "Origin": "http://127.0.0.1:8080",
            ], body: form.body)
            #expect(answer.status == 303)
        }
    }

    @Test func `the form for signing in belongs to the browser that it was shown to`() async throws {
        try await TestSite.rolledBack { site in
            let (browser, other) = (Browser(site), Browser(site))
            var form = try await browser.get("/sign-in").form()
            _ = form.fill(["email": World.Staff.imran.email, "password": World.Staff.imran.password])
            #expect(try await other.post(form).status == 403)
            _ = try await other.get("/sign-in")
            #expect(try await other.post(form).status == 403)
            form.forge("csrf", "")
            #expect(try await browser.post(form).status == 403)
        }
    }

    @Test func `nobody is signed out by another site`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let form = try await hana.get("/").form("/sign-out")
            let answer = try await hana.send(
                .post, "/sign-out", form: form.body, headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(answer.status == 403)
            #expect(try await hana.send(.get, "/account").status == 200)
        }
    }
}

import Foundation
import Postgres
import Testing
@testable import App

@Suite("New links for people who lost a password or a device", .needsClone)
struct RenewalTests {
    private func renew(_ site: TestSite, _ person: World.Staff) async throws -> String {
        let administrator = Browser(site, as: .adaeze)
        let path = "/accounts/\(person.account.uuidString.lowercased())"
        let page = try await administrator.press("make a new link", on: administrator.get(path))
        return try Invited.link(on: try await administrator.submit(page, ["check": "inPerson"]))
    }

    @Test func `sessions end at once; password and authenticator stay until both new ones are set`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            #expect(try await imran.get("/account").status == 200)
            let link = try await renew(site, .imran)
            #expect(try await imran.get("/account").heading == "Sign in")

            let (old, person) = (World.Staff.imran.authenticator, World.Staff.imran)
            #expect(try await Invited.signIn(site, person.email, person.password, old.code(site)))
            site.clock.advance(by: 60)
            let browser = Browser(site)
            #expect(try await browser.get(link).text.contains("replace the old ones"))
            let (page, authenticator) = try await Invited.choosePassword(browser, link)
            // Half-way: the old factor is the one that counts, and it confirms nothing.
            #expect(try await Invited.signIn(site, person.email, person.password, old.code(site)))
            #expect(try await browser.submit(page, ["code": old.code(site)]).status == 422)
            #expect(try await browser.submit(page, ["code": authenticator.code(site)]).status == 200)
            site.clock.advance(by: 60)
            #expect(try await !Invited.signIn(site, person.email, person.password, authenticator.code(site)))
            #expect(try await !Invited.signIn(site, person.email, Invited.password, old.code(site)))
            #expect(try await Invited.signIn(
                site, person.email, Invited.password, authenticator.code(site), from: "192.0.2.9"))
        }
    }

    @Test func `a second link ends the first, and how the person was recognised is in the audit log`() async throws {
        try await TestSite.rolledBack { site in
            let first = try await renew(site, .imran)
            let second = try await renew(site, .imran)
            #expect(try await Browser(site).get(first).status == 404)
            #expect(try await Browser(site).get(second).status == 200)
            let purposes = try await site.truth.transaction { db in
                try db.all("SELECT purpose FROM app.audit_event WHERE event = 'account-invited'") {
                    try $0["purpose"] as String?
                }
            }
            #expect(purposes == ["inPerson", "inPerson"])
        }
    }

    @Test func `without saying who was recognised how, and without a second press, there is no second link`()
        async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let path = "/accounts/\(World.Staff.imran.account.uuidString.lowercased())/invitation"
            let page = try await administrator.get(path)
            let refused = try await administrator.submit(page)
            #expect(refused.status == 422 && refused.errors == ["Choose how you made sure that it is them"])
            #expect(try await administrator.submit(refused, ["check": "byVideo"]).heading == "Invitation link")
            var again = try refused.form()
            _ = again.fill(["check": "byVideo"])
            #expect(try await administrator.submit(again).heading == "Imran Aldous")
            let links = try await site.truth.transaction { db in
                try db.first("SELECT count(*)::int AS n FROM app.invitation") { try $0["n"] as Int }
            }
            #expect(links == 1)
        }
    }
}

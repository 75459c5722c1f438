import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("New links for people who lost a password or a device", .needsClone)
struct RenewalTests {
    private func path(_ person: World.Staff) -> String { "/accounts/\(person.account.uuidString.lowercased())" }

    private func propose(_ site: TestSite, _ person: World.Staff, by proposer: World.Staff = .adaeze) async throws {
        let administrator = Browser(site, as: proposer)
        let page = try await administrator.press("propose a new link", on: administrator.get(path(person)))
        let told = try await administrator.submit(page, ["check": "inPerson"])
        #expect(told.text.contains("Another administrator must confirm it"))
    }

    private func confirming(_ site: TestSite, _ person: World.Staff) async throws -> (Browser, Seen) {
        let administrator = Browser(site, as: .gwen)
        let page = try await administrator.press("Confirm or refuse", on: administrator.get("/accounts"))
        #expect(page.heading == "Confirm a new link" && page.text.contains("Adaeze Thornbury"))
        #expect(page.text.contains("I met them in person"))
        return (administrator, page)
    }

    /// Where the form of that decision goes.
    static func address(_ decision: String, on page: Seen) throws -> String {
        try #require(page.markup.all("form").compactMap { $0["action"] }.first { $0.hasSuffix("/\(decision)") })
    }

    private func renew(_ site: TestSite, _ person: World.Staff) async throws -> String {
        try await propose(site, person)
        let (administrator, page) = try await confirming(site, person)
        return try Invited.link(on: try await administrator.submit(page, to: Self.address("confirm", on: page)))
    }

    private func count(_ site: TestSite, _ query: SQL) async throws -> Int {
        try await site.truth.transaction { db in try db.first(query) { try $0["n"] } ?? 0 }
    }

    @Test func `sessions end at once; password and authenticator stay until both new ones are set`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            #expect(try await imran.get("/account").status == 200)
            try await propose(site, .imran)
            #expect(try await imran.get("/account").heading == "Sign in")
            let (administrator, asked) = try await confirming(site, .imran)
            let link = try Invited.link(on: try await administrator.submit(asked, to: Self.address("confirm", on: asked)))

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

    @Test func `a second link ends the first, and who recognised the person how is in the audit log`() async throws {
        try await TestSite.rolledBack { site in
            let first = try await renew(site, .imran)
            let second = try await renew(site, .imran)
            #expect(try await Browser(site).get(first).status == 404)
            #expect(try await Browser(site).get(second).status == 200)
            let events = try await site.truth.transaction { db in
                try db.all("""
                    SELECT account_id, event || ' ' || coalesce(purpose, '') AS event FROM app.audit_event
                    WHERE subject_id = \(World.Staff.imran.account) ORDER BY at LIMIT 3
                    """) { row in "\(try row["event"] as String) \((try row["account_id"] as UUID).column.suffix(2))" }
            }
            #expect(events == [
                "renewal-proposed inPerson 14", "renewal-confirmed inPerson 18", "account-invited  18",
            ])
        }
    }

    @Test func `nobody confirms what they proposed, and a refusal makes no link`() async throws {
        try await TestSite.rolledBack { site in
            try await propose(site, .imran)
            let (gwen, page) = try await confirming(site, .imran)
            let address = try Self.address("refuse", on: page).replacing("/refuse", with: "")
            let proposer = Browser(site, as: .adaeze)
            #expect(try await proposer.send(.get, address).status == 404)
            let form = PageForm.encode([("csrf", "csrf-adaeze"), ("submission", UUID().column), ("version", "1")])
            #expect(try await proposer.send(.post, address + "/confirm", form: form).status == 404)
            #expect(try await gwen.submit(page, to: Self.address("refuse", on: page)).heading == "Imran Aldous")
            #expect(try await gwen.send(.get, address).status == 404)
            let confirm = PageForm.encode([("csrf", "csrf-gwen"), ("submission", UUID().column), ("version", "2")])
            #expect(try await gwen.send(.post, address + "/confirm", form: confirm).status == 303)
            #expect(try await count(site, "SELECT count(*)::int AS n FROM app.invitation") == 0)
            #expect(try await site.events("renewal-refused", of: World.Staff.imran.account) == 1)
        }
    }

    @Test func `the database itself takes no link for a set-up account from one administrator`() async throws {
        try await TestSite.rolledBack { site in
            let imran = World.Staff.imran.account
            do {
                try await site.services.database.transaction(session: World.Staff.adaeze.token()) { db in
                    try db.addInvitation("x", to: imran, by: World.Staff.adaeze.account, in: World.north)
                }
                Issue.record("it was taken")
            } catch let error as PostgresError {
                #expect(error.sqlState == "42501")
            }
            #expect(try await count(site, "SELECT count(*)::int AS n FROM app.invitation") == 0)
        }
    }

    @Test func `a proposal older than three days has to be made again`() async throws {
        try await TestSite.rolledBack { site in
            try await propose(site, .imran)
            try await site.change("UPDATE app.renewal SET proposed_at = now() - interval '73 hours'")
            let page = try await Browser(site, as: .gwen).get("/accounts")
            #expect(!page.text.contains("proposed a new link"))
        }
    }

    @Test func `without saying who was recognised how there is no proposal, and two presses make one`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let page = try await administrator.get(path(.imran) + "/invitation")
            let refused = try await administrator.submit(page)
            #expect(refused.status == 422 && refused.errors == ["Choose how you made sure that it is them"])
            var again = try refused.form()
            _ = again.fill(["check": "byVideo"])
            #expect(try await administrator.submit(again).heading == "Imran Aldous")
            #expect(try await administrator.submit(again).heading == "Imran Aldous")
            #expect(try await count(site, "SELECT count(*)::int AS n FROM app.renewal") == 1)
        }
    }

    @Test func `who is the only administrator is told of the server's command, and it makes the link`() async throws {
        try await TestSite.rolledBack { site in
            try await site.change("""
                UPDATE app.role_assignment SET ends_on = current_date - 2
                WHERE role = 'administrator' AND account_id = '\(World.Staff.gwen.account.uuidString)'
                """)
            let page = try await Browser(site, as: .adaeze).get(path(.imran) + "/invitation")
            #expect(page.text.contains("drystone renew --config FILE --email imran@harbour.example"))
            #expect(page.markup.all("form").allSatisfy { $0["action"]?.hasSuffix("/invitation") != true })
            let renewal = try RenewedByOperator(email: "Imran@harbour.example", check: "inPerson")
            let token = try await site.truth.transaction { db in try renewal.carryOut(db, slug: "north") }
            #expect(try await Browser(site).get("/invitations/\(token)").text.contains("replace the old ones"))
            let entry = try await site.truth.transaction { db in
                try db.first("""
                    SELECT account_id IS NULL AS by_system, detail FROM app.audit_event WHERE event = 'account-invited'
                    """) { row in (bySystem: try row["by_system"] as Bool, detail: try row["detail"] as String) }
            }
            #expect(entry?.bySystem == true && entry?.detail == #"{"again":true,"check":"inPerson"}"#)
        }
    }

    @Test func `the command refuses who is not there and how nobody is recognised`() async throws {
        #expect(throws: Founding.Refused.self) { try RenewedByOperator(email: "x@example.org", check: "byPost") }
        #expect(throws: Founding.Refused.self) { try RenewedByOperator(email: "x", check: "inPerson") }
        try await TestSite.rolledBack { site in
            let absent = try RenewedByOperator(email: "nobody@harbour.example", check: "inPerson")
            do {
                _ = try await site.truth.transaction { db in try absent.carryOut(db, slug: "north") }
                Issue.record("it made a link")
            } catch let refused as Founding.Refused {
                #expect(!refused.isUsage && refused.reason.contains("has no account of that address"))
            }
        }
    }
}

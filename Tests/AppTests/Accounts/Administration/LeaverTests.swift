import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Leavers", .needsClone)
struct LeaverTests {
    private func path(_ person: World.Staff) -> String { "/accounts/\(person.account.uuidString.lowercased())" }

    @Test func `a leaver is out with the next click, and for good`() async throws {
        try await TestSite.rolledBack { site in
            let (administrator, worker) = (Browser(site, as: .adaeze), Browser(site, as: .rosa))
            _ = try await administrator.submit(
                administrator.get(path(.rosa) + "/invitation"), ["check": "inPerson"])
            let gwen = Browser(site, as: .gwen)
            let proposed = try await gwen.press("Confirm or refuse", on: gwen.get("/accounts"))
            let link = try Invited.link(on: try await gwen.submit(
                proposed, to: RenewalTests.address("confirm", on: proposed)))
            #expect(try await Browser(site).get(link).status == 200)
            let person = World.Staff.rosa
            #expect(try await Invited.signIn(site, person.email, person.password, person.authenticator.code(site)))
            site.clock.advance(by: 60)

            let page = try await administrator.press("End this account", on: administrator.get(path(.rosa)))
            let ended = try await administrator.submit(page)
            #expect(ended.heading == "Rosa Kimathi-Bell" && ended.text.contains("Ended"))
            #expect(try await worker.get("/account").heading == "Sign in")
            #expect(try await !Invited.signIn(site, person.email, person.password, person.authenticator.code(site)))
            #expect(try await Browser(site).get(link).status == 404)
            #expect(try await site.events("account-ended", of: person.account) == 1)
            let open = try await site.truth.transaction { db in
                try db.first("""
                    SELECT count(*)::int AS n FROM app.role_assignment
                    WHERE account_id = \(person.account) AND (ends_on IS NULL OR ends_on > \(site.today))
                    """) { try $0["n"] as Int }
            }
            #expect(open == 0)
            // What has ended stays so.
            for ending in ["", "/roles", "/invitation", "/end"] {
                #expect(try await administrator.get(path(.rosa) + ending).path == path(.rosa))
            }
        }
    }

    @Test func `someone whose role was still to come leaves too`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let ended = try await administrator.submit(administrator.get(path(.tamsin) + "/end"))
            #expect(ended.text.contains("Withdrawn"))
        }
    }

    @Test func `an end decided on an old picture is shown the new one`() async throws {
        try await TestSite.rolledBack { site in
            let (adaeze, gwen) = (Browser(site, as: .adaeze), Browser(site, as: .gwen))
            let page = try await gwen.get(path(.hana) + "/end")
            _ = try await adaeze.submit(adaeze.get(path(.hana) + "/roles"), [
                "agency": World.harbour.uuidString.lowercased(), "role": "serviceManager",
            ])
            let conflict = try await gwen.submit(page)
            #expect(conflict.status == 409)
            #expect(try await site.events("account-ended", of: World.Staff.hana.account) == 0)
            #expect(try await gwen.submit(conflict).text.contains("Ended"))
        }
    }

    @Test func `somebody always remains who can manage accounts tomorrow`() async throws {
        try await TestSite.rolledBack { site in
            try await site.change("""
                UPDATE app.role_assignment SET ends_on = '\(site.today.column)'
                WHERE account_id = '\(World.Staff.adaeze.account.uuidString)'
                """)
            let administrator = Browser(site, as: .adaeze)
            let refused = try await administrator.submit(administrator.get(path(.gwen) + "/end"))
            #expect(refused.status == 422)
            #expect(refused.errors.first?.hasPrefix("Make somebody else an administrator first") == true)
            let role = try await administrator.press(
                "End Administrator, Harbour", on: administrator.get(path(.gwen)))
            #expect(try await administrator.submit(role).status == 422)
            #expect(try await Browser(site, as: .gwen).get("/accounts").status == 200)
        }
    }

    @Test func `two administrators who end each other at once leave one`() async throws {
        try await TestSite.committed { site in
            let (adaeze, gwen) = (Browser(site, as: .adaeze), Browser(site, as: .gwen))
            let hers = try await adaeze.get(path(.gwen) + "/end").form()
            let his = try await gwen.get(path(.adaeze) + "/end").form()
            async let first = adaeze.post(hers)
            async let second = gwen.post(his)
            _ = try await (first, second)
            let left = try await site.truth.transaction { db in
                try db.first("""
                    SELECT count(*)::int AS n FROM app.account
                    WHERE ended_at IS NULL AND id IN (\(World.Staff.adaeze.account), \(World.Staff.gwen.account))
                    """) { try $0["n"] as Int }
            }
            #expect(left == 1)
        }
    }
}

extension TestSite {
    fileprivate var today: Day { London.day(of: clock.now) }
}

import Foundation
import HTTPTypes
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Giving and ending roles", .needsClone)
struct RoleChangeTests {
    private let hana = "/accounts/\(World.Staff.hana.account.uuidString.lowercased())"
    private let manager: KeyValuePairs = ["agency": World.harbour.uuidString.lowercased(), "role": "serviceManager"]
    private let noDay: KeyValuePairs = ["last-day": "", "last-month": "", "last-year": ""]

    private func end(_ browser: Browser, _ role: String) async throws -> Seen {
        try await browser.press("End \(role)", on: browser.get(hana))
    }

    @Test func `a role that begins today needs a new session, and a second press gives no second one`() async throws {
        try await TestSite.rolledBack { site in
            let (administrator, worker) = (Browser(site, as: .adaeze), Browser(site, as: .hana))
            #expect(try await worker.get("/account").status == 200)
            var form = try await administrator.get(hana + "/roles").form()
            _ = form.fill(manager)
            for _ in 1...2 {
                #expect(try await administrator.submit(form).text.contains("Service manager"))
            }
            #expect(try await site.events("role-given", of: World.Staff.hana.account) == 1)
            #expect(try await worker.get("/account").heading == "Sign in")
        }
    }

    @Test func `a role to come leaves the session alone, and can be withdrawn`() async throws {
        try await TestSite.rolledBack { site in
            let (administrator, worker) = (Browser(site, as: .adaeze), Browser(site, as: .hana))
            let later = London.day(of: site.clock.now.addingTimeInterval(40 * 86_400))
            let page = try await administrator.submit(administrator.get(hana + "/roles"), [
                "agency": World.harbour.uuidString.lowercased(), "role": "serviceManager",
                "starts-day": "\(later.day)", "starts-month": "\(later.month)", "starts-year": "\(later.year)",
            ])
            #expect(page.text.contains(later.description))
            #expect(try await worker.get("/account").status == 200)
            let ended = try await administrator.submit(end(administrator, "Service manager, Harbour"), noDay)
            #expect(ended.text.contains("Withdrawn"))
        }
    }

    @Test func `the same role twice over the same days is refused`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let page = try await administrator.submit(administrator.get(hana + "/roles"), [
                "agency": World.harbour.uuidString.lowercased(), "role": "helplineWorker",
            ])
            #expect(page.status == 422)
            #expect(page.errors == ["They have this role at this agency in those days already"])
        }
    }

    @Test func `ended at once, the role and the open session are gone with the next click`() async throws {
        try await TestSite.rolledBack { site in
            let (administrator, worker) = (Browser(site, as: .adaeze), Browser(site, as: .hana))
            #expect(try await worker.get("/contacts/new").status == 200)
            let page = try await administrator.submit(end(administrator, "Helpline worker, Harbour"), noDay)
            #expect(page.text.contains("No role now"))
            #expect(try await worker.get("/contacts/new").heading == "Sign in")
            let person = World.Staff.hana
            let again = Browser(site)
            let second = try await again.submit(
                again.get("/sign-in"), ["email": person.email, "password": person.password])
            _ = try await again.submit(second, ["code": person.authenticator.code(site)])
            #expect(try await again.send(.get, "/contacts/new").status == 403)
        }
    }

    @Test func `a role ends after its last day; days that have gone or don't exist are refused`() async throws {
        try await TestSite.rolledBack { site in
            let (administrator, worker) = (Browser(site, as: .adaeze), Browser(site, as: .hana))
            let page = try await end(administrator, "Helpline worker, Harbour")
            for (day, month, year) in [("31", "2", "2031"), ("1", "1", "2020"), ("😀", "<b>", "x")] {
                let answer = try await administrator.submit(
                    page, ["last-day": day, "last-month": month, "last-year": year])
                #expect(answer.status == 422 && answer.errors.count == 1)
                #expect(try answer.form()["last-day"] == day)
            }
            let today = London.day(of: site.clock.now)
            let done = try await administrator.submit(page, [
                "last-day": "\(today.day)", "last-month": "\(today.month)", "last-year": "\(today.year)",
            ])
            #expect(done.text.contains("Ends \(today)"))
            #expect(try await worker.get("/contacts/new").status == 200)
        }
    }

    @Test func `the second of two administrators sees what the first did, keeps her words and decides`() async throws {
        try await TestSite.rolledBack { site in
            let (adaeze, gwen) = (Browser(site, as: .adaeze), Browser(site, as: .gwen))
            let hers = try await gwen.get(hana + "/roles")
            _ = try await adaeze.submit(adaeze.get(hana + "/roles"), manager)
            let conflict = try await gwen.submit(hers, [
                "agency": World.lighthouse.uuidString.lowercased(), "role": "idva",
            ])
            #expect(conflict.status == 409)
            #expect(conflict.text.contains("changed while you had it open"))
            #expect(conflict.text.contains("Service manager"))
            #expect(try conflict.form()["role"] == "idva")
            #expect(try await site.events("role-given", of: World.Staff.hana.account) == 1)
            #expect(try await gwen.submit(conflict).path == hana)
            #expect(try await site.events("role-given", of: World.Staff.hana.account) == 2)
        }
    }

    @Test func `a refused form keeps the version that was first seen`() async throws {
        try await TestSite.rolledBack { site in
            let (adaeze, gwen) = (Browser(site, as: .adaeze), Browser(site, as: .gwen))
            let hers = try await gwen.get(hana + "/roles")
            _ = try await adaeze.submit(adaeze.get(hana + "/roles"), manager)
            let refused = try await gwen.submit(hers, ["role": "idva"])
            #expect(refused.status == 422)
            let sent = try await gwen.submit(refused, ["agency": World.lighthouse.uuidString.lowercased()])
            #expect(sent.status == 409)
        }
    }

    @Test func `nobody changes her own account`() async throws {
        try await TestSite.rolledBack { site in
            let administrator = Browser(site, as: .adaeze)
            let own = "/accounts/\(World.Staff.adaeze.account.uuidString.lowercased())"
            let page = try await administrator.get(own)
            #expect(page.text.contains("Only another administrator can change it"))
            let role = World.id(.role, of: World.Staff.adaeze.account).uuidString.lowercased()
            for path in ["/roles", "/invitation", "/end", "/roles/\(role)/end"] {
                #expect(try await administrator.get(own + path).path == own)
                var form = try await administrator.get(hana + "/roles").form()
                _ = form.fill(manager)
                let answer = try await administrator.send(.post, own + path, form: form.body)
                #expect(answer.status == 303 && answer.location == own)
            }
            for event in ["role-given", "role-ended", "account-ended", "account-invited"] {
                #expect(try await site.events(event, of: World.Staff.adaeze.account) == 0)
            }
        }
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The rota", .needsClone)
struct RotaTests {
    private let who = "\(World.Staff.imran.account.column) \(World.harbour.column)"

    /// An hour of one day, far enough ahead to be free.
    private func answers(_ who: String, year: Int, kind: String = "onCall", until: String = "8pm") -> KeyValuePairs<String, String> {
        [
            "who": who, "kind": kind, "from-day": "1", "from-month": "6", "from-year": String(year), "from-time": "8am",
            "until-day": "1", "until-month": "6", "until-year": String(year), "until-time": until,
        ]
    }

    @Test func `the service manager sets it, it shows where it matters, and comes off again`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let next = London.day(of: site.clock.now).year + 1
            let page = try await sunita.submit(sunita.get("/team/rota"), answers(who, year: next), to: "/team/rota")
            #expect(page.path == "/team/rota" && page.text.contains("Imran AldousOn call1 Jun \(next), 08:00"))
            let form = try #require(page.forms.first { $0.action.contains(World.id(.rota, 1).column) })
            let after = try await sunita.submit(form)
            #expect(!after.text.contains("Hana WhitlockOn call"))
            #expect(try await Browser(site, as: .hana).get("/").text.contains("On call: Nobody is on the rota"))
            #expect(try await site.auditLog().map(\.event) == ["rota-set", "rota-ended"])
        }
    }

    @Test func `two are never on call at once, and what was typed is kept`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let now = London.day(of: site.clock.now.addingTimeInterval(86_400))
            let form: KeyValuePairs = [
                "who": who, "kind": "onCall", "from-day": "\(now.day)", "from-month": "\(now.month)", "from-year": "\(now.year)",
                "from-time": "9", "until-day": "\(now.day)", "until-month": "\(now.month)", "until-year": "\(now.year)",
                "until-time": "17:30",
            ]
            let refused = try await sunita.submit(sunita.get("/team/rota"), form, to: "/team/rota")
            #expect(refused.status == 422)
            #expect(refused.errors == ["Somebody is on call then already. Take them off first, or choose another time"])
            #expect(try refused.form("/team/rota")["until-time"] == "17:30")
            #expect(try refused.form("/team/rota")["who"] == who)
        }
    }

    @Test func `what can't be right is refused beside its field`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let page = try await sunita.get("/team/rota")
            let empty = try await sunita.submit(page, to: "/team/rota")
            #expect(empty.errors == [
                "Select whether they are on call or away", "Select who it is", "Enter the day of the start",
                "Start time must be a time, like 9am or 20:00", "Enter the day of the end",
                "End time must be a time, like 9am or 20:00",
            ])
            let turned = try await sunita.submit(page, answers(who, year: 2090, until: "7am"), to: "/team/rota")
            #expect(turned.errors == ["End must be after the start"])
            let past = try await sunita.submit(page, answers(who, year: 2001), to: "/team/rota")
            #expect(past.errors == ["End must be in the future"])
            var forged = try page.form("/team/rota")
            forged.forge("who", "\(World.Staff.lucia.account.column) \(World.lighthouse.column)")
            #expect(try await sunita.submit(forged).errors.contains("Select who it is"), "not of an agency of hers")
        }
    }
}

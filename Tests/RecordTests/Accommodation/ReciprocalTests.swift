import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Elm Homes offered two bedrooms for a fixed term to each case's tenant, who holds three for life; into Maya's (101) they
/// have moved.
@Suite("Reciprocals: landlords that house one another's tenants", .needsClone)
struct ReciprocalTests {
    private let list = "/cases/\(World.inessCase.column)/reciprocals"
    private let vale = World.id(.landlord, 1)
    private let elm = World.id(.landlord, 2)
    private let farton = World.id(.landlord, 3)

    private func step(
        _ who: Browser, _ path: String, _ state: String, _ more: KeyValuePairs<String, String> = [:], on day: Day
    ) async throws -> Seen {
        var form = try await who.get(path + "/next").form()
        form.forge("state", state)
        #expect(form.fill(more).isEmpty)
        _ = form.fill(["day-day": String(day.day), "day-month": String(day.month), "day-year": String(day.year)])
        return try await who.submit(form)
    }

    @Test func `a home is asked for, offered, accepted and moved into, and only then is it given`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, sunita) = (Browser(site, as: .hana), Browser(site, as: .sunita))
            let today = London.day(of: site.clock.now)
            let own = try await hana.submit(hana.get(list + "/new"), [
                "receiving": elm.column, "giving": elm.column, "bedrooms": "2", "tenancy": "assured",
            ])
            #expect(own.status == 422 && own.text.contains("Select another landlord than their own"))
            let asked = try await hana.submit(hana.get(list + "/new"), [
                "receiving": elm.column, "giving": farton.column, "bedrooms": "2", "tenancy": "assured",
                "excluded": "Norbury",
            ])
            #expect(asked.text.contains("Farton Council, elsewhere") && asked.text.contains("Norbury"))
            let early = try await step(hana, asked.path, "moved", on: today)
            #expect(early.status == 422)
            let offered = try await step(hana, asked.path, "offered", ["bedrooms": "1", "tenancy": "flexible"], on: today)
            #expect(offered.text.contains("1 bedroom instead of 2 bedrooms: this is not like for like"))
            #expect(offered.text.contains("They would lose a tenancy for life. A council must keep it"))
            let untold = try await step(hana, asked.path, "accepted", on: today)
            #expect(untold.errors == ["Tell them that they would lose a tenancy for life, and that they may say no"])
            _ = try await step(hana, asked.path, "accepted", ["knows": "yes"], on: today)
            #expect(try await sunita.get("/team/reciprocals").text.contains("Farton Council") == false)
            let moved = try await step(hana, asked.path, "moved", on: today)
            #expect(moved.text.contains("They moved in"))
            #expect(try await hana.get(asked.path + "/next").status == 404)
            let ledger = try await sunita.get("/team/reciprocals").text
            // By name: Elm Homes and Farton Council, then Elm Homes and Vale Council (Maya's).
            #expect(ledger.contains("Elm HomesFarton CouncilAll Elm Homes and Farton Council01Elm Homes owes 1"))
            #expect(ledger.contains("Elm HomesVale CouncilAll Elm Homes and Vale Council10Vale Council owes 1"))
            let rows = try await sunita.get(
                "/team/reciprocals/rows?one=\(elm.column)&other=\(farton.column)")
            #expect(rows.text.contains("Fewer bedrooms. No longer for life") && rows.text.contains("W-111"))
            #expect(!rows.text.contains("Ines") && !ledger.contains("Ines"))
            let events = try await site.auditLog().filter { $0.subject == World.inessCase }.map(\.event)
            #expect(events.contains("reciprocal-recorded") && events.count { $0 == "reciprocal-changed" } == 3)
        }
    }

    @Test func `a landlord has until a day to answer, which stands on the list until it did, and mistakes are corrected`()
        async throws {
        try await TestSite.rolledBack { site in
            let (hana, again) = (Browser(site, as: .hana), Browser(site, as: .hana))
            let today = London.day(of: site.clock.now)
            let asked = try await hana.submit(hana.get(list + "/new"), [
                "receiving": elm.column, "giving": farton.column, "bedrooms": "2", "tenancy": "assured",
            ])
            let due = WorkingDays.after(today, 5)
            #expect(asked.text.contains("To be answered by \(due)"))
            func clock(_ which: SQL) async throws -> Int {
                try await site.howMany("SELECT count(*)::int AS n FROM app.task WHERE kind = 'reciprocal' AND \(which)")
            }
            #expect(try await clock("detail = 'Farton Council' AND done_at IS NULL") == 1)
            // A correction moves it; the second of two editors is told.
            var form = try await hana.get(asked.path + "/edit").form(asked.path + "/edit")
            var late = try await again.get(asked.path + "/edit").form(asked.path + "/edit")
            let soon = today.adding(1)
            _ = form.fill([
                "giving": vale.column, "bedrooms": "3", "answer-day": String(soon.day), "answer-month": String(soon.month),
                "answer-year": String(soon.year),
            ])
            let mended = try await hana.submit(form)
            #expect(mended.text.contains("Vale Council") && mended.text.contains("To be answered by \(soon)"))
            #expect(try await clock("detail = 'Vale Council' AND due_at::date = \(soon)::date AND done_at IS NULL") == 1)
            _ = late.fill(["bedrooms": "1"])
            let told = try await again.submit(late)
            #expect(told.status == 409)
            _ = try await again.submit(told.form(asked.path + "/edit"))
            // Once a home is offered, who asks whom stays.
            _ = try await step(hana, asked.path, "offered", ["bedrooms": "3", "tenancy": "assured"], on: today)
            #expect(try await clock("done_at IS NULL") == 0)
            var fixed = try await hana.get(asked.path + "/edit").form(asked.path + "/edit")
            fixed.forge("giving", elm.column)
            _ = fixed.fill(["bedrooms": "2"])
            let kept = try await hana.submit(fixed)
            #expect(kept.text.contains("Farton Council, elsewhere") && kept.text.contains("2 bedrooms"))
            let events = try await site.auditLog().filter { $0.subject == World.inessCase }.map(\.event)
            #expect(events.count { $0 == "reciprocal-edited" } == 3)
        }
    }

    @Test func `a manager of another agency counts none of ours, and the other side of the wall finds nothing`() async throws {
        try await TestSite.rolledBack { site in
            let lowri = Browser(site, as: .lowri)
            let ledger = try await lowri.get("/team/reciprocals").text
            #expect(ledger.contains("Nobody has moved in yet"))
            #expect(try await lowri.get(
                "/team/reciprocals/rows?one=\(vale.column)&other=\(elm.column)").text.contains("nothing to open"))
            for who in [World.Staff.piers, .lucia] {
                let browser = Browser(site, as: who)
                #expect(try await browser.send(.get, list).status == 404)
                #expect(try await browser.send(.get, "/landlords").status == 403)
            }
            let own = "/cases/\(World.id(.record, 401).column)/reciprocals"
            #expect(try await Browser(site, as: .piers).send(.get, own).status == 404)
        }
    }

    @Test func `a second landlord of one name is refused, and the second of two editors is told`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let twice = try await sefa.submit(sefa.get("/landlords/new"), [
                "name": "Elm Homes", "kind": "council", "here": "yes",
            ])
            #expect(twice.status == 409 && twice.text.contains("is in the list already"))
        }
        try await TestSite.rolledBack { site in
            let (sefa, sunita) = (Browser(site, as: .sefa), Browser(site, as: .sunita))
            let late = try await sunita.get("/landlords/\(farton.column)/edit")
            _ = try await sefa.submit(sefa.get("/landlords/\(farton.column)/edit"), ["ended": "yes"])
            let told = try await sunita.submit(late, ["name": "Farton"])
            #expect(told.status == 409)
            // Who is asked no longer can't be chosen.
            let form = try await Browser(site, as: .hana).get(list + "/new")
            #expect(!form.text.contains("Farton") && form.text.contains("Elm Homes (here)"))
        }
    }
}

@Suite("The balance between landlords")
struct ReciprocalBalanceTests {
    private let alder = LedgerLandlord(id: UUID(), name: "Alder")
    private let birch = LedgerLandlord(id: UUID(), name: "Birch")
    private let cedar = LedgerLandlord(id: UUID(), name: "Cedar")

    @Test func `two landlords are one line, by bedrooms, and it says who owes whom`() throws {
        // By hand: Alder gave Birch two of 2 bedrooms and one of 3, and received one of 2: Birch owes two, one of each
        // size. Cedar and Birch gave one another one each, of different sizes: even, though not in each size.
        let pairs = ReciprocalBalance.pairs(of: [
            LedgerEntry(giving: alder, receiving: birch, bedrooms: 2, amount: 2),
            LedgerEntry(giving: birch, receiving: alder, bedrooms: 2, amount: 1),
            LedgerEntry(giving: alder, receiving: birch, bedrooms: 3, amount: 1),
            LedgerEntry(giving: cedar, receiving: birch, bedrooms: 1, amount: 1),
            LedgerEntry(giving: birch, receiving: cedar, bedrooms: 4, amount: 1),
        ])
        #expect(pairs.map { "\($0.one.name) \($0.other.name)" } == ["Alder Birch", "Birch Cedar"])
        let (first, second) = (try #require(pairs.first), try #require(pairs.last))
        #expect(first.sizes.map { [$0.bedrooms, $0.given, $0.received] } == [[2, 2, 1], [3, 1, 0]])
        #expect(first.given == 3 && first.received == 1)
        func words(_ pair: ReciprocalBalance, _ given: Int, _ received: Int) -> String {
            ReciprocalBalance.words(pair.one, pair.other, given: given, received: received)
        }
        #expect(words(first, first.given, first.received) == "Birch owes 2")
        #expect(second.sizes.map { [$0.bedrooms, $0.given, $0.received] } == [[1, 0, 1], [4, 1, 0]])
        #expect(words(second, second.given, second.received) == "Even")
        #expect(words(second, 0, 1) == "Birch owes 1")
    }

    @Test func `like for like loses nothing, whoever the landlords are; what is lost for life is said by whom the law binds`() {
        #expect(Reciprocal.losses(3, .secure, 3, .assured, .registeredProvider).isEmpty)
        #expect(Reciprocal.losses(2, .flexible, 3, .starter, .council).isEmpty)
        #expect(Reciprocal.losses(3, .secure, 2, .secure, .council).count == 1)
        #expect(Reciprocal.losses(2, .assured, 2, .introductory, .council).first?.contains("A council must keep it") == true)
        #expect(Reciprocal.losses(2, .secure, 2, .fixedTerm, .registeredProvider).first?.contains("binds councils only") == true)
        #expect(Reciprocal.losses(2, .secure, 2, .notKnown, .council) == [
            "They hold a tenancy for life. Ask which tenancy is offered",
        ])
    }
}

import Crypto
import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("How near a home is to who harms, told to its provider alone", .needsClone)
struct NearnessTests {
    /// Lighthouse's free unit lies at this postcode, and whoever harms Maya is recorded at the other.
    private func asked(_ site: TestSite, home: String, theirs: String) async throws -> (provider: Seen, asker: Seen) {
        let (hana, sefa) = (Browser(site, as: .hana), Browser(site, as: .sefa))
        let unit = "/units/\(World.id(.freeUnit, 2).column)/edit"
        var place = try await sefa.get(unit).form(unit)
        _ = place.fill(["address": "1 Hidden Row\n\(home)"])
        #expect(try await sefa.submit(place).status == 200)
        if !theirs.isEmpty {
            let harming = "/people/\(World.id(.person, 102).column)/addresses/new"
            var form = try await hana.get(harming).form(harming)
            _ = form.fill(["address": "2 Somewhere", "postcode": theirs, "protected": "no"])
            #expect(try await hana.submit(form).status == 200)
        }
        let search = "/cases/\(World.mayasCase.column)/housing/new"
        var need = try await hana.get(search).form(search)
        _ = need.fill(["women": "1"])
        let found = try await hana.submit(need)
        let path = try #require(found.links.first { $0.hasSuffix(World.id(.freeUnit, 2).column) })
        var hold = try await hana.get(path).form(path)
        _ = hold.fill(["hours": "24", "although": "They agree"])
        let held = try await hana.submit(hold)
        let offers = try await sefa.get("/units").links.filter { $0.contains("/units/asked/") }
        let offer = try #require(offers.last)
        let mine = try #require(held.links.first { $0.contains("/offers/") })
        return (try await sefa.get(offer), try await hana.get(mine))
    }

    @Test(arguments: [
        ("QL15 6AB", "ql15 6zz", Nearness.sector), ("QL15 6AB", "QL15 9AA", .district), ("QL15 6AB", "QL1 5AA", .none),
        ("QL15 6AB", "", .notKnown), ("no postcode", "QL15 6AB", .unitNotKnown),
    ])
    func `two addresses are compared, and only who runs the home learns how near`(
        _ home: String, _ theirs: String, _ nearness: Nearness
    ) async throws {
        try await TestSite.rolledBack { site in
            let (provider, asker) = try await asked(site, home: home, theirs: theirs)
            #expect(provider.text.contains(nearness.label))
            for one in Nearness.allCases { #expect(!asker.text.contains(one.label)) }
            for secret in ["Hidden", "6AB", "Somewhere", "6zz", "9AA"] {
                #expect(!provider.answer.body.contains(secret) && !asker.answer.body.contains(secret))
            }
        }
    }

    @Test func `how they were told where it is stands with the home, for both sides`() async throws {
        try await TestSite.rolledBack { site in
            let (sefa, path) = (Browser(site, as: .sefa), "/units/asked/\(World.id(.offer, 105).column)/told")
            var form = try await sefa.get(path).form(path)
            #expect(try await sefa.submit(form).errors == ["Select how they were told"])
            _ = form.fill(["how": "interpreter"])
            let told = try await sefa.submit(form)
            #expect(told.text.contains("Through an interpreter whom they trust"))
            let search = "/cases/\(World.id(.record, 105).column)/housing/\(World.id(.openHousing, 105).column)"
            let asker = try await Browser(site, as: .hana).get(search + "/offers/\(World.id(.offer, 105).column)")
            #expect(asker.text.contains("Through an interpreter whom they trust"))
            let events = try await site.howMany(
                "SELECT count(*)::int AS n FROM app.audit_event WHERE event = 'address-told'")
            #expect(events == 1)
        }
    }

    @Test func `tokens are of a district and a sector, and of nothing that is no postcode`() throws {
        let index = BlindIndex(SymmetricKey(size: .bits256))
        let (one, other) = (try #require(index.near("QL15 6AB")), try #require(index.near(" ql156zz ")))
        #expect(one == other && one.count == 2 && one[0] != one[1])
        #expect(index.near("QL15 7AB")?[0] == one[0] && index.near("QL15 7AB")?[1] != one[1])
        for wrong in ["", "QL15", "QL15 AAB", "Somewhere else entirely"] { #expect(index.near(wrong) == nil) }
        #expect(index.near(anywhereIn: "Flat 2\n1 Row\nQL15 6AB") == one)
    }
}

import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Out of area", .needsClone)
struct OutOfAreaTests {
    private let search = "/cases/\(World.inessCase.column)/housing/\(World.id(.openHousing, 111).column)"

    @Test func `a call is logged with its time, its reference and what was said; who refuses for no local connection is listed`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 900)
        try await TestSite.rolledBack(at: now) { site in
            let (hana, sunita) = (Browser(site, as: .hana), Browser(site, as: .sunita))
            let ahead = try await hana.submit(hana.get(search + "/elsewhere"), ["whom": "A council", "called-time": "23:59"])
            #expect(ahead.errors == ["The time must be in the past"])
            let asked = try await hana.submit(hana.get(search + "/elsewhere"), [
                "whom": "Farton Council", "reference": "R-77", "called-time": "14:05",
            ])
            #expect(asked.status == 200)
            let said = try await hana.submit(hana.get(asked.path), [
                "state": "refusedByService", "reasons": "noLocalConnection", "words": "Go back to your own council",
            ])
            #expect(said.text.contains("R-77") && said.text.contains("14:05"))
            let list = try await sunita.get("/team/homes/local-connection").text
            #expect(list.contains("Farton Council1") && list.contains("W-111"))
            #expect(list.contains("Go back to your own council"))
            #expect(try await Browser(site, as: .lowri).get("/team/homes/local-connection").text.contains("Nobody refused"))
        }
    }

    @Test func `how they travel is closed words, and of two who say so the second is told`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, imran) = (Browser(site, as: .hana), Browser(site, as: .imran))
            let late = try await imran.get(search + "/travel")
            let saved = try await hana.submit(hana.get(search + "/travel"), [
                "how": "train", "payer": "railToRefuge", "booked": "yes",
            ])
            #expect(saved.text.contains("Travel: By train. Who pays: Rail to Refuge (free train travel). Booked: yes"))
            let told = try await imran.submit(late, ["how": "taxi", "payer": "council", "booked": "no"])
            #expect(told.status == 409)
            #expect(try await site.auditLog().contains { $0.event == "travel-arranged" && $0.subject == World.inessCase })
            #expect(try await Browser(site, as: .lucia).send(.get, search + "/travel").status == 404)
        }
    }

    @Test func `households from outside that moved in are counted for the manager of the agency that houses them`() async throws {
        try await TestSite.rolledBack { site in
            let today = London.day(of: site.clock.now)
            func number(_ figure: HousingFigure, _ who: World.Staff) async throws -> Int {
                let words = try await Browser(site, as: who).get(
                    "/team/homes/rows?measure=\(figure.rawValue)&from=\(today.adding(-300).column)&until=\(today.column)").text
                return try #require(words.firstMatch(of: /Number ([0-9]+)/).flatMap { Int($0.1) })
            }
            // Each agency's first unit is let to a household from outside, and another's stay there has ended.
            #expect(try await number(.cameIn, .lowri) == 2)
            #expect(try await number(.movedIn, .lowri) == 2)
            _ = try await site.truth.transaction { db in
                try db.run("UPDATE app.unit_stay SET from_outside = 'notKnown' WHERE agency_id = \(World.lighthouse)")
            }
            #expect(try await number(.cameIn, .lowri) == 0)
            #expect(try await number(.movedIn, .lowri) == 2)
        }
    }
}

import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The ledger of homes asked for, as figures", .needsClone)
struct HousingFigureTests {
    /// All that Sunita's agency asked in three years.
    private func rows(_ figure: HousingFigure, _ who: Browser, _ site: TestSite) async throws -> Seen {
        let today = London.day(of: site.clock.now)
        return try await who.get(
            "/team/homes/rows?measure=\(figure.rawValue)&from=\(today.adding(-1_000).column)&until=\(today.column)")
    }

    private func number(_ figure: HousingFigure, _ who: Browser, _ site: TestSite) async throws -> Int {
        let words = try await rows(figure, who, site).text
        return try #require(words.firstMatch(of: /Number ([0-9]+)/).flatMap { Int($0.1) })
    }

    @Test func `refused by three and then placed is one household placed, and three refusals`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let before = (
                placed: try await number(.placed, sunita, site), refusals: try await number(.refusals, sunita, site),
                turnedAway: try await number(.turnedAway, sunita, site))
            // Rina's household, which lives in a home of Northfield Housing now.
            _ = try await site.truth.transaction { db in
                try db.run("""
                    INSERT INTO app.housing_offer (id, partnership_id, agency_id, case_id, person_id, request_id, asked_of,
                        state, asked_at, asked_by, answered_at, answered_by, reasons, main_reason)
                    SELECT gen_random_uuid(), partnership_id, agency_id, case_id, person_id, id, 'A service', 'refusedByService',
                           recorded_at, recorded_by, recorded_at, recorded_by, '{noSpace,noLocalConnection}', 'noSpace'
                    FROM app.housing_request, generate_series(1, 3) WHERE id = \(World.id(.openHousing, 109))
                    """)
            }
            let after = (
                placed: try await number(.placed, sunita, site), refusals: try await number(.refusals, sunita, site),
                turnedAway: try await number(.turnedAway, sunita, site))
            #expect(after == (before.placed, before.refusals + 3, before.turnedAway))
            let unlawful = try await number(.noLocalConnection, sunita, site)
            #expect(unlawful == 3)
            let page = try await sunita.get("/team/homes")
            #expect(page.text.contains("weighed most"))
        }
    }

    @Test func `every search stands in one ending, and every figure says what it counts and opens its rows`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            var amounts: [HousingFigure: Int] = [:]
            for figure in HousingFigure.allCases {
                let page = try await rows(figure, sunita, site)
                #expect(page.text.contains(figure.definition))
                amounts[figure] = try await number(figure, sunita, site)
                let links = page.markup.all("a").compactMap { $0["href"] }.filter { $0.contains("/housing/") }
                // Who lives in a unit nobody but its provider opens.
                #expect(links.count == (figure.isOfStays ? 0 : min(amounts[figure] ?? 0, 25)), "\(figure)")
            }
            let really = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.housing_request WHERE agency_id = \(World.harbour)
                """)
            #expect(amounts[.asked] == really && really == 12)
            // Each first one was refused once and lost, two go on, one is placed.
            #expect(amounts[.turnedAway] == 9 && amounts[.waiting] == 2 && amounts[.placed] == 1)
            #expect(amounts[.placedHere] == 1 && amounts[.placedAway] == 0 && amounts[.declined] == 0)
            let speeds: [HousingFigure] = [.sameNight, .within1, .within3, .within7, .later]
            #expect(speeds.reduce(0) { $0 + (amounts[$1] ?? 0) } == 1)
            #expect(amounts[.services] == 11 && amounts[.refusals] == 9)
        }
    }

    @Test func `a manager of another agency counts their own, and nobody else may look`() async throws {
        try await TestSite.rolledBack { site in
            let lowri = Browser(site, as: .lowri)
            let asked = try await number(.asked, lowri, site)
            // Not the restricted one that she may not see, nor the one that has moved away.
            #expect(asked == 3)
            for who in [World.Staff.hana, .sefa, .piers] {
                #expect(try await Browser(site, as: who).send(.get, "/team/homes").status == 403)
            }
        }
    }
}

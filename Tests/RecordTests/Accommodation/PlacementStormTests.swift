import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Several people at once ask, hold, answer, place, end and move out, in any order, while holds run out.
@Suite("Homes that many people ask for at once", .needsClone)
struct PlacementStormTests {
    /// Chance that is the same each time; what comes first between two people is not.
    private struct Dice {
        var state: UInt64

        mutating func below(_ limit: Int) -> Int {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int((state >> 33) % UInt64(max(1, limit)))
        }

        mutating func pick<T>(_ all: [T]) -> T? { all.isEmpty ? nil : all[below(all.count)] }
    }

    /// How many times each does something; many more in the long run.
    private static let rounds = ProcessInfo.processInfo.environment["TEST_LONG"]?.isEmpty == false ? 400 : 16

    @Test func `no home has two households, none is held for nobody, and every search ends in one way`() async throws {
        try await TestSite.committed { site in
            try await makeRoom(site)
            try await withThrowingTaskGroup(of: Void.self) { group in
                let askers: [(World.Staff, [Int])] = [(.hana, [105, 111]), (.imran, [101, 109]), (.lucia, [201, 203])]
                for (place, asker) in askers.enumerated() {
                    group.addTask { try await self.ask(Browser(site, as: asker.0), asker.1, Dice(state: UInt64(place + 1))) }
                }
                group.addTask { try await self.provide(Browser(site, as: .sefa), Dice(state: 77)) }
                group.addTask { try await self.letTimePass(site) }
                try await group.waitForAll()
            }
            try await check(site)
        }
    }

    /// Every home is large enough, and for everybody.
    private func makeRoom(_ site: TestSite) async throws {
        try await site.truth.transaction { db in
            try db.run("UPDATE app.accommodation_service SET sons = 'anyAge', oldest_son = NULL, takes = 'anyone'")
            try db.run("UPDATE app.housing_unit SET bedspaces = 9, bedrooms = 4, most_adults = 4, most_children = 8")
        }
    }

    private func ask(_ who: Browser, _ cases: [Int], _ chance: Dice) async throws {
        var dice = chance
        for _ in 0..<Self.rounds {
            let housing = "/cases/\(World.id(.record, dice.pick(cases) ?? 105).column)/housing"
            // Leads to the search that goes on, if there is one.
            var page = try await who.get(housing + "/new")
            if page.path.hasSuffix("/new") {
                var form = try page.form(housing + "/new")
                _ = form.fill(["women": "1", "consents": "yes", "funds": "publicFunds"])
                page = try await who.submit(form)
            }
            let offers = page.links.filter { $0.contains("/offers/") }, units = page.links.filter { $0.contains("/units/") }
            if dice.below(8) == 0 {
                try await post(who, page.path + "/end", ["outcome": dice.pick(["noContact", "street"]) ?? "street"])
            } else if let unit = dice.pick(units) {
                try await post(who, unit, ["hours": "24", "although": "They agree"])
            } else if let offer = offers.first {
                try await answer(who, offer, &dice)
            }
        }
    }

    private func provide(_ who: Browser, _ chance: Dice) async throws {
        var dice = chance
        for _ in 0..<Self.rounds {
            let page = try await who.get("/units")
            if let asked = dice.pick(page.links.filter { $0.contains("/units/asked/") }), dice.below(3) > 0 {
                try await answer(who, asked, &dice)
            } else if let unit = dice.pick([World.id(.unit, 2), World.id(.freeUnit, 2), World.id(.heldUnit, 2)]) {
                let today = London.day(of: .now)
                try await post(who, "/units/\(unit.column)/next", [
                    "step": "movedOut", "left-to": "socialTenancy", "left-because": "plannedMove",
                    "day-day": String(today.day), "day-month": String(today.month), "day-year": String(today.year),
                ])
            }
        }
    }

    private func letTimePass(_ site: TestSite) async throws {
        for _ in 0..<Self.rounds {
            _ = try await site.truth.transaction { db in
                try db.run("""
                    WITH over AS (UPDATE app.housing_offer SET held_until = now() - interval '1 minute'
                                  WHERE id = (SELECT id FROM app.housing_offer WHERE state IN ('held', 'accepted')
                                              ORDER BY random() LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id)
                    UPDATE app.unit_time SET held_until = now() - interval '1 minute'
                    WHERE kind = 'hold' AND offer_id IN (SELECT id FROM over)
                    """)
            }
            try await Task.sleep(for: .milliseconds(60))
        }
    }

    private func answer(_ who: Browser, _ path: String, _ dice: inout Dice) async throws {
        let states = ["accepted", "placed", "placed", "refusedByService", "declinedByClient", "withdrawn", "noContact"]
        let state = dice.pick(states) ?? "placed"
        let reason = ["refusedByService": "noSpace", "declinedByClient": "declinedOther"][state]
        try await post(who, path, reason.map { ["state": state, "reasons": $0] } ?? ["state": state])
    }

    /// Fills in a form if it is still there, and sends it: saved, refused in words, or overtaken; never a fault.
    private func post(_ who: Browser, _ path: String, _ answers: [String: String]) async throws {
        let shown = try await who.send(.get, path)
        #expect([200, 303, 404].contains(shown.status), "\(path)")
        // What is answered has no form any more.
        let forms = Seen(path: path, answer: shown).forms
        guard shown.status == 200, var form = forms.first(where: { $0.action == path }) else { return }
        for (name, value) in answers where form.controls.contains(where: { $0.name == name }) { form.forge(name, value) }
        let status = try await who.post(form).status
        let why = who.site.log.lines.filter { $0.contains("unavailable") }
        #expect([303, 404, 409, 422].contains(status), "\(path): \(status) \(why)")
    }

    private func check(_ site: TestSite) async throws {
        let offenders: [(String, SQL)] = [
            ("two at one time", """
                SELECT count(*)::int AS n FROM app.unit_time a JOIN app.unit_time b ON b.unit_id = a.unit_id AND b.id > a.id
                WHERE a.during && b.during
                """),
            ("held for nobody", """
                SELECT count(*)::int AS n FROM app.unit_time t LEFT JOIN app.housing_offer o ON o.id = t.offer_id
                WHERE t.kind = 'hold' AND (o.state IS NULL OR o.state NOT IN ('held', 'accepted'))
                """),
            ("placed without a home", """
                SELECT count(*)::int AS n FROM app.housing_offer o WHERE o.state = 'placed' AND o.unit_id IS NOT NULL
                  AND (SELECT count(*) FROM app.unit_time t WHERE t.offer_id = o.id AND t.kind = 'stay') <> 1
                """),
            ("placed and not ended so", """
                SELECT count(*)::int AS n FROM app.housing_offer o JOIN app.housing_request q ON q.id = o.request_id
                WHERE o.state = 'placed' AND q.outcome IS DISTINCT FROM 'placed'
                """),
            ("ended so and not placed once", """
                SELECT count(*)::int AS n FROM app.housing_request q WHERE q.outcome = 'placed'
                  AND (SELECT count(*) FROM app.housing_offer o WHERE o.request_id = q.id AND o.state = 'placed') <> 1
                """),
            ("ended, and something is held", """
                SELECT count(*)::int AS n FROM app.housing_offer o JOIN app.housing_request q ON q.id = o.request_id
                WHERE q.outcome IS NOT NULL AND o.state IN ('held', 'accepted')
                """),
            ("two held for one household", """
                SELECT count(*)::int AS n FROM (SELECT request_id FROM app.housing_offer
                    WHERE state IN ('held', 'accepted', 'placed') GROUP BY 1 HAVING count(*) > 1) twice
                """),
        ]
        for (what, statement) in offenders {
            let found = try await site.howMany(statement)
            #expect(found == 0, "\(what)")
        }
        // Each stay that came by an offer is kept with how many came.
        let uncounted = try await site.howMany("""
            SELECT count(*)::int AS n FROM app.unit_time t JOIN app.housing_offer o ON o.id = t.offer_id
            WHERE t.kind = 'stay' AND NOT EXISTS (SELECT FROM app.unit_stay y WHERE y.time_id = t.id)
              AND substr(t.id::text, 20, 4) <> 'ac23'
            """)
        #expect(uncounted == 0)
        let placed = try await site.howMany(
            "SELECT count(*)::int AS n FROM app.housing_offer WHERE state = 'placed' AND unit_id IS NOT NULL")
        // Those of the cast, one in each partnership, are there before.
        #expect(placed > 2, "something came of it")
    }
}

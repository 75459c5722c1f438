import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What a provider is asked by others, and all of it as figures", .needsClone)
struct EnquiryTests {
    private func put(_ who: Browser, _ answers: KeyValuePairs<String, String>) async throws -> Seen {
        var form = try await who.get("/units/enquiries/new").form("/units/enquiries/new")
        _ = form.fill(answers)
        return try await who.submit(form)
    }

    /// A year of a place as a source document counts it: 13 asked for, 8 placed, and the others for five reasons.
    private func countedYear(_ site: TestSite) async throws {
        _ = try await site.truth.transaction { db in
            try db.run("""
                INSERT INTO app.housing_enquiry (id, partnership_id, agency_id, service_id, asked_on, route, from_outside,
                    home_area_id, adults, children, state, reasons, main_reason, answered_on, recorded_at, recorded_by)
                SELECT gen_random_uuid(), s.partnership_id, s.agency_id, s.id, date '2020-04-01' + e.n::int * 27, 'helpline',
                       'no', \(World.upperVale), 1, (e.n % 3)::int, e.state,
                       CASE WHEN e.reason = '' THEN '{}' ELSE ARRAY[e.reason] END, nullif(e.reason, ''),
                       date '2020-04-02' + e.n::int * 27, now(), s.recorded_by
                FROM app.accommodation_service s, (VALUES (0, 'placed', ''), (1, 'placed', ''), (2, 'placed', ''),
                    (3, 'placed', ''), (4, 'placed', ''), (5, 'placed', ''), (6, 'placed', ''), (7, 'placed', ''),
                    (8, 'declinedByClient', 'disengaged'), (9, 'declinedByClient', 'disengaged'),
                    (10, 'declinedByClient', 'wantsNoSupport'), (11, 'withdrawn', 'metElsewhere'),
                    (12, 'noContact', 'noContact')) AS e(n, state, reason)
                WHERE s.id = \(World.id(.service, 2))
                """)
        }
    }

    @Test func `an enquiry is put down, changed, and refused where it contradicts itself`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let refused = try await put(sefa, [
                "route": "police", "from": "outside", "adults": "1", "state": "refusedByService", "reasons": "disengaged",
            ])
            #expect(refused.errors == [
                "Where the service says no, a reason of the service weighs most", "Enter the day on which it was answered",
            ])
            var again = try refused.form("/units/enquiries/new")
            again.drop("reasons")
            _ = again.fill(["children": "2", "state": "asked"])
            let listed = try await sefa.submit(again)
            #expect(listed.text.contains("1 adult, 2 childrenOutside"))
            let path = try #require(listed.links.first { $0.hasPrefix("/units/enquiries/") && !$0.hasSuffix("new") })
            var form = try await sefa.get(path).form(path)
            _ = form.fill(["state": "placed"])
            let today = London.day(of: site.clock.now)
            _ = form.fill([
                "answered-day": String(today.day), "answered-month": String(today.month),
                "answered-year": String(today.year),
            ])
            let changed = try await sefa.submit(form)
            #expect(changed.status == 200 && changed.text.contains("They moved in"))
            // Whoever runs no home, or another's, finds nothing.
            #expect(try await Browser(site, as: .hana).send(.get, path).status != 200)
            #expect(try await sefa.send(.get, "/units/enquiries/\(World.id(.enquiry, 3).column)").status == 404)
        }
    }

    @Test func `8 of 13 were placed, 62 in a hundred, and each reason stands with its number`() async throws {
        try await TestSite.rolledBack { site in
            try await countedYear(site)
            let sefa = Browser(site, as: .sefa)
            let page = try await sefa.get("/units/figures?year=2020&place=\(World.upperVale.column)&by=reason")
            #expect(page.text.contains("8 of 13 (62%) were placed"))
            for line in [
                "They broke off2020", "They want no support with it1010",
                "They got what they need in another way1001", "They could not be reached1001",
            ] { #expect(page.text.contains(line), "\(line)") }
            // The quarters add up to the year, and the outcomes to what was asked for.
            let asked = page.markup.all("a").filter { $0["href"]?.contains("measure=asked") ?? false }
                .compactMap { $0.words.split(separator: " ").first.flatMap { Int($0) } }
            #expect(asked == [4, 3, 4, 2, 13])
            let elsewhere = try await sefa.get("/units/figures?year=2020&place=outside")
            #expect(elsewhere.text.contains("Nothing was asked for in this period"))
            let bySize = try await sefa.get("/units/figures?year=2020&by=size")
            #expect(bySize.text.contains("1 adult alone53") && bySize.text.contains("1 adult, 1 child43"))
            let rows = try await sefa.get("/units/figures/rows?measure=placed&from=2020-04-01&until=2021-03-31")
            #expect(rows.text.contains("Number 8") && rows.text.contains(ProviderFigure.placed.definition))
            #expect(rows.links.filter { $0.hasPrefix("/units/enquiries/") }.count == 8)
        }
    }

    @Test func `what was asked through the partnership counts beside it, and another provider counts their own`() async throws {
        try await TestSite.rolledBack { site in
            let today = London.day(of: site.clock.now)
            let days = "from=\(today.adding(-400).column)&until=\(today.column)"
            let page = try await Browser(site, as: .sefa).get("/units/figures/rows?measure=asked&\(days)")
            // The home that is held for Olive's household, and what the police asked.
            #expect(page.text.contains("Number 2"))
            #expect(page.links.contains("/units/asked/\(World.id(.offer, 105).column)"))
            let waiting = try await Browser(site, as: .sefa).get("/units/figures/rows?measure=waiting&\(days)")
            #expect(waiting.text.contains("Number 1"))
        }
    }

    @Test func `shares are rounded half up, and of nothing there is none`() {
        #expect(outcomeShare(8, of: 13) == "8 of 13 (62%)")
        #expect(outcomeShare(1, of: 8) == "1 of 8 (13%)")
        #expect(outcomeShare(129, of: 252) == "129 of 252 (51%)")
        #expect(outcomeShare(0, of: 0) == "none")
    }
}

import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Whoever asked for a home learns what came of it", .needsClone)
struct HousingNewsTests {
    private let mayasSearch = "/cases/\(World.mayasCase.column)/housing"
    private let lighthousesUnit = World.id(.freeUnit, 2)

    /// Hana holds Lighthouse's free home for Maya; the path of the search.
    private func hold(_ site: TestSite) async throws -> String {
        let hana = Browser(site, as: .hana)
        var form = try await hana.get(mayasSearch + "/new").form(mayasSearch + "/new")
        _ = form.fill(["women": "1", "consents": "yes"])
        let found = try await hana.submit(form)
        let path = try #require(found.links.first { $0.hasSuffix(lighthousesUnit.column) })
        var hold = try await hana.get(path).form(path)
        _ = hold.fill(["hours": "2", "although": "They agree"])
        _ = try await hana.submit(hold)
        return found.path
    }

    private func asked(_ sefa: Browser) async throws -> String {
        // What runs out first is at the head.
        try #require(try await sefa.get("/units").links.first { $0.contains("/units/asked/") })
    }

    @Test func `a no with its reason stands on her list at once, in place of the clock, until she opens the search`()
        async throws {
        try await TestSite.rolledBack { site in
            let (hana, sefa) = (Browser(site, as: .hana), Browser(site, as: .sefa))
            let search = try await hold(site)
            #expect(try await hana.get("/").text.contains("A home is held until then"))
            let path = try await asked(sefa)
            var no = try await sefa.get(path).form(path)
            _ = no.fill(["state": "refusedByService", "main": "pets"])
            no.tick("reasons", "pets")
            no.tick("reasons", "staff")
            _ = try await sefa.submit(no)
            let day = try await hana.get("/")
            #expect(day.text.contains("News of a home") && day.links.contains(search))
            #expect(day.text.contains("The service said no: animals, and 1 more reason"))
            #expect(!day.text.contains("A home is held until then"))
            // A colleague who opens it takes nothing from her list.
            _ = try await Browser(site, as: .imran).send(.get, search)
            #expect(try await hana.get("/").text.contains("News of a home"))
            _ = try await hana.get(search)
            #expect(try await !hana.get("/").text.contains("News of a home"))
        }
    }

    @Test func `a yes moves the clock, and that they were told is one more word of the same news`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, sefa) = (Browser(site, as: .hana), Browser(site, as: .sefa))
            _ = try await hold(site)
            let path = try await asked(sefa)
            var yes = try await sefa.get(path).form(path)
            _ = yes.fill(["state": "accepted"])
            _ = try await sefa.submit(yes)
            var told = try await sefa.get(path + "/told").form(path + "/told")
            _ = told.fill(["how": "voice"])
            _ = try await sefa.submit(told)
            let day = try await hana.get("/")
            #expect(day.text.contains("The service said yes. They were told where it is"))
            #expect(day.answer.body.ranges(of: "News of a home").count == 1)
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.task t JOIN app.housing_offer o ON o.request_id = t.request_id
                WHERE t.kind = 'housing' AND t.done_at IS NULL AND o.state = 'accepted' AND t.due_at = o.held_until
                """) == 1)
            // It is ended by hand as others are.
            let done = try #require(day.forms.last { $0.action.hasSuffix("/done") && $0.action.hasPrefix("/tasks/") })
            #expect(try await hana.submit(done).status == 200)
        }
    }

    @Test func `what she put down herself is no news to her, and a hold that ran out says so`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let search = try await hold(site)
            _ = try await site.truth.transaction { db in
                try db.run("""
                    UPDATE app.task SET due_at = now() - interval '1 hour' WHERE kind = 'housing' AND done_at IS NULL
                    """)
            }
            #expect(try await hana.get("/").text.contains("The time of a home that was held ran out"))
            let path = try #require(try await hana.get(search).links.first { $0.contains("/offers/") })
            var no = try await hana.get(path).form(path)
            _ = no.fill(["state": "withdrawn"])
            _ = try await hana.submit(no)
            let day = try await hana.get("/").text
            #expect(!day.contains("News of a home") && !day.contains("ran out"))
        }
    }

    @Test func `the database says each reason as the pages do`() async throws {
        try await TestSite.rolledBack { site in
            try await site.truth.transaction { db in
                for reason in HousingReason.allCases {
                    let words = try db.first("SELECT app.reason_words(\(reason.rawValue)) AS words") {
                        try $0["words"] as String
                    }
                    #expect(words == reason.label)
                }
            }
        }
    }
}

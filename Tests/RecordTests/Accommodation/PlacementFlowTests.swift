import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Somewhere safe: from need to placement, and nothing of where to anybody else", .needsClone)
struct PlacementFlowTests {
    private let mayasSearch = "/cases/\(World.mayasCase.column)/housing"
    private let lighthousesUnit = World.id(.freeUnit, 2)

    /// A mother with three children, one a boy of 15, and a dog.
    private let family: KeyValuePairs = [
        "women": "1", "age-1": "4", "sex-1": "girl", "age-2": "9", "sex-2": "girl", "age-3": "15", "sex-3": "boy",
        "pets": "dog", "access": "none", "needs": "none", "funds": "publicFunds", "staffing": "daytime", "expecting": "no",
        "unsafe": "none", "consents": "yes", "words": "The boy has <u>epilepsy</u>",
    ]

    /// Lighthouse's homes, as they would have to be for that family.
    private func makeRoom(_ site: TestSite) async throws {
        try await site.truth.transaction { db in
            try db.run("UPDATE app.accommodation_service SET sons = 'anyAge', oldest_son = NULL")
            try db.run("""
                UPDATE app.housing_unit SET bedspaces = 5, bedrooms = 3, most_children = 3, dogs = 'yes'
                WHERE id = \(lighthousesUnit)
                """)
        }
    }

    private func seek(_ hana: Browser) async throws -> Seen {
        var form = try await hana.get(mayasSearch + "/new").form(mayasSearch + "/new")
        _ = form.fill(family)
        return try await hana.submit(form)
    }

    private func hold(_ hana: Browser, _ found: Seen, hours: String = "24") async throws -> Seen {
        let path = try #require(found.links.first { $0.hasSuffix(lighthousesUnit.column) })
        var form = try await hana.get(path).form(path)
        _ = form.fill(["hours": hours])
        return try await hana.submit(form)
    }

    private func answer(_ who: Browser, _ page: Seen, _ answers: KeyValuePairs<String, String>) async throws -> Seen {
        let path = try #require(page.links.first { $0.contains("/offers/") || $0.contains("/units/asked/") })
        var form = try await who.get(path).form(path)
        _ = form.fill(answers)
        return try await who.submit(form)
    }

    @Test func `the next search opens with what was said of them, and with what the case has found out since`()
        async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let found = try await seek(hana)
            var end = try await hana.get(found.path + "/end").form(found.path + "/end")
            _ = end.fill(["outcome": "bedAndBreakfast"])
            _ = try await hana.submit(end)
            let again = try await hana.get(mayasSearch + "/new").form(mayasSearch + "/new")
            for (field, value) in ["pets": "dog", "access": "none", "needs": "none", "staffing": "daytime", "unsafe": "none",
                                   "funds": "publicFunds", "consents": "", "words": "", "age-1": ""] {
                #expect(again[field] == value, "\(field)")
            }
            try await site.alter("""
                UPDATE app.need SET kind = 'substances' WHERE id = \(World.id(.need, 101))
                """, """
                UPDATE app.need_change SET state = 'open' WHERE need_id = \(World.id(.need, 101))
                """)
            let later = try await hana.get(mayasSearch + "/new").form(mayasSearch + "/new")
            #expect(later["needs"] == "substances")
        }
    }

    @Test func `a mother with three children, one a boy of 15, and a dog, is placed at night`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, sefa) = (Browser(site, as: .hana), Browser(site, as: .sefa))
            let nothing = try await seek(hana)
            #expect(nothing.text.contains("Nothing here is for them today"))
            #expect(nothing.text.contains("A son is too old for it"))
            #expect(nothing.text.contains("The boy has <u>epilepsy</u>") && !nothing.answer.body.contains("<u>"))
            try await makeRoom(site)
            let found = try await hana.get(nothing.path)
            #expect(found.text.contains("Unit 12, Lighthouse"))
            let held = try await hold(hana, found)
            #expect(held.text.contains("Unit 12, Lighthouse: held for them until"))
            #expect(try await sefa.get("/vacancies").text.contains("Unit 12") == false)
            // Whoever runs it reads what they need, and no name.
            let asked = try await sefa.get("/units")
            #expect(asked.text.contains("Held for a household"))
            let path = try #require(asked.links.last { $0.contains("/units/asked/") })
            let needs = try await sefa.get(path)
            #expect(needs.text.contains("1 woman, 3 children (4, 9, 15)"))
            #expect(!needs.answer.body.contains("Maya") && !needs.answer.body.contains("Castell"))
            let placed = try await answer(hana, held, ["state": "placed"])
            #expect(placed.text.contains("They moved in."))
            #expect(try await sefa.get("/units/\(lighthousesUnit.column)").text.contains("1 adult, 3 children"))
            #expect(try await site.howMany(
                "SELECT count(*)::int AS n FROM app.unit_time WHERE kind = 'hold' AND unit_id = \(lighthousesUnit)") == 0)
        }
    }

    @Test func `several households are looked at together, each with a home of its own or none`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            try await makeRoom(site)
            _ = try await seek(hana)
            let page = try await hana.get("/vacancies/searches")
            // Maya's, Olive's and Ines's searches go on; one home takes the family.
            let open = try await site.howMany("""
                SELECT count(*)::int AS n FROM app.housing_request WHERE agency_id = \(World.harbour) AND ended_at IS NULL
                """)
            #expect(page.text.contains("of \(open) could be placed at once") && open == 3)
            #expect(page.links.contains { $0.hasPrefix(mayasSearch) })
            #expect(page.text.contains("1 woman, 3 children (4, 9, 15)"))
            #expect(page.answer.body.ranges(of: "Unit 12, Lighthouse").count == 1)
        }
    }

    @Test func `two who must not meet are placed in no one service, and nothing says that it is so`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            try await makeRoom(site)
            _ = try await seek(hana)
            // Olive's household is the same, and two homes of one service are free.
            let olive = World.id(.openHousing, 105)
            try await site.truth.transaction { db in
                try db.run("""
                    UPDATE app.housing_request o SET women = 1, men = 0, others = 0, child_ages = m.child_ages,
                        child_sexes = m.child_sexes, expecting = m.expecting, access = m.access, pets = m.pets,
                        needs = m.needs, funds = m.funds, staffing = m.staffing, kinds = m.kinds, unsafe_areas = '{}',
                        home_area_id = NULL, consents = 'yes', needed_on = m.needed_on, asks_trans_policy = false
                    FROM app.housing_request m
                    WHERE o.id = \(olive) AND m.case_id = \(World.mayasCase) AND m.ended_at IS NULL
                    """)
                try db.run("""
                    UPDATE app.housing_request SET outcome = 'withdrawn', ended_at = now(), ended_by = recorded_by
                    WHERE case_id = \(World.inessCase) AND ended_at IS NULL
                    """)
                try db.run("UPDATE app.housing_unit SET ended_on = current_date WHERE id <> \(lighthousesUnit)")
                try db.run("""
                    INSERT INTO app.housing_unit SELECT (jsonb_populate_record(u, jsonb_build_object(
                        'id', \(UUID())::uuid, 'number', 78))).* FROM app.housing_unit u WHERE u.id = \(lighthousesUnit)
                    """)
            }
            #expect(try await hana.get("/vacancies/searches").text.contains("2 of 2 could be placed at once"))
            // On Olive's record stands that the same man harms her.
            _ = try await site.truth.transaction { db in
                try db.run("""
                    INSERT INTO app.relationship SELECT (jsonb_populate_record(r, jsonb_build_object(
                        'id', \(UUID())::uuid, 'harmed_id', \(World.olive)::uuid))).* FROM app.relationship r
                    WHERE r.harmed_id = \(World.maya) LIMIT 1
                    """)
            }
            let apart = try await hana.get("/vacancies/searches")
            #expect(apart.text.contains("1 of 2 could be placed at once"))
            #expect(apart.text.contains("another household of this round is placed there, or it is not safe"))
            #expect(!apart.text.contains("Olive") && !apart.text.contains("Maya"))
        }
    }

    @Test func `a service says no with its reasons, and reads no more of them`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, sefa) = (Browser(site, as: .hana), Browser(site, as: .sefa))
            try await makeRoom(site)
            let held = try await hold(hana, seek(hana))
            let path = try #require(try await sefa.get("/units").links.last { $0.contains("/units/asked/") })
            var form = try await sefa.get(path).form(path)
            _ = form.fill(["state": "refusedByService"])
            #expect(try await sefa.submit(form).text.contains("at least one reason"))
            form.tick("reasons", "declinedLocation")
            #expect(try await sefa.submit(form).text.contains("a reason of the service weighs most"))
            form.tick("reasons", "pets")
            _ = form.fill(["main": "pets", "words": "<i>Not this week</i>"])
            let refused = try await sefa.submit(form)
            #expect(refused.status == 200)
            #expect(try await sefa.send(.get, path).status == 404)
            let told = try await hana.get(held.path)
            #expect(told.text.contains("Animals. Not where they want to be"))
            #expect(told.text.contains("<i>Not this week</i>") && !told.answer.body.contains("<i>"))
            #expect(told.text.contains("May be asked"))
            #expect(try await hana.get("/vacancies").text.contains("Unit 12"))
        }
    }

    @Test func `of two who hold one home, one does and the other is told`() async throws {
        try await TestSite.committed { site in
            try await makeRoom(site)
            let (hana, lucia) = (Browser(site, as: .hana), Browser(site, as: .lucia))
            let first = try await seek(hana).links.first { $0.hasSuffix(lighthousesUnit.column) }
            let others = "/cases/\(World.id(.record, 203).column)/housing"
            var form = try await lucia.get(others + "/new").form(others + "/new")
            _ = form.fill(["women": "1"])
            let second = try await lucia.submit(form).links.first { $0.hasSuffix(lighthousesUnit.column) }
            let paths = [try #require(first), try #require(second)]
            var forms: [PageForm] = []
            for (who, path) in zip([hana, lucia], paths) {
                var form = try await who.get(path).form(path)
                _ = form.fill(["hours": "24", "although": "They agree"])
                forms.append(form)
            }
            let sent = Array(zip([hana, lucia], forms))
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for (browser, form) in sent { group.addTask { try await browser.post(form).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(answers.sorted() == [303, 409])
        }
    }

    @Test func `a hold whose hour has passed holds nothing, and who is late is told`() async throws {
        try await TestSite.rolledBack { site in
            try await makeRoom(site)
            let (hana, lucia) = (Browser(site, as: .hana), Browser(site, as: .lucia))
            let held = try await hold(hana, seek(hana), hours: "2")
            // The database's clock is its own.
            try await site.truth.transaction { db in
                try db.run("UPDATE app.unit_time SET held_until = now() - interval '1 minute' WHERE kind = 'hold'")
                try db.run("UPDATE app.housing_offer SET held_until = now() - interval '1 minute' WHERE state = 'held'")
            }
            #expect(try await hana.get(held.path).text.contains("The time ran out"))
            #expect(try await lucia.get("/vacancies").text.contains("Unit 12"))
            let others = "/cases/\(World.id(.record, 203).column)/housing"
            var form = try await lucia.get(others + "/new").form(others + "/new")
            _ = form.fill(["women": "1", "consents": "yes"])
            let taken = try await hold(lucia, lucia.submit(form))
            #expect(taken.text.contains("held for them until"))
            let late = try await answer(hana, hana.get(held.path), ["state": "placed"])
            #expect(late.status == 409)
            #expect(late.text.contains("Another household has it by now"))
        }
    }

    @Test func `what isn't for them is asked for with a reason only, and the search ends in one way`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let found = try await seek(hana)
            let path = try #require(found.links.first { $0.hasSuffix(lighthousesUnit.column) })
            var form = try await hana.get(path).form(path)
            #expect(try await hana.submit(form).text.contains("Enter why you ask although"))
            _ = form.fill(["although": "They would <b>take</b> the dog"])
            let held = try await hana.submit(form)
            #expect(held.text.contains("held for them until"))
            #expect(held.text.contains("They would <b>take</b> the dog") && !held.answer.body.contains("<b>"))
            var end = try await hana.get(found.path + "/end").form(found.path + "/end")
            _ = end.fill(["outcome": "bedAndBreakfast"])
            let ended = try await hana.submit(end)
            #expect(ended.text.contains("Bed and breakfast."))
            #expect(ended.text.contains("Taken back"))
            #expect(try await hana.get("/vacancies").text.contains("Unit 12"))
            // What is over leads to its page.
            #expect(try await hana.send(.get, found.path + "/end").status == 303)
            #expect(try await hana.send(.get, path).status == 303)
        }
    }

    @Test func `nobody who works with those who harm, and no other provider, learns of it`() async throws {
        try await TestSite.rolledBack { site in
            let search = "/cases/\(World.id(.record, 105).column)/housing/\(World.id(.openHousing, 105).column)"
            for path in [search, "/units/asked/\(World.id(.offer, 105).column)", search + "/end"] {
                let answer = try await Browser(site, as: .piers).send(.get, path)
                #expect([403, 404].contains(answer.status), "\(path)")
            }
            // A home of Northfield Housing's is none of Lighthouse's.
            let other = try await Browser(site, as: .sefa).send(.get, "/units/asked/\(World.id(.offer, 109).column)")
            #expect(other.status == 404)
        }
    }
}

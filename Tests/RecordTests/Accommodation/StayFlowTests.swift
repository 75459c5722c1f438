import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A stay: its plan, support, reviews, a move to another unit, and what came after", .needsClone)
struct StayFlowTests {
    private let stay = "/units/stays/\(World.id(.unitTime, 2).column)"
    private let free = World.id(.freeUnit, 2)

    /// A form of the stay, filled in, with its day so long ago where it has one.
    private func put(
        _ who: Browser, _ path: String, _ answers: KeyValuePairs<String, String>, day: String = "day", ago: Int = 0
    ) async throws -> Seen {
        let date = London.day(of: .now).adding(-ago)
        var form = try await who.get(path).form(path)
        _ = form.fill(answers)
        _ = form.fill(["\(day)-day": String(date.day), "\(day)-month": String(date.month), "\(day)-year": String(date.year)])
        return try await who.submit(form)
    }

    @Test func `a support plan stays on the list of whoever runs the unit until it is recorded`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let list = try await sefa.get("/units")
            #expect(list.text.contains("Unit 2, Homes of Lighthouse, since") && list.text.contains("Support plan"))
            #expect(list.text.contains("Overdue since"))
            let late = try await put(sefa, stay + "/plan", ["wants": "socialTenancy"], day: "plan", ago: 1)
            #expect(late.text.contains("later than five working days") && late.text.contains("A social tenancy"))
            #expect(try await sefa.get("/units").text.contains("Support plan") == false)
            let before = try await put(sefa, stay + "/plan", [:], day: "plan", ago: 40)
            #expect(before.status == 422)
        }
    }

    @Test func `five working days leave out a weekend and a bank holiday`() throws {
        let thursday = try #require(Day(year: 2026, month: 4, day: 2))
        #expect(Stay.planDue(from: thursday) == Day(year: 2026, month: 4, day: 13))
    }

    @Test func `support, what is in place and a review stand on the page, and no name of theirs`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let supported = try await put(sefa, stay + "/support", ["kinds": "children", "member": "2"])
            #expect(supported.text.contains("Children’s support01") && supported.text.contains("Child 2Sefa"))
            let wrong = try await put(sefa, stay + "/services", ["member": "0", "schoolPlace": "inPlace"])
            #expect(wrong.status == 422)
            let placed = try await put(sefa, stay + "/services", ["member": "1", "schoolPlace": "inPlace"])
            #expect(placed.text.contains("In place,") && !placed.text.contains("Asked for,"))
            let extended = try await put(sefa, stay + "/review", ["decision": "extended"])
            #expect(extended.status == 422)
            #expect(extended.text.contains("Enter until when it is extended"))
            let soon = London.day(of: .now).adding(30)
            let parts = (String(soon.day), String(soon.month), String(soon.year))
            let reviewed = try await put(sefa, stay + "/review", [
                "decision": "extended", "until-day": parts.0, "until-month": parts.1, "until-year": parts.2,
                "next-day": parts.0, "next-month": parts.1, "next-year": parts.2,
            ])
            #expect(reviewed.text.contains("The stay is extended until \(soon)"))
            #expect(reviewed.text.contains("Expected until \(soon)") && reviewed.text.contains("Next review \(soon)"))
        }
    }

    @Test func `support that was put down wrongly is struck through with who and why, and no longer counts`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            // One of advocacy, and one of advice that was taken back.
            let before = try await sefa.get(stay)
            #expect(before.text.contains("Advocacy10") && !before.text.contains("Advice10"))
            let path = try #require(before.links.first { $0.hasSuffix("/take-back") })
            var form = try await sefa.get(path).form(path)
            #expect(try await sefa.submit(form).errors == ["Select why it is taken back"])
            _ = form.fill(["because": "wrongDay"])
            let after = try await sefa.submit(form)
            #expect(!after.text.contains("Advocacy10"))
            #expect(after.markup.all("s").contains { $0.words == "Advocacy" })
            #expect(after.text.contains("by Sefa") && after.text.contains("it was on another day"))
            #expect(!after.links.contains { $0.hasSuffix("/take-back") })
            // A second press changes nothing, and it is kept.
            #expect(try await sefa.send(.get, path).status == 303)
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.stay_support
                WHERE stay_id = \(World.id(.unitTime, 2)) AND withdrawn_because = 'wrongDay'
                """) == 1)
            let chosen = try await put(sefa, stay + "/support", ["kinds": "complexNeeds", "member": "0"])
            #expect(chosen.text.contains("Specialist support: complex needs10"))
        }
    }

    @Test func `a move to another unit is one stay, with its history, until they move out and are asked how they are`()
        async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let soon = try await put(sefa, stay + "/transfer", ["unit": free.column], ago: 10)
            #expect(soon.status == 409 && soon.text.contains("taken at that time"), "it was being repaired then")
            var stale = try await sefa.get(stay + "/transfer").form(stay + "/transfer")
            _ = stale.fill(["unit": free.column])
            // The planner counts it once, before and after.
            let counted = try await sefa.get("/capacity").text.firstMatch(of: /(\d+) stays on record began/)?.1
            let moved = try await put(sefa, stay + "/transfer", ["unit": free.column], ago: 2)
            #expect(counted != nil)
            #expect(try await sefa.get("/capacity").text.firstMatch(of: /(\d+) stays on record began/)?.1 == counted)
            #expect(moved.text.contains("Nights so far 20") && moved.text.contains("Advocacy10"))
            #expect(moved.text.contains("Unit 12, Homes of Lighthouse"))
            // Sent again from a page that is older than the move.
            #expect(try await sefa.post(stale).status == 409)
            let vacancies = try await Browser(site, as: .hana).get("/vacancies")
            #expect(vacancies.text.contains("Unit 2,"))
            let unit = try await sefa.get("/units/\(free.column)")
            #expect(unit.text.contains("Came from another unit"))
            let left = try await put(sefa, "/units/\(free.column)/next", [
                "step": "movedOut", "left-to": "family", "left-because": "plannedMove", "contact-after": "yes",
            ])
            #expect(left.status == 200)
            let over = try await sefa.get(stay)
            #expect(over.text.contains("Family or friends. A planned move") && over.text.contains("Follow-up: Due"))
            #expect(try await sefa.send(.get, stay + "/transfer").status == 404)
            let asked = try await put(sefa, stay + "/follow-up", ["followed": "notReached"])
            #expect(asked.text.contains("They could not be reached") && !asked.text.contains("Follow-up: Due"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.unit_stay WHERE stay_id = \(World.id(.unitTime, 2)) AND left_to = 'family'
                """) == 1)
        }
    }

    @Test func `of two households that move into one unit, one does and the other is told`() async throws {
        try await TestSite.committed { site in
            // A second household of Lighthouse, in a unit of its own.
            let other = UUID(), unit = UUID()
            try await site.truth.transaction { db in
                try db.run("""
                    INSERT INTO app.housing_unit SELECT (jsonb_populate_record(u, jsonb_build_object(
                        'id', \(unit)::uuid, 'number', 77))).* FROM app.housing_unit u WHERE u.id = \(World.id(.unit, 2))
                    """)
                try db.run("""
                    INSERT INTO app.unit_time SELECT (jsonb_populate_record(t, jsonb_build_object(
                        'id', \(other)::uuid, 'unit_id', \(unit)::uuid))).* FROM app.unit_time t
                    WHERE t.id = \(World.id(.unitTime, 2))
                    """)
                try db.run("""
                    INSERT INTO app.unit_stay SELECT (jsonb_populate_record(y, jsonb_build_object(
                        'time_id', \(other)::uuid))).* FROM app.unit_stay y WHERE y.time_id = \(World.id(.unitTime, 2))
                    """)
            }
            let browsers = [Browser(site, as: .sefa), Browser(site, as: .sefa)]
            var forms: [PageForm] = []
            for (browser, path) in zip(browsers, [stay, "/units/stays/\(other.column)"]) {
                var form = try await browser.get(path + "/transfer").form(path + "/transfer")
                _ = form.fill(["unit": free.column])
                forms.append(form)
            }
            let sent = forms
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for (browser, form) in zip(browsers, sent) { group.addTask { try await browser.post(form).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            // Told by the database, or already by the list of what is free.
            #expect([[303, 409], [303, 422]].contains(answers.sorted()))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.unit_time a JOIN app.unit_time b ON b.unit_id = a.unit_id AND b.id > a.id
                WHERE a.during && b.during
                """) == 0)
            #expect(try await site.howMany(
                "SELECT count(*)::int AS n FROM app.unit_stay WHERE stay_id IS NOT NULL") == 1)
        }
    }

    @Test func `nobody but whoever runs the unit finds the stay`() async throws {
        try await TestSite.rolledBack { site in
            for who in [World.Staff.hana, .lucia, .piers, .sunita] {
                let answer = try await Browser(site, as: who).send(.get, stay)
                #expect(answer.status == 404)
            }
            let others = "/units/stays/\(World.id(.unitTime, 3).column)"
            let answer = try await Browser(site, as: .sefa).send(.get, others)
            #expect(answer.status == 404)
        }
    }
}

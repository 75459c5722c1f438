import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Scoring those who harm, and how many they harm", .needsClone)
struct MatacTests {
    private let his = "/cases/\(World.marcussCase.column)/matac"

    private func typed(_ now: Date) -> [String: String] {
        let last = London.day(of: now).adding(-28)
        return [
            "months": "12", "last-day": String(last.day), "last-month": String(last.month),
            "last-year": String(last.year), "incidents": "5", "gravity": "lifeThreatening", "victims": "2",
            "standing": "notSelected",
        ]
    }

    @Test func `each of the four counts up to five`() {
        #expect([0, 28, 29, 91, 92, 182, 183, 365, 366, 730, 731].map(MatacScale.recency(days:))
            == [5, 5, 4, 4, 3, 3, 2, 2, 1, 1, 0])
        #expect([0, 1, 2, 3, 4, 5, 9, 10].map(MatacScale.frequency) == [0, 1, 2, 3, 3, 4, 4, 5])
        #expect([0, 1, 2, 3, 4, 9].map(MatacScale.victims) == [0, 1, 3, 4, 5, 5])
        #expect(MatacGravity.allCases.map(\.points) == [1, 2, 3, 4, 5])
        #expect(MatacScale.points(lastDaysAgo: 800, incidents: 0, gravity: .injury, victims: 1) == [0, 0, 0, 1])
    }

    @Test func `a scoring with its plan stands on the case, its review on the list, and the rank on top`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let piers = Browser(site, as: .piers)
            var form = try await piers.get(his + "/new").form(his + "/new")
            for (name, value) in typed(now) { form.forge(name, value) }
            form.forge("standing", "selected")
            #expect(try await piers.submit(form).errors == ["Select what the plan does", "Enter the day of the review"])
            let review = London.day(of: now).adding(28)
            form.forge("plan", "disrupt")
            for (name, value) in ["review-day": review.day, "review-month": review.month, "review-year": review.year] {
                form.forge(name, String(value))
            }
            let page = try await piers.submit(form)
            #expect(page.text.contains("17 points") && page.text.contains("Before (1)") && page.text.contains("Disrupt"))
            #expect(try await piers.get("/matac").text.contains("Marcus Dunmore175 + 4 + 5 + 3"))
            #expect(try await piers.get("/cases/\(World.marcussCase.column)").text.contains("Review the MATAC plan"))
            #expect(try await site.auditLog().contains { $0.event == "matac-scored" })
        }
    }

    @Test func `what can't be so is refused, and of two who score the second is told`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let piers = Browser(site, as: .piers)
            var form = try await piers.get(his + "/new").form(his + "/new")
            for (name, value) in typed(now) { form.forge(name, value) }
            form.forge("incidents", "0")
            #expect(try await piers.submit(form).errors == ["The last one lies within these months: enter at least 1"])
            form.forge("incidents", "3")
            let second = form
            #expect(try await piers.submit(form).status == 200)
            var other = second
            other.forge("submission", UUID().column)
            other.forge("words", "Mine")
            let told = try await piers.submit(other)
            #expect(told.status == 409 && told.errors[0].contains("Theirs has 16 points"))
            #expect(try told.form(his + "/new")["words"] == "Mine")
        }
    }

    @Test func `nobody on the side of those who are harmed is scored, or sees a score`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let own = try await imran.get("/cases/\(World.mayasCase.column)/matac")
            #expect(own.status == 404)
            #expect(try await imran.get("/cases/\(World.marcussCase.column)/matac").status == 404)
            #expect(try await imran.get("/matac").text.contains("Nobody is scored yet."))
        }
    }

    @Test func `a manager reads a number and no names; whoever works with one of them reads none`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let path = "/people/\(World.marcus.column)/serial"
            let page = try await sunita.get(path)
            #expect(page.text.contains("Recorded as harming 2 people, 2 of them with an open case."))
            for name in ["Maya", "Priyanka"] { #expect(!page.answer.body.contains(name)) }
            #expect(try await site.auditLog().contains { $0.event == "harmed-counted" })
            #expect(try await Browser(site, as: .imran).get(path).status == 404)
            try await site.alter("""
                UPDATE app.case_record SET worker_id = \(World.Staff.sunita.account) WHERE id = \(World.priyankasCase)
                """)
            let none = try await sunita.get(path)
            #expect(!none.text.contains("2 people") && none.text.contains("You hold a case in which they are named."))
        }
    }

    @Test func `of a restricted case nothing is counted for whoever is not on its team`() async throws {
        try await TestSite.rolledBack { site in
            let path = "/people/\(World.rafe.column)/serial"
            let sunitas = try await Browser(site, as: .sunita).get(path)
            // She holds Nell's second case.
            #expect(sunitas.text.contains("You hold a case in which they are named."))
            #expect(try await Browser(site, as: .gwen).get(path).text.contains("Recorded as harming 1 person"))
        }
    }
}

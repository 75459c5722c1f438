import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya is high risk; her case is Imran's. Of Olive, medium, it is Ivy's.
@Suite("What moves the risk proposes one review of it", .needsClone)
struct RiskEventTests {
    private let maya = "/people/\(World.maya.column)"
    private let mayasCase = "/cases/\(World.mayasCase.column)"

    private func tuesday() throws -> Date { try TestClock.next(weekday: 2, minute: 600) }

    private func parts(_ field: String, _ day: Day) -> [(String, String)] {
        [("\(field)-day", String(day.day)), ("\(field)-month", String(day.month)), ("\(field)-year", String(day.year))]
    }

    private func record(
        _ browser: Browser, _ kind: RiskEventKind, _ day: Day, of person: UUID = World.maya, words: String = ""
    ) async throws -> Seen {
        let path = "/people/\(person.column)/events/new"
        var form = try await browser.get(path).form(path)
        for (name, value) in [("kind", kind.rawValue), ("words", words)] + parts("day", day) { form.forge(name, value) }
        return try await browser.submit(form)
    }

    @Test func `an event proposes a review on the person, the case and Today, by the grade in force`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let saved = try await record(imran, .separation, today, words: "Left <b>on Sunday</b>")
            #expect(saved.path == maya + "/risk" && saved.text.contains("Left <b>on Sunday</b>"))
            #expect(Int(saved.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let due = London.dateAndTime(WorkingDays.end(of: WorkingDays.after(today)))
            let said = "A review of the risk is proposed, due \(due). Separation, \(today)."
            for path in [maya, mayasCase, maya + "/risk"] {
                let page = try await imran.get(path)
                #expect(page.status == 200 && page.text.contains(said), "\(path)")
                #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8, "\(path)")
            }
            let list = try await imran.get("/")
            #expect(list.text.contains("Review the risk") && list.text.contains("Separation, \(today)"))
            #expect(!list.text.contains("on Sunday"))
            #expect(try await imran.get(mayasCase).text.contains("Event that may change the risk"))
            let timeline = try await imran.get(maya + "/timeline?kind=risk")
            #expect(timeline.text.contains("Separation, \(today)") && timeline.text.contains("Left <b>on Sunday</b>"))
            #expect(try await site.auditLog().contains { $0.event == "risk-event-recorded" && $0.subject == World.maya })
        }
    }

    @Test func `high is due on the next working day, medium within five, standard within ten, never graded like high`()
        throws {
        let friday = try #require(Day(year: 2026, month: 11, day: 20))
        func due(_ level: RiskLevel) -> Day { London.day(of: RiskReview.due(level, from: friday)) }
        #expect(due(.high) == Day(year: 2026, month: 11, day: 23) && due(.notAssessed) == due(.high))
        #expect(due(.medium) == Day(year: 2026, month: 11, day: 27))
        #expect(due(.standard) == Day(year: 2026, month: 12, day: 4))
    }

    @Test func `several events are one review, due when the first of them is`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let ivy = Browser(site, as: .ivy)
            let later = WorkingDays.end(of: WorkingDays.after(today.adding(72), 5))
            _ = try await record(ivy, .release, today.adding(100), of: World.olive)
            #expect(try await site.reviews(of: World.olive) == [later.column])
            let coming = try await ivy.get("/people/\(World.olive.column)").text
            #expect(coming.contains("Coming: Release from prison or custody, \(today.adding(100)) (a review from "))
            #expect(!coming.contains("A review of the risk is proposed"))
            _ = try await record(ivy, .pregnancy, today, of: World.olive)
            _ = try await record(ivy, .newIncident, today, of: World.olive, words: "Followed her")
            let due = WorkingDays.end(of: WorkingDays.after(today, 5))
            #expect(try await site.reviews(of: World.olive) == [due.column])
            let page = try await ivy.get("/people/\(World.olive.column)").text
            #expect(page.contains("Pregnancy, \(today)") && page.contains("New incident, \(today)"))
            #expect(page.contains("Coming: Release"))
        }
    }

    @Test func `a new assessment answers what proposed it, and not what is still to come`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            _ = try await record(imran, .pregnancy, today)
            _ = try await record(imran, .contactHearing, today.adding(60))
            let assessed = try await imran.submit(imran.get(maya + "/risk/new"), [
                "area": World.northshire.column, "judgement": "high", "rationale": "He knows",
            ])
            #expect(assessed.status == 200)
            let page = try await imran.get(maya + "/risk").text
            #expect(!page.contains("A review of the risk is proposed") && page.contains("Coming: Hearing"))
            #expect(page.contains("Assessed again"))
            #expect(try await site.reviews(of: World.maya).count == 1)
        }
    }

    @Test func `set aside with a reason, it is kept and audited; without one, nothing happens`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            #expect(try await imran.get(maya + "/events/dismiss").text.contains("Nothing proposes a review"))
            _ = try await record(imran, .pregnancy, today)
            let form = try await imran.get(maya + "/events/dismiss")
            #expect(try await imran.submit(form).errors == ["Enter why no new assessment is needed"])
            #expect(try await site.reviews(of: World.maya).count == 1)
            let done = try await imran.submit(form, ["reason": "Known <b>since</b> March"])
            #expect(done.path == maya + "/risk" && done.text.contains("Set aside"))
            #expect(done.text.contains("Known <b>since</b> March"))
            #expect(try await site.reviews(of: World.maya) == [])
            #expect(try await imran.get(mayasCase).text.contains("Review of the risk set aside"))
            #expect(try await site.auditLog().contains { $0.event == "risk-review-dismissed" })
        }
    }

    @Test func `what happens while the reason is written is not set aside unseen`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            _ = try await record(imran, .pregnancy, today)
            let form = try await imran.get(maya + "/events/dismiss")
            _ = try await record(ivy, .newIncident, today, words: "At the school gate")
            let told = try await imran.submit(form, ["reason": "Known since March"])
            #expect(told.status == 409 && told.text.contains("New incident, \(today)"))
            #expect(try told.form(maya + "/events/dismiss")["reason"] == "Known since March")
            #expect(try await site.reviews(of: World.maya).count == 1)
            #expect(try await imran.submit(told.form(maya + "/events/dismiss")).path == maya + "/risk")
            #expect(try await site.reviews(of: World.maya) == [])
        }
    }

    @Test func `a breach and a police incident propose by themselves`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let path = mayasCase + "/orders/\(World.id(.order, 101).column)/breaches/new"
            var breach = try await imran.get(path).form(path)
            for (name, value) in [("what", "Rang"), ("report", "reported")] + parts("happened", today) {
                breach.forge(name, value)
            }
            _ = try await imran.submit(breach)
            var incident = try await imran.get(maya + "/incidents/new").form()
            for (name, value) in [("reference", "NP/9"), ("told-by", "Police")] + parts("happened", today) {
                incident.forge(name, value)
            }
            _ = try await imran.submit(incident)
            let page = try await imran.get(maya).text
            #expect(page.contains("Order breached, \(today)") && page.contains("New incident, \(today)"))
            #expect(try await site.reviews(of: World.maya).count == 1)
        }
    }

    @Test func `an order's end proposes a review from four weeks before, and moves when the end does`() async throws {
        let now = try tuesday()
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let path = mayasCase + "/orders/\(World.id(.order, 101).column)"
            func end(_ day: Day?) async throws {
                var form = try await imran.get(path).form(path)
                form.forge("lasts", day == nil ? "furtherOrder" : "day")
                for name in ["until-day", "until-month", "until-year"] { form.forge(name, "") }
                if let day { for (name, value) in parts("until", day) { form.forge(name, value) } }
                #expect(try await imran.submit(form).status == 200)
            }
            try await end(today.adding(100))
            #expect(try await imran.get(maya).text.contains("Coming: Order ends, \(today.adding(100)) (a review from "))
            try await end(today.adding(28))
            let due = WorkingDays.end(of: WorkingDays.after(today)).column
            #expect(try await imran.get(maya).text.contains("Order ends, \(today.adding(28))."))
            #expect(try await site.reviews(of: World.maya) == [due])
            try await end(nil)
            #expect(try await site.reviews(of: World.maya) == [])
            try await end(today.adding(400))
            site.clock.advance(by: 373 * 86_400)
            #expect(try await imran.get(maya).text.contains("A review of the risk is proposed"))
        }
    }

    @Test func `a review goes with the case when it is given to a colleague, and ends with the last case`() async throws {
        let now = try tuesday()
        try await TestSite.rolledBack(at: now) { site in
            let (imran, sunita) = (Browser(site, as: .imran), Browser(site, as: .sunita))
            try await site.alter("UPDATE app.case_record SET risk = 'standard' WHERE id = \(World.mayasCase)")
            _ = try await record(imran, .pregnancy, London.day(of: now))
            let ivy = World.Staff.ivy.account.column
            _ = try await sunita.submit(sunita.get(mayasCase + "/allocate"), ["worker": ivy])
            #expect(try await Browser(site, as: .ivy).get("/").text.contains("Review the risk"))
            _ = try await sunita.submit(sunita.get(mayasCase + "/close"), ["reason": "planned", "summary": "Done"])
            #expect(try await site.reviews(of: World.maya) == [])
        }
    }

    @Test func `what is missing or can't be is said beside its field`() async throws {
        let today = try #require(Day(year: 2026, month: 11, day: 18))
        func errors(_ kind: String, _ day: Day?, _ words: String = "") -> [String] {
            var answers = Answers(["kind": [kind], "words": [words]])
            if let day { answers.setDay("day", day) }
            _ = RiskEventForm(&answers, today: today)
            return answers.errors.map(\.message)
        }
        #expect(errors("", nil) == [
            "Select what happened or is expected", "Enter the day on which it happened or is expected",
        ])
        #expect(errors("orderEnding", today) == ["Select what happened or is expected"])
        #expect(errors("release", today.adding(731)) == ["The day must be within two years"])
        #expect(errors("newIncident", today.adding(1)) == [
            "The day of an incident must be today or in the past", "Enter what happened",
        ])
        #expect(errors("release", today.adding(730)) == [])
    }
}

extension TestSite {
    /// When the open reviews of a person are due.
    fileprivate func reviews(of person: UUID) async throws -> [String] {
        try await truth.transaction { db in
            try db.all("""
                SELECT due_at FROM app.task WHERE person_id = \(person) AND kind = 'riskReview' AND done_at IS NULL
                """) { try ($0["due_at"] as Date).column }
        }
    }
}

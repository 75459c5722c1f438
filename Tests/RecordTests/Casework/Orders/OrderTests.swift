import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's. It has an order from the World: non-molestation, until further order, served, breached once.
@Suite("Orders of a case, and their breaches", .needsClone)
struct OrderTests {
    private let list = "/cases/\(World.mayasCase.column)/orders"
    private let order = "/cases/\(World.mayasCase.column)/orders/\(World.id(.order, 101).column)"

    /// A form of an order that was made 30 days before `today` and ends so many days after it.
    private func typed(_ today: Day, endsIn days: Int?) -> [String: String] {
        var typed = ["kind": "dapo", "applicant": "police", "service": "notServed", "lasts": "furtherOrder"]
        func set(_ field: String, _ day: Day) {
            typed["\(field)-day"] = String(day.day)
            typed["\(field)-month"] = String(day.month)
            typed["\(field)-year"] = String(day.year)
        }
        set("made", today.adding(-30))
        if let days {
            typed["lasts"] = "day"
            set("until", today.adding(days))
        }
        return typed
    }

    @Test func `an order is recorded, and stands on the case, its page and the timeline, not served as plainly as the rest`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let words = "Not to ring'; DROP TABLE app.legal_order; -- <b>her</b>"
            var form = try await imran.get("\(list)/new").form("\(list)/new")
            for (name, value) in typed(London.day(of: now), endsIn: 300) { form.forge(name, value) }
            form.forge("conditions", words)
            let saved = try await imran.submit(form)
            #expect(saved.path == list && saved.text.contains(words))
            #expect(saved.text.contains("Not served. Until it is, it can’t be breached or enforced"))
            #expect(Int(saved.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await site.auditLog().contains { $0.event == "order-recorded" && $0.subject == World.mayasCase })
            let page = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(page.text.contains("Domestic abuse protection order (DAPO) Not served In force"))
            #expect(page.text.contains("Non-molestation order Served In force") && page.text.contains("1 breach."))
            #expect(page.text.contains("Order recorded") && !page.text.contains("Not to ring"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let timeline = try await imran.get("/people/\(World.maya.column)/timeline?kind=orders")
            #expect(timeline.text.contains("(DAPO). Not served. Until ") && timeline.text.contains(words))
            #expect(timeline.text.contains("Order breached") && timeline.text.contains("A breach for the tests"))
            let paper = try await imran.get("/people/\(World.maya.column)/timeline/print")
            #expect(paper.text.contains("(DAPO). Not served") && !paper.answer.body.contains("Not to ring"))
        }
    }

    @Test(arguments: [(29, "In force"), (28, "Ends "), (0, "Ends "), (-1, "Ended ")])
    func `one that ends within 28 days is warned about, and one that has ended says so`(_ days: Int, _ said: String)
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get("\(list)/new").form("\(list)/new")
            for (name, value) in typed(today, endsIn: days) { form.forge(name, value) }
            let page = try await imran.submit(form)
            let day = today.adding(days).description
            let tag = said.hasSuffix(" ") ? said + day : said
            #expect(page.text.contains(tag))
            let warning = "Domestic abuse protection order (DAPO) ends on \(day). Decide now whether it is to be renewed."
            #expect(page.text.contains(warning) == (0...28).contains(days))
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.text.contains("(DAPO) Not served \(tag)") == (days >= 0))
            #expect(record.text.contains("1 ended.") == (days < 0))
        }
    }

    @Test func `a change keeps what was said before`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            for court in ["Northshire family court", "Upper Vale family court"] {
                #expect(try await imran.submit(imran.get(order), ["court": court]).path == list)
            }
            let page = try await imran.get(list)
            for said in ["3 earlier versions", "Upper Vale family court", "Northshire family court", "A court for the tests"] {
                #expect(page.text.contains(said), "\(said)")
            }
            #expect(try await site.auditLog().count { $0.event == "order-changed" } == 2)
        }
    }

    @Test func `of two who change it, the second sees both and loses nothing`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let (first, second) = (try await imran.get(order), try await ivy.get(order))
            _ = try await imran.submit(first, ["court": "Upper Vale family court"])
            let told = try await ivy.submit(second, ["court": "Lower Vale family court", "conditions": "Not to write"])
            #expect(told.status == 409 && told.text.contains("Upper Vale family court"))
            #expect(try told.form(order)["conditions"] == "Not to write")
            let saved = try await ivy.submit(told.form(order))
            #expect(saved.path == list && saved.text.contains("Lower Vale") && saved.text.contains("Upper Vale"))
        }
    }

    @Test func `days that can't be so are said beside their fields, and so is what is missing`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let before = try await site.count("legal_order")
            var form = try await imran.get("\(list)/new").form("\(list)/new")
            #expect(try await imran.submit(form).errors == [
                "Select what kind of order it is", "Select who asked for it", "Enter the day on which it was made",
                "Select whether it has been served",
            ])
            var answers = typed(today, endsIn: -31)
            answers["kind"] = "other"
            answers["service"] = "served"
            (answers["served-day"], answers["served-month"], answers["served-year"]) = ("1", "2", "2001")
            for (name, value) in answers { form.forge(name, value) }
            let made = today.adding(-30)
            #expect(try await imran.submit(form).errors == [
                "Day it was served must be \(made) or later: it was made then",
                "Last day must be on or after the first, \(made)", "Enter which order it is, and its conditions",
            ])
            form.forge("lasts", "furtherOrder")
            form.forge("service", "notKnown")
            form.forge("conditions", "A bond")
            #expect(try await imran.submit(form).errors == [
                "Leave the day empty, or select that it has been served",
                "Leave the day empty, or select that it ends on a day",
            ])
            #expect(try await site.count("legal_order") == before)
        }
    }

    @Test func `pressing Save without a change says so`() async throws {
        try await TestSite.rolledBack { site in
            let refused = try await Browser(site, as: .imran).submit(Browser(site, as: .imran).get(order))
            #expect(refused.errors == ["Nothing is changed yet. Change something, or go back"])
        }
    }

    @Test func `a breach stands with its order: the day, what happened, whether the police were told`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let saved = try await imran.submit(imran.get(order + "/breaches/new"), [
                "happened-day": String(today.day), "happened-month": String(today.month),
                "happened-year": String(today.year), "what": "Rang <b>twice</b>", "report": "notReported",
            ])
            #expect(saved.path == list)
            #expect(saved.text.contains("\(today) Not reported to the police"))
            #expect(saved.text.contains("Rang <b>twice</b>"))
            #expect(try await site.auditLog().contains { $0.event == "order-breached" && $0.subject == World.mayasCase })
            let page = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(page.text.contains("2 breaches.") && page.text.contains("Order breached"))
        }
    }

    @Test func `an order that isn't served can't be breached, nor one before it holds, was served or after it ended`()
        throws {
        let today = try #require(Day(year: 2026, month: 11, day: 18))
        func errors(_ service: OrderService, served: Day? = nil, from: Day, until: Day? = nil) -> [String] {
            let terms = OrderTerms(
                applicant: .person, court: "", madeOn: from, service: service, servedOn: served,
                term: OrderTerm(from: from, until: until), conditions: "")
            let order = LegalOrder(
                id: UUID(), kind: .bail, now: OrderChange(version: 1, terms: terms, recordedAt: .now, by: ""), earlier: [])
            var answers = Answers(["what": ["Came by"], "report": ["reported"]])
            answers.setDay("happened", today)
            _ = BreachForm(&answers, of: order, today: today)
            return answers.errors.map(\.message)
        }
        let before = today.adding(-9)
        #expect(errors(.served, served: before, from: before) == [])
        #expect(errors(.served, served: today, from: before, until: today) == [])
        #expect(errors(.notKnown, from: before) == [])
        #expect(errors(.notServed, from: before).first?.hasPrefix("The order is recorded as not served") == true)
        #expect(errors(.notKnown, from: today.adding(1)) == ["The day must be 19 November 2026 or later: the order holds from then"])
        #expect(errors(.served, served: today.adding(2), from: before)
            == ["The day must be 20 November 2026 or later: the order was served then"])
        #expect(errors(.notKnown, from: before, until: today.adding(-1))
            == ["The day must be 17 November 2026 or earlier: the order ended then"])
    }

    @Test func `of a closed case the orders stay as they were, and are still read`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("UPDATE app.case_record SET closed_at = now() WHERE id = \(World.mayasCase)")
            for path in [order, "\(order)/breaches/new", "\(list)/new"] {
                #expect(try await imran.get(path).status == 404, "\(path)")
            }
            let page = try await imran.get(list)
            #expect(page.status == 200 && page.text.contains("No contact, for the tests"))
            #expect(!page.text.contains("Record an order") && !page.text.contains("Record a breach"))
        }
    }

    @Test func `whom the case is shared with reads nothing of it`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let shared = try await hana.get("/cases/\(World.id(.record, 201).column)")
            #expect(shared.status == 200 && !shared.text.contains("Orders and legal"))
            #expect(try await hana.get("/cases/\(World.id(.record, 201).column)/orders").status == 404)
        }
    }
}

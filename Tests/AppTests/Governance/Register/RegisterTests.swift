import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// The World: an objection of Maya's case, a complaint, a restriction of Rina's in force, breaches.
@Suite("The data protection officer's register", .needsClone)
struct RegisterTests {
    private let today = London.day(of: .now)

    private func step(
        _ browser: Browser, _ matter: String, _ code: String, _ answers: [String: String]
    ) async throws -> Seen {
        var form = try await browser.get("\(matter)/next?step=\(code)").form("\(matter)/next")
        #expect(form["step"] == code)
        for (name, value) in answers { form.forge(name, value) }
        return try await browser.submit(form)
    }

    @Test func `anybody reports a breach in one small form, and the officer assesses it, tells and closes it`()
        async throws {
        let morning = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: morning) { site in
            // A referrer of the police, who sees nothing else here.
            let rhian = Browser(site, as: .rhian)
            #expect(try await rhian.get("/account").text.contains("Report a data breach"))
            var form = try await rhian.get("/report-a-breach").form("/report-a-breach")
            let words = "Sent to <b>him</b>'; DROP TABLE app.data_matter; --"
            form.forge("what", words)
            form.forge("noticed-time", "0:01")
            let reported = try await rhian.submit(form)
            #expect(reported.path == "/report-a-breach/received" && !reported.text.contains("him"))
            #expect(try await rhian.send(.get, "/register").status == 403)

            let dilys = Browser(site, as: .dilys)
            let list = try await dilys.get("/")
            #expect(list.path == "/register" && list.text.contains("breaches were reported and wait to be assessed"))
            let matter = try #require(try await newest(site))
            #expect(list.markup.all("a").contains { $0["href"] == matter })
            let page = try await dilys.get(matter)
            #expect(page.text.contains(words) && page.text.contains("Rhian Locke-Adair"))
            #expect(page.text.contains("hours left") && page.text.contains("safe for them"))
            #expect(!page.text.contains("Information Commissioner told"))

            let now = ["happened-time": "0:02"]
            let assessed = try await step(dilys, matter, "assessed", now.merging([
                "categories": "whereabouts", "many": "one", "danger": "high", "words": "He may come",
            ]) { $1 })
            #expect(assessed.text.contains("Where somebody lives or is") && assessed.text.contains("He may come"))
            #expect(!assessed.markup.all("a").contains { $0["href"]?.hasSuffix("step=icoNot") == true })
            let bare = try await step(dilys, matter, "icoTold", now.merging(["words": "All"]) { $1 })
            #expect(bare.errors == ["Enter their reference"])
            let told = try await step(dilys, matter, "icoTold", now.merging(["words": "All", "reference": "IC-77"]) { $1 })
            #expect(told.text.contains("IC-77") && !told.text.contains("hours left"))
            _ = try await step(dilys, matter, "contained", now.merging(["words": "Asked for it back"]) { $1 })
            let people = try await dilys.get("\(matter)/next?step=peopleTold")
            #expect(people.text.contains("as safe for each of them"))
            _ = try await step(dilys, matter, "peopleTold", now.merging(["words": "By her worker"]) { $1 })
            let closed = try await step(dilys, matter, "closed", now.merging(["words": "Two look at each letter"]) { $1 })
            #expect(closed.text.contains("Two look at each letter") && closed.text.contains("IC-77"))
            #expect(closed.text.contains("5. Closed") && !closed.text.contains("What was done next?"))
            let events = try await site.auditLog().map(\.event)
            #expect(events.contains("breach-reported") && events.contains("data-matter-viewed"))
            #expect(events.count { $0 == "data-step-recorded" } == 5)
            // Nothing of it stands in the database in the clear.
            let clear: Int = try await site.number("""
                SELECT count(*)::int AS n FROM app.data_matter m JOIN app.data_matter_step s ON s.matter_id = m.id
                WHERE concat(m::text, s::text) LIKE '%him%' OR position('him'::bytea IN m.told_sealed) > 0
                """)
            #expect(clear == 0)
        }
    }

    @Test func `a worker puts down a request about a case that they see, and reads where it stands and no more`()
        async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            func ask(_ reference: String) async throws -> Seen {
                var form = try await ivy.get("/register/requests/new").form("/register/requests/new")
                for (name, value) in [
                    ("kind", "restriction"), ("who", "Olive"), ("words", "Don’t use it"), ("reach", "Through Ivy"),
                    ("reference", reference),
                ] { form.forge(name, value) }
                form.fill(day: "received", today)
                return try await ivy.submit(form)
            }
            #expect(try await ask("W-204").errors.first?.contains("No case that you see") == true)
            let saved = try await ask("w-105")
            #expect(saved.text.contains("Don’t use it") && saved.text.contains("days left"))
            #expect(saved.markup.all("a").contains { $0["href"] == "/cases/\(World.olivesCase.column)" })
            #expect(!saved.text.contains("What was done next?"))
            let matter = saved.path
            #expect(try await Browser(site, as: .imran).send(.get, matter).status == 404)
            #expect(try await Browser(site, as: .sunita).get(matter).text.contains("Don’t use it"))
            // Petra knows Olive, and learns nothing.
            #expect(try await Browser(site, as: .petra).send(.get, matter).status == 404)

            let dilys = Browser(site, as: .dilys)
            #expect(try await dilys.get(matter).text.contains("There is one, at Harbour"))
            _ = try await step(dilys, matter, "identified", ["words": "By her worker"])
            let longer = try await step(dilys, matter, "extended", ["words": "Many files"])
            #expect(longer.text.contains(today.months(ahead: 3).description))
            let page = try await Browser(site, as: .imran).get("/cases/\(World.olivesCase.column)")
            #expect(!page.text.contains("Use of this record is restricted"))
            let held = try await step(dilys, matter, "inForce", ["words": "All of it"])
            #expect(held.text.contains("Restriction in force") && !held.text.contains("days left"))
            let now = try await Browser(site, as: .imran).get("/cases/\(World.olivesCase.column)")
            #expect(now.text.contains("Use of this record is restricted"))
            #expect(Int(now.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let person = try await Browser(site, as: .imran).get("/people/\(World.olive.column)")
            #expect(person.text.contains("Use of this record is restricted") && person.text.contains("W-105"))
            _ = try await step(dilys, matter, "lifted", ["words": "She was told"])
            let after = try await Browser(site, as: .imran).get("/cases/\(World.olivesCase.column)")
            #expect(!after.text.contains("Use of this record is restricted"))
            #expect(try await ivy.get(matter).text.contains("Restriction lifted"))
        }
    }

    @Test func `a complaint is acknowledged within 30 days and answered; what is over is under what is open`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            var form = try await dilys.get("/register/requests/new").form("/register/requests/new")
            for (name, value) in [
                ("kind", "complaint"), ("who", "A neighbour"), ("words", "You rang my house"), ("reach", "A letter"),
                ("agency", World.harbour.column),
            ] { form.forge(name, value) }
            form.fill(day: "received", today)
            let saved = try await dilys.submit(form)
            #expect(saved.text.contains(today.adding(30).description))
            let known = try await step(dilys, saved.path, "acknowledged", [
                "next-day": String(today.adding(20).day), "next-month": String(today.adding(20).month),
                "next-year": String(today.adding(20).year),
            ])
            #expect(known.text.contains(today.adding(20).description))
            let filtered = try await dilys.get("/register?kind=complaint")
            #expect(filtered.markup.all("a").contains { $0["href"] == saved.path })
            #expect(!filtered.text.contains("Data breach Harbour"))
            let answered = try await step(dilys, saved.path, "upheld", ["words": "It was a mistake"])
            #expect(answered.text.contains("Answered: upheld"))
            #expect(try await dilys.get("/register?kind=complaint").text.contains("Closed last (1)"))
        }
    }

    @Test func `of two officers the second is told, and nothing is overwritten`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let matter = "/register/matters/\(World.id(.dataMatter, 401).column)"
            var first = try await dilys.get("\(matter)/next?step=done").form("\(matter)/next")
            first.forge("words", "Asked Piers")
            var second = first
            second.forge("submission", UUID().column)
            second.forge("words", "Asked Odette")
            _ = try await dilys.submit(first)
            let answer = try await dilys.submit(second)
            #expect(answer.status == 409 && answer.answer.body.contains("Asked Odette"))
            #expect(try await dilys.get(matter).text.contains("Asked Piers"))

            var words = try await dilys.get("/register/processing/change?type=risk").form("/register/processing/change")
            words.forge("purpose", "Mine")
            var other = words
            other.forge("submission", UUID().column)
            other.forge("purpose", "Theirs")
            _ = try await dilys.submit(words)
            let refused = try await dilys.submit(other)
            #expect(refused.status == 409 && refused.answer.body.contains("Theirs"))
        }
    }

    @Test func `the record of processing is our own words until it is confirmed, and keeps what stood before`() async throws {
        try await TestSite.rolledBack { site in
            let (dilys, imran) = (Browser(site, as: .dilys), Browser(site, as: .imran))
            let list = try await imran.get("/register/processing")
            #expect(list.text.contains("Version 1, valid from 3 February 2001") && list.text.contains("Not confirmed yet"))
            #expect(list.text.contains("An assessment for the tests"))
            let own = try await imran.get("/register/processing/entry?type=staff")
            #expect(own.text.contains("these are our own words") && !own.text.contains("Confirm or change"))
            var form = try await dilys.get("/register/processing/change?type=contacts").form("/register/processing/change")
            #expect(form["purpose"] == "A purpose for the tests")
            form.forge("control", "joint")
            #expect(try await dilys.submit(form).errors == [
                "Select the agencies: at least two", "Enter what the arrangement is called",
                "Enter the date of the arrangement",
            ])
            form.forge("controllers", [World.harbour.column, World.lighthouse.column])
            form.forge("arrangement", "The joint arrangement")
            form.fill(day: "arranged", today)
            form.forge("purpose", "A newer purpose")
            let saved = try await dilys.submit(form)
            #expect(saved.text.contains("Harbour; Lighthouse") && saved.text.contains("A newer purpose"))
            let earlier = try await imran.get("/register/processing/entry?type=contacts&version=1")
            #expect(earlier.text.contains("This is an earlier version") && earlier.text.contains("A purpose for the tests"))
            let routes = try await imran.get("/register/routes")
            for route in SharingRoute.offered { #expect(routes.text.contains(route.label)) }
            #expect(routes.text.contains(SharingRoute.housing.preset?.basis.hint ?? "-"))
        }
    }

    @Test func `an impact assessment that is to be looked at again is marked, and is among what the officer has to do`()
        async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            #expect(try await dilys.get("/register").text.contains("1 impact assessment is to be looked at again"))
            #expect(try await dilys.get("/register/assessments").text.contains("Overdue"))
            let here = "/register/assessments/\(World.id(.impact, 1).column)"
            var form = try await dilys.get(here + "/change").form(here + "/change")
            form.fill(day: "signed", today)
            form.fill(day: "review", today.adding(365))
            form.forge("outcome", "residualHigh")
            #expect(try await dilys.submit(form).errors == ["Enter when the Information Commissioner was asked"])
            form.fill(day: "consulted", today)
            let saved = try await dilys.submit(form)
            #expect(saved.path == here && saved.text.contains("Asked on") && saved.text.contains("Other versions (1)"))
            #expect(!(try await dilys.get("/register").text.contains("to be looked at again")))
        }
    }

    @Test func `only what is confirmed is public, to anybody, and nothing there says what the service is for`()
        async throws {
        try await TestSite.committed { site in
            let nobody = Browser(site)
            let list = try await nobody.get("/privacy")
            #expect(list.text.contains("People we support") && !list.text.contains("Professionals"))
            #expect(try await nobody.get("/privacy/people").text.contains("A notice for the tests"))
            #expect(try await nobody.get("/privacy/staff").text.contains("not published yet"))
            #expect(try await nobody.send(.get, "/privacy/dragons").status == 404)
            let dilys = Browser(site, as: .dilys)
            var form = try await dilys.get("/register/notices/change?audience=staff").form("/register/notices/change")
            #expect(form["body"].contains("sealed from you"))
            #expect(try await dilys.submit(form).errors == ["Confirm that nothing in it says what the service is for"])
            form.forge("plain-words", "yes")
            _ = try await dilys.submit(form)
            #expect(try await nobody.get("/privacy/staff").text.contains("This happens silently"))
            // From tomorrow on: not yet.
            form = try await dilys.get("/register/notices/change?audience=staff").form("/register/notices/change")
            form.forge("plain-words", "yes")
            form.forge("body", "Another text")
            form.fill(day: "valid", today.adding(1))
            _ = try await dilys.submit(form)
            #expect(try await nobody.get("/privacy/staff").text.contains("This happens silently"))
            #expect(try await site.auditLog().contains { $0.event == "notice-published" })
            #expect(try await nobody.get("/sign-in").markup.all("a").contains { $0["href"] == "/privacy" })
        }
    }

    /// Where the matter is that was recorded last.
    private func newest(_ site: TestSite) async throws -> String? {
        let id: UUID? = try await site.truth.transaction { db in
            try db.first("SELECT id FROM app.data_matter ORDER BY recorded_at DESC LIMIT 1") { try $0["id"] }
        }
        return id.map { "/register/matters/\($0.column)" }
    }
}

extension PageForm {
    fileprivate mutating func fill(day field: String, _ day: Day) {
        forge("\(field)-day", String(day.day))
        forge("\(field)-month", String(day.month))
        forge("\(field)-year", String(day.year))
    }
}

extension TestSite {
    fileprivate func number(_ query: SQL) async throws -> Int {
        try await truth.transaction { db in try db.first(query) { try $0["n"] } ?? -1 }
    }
}

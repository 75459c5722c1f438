import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A case and its clock, on the pages", .needsClone)
struct ClockFlowTests {
    private func wednesday() throws -> Date { try TestClock.next(weekday: 3, minute: 15 * 60) }

    @Test func `a case without a grade waits for one; the grade starts the clock; only contact stops it`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let hana = Browser(site, as: .hana)
            let call = FirstCall(hana)
            let person = try await call.person(of: call.contact())
            let record = try await call.openCase(person, to: .imran)
            let path = "/cases/\(record.column)"
            let ungraded = try await hana.get(path)
            #expect(ungraded.text.contains("Not graded yet") && ungraded.text.contains("Grade due"))
            #expect(!ungraded.text.contains("48 hours left"))
            site.clock.advance(by: 20 * 3_600)
            _ = try await call.dash(person)
            let graded = try await hana.get(path)
            #expect(graded.text.contains("48 hours left"), "from the grade, not from the opening")
            #expect(graded.text.contains("(48 hours). Norm") && graded.text.contains("(24 hours)"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.task WHERE person_id = \(person) AND kind = 'reassess' AND done_at IS NULL
                """) == 0)

            let imran = Browser(site, as: .imran)
            let attempt = try await imran.get(path + "/attempts/new")
            try await imran.submit(attempt, ["channel": "inPerson", "outcome": "noAnswer"])
            #expect(try await imran.get(path).text.contains("48 hours left"), "an attempt is no contact")
            site.clock.advance(by: 3_600)
            try await imran.submit(imran.get(path + "/attempts/new"), ["channel": "inPerson", "outcome": "spoke"])
            #expect(try await imran.get(path).text.contains("Within the norm of 24 hours"))
            _ = try await call.dash(person)
            #expect(try await imran.get(path).text.contains("Within the norm of 24 hours"), "a new grade starts nothing again")
        }
    }

    @Test func `where no safe time falls inside, nobody is urged, and the breach is counted apart`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let (person, record) = try await FirstCall(Browser(site, as: .hana)).wholeCall()
            let imran = Browser(site, as: .imran)
            let page = try await imran.get("/cases/\(record.column)")
            #expect(page.text.contains("No safe time to ring falls within what is left of the 48 hours"))
            #expect(page.text.contains("The next safe moment is Tuesday"))
            #expect(page.text.contains("A safe go-between may reach them sooner"))
            site.clock.advance(by: 49 * 3_600)
            let over = try await imran.get("/cases/\(record.column)")
            #expect(over.text.contains("Overdue by 1 hour No safe time"))
            #expect(over.text.contains("Overdue: Hana Whitlock is on call"))
            #expect(try await site.howMany("SELECT no_safe_time::int AS n FROM app.case_record WHERE id = \(record)") == 1)
            let overdue = try await imran.get("/cases?list=overdue")
            #expect(overdue.text.contains("Wilhelmina Quartermaine") && overdue.text.contains("No safe time"))
            // She says that any morning is safe: the same delay is lateness.
            let form = try await imran.get("/people/\(person.column)/safe-contact")
            try await imran.submit(form, ["asked": "yes", "number": "07700 900742", "channels": "telephone", "days": "4"])
            #expect(try await site.howMany("SELECT no_safe_time::int AS n FROM app.case_record WHERE id = \(record)") == 0)
            let late = try await imran.get("/cases/\(record.column)")
            #expect(!late.text.contains("No safe time") && late.text.contains("Do not ring now. The next safe moment"))
        }
    }

    @Test func `a referral that was graded high runs from its receipt, and its sender is the go-between`() async throws {
        try await TestSite.rolledBack(at: try wednesday()) { site in
            let id = World.id(.waitingReferral, 101)
            let received = site.clock.now.addingTimeInterval(-3 * 3_600)
            try await site.alter("""
                UPDATE app.referral SET graded_high = true, received_at = \(received) WHERE id = \(id)
                """, """
                UPDATE app.referral SET told_sealed = (SELECT told_sealed FROM app.referral WHERE id = \(id)) WHERE id = \(id)
                """)
            let call = FirstCall(Browser(site, as: .hana))
            let contact = try await call.contact()
            try await site.alter("UPDATE app.referral SET contact_id = \(contact) WHERE id = \(id)")
            let person = try await call.person(of: contact)
            try await call.tuesdaysBeforeNoon(person)
            let record = try await call.openCase(person, to: .imran)
            let page = try await Browser(site, as: .imran).get("/cases/\(record.column)")
            #expect(page.text.contains("45 hours left") || page.text.contains("44 hours left"))
            #expect(page.text.contains("Rhian Locke-Adair, Northshire Police, who referred"))
        }
    }

    @Test func `the list is by risk, and an overdue one leads on from page to page`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("""
                INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, reference, risk, worker_id,
                    opened_at, opened_by, clock_started_at, first_contact_due, next_due)
                SELECT gen_random_uuid(), partnership_id, agency_id, person_id, 'X-' || n,
                    CASE n % 2 WHEN 0 THEN 'high' ELSE 'medium' END, worker_id, now() - interval '9 days', opened_by,
                    now() - interval '9 days' - n % 7 * interval '1 hour',
                    now() - interval '7 days' - n % 7 * interval '1 hour', now() - interval '7 days'
                FROM app.case_record, generate_series(1, 70) AS n WHERE id = \(World.mayasCase)
                """)
            let imran = Browser(site, as: .imran)
            var seen: [String] = []
            var path: String? = "/cases?list=overdue&risk=high"
            while let here = path, seen.count < 200 {
                let page = try await imran.get(here)
                seen += page.markup.all("a").compactMap { $0["href"] }.filter { $0.hasPrefix("/cases/") }
                path = page.markup.all("a").first { $0["rel"] == "next" }?["href"]
            }
            // And Rina's, which is high and overdue too.
            #expect(seen.count == 36 && Set(seen).count == 36)
            #expect(try await imran.get("/cases?list=mine&risk=standard").text.contains("No cases here"))
        }
    }

    @Test func `the team page says who holds what, who is away, and what nobody minds`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await Browser(site, as: .sunita).get("/team")
            #expect(page.text.contains("Hana Whitlock is on call") || page.text.contains("Goes to Hana Whitlock"))
            let rows = page.markup.all("tr").map(\.words)
            let ivy = try #require(rows.first { $0.hasPrefix("Ivy Marchetti") })
            #expect(ivy.contains("Away"))
            #expect(rows.contains { $0.hasPrefix("Imran Aldous300091 late") }, "Maya, Nell, Rina")
            #expect(rows.contains { $0.hasPrefix("Fen Abara000000") && $0.contains("No cases") })
            // Ines' case is nobody's; Olive's and Priyanka's are Ivy's, who is away.
            for name in ["Ines Faulkner", "Olive Tamboura", "Priyanka Lovell"] { #expect(page.text.contains(name), "\(name)") }
            #expect(!page.text.contains("Maya Castell"))
            let form = try await Browser(site, as: .sunita).get("/cases/\(World.mayasCase.column)/allocate")
            #expect(form.text.contains("3 open cases: 3 high (load 9)") && form.text.contains("Away until"))
        }
    }
}

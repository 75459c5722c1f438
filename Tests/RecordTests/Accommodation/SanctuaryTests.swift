import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Ines's case (111) has a sanctuary that did not go ahead, and room for another; Maya's (101) is ordered.
@Suite("Sanctuary: from the request to its end", .needsClone)
struct SanctuaryTests {
    private let list = "/cases/\(World.inessCase.column)/sanctuary"
    private let ordered = "/cases/\(World.mayasCase.column)/sanctuary/\(World.id(.sanctuary, 101).column)"
    private let terms: KeyValuePairs = [
        "wants": "yes", "there": "no", "tenure": "social", "permission": "notNeeded", "urgency": "standard",
    ]

    private func step(
        _ browser: Browser, _ path: String, _ step: String, _ more: KeyValuePairs<String, String> = [:], ago: Int = 0,
        from now: Date
    ) async throws -> Seen {
        let day = London.day(of: now).adding(-ago)
        var form = try await browser.get(path + "/next").form()
        #expect(form.fill(more).isEmpty)
        form.forge("step", step)
        _ = form.fill(["day-day": String(day.day), "day-month": String(day.month), "day-year": String(day.year)])
        return try await browser.submit(form)
    }

    private func due(_ site: TestSite) async throws -> [Date] {
        try await site.truth.transaction { db in
            try db.all("""
                SELECT due_at FROM app.task WHERE case_id = \(World.inessCase) AND kind = 'sanctuary'
                  AND done_at IS NULL
                """) { try $0["due_at"] }
        }
    }

    @Test func `it is asked for, surveyed, ordered, installed by a clock, signed off, supported, and counts once`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let hana = Browser(site, as: .hana)
            let asked = try await hana.submit(hana.get(list + "/new"), [
                "wants": "notKnown", "there": "no", "tenure": "social", "permission": "notAsked", "urgency": "standard",
            ])
            let path = asked.path
            #expect(path.hasPrefix(list + "/"))
            for words in [
                "Ask whether they want to stay there", "Ask the landlord, or record that it isn’t needed",
                "Nobody has assessed the risk in the home", "Nobody has surveyed fire safety", "No item is chosen",
                "No telephone number for the contractor to ring",
            ] { #expect(asked.text.contains(words), "\(words)") }
            let early = try await step(hana, path, "ordered", ["who": "A locksmith"], from: now)
            #expect(early.status == 422)
            #expect(early.errors.first?.contains("Ask whether they want to stay there") == true)
            _ = try await hana.submit(hana.get(path + "/edit"), terms)
            _ = try await hana.submit(hana.get(path + "/edit"), [
                "phone": "01632 960 555", "access": "tue", "funder": "A fund", "fitting": "80.50",
            ])
            _ = try await hana.submit(hana.get(path + "/items"), ["locks-number": "2", "locks-cost": "1,200"])
            _ = try await step(hana, path, "riskAssessed", ["words": "The back door gives way"], from: now)
            let unsafe = try await step(hana, path, "ordered", ["who": "A locksmith"], from: now)
            #expect(unsafe.errors == ["It can’t be ordered yet. Nobody has surveyed fire safety"])
            let surveyed = try await step(hana, path, "fireSurveyed", from: now)
            #expect(surveyed.text.contains("Surveyed") && surveyed.text.contains("£1,280.50"))
            #expect(try await due(site) == [])
            _ = try await step(hana, path, "ordered", ["who": "A locksmith"], from: now)
            #expect(try await due(site) == [WorkingDays.end(of: WorkingDays.after(London.day(of: now), 5))])
            let installed = try await step(hana, path, "installed", from: now)
            #expect(try await due(site) == [])
            #expect(installed.text.contains("Not yet. No support comes with it"))
            #expect(installed.text.contains("Write the letter for the size criteria"))
            _ = try await step(hana, path, "signedOff", from: now)
            let counts = try await step(hana, path, "supportAttached", from: now)
            #expect(counts.text.contains("Once, from \(London.day(of: now))"))
            _ = try await step(hana, path, "reviewed", from: now)
            let over = try await step(hana, path, "removed", from: now)
            #expect(over.text.contains("Ended"))
            #expect(try await hana.get(path + "/next").status == 404)
            let events = try await site.auditLog().filter { $0.subject == World.inessCase }.map(\.event)
            #expect(events.contains("sanctuary-recorded") && events.contains("sanctuary-viewed"))
            #expect(events.count { $0 == "sanctuary-changed" } == 11)
            let page = try await hana.get("/cases/\(World.inessCase.column)")
            #expect(page.text.contains("It was checked and signed off") && !page.text.contains("The back door"))
        }
    }

    @Test func `the contractor's order holds what the job needs, is on record, and says nothing of her or why`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let paper = try await imran.get(ordered + "/order")
            #expect(paper.heading == "Work order")
            for words in ["01632 960 777", "Locks: change or fit", "Monday, In the morning", "W-101"] {
                #expect(paper.text.contains(words), "\(words)")
            }
            let record = try await imran.get(ordered)
            #expect(record.text.contains("Maya"))
            for canary in [
                "Maya", "Dunmore", "Marcus", "Harbour", "Imran", "for the tests", "anctuary", "buse", "afe", "victim",
                "refuge", "survivor", "landlord",
            ] { #expect(!paper.text.contains(canary), "\(canary)") }
            #expect(try await site.auditLog().contains { $0.event == "sanctuary-order-printed" && $0.subject == World.mayasCase })
        }
    }

    @Test func `the database refuses an order while something is missing, whatever the form says`() async throws {
        try await Clone.lend { clone in
            let refused = try await clone.undone { db in
                try db.run("DELETE FROM app.sanctuary_step WHERE kind IN ('ordered', 'fireSurveyed')")
                try db.signIn(.imran)
                return try db.refusal(of: """
                    INSERT INTO app.sanctuary_step (id, partnership_id, agency_id, case_id, person_id, sanctuary_id, kind,
                        happened_on, recorded_at, recorded_by)
                    SELECT gen_random_uuid(), partnership_id, agency_id, case_id, person_id, id, 'ordered', current_date,
                           now(), \(World.Staff.imran.account)
                    FROM app.sanctuary WHERE case_id = \(World.mayasCase)
                    """)
            }
            #expect(refused == "23514")
        }
    }

    @Test func `a second one waits until the first has ended; two who put something down are told of each other`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let second = try await hana.submit(hana.get("/cases/\(World.mayasCase.column)/sanctuary/new"), terms)
            #expect(second.status == 409)
            #expect(second.text.contains("has one that goes on already"))
        }
        let now = Date.now
        try await TestSite.rolledBack(at: now) { site in
            let hana = Browser(site, as: .hana)
            var late = try await hana.get(ordered + "/next").form()
            _ = try await step(hana, ordered, "installed", from: now)
            late.forge("step", "declined")
            late.forge("because", "moved")
            let today = London.day(of: now)
            _ = late.fill([
                "day-day": String(today.day), "day-month": String(today.month), "day-year": String(today.year),
            ])
            #expect(try await hana.submit(late).status == 409)
        }
    }

    @Test func `an urgent one is due two days after its order, in clock hours; an older order counts from its morning`() throws {
        let eve = try #require(Day(year: 2026, month: 12, day: 24))
        let now = try #require(London.moment(eve, minute: 900))
        #expect(SanctuaryUrgency.urgent.due(ordered: eve, at: now) == now.addingTimeInterval(48 * 3_600))
        let before = eve.adding(-1)
        #expect(SanctuaryUrgency.urgent.due(ordered: before, at: now)
            == London.moment(before, minute: 0)?.addingTimeInterval(48 * 3_600))
        // Three bank holidays and two weekends lie between.
        #expect(SanctuaryUrgency.standard.due(ordered: eve, at: now)
            == WorkingDays.end(of: try #require(Day(year: 2027, month: 1, day: 5))))
    }

    @Test func `the letter for the size criteria begins with what is confirmed, for a professional`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let form = try await imran.get("/cases/\(World.mayasCase.column)/letters/new?template=sizeCriteria").form()
            #expect(form["addressee"] == "professional")
            #expect(form["body"].contains("official capacity") && form["body"].contains("[day]"))
        }
    }
}

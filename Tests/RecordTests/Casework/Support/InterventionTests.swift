import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case has one from the World: an onward referral to a food bank, which helps with housing.
@Suite("Support that is given", .needsClone)
struct InterventionTests {
    private let support = "/cases/\(World.mayasCase.column)/support"
    private let give = "/cases/\(World.mayasCase.column)/interventions/new"

    @Test func `the contract's twelve and the court are there, and each names where it leads`() {
        #expect(InterventionKind.allCases.count == 13)
        #expect(InterventionAnswer.all.count == 19)
        #expect(Set(InterventionAnswer.all.map(\.value)).count == 19 && Set(InterventionAnswer.all.map(\.label)).count == 19)
        let used = InterventionKind.allCases.flatMap(\.destinations)
        #expect(Set(used) == Set(LeadsTo.allCases) && used.count == LeadsTo.allCases.count)
    }

    @Test func `each of them can be saved, is listed by its day, and counts once`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            for answer in InterventionAnswer.all {
                var form = try await imran.get(give).form(give)
                form.forge("what", answer.value)
                form.forge("note", "Note on \(answer.value)")
                if answer.kind == .armyWelfare { form.forge("agreed", "yes") }
                #expect(try await imran.submit(form).path == support, "\(answer.value)")
            }
            let page = try await imran.get(support)
            for answer in InterventionAnswer.all { #expect(page.text.contains(answer.label), "\(answer.value)") }
            #expect(page.text.contains("Onward referral7") && page.text.contains("All together20"))
            #expect(page.text.contains("Army Welfare contacted, with their agreement"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await imran.get("/cases/\(World.mayasCase.column)").text.contains("Support given 20 times."))
            let timeline = try await imran.get("/people/\(World.maya.column)/timeline?kind=support")
            #expect(timeline.text.contains("Onward referral: food bank") && timeline.text.contains("Note on legal"))
            let log = try await site.auditLog().filter { $0.event == "intervention-recorded" }
            #expect(log.count == 19)
        }
    }

    @Test func `Army Welfare is refused without their agreement, by the form and by the database`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(give).form(give)
            form.forge("what", "armyWelfare")
            let refused = try await imran.submit(form)
            #expect(refused.status == 422 && refused.errors == [
                "Army Welfare is contacted only with their agreement. Tick it, or choose another",
            ])
            #expect(try await site.count("intervention") == 32)
            await #expect(throws: (any Error).self) {
                try await site.alter("UPDATE app.intervention SET kind = 'armyWelfare', leads_to = NULL")
            }
        }
    }

    @Test func `it stands on the day when it happened, which is within the life of the case`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            let opened = London.day(of: try await site.truth.transaction { db in
                try db.first("SELECT opened_at FROM app.case_record WHERE id = \(World.mayasCase)") {
                    try $0["opened_at"]
                } ?? now
            })
            func record(on day: Day) async throws -> Seen {
                var form = try await imran.get(give).form(give)
                form.forge("what", "oneToOne")
                form.forge("happened-day", String(day.day))
                form.forge("happened-month", String(day.month))
                form.forge("happened-year", String(day.year))
                return try await imran.submit(form)
            }
            let early = try await record(on: opened.adding(-1))
            #expect(early.status == 422 && early.errors == ["Date must be \(opened) or later: the case was opened then"])
            let future = try await record(on: London.day(of: now).adding(1))
            #expect(future.errors == ["Date must be today or in the past"])
            let saved = try await record(on: opened)
            #expect(saved.path == support && saved.text.contains("recorded \(London.day(of: now))"))
            let timeline = try await imran.get("/people/\(World.maya.column)/timeline?kind=support")
            #expect(timeline.text.contains("One-to-one support"))
            try await site.alter("""
                UPDATE app.case_record SET closed_at = opened_at + interval '2 days' WHERE id = \(World.mayasCase)
                """)
            let after = try await record(on: London.day(of: now))
            #expect(after.status == 422 && after.errors.first?.hasSuffix("the case was closed then") == true)
            #expect(try await record(on: opened.adding(1)).path == support)
        }
    }

    @Test func `a need of another case is none that it helps with`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(give).form(give)
            form.forge("what", "housing")
            form.forge("need", World.id(.need, 105).column)
            #expect(try await imran.submit(form).errors == ["Select which need it helps with, or none of these"])
            form.forge("need", World.id(.need, 101).column)
            #expect(try await imran.submit(form).text.contains("Housing"))
        }
    }

    @Test func `every record stands on one page of the list and on no other`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("""
                INSERT INTO app.intervention (id, partnership_id, agency_id, case_id, person_id, kind, happened_on, note,
                    recorded_at, recorded_by)
                SELECT gen_random_uuid(), partnership_id, agency_id, case_id, person_id, 'oneToOne',
                    happened_on + n % 4, 'Talk ' || n || '.', recorded_at, recorded_by
                FROM app.intervention, generate_series(1, 70) AS n WHERE case_id = \(World.mayasCase)
                """)
            let imran = Browser(site, as: .imran)
            var (seen, path): ([String], String?) = ([], support)
            while let here = path, seen.count < 300 {
                let page = try await imran.get(here)
                #expect(page.text.contains("All together71"))
                seen += page.markup.all("td").map(\.words).filter { $0.contains("Talk ") }
                path = page.markup.all("a").first { $0["rel"] == "next" }?["href"]
            }
            #expect(seen.count == 70 && Set(seen).count == 70)
        }
    }
}

import Foundation
import HTTPTypes
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("The timeline of a person", .needsClone)
struct PersonTimelineTests {
    private let maya = "/people/\(World.maya.column)/timeline"

    private func titles(_ page: Seen) -> [String] {
        page.markup.all("h3").filter { $0["class"] == "drystone-timeline__title" }.map(\.words)
    }

    @Test func `everything that happened is there, with who did it, and can be asked for by kind and day`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("""
                UPDATE app.task SET done_at = now(), done_by = \(World.Staff.imran.account)
                WHERE person_id = \(World.maya) AND kind = 'promise'
                """)
            let imran = Browser(site, as: .imran)
            let all = try await imran.get(maya)
            let next = all.markup.all("a").compactMap { $0["href"] }.first { $0.contains("before=") }
            let rest = try await imran.get(#require(next))
            #expect(Set(titles(all) + titles(rest)).isSuperset(of: [
                "Contact", "Case opened", "Contact attempted", "Note written", "Risk assessed", "Safe contact",
                "Referral received", "Task done",
            ]))
            #expect(all.text.contains("by Imran Aldous") && (all.text + rest.text).contains("A note of case W-101"))
            let queries = all.answer.headers.first { $0.name.rawName.lowercased() == "x-queries" }?.value
            #expect(Int(queries ?? "99") ?? 99 <= 8)
            #expect(Set(titles(try await imran.get(maya + "?kind=notes"))) == ["Note written"])
            let none = try await imran.get(maya + "?since-day=1&since-month=1&since-year=2090")
            #expect(titles(none).isEmpty && none.text.contains("Nothing here"))
            let wrong = try await imran.get(maya + "?since-day=31&since-month=2&since-year=2026")
            #expect(wrong.status == 422 && wrong.errors == ["From must be a real date, like 27 3 1987"])
            #expect(try wrong.form(maya)["since-day"] == "31")
            let log = try await site.auditLog()
            #expect(log.count == 5 && log.allSatisfy { $0.event == "timeline-viewed" && $0.subject == World.maya })
        }
    }

    @Test func `every line stands on one page and on no other, also where many have one moment`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("""
                INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
                SELECT gen_random_uuid(), partnership_id, agency_id, case_id, 'Note number ' || n || '.',
                    date_trunc('hour', now()) - n / 10 * interval '1 day', written_by
                FROM app.case_note, generate_series(1, 70) AS n WHERE case_id = \(World.mayasCase)
                """)
            let imran = Browser(site, as: .imran)
            var (seen, path): ([String], String?) = ([], maya)
            while let here = path, seen.count < 300 {
                let page = try await imran.get(here)
                seen += page.markup.all("p").map(\.words).filter { $0.hasPrefix("Note number ") }
                path = page.markup.all("a").first { $0["rel"] == "next" }?["href"]
            }
            #expect(seen.count == 70 && Set(seen).count == 70)
        }
    }

    @Test func `on paper stands nothing that anybody typed, and no number, address, code word or who must not know`()
        async throws {
        try await TestSite.rolledBack(at: try TestClock.next(weekday: 2, minute: 600)) { site in
            let call = FirstCall(Browser(site, as: .hana))
            let (person, record) = try await call.wholeCall()
            let imran = Browser(site, as: .imran)
            let note = "Now at 12 Mill Lane, 07700 900123. Word is tangerine."
            try await imran.submit(imran.get("/cases/\(record.column)/notes/new"), ["body": note])
            #expect(try await imran.get("/people/\(person.column)/timeline").text.contains("tangerine"))
            let paper = try await imran.get("/people/\(person.column)/timeline/print")
            let secrets: [String] = call.typed.filter { $0 != call.given && $0 != call.family }
            for typed in secrets + [note, "Mill Lane", "900123", "tangerine"] {
                #expect(!paper.answer.body.contains(typed), "\(typed)")
            }
            #expect(paper.heading == "Wilhelmina Quartermaine" && paper.title == "Timeline - Drystone")
            #expect(paper.text.contains("Code word withheld") && paper.text.contains("Must not learn of it withheld"))
            #expect(paper.text.contains("Note writtenWords: withheld"))
            #expect(try await site.auditLog().last?.event == "timeline-printed")
        }
    }

    @Test func `somebody who may not read contacts reads none of them here`() async throws {
        try await TestSite.rolledBack { site in
            let agnes = World.id(.person, 301)
            let harriet = Browser(site, as: .harriet)
            let page = try await harriet.get("/people/\(agnes.column)/timeline")
            #expect(page.status == 200 && titles(page).contains("Case opened") && !titles(page).contains("Contact"))
            #expect(!page.text.contains("Helpline call"))
            let forced = try await harriet.get("/people/\(agnes.column)/timeline?kind=contacts")
            #expect(titles(forced).isEmpty)
        }
    }
}

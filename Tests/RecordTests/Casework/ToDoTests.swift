import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's.
@Suite("What is to be done on a case", .needsClone)
struct ToDoTests {
    private let mayasCase = "/cases/\(World.mayasCase.column)"

    private func typed(_ what: String, days: Int = 3, whose: String = "mine") -> KeyValuePairs<String, String> {
        let day = London.day(of: .now).adding(days)
        return ["what": what, "due-day": "\(day.day)", "due-month": "\(day.month)", "due-year": "\(day.year)",
                "whose": whose]
    }

    @Test func `it stands on the case and on its owner's first page until it is done`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let saved = try await imran.submit(imran.get("\(mayasCase)/tasks/new"), typed("Ring the school"))
            #expect(saved.path == mayasCase && saved.text.contains("To do: Ring the school"))
            #expect(try await imran.get("/").text.contains("Ring the school"))
            #expect(try await !ivy.get("/").text.contains("Ring the school"))
            #expect(try await ivy.get(mayasCase).text.contains("To do: Ring the school"))

            let done = try await imran.submit(saved.form(saved.forms.first { $0.action.hasSuffix("/done") }?.action))
            #expect(done.path == mayasCase && !done.text.contains("Ring the school"))
            #expect(try await !imran.get("/").text.contains("Ring the school"))
            let events = try await site.auditLog().map(\.event)
            #expect(events.contains("task-added") && events.contains("task-done"))
        }
    }

    @Test func `a colleague puts it on the list of whoever holds the case, and it moves with the case`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy, hana) = (Browser(site, as: .imran), Browser(site, as: .ivy), Browser(site, as: .hana))
            let form = try await ivy.get("\(mayasCase)/tasks/new")
            #expect(form.text.contains("For Imran"))
            _ = try await ivy.submit(form, typed("Bring the forms", whose: "holder"))
            #expect(try await imran.get("/").text.contains("Bring the forms"))
            #expect(try await !ivy.get("/").text.contains("Bring the forms"))
            _ = try await hana.submit(
                hana.get("\(mayasCase)/allocate"), ["worker": World.Staff.ivy.account.column])
            #expect(try await ivy.get("/").text.contains("Bring the forms"))
            #expect(try await !imran.get("/").text.contains("Bring the forms"))
        }
    }

    @Test func `the first page shows the most urgent fifteen, and all of them on request`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("DELETE FROM app.task WHERE owner_id = \(World.Staff.imran.account)")
            for number in 1...17 {
                try await site.alter("""
                    INSERT INTO app.task (id, partnership_id, agency_id, case_id, kind, detail, owner_id, started_at, due_at)
                    SELECT \(UUID()), partnership_id, agency_id, id, 'toDo', \("Errand \(number)."),
                           \(World.Staff.imran.account), now(), now() + make_interval(days => \(number))
                    FROM app.case_record WHERE id = \(World.mayasCase)
                    """)
            }
            let imran = Browser(site, as: .imran)
            let first = try await imran.get("/")
            #expect(first.text.contains("Errand 15.") && !first.text.contains("Errand 16."))
            #expect(first.text.contains("All that waits for you"))
            let all = try await imran.get("/?tasks=all")
            #expect(all.text.contains("Errand 17.") && !all.text.contains("All that waits for you"))
            // However much is overdue, a warning is not below it.
            try await site.alter("""
                UPDATE app.task SET kind = 'warning' WHERE owner_id = \(World.Staff.imran.account) AND detail = 'Errand 17.'
                """)
            let warned = try await imran.get("/").text
            let warning = try #require(warned.range(of: "Errand 17."))
            let errand = try #require(warned.range(of: "Errand 1."))
            #expect(warning.lowerBound < errand.lowerBound)
        }
    }

    @Test func `clocks and decisions are never ended by a press`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            // A data call waits by being open: it is no row of anybody's.
            for kind in TaskKind.allCases where !kind.isEndedByPress && kind != .dataCall {
                let id = UUID()
                try await site.alter("""
                    INSERT INTO app.task (id, partnership_id, agency_id, case_id, kind, started_at, due_at)
                    SELECT \(id), partnership_id, agency_id, id, \(kind), now(), now() FROM app.case_record
                    WHERE id = \(World.mayasCase)
                    """)
                #expect(try await !imran.get(mayasCase).forms.contains { $0.action == "/tasks/\(id.column)/done" })
                let answer = try await imran.send(.post, "/tasks/\(id.column)/done", form: PageForm.encode([
                    ("csrf", "csrf-imran"), ("submission", UUID().column), ("back", mayasCase),
                ]))
                #expect(answer.status == 404, "\(kind)")
            }
        }
    }

    @Test(arguments: [
        (["what": ""], ["Enter what is to be done"]), (["due-day": "", "due-month": "", "due-year": ""],
                                                         ["Enter the day on which it is due"]),
        (["due-year": "2020"], ["Due must be today or later"]), (["due-year": "\(London.day(of: .now).year + 4)"], ["Due must be within two years"]),
        (["due-month": "13"], ["Due must be a real date, like 27 3 1987"]), (["whose": "hers"], ["Select whose it is"]),
    ] as [([String: String], [String])])
    func `what is wrong is said beside its field`(_ wrong: [String: String], _ expected: [String]) async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            var form = try await ivy.get("\(mayasCase)/tasks/new").form()
            _ = form.fill(typed("Ring the school"))
            for (field, value) in wrong { form.forge(field, value) }
            let refused = try await ivy.submit(form)
            #expect(refused.status == 422 && refused.errors == expected)
        }
    }

    @Test func `nothing is put on the list of a closed case`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("UPDATE app.case_record SET closed_at = now() WHERE id = \(World.mayasCase)")
            let imran = Browser(site, as: .imran)
            #expect(try await !imran.get(mayasCase).text.contains("Add to the list"))
            #expect(try await imran.send(.get, "\(mayasCase)/tasks/new").status == 404)
        }
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Sunita is Harbour's service manager. Imran was supervised once (World): something was decided on each of his cases.
@Suite("Supervision, and what it decides about cases", .needsClone)
struct SupervisionTests {
    private let worker = "/team/supervision/\(World.Staff.imran.account.column)"

    private func start(_ sunita: Browser, _ day: Day) async throws -> Seen {
        var form = try await sunita.get(worker).form(worker)
        for (part, value) in [("day", day.day), ("month", day.month), ("year", day.year)] {
            form.forge("held-\(part)", String(value))
        }
        return try await sunita.submit(form)
    }

    @Test func `a decision stands on the case, its task on the list, and a later one keeps it`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let (sunita, imran) = (Browser(site, as: .sunita), Browser(site, as: .imran))
            let list = try await sunita.get("/team/supervision")
            #expect(list.text.contains("Imran Aldous") && !list.text.contains("Sunita Farrow"))
            let begun = try await start(sunita, London.day(of: now))
            #expect(begun.text.contains("Maya Castell, W-101"))
            #expect(Int(begun.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let path = "\(begun.path)/\(World.mayasCase.column)"
            let due = London.day(of: now).adding(7)
            let saved = try await sunita.submit(sunita.get(path), [
                "decision": "Offer court support <b>now</b>", "task": "Ring the court", "due-day": String(due.day),
                "due-month": String(due.month), "due-year": String(due.year),
            ])
            #expect(saved.path == begun.path && saved.text.contains("Offer court support <b>now</b>"))
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.text.contains("Decided in supervision") && record.text.contains("To do: Ring the court"))
            #expect(record.text.contains("Decisions from supervision (2).") && !record.text.contains("Offer court"))
            #expect(Int(record.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await imran.get("/").text.contains("Ring the court"))
            _ = try await sunita.submit(sunita.get(path), ["decision": "Wait for the hearing"])
            let said = try await imran.get("/cases/\(World.mayasCase.column)/supervision")
            for words in ["Wait for the hearing", "Offer court support <b>now</b>", "A decision for the tests"] {
                #expect(said.text.contains(words), "\(words)")
            }
            #expect(try await site.auditLog().count { $0.event == "supervision-decided" } == 2)
        }
    }

    @Test func `a task without its day, a day without a task, and no decision are said beside the field`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let path = "\(worker)/\(World.id(.supervision, 2).column)/\(World.mayasCase.column)"
            let page = try await sunita.get(path)
            #expect(try await sunita.submit(page, ["task": "Ring"]).errors
                == ["Enter what is decided", "Enter the day by which it is to be done"])
            let other = try await sunita.submit(page, ["decision": "Wait", "due-day": "1", "due-month": "2", "due-year": "2099"])
            #expect(other.errors == ["Leave the day empty, or enter what is to be done"])
            #expect(try other.form(path)["decision"] == "Wait")
        }
    }

    @Test func `of two managers who decide, the second is told and loses nothing`() async throws {
        try await TestSite.rolledBack { site in
            let (sunita, gwen) = (Browser(site, as: .sunita), Browser(site, as: .gwen))
            let path = "\(worker)/\(World.id(.supervision, 2).column)/\(World.mayasCase.column)"
            let (first, second) = (try await sunita.get(path), try await gwen.get(path))
            _ = try await sunita.submit(first, ["decision": "Go on"])
            let told = try await gwen.submit(second, ["decision": "Stop"])
            #expect(told.status == 409 && told.errors[0].contains("Saved is: Go on"))
            #expect(try told.form(path)["decision"] == "Stop")
            #expect(try await gwen.submit(told.form(path)).status == 200)
        }
    }

    @Test func `one that was recorded by mistake says so wherever it stands`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let path = "\(worker)/\(World.id(.supervision, 2).column)"
            let saved = try await sunita.submit(sunita.get(path), ["mistake": "That was with Ivy"])
            #expect(saved.text.contains("Recorded by mistake: That was with Ivy"))
            let page = try await Browser(site, as: .imran).get("/cases/\(World.mayasCase.column)/supervision")
            #expect(page.text.contains("Recorded by mistake"))
            #expect(try await sunita.get("/team/supervision").text.contains("Imran AldousNone yet"))
        }
    }

    @Test func `nobody supervises themselves, by the page and by the database`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let own = try await sunita.get("/team/supervision/\(World.Staff.sunita.account.column)")
            #expect(own.status == 404)
            await #expect(throws: PostgresError.self) {
                try await site.alter("UPDATE app.supervision SET worker_id = recorded_by")
            }
        }
    }
}

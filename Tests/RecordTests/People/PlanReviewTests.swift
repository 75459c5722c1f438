import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A safety plan is looked at again when something moves the risk", .needsClone)
struct PlanReviewTests {
    private let maya = "/people/\(World.maya.column)"

    @Test func `what moves the risk after a plan was written proposes that the plan is looked at; saving it again answers`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            #expect(!(try await imran.get("\(maya)/plan").text.contains("Recorded since this was written")))
            let event: KeyValuePairs = [
                "kind": "separation", "day-day": String(today.day), "day-month": String(today.month),
                "day-year": String(today.year),
            ]
            _ = try await imran.submit(imran.get("\(maya)/events/new"), event)
            let page = try await imran.get("\(maya)/plan")
            #expect(page.text.contains("Recorded since this was written: Separation, \(today)."))
            #expect(page.text.contains("To be reviewed by \(today)."))
            let record = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(record.text.contains("To be reviewed by \(today)."))
            #expect(Int(record.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let saved = try await imran.submit(imran.get("\(maya)/plan/adult"), ["calm": "A walk"])
            #expect(!saved.text.contains("Recorded since this was written"))
        }
    }

    @Test func `what is set aside with a reason proposes nothing of a plan either`() async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            _ = try await imran.submit(imran.get("\(maya)/events/new"), [
                "kind": "separation", "day-day": String(today.day), "day-month": String(today.month),
                "day-year": String(today.year),
            ])
            _ = try await imran.submit(imran.get("\(maya)/events/dismiss"), ["reason": "They never lived together"])
            #expect(!(try await imran.get("\(maya)/plan").text.contains("Recorded since this was written")))
        }
    }

    @Test func `one task is about the risk and the plan: an assessment leaves the plan, a new version ends it`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let today = London.day(of: now)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            _ = try await imran.submit(imran.get("\(maya)/events/new"), [
                "kind": "move", "day-day": String(today.day), "day-month": String(today.month),
                "day-year": String(today.year),
            ])
            let both = "Move to another home, \(today). The safety plan too"
            #expect(try await imran.get("/").text.contains(both))
            var dash = try await imran.get("\(maya)/risk/new").form("\(maya)/risk/new")
            _ = dash.fill(["area": World.northshire.column, "judgement": "follows"])
            #expect(try await imran.post(dash).status == 303)
            let plan = "The safety plan, written before: Move to another home, \(today)"
            let list = try await imran.get("/")
            #expect(list.text.contains(plan) && !list.text.contains(both))
            #expect(try await imran.get("\(maya)/risk").text.contains("To be reviewed by \(today)."))
            _ = try await imran.submit(imran.get("\(maya)/plan/adult"), ["calm": "A walk"])
            #expect(!(try await imran.get("/").text.contains(plan)))
        }
    }

    @Test func `what was to come when the plan was written brings it forward on its day, where the plan says so`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        let release = London.day(of: now).adding(10)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            _ = try await imran.submit(imran.get("\(maya)/events/new"), [
                "kind": "release", "day-day": String(release.day), "day-month": String(release.month),
                "day-year": String(release.year),
            ])
            _ = try await imran.submit(imran.get("\(maya)/plan/adult"), ["review-when": "hearing"])
            #expect(!(try await imran.get("\(maya)/plan").text.contains("To be reviewed by \(release).")))
            _ = try await imran.submit(imran.get("\(maya)/plan/adult"), ["review-when": "release"])
            #expect(try await imran.get("\(maya)/plan").text.contains("To be reviewed by \(release)."))
        }
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Imran's. It has a need from the World: housing, partly met, changed once.
@Suite("Needs and goals of a case", .needsClone)
struct NeedTests {
    private let support = "/cases/\(World.mayasCase.column)/support"
    private let housing = "/cases/\(World.mayasCase.column)/support/needs/\(World.id(.need, 101).column)"

    @Test func `a need is recorded with what is wanted, and stands on the case, its page and the timeline`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let words = "Rent paid'; DROP TABLE app.need; -- <b>first</b>"
            let saved = try await imran.submit(
                imran.get("\(support)/needs/new"), ["kind": "money", "goal": words])
            #expect(saved.path == support && saved.text.contains("Money and benefits") && saved.text.contains(words))
            #expect(Int(saved.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await site.auditLog().contains { $0.event == "need-recorded" && $0.subject == World.mayasCase })
            let page = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(page.text.contains("Needs: 1 open, 1 partly met. Support given once."))
            #expect(page.text.contains("Need recorded") && !page.text.contains("Rent paid"))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            let timeline = try await imran.get("/people/\(World.maya.column)/timeline?kind=support")
            #expect(timeline.text.contains("Money and benefits: Open") && timeline.text.contains(words))
            let paper = try await imran.get("/people/\(World.maya.column)/timeline/print")
            #expect(paper.text.contains("Money and benefits: Open") && !paper.answer.body.contains("Rent paid"))
        }
    }

    @Test func `a change keeps what was said before, and each need counts once, as it stands now`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            for (state, note) in [("met", "Keys on Friday"), ("open", "The landlord sold"), ("noLongerWanted", "")] {
                let saved = try await imran.submit(imran.get(housing), ["state": state, "note": note])
                #expect(saved.path == support)
            }
            let page = try await imran.get(support)
            for said in ["4 earlier versions", "No longer wanted", "Keys on Friday", "The landlord sold", "Partly met"] {
                #expect(page.text.contains(said), "\(said)")
            }
            let counted = try await imran.get("/cases/\(World.mayasCase.column)")
            #expect(counted.text.contains("Needs: 1 no longer wanted. Support given once."))
        }
    }

    @Test func `how long it stands so is kept when only the words change, and is today when it stands otherwise`()
        async throws {
        let now = try TestClock.next(weekday: 2, minute: 600)
        try await TestSite.rolledBack(at: now) { site in
            let imran = Browser(site, as: .imran)
            func since(_ version: Int) async throws -> Day? {
                try await site.truth.transaction { db in
                    try db.first("""
                        SELECT since FROM app.need_change
                        WHERE need_id = \(World.id(.need, 101)) AND version = \(version)
                        """) { try $0["since"] }
                }
            }
            _ = try await imran.submit(imran.get(housing), ["goal": "Two rooms"])
            let (before, kept) = (try await since(2), try await since(3))
            #expect(kept == before && kept != London.day(of: now))
            _ = try await imran.submit(imran.get(housing), ["state": "met"])
            #expect(try await since(4) == London.day(of: now))
        }
    }

    @Test func `of two who change it, the second sees both and loses nothing`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let (first, second) = (try await imran.get(housing), try await ivy.get(housing))
            _ = try await imran.submit(first, ["state": "met", "goal": "Two rooms"])
            let told = try await ivy.submit(second, ["state": "open", "goal": "A garden", "note": "Rang her"])
            #expect(told.status == 409 && told.text.contains("Two rooms"))
            #expect(try told.form(housing)["goal"] == "A garden" && told.form(housing)["note"] == "Rang her")
            let saved = try await ivy.submit(told.form(housing))
            #expect(saved.path == support && saved.text.contains("A garden") && saved.text.contains("Two rooms"))
        }
    }

    @Test func `one of each kind is on a case: the second of two who add it is told`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let (first, second) = (try await imran.get("\(support)/needs/new"), try await ivy.get("\(support)/needs/new"))
            #expect(!first.answer.body.contains("value=\"housing\""))
            _ = try await imran.submit(first, ["kind": "work"])
            let told = try await ivy.submit(second, ["kind": "work", "goal": "A course"])
            #expect(told.status == 409)
            #expect(told.errors == ["Work and education is on this case already. Go back, and change it there"])
            #expect(try told.form("\(support)/needs/new")["goal"] == "A course")
            #expect(try await site.count("need") == 33)
        }
    }

    @Test func `what is missing or can't be is said beside its field`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get("\(support)/needs/new").form("\(support)/needs/new")
            form.forge("kind", "other")
            form.forge("opened-year", "2090")
            let refused = try await imran.submit(form)
            #expect(refused.status == 422)
            #expect(refused.errors == ["Enter what is wanted", "Date must be today or in the past"])
            var change = try await imran.get(housing).form(housing)
            #expect(try await imran.submit(change).errors == ["Nothing is changed yet. Change something, or go back"])
            for (part, value) in [("day", "1"), ("month", "2"), ("year", "2001")] { change.forge("since-\(part)", value) }
            change.forge("state", "done")
            let again = try await imran.submit(change)
            #expect(again.errors.count == 2 && again.errors.first == "Select how it stands")
            #expect(again.errors.last?.hasSuffix("the need is known since then") == true)
        }
    }

    @Test func `of a closed case the needs stay as they were, and are still read`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            try await site.alter("UPDATE app.case_record SET closed_at = now() WHERE id = \(World.mayasCase)")
            #expect(try await imran.get(housing).status == 404)
            #expect(try await imran.get("\(support)/needs/new").status == 404)
            let page = try await imran.get(support)
            #expect(page.status == 200 && page.text.contains("A door of my own") && !page.text.contains("Add a need"))
        }
    }

    @Test func `whom the case is shared with reads nothing of it`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let shared = try await hana.get("/cases/\(World.id(.record, 201).column)")
            #expect(shared.status == 200 && !shared.text.contains("Needs:") && !shared.text.contains("food bank"))
            #expect(try await hana.get("/cases/\(World.id(.record, 201).column)/support").status == 404)
        }
    }
}

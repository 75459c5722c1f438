import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Between two people", .needsClone)
struct TwoPeopleTests {
    private let path = "/people/\(World.maya.column)/related/\(World.marcus.column)"

    @Test func `a counter-allegation is a second record, and who is at risk is decided by a named person, with a reason`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let before = try await site.count("relationship")
            let page = try await imran.submit(imran.get(path), to: path + "/counter")
            #expect(try await site.count("relationship") == before + 1)
            #expect(page.text.contains("Maya Castell, by Marcus Dunmore"))
            #expect(page.text.contains("Marcus Dunmore, by Maya Castell"))
            #expect(page.text.contains("nobody has decided who is at risk"))
            #expect(try await imran.get("/people/\(World.maya.column)").text.contains("Decide who is at risk"))

            let empty = try await imran.submit(page, to: path + "/decision")
            #expect(empty.status == 422 && empty.errors.count == 2)
            let decided = try await imran.submit(empty, [
                "at-risk": "this", "reason": "She fled twice; his account changed",
            ], to: path + "/decision")
            #expect(decided.text.contains("Maya Castell is at risk from Marcus Dunmore"))
            #expect(decided.text.contains("Decided by Imran Aldous on") && decided.text.contains("She fled twice"))
            // From the other's page, the same decision reads the other way round.
            let his = try await imran.get("/people/\(World.marcus.column)")
            #expect(his.text.contains("The other is at risk"))
            #expect(try await site.auditLog().map(\.event).contains("risk-direction-decided"))
        }
    }

    @Test func `a decision is changed by a new one only; the earlier stays, and a late one is told`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let action = path + "/decision"
            var late = try await ivy.get(path).form(action)
            let first = try await imran.submit(imran.get(path), ["at-risk": "both", "reason": "First"], to: action)
            _ = late.fill(["at-risk": "other", "reason": "Kept words"])
            let told = try await ivy.submit(late)
            #expect(told.status == 409 && told.text.contains("Each is at risk from the other"))
            #expect(try told.form(action)["reason"] == "Kept words")
            let second = try await imran.submit(first, ["at-risk": "this", "reason": "Second"], to: action)
            #expect(second.text.contains("Earlier decisions") && second.text.contains("First"))
            let refused = try await site.truth.transaction { db in
                try db.run("SET LOCAL ROLE drystone_app")
                return try db.attempt { db in try db.run("UPDATE app.risk_direction SET reason = 'x'") }
            }
            guard case .failure(let error) = refused else { Issue.record("a decision was changed"); return }
            #expect(error.sqlState == "42501")
        }
    }

    @Test func `not personally connected is an answer and no bar; a changed connection is told to the second editor`()
        async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            var late = try await ivy.get(path).form(path)
            let changed = try await imran.submit(imran.get(path), ["connection": "notPersonallyConnected"], to: path)
            #expect(changed.text.contains("Not personally connected"))
            #expect(try await imran.get("/people/\(World.maya.column)/risk/new").status == 200)
            _ = late.fill(["connection": "married"])
            #expect(try await ivy.submit(late).status == 409)
            #expect(!Connectedness.notPersonallyConnected.countsUnderTheAct)
            #expect(Connectedness.allCases.filter(\.countsUnderTheAct).count == 7)
        }
    }
}

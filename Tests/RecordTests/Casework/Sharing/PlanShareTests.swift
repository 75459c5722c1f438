import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's plan is Harbour's; Lighthouse is its partner. She agreed that Lighthouse is told.
@Suite("Sharing a safety plan", .needsClone)
struct PlanShareTests {
    private let path = "/people/\(World.maya.column)/plan/\(World.id(.plan, 101).column)/share"

    private func share(_ site: TestSite, agreement: String, keep: [String] = []) async throws -> Seen {
        let imran = Browser(site, as: .imran)
        var form = try await imran.get(path).form(path)
        for (name, value) in [
            ("to", World.lighthouse.column), ("agreement", agreement), ("because", "They house <b>her</b>"),
        ] { form.forge(name, value) }
        if !keep.isEmpty { form.forge("keep", keep) }
        return try await imran.submit(form)
    }

    /// The way to the one plan that is shared with Lucia's agency; nil when none is.
    private func received(_ site: TestSite) async throws -> String? {
        try await Browser(site, as: .lucia).get("/shares").markup.all("a").compactMap { $0["href"] }
            .first { $0.hasPrefix("/shares/") }
    }

    @Test func `with her agreement the agency reads that version, and nothing of the case`() async throws {
        try await TestSite.rolledBack { site in
            #expect(try await received(site) == nil)
            let shared = try await share(site, agreement: "consent-\(World.id(.consent, 101).column)")
            #expect(shared.path == "/cases/\(World.mayasCase.column)/shares" && shared.text.contains("In force"))
            #expect(!shared.text.contains("The blue bag"))
            let plans = try await Browser(site, as: .imran).get("/people/\(World.maya.column)/plan").text
            #expect(plans.contains("Shared with") && plans.contains("In force"))
            let path = try #require(try await received(site))
            let lucia = Browser(site, as: .lucia)
            let plan = try await lucia.get(path)
            #expect(plan.text.contains("The blue bag of 101, version 2") && plan.text.contains("Maya Castell"))
            #expect(try await site.auditLog().contains { $0.event == "shared-plan-viewed" && $0.subject == World.mayasCase })
            #expect(try await site.auditLog().contains { $0.event == "text-checked" && $0.subject == World.maya })
            for path in ["/cases/\(World.mayasCase.column)", "/people/\(World.maya.column)/plan"] {
                #expect(try await lucia.get(path).status == 404, "\(path)")
            }
            // Nobody else, and no longer than the consent.
            #expect(try await Browser(site, as: .harriet).get(path).status == 404)
            try await site.alter("""
                UPDATE app.consent SET withdrawn_at = now(), withdrawn_by = recorded_by, withdrawn_because = 'theirWish'
                WHERE id = \(World.id(.consent, 101))
                """)
            #expect(try await lucia.get(path).status == 404)
            #expect(try await received(site) == nil)
        }
    }

    @Test func `without it a second person agrees first; a share that names nothing is nobody's`() async throws {
        try await TestSite.rolledBack { site in
            #expect(try await share(site, agreement: "unable").text.contains("Waits for a second person"))
            #expect(try await received(site) == nil)
            let sunita = Browser(site, as: .sunita)
            let page = try await sunita.get("/cases/\(World.mayasCase.column)/shares")
            let confirm = try #require(
                page.markup.all("a").compactMap { $0["href"] }.first { $0.hasSuffix("/confirm") })
            let read = try await sunita.get(confirm)
            #expect(read.text.contains("The blue bag of 101, version 2"))
            _ = try await sunita.submit(read, ["agree": "yes"])
            #expect(try await site.auditLog().contains {
                $0.event == "safety-plan-viewed" && $0.subject == World.maya && $0.account == World.Staff.sunita.account
            })
            let path = try #require(try await received(site))
            let lucia = Browser(site, as: .lucia)
            #expect(try await lucia.get(path).status == 200)
            try await site.alter("UPDATE app.case_record SET restricted = true WHERE id = \(World.mayasCase)")
            #expect(try await lucia.get(path).status == 404)
            try await site.alter("UPDATE app.case_record SET restricted = false WHERE id = \(World.mayasCase)")
            #expect(try await lucia.get(path).status == 200)
            try await site.alter("UPDATE app.case_share SET shows_plan = false WHERE case_id = \(World.mayasCase)")
            #expect(try await lucia.get(path).status == 404)
            try await site.alter("""
                UPDATE app.case_share SET shows_plan = true, ends_at = now() WHERE case_id = \(World.mayasCase)
                """)
            #expect(try await lucia.get(path).status == 404)
        }
    }

    @Test func `an address that is protected by now stops it at the second person; the other side of the wall is no choice`()
        async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get(path).form(path)
            for (name, value) in [
                ("to", World.pathways.column), ("agreement", "unable"), ("because", "They house her"),
            ] { form.forge(name, value) }
            #expect(try await imran.submit(form).errors == ["Select one of the agencies"])
            #expect(try await share(site, agreement: "unable").text.contains("Waits for a second person"))
            // Whoever wrote the plan wrote a number into it under which she is safe now.
            _ = try await imran.submit(imran.get("/people/\(World.maya.column)/safe-contact"), [
                "asked": "notYetAsked", "number": "07700 900742",
            ])
            let told = try await site.services.sealTold(
                SharedWords(name: "Maya Castell", born: "", words: "Text 07700 900742"),
                at: .disclosure(site.waitingPlan(), in: World.north))
            try await site.alter("UPDATE app.disclosure SET told_sealed = \(told) WHERE route = 'plan'")
            let sunita = Browser(site, as: .sunita)
            let page = try await sunita.get("/cases/\(World.mayasCase.column)/shares")
            let confirm = try #require(
                page.markup.all("a").compactMap { $0["href"] }.first { $0.hasSuffix("/confirm") })
            #expect(try await sunita.submit(sunita.get(confirm), ["agree": "yes"]).errors == ["""
                It holds an address or a number that is protected by now. Take it back, and share the plan anew
                """])
            #expect(try await received(site) == nil)
        }
    }

    @Test func `what the text holds of others goes only where somebody confirmed it`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let write = "/people/\(World.maya.column)/plan/adult"
            _ = try await imran.submit(imran.get(write), ["leaving": "Past Marcus Dunmore, to 14 Willow Court"])
            let newest = try await site.markedPlan(of: World.maya)
            let path = "/people/\(World.maya.column)/plan/\(newest.column)/share"
            var form = try await imran.get(path).form(path)
            for (name, value) in [
                ("to", World.lighthouse.column), ("agreement", "consent-\(World.id(.consent, 101).column)"),
                ("because", "They house her"), ("keep", "14 Willow Court"),
            ] { form.forge(name, value) }
            _ = try await imran.submit(form)
            let plan = try await Browser(site, as: .lucia).get(try #require(try await received(site)))
            #expect(plan.text.contains("14 Willow Court") && !plan.text.contains("Marcus"))
            #expect(plan.text.contains("[withheld]"))
        }
    }
}

extension TestSite {
    /// The plan's share that waits.
    fileprivate func waitingPlan() async throws -> UUID {
        try await truth.transaction { db in
            try db.first("SELECT id FROM app.disclosure WHERE route = 'plan'") { try $0["id"] as UUID }.orNotFound()
        }
    }

    /// The adult's plan in force.
    fileprivate func markedPlan(of person: UUID) async throws -> UUID {
        let path = try await Browser(self, as: .imran).get("/people/\(person.column)/plan").markup.all("a")
            .compactMap { $0["href"] }.first { $0.hasSuffix("/share") }
        return try #require(path?.split(separator: "/").dropLast().last.flatMap { UUID(uuidString: String($0)) })
    }
}

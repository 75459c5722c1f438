import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Matches, before the data protection officer", .needsClone)
struct MatchReviewTests {
    private static func path(_ number: Int) -> String { "/interests/\(World.id(.match, number).column)" }

    /// What Hana is shown of Farida's shared case, or of Maya.
    private func sees(_ site: TestSite, _ path: String) async throws -> Bool {
        try await Browser(site, as: .hana).send(.get, path).status == 200
    }

    @Test func `a weak one is sealed with a reason, and the sealing ends with another`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let faridas = "/cases/\(World.faridasCase.column)"
            #expect(try await sees(site, faridas))
            let page = try await dilys.get(Self.path(201))
            #expect(page.heading == "Decide a match" && page.text.contains("Hana Whitlock"))
            #expect(!page.text.contains("Farida") && !page.text.contains("Oakes"))
            let empty = try await dilys.submit(page, to: Self.path(201))
            #expect(empty.status == 422 && empty.errors.count == 2)
            let list = try await dilys.submit(
                empty, ["decision": "seal", "reason": "The manager asked"], to: Self.path(201))
            #expect(list.heading == "Who knows whom")
            #expect(try await !sees(site, faridas))
            let sealed = try await dilys.get(Self.path(201))
            #expect(sealed.heading == "A sealed record" && sealed.text.contains("The manager asked"))
            _ = try await dilys.submit(sealed, ["decision": "end", "reason": "<b>Another</b> man"], to: Self.path(201))
            #expect(try await sees(site, faridas))
            let settled = try await dilys.get(Self.path(201))
            #expect(settled.text.contains("<b>Another</b> man") && settled.text.contains("The manager asked"))
            #expect(settled.forms.allSatisfy { !$0.action.hasPrefix("/interests") })
            let events = try await site.auditLog().map(\.event)
            #expect(events.contains("interest-sealed") && events.contains("sealing-ended"))
            #expect(events.contains("interests-viewed"))
        }
    }

    @Test func `not the same person leaves the record open, and is among what is settled`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            let list = try await dilys.submit(
                dilys.get(Self.path(201)), ["decision": "notSame", "reason": "Twenty years older"], to: Self.path(201))
            #expect(list.text.contains("Settled lately"))
            #expect(try await sees(site, "/cases/\(World.faridasCase.column)"))
            #expect(try await site.auditLog().map(\.event).contains("interest-not-same"))
        }
    }

    @Test func `of two officers' decisions the later is told, and nothing is overwritten`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            var late = try await dilys.get(Self.path(201)).form(Self.path(201))
            _ = try await dilys.submit(
                dilys.get(Self.path(201)), ["decision": "seal", "reason": "First"], to: Self.path(201))
            #expect(late.fill(["decision": "notSame", "reason": "Second"]).isEmpty)
            let answer = try await dilys.submit(late)
            #expect(answer.status == 409 && answer.text.contains("First"))
            #expect(try await !sees(site, "/cases/\(World.faridasCase.column)"))
        }
    }

    @Test func `an officer sees neither their own nor those about people whom they know`() async throws {
        try await TestSite.rolledBack { site in
            let dilys = Browser(site, as: .dilys)
            func workers() async throws -> [String] {
                try await dilys.get("/interests").markup.all("tr").map(\.words)
            }
            #expect(try await workers().contains { $0.contains("Ivy Marchetti") })
            #expect(try await !workers().contains { $0.contains("Dilys") })
            #expect(try await dilys.send(.get, Self.path(112)).status == 404)
            try await site.change("""
                INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, reason) VALUES
                ('\(World.absent.column)', '\(World.north.column)', '\(World.Staff.dilys.account.column)',
                 '\(World.maya.column)', 'My sister')
                """)
            #expect(try await !workers().contains { $0.contains("Ivy Marchetti") })
            #expect(try await dilys.send(.get, Self.path(101)).status == 404)
        }
    }

    @Test func `a declaration is its maker's and the officer's, and taking it back lifts nothing`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, dilys) = (Browser(site, as: .hana), Browser(site, as: .dilys))
            _ = try await dilys.submit(
                dilys.get(Self.path(201)), ["decision": "seal", "reason": "Sure"], to: Self.path(201))
            let mine = try await hana.get("/account/interests")
            #expect(mine.text.contains("Cousin Of 01") && !mine.text.contains("Of 02"))
            let end = try #require(mine.forms.first { $0.action.hasSuffix("/end") })
            let after = try await hana.submit(end)
            #expect(!after.text.contains("Cousin Of 01"))
            #expect(try await !sees(site, "/cases/\(World.faridasCase.column)"))
            #expect(try await dilys.get(Self.path(201)).text.contains("They took it off their list"))
        }
    }

    @Test func `the page that the worker sees is the same before and after a sealing`() async throws {
        try await TestSite.rolledBack { site in
            let (hana, dilys) = (Browser(site, as: .hana), Browser(site, as: .dilys))
            func page() async throws -> String { try await hana.get("/account/interests").text }
            let before = try await page()
            _ = try await dilys.submit(
                dilys.get(Self.path(201)), ["decision": "seal", "reason": "Sure"], to: Self.path(201))
            #expect(try await page() == before)
            #expect(before.contains("Everybody who works in this partnership is compared"))
        }
    }
}

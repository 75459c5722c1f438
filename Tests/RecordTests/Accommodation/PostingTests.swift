import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Vacancies for Routes to Support", .needsClone)
struct PostingTests {
    private let page = "/units/routes-to-support"
    private let unit = "/units/\(World.id(.freeUnit, 2).column)"

    private func press(_ what: String, _ who: Browser) async throws -> Seen {
        try await who.submit(who.get(page).form(unit + what))
    }

    @Test func `one press says that it is posted; a change since then shows, and a unit that is let is to be taken down`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let before = try await sefa.get(page).text
            #expect(before.contains("Unit 12 Not posted") && before.contains("Kind: Refuge"))
            // Let since twenty days, and posted in the World.
            #expect(before.contains("Take these down") && before.contains("Unit 2 Posted"))
            let stale = try await sefa.get(page).form(unit + "/posted")
            #expect(try await press("/posted", sefa).text.contains("Unit 12 Posted"))
            site.clock.advance(by: 60)
            _ = try await sefa.submit(sefa.get(unit + "/edit"), ["children": "1"])
            #expect(try await sefa.get(page).text.contains("Unit 12 Changed since it was posted"))
            // What was copied before the change is not what stands here.
            let late = try await sefa.post(stale)
            #expect(late.status == 409)
            #expect(try await press("/posted", sefa).text.contains("Unit 12 Posted"))
            site.clock.advance(by: 60)
            #expect(try await press("/taken-down", sefa).text.contains("Taken down"))
            #expect(try await site.auditLog().count { $0.event == "vacancy-posted" } == 3)
        }
    }

    @Test func `the text never says where it is, whatever was typed about it`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let service = "/units/services/\(World.id(.service, 2).column)"
            _ = try await sefa.submit(sefa.get(service + "/edit"), [
                "name": "Quillmere", "landlord": "Zanthorpe", "commissioner": "Ovingdale", "languages": "Brackenese",
                "by-and-for": "Tolvers",
            ])
            let added = try await sefa.submit(sefa.get(service + "/units/new"), [
                "bedspaces": "4", "bedrooms": "2", "adults": "1", "children": "3",
                "address": "17 Wexcombe Passage\nPelsall\nZZ9 9ZZ", "inside": "Copperbeech",
            ])
            #expect(added.status == 200)
            let answer = try await sefa.send(.get, page)
            #expect(answer.body.contains("4 bedspaces in 2 rooms"))
            for canary in [
                "Wexcombe", "Passage", "Pelsall", "ZZ9", "9ZZ", "Copperbeech", "Quillmere", "Zanthorpe", "Ovingdale",
                "Brackenese", "Tolvers", "Lighthouse",
            ] { #expect(!answer.body.contains(canary), "\(canary)") }
        }
    }

    @Test func `nobody else has the page or presses for another's unit`() async throws {
        try await TestSite.rolledBack { site in
            for who in [World.Staff.lowri, .hana, .harriet, .piers] {
                let status = try await Browser(site, as: who).send(.get, page).status
                #expect(status == 403)
            }
            let sefa = Browser(site, as: .sefa)
            let form = PageForm.encode([("csrf", "csrf-sefa"), ("submission", UUID().column)])
            for number in [1, 3] {
                let path = "/units/\(World.id(.freeUnit, number).column)/taken-down"
                #expect(try await sefa.send(.post, path, form: form).status == 404)
            }
        }
    }
}

import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Units: who lives there, what is free, and where nobody else learns it is", .needsClone)
struct UnitFlowTests {
    private let free = "/units/\(World.id(.freeUnit, 2).column)"
    private let taken = "/units/\(World.id(.unit, 2).column)"

    /// The form of what happened next, filled in for a day so long ago.
    private func filled(_ page: Seen, _ answers: KeyValuePairs<String, String>, ago: Int) throws -> PageForm {
        let day = London.day(of: .now).adding(-ago)
        var form = try page.form()
        _ = form.fill(answers)
        _ = form.fill(["day-day": String(day.day), "day-month": String(day.month), "day-year": String(day.year)])
        return form
    }

    private let arrival: KeyValuePairs = [
        "step": "movedIn", "came-adults": "1", "came-children": "3", "came-by": "routesToSupport",
    ]

    @Test func `a household moves in and the vacancy is gone; it moves out and the unit is free again`() async throws {
        try await TestSite.rolledBack { site in
            let (sefa, hana) = (Browser(site, as: .sefa), Browser(site, as: .hana))
            #expect(try await hana.get("/vacancies").text.contains("Unit 12"))
            let arrived = try await sefa.submit(filled(sefa.get(free + "/next"), arrival, ago: 1))
            #expect(arrived.status == 200)
            #expect(try await hana.get("/vacancies").text.contains("Unit 12") == false)
            let page = try await sefa.get(free)
            #expect(page.text.contains("1 adult, 3 children. Routes to Support"))
            let left: KeyValuePairs = ["step": "movedOut", "left-to": "socialTenancy", "left-because": "plannedMove"]
            let gone = try await sefa.submit(filled(sefa.get(free + "/next"), left, ago: 0))
            #expect(gone.status == 200)
            #expect(try await sefa.get(free).text.contains("A social tenancy. A planned move"))
            #expect(try await hana.get("/vacancies").text.contains("Unit 12"))
        }
    }

    @Test func `what may not follow is refused, and what overlaps is refused by the database`() async throws {
        try await TestSite.rolledBack { site in
            let sefa = Browser(site, as: .sefa)
            let early = try await sefa.submit(filled(sefa.get(free + "/next"), arrival, ago: 10))
            #expect(early.status == 422)
            #expect(early.text.contains("taken at that time already"))
            var form = try await filled(sefa.get(taken + "/next"), [:], ago: 0)
            form.forge("step", "movedIn")
            let refused = try await sefa.submit(form)
            #expect(refused.status == 422)
            let before = try await sefa.submit(filled(
                sefa.get(taken + "/next"),
                ["step": "movedOut", "left-to": "family", "left-because": "noLongerNeeded"], ago: 30))
            #expect(before.status == 422)
        }
    }

    @Test func `of two who let the unit at one time, one does and the other is told`() async throws {
        try await TestSite.committed { site in
            let browsers = [Browser(site, as: .sefa), Browser(site, as: .sefa)]
            var forms: [PageForm] = []
            for browser in browsers {
                forms.append(try await filled(browser.get(free + "/next"), arrival, ago: 0))
            }
            let sent = forms
            let answers = try await withThrowingTaskGroup(of: Int.self) { group in
                for (browser, form) in zip(browsers, sent) { group.addTask { try await browser.post(form).status } }
                return try await group.reduce(into: [Int]()) { $0.append($1) }
            }
            #expect(answers.sorted() == [303, 409])
        }
    }

    @Test func `where a unit is stands on no page but the one that is asked for on record`() async throws {
        try await TestSite.rolledBack { site in
            for (who, paths) in [
                (World.Staff.sefa, ["/units", free, free + "/edit", free + "/next", "/vacancies",
                                    "/units/services/\(World.id(.service, 2).column)"]),
                (.hana, ["/vacancies", "/vacancies?people=2&kind=refuge"]), (.harriet, ["/vacancies"]),
            ] {
                for path in paths {
                    let page = try await Browser(site, as: who).get(path)
                    #expect(page.status == 200)
                    #expect(!page.answer.body.contains("Quillon") && !page.answer.body.contains("Bluebell"), "\(path)")
                }
            }
            let sefa = Browser(site, as: .sefa)
            let before = try await site.count("audit_event")
            let shown = try await sefa.submit(sefa.get(free).form(free + "/address"))
            #expect(shown.text.contains("7 Quillon Mews"))
            #expect(try await site.count("audit_event") == before + 1)
        }
    }

    @Test func `whoever works with those who harm has no vacancies to look at`() async throws {
        try await TestSite.rolledBack { site in
            for who in [World.Staff.piers, .rhian] {
                let answer = try await Browser(site, as: who).send(.get, "/vacancies")
                #expect(answer.status == 403)
            }
        }
    }

    @Test func `what a unit takes is held together`() {
        var answers = Answers([
            "bedspaces": ["2"], "bedrooms": ["3"], "adults": ["3"], "children": ["1"], "address": ["x"],
        ])
        #expect(UnitForm(&answers, isNew: true) == nil)
        #expect(Set(answers.errors.map(\.field)) == ["bedrooms", "adults"])
    }
}

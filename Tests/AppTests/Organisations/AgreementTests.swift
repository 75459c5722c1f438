import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Agreements to be asked", .needsClone)
struct AgreementTests {
    private static let dates = [
        ("from-day", "1"), ("from-month", "1"), ("from-year", "2020"), ("until-day", "1"), ("until-month", "1"),
        ("until-year", "2199"),
    ]

    private func filled(_ browser: Browser, _ agency: UUID) async throws -> PageForm {
        var form = try await browser.get("/agreements").form("/agreements")
        for (name, value) in Self.dates { form.forge(name, value) }
        form.forge("agreement", "ISA 12")
        form.forge("agency", agency.column)
        return form
    }

    @Test func `an administrator opts an agency in and ends it, each in the log`() async throws {
        try await TestSite.rolledBack { site in
            let adaeze = Browser(site, as: .adaeze)
            let page = try await adaeze.submit(filled(adaeze, World.northfieldHousing))
            let row = try #require(page.markup.all("tr").map(\.words).first { $0.contains("ISA 12") })
            #expect(row.contains("Northfield Housing") && row.contains("In force"))
            let end = try #require(page.forms.first { form in
                form.action.hasSuffix("/end") && ![1, 2, 4].contains { form.action.contains(World.id(.agreement, $0).column) }
            })
            let ended = try await adaeze.submit(end)
            #expect(ended.markup.all("tr").map(\.words).contains { $0.contains("ISA 12") && $0.contains("Ended on") })
            let events = try await site.auditLog().map(\.event)
            #expect(events.contains("agreement-recorded") && events.contains("agreement-ended"))
        }
    }

    @Test func `a service manager opts in their own agency and no other`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let another = try await sunita.submit(filled(sunita, World.lighthouse))
            let own = try await sunita.submit(filled(sunita, World.harbour))
            #expect(another.status == 422 && own.text.contains("ISA 12"))
        }
    }

    @Test func `what is missing or upside down is refused and kept`() async throws {
        try await TestSite.rolledBack { site in
            let adaeze = Browser(site, as: .adaeze)
            let empty = try await adaeze.submit(adaeze.get("/agreements"), to: "/agreements")
            #expect(empty.status == 422 && empty.errors.count == 4)
            var form = try await filled(adaeze, World.harbour)
            form.forge("until-year", "2019")
            let late = try await adaeze.submit(form)
            #expect(late.status == 422)
            #expect(try late.form("/agreements")["agreement"] == "ISA 12")
        }
    }
}

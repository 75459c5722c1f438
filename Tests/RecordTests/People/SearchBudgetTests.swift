import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Threat T3: curious staff fish by name.
@Suite("How often one may look people up", .needsClone)
struct SearchBudgetTests {
    private func search(_ browser: Browser, from path: String, _ more: KeyValuePairs<String, String> = [:])
        async throws -> Seen {
        var form = try await browser.get(path).form()
        if path == "/search" { form.forge("purpose", "safeguarding") }
        _ = form.fill(["family-name": "Tamboura"])
        let misfits = form.fill(more)
        #expect(misfits.isEmpty)
        return try await browser.submit(form)
    }

    /// So many free searches of Ivy's, of an hour at which it is the same day in London, or of another day.
    private func searched(_ site: TestSite, _ times: Int, ago: String = "0") async throws {
        try await site.alter("""
            INSERT INTO app.search_request (id, partnership_id, account_id, criteria_sealed, purpose, at, free)
            SELECT gen_random_uuid(), partnership_id, id, '\\x00', 'Before', now() - \(ago)::interval, true
            FROM app.account, generate_series(1, \(times)) WHERE id = \(World.Staff.ivy.account)
            """)
    }

    @Test func `over the day's number a free search asks for its enquiry; from a contact or a case it never waits`()
        async throws {
        try await TestSite.rolledBack { site in
            let ivy = Browser(site, as: .ivy)
            try await searched(site, SearchBudget.daily - 1)
            #expect(try await search(ivy, from: "/search").status == 200)
            let refused = try await search(ivy, from: "/search")
            #expect(refused.status == 422 && refused.errors.count == 1)
            #expect(refused.errors[0].hasPrefix("You have searched 30 times today outside an open contact or case"))
            #expect(try refused.form()["family-name"] == "Tamboura")
            // Somebody's tie is no open contact or case either.
            let tie = "/people/\(World.maya.column)/harming/search"
            #expect(try await search(ivy, from: tie).status == 422)
            for path in ["/cases/\(World.mayasCase.column)/search",
                         "/contacts/\(World.id(.silentContact, 101).column)/search"] {
                #expect(try await search(ivy, from: path).text.contains("Olive Tamboura"))
            }
            #expect(try await site.auditLog().filter { $0.event == "search-over-budget" }.isEmpty)
            // Nor is an old contact, or a case that is closed.
            let silent = World.id(.silentContact, 101)
            try await site.alter("UPDATE app.contact SET recorded_at = now() - interval '2 days' WHERE id = \(silent)")
            try await site.alter("UPDATE app.case_record SET closed_at = now() WHERE id = \(World.mayasCase)")
            for path in ["/cases/\(World.mayasCase.column)/search", "/contacts/\(silent.column)/search"] {
                let asked = try await search(ivy, from: path)
                #expect(asked.status == 422 && asked.text.contains("Which enquiry is it for?"))
            }

            #expect(try await search(ivy, from: "/search", ["enquiry": "short"]).status == 422)
            let found = try await search(ivy, from: "/search", ["enquiry": "MARAC list of the fourth"])
            #expect(found.text.contains("Olive Tamboura"))
            let log = try await site.auditLog()
            #expect(log.last { $0.event == "search-over-budget" }?.purpose == "MARAC list of the fourth")
            #expect(log.last { $0.event == "people-searched" }?.purpose
                == "A safeguarding enquiry. MARAC list of the fourth")
            // Nobody else has to say anything.
            #expect(try await search(Browser(site, as: .imran), from: "/search").status == 200)
        }
    }

    @Test func `another day's searches count no more`() async throws {
        try await TestSite.rolledBack { site in
            try await searched(site, SearchBudget.daily + 5, ago: "26 hours")
            #expect(try await search(Browser(site, as: .ivy), from: "/search").status == 200)
        }
    }

    @Test func `the review shows who searched beyond it`() async throws {
        try await TestSite.rolledBack { site in
            try await searched(site, SearchBudget.daily)
            let ivy = Browser(site, as: .ivy)
            for number in 1...2 { _ = try await search(ivy, from: "/search", ["enquiry": "Enquiry number \(number)"]) }
            let page = try await Browser(site, as: .dilys).get("/audit")
            let row = page.markup.all("tr").map(\.words).first { $0.contains("Ivy") && $0.hasSuffix("222") }
            #expect(row != nil, "\(page.markup.all("tr").map(\.words).prefix(5))")
            #expect(page.text.contains("Enquiry number 2"))
        }
    }

    @Test func `whatever the program does, the database keeps none beyond it without an enquiry`() async throws {
        try await TestSite.rolledBack { site in
            try await searched(site, SearchBudget.daily)
            func insert(_ enquiry: String) async throws -> String? {
                try await site.truth.transaction { db in
                    try db.become("drystone_app", token: World.cookie(World.Staff.ivy.token()))
                    return try db.refusal(of: """
                        INSERT INTO app.search_request (id, partnership_id, account_id, criteria_sealed, purpose,
                                                        free, enquiry)
                        VALUES (\(UUID()), \(World.north), \(World.Staff.ivy.account), '\\x00', 'x', true,
                                \(enquiry))
                        """)
                }
            }
            let (silent, said) = (try await insert(""), try await insert("Enquiry 2026/14"))
            #expect(silent == "23514")
            #expect(said == nil)
        }
    }
}

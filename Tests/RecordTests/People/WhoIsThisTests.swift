import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Who is this?", .needsClone)
struct WhoIsThisTests {
    private static let known = "Known to a partner: ask the partnership’s duty contact."

    private func search(
        _ browser: Browser, _ given: String, _ family: String, born: (String, String, String)? = nil,
        phone: String = "", from path: String = "/search"
    ) async throws -> Seen {
        var form = try await browser.get(path).form(path)
        if path == "/search" { form.forge("purpose", "safeguarding") }
        let misfits = form.fill([
            "given-name": given, "family-name": family, "birth-day": born?.0 ?? "", "birth-month": born?.1 ?? "",
            "birth-year": born?.2 ?? "", "phone": phone,
        ])
        #expect(misfits.isEmpty)
        return try await browser.submit(form)
    }

    private func rows(_ page: Seen) -> [String] { page.markup.all("tr").dropFirst().map(\.words) }

    @Test func `the caller's name is known as an alias: the match says so, and the open contact is the purpose`()
        async throws {
        try await TestSite.rolledBack { site in
            let contact = "/contacts/\(World.id(.silentContact, 101).column)/search"
            let page = try await search(Browser(site, as: .hana), "Maz", "Dunmore", from: contact)
            let first = try #require(rows(page).first)
            #expect(first.contains("Marcus Dunmore") && first.contains("Also known as Maz Dunmore"))
            #expect(rows(page).contains { $0.contains("Maya Castell") && $0.contains("Formerly Maya Dunmore") })
            #expect(!page.path.contains("Maz") && page.path.hasPrefix("/search/"))
            let line = try #require(try await site.auditLog().last { $0.event == "people-searched" })
            #expect(line.purpose == "Contact in progress")
        }
    }

    @Test func `each match says why: sound, a date of birth turned round, a telephone`() async throws {
        try await TestSite.rolledBack { site in
            let hana = Browser(site, as: .hana)
            let turned = try await search(hana, "", "Kastell", born: ("3", "4", "1990"))
            let maya = try #require(rows(turned).first)
            #expect(maya.contains("Maya Castell") && maya.contains("Date of birth, day and month swapped"))
            let heard = try await search(hana, "", "Haslit")
            #expect(rows(heard).contains { $0.contains("Gregor Haslett") && $0.contains("Sounds like it") })
            let rung = try await search(hana, "", "", phone: World.telephone(of: World.olive))
            #expect(rows(rung).count == 1 && rows(rung)[0].contains("Olive Tamboura") && rows(rung)[0].contains("Telephone"))
            let short = try await search(hana, "M", "a")
            #expect(short.status == 422)
        }
    }

    @Test func `a search for a case has the case as its purpose; a free one asks`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await search(imran, "Olive", "Tamboura", from: "/cases/\(World.mayasCase.column)/search")
            #expect(rows(page).count == 1)
            let searched = try await site.auditLog().filter { $0.event == "people-searched" }
            #expect(searched.map(\.purpose) == ["Work on an open case"])
            let free = try await imran.submit(imran.get("/search"), ["family-name": "Tamboura"])
            #expect(free.status == 422 && free.errors == ["Select why you are looking"])
        }
    }

    @Test func `the front door learns that a partner knows somebody, not which; the partner is told who asked`()
        async throws {
        try await TestSite.rolledBack { site in
            let page = try await search(Browser(site, as: .hana), "Farida", "Oakes", born: ("14", "4", "1988"))
            #expect(page.text.contains(Self.known) && rows(page).isEmpty)
            #expect(!page.answer.body.contains("Lighthouse"))
            let audit = try #require(try await site.auditLog().last { $0.event == "known-to-partner" })
            #expect(audit.subject == World.farida && audit.account == World.Staff.hana.account)
            let told = try await site.duties()
            #expect(told.count == 1 && told[0].contains("Hana Whitlock, Harbour") && !told[0].contains("Farida"))
            // Looking again tells the partner once, and the log each time.
            _ = try await Browser(site, as: .hana).get(page.path)
            #expect(try await site.duties().count == 1)
            let again = try await site.auditLog().filter { $0.event == "known-to-partner" }
            #expect(again.count == 2)
        }
    }

    /// Whom the front door is told nothing of, and what makes it so.
    @Test(arguments: [
        ("not quite the name", World.Staff.hana, "Faridah", "14", nil),
        ("another day", .hana, "Farida", "15", nil),
        ("a worker who is not at the front door", .imran, "Farida", "14", nil),
        ("a manager with a declared interest", .gwen, "Farida", "14", nil),
        ("a protected record", .hana, "Farida", "14", "UPDATE app.person SET protected = true WHERE family_name = 'Oakes'"),
        ("a protected address", .hana, "Farida", "14", "UPDATE app.person_address SET protected = true"),
        ("a sealed case", .hana, "Farida", "14",
         "UPDATE app.case_record SET restricted = true WHERE reference = 'W-201'"),
        ("an agreement that has run out", .hana, "Farida", "14",
         "UPDATE app.lookup_agreement SET until_day = current_date - 1"),
        ("an agreement that is still to come", .hana, "Farida", "14",
         "UPDATE app.lookup_agreement SET from_day = current_date + 1 WHERE until_day > current_date"),
        ("an agreement that was ended", .hana, "Farida", "14", "UPDATE app.lookup_agreement SET ended_at = now()"),
        ("the other side of the wall", .hana, "Farida", "14",
         "UPDATE app.agency SET side = 'harming' WHERE name = 'Lighthouse'"),
    ] as [(String, World.Staff, String, String, String?)])
    func `otherwise it looks as if nobody knew them: same words, same statements, nobody told`(
        _ why: String, _ worker: World.Staff, _ given: String, _ day: String, _ change: String?
    ) async throws {
        try await TestSite.rolledBack { site in
            if let change { try await site.alter(SQL(stringLiteral: change)) }
            let browser = Browser(site, as: worker)
            let nobody = try await search(browser, "Quorra", "Zyzzogeton", born: ("14", "4", "1988"))
            let page = try await search(browser, given, "Oakes", born: (day, "4", "1988"))
            #expect(page.answer.body == nobody.answer.body)
            #expect(page.answer["X-Queries"] == nobody.answer["X-Queries"])
            #expect(try await site.duties().isEmpty)
            let events = try await site.auditLog().map(\.event)
            #expect(!events.contains("known-to-partner"))
        }
    }

    @Test func `recording somebody whom another agency holds gives nothing away`() async throws {
        try await TestSite.rolledBack { site in
            func record(_ given: String, _ contact: UUID) async throws -> Seen {
                let hana = Browser(site, as: .hana)
                let form = try await hana.get("/contacts/\(contact.column)/people/new")
                return try await hana.submit(form, [
                    "given-name": given, "family-name": "Bellamy", "birth-day": "1", "birth-month": "1",
                    "birth-year": "1991",
                ])
            }
            // Sorcha is Lighthouse's, and sealed; Sorrel is nobody's.
            let held = try await record("Sorcha", World.id(.silentContact, 101))
            let unknown = try await record("Sorrel", World.id(.contact, 112))
            #expect(held.status == 200 && unknown.status == 200)
            #expect(held.answer["X-Queries"] == unknown.answer["X-Queries"])
        }
    }

    @Test func `without a purpose nothing is found, and the log says that somebody tried`() async throws {
        try await TestSite.rolledBack { site in
            try await site.alter("UPDATE app.search_request SET purpose = ''")
            let page = try await Browser(site, as: .imran).get("/search/\(World.id(.search, of: World.Staff.imran.account).column)")
            #expect(rows(page).isEmpty)
            #expect(try await site.auditLog().last?.event == "search-refused")
        }
    }
}

extension TestSite {
    /// What partners were told to expect.
    fileprivate func duties() async throws -> [String] {
        try await truth.transaction { db in
            try db.all("""
                SELECT detail FROM app.task WHERE kind = 'dutyContact' AND agency_id = \(World.lighthouse)
                """) { try $0["detail"] }
        }
    }
}

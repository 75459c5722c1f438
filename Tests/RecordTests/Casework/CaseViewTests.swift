import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Filtering the open cases, and views that are kept", .needsClone)
struct CaseViewTests {
    private func references(_ page: Seen) -> [String] {
        page.markup.all("tr").compactMap { $0.words.firstMatch(of: /W-\d{3}/).map { String($0.output) } }
    }

    @Test func `cases are found by whose they are, by risk and days, in the order that is asked for`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let all = try await sunita.get("/views?whose=all&order=oldest")
            let expected = try await site.truth.transaction { db in
                try db.all("""
                    SELECT reference FROM app.case_record
                    WHERE agency_id = \(World.harbour) AND closed_at IS NULL AND NOT withheld ORDER BY opened_at, id
                    """) { try $0["reference"] as String }
            }
            let found = references(all)
            #expect(Set(found).isSuperset(of: expected) && found.filter(Set(expected).contains) == expected)
            #expect(references(try await sunita.get("/views?whose=all&order=newest")) == found.reversed())
            let high = try await sunita.get("/views?whose=all&risk=high&order=due")
            #expect(!references(high).isEmpty && high.markup.all("tr").dropFirst().allSatisfy { $0.words.contains("High risk") })
            let nobodys = try await sunita.get("/views?whose=nobody")
            #expect(references(nobodys) == ["W-111"])
            let imrans = try await sunita.get("/views?whose=all&worker=\(World.Staff.imran.account.column)")
            #expect(references(imrans).contains("W-101") && !references(imrans).contains("W-105"))
            let overdue = try await sunita.get("/views?whose=all&only=overdue")
            #expect(references(overdue).contains("W-109") && !references(overdue).contains("W-101"))
            let today = London.day(of: site.services.now())
            let since = "from-day=\(today.adding(-5).day)&from-month=\(today.adding(-5).month)&from-year=\(today.adding(-5).year)"
            let recent = try await sunita.get("/views?whose=all&\(since)")
            #expect(references(recent).contains("W-107") && !references(recent).contains("W-105"))
            for order in CaseOrder.allCases {
                let page = try await sunita.get("/views?whose=all&order=\(order.rawValue)&page=0")
                #expect(Set(references(page)) == Set(found), "\(order)")
            }
        }
    }

    @Test func `what isn't a filter is none, and wrong days are said beside them`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let odd = try await imran.get("/views?whose=%27--&order=x&risk=y&worker=z&page=-9&only=%3Cb%3E")
            #expect(odd.status == 200 && !references(odd).isEmpty)
            let wrong = try await imran.get("/views?from-day=31&from-month=2&from-year=2026")
            #expect(wrong.status == 422 && !wrong.errors.isEmpty && references(wrong).isEmpty)
        }
    }

    @Test func `a view is kept under a name, is nobody else's, and is removed`() async throws {
        try await TestSite.rolledBack { site in
            let (imran, ivy) = (Browser(site, as: .imran), Browser(site, as: .ivy))
            let page = try await imran.get("/views?whose=all&risk=high&risk=medium&order=risk")
            #expect(try await imran.submit(page, to: "/views/keep").errors == ["Enter a name for this view"])
            let kept = try await imran.submit(page, ["name": "Urgent <b>ones</b>"], to: "/views/keep")
            #expect(kept.path.hasPrefix("/views?") && kept.text.contains("Urgent <b>ones</b>"))
            #expect(kept.text.contains("Everybody’s, medium or high risk, highest risk first"))
            let again = try await imran.submit(page, ["name": "Urgent <b>ones</b>"], to: "/views/keep")
            // The same press again is the same view; another of that name is none.
            #expect(again.path == kept.path)
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.saved_view WHERE account_id = \(World.Staff.imran.account)
                """) == 2)
            let twice = try await imran.submit(imran.get("/views"), ["name": "Urgent <b>ones</b>"], to: "/views/keep")
            #expect(twice.status == 409 && twice.errors == ["You keep a view of that name already"])
            let theirs = try await ivy.get("/views")
            #expect(!theirs.text.contains("Urgent"))
            let mine = try #require(kept.forms.first { $0.action.hasSuffix("/remove") })
            let gone = try await imran.submit(mine)
            #expect(gone.path == "/views")
            #expect(try await site.auditLog().map(\.event).suffix(1) == ["view-removed"])
        }
    }

    @Test func `a list leaves as a file without names, on record with who will read it, for its manager alone`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let page = try await sunita.get("/views?whose=all&risk=high&order=oldest")
            let untold = try await sunita.submit(page, to: "/views/file")
            #expect(untold.status == 422 && untold.errors == ["Enter who will read it, and what for"])
            #expect(references(untold) == references(page))
            var form = try page.form("/views/file")
            form.forge("purpose", "Supervision on Friday")
            let file = try await sunita.post(form)
            #expect(file.status == 200 && file["Content-Disposition"] == "attachment; filename=\"list.csv\"")
            let lines = file.body.components(separatedBy: "\r\n").filter { !$0.isEmpty }
            #expect(lines[0] == CaseListFile.header.joined(separator: ","))
            #expect(lines.dropFirst().map { String($0.prefix(5)) } == references(page) && lines.count > 2)
            for told in World.names + [World.maya.column] { #expect(!file.body.contains(told), "\(told)") }
            let logged = try await site.auditLog().filter { $0.event == "case-list-saved" }
            #expect(logged.count == 1)
            let imrans = try await Browser(site, as: .imran).get("/views?whose=all")
            #expect(!imrans.forms.contains { $0.action == "/views/file" })
        }
    }

    @Test func `a kept view says the same question again, and nothing else can stand in it`() {
        let typed = "whose=all&order=name&risk=high&only=overdue&only=changed&from-day=1&from-month=2&from-year=2026"
        let filter = CaseFilter(kept: typed)
        #expect(CaseFilter(kept: filter.query).query == filter.query)
        #expect(filter.query == "whose=all&order=name&risk=high&only=overdue&only=changed&from-day=1&from-month=2&from-year=2026")
        let forged = CaseFilter(kept: "whose=all&next=https://elsewhere.example&order=due'--&page=3&worker=javascript:1")
        #expect(forged.query == "whose=all&order=due" && forged.page == 3)
    }
}

import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What a colleague took on in a year", .needsClone)
struct WorkingTimeTests {
    @Test func `the benchmark is scaled by working time, and full time where none is recorded`() {
        let full = WorkersYear(cases: 61, referrals: 70, hundredths: nil)
        #expect(full.caseWords == "61 of 60 to 80" && full.referralWords == "70 of about 100")
        #expect(full.shareWords == "Not recorded")
        let part = WorkersYear(cases: 20, referrals: 40, hundredths: 60)
        #expect(part.caseWords == "20 of 36 to 48" && part.referralWords == "40 of about 60")
        #expect(part.shareWords == "0.6")
        #expect(WorkersYear.share(100) == "1.0" && WorkersYear.share(5) == "0.05" && WorkersYear.share(75) == "0.75")
    }

    @Test func `working time is a part of full time`() {
        let colleague = RotaColleague(account: World.Staff.imran.account, agency: World.harbour, name: "Imran Aldous")
        func read(_ share: String) -> Int? {
            var answers = Answers(["who": [colleague.choice.value], "share": [share]])
            return WorkingTimeForm(&answers, colleagues: [colleague], today: London.day(of: .now))?.hundredths
        }
        #expect(["0.6", "0,6", "1", "1.0", "0.05", " 0.75 "].map(read) == [60, 60, 100, 100, 5, 75])
        #expect(["", "0", "0.04", "1.1", "6", "-1", "0.655", "half", "1."].compactMap(read) == [])
    }

    @Test func `the manager records it, and the team's page compares; a restricted case counts for its team`() async throws {
        try await TestSite.rolledBack { site in
            let (sunita, gwen) = (Browser(site, as: .sunita), Browser(site, as: .gwen))
            func row(_ page: Seen) -> String? {
                page.markup.all("tr").map(\.words).last { $0.contains("Imran Aldous") }
            }
            let before = try await sunita.get("/team")
            #expect(Int(before.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            // Maya's, Nell's and Rina's.
            #expect(row(before)?.contains("Not recorded") == true && row(before)?.contains("3 of 60 to 80") == true)
            #expect(row(try await gwen.get("/team"))?.contains("2 of 60 to 80") == true)

            let form = try await sunita.get("/team/working-time")
            #expect(try await sunita.submit(form).errors.count == 2)
            let page = try await sunita.submit(form, [
                "who": "\(World.Staff.imran.account.column) \(World.harbour.column)", "share": "0.5",
            ])
            #expect(page.path == "/team" && row(page)?.contains("0.5") == true)
            #expect(row(page)?.contains("3 of 30 to 40") == true)
            #expect(try await site.auditLog().contains { $0.event == "working-time-set" })
        }
    }
}

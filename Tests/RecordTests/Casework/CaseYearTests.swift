import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A case's year as a picture", .needsClone)
struct CaseYearTests {
    private func day(_ year: Int, _ month: Int, _ day: Int) throws -> Day { try #require(Day(year: year, month: month, day: day)) }

    private func year() throws -> CaseYear {
        let last = try day(2026, 11, 18)
        var year = CaseYear(period: CaseYear.period(until: last, yearsBack: 0))
        year.grades = [.init(from: try day(2025, 3, 1), level: .high), .init(from: try day(2026, 2, 10), level: .medium)]
        year.contacts = [try day(2025, 12, 24), try day(2026, 11, 18)]
        year.attempts = [try day(2025, 12, 23), try day(2025, 11, 18)]
        year.incidents = [try day(2026, 1, 31)]
        year.orders = [.init(kind: .bail, from: try day(2025, 6, 1), until: try day(2025, 12, 5)),
                       .init(kind: .nonMolestation, from: try day(2026, 10, 1), until: nil)]
        year.breaches = [try day(2026, 10, 31)]
        return year
    }

    @Test func `it is twelve months long and ends on its day; a year back is the one before`() throws {
        let (last, leap) = (try day(2026, 11, 18), try day(2024, 2, 29))
        let period = CaseYear.period(until: last, yearsBack: 0)
        #expect(period.from == (try day(2025, 11, 19)) && period.until == last)
        #expect(CaseYear.period(until: last, yearsBack: 1).until.adding(1) == period.from)
        #expect(CaseYear.period(until: leap, yearsBack: 1).until == (try day(2023, 2, 28)))
    }

    @Test func `each month counts what happened in it, and the months add up`() throws {
        let year = try year()
        let months = year.months
        #expect(months.count == 13 && months[0].name == "November 2025" && months[12].until == year.period.until)
        #expect(months.map(\.contacts).reduce(0, +) == 2 && months.map(\.attempts).reduce(0, +) == 1)
        #expect(months[1].contacts == 1 && months[1].attempts == 1 && months[1].orders == 1 && months[2].orders == 0)
        #expect(months[2].grade == .high && months[3].grade == .medium && months[2].incidents == 1)
        #expect(months[11].orders == 1 && months[11].breaches == 1 && months[12].orders == 1)
        #expect(year.words == "The grade at the end is medium. 2 contacts, 1 attempt without, 1 police incident, 2 orders, 1 breach.")
    }

    @Test func `the picture holds a mark for each, says what it shows, and runs no script`() throws {
        let svg = CaseYearPicture(year: try year()).svg.description
        #expect(svg.components(separatedBy: "<circle").count - 1 == 3)
        #expect(svg.components(separatedBy: "<rect").count - 1 == 2)
        #expect(svg.contains("role=\"img\"") && svg.contains("<desc id=\"year-words\">The grade at the end is medium."))
        #expect(!svg.contains("script") && !svg.contains("style=") && !svg.contains("onload"))
        let empty = CaseYear(period: try year().period)
        #expect(empty.words == "No grade was given. no contact, no attempts without, no police incidents, no orders, no breaches."
            || empty.words.hasPrefix("No grade was given. "))
        #expect(CaseYearPicture(year: empty).svg.description.contains("</svg>"))
    }

    @Test func `the page shows the case's own year, with a table beside the picture, and is a look at the case`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            let page = try await imran.get("/cases/\(World.mayasCase.column)/year")
            let rows = page.markup.all("tr").map(\.words)
            #expect(rows.count >= 13 && page.markup.all("svg").count == 1)
            let (attempts, orders) = (rows.dropFirst().compactMap(\.last), page.text)
            #expect(!attempts.isEmpty && orders.contains("1 order, 1 breach."))
            #expect(page.text.contains("The grade at the end is high. 1 contact, 1 attempt without"))
            #expect(try await site.auditLog().contains { $0.event == "case-viewed" && $0.subject == World.mayasCase })
            #expect(!page.text.contains("The year before"))
        }
    }
}

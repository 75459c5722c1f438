import Foundation
import Postgres
import Statistics
import Testing

@testable import App
@testable import AppTestSupport

/// In the world Harbour and Lighthouse have handed in the last quarter: together 2 refusals of somebody from Lower Vale,
/// and 4 for animals. Whoever reads every table can't know either.
@Suite("Figures that leave", .needsClone)
struct FigureReleaseTests {
    private static let prepare = "/figures/prepare"

    @Test func `small counts are withheld from whoever pays, with others so that they can't be worked out`() async throws {
        try await TestSite.rolledBack { site in
            let (brannoc, sorrel) = (Browser(site, as: .brannoc), Browser(site, as: .sorrel))
            #expect(try await sorrel.send(.get, Self.prepare).status == 403)
            let draft = try await brannoc.get(Self.prepare)
            #expect(draft.text.contains("Withheld: small") && draft.text.contains("Withheld: protects another"))
            let bare = try await brannoc.submit(draft, to: Self.prepare)
            #expect(bare.status == 422 && bare.text.contains("Say that you have looked"))
            let released = try await brannoc.submit(draft, ["looked": "yes"], to: Self.prepare)
            let page = try await sorrel.get(released.path)
            #expect(page.text.contains("[c]") && page.text.contains("Beside England as a whole"))
            let file = try await sorrel.send(.get, released.path + "/file")
            let lines = file.body.split(whereSeparator: \.isNewline).map {
                $0.split(separator: ",", omittingEmptySubsequences: false).prefix(4).joined(separator: ",")
            }
            #expect(lines.contains("What services answered,Lower Vale,The service said no,[c]"))
            #expect(lines.contains("Why services said no,Animals,,[c]"))
            // What is left of the row, the column, and the other reason would be the total less it.
            for other in ["What services answered,Lower Vale,Placed,[c]", "Why services said no,No space,,[c]",
                          "What services answered,Upper Vale,The service said no,[c]"] {
                #expect(lines.contains(other))
            }
            #expect(lines.contains("What services answered,All areas,All that was asked,60"))
            // The same as a spreadsheet, a table a sheet.
            let sheets = try await sorrel.send(.get, released.path + "/spreadsheet")
            #expect(sheets["Content-Disposition"]?.contains("figures.xlsx") == true && sheets.status == 200)
            // Nobody looks behind it.
            #expect(try await sorrel.get("/figures").text.contains("Handed in, not released") == false)
            for staff in [World.Staff.ivy, .dilys, .adaeze, .rhian] {
                #expect([403, 404].contains(try await Browser(site, as: staff).send(.get, released.path).status))
            }
        }
    }

    @Test func `what has left is not changed behind it, and leaves once`() async throws {
        try await TestSite.rolledBack { site in
            let (brannoc, sunita) = (Browser(site, as: .brannoc), Browser(site, as: .sunita))
            let late = try await sunita.get("/team/homes/return")
            let twice = try await brannoc.get(Self.prepare)
            _ = try await brannoc.submit(brannoc.get(Self.prepare), ["looked": "yes"], to: Self.prepare)
            let refused = try await sunita.submit(late, ["looked": "yes"], to: "/team/homes/return")
            #expect(refused.status == 409 && refused.text.contains("its numbers stay as they are"))
            #expect(try await brannoc.submit(twice, ["looked": "yes"], to: Self.prepare).status == 409)
            #expect(try await sunita.get("/team/homes/return").text.contains("The quarter has been released"))
        }
    }

    @Test func `what the analyst looked at is what leaves`() async throws {
        try await TestSite.rolledBack { site in
            let (brannoc, sunita) = (Browser(site, as: .brannoc), Browser(site, as: .sunita))
            let draft = try await brannoc.get(Self.prepare)
            let path = "/team/homes/return"
            #expect(try await sunita.submit(sunita.get(path), to: path).status == 422)
            let handedIn = try await sunita.submit(sunita.get(path), ["looked": "yes"], to: path)
            #expect(handedIn.text.contains("Nothing has changed since"))
            let told = try await brannoc.submit(draft, ["looked": "yes"], to: Self.prepare)
            #expect(told.status == 409 && told.text.contains("An agency has handed in again"))
            #expect(try await brannoc.submit(brannoc.get(Self.prepare), ["looked": "yes"], to: Self.prepare).status == 200)
        }
    }

    @Test func `a manager hands in for her own agency, and for quarters that have ended`() async throws {
        try await TestSite.rolledBack { site in
            let sunita = Browser(site, as: .sunita)
            let other = World.lighthouse.column
            for query in ["agency=\(other)", "quarter=2190-01-01", "quarter=2026-02-01", "agency=x"] {
                let answer = try await sunita.send(.get, "/team/homes/return?\(query)")
                #expect(answer.status == 404)
            }
        }
    }
}

@Suite("Tables of figures before disclosure control")
struct FigureTablesTests {
    private func counts(_ of: [(FigureTable, String, String, Int)]) -> [FigureCount] {
        of.map { FigureCount(table: $0.0, area: $0.1, code: $0.2, amount: $0.3) }
    }

    private func handed(_ name: String, _ counts: [FigureCount]) -> FigureReturn {
        FigureReturn(agency: UUID(), agencyName: name, number: 1, counts: counts, at: .distantPast, by: "")
    }

    private let quarter = FigureQuarter("2026-04-01")

    @Test func `agencies are added up, and a kind that one alone has is marked as such`() throws {
        let quarter = try #require(quarter)
        let tables = FigureTables(quarter, [
            handed("One", counts([(.movedIn, "", "refuge", 20), (.movedIn, "", "dispersed", 11)])),
            handed("Other", counts([(.movedIn, "", "dispersed", 9)])),
        ])
        let table = try #require(try tables.request(after: []).tables.first { $0.name.hasPrefix("Households that moved in") })
        #expect(table.single == [AccommodationKind.refuge.label])
        #expect(table.cells[[AccommodationKind.dispersed.label]] == .count(20))
    }

    @Test func `where the whole partnership is a small area, everything is counted as one`() {
        #expect(FigureTables.rule(areas: ["Rutland"]).threshold == 10)
        #expect(FigureTables.rule(areas: ["Rutland", "Leicester"]).threshold == 5)
    }

    @Test(arguments: [
        ("2026-04-01", "April to June 2026"), ("2027-01-01", "January to March 2027"),
    ]) func `a quarter begins in April, July, October or January`(_ key: String, _ title: String) throws {
        #expect(FigureQuarter(key)?.title == title)
        for wrong in ["2026-05-01", "2026-04-02", "", "x", "9999-01-01"] { #expect(FigureQuarter(wrong) == nil) }
        let day = try #require(Day(column: "2026-07-01"))
        #expect(FigureQuarter.ended(by: day, count: 2).map(\.key) == ["2026-04-01", "2026-01-01"])
    }
}

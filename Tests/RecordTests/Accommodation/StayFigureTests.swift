import Foundation
import Pages
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Length of stay, occupancy and void nights, by hand", .needsClone)
struct StayFigureTests {
    /// January 2024 in three units of three beds each:
    /// - the first let from 22 December for 20 nights to three people, repaired for 4, then let to one who stays on;
    /// - the second not let until the 8th, then let for 10 nights to four people, who move into the third for 12;
    /// - the third, which begins with them, then let for one night to two.
    private func fill(_ db: isolated Connection) throws {
        let units = [World.id(.unit, 2), World.id(.freeUnit, 2), World.id(.heldUnit, 2)]
        let lines: [(n: Int, unit: Int, kind: String, from: String, until: String, adults: Int, children: Int, of: Int?)] = [
            (1, 0, "stay", "2023-12-22", "2024-01-11", 1, 2, nil), (2, 0, "repair", "2024-01-11", "2024-01-15", 0, 0, nil),
            (3, 0, "stay", "2024-01-15", "2024-02-04", 1, 0, nil), (4, 1, "closed", "2023-12-25", "2024-01-08", 0, 0, nil),
            (5, 1, "stay", "2024-01-08", "2024-01-18", 1, 3, nil), (6, 2, "stay", "2024-01-18", "2024-01-30", 1, 3, 5),
            (7, 2, "stay", "2024-01-30", "2024-01-31", 2, 0, nil),
        ]
        let ids = lines.map { _ in UUID() }
        for (id, line) in zip(ids, lines) {
            try db.run("""
                INSERT INTO app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, recorded_at, recorded_by)
                SELECT \(id), partnership_id, agency_id, id, \(line.kind), daterange(\(line.from)::date, \(line.until)::date),
                       now(), recorded_by FROM app.housing_unit WHERE id = \(units[line.unit])
                """)
            guard line.kind == "stay" else { continue }
            try db.run("""
                INSERT INTO app.unit_stay (time_id, partnership_id, agency_id, adults, children, came_by, from_outside, stay_id)
                SELECT \(id), partnership_id, agency_id, \(line.adults), \(line.children), 'self', 'no',
                       \(line.of.map { ids[$0 - 1] }) FROM app.housing_unit WHERE id = \(units[line.unit])
                """)
        }
    }

    @Test func `a month of three units is what a hand works out`() async throws {
        try await TestSite.rolledBack { site in
            try await site.truth.transaction { db in try fill(db) }
            let page = try await Browser(site, as: .sefa).get(
                "/units/occupancy?from-day=1&from-month=1&from-year=2024&until-day=31&until-month=1&until-year=2024").text
            // 20, 22 and 1 nights: the move is one stay. One goes on, 17 nights so far.
            for words in [
                "Stays that ended3", "Mean length, in nights14.3 (43 of 3)", "Median length, in nights20 (3)",
                "Stays that go on1", "mean of those that go on17 (17 of 1)", "1 stay went on at the end",
                // 10 x 3 + 17 x 1, 10 x 3 (four in three beds), 12 x 3 + 1 x 2, of 3 x (31 + 24 + 14).
                "Bed-nights taken55.6% (115 of 207)", "Unit-nights let72.5% (50 of 69)", "Void nights27.5% (19 of 69)",
                "being repaired or made ready21.1% (4 of 19)",
            ] { #expect(page.contains(words), "\(words)") }
        }
    }

    @Test func `a night counts the beds that the unit had then, whatever it has by now`() async throws {
        try await TestSite.rolledBack { site in
            try await site.truth.transaction { db in try fill(db) }
            // Until the 11th the first had two.
            try await site.alter("""
                INSERT INTO app.unit_size (unit_id, partnership_id, agency_id, until_day, bedspaces)
                SELECT id, partnership_id, agency_id, '2024-01-11', 2 FROM app.housing_unit
                WHERE id = \(World.id(.unit, 2))
                """)
            let january =
                "/units/occupancy?from-day=1&from-month=1&from-year=2024&until-day=31&until-month=1&until-year=2024"
            let sefa = Browser(site, as: .sefa)
            #expect(try await sefa.get(january).text.contains("Bed-nights taken53.3% (105 of 197)"))
            // Changed today, and once more: January stays what it was, and so does this morning.
            for beds in [5, 1] {
                try await site.alter("UPDATE app.housing_unit SET bedspaces = \(beds), confirmed_at = now()")
            }
            #expect(try await sefa.get(january).text.contains("Bed-nights taken53.3% (105 of 197)"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.unit_size WHERE bedspaces = 5
                """) == 0)
        }
    }

    @Test func `what is handed in of the quarter says how long they stayed and what became of its nights`() async throws {
        try await TestSite.rolledBack { site in
            let counts = try await site.truth.transaction { db in
                try fill(db)
                let agency: UUID? = try db.first("""
                    SELECT agency_id FROM app.housing_unit WHERE id = \(World.id(.unit, 2))
                    """) { try $0["agency_id"] }
                let quarter = try #require(FigureQuarter("2024-01-01"))
                return try db.figureCounts(quarter, of: try #require(agency), at: .now)
            }
            func all(_ table: FigureTable) -> [String] {
                counts.codes(of: table).map { "\(table.words($0)) \(counts.amount(table, $0))" }
            }
            // One night; 20, 20 and 22, of which one in two units.
            #expect(all(.movedOut) == ["A week or less 1", "Up to 4 weeks 3"])
            // Of 91 nights each but the third's first 17, less the second's 7 on which it was not let.
            #expect(all(.nights) == ["Lived in 53", "Being repaired or made ready 4", "Free 192"])
            #expect(counts.amount(.households) == counts.amount(.asked))
        }
    }

    @Test func `each figure says what it counts and of what, and nobody reads another's`() async throws {
        try await TestSite.rolledBack { site in
            let page = try await Browser(site, as: .sefa).get("/units/occupancy")
            for figure in StayFigure.allCases {
                #expect(page.text.contains(figure.label) && page.text.contains(figure.numerator))
                #expect(page.text.contains(figure.denominator))
            }
            for who in [World.Staff.hana, .sunita, .piers] {
                #expect(try await Browser(site, as: who).send(.get, "/units/occupancy").status == 403)
            }
        }
    }
}

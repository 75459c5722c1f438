import Foundation
import Pages
import Postgres

extension Site {
    /// The ledger of homes asked for, as figures of a quarter. Small numbers stay inside the service: nothing leaves
    /// from here.
    mutating func addHousingFigures() {
        get("team/homes", .needs(.viewTeam)) { visit in
            let asked = OutputsAsked(visit)
            let periods = asked.periods(on: visit.today)
            let (columns, reasons, area) = try await visit.read { db in
                let columns = try db.housingFigures(periods, visit)
                let reasons = try asked.whole(on: visit.today).map { try db.housingReasons($0, visit) } ?? []
                return (columns, reasons, try db.teamNames(visit))
            }
            let page = housingFiguresPage(asked, columns, reasons, area, visit)
            return asked.answers.areRefused ? .invalid(page) : .page(page)
        }
        get("team/homes/rows", .needs(.viewTeam)) { visit in
            let figure = HousingFigure(rawValue: visit.query["measure"]?.first ?? "") ?? .asked
            let period = visit.periodOfRows
            let before = Keyset(visit.query["before"]?.first)
            let (columns, rows, area) = try await visit.read { db in
                (try db.housingFigures([("", period)], visit),
                 try db.housingRows(figure, period, before: before, visit), try db.teamNames(visit))
            }
            return .page(housingRowsPage(figure, columns[0], area, rows, isFirst: before == nil))
        }
    }
}

extension Visit {
    /// The days of a page of rows, as the figures' links name them; this financial year where they make no sense.
    var periodOfRows: Period {
        let year = FinancialYear(of: today)
        let from = query["from"]?.first.flatMap(Day.init(column:))
        let until = query["until"]?.first.flatMap(Day.init(column:))
        return from.flatMap { from in until.map { Period(from: from, until: $0) } }
            ?? Period(from: year.quarters[0].from, until: year.quarters[3].until)
    }
}

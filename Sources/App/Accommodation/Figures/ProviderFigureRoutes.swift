import Foundation
import Pages
import Postgres

extension Site {
    /// What a provider was asked for and what came of it. Small numbers stay inside: nothing leaves from here.
    mutating func addProviderFigures() {
        get("units/figures", .needs(.manageUnits)) { visit in
            let (asked, counts, areas) = try await visit.read { db in
                let areas = try db.areaChoices()
                let asked = ProviderFiguresAsked(visit, areas: areas)
                let periods = asked.period.periods(on: visit.today).map(\.period)
                return (asked, try db.providerCounts(asked, in: periods, visit), areas)
            }
            let page = providerFiguresPage(asked, counts, areas, visit)
            return asked.period.answers.areRefused ? .invalid(page) : .page(page)
        }
        get("units/figures/rows", .needs(.manageUnits)) { visit in
            let figure = ProviderFigure(rawValue: visit.query["measure"]?.first ?? "") ?? .asked
            let before = Keyset(visit.query["before"]?.first)
            let period = visit.periodOfRows
            let (asked, counts, rows) = try await visit.read { db in
                let asked = ProviderFiguresAsked(visit, areas: try db.areaChoices())
                return (asked, try db.providerCounts(asked, in: [period], visit),
                        try db.providerRows(figure, period, from: asked.from, before: before, visit))
            }
            return .page(providerRowsPage(figure, counts, period, asked, rows, isFirst: before == nil))
        }
    }
}

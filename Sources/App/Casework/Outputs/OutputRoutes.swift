import Foundation
import Pages
import Postgres

extension Site {
    /// The outputs of a quarter, for the service manager. Small numbers stay inside the service: nothing leaves here.
    mutating func addOutputs() {
        get("team/outputs", .needs(.viewTeam)) { visit in
            let asked = OutputsAsked(visit)
            let counted = try await visit.counted(asked.periods(on: visit.today))
            let page = outputsPage(asked, counted, visit)
            return asked.answers.areRefused ? .invalid(page) : .page(page)
        }
        get("team/outputs/rows", .needs(.viewTeam)) { visit in
            let output = Output(rawValue: visit.query["measure"]?.first ?? "") ?? .helpline
            let year = FinancialYear(of: visit.today)
            let whole = Period(from: year.quarters[0].from, until: year.quarters[3].until)
            let from = visit.query["from"]?.first.flatMap(Day.init(column:))
            let until = visit.query["until"]?.first.flatMap(Day.init(column:))
            let period = from.flatMap { from in until.map { Period(from: from, until: $0) } } ?? whole
            let before = Keyset(visit.query["before"]?.first)
            let counted = try await visit.counted([("", period)])
            let rows = try await visit.read { db in try db.outputRows(output, period, before: before, visit) }
            return .page(outputRowsPage(output, counted, rows, isFirst: before == nil))
        }
    }
}

/// The outputs of some periods, as one viewer may count them.
struct CountedOutputs: Sendable {
    let columns: [OutputColumn]
    let area: [String]
    let at: Date
}

extension Visit {
    /// Counts a year's work in some twenty milliseconds of a processor: kept for a minute, for this viewer alone.
    fileprivate func counted(_ periods: [(title: String, period: Period)]) async throws -> CountedOutputs {
        let key = ["outputs", viewer.account.column] + viewer.agencies(.viewTeam).map(\.column)
            + periods.flatMap { [$0.period.from.column, $0.period.until.column] }
        return try await services.kept.value(for: key.joined(separator: " ")) {
            try await read { db in
                CountedOutputs(columns: try db.outputs(periods), area: try db.teamNames(self), at: now)
            }
        }
    }
}

/// Which periods are asked for: the quarters of a financial year, or any days.
struct OutputsAsked: Sendable {
    var answers: Answers
    let year: FinancialYear
    let period: Period?

    init(_ visit: Visit) { self.init(Answers(visit.query), today: visit.today) }

    init(_ query: Answers, today: Day) {
        var answers = query
        year = Int(answers["year"]).flatMap { FinancialYear($0) } ?? FinancialYear(of: today)
        let from = answers.day("from", name: "From")
        let until = answers.day("until", name: "Until")
        if from != nil, until == nil, !answers.areRefused { answers.refuse("until", "Enter the last day too") }
        if from == nil, until != nil, !answers.areRefused { answers.refuse("from", "Enter the first day too") }
        if let from, let until, until < from { answers.refuse("until", "Until must be on or after the first day") }
        period = answers.areRefused ? nil : from.flatMap { from in until.map { Period(from: from, until: $0) } }
        self.answers = answers
    }

    /// A quarter that has not begun has no column; one that has not ended says "so far".
    func periods(on today: Day) -> [(title: String, period: Period)] {
        if let period { return [(period.words, period)] }
        return year.quarters.enumerated().filter { $0.element.from <= today }.map { place, quarter in
            ("Quarter \(place + 1)\(quarter.until >= today ? " so far" : "")", quarter)
        }
    }
}

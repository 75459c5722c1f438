import Foundation
import Pages
import Postgres

extension Site {
    /// The outputs of a quarter, for the service manager. Small numbers stay inside the service: nothing leaves here.
    mutating func addOutputs() {
        get("team/outputs", .needs(.viewTeam)) { visit in
            let asked = OutputsAsked(visit)
            let (columns, area) = try await visit.read { db in
                (try db.outputs(asked.periods(on: visit.today)), try db.outputArea(visit))
            }
            let page = outputsPage(asked, columns, area, visit)
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
            let (column, rows, area) = try await visit.read { db in
                (try db.outputs([("", period)]), try db.outputRows(output, period, before: before, visit),
                 try db.outputArea(visit))
            }
            return .page(outputRowsPage(output, column[0], rows, area, isFirst: before == nil))
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

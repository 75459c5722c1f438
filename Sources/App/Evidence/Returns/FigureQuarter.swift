import Foundation
import Pages

/// A quarter of a financial year, as figures are handed in and released.
struct FigureQuarter: Equatable, Sendable {
    let period: Period

    /// The quarter that begins on this day.
    init?(_ from: Day) {
        let year = FinancialYear(of: from)
        guard let period = year.quarters.first(where: { $0.from == from }) else { return nil }
        self.period = period
    }

    init?(_ text: String?) {
        guard let day = text.flatMap(Day.init(column:)) else { return nil }
        self.init(day)
    }

    /// "April to June 2026"
    var title: String {
        "\(Day.months[period.from.month - 1]) to \(Day.months[period.until.month - 1]) \(period.until.year)"
    }
    var key: String { period.from.column }

    /// The last quarters that have ended by now, the newest first: of one that goes on, nothing is handed in.
    static func ended(by today: Day, count: Int = 8) -> [FigureQuarter] {
        let year = FinancialYear(of: today).start
        let quarters = (0...count / 4 + 1).compactMap { FinancialYear(year - $0) }.flatMap(\.quarters)
        return quarters.filter { $0.until < today }.sorted { $1.from < $0.from }.prefix(count).compactMap {
            FigureQuarter($0.from)
        }
    }
}

extension Visit {
    /// A quarter that has ended, as an address names it; the last one where none is named.
    func endedQuarter(_ text: String?) throws(Refusal) -> FigureQuarter {
        let quarters = FigureQuarter.ended(by: today)
        guard let text, !text.isEmpty else { return try quarters.first.orNotFound() }
        return try FigureQuarter(text).flatMap { quarters.contains($0) ? $0 : nil }.orNotFound()
    }

    /// The same as a form of ours names it, hidden.
    func endedQuarter(of answers: Answers) throws(Refusal) -> FigureQuarter {
        let text = answers["quarter"]
        guard text.isEmpty || FigureQuarter(text) != nil else { throw Refusal.unreadable }
        return try endedQuarter(text)
    }
}

import Foundation

/// Days from one to another, both included.
struct Period: Equatable, Sendable {
    let from: Day
    let until: Day

    /// The first moment of the first day, London time, and the first moment after the last.
    var moments: (from: Date, until: Date) {
        let last = London.moment(until, minute: 0) ?? .distantFuture
        return (London.moment(from, minute: 0) ?? .distantPast,
                London.calendar.date(byAdding: .day, value: 1, to: last) ?? .distantFuture)
    }

    var words: String { "\(from) to \(until)" }
}

/// April to March, named by the year in which it begins. Quarter 1 is April to June; a source document that lets
/// quarter 3 begin in July is wrong.
struct FinancialYear: Equatable, Sendable {
    let start: Int

    init?(_ start: Int) {
        guard (1990...2190).contains(start) else { return nil }
        self.start = start
    }

    init(of day: Day) { start = day.month >= 4 ? day.year : day.year - 1 }

    /// "2026 to 2027"
    var words: String { "\(start) to \(start + 1)" }

    /// April to June, July to September, October to December, January to March.
    var quarters: [Period] {
        [(4, 6, 30), (7, 9, 30), (10, 12, 31), (1, 3, 31)].compactMap { first, last, length in
            let year = first < 4 ? start + 1 : start
            guard let from = Day(year: year, month: first, day: 1),
                let until = Day(year: year, month: last, day: length) else { return nil }
            return Period(from: from, until: until)
        }
    }
}

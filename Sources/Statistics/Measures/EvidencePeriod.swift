/// Whole months that a figure is of, as English public bodies name them. Figures of periods of different lengths are
/// never compared.
public struct EvidencePeriod: Sendable, Hashable, CustomStringConvertible {
    /// The first day.
    public let from: PlainDate
    public let months: Int
    /// As it was written.
    public let description: String

    /// The last day.
    public var until: PlainDate { from.adding(months: months, days: -1) ?? from }

    /// Reads
    /// - a calendar year: "2021";
    /// - a financial year, April to March: "2019/20", "2019-20", "2019/2020";
    /// - its quarters and halves: "2019/20 Q3" (October to December), "2019/20 H2" (October to March);
    /// - months of one or two years: "April to September 2021", "October 2020 to March 2021", "March 2021";
    /// - twelve months up to one: "year to March 2022", "year ending March 2022", "twelve months to March 2022".
    public init?(_ text: String) {
        let words = text.split { $0 == " " || $0 == "\u{A0}" || $0 == "," }.map(String.init)
        guard let (from, months) = Self.financial(words) ?? Self.rolling(words) ?? Self.span(words) else { return nil }
        self.from = from
        self.months = months
        description = words.joined(separator: " ")
    }

    /// "1 October 2019 to 31 December 2019"
    public var days: String { "\(from.words) to \(until.words)" }

    /// The same months a year before.
    public func isYearBefore(_ later: EvidencePeriod) -> Bool {
        months == later.months && from.adding(years: 1) == later.from
    }

    private static func financial(_ words: [String]) -> (PlainDate, Int)? {
        guard let first = words.first, words.count <= 2 else { return nil }
        let years = first.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "-" || $0 == "–" }
        guard years.count == 2, years[0].count == 4, years[1].count == 2 || years[1].count == 4,
            let start = Int(years[0]), let end = Int(years[1]),
            end == (years[1].count == 2 ? (start + 1) % 100 : start + 1)
        else { return nil }
        let (skipped, months): (Int, Int)
        switch words.count == 1 ? "" : words[1].uppercased() {
        case "": (skipped, months) = (0, 12)
        case "Q1": (skipped, months) = (0, 3)
        case "Q2": (skipped, months) = (3, 3)
        case "Q3": (skipped, months) = (6, 3)
        case "Q4": (skipped, months) = (9, 3)
        case "H1": (skipped, months) = (0, 6)
        case "H2": (skipped, months) = (6, 6)
        default: return nil
        }
        return PlainDate(year: start, month: 4, day: 1)?.adding(months: skipped).map { ($0, months) }
    }

    private static func rolling(_ words: [String]) -> (PlainDate, Int)? {
        let lower = words.map { $0.lowercased() }
        let starts = [["year", "to"], ["year", "ending"], ["twelve", "months", "to"], ["12", "months", "to"]]
        guard let start = starts.first(where: { lower.starts(with: $0) }), words.count == start.count + 2,
            let last = date(words[start.count], words[start.count + 1])
        else { return nil }
        return last.adding(months: -11).map { ($0, 12) }
    }

    private static func span(_ words: [String]) -> (PlainDate, Int)? {
        if words.count == 1 {
            return year(words[0]).flatMap { PlainDate(year: $0, month: 1, day: 1) }.map { ($0, 12) }
        }
        if words.count == 2 { return date(words[0], words[1]).map { ($0, 1) } }
        guard let to = words.firstIndex(where: { $0.lowercased() == "to" }), to == words.count - 3, to == 1 || to == 2,
            let last = date(words[to + 1], words[to + 2]),
            let first = date(words[0], to == 2 ? words[1] : words[to + 2])
        else { return nil }
        let months = first.months(to: last) + 1
        return (1...120).contains(months) ? (first, months) : nil
    }

    private static func year(_ word: String) -> Int? {
        word.count == 4 ? Int(word).flatMap { (1900...2200).contains($0) ? $0 : nil } : nil
    }

    private static func date(_ month: String, _ year: String) -> PlainDate? {
        guard month.count >= 3, let year = self.year(year),
            let place = PlainDate.months.firstIndex(where: { $0.lowercased().hasPrefix(month.lowercased()) })
        else { return nil }
        return PlainDate(year: year, month: place + 1, day: 1)
    }
}

/// Quarters of the financial year, as they are and as papers get them wrong.
public enum FinancialQuarter {
    /// "April to June" of quarter 1; nil of what is none.
    public static func words(_ number: Int) -> String? {
        (1...4).contains(number)
            ? "\(month(3 + 3 * (number - 1))) to \(month(5 + 3 * (number - 1)))" : nil
    }

    static func month(_ place: Int) -> String { PlainDate.months[place % 12] }
}

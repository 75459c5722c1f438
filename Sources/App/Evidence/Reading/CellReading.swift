import Foundation
import Postgres

/// What a cell turned out to hold.
enum CellState: String, Codable, CaseIterable, Sendable {
    case given, missing, notKnown, declined, notAsked, unmapped, unreadable
    /// A day that stands for none, such as 1 January 1900.
    case standIn
    /// A birth after the period, or an age above 115.
    case impossible

    var label: String {
        switch self {
        case .given: "Given"
        case .missing: "Empty"
        case .notKnown: "Not known"
        case .declined: "Declined to say"
        case .notAsked: "Not asked"
        case .unmapped: "Not mapped"
        case .unreadable: "Not readable"
        case .standIn: "Date that stands for none"
        case .impossible: "Impossible age"
        }
    }
}

/// What is remarkable about a cell or a row. Stored by name, without any value.
enum RowRemark: String, CaseIterable, Sendable {
    case empty, unreadable, formula, rounded, standIn, impossible, unmapped, outside, repeated, long
    /// Of a whole row.
    case fields, quote, tooLong

    /// In words, and what to do about it.
    var words: String {
        switch self {
        case .empty: "is empty, and a row without it can’t be used"
        case .unreadable: "can’t be read as what it should be"
        case .formula: "holds a formula. Copy the sheet and paste it as values, then save it as CSV"
        case .rounded: "was rounded by a spreadsheet (as in 9.43E+09). Format the column as text first"
        case .standIn: "is a date that stands for none"
        case .impossible: "gives an age below 0 or above 115"
        case .unmapped: "has an answer that is not in the specification. Say what it means, once for all rows"
        case .outside: "lies outside the period"
        case .repeated: "was used in a row before"
        case .long: "is longer than 100 characters"
        case .fields: "The row has more or fewer values than the file has columns"
        case .quote: "A quotation mark in the row isn’t closed"
        case .tooLong: "The row is longer than a megabyte"
        }
    }

    /// As it is stored: of which column, and what.
    func of(_ column: String) -> String { "\(column):\(rawValue)" }

    static func words(stored: String) -> (column: String, words: String) {
        let parts = stored.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let remark = parts.last.flatMap(RowRemark.init(rawValue:))
        return (parts.first ?? "", remark?.words ?? stored)
    }
}

/// A cell as it is read: what it is, what of it stands in the row without names, what is remarkable.
struct CellReading: Equatable, Sendable {
    var state: CellState
    var open = ""
    var remark: RowRemark?
    /// A birth on the first of January: more of them than one in 365 are defaults.
    var isNewYear = false
    /// A spreadsheet had changed it, and it could be made good: a date as a number of days, a number with ".0".
    var isMended = false
}

/// Reads the cells of one column.
struct CellReader {
    let column: DataColumn
    private let period: Period
    private let answers: [String: String]
    private let mapped: [String: String]
    /// Few different words stand in a column of categories.
    private var known: [String: CellReading] = [:]

    /// `mapped`: the agency's own words in small letters, to what they mean.
    init(_ column: DataColumn, _ period: Period, mapped: [String: String]) {
        (self.column, self.period) = (column, period)
        // What an earlier version of the specification knew may not be an answer any more.
        let codes = Set((column.categories + DataCategory.ofAll).map(\.code))
        self.mapped = mapped.filter { codes.contains($0.value) }
        let pairs = column.categories.flatMap { [($0.code.lowercased(), $0.code), ($0.label.lowercased(), $0.code)] }
        answers = Dictionary(pairs) { first, _ in first }
    }

    /// `text` without space around it.
    mutating func read(_ text: String) -> CellReading {
        if text.isEmpty { return CellReading(state: .missing, remark: column.isNeeded ? .empty : nil) }
        if text.utf8.first == 61 {
            return CellReading(state: .unreadable, open: DataCategory.unreadable, remark: .formula)
        }
        if column.kind == .category {
            if let found = known[text] { return found }
            let found = category(text)
            if known.count < 10_000, text.utf8.count <= 200 { known[text] = found }
            return found
        }
        if text.utf8.count <= 20, let state = Self.plainWords[text.lowercased()] {
            return CellReading(
                state: state, open: column.kind.isOpen ? state.rawValue : "", remark: column.isNeeded ? .empty : nil)
        }
        return switch column.kind {
        case .date: date(text)
        case .birth: birth(text)
        case .number: number(text)
        case .postcode: postcode(text)
        case .nhs: nhsNumber(text)
        case .phone: text.utf8.count { (48...57).contains($0) } >= 9 ? CellReading(state: .given) : .unreadable
        case .record: CellReading(state: .given, remark: text.count > 100 ? .long : nil)
        case .name, .text, .category: CellReading(state: .given)
        }
    }

    /// Words that can only mean one of the answers that every column has.
    private static let plainWords: [String: CellState] = [
        "unknown": .notKnown, "not known": .notKnown, "notknown": .notKnown, "nk": .notKnown, "n/k": .notKnown,
        "not recorded": .notKnown, "?": .notKnown, "declined": .declined, "declined to say": .declined,
        "refused": .declined, "prefer not to say": .declined, "not asked": .notAsked, "notasked": .notAsked,
    ]

    /// As much of a word as is asked about. By scalars: a letter may carry any number of marks.
    static func short(_ text: String) -> String { String(String.UnicodeScalarView(text.unicodeScalars.prefix(100))) }

    private func category(_ text: String) -> CellReading {
        let lower = text.lowercased()
        if let code = answers[lower] { return CellReading(state: .given, open: code) }
        if let code = mapped[lower] ?? mapped[Self.short(text).lowercased()] {
            let isOfAll = DataCategory.ofAll.contains { $0.code == code }
            let state = isOfAll ? CellState(rawValue: code) ?? .given : .given
            return CellReading(state: state, open: code, remark: state == .given || !column.isNeeded ? nil : .empty)
        }
        if let state = Self.plainWords[lower] { return CellReading(state: state, open: state.rawValue) }
        return CellReading(state: .unmapped, open: DataCategory.unmapped, remark: .unmapped)
    }

    private func date(_ text: String) -> CellReading {
        switch WrittenDay(text) {
        case .standIn: CellReading(state: .standIn, open: DataCategory.notKnown, remark: .standIn)
        case .unreadable: .unreadable
        case .day(let day, let isMended):
            CellReading(
                state: .given, open: String(day.column.prefix(7)),
                remark: column.isNeeded && !(period.from...period.until).contains(day) ? .outside : nil,
                isMended: isMended)
        }
    }

    private func birth(_ text: String) -> CellReading {
        switch WrittenDay(text) {
        case .standIn: return CellReading(state: .standIn, open: DataCategory.notKnown, remark: .standIn)
        case .unreadable: return .unreadable
        case .day(let day, let isMended):
            let age = day.years(until: period.until), isNewYear = day.month == 1 && day.day == 1
            if day > period.until || age > 115 {
                return CellReading(state: .impossible, open: DataCategory.notKnown, remark: .impossible)
            }
            return CellReading(state: .given, open: String(age), isNewYear: isNewYear, isMended: isMended)
        }
    }

    private func number(_ text: String) -> CellReading {
        var digits = text.filter { $0 != "," }
        let isMended = digits.hasSuffix(".0")
        if isMended { digits.removeLast(2) }
        guard let number = Int(digits), (0...1_000_000_000).contains(number) else { return .unreadable }
        return CellReading(state: .given, open: String(number), isMended: isMended)
    }

    private func postcode(_ text: String) -> CellReading {
        let plain = text.uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        let outward = plain.wholeMatch(of: /([A-Z]{1,2}[0-9][A-Z0-9]?)([0-9][A-Z]{2})?/)?.1
        guard let outward else { return .unreadable }
        // NHS pseudo-postcodes: no fixed abode, not known.
        if outward == "ZZ99" { return CellReading(state: .notKnown, open: DataCategory.notKnown) }
        return CellReading(state: .given, open: String(outward))
    }

    private func nhsNumber(_ text: String) -> CellReading {
        var plain = text
        let isMended = plain.hasSuffix(".0")
        if isMended { plain.removeLast(2) }
        if plain.contains("E+") || plain.contains("e+") { return CellReading(state: .unreadable, remark: .rounded) }
        let digits = plain.utf8.filter { $0 != 32 && $0 != 45 }.map { Int($0) - 48 }
        guard digits.count == 10, digits.allSatisfy((0...9).contains), Set(digits).count > 1 else { return .unreadable }
        let sum = zip(digits, (2...10).reversed()).reduce(0) { $0 + $1.0 * $1.1 }
        guard (11 - sum % 11) % 11 == digits[9] else { return .unreadable }
        return CellReading(state: .given, isMended: isMended)
    }
}

extension CellReading {
    fileprivate static let unreadable = CellReading(
        state: .unreadable, open: DataCategory.unreadable, remark: .unreadable)
}

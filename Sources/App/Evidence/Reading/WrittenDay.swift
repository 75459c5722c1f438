import Foundation

/// A day as files have it: day before month as people write it here, year first as programs do, or a spreadsheet's
/// number of days.
enum WrittenDay: Equatable {
    case day(Day, isMended: Bool)
    /// Written for "none": 1 January 1900 or 1901, 31 December 9999.
    case standIn
    case unreadable

    init(_ text: String) {
        var text = Substring(text)
        // A time behind it says nothing here.
        if let end = text.firstIndex(where: { $0 == "T" || $0 == " " }), text[end...].contains(":"),
            text[..<end].contains(where: { "-/.".contains($0) }) { text = text[..<end] }
        if let serial = Self.serial(text) {
            self = serial
            return
        }
        let parts = text.split(whereSeparator: { "/-. ".contains($0) }).map(String.init)
        if parts.count == 1, text.utf8.count == 8, let all = Int(text) {
            self = Self.day(all / 10_000, all / 100 % 100, all % 100)
            return
        }
        guard parts.count == 3 else {
            self = .unreadable
            return
        }
        if parts[0].utf8.count == 4, let year = Int(parts[0]), let month = Self.month(parts[1]),
            let day = Int(parts[2]) {
            self = Self.day(year, month, day)
        } else if parts[2].utf8.count == 4, let day = Int(parts[0]), let month = Self.month(parts[1]),
            let year = Int(parts[2]) {
            self = Self.day(year, month, day)
        } else {
            // A year of two figures could be of either century.
            self = .unreadable
        }
    }

    /// Days since the end of 1899, as spreadsheets count them.
    private static func serial(_ text: Substring) -> WrittenDay? {
        guard text.utf8.count <= 7, text.utf8.allSatisfy({ (48...57).contains($0) || $0 == 46 }),
            let number = Double(text), (0...80_000).contains(number) else { return nil }
        // A year alone, or day, month and year run together, is no number of days.
        if text.utf8.count == 4, (1900...2100).contains(number) { return .unreadable }
        if text.first == "0", number >= 2 { return .unreadable }
        guard number == number.rounded() || text.contains(".") else { return nil }
        let days = Int(number.rounded(.down))
        if days <= 1 || days == 367 { return .standIn }
        guard days >= 61 else { return .unreadable }
        return .day(Day(since1970: days - 25_569), isMended: true)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> WrittenDay {
        if month == 1, day == 1, year <= 1901 { return .standIn }
        if year == 9999 || year == 1899 { return .standIn }
        return Day(year: year, month: month, day: day).map { .day($0, isMended: false) } ?? .unreadable
    }

    private static func month(_ text: String) -> Int? {
        if let number = Int(text) { return number }
        guard text.utf8.count >= 3 else { return nil }
        let lower = text.lowercased()
        return Day.months.firstIndex { $0.lowercased().hasPrefix(lower) }.map { $0 + 1 }
    }
}

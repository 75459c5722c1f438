import Foundation

extension EmailMessage {
    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// "Tue, 3 Mar 2026 21:14:05 +0000 (GMT)" (RFC 5322, 3.3); nil for anything else.
    static func date(_ text: String) -> Date? {
        let plain = text.prefix { $0 != "(" }
        let afterName = plain.firstIndex(of: ",").map { plain[plain.index(after: $0)...] } ?? plain
        let words = afterName.split(separator: " ")
        guard words.count >= 4, let day = Int(words[0]), let year = Int(words[2]),
            let month = months.firstIndex(of: String(words[1].prefix(3)).lowercased()),
            Day(year: year, month: month + 1, day: day) != nil else { return nil }
        let time = words[3].split(separator: ":").map { Int($0) ?? -1 }
        guard (2...3).contains(time.count), (0..<24).contains(time[0]), (0..<60).contains(time[1]) else { return nil }
        var parts = DateComponents(year: year, month: month + 1, day: day, hour: time[0], minute: time[1])
        parts.second = time.count == 3 ? min(max(time[2], 0), 59) : 0
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(from: parts)?.addingTimeInterval(-zone(words.count > 4 ? words[4] : "+0000"))
    }

    /// Seconds ahead of Greenwich; a zone by name counts as Greenwich.
    private static func zone(_ text: Substring) -> Double {
        guard let sign = text.first, sign == "+" || sign == "-", text.count == 5, let number = Int(text.dropFirst()),
            number / 100 < 15, number % 100 < 60 else { return 0 }
        return Double((number / 100 * 60 + number % 100) * 60) * (sign == "-" ? -1 : 1)
    }
}

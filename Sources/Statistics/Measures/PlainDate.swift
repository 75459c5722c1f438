/// A day of the Gregorian calendar, without clock or place: what periods and contracts are reckoned with.
public struct PlainDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    public static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
    private static let weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]

    /// From 1800 to 2999.
    public init?(year: Int, month: Int, day: Int) {
        guard (1800...2999).contains(year), (1...12).contains(month),
            (1...Self.length(ofMonth: month, year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// From "2024-06-28".
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }),
            let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    public var description: String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(year)-\(two(month))-\(two(day))"
    }

    /// "28 June 2024"
    public var words: String { "\(day) \(Self.months[month - 1]) \(year)" }

    public static func < (one: PlainDate, other: PlainDate) -> Bool {
        (one.year, one.month, one.day) < (other.year, other.month, other.day)
    }

    /// "Friday"
    public var weekday: String { Self.weekdays[(number % 7 + 11) % 7] }

    /// So many years, months and days on (or back), in this order. A day that its month hasn't got becomes the last.
    public func adding(years: Int = 0, months: Int = 0, days: Int = 0) -> PlainDate? {
        guard abs(years) < 2_000, abs(months) < 24_000, abs(days) < 800_000 else { return nil }
        let index = (year + years) * 12 + month - 1 + months
        let (newYear, newMonth) = (index / 12, index % 12 + 1)
        guard index >= 0, let first = PlainDate(year: newYear, month: newMonth, day: 1) else { return nil }
        let day = min(day, Self.length(ofMonth: newMonth, newYear))
        return PlainDate(number: first.number + day - 1 + days)
    }

    /// Whole months to another day.
    public func months(to other: PlainDate) -> Int {
        let months = (other.year - year) * 12 + other.month - month
        return months - (other.day < day ? 1 : 0)
    }

    /// Days since 1 January 1970.
    var number: Int {
        let shifted = month > 2 ? year : year - 1, era = shifted / 400, ofEra = shifted - era * 400
        let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468
    }

    private init?(number: Int) {
        let days = number + 719_468, era = days / 146_097, ofEra = days - era * 146_097
        let yearOfEra = (ofEra - ofEra / 1_460 + ofEra / 36_524 - ofEra / 146_096) / 365
        let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100), place = (5 * ofYear + 2) / 153
        let month = place < 10 ? place + 3 : place - 9
        self.init(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month, day: ofYear - (153 * place + 2) / 5 + 1)
    }

    static func length(ofMonth month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

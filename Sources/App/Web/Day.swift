import Foundation
import Postgres
import Synchronization

/// A calendar day, with no time and no time zone.
struct Day: Comparable, Hashable, Sendable, ColumnValue, CustomStringConvertible {
    let year, month, day: Int

    /// Nil when there is no such day in the calendar.
    init?(year: Int, month: Int, day: Int) {
        guard (1900...2200).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= Self.length(month: month, year: year) else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
    }

    /// The day so many days after 1 January 1970; outside the years that a day can have, the nearest of them.
    init(since1970 days: Int) {
        let parts = CivilDay.parts(of: Int64(min(max(days, -25_567), 84_370)))
        (year, month, day) = (Int(parts.year), Int(parts.month), Int(parts.day))
    }

    init?(column: String) {
        let parts = column.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return nil }
        self.init(year: parts[0], month: parts[1], day: parts[2])
    }

    var column: String { "\(Self.pad(year, 4))-\(Self.pad(month, 2))-\(Self.pad(day, 2))" }
    /// "27 March 2026", as GOV.UK writes dates.
    var description: String { "\(day) \(Self.months[month - 1]) \(year)" }

    static func < (a: Day, b: Day) -> Bool { (a.year, a.month, a.day) < (b.year, b.month, b.day) }

    static let months = ["January", "February", "March", "April", "May", "June", "July", "August", "September",
                         "October", "November", "December"]
    /// ISO weekday, 1 is Monday.
    static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

    private static func length(month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, width - text.count)) + text
    }

    /// Completed years from this day to `other`; a birthday counts on the day itself.
    func years(until other: Day) -> Int {
        other.year - year - ((other.month, other.day) < (month, day) ? 1 : 0)
    }
}

/// London time: what people mean by a day and an hour. Storage is UTC.
enum London {
    static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = TimeZone(identifier: "Europe/London") ?? .gmt
        return calendar
    }()

    static func day(of moment: Date) -> Day { Day(since1970: split(moment).days) }

    /// The last day of what ends as a day begins.
    static func lastDay(before end: Date) -> Day { day(of: end.addingTimeInterval(-1)) }

    /// ISO weekday 1 (Monday) to 7, and minutes since midnight.
    static func weekdayAndMinute(of moment: Date) -> (weekday: Int, minute: Int) {
        let (days, minute) = split(moment)
        // The first of January 1970 was a Thursday.
        return ((days % 7 + 10) % 7 + 1, minute)
    }

    /// Whole days since 1 January 1970 on London's clocks, and minutes since midnight. By arithmetic: a page has
    /// hundreds of dates, and `Calendar` asks its time zone anew for each.
    private static func split(_ moment: Date) -> (days: Int, minute: Int) {
        let seconds = Int(moment.timeIntervalSince1970.rounded(.down))
        let local = seconds + offset(inHour: floor(seconds, by: 3600))
        let days = floor(local, by: 86_400)
        return (days, (local - days * 86_400) / 60)
    }

    private static func floor(_ seconds: Int, by unit: Int) -> Int {
        (seconds >= 0 ? seconds : seconds - unit + 1) / unit
    }

    /// Seconds ahead of UTC. Clocks change on the hour, so what the time zone says is kept by the hour.
    private static func offset(inHour hour: Int) -> Int {
        offsets.withLock { kept in
            if let offset = kept[hour] { return offset }
            let offset = calendar.timeZone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(hour) * 3600))
            if kept.count >= 10_000 { kept.removeAll(keepingCapacity: true) }
            kept[hour] = offset
            return offset
        }
    }

    private static let offsets = Mutex<[Int: Int]>([:])

    /// The moment of `minute` on `day`; nil when a clock change skips it.
    static func moment(_ day: Day, minute: Int) -> Date? {
        calendar.date(from: DateComponents(
            year: day.year, month: day.month, day: day.day, hour: minute / 60, minute: minute % 60))
    }

    /// "14:05"
    static func time(_ moment: Date) -> String {
        let minute = weekdayAndMinute(of: moment).minute
        return Clock.text(minute)
    }

    /// "Tuesday 24 March 2026 at 14:05"
    static func dateAndTime(_ moment: Date) -> String {
        "\(Day.weekdays[weekdayAndMinute(of: moment).weekday - 1]) \(day(of: moment)) at \(time(moment))"
    }

    /// "24 March at 14:05", for tables.
    static func short(_ moment: Date) -> String {
        let day = day(of: moment)
        return "\(day.day) \(Day.months[day.month - 1].prefix(3)) \(day.year), \(time(moment))"
    }
}

extension Day {
    /// The day so many days later; earlier when negative.
    func adding(_ days: Int) -> Day {
        Day(since1970: Int(CivilDay.number(year: Int64(year), month: Int64(month), day: Int64(day))) + days)
    }

    /// The same day of the month so many months on, or the month's last.
    func months(ahead: Int) -> Day {
        let later = London.calendar.date(
            byAdding: .month, value: ahead, to: London.moment(self, minute: 720) ?? Date(timeIntervalSince1970: 0))
        return later.map(London.day(of:)) ?? self
    }
}

/// A time of day in minutes since midnight.
enum Clock {
    static func text(_ minute: Int) -> String {
        let (hour, rest) = (minute / 60, minute % 60)
        return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Reads "9", "9:30", "09.30", "9am", "2:15 pm"; nil when it is none of these.
    static func minute(_ typed: String) -> Int? {
        var text = typed.lowercased().filter { !$0.isWhitespace }
        var shift: Int?
        if text.hasSuffix("am") { shift = 0 } else if text.hasSuffix("pm") { shift = 12 }
        if shift != nil { text.removeLast(2) }
        if text == "midday" || text == "noon" { return 720 }
        if text == "midnight" { return 0 }
        let parts = text.split(whereSeparator: { ":.".contains($0) }, omittingEmpty: false)
        guard (1...2).contains(parts.count), parts.allSatisfy({ !$0.isEmpty && $0.count <= 2 }),
            var hour = Int(parts[0]), let minute = parts.count == 2 ? Int(parts[1]) : 0 else { return nil }
        if let shift {
            guard (1...12).contains(hour) else { return nil }
            hour = hour % 12 + shift
        }
        guard (0...23).contains(hour), (0...59).contains(minute) else { return nil }
        return hour * 60 + minute
    }
}

extension StringProtocol {
    fileprivate func split(whereSeparator isSeparator: (Character) -> Bool, omittingEmpty: Bool) -> [SubSequence] {
        split(maxSplits: .max, omittingEmptySubsequences: omittingEmpty, whereSeparator: isSeparator)
    }
}

import Foundation

/// Days on which councils, police and services in England work: Monday to Friday, without bank holidays.
enum WorkingDays {
    /// When something is due that is due "by the next working day": the end of it, in London.
    static let endOfDay = 17 * 60

    static func isWorking(_ day: Day) -> Bool {
        weekday(of: day) <= 5 && !BankHolidays.of(day.year).contains(day)
    }

    /// The `count`th working day after `day`, which itself never counts.
    static func after(_ day: Day, _ count: Int = 1) -> Day {
        var (day, left) = (day, count)
        while left > 0 {
            day = day.adding(1)
            if isWorking(day) { left -= 1 }
        }
        return day
    }

    /// The end of the next working day after `moment`.
    static func nextDue(after moment: Date) -> Date {
        London.moment(after(London.day(of: moment)), minute: endOfDay) ?? moment.addingTimeInterval(86_400)
    }

    /// When something is due that is due on a day: the clocks never skip that hour.
    static func end(of day: Day) -> Date { London.moment(day, minute: endOfDay) ?? .distantFuture }

    fileprivate static func weekday(of day: Day) -> Int {
        London.moment(day, minute: 720).map { London.weekdayAndMinute(of: $0).weekday } ?? 1
    }
}

/// The bank holidays of England and Wales.
///
/// Computed from the Banking and Financial Dealings Act 1971, schedule 1, with New Year's Day, Good Friday and the
/// early May holiday as proclaimed each year, substitute days, and the years in which one was moved or added.
/// A test compares them with the published list (gov.uk/bank-holidays, 2019 to 2028).
enum BankHolidays {
    static func of(_ year: Int) -> Set<Day> {
        let easter = easterSunday(year)
        var days = [
            substituted(year, 1, 1), easter?.adding(-2), easter?.adding(1), firstMonday(year, 5), lastMonday(year, 5),
            lastMonday(year, 8),
        ].compactMap { $0 }
        days += christmas(year)
        let change = proclaimed[year]
        days.removeAll { change?.without.contains($0) == true }
        return Set(days + (change?.with ?? []))
    }

    /// Moved or added: 75 years after VE Day, the Platinum Jubilee, a State Funeral, a Coronation.
    private static let proclaimed: [Int: (without: [Day], with: [Day])] = [
        2020: ([day(2020, 5, 4)], [day(2020, 5, 8)]),
        2022: ([day(2022, 5, 30)], [day(2022, 6, 2), day(2022, 6, 3), day(2022, 9, 19)]),
        2023: ([], [day(2023, 5, 8)]),
    ]

    /// 25 and 26 December; a weekend's pass to the next days that are neither weekend nor holiday.
    private static func christmas(_ year: Int) -> [Day] {
        let first = day(year, 12, 25)
        return switch WorkingDays.weekday(of: first) {
        case 5: [first, day(year, 12, 28)]
        case 6: [day(year, 12, 27), day(year, 12, 28)]
        case 7: [day(year, 12, 26), day(year, 12, 27)]
        default: [first, day(year, 12, 26)]
        }
    }

    /// The day itself, or the Monday after a weekend.
    private static func substituted(_ year: Int, _ month: Int, _ number: Int) -> Day {
        let found = day(year, month, number)
        let weekday = WorkingDays.weekday(of: found)
        return weekday > 5 ? found.adding(8 - weekday) : found
    }

    private static func firstMonday(_ year: Int, _ month: Int) -> Day {
        let first = day(year, month, 1)
        return first.adding((8 - WorkingDays.weekday(of: first)) % 7)
    }

    private static func lastMonday(_ year: Int, _ month: Int) -> Day {
        let last = day(year, month, 31)
        return last.adding(1 - WorkingDays.weekday(of: last))
    }

    /// The Gregorian Easter, by the anonymous algorithm (Nature, 20 April 1876).
    private static func easterSunday(_ year: Int) -> Day? {
        let (a, b, c) = (year % 19, year / 100, year % 100)
        let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30
        let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7
        let sum = h + l - 7 * ((a + 11 * h + 22 * l) / 451) + 114
        return Day(year: year, month: sum / 31, day: sum % 31 + 1)
    }

    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Day { Day(year: year, month: month, day: day)! }
}

import Foundation
import Postgres

/// A moment in whole seconds since 1970, UTC.
struct DemoMoment: Comparable, Hashable, Sendable {
    var seconds: Int

    var date: Date { Date(timeIntervalSince1970: Double(seconds)) }

    static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
    static func + (moment: Self, seconds: Int) -> Self { Self(seconds: moment.seconds + seconds) }
    static func - (left: Self, right: Self) -> Int { left.seconds - right.seconds }
}

/// A calendar day as days since 1970.
struct DemoDay: Comparable, Hashable, Sendable {
    var number: Int

    static func < (left: Self, right: Self) -> Bool { left.number < right.number }
    static func + (day: Self, days: Int) -> Self { Self(number: day.number + days) }
    static func - (left: Self, right: Self) -> Int { left.number - right.number }

    init(number: Int) { self.number = number }

    init(year: Int, month: Int, day: Int) {
        number = Int(CivilDay.number(year: Int64(year), month: Int64(month), day: Int64(day)))
    }

    var civil: (year: Int, month: Int, day: Int) {
        let parts = CivilDay.parts(of: Int64(number))
        return (Int(parts.year), Int(parts.month), Int(parts.day))
    }

    /// ISO weekday: 1 is Monday, 7 Sunday.
    var weekday: Int { ((number + 3) % 7 + 7) % 7 + 1 }
}

/// London days counted back from the day of the seeding, so that clocks look alive whenever that is.
///
/// Everything that has happened lies before midnight of today; only what is due lies after it.
struct DemoClock: Sendable {
    /// Midnight, London time, at the start of the day of the seeding.
    let today: DemoMoment
    private let firstDay: DemoDay
    /// Seconds that London is ahead of UTC at noon, from `firstDay` on.
    private let offsets: [Int]

    /// How far back anything happens, and how far ahead anything is due.
    static let reach = (back: 1_500, ahead: 200)

    init(now: Date) {
        let zone = TimeZone(identifier: "Europe/London") ?? .gmt
        let local = Int(now.timeIntervalSince1970.rounded(.down)) + zone.secondsFromGMT(for: now)
        let day = DemoDay(number: local / 86_400)
        let first = day + -Self.reach.back
        let noons = (0...(Self.reach.back + Self.reach.ahead)).map { index in
            zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double((first.number + index) * 86_400 + 43_200)))
        }
        (firstDay, offsets) = (first, noons)
        today = DemoMoment(seconds: day.number * 86_400 - noons[Self.reach.back])
    }

    /// The day `days` before the seeding; negative is ahead.
    func day(ago days: Int) -> DemoDay { firstDay + (Self.reach.back - days) }

    /// The moment of a minute of that day, London time.
    func moment(_ day: DemoDay, minute: Int) -> DemoMoment {
        DemoMoment(seconds: day.number * 86_400 + minute * 60 - offset(day))
    }

    /// Which day and minute it was in London.
    func local(_ moment: DemoMoment) -> (day: DemoDay, minute: Int) {
        let seconds = moment.seconds + offset(DemoDay(number: moment.seconds / 86_400))
        return (DemoDay(number: seconds / 86_400), seconds % 86_400 / 60)
    }

    /// The same moment if somebody is at work then (Monday to Friday, 9:00 to 17:30), else a time when somebody is:
    /// later the same day, or the next working day.
    func atWork(_ moment: DemoMoment, _ dice: inout DemoDice) -> DemoMoment {
        var (day, minute) = local(moment)
        if day.weekday <= 5, (540...1_050).contains(minute) { return moment }
        if minute > 1_050 || day.weekday > 5 { day = day + 1 }
        while day.weekday > 5 { day = day + 1 }
        minute = dice.within(542...1_045)
        return self.moment(day, minute: minute)
    }

    private func offset(_ day: DemoDay) -> Int {
        offsets[min(max(day - firstDay, 0), offsets.count - 1)]
    }
}

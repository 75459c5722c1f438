import Foundation
import Testing

@testable import App
@testable import AppTestSupport

@Suite("Days and hours in London")
struct DayTests {
    /// Every seven hours or so for two centuries, and the hours around each change of the clocks.
    private static let moments: [Date] = {
        let zone = TimeZone(identifier: "Europe/London")!
        let first = Date(timeIntervalSince1970: -2_177_452_800)   // 1 January 1901
        var moments = stride(from: 0.0, to: 6.3e9, by: 25_367).map { first.addingTimeInterval($0) }
        var change = Date(timeIntervalSince1970: 0)
        while moments.count < 250_000, let next = zone.nextDaylightSavingTimeTransition(after: change),
            next.timeIntervalSince1970 < 4e9 {
            moments += [-3600, -1, 0, 1, 3599, 3600].map { next.addingTimeInterval($0) }
            change = next
        }
        return moments
    }()

    @Test func `arithmetic says what the calendar says`() {
        var differing: [Date] = []
        for moment in Self.moments {
            let parts = London.calendar.dateComponents([.year, .month, .day, .weekday, .hour, .minute], from: moment)
            let day = London.day(of: moment)
            let (weekday, minute) = London.weekdayAndMinute(of: moment)
            if day != Day(year: parts.year!, month: parts.month!, day: parts.day!)
                || weekday != (parts.weekday! + 5) % 7 + 1 || minute != parts.hour! * 60 + parts.minute! {
                differing.append(moment)
            }
        }
        #expect(Self.moments.count > 200_000 && differing.isEmpty, "\(differing.prefix(3))")
    }

    @Test func `moments of no year that a day can have become the nearest day`() {
        #expect(London.day(of: .distantPast) == Day(year: 1900, month: 1, day: 1))
        #expect(London.day(of: .distantFuture) == Day(year: 2200, month: 12, day: 31))
    }
}

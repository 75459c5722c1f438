import Statistics
import Testing

@Suite("Exact numbers, periods and money") struct ExactTests {
    @Test func `halves go away from zero, and nothing is lost before`() throws {
        #expect(try #require(Fraction("2.5")).text(0) == "3" && (try #require(Fraction("-2.5")).text(0)) == "-3")
        #expect(try #require(Fraction("0.125")).text(2) == "0.13")
        #expect(try #require(Fraction(1, over: 3)).times(Fraction(3)) == Fraction(1))
        #expect(try #require(Fraction("1234567.5")).text(1) == "1,234,567.5")
        #expect(try #require(Fraction("-0.004")).text(2) == "0.00")
        #expect(Fraction(1, over: 0) == nil)
        for text in ["1.", "--1", "1e3", "1-2", "", "1.2.3", "1.2345678", "1234567890123456"] {
            #expect(Fraction(text) == nil)
        }
    }

    @Test func `compares as exactly as it counts`() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<2_000 {
            let parts = (0..<4).map { _ in Int128.random(in: 1...1 << 60, using: &random) }
            let signs = (0..<2).map { _ in Bool.random(using: &random) ? Int128(1) : -1 }
            let one = try #require(Fraction(signs[0] * parts[0], over: parts[1]))
            let other = try #require(Fraction(signs[1] * parts[2], over: parts[3]))
            let (left, right) = (signs[0] * parts[0] * parts[3], signs[1] * parts[2] * parts[1])
            #expect((one < other) == (left < right) && (one > other) == (left > right))
            #expect(!(one < one))
        }
    }

    @Test(arguments: [
        ("2021", "1 January 2021 to 31 December 2021"), ("2019/20", "1 April 2019 to 31 March 2020"),
        ("2019-2020", "1 April 2019 to 31 March 2020"), ("1999/00", "1 April 1999 to 31 March 2000"),
        ("2019/20 Q3", "1 October 2019 to 31 December 2019"), ("2019/20 Q4", "1 January 2020 to 31 March 2020"),
        ("2019/20 H2", "1 October 2019 to 31 March 2020"),
        ("April to September 2021", "1 April 2021 to 30 September 2021"),
        ("October 2020 to March 2021", "1 October 2020 to 31 March 2021"),
        ("Feb 2020", "1 February 2020 to 29 February 2020"),
        ("year to March 2022", "1 April 2021 to 31 March 2022"),
        ("twelve months to June 2021", "1 July 2020 to 30 June 2021"),
        ("year ending March 2020", "1 April 2019 to 31 March 2020"),
    ]) func `periods as public bodies name them`(_ text: String, _ days: String) throws {
        #expect(try #require(EvidencePeriod(text)).days == days)
    }

    @Test(arguments: [
        "2019/21", "19/20", "2019/20 Q5", "March to April", "June 2021 to May 2021", "", "201", "Ma 2021",
    ]) func `what is no period isn't guessed`(_ text: String) { #expect(EvidencePeriod(text) == nil) }

    @Test func `a year before is the same months, not the period before`() throws {
        let quarter = try #require(EvidencePeriod("2020/21 Q1"))
        #expect(try #require(EvidencePeriod("2019/20 Q1")).isYearBefore(quarter))
        #expect(!(try #require(EvidencePeriod("2019/20 Q4")).isYearBefore(quarter)))
        #expect(!(try #require(EvidencePeriod("2019/20")).isYearBefore(quarter)))
    }

    @Test func `days are counted as the calendar does`() throws {
        var day = try #require(PlainDate("1999-12-31")), number = 0
        while day.year < 2005 {
            let next = try #require(day.adding(days: 1))
            #expect(day < next && next.adding(days: -1) == day)
            (day, number) = (next, number + 1)
        }
        #expect(number == 1 + 366 + 365 * 3 + 366)
        #expect(PlainDate("2024-02-29")?.adding(years: 1)?.description == "2025-02-28")
        #expect(PlainDate("2021-10-31")?.adding(months: 36, days: -1)?.description == "2024-10-30")
        #expect(PlainDate("2023-02-29") == nil && PlainDate("2023-2-1") == nil)
    }

    @Test(arguments: [
        ("£1,127,205", 112_720_500, "£1,127,205", false), ("£63.000", 6_300_000, "£63,000", true),
        ("40.935", 4_093_500, "£40,935", true), ("£35k", 3_500_000, "£35,000", false),
        ("1.126m", 112_600_000, "£1,126,000", false), ("£85.50", 8_550, "£85.50", false),
        ("2,500.25", 250_025, "£2,500.25", false), ("£1.126 million", 112_600_000, "£1,126,000", false),
    ]) func `money as councils write it`(_ text: String, _ pence: Int, _ shown: String, _ isUnclear: Bool) throws {
        let money = try #require(Money(text))
        #expect(money.pence == pence && money.description == shown && money.wasUnclear == isUnclear)
    }

    @Test(arguments: ["", "£", "1,27", "-5", "12.345.6", "5.5555", "1,127,20", "9999999999999", "£x"])
    func `what is no sum of money isn't guessed`(_ text: String) { #expect(Money(text) == nil) }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Working days and England's bank holidays")
struct WorkingDaysTests {
    /// As published (gov.uk/bank-holidays, England and Wales).
    private static let published = """
        2019-01-01 2019-04-19 2019-04-22 2019-05-06 2019-05-27 2019-08-26 2019-12-25 2019-12-26 2020-01-01 2020-04-10
        2020-04-13 2020-05-08 2020-05-25 2020-08-31 2020-12-25 2020-12-28 2021-01-01 2021-04-02 2021-04-05 2021-05-03
        2021-05-31 2021-08-30 2021-12-27 2021-12-28 2022-01-03 2022-04-15 2022-04-18 2022-05-02 2022-06-02 2022-06-03
        2022-08-29 2022-09-19 2022-12-26 2022-12-27 2023-01-02 2023-04-07 2023-04-10 2023-05-01 2023-05-08 2023-05-29
        2023-08-28 2023-12-25 2023-12-26 2024-01-01 2024-03-29 2024-04-01 2024-05-06 2024-05-27 2024-08-26 2024-12-25
        2024-12-26 2025-01-01 2025-04-18 2025-04-21 2025-05-05 2025-05-26 2025-08-25 2025-12-25 2025-12-26 2026-01-01
        2026-04-03 2026-04-06 2026-05-04 2026-05-25 2026-08-31 2026-12-25 2026-12-28 2027-01-01 2027-03-26 2027-03-29
        2027-05-03 2027-05-31 2027-08-30 2027-12-27 2027-12-28 2028-01-03 2028-04-14 2028-04-17 2028-05-01 2028-05-29
        2028-08-28 2028-12-25 2028-12-26
        """.split(whereSeparator: \.isWhitespace).map(String.init)

    @Test func `the computed holidays are those that were published, day for day, for ten years`() {
        #expect((2019...2028).flatMap { BankHolidays.of($0) }.sorted().map(\.column) == Self.published)
    }

    @Test(arguments: [
        ("2026-11-20", "2026-11-23"), ("2026-11-21", "2026-11-23"), ("2026-11-23", "2026-11-24"),
        ("2026-12-24", "2026-12-29"), ("2026-04-02", "2026-04-07"), ("2021-12-31", "2022-01-04"),
    ])
    func `the next working day skips weekends and holidays`(_ day: String, _ next: String) throws {
        #expect(WorkingDays.after(try #require(Day(column: day))).column == next)
    }

    @Test func `what is due by the next working day is due at its end, London time, in summer too`() throws {
        let friday = try #require(Date(column: "2026-07-03 22:30:00+00"))
        #expect(WorkingDays.nextDue(after: friday).column == Date(column: "2026-07-06 16:00:00+00")?.column)
    }
}

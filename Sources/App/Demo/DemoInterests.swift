import Foundation

/// Whom the cast declares to know. What of it matches, the database finds when it is loaded.
extension DemoGenerator {
    /// Those of the stories: the first two match a name and a date of birth, and are sealed. Of the last the year alone
    /// agrees: it waits for the data protection officer.
    private static let interests: [(who: Int, given: String, family: String, born: DemoDay, how: String, ago: Int)] = [
        (DemoStaff.secondIdva, "Gethin", "Vaughan", DemoDay(year: 1984, month: 12, day: 24),
         "Our children are in one class.", 40),
        (DemoStaff.housingOfficer, "Darren", "Ironmonger", DemoDay(year: 1983, month: 1, day: 9),
         "My half-brother. We grew up in one house.", 75),
        (DemoStaff.firstIdva, "Marcin", "Nowakowski", DemoDay(year: 1988, month: 1, day: 1),
         "The man who used to cut my hair. About that age.", 20),
    ]

    mutating func writeInterests() {
        for (index, one) in Self.interests.enumerated() {
            var dice = DemoDice(.plan, -3 - index)
            batch[.interest].add(
                dice.uuid(), partnership, staff.all[one.who].id, "other", one.given, one.family, one.born, one.how,
                clock.moment(clock.day(ago: one.ago), minute: 580 + index))
        }
    }
}

import Foundation
import Pages

/// What happened on a case within twelve months, for one picture of it.
struct CaseYear: Sendable {
    struct Grade: Equatable, Sendable {
        let from: Day
        let level: RiskLevel
    }

    struct Bar: Sendable {
        let kind: OrderKind
        let from: Day
        /// The last day; nil: until further order.
        let until: Day?
    }

    /// The first and the last day of the picture.
    let period: Period
    /// Grades that had effect, oldest first; the first may be from before.
    var grades: [Grade] = []
    /// They were spoken with.
    var contacts: [Day] = []
    /// Nobody was reached.
    var attempts: [Day] = []
    var incidents: [Day] = []
    var orders: [Bar] = []
    var breaches: [Day] = []

    /// The twelve months that end on `last`, or so many years before.
    static func period(until last: Day, yearsBack: Int) -> Period {
        let end = last.months(ahead: -12 * yearsBack)
        return Period(from: end.months(ahead: -12).adding(1), until: end)
    }

    /// The grade in force on a day; nil: none was given by then.
    func grade(on day: Day) -> RiskLevel? { grades.last { $0.from <= day }?.level }

    /// A month, or what of it lies within the period.
    struct Month: Sendable {
        let name: String
        let from: Day
        let until: Day
        /// At its end.
        let grade: RiskLevel?
        let contacts: Int
        let attempts: Int
        let incidents: Int
        /// In force on any of its days.
        let orders: Int
        let breaches: Int
    }

    var months: [Month] {
        var months: [Month] = []
        var from = period.from
        while from <= period.until {
            let first = Day(year: from.year, month: from.month, day: 1) ?? from
            let until = min(first.months(ahead: 1).adding(-1), period.until)
            func within(_ days: [Day]) -> Int { days.count { $0 >= from && $0 <= until } }
            months.append(Month(
                name: "\(Day.months[from.month - 1]) \(from.year)", from: from, until: until, grade: grade(on: until),
                contacts: within(contacts), attempts: within(attempts), incidents: within(incidents),
                orders: orders.count { $0.from <= until && $0.until ?? until >= from }, breaches: within(breaches)))
            from = until.adding(1)
        }
        return months
    }

    /// "Risk ended at high. 14 contacts, 3 attempts without, 2 police incidents, 1 order, no breach."
    var words: String {
        func count(_ number: Int, _ one: String, _ many: String) -> String {
            "\(number == 0 ? "no" : String(number)) \(number == 1 ? one : many)"
        }
        func within(_ days: [Day]) -> Int { days.count { $0 >= period.from && $0 <= period.until } }
        let grade = grade(on: period.until).map { "The grade at the end is \($0.label.lowercased())" }
            ?? "No grade was given"
        let standing = orders.count { $0.from <= period.until && $0.until ?? period.until >= period.from }
        return "\(grade). " + [
            count(within(contacts), "contact", "contacts"),
            count(within(attempts), "attempt without", "attempts without"),
            count(within(incidents), "police incident", "police incidents"), count(standing, "order", "orders"),
            count(within(breaches), "breach", "breaches"),
        ].joined(separator: ", ") + "."
    }
}

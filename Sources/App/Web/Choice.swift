import Foundation
import Pages
import Postgres

/// A closed list of answers, stored by name and shown by label.
protocol Choice: RawRepresentable<String>, CaseIterable, Sendable, ColumnValue {
    var label: String { get }
    /// What a person may need to know before choosing it.
    var hint: String? { get }
}

extension Choice {
    var hint: String? { nil }
    var column: String { rawValue }
    init?(column: String) { self.init(rawValue: column) }
    var option: GovUK.Choice { GovUK.Choice(rawValue, label, hint: hint) }
    static var options: [GovUK.Choice] { allCases.map(\.option) }

    /// The answer to `field`, or nil with `message` beside the field.
    static func required(_ field: String, _ message: String, in answers: inout Answers) -> Self? {
        let choice = Self(rawValue: answers[field])
        if choice == nil { answers.refuse(field, message) }
        return choice
    }
}

/// Answers to a plain question that may go unanswered: four values that are never mixed.
enum YesNo: String, Choice {
    case yes, no, notKnown, notAsked
    var label: String {
        switch self {
        case .yes: "Yes"
        case .no: "No"
        case .notKnown: "Not known"
        case .notAsked: "Not asked"
        }
    }
}

extension Answers {
    /// Text without the space around it; too long is refused beside the field. Characters are counted as PostgreSQL
    /// counts them: one emoji may be seven.
    mutating func text(_ field: String, most: Int, name: String) -> String {
        let text = self[field].trimmingCharacters(in: .whitespacesAndNewlines)
        if text.unicodeScalars.count > most { refuse(field, "\(name) must be \(most) characters or fewer") }
        return text
    }

    /// A whole number within a range.
    mutating func number(_ field: String, _ range: ClosedRange<Int>, _ message: String) -> Int? {
        guard let number = Int(self[field].trimmingCharacters(in: .whitespaces)), range.contains(number) else {
            refuse(field, message)
            return nil
        }
        return number
    }

    /// A day from the three parts of a date input. Nil and no error when all are empty.
    mutating func day(_ field: String, name: String) -> Day? {
        let parts = ["day", "month", "year"].map { self["\(field)-\($0)"].trimmingCharacters(in: .whitespaces) }
        if parts.allSatisfy(\.isEmpty) { return nil }
        for (part, value) in zip(["day", "month", "year"], parts) where value.isEmpty {
            refuse(field, "\(name) must include a \(part)")
            return nil
        }
        guard let day = Int(parts[0]), let month = Self.month(parts[1]), let year = Int(parts[2]),
            let found = Day(year: year, month: month, day: day) else {
            refuse(field, "\(name) must be a real date, like 27 3 1987")
            return nil
        }
        return found
    }

    /// A day that must be there and not lie ahead.
    mutating func pastDay(_ field: String, name: String = "Date", missing: String, today: Day) -> Day? {
        let day = day(field, name: name)
        if day == nil { refuse(field, missing) }
        if let day, day > today { refuse(field, "\(name) must be today or in the past") }
        return day
    }

    /// A day that must be there, and lie between today and `last`; `far` says how far ahead that is.
    mutating func dayAhead(
        _ field: String, name: String, missing: String, today: Day, last: Day, far: String
    ) -> Day? {
        let day = day(field, name: name)
        if day == nil { refuse(field, missing) }
        if let day, day < today { refuse(field, "\(name) must be today or later") }
        if let day, day > last { refuse(field, "\(name) must be within \(far)") }
        return day
    }

    /// Fills in a date input.
    mutating func setDay(_ field: String, _ day: Day) {
        set("\(field)-day", String(day.day))
        set("\(field)-month", String(day.month))
        set("\(field)-year", String(day.year))
    }

    /// A month as a number or an English name.
    private static func month(_ typed: String) -> Int? {
        if let number = Int(typed) { return number }
        let lower = typed.lowercased()
        guard lower.count >= 3 else { return nil }
        return Day.months.firstIndex { $0.lowercased().hasPrefix(lower) }.map { $0 + 1 }
    }
}

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
    static var options: [GovUK.Choice] { allCases.map { GovUK.Choice($0.rawValue, $0.label, hint: $0.hint) } }

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

    /// A month as a number or an English name.
    private static func month(_ typed: String) -> Int? {
        if let number = Int(typed) { return number }
        let lower = typed.lowercased()
        guard lower.count >= 3 else { return nil }
        return Day.months.firstIndex { $0.lowercased().hasPrefix(lower) }.map { $0 + 1 }
    }
}

import Foundation
import Linkage

/// What a column of a data call holds: it decides what is read, what is remarkable, and what whoever has no names sees.
enum DataKind: String, Choice, Codable {
    case record, date, category, number, birth, postcode, name, nhs, phone, text
    var label: String {
        switch self {
        case .record: "The record’s own reference"
        case .date: "Date"
        case .category: "One of the accepted answers"
        case .number: "Whole number"
        case .birth: "Date of birth"
        case .postcode: "Postcode"
        case .name: "Name"
        case .nhs: "NHS number"
        case .phone: "Telephone number"
        case .text: "Words"
        }
    }

    /// Whether an answer stands in the row without names: a date as its month, a birth as an age, a postcode as its
    /// district. The others tell who somebody is.
    var isOpen: Bool {
        switch self {
        case .date, .category, .number, .birth, .postcode: true
        case .record, .name, .nhs, .phone, .text: false
        }
    }

    /// How it is shown to whoever has no names.
    var openLabel: String {
        switch self {
        case .date: "Month"
        case .birth: "Age on the last day of the period"
        case .postcode: "Postcode district"
        default: label
        }
    }
}

/// An answer that a column accepts.
struct DataCategory: Codable, Equatable, Sendable {
    let code: String
    let label: String

    /// Answers of every column, whatever it accepts: four that are never mixed, and nothing at all.
    static let notKnown = "notKnown", declined = "declined", notAsked = "notAsked"
    static let ofAll = [
        DataCategory(code: notKnown, label: "Not known"), DataCategory(code: declined, label: "Declined to say"),
        DataCategory(code: notAsked, label: "Not asked"),
    ]
    /// What else can stand in a row.
    static let missing = "", unmapped = "unmapped", unreadable = "unreadable"
    static let reserved: Set = [notKnown, declined, notAsked, unmapped, unreadable]
}

/// A column that is asked for.
struct DataColumn: Codable, Equatable, Sendable {
    let name: String
    let kind: DataKind
    /// A row without it can't be used.
    let isNeeded: Bool
    let categories: [DataCategory]

    /// What a stored answer says.
    func words(_ answer: String) -> String {
        switch answer {
        case DataCategory.missing: "Empty"
        case DataCategory.unmapped: "Not mapped"
        case DataCategory.unreadable: "Not readable"
        default: (categories + DataCategory.ofAll).first { $0.code == answer }?.label ?? answer
        }
    }

    /// Whether a column of a file is this one, by its name or one in use for it.
    func isCalled(_ written: String) -> Bool { LinkSchema.isSame(written, name) }
}

/// What is asked for, in one version.
struct DataSpecification: Equatable, Sendable {
    let id: UUID
    let name: String
    let number: Int
    let columns: [DataColumn]
    let from: Day
    let until: Day?

    var title: String { "\(name), version \(number)" }
    var days: String { until.map { "\(from) to \($0)" } ?? "From \(from)" }
    /// What whoever has no names sees of a row, in this order.
    var open: [DataColumn] { columns.filter(\.kind.isOpen) }

    /// In force on a day.
    func holds(on day: Day) -> Bool { from <= day && day <= until ?? day }
}

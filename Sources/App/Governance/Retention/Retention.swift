import Foundation
import Pages
import Postgres

/// Of what kind a record is, for how long it is kept. The raw values are stored.
enum RuleKind: String, Choice {
    case adult, child, lookedAfter, contact, otherSide
    var label: String {
        switch self {
        case .adult: "An adult’s casework"
        case .child: "A child’s record"
        case .lookedAfter: "The record of a child who was looked after"
        case .contact: "A contact that never became a case"
        case .otherSide: "Work with those who harm"
        }
    }
    var hint: String? { counted }

    /// From when the years are counted.
    var counted: String {
        switch self {
        case .adult, .otherSide: "Years after the last case closed."
        case .child, .lookedAfter: "Until they would reach this age."
        case .contact: "Years after the last contact."
        }
    }
    /// A child's record is never deleted in their childhood.
    var fewest: Int { self == .child || self == .lookedAfter ? 18 : 1 }
    static let most = 100
}

/// How long records of one kind are kept, from a day on.
struct RetentionRule: Sendable {
    let kind: RuleKind
    let years: Int
    let from: Day
    let reason: String
    let by: String
    let at: Date
}

/// What holds today, and all that was ever set, newest first.
struct RetentionSchedule: Sendable {
    let inForce: [(kind: RuleKind, years: Int)]
    let history: [RetentionRule]
}

/// Somebody whose time has run out: no name, and nothing of the record but the reference of a case.
struct DueRecord: Sendable {
    let id: UUID
    let subject: UUID
    let agency: UUID
    let agencyName: String
    let reference: String
    let rule: RuleKind
    let dueOn: Day

    var label: String { recordLabel(reference, subject) }
}

/// A record as those know it who may not see it: by a case's reference, else by its number.
func recordLabel(_ reference: String, _ subject: UUID) -> String {
    reference.isEmpty ? "Record \(subject.column.prefix(8))" : reference
}

/// Who is due, and when that was worked out.
struct DueList: Sendable {
    let records: [DueRecord]
    let workedOutAt: Date?

    static let most = 100
}

/// Why a record must stay.
enum HoldKind: String, Choice {
    case court, police, homicideReview, complaint, other
    var label: String {
        switch self {
        case .court: "A court, or somebody who may go to one"
        case .police: "A police investigation"
        case .homicideReview: "A domestic homicide review"
        case .complaint: "A complaint"
        case .other: "Something else"
        }
    }
}

/// A record that stays, whatever the schedule says.
struct LegalHold: Sendable {
    let id: UUID
    let subject: UUID
    let reference: String
    let agency: String
    let kind: HoldKind
    let words: String
    let reviewOn: Day
    let by: String
    let at: Date
    let lifted: (by: String, at: Date, reason: String)?

    var label: String { recordLabel(reference, subject) }
}

/// What a second person says of a deletion.
enum DeletionDecision: String, Choice {
    case agreed, refused, postponed
    var label: String {
        switch self {
        case .agreed: "Agree: delete the record"
        case .refused: "Refuse: keep it"
        case .postponed: "Not yet"
        }
    }
    var hint: String? {
        switch self {
        case .agreed: "It can’t be undone once it is carried out."
        case .refused: "It may be proposed again after a year."
        case .postponed: "It may be proposed again from the day below on."
        }
    }
}

/// A deletion that an officer proposed.
struct DeletionProposal: Sendable {
    let id: UUID
    let subject: UUID
    let agency: String
    let reference: String
    let rule: RuleKind
    let dueOn: Day
    let reason: String
    let proposer: UUID
    let by: String
    let at: Date
    let decision: (what: DeletionDecision, by: String, at: Date, reason: String, reviewOn: Day?)?
    let doneAt: Date?
    /// The person's name, for those who may see them.
    let name: String?

    var label: String { recordLabel(reference, subject) }
}

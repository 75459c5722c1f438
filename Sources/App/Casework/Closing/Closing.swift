import Foundation
import Pages

/// Why a case ends (the exit reasons of the casework data sets).
enum ClosingReason: String, Choice {
    case planned, disengaged, declined, moved, transferred, unsafeToContinue, died
    var label: String {
        switch self {
        case .planned: "Planned: what was needed is done"
        case .disengaged: "No longer in touch"
        case .declined: "Support declined"
        case .moved: "Moved away"
        case .transferred: "Transferred to another service"
        case .unsafeToContinue: "Unsafe to continue"
        case .died: "Died"
        }
    }
}

/// How the abuse changed between intake and exit.
enum AbuseChange: String, Choice {
    case ceased, reduced, same, worse, notKnown, notAsked
    var label: String {
        switch self {
        case .ceased: "Ceased"
        case .reduced: "Reduced"
        case .same: "The same"
        case .worse: "Worse"
        case .notKnown: "Not known"
        case .notAsked: "Not asked"
        }
    }
}

/// How safe somebody says they feel now, against when the case was opened.
enum FeltSafety: String, Choice {
    case safer, same, lessSafe, declined, notAsked
    var label: String {
        switch self {
        case .safer: "Safer"
        case .same: "The same"
        case .lessSafe: "Less safe"
        case .declined: "Asked, did not say"
        case .notAsked: "Not asked"
        }
    }
}

/// What is said when a case is to be closed.
struct ClosingForm: Equatable, Sendable {
    let reason: ClosingReason
    let abuse: AbuseChange
    let feels: FeltSafety
    let stepDown: String
    let summary: String
    let feedback: String

    init?(_ answers: inout Answers) {
        let reason = ClosingReason.required("reason", "Select why the case ends", in: &answers)
        // Not answered is not asked; what isn't on the list is a mistake.
        let abuse = answers["abuse"].isEmpty ? .notAsked
            : AbuseChange.required("abuse", "Select how the abuse changed", in: &answers)
        let feels = answers["feels"].isEmpty ? .notAsked
            : FeltSafety.required("feels", "Select how safe they feel", in: &answers)
        stepDown = answers.text("step-down", most: 200, name: "Where they go next")
        summary = answers.text("summary", most: 4_000, name: "What was done")
        if summary.isEmpty { answers.refuse("summary", "Enter what was done and what is left") }
        feedback = answers.text("feedback", most: 4_000, name: "In their own words")
        if reason == .transferred, stepDown.isEmpty {
            answers.refuse("step-down", "Enter which service the case goes to")
        }
        guard let reason, let abuse, let feels, answers.errors.isEmpty else { return nil }
        (self.reason, self.abuse, self.feels) = (reason, abuse, feels)
    }
}

/// A closing as it is on record.
struct Closing: Sendable {
    let id: UUID
    let reason: ClosingReason
    let abuse: AbuseChange
    let feels: FeltSafety
    let stepDown: String
    let summary: String
    let feedback: String
    /// The grade in force then.
    let risk: RiskLevel
    let proposedAt: Date
    let proposedBy: UUID
    let proposer: String
    /// Who agreed; nil where nobody had to, or has not yet.
    let decider: String?
}

extension CaseRecord {
    /// A high-risk case is closed by two people: nobody approves their own.
    var needsTwoToClose: Bool { risk == .high }
}

/// A case of the same person that ended not long ago: the new one is a repeat.
struct EarlierCase: Sendable {
    let id: UUID
    let reference: String
    let closedAt: Date

    /// Months within which a new case counts as a repeat (SafeLives: within twelve months).
    static let repeatMonths = 12

    /// "Repeat within 12 months: HAR-2026-0012 was closed on 3 May 2026".
    var words: String {
        "Repeat within \(Self.repeatMonths) months: \(reference) was closed on \(London.day(of: closedAt))"
    }
}

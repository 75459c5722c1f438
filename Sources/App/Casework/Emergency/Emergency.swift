import Foundation
import Pages

/// A case of another agency that somebody opened in an emergency.
struct EmergencyAccess: Sendable {
    let id: UUID
    let caseID: UUID?
    let reference: String
    let agency: String
    let account: UUID
    let by: String
    let reason: String
    let openedAt: Date
    let endsAt: Date
    let extended: Int
    let reviewDue: Date
    let review: EmergencyReview?

    /// Minutes for which it opens, and for which it is made longer.
    static let minutes = 60
    /// Hours after which it is over, however often it was made longer.
    static let mostHours = 8

    func isOpen(at now: Date) -> Bool { endsAt > now && review == nil }
    func isOverdue(at now: Date) -> Bool { review == nil && reviewDue < now }
}

/// What somebody else says of it afterwards.
struct EmergencyReview: Sendable {
    let outcome: EmergencyOutcome
    let words: String
    let by: String
    let at: Date
}

enum EmergencyOutcome: String, Choice {
    case justified, moreToAsk, notJustified
    var label: String {
        switch self {
        case .justified: "It was needed"
        case .moreToAsk: "There is more to ask"
        case .notJustified: "It was not needed"
        }
    }
    var hint: String? {
        switch self {
        case .moreToAsk: "Say below who asks whom, and by when."
        case .notJustified: "It may be a breach: tell the data protection officer today."
        case .justified: nil
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .justified: .green
        case .moreToAsk: .yellow
        case .notJustified: .red
        }
    }
}

/// What is asked before a case opens.
struct EmergencyForm: Equatable, Sendable {
    let agency: UUID
    let reference: String
    let reason: String

    init?(_ answers: inout Answers, _ partners: [Partner]) {
        let agency = UUID(uuidString: answers["agency"]).flatMap { id in partners.first { $0.id == id }?.id }
        if agency == nil { answers.refuse("agency", "Select whose case it is") }
        reference = answers.text("reference", most: 40, name: "The reference").uppercased()
        if reference.isEmpty { answers.refuse("reference", "Enter the case’s reference") }
        reason = answers.text("reason", most: 1_000, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter what happens now, and why it can’t wait") }
        guard let agency, answers.errors.isEmpty else { return nil }
        self.agency = agency
    }
}

/// What a review says, as typed.
struct EmergencyReviewForm: Equatable, Sendable {
    let outcome: EmergencyOutcome
    let words: String

    init?(_ answers: inout Answers) {
        let outcome = EmergencyOutcome.required("outcome", "Select what you find", in: &answers)
        words = answers.text("words", most: 2_000, name: "What you looked at")
        if words.isEmpty { answers.refuse("words", "Enter what you looked at and whom you asked") }
        guard let outcome, answers.errors.isEmpty else { return nil }
        self.outcome = outcome
    }
}

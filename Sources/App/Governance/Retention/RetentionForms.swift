import Foundation
import Pages

/// A new rule, as typed.
struct RuleForm: Equatable, Sendable {
    let kind: RuleKind
    let years: Int
    let from: Day
    let reason: String

    init?(_ answers: inout Answers, today: Day) {
        let kind = RuleKind.required("kind", "Select what it is for", in: &answers)
        let years = Int(answers["years"].trimmingCharacters(in: .whitespaces))
        let fewest = kind?.fewest ?? 1
        if years.map({ $0 < fewest || $0 > RuleKind.most }) ?? true {
            answers.refuse("years", "Enter a number of years from \(fewest) to \(RuleKind.most)")
        }
        let from = answers.dayAhead(
            "from", name: "The day", missing: "Enter from which day it holds", today: today, last: today.adding(1_826),
            far: "five years")
        reason = answers.text("reason", most: 1_000, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter the reason") }
        guard let kind, let years, let from, answers.errors.isEmpty else { return nil }
        (self.kind, self.years, self.from) = (kind, years, from)
    }
}

/// A hold, as typed: on the record of a case's reference, or of a record's number.
struct HoldForm: Equatable, Sendable {
    let agency: UUID
    let reference: String
    let subject: UUID?
    let kind: HoldKind
    let words: String
    let reviewOn: Day

    init?(_ answers: inout Answers, _ agencies: [Partner], today: Day) {
        let agency = UUID(uuidString: answers["agency"]).flatMap { id in agencies.first { $0.id == id }?.id }
        if agency == nil { answers.refuse("agency", "Select whose record it is") }
        let typed = answers.text("reference", most: 60, name: "The reference")
        if typed.isEmpty { answers.refuse("reference", "Enter the reference of a case, or the record’s number") }
        subject = UUID(uuidString: typed)
        reference = subject == nil ? typed.uppercased() : ""
        let kind = HoldKind.required("kind", "Select why it must stay", in: &answers)
        words = answers.text("words", most: 1_000, name: "What it is needed for")
        if words.isEmpty { answers.refuse("words", "Enter what it is needed for") }
        let reviewOn = answers.dayAhead(
            "review", name: "The day", missing: "Enter when somebody looks at it again", today: today,
            last: today.adding(731), far: "two years")
        guard let agency, let kind, let reviewOn, answers.errors.isEmpty else { return nil }
        (self.agency, self.kind, self.reviewOn) = (agency, kind, reviewOn)
    }
}

/// A reason and nothing else: to lift a hold, or to propose a deletion.
struct RetentionReason: Equatable, Sendable {
    let reason: String

    init?(_ answers: inout Answers) {
        reason = answers.text("reason", most: 1_000, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter the reason") }
        if !answers.errors.isEmpty { return nil }
    }
}

/// What the second person decides.
struct DeletionDecisionForm: Equatable, Sendable {
    let decision: DeletionDecision
    let reason: String
    /// Not proposed again before; nil where it is agreed.
    let reviewOn: Day?

    init?(_ answers: inout Answers, today: Day) {
        let decision = DeletionDecision.required("decision", "Select what you decide", in: &answers)
        reason = answers.text("reason", most: 1_000, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter what you looked at, and why you decide so") }
        let asked = decision == .postponed ? answers.dayAhead(
            "review", name: "The day", missing: "Enter from which day it may be proposed again", today: today,
            last: today.adding(3_653), far: "ten years") : nil
        guard let decision, answers.errors.isEmpty else { return nil }
        self.decision = decision
        reviewOn = decision == .agreed ? nil : asked ?? today.adding(365)
    }
}

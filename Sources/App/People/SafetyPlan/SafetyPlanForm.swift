import Foundation
import Pages

/// A new version of a plan.
struct SafetyPlanForm: Equatable, Sendable {
    let parts: [String: String]
    let reviewOn: Day
    let reviewWhen: PlanEvent?

    /// Characters that one part may have.
    static let most = 600

    init?(_ answers: inout Answers, _ kind: PlanKind, today: Day) {
        var parts: [String: String] = [:]
        for section in kind.sections {
            let text = answers.text(section.field, most: Self.most, name: section.label)
            if !text.isEmpty { parts[section.field] = text }
        }
        if let first = kind.sections.first, parts.isEmpty {
            answers.refuse(first.field, "Write something in at least one part")
        } else if PlanPaper(parts) == nil, let longest = Self.longest(parts, kind) {
            answers.refuse(longest.field, "\(longest.label) must be shorter, so that the plan fits on one page")
        }
        let day = answers.dayAhead(
            "review", name: "Review date", missing: "Enter the day by which the plan is to be reviewed", today: today,
            last: today.months(ahead: 12), far: "a year")
        let event = answers["review-when"]
        let when = PlanEvent(rawValue: event)
        if when == nil, !event.isEmpty, event != "none" {
            answers.refuse("review-when", "Select what makes it out of date, or nothing in particular")
        }
        guard let day, answers.errors.isEmpty else { return nil }
        (self.parts, reviewOn, reviewWhen) = (parts, day, when)
    }

    private static func longest(_ parts: [String: String], _ kind: PlanKind) -> PlanSection? {
        kind.sections.max { (parts[$0.field] ?? "").utf8.count < (parts[$1.field] ?? "").utf8.count }
    }

    /// The form as it opens: the newest version's words, and a day that lies ahead.
    static func answers(from plan: SafetyPlan?, today: Day) -> Answers {
        var answers = Answers(["version": [String(plan?.version ?? 0)]])
        for (field, text) in plan?.parts ?? [:] { answers.set(field, text) }
        let day = plan.flatMap { $0.reviewOn < today ? nil : $0.reviewOn } ?? today.months(ahead: 3)
        answers.setDay("review", day)
        answers.set("review-when", plan?.reviewWhen?.rawValue ?? "none")
        return answers
    }

    static func fields(_ kind: PlanKind, _ answers: Answers) -> HTML {
        """
        \(.joined(kind.sections.map { section -> HTML in
            GovUK.textarea(section.field, label: section.label, hint: section.hint, rows: 3, labelSize: .s, in: answers)
        }))
        \(GovUK.dateInput("review", legend: "To be reviewed by", hint: "Within a year.", legendSize: .s, in: answers))
        \(GovUK.radios("review-when", legend: "And sooner, at", options: PlanEvent.options + [
            GovUK.Choice(value: "none", label: "Nothing in particular", divider: "or"),
        ], small: true, legendSize: .s, in: answers))
        """
    }
}

import Foundation
import Pages

/// Whether the police were told of a breach.
enum BreachReport: String, Choice {
    case reported, notReported, notKnown
    var label: String {
        switch self {
        case .reported: "Reported to the police"
        case .notReported: "Not reported to the police"
        case .notKnown: "Not known if reported to the police"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .reported: .green
        case .notReported: .red
        case .notKnown: .yellow
        }
    }
}

/// An order was not kept.
struct OrderBreach: Sendable {
    let happenedOn: Day
    let what: String
    let report: BreachReport
    let recordedAt: Date
    let by: String
}

/// What is said when an order was not kept.
struct BreachForm: Equatable, Sendable {
    let day: Day
    let what: String
    let report: BreachReport

    /// Characters that what happened may have.
    static let most = 2_000

    init?(_ answers: inout Answers, of order: LegalOrder, today: Day) {
        let terms = order.now.terms
        let name = "The day"
        let day = answers.pastDay("happened", name: name, missing: "Enter the day on which it happened", today: today)
        if terms.service == .notServed {
            // Whoever isn't bound yet can't breach it: what happened is an event of its own.
            answers.refuse("happened", "The order is recorded as not served, so it can’t be breached yet. "
                + "Change the order if it has been served, or record what happened as an event of their risk")
        } else if let day, day < terms.term.from {
            answers.refuse("happened", "\(name) must be \(terms.term.from) or later: the order holds from then")
        } else if let day, let served = terms.servedOn, day < served {
            answers.refuse("happened", "\(name) must be \(served) or later: the order was served then")
        } else if let day, let until = terms.term.until, day > until {
            answers.refuse("happened", "\(name) must be \(until) or earlier: the order ended then")
        }
        what = answers.text("what", most: Self.most, name: "What happened")
        if what.isEmpty { answers.refuse("what", "Enter what happened") }
        let report = BreachReport.required("report", "Select whether it was reported to the police", in: &answers)
        guard let day, let report, answers.errors.isEmpty else { return nil }
        (self.day, self.report) = (day, report)
    }
}

import Foundation
import Pages

/// What became of a referral. A reason and who declined belong to "declined" and to nothing else.
struct ReferralAnswerForm: Equatable, Sendable {
    let outcome: ReferralOutcome
    let declineReason: DeclineReason?
    let declinedBy: Decliner?
    let words: String
    let version: Int

    init?(_ answers: inout Answers, of referral: Referral) {
        let outcome = ReferralOutcome.required("outcome", "Select what became of it", in: &answers)
        if let outcome, !ReferralOutcome.offered(referral).contains(outcome) {
            answers.refuse("outcome", "Select one of these answers")
        }
        words = answers.text("words", most: 1_000, name: "What you tell whoever sent it")
        var reason: DeclineReason?
        var decliner: Decliner?
        if outcome == .declined {
            reason = DeclineReason.required("decline-reason", "Select why it was declined", in: &answers)
            decliner = Decliner.required("declined-by", "Select who declined", in: &answers)
        }
        version = Int(answers["version"]) ?? 0
        guard let outcome, answers.errors.isEmpty else { return nil }
        (self.outcome, declineReason, declinedBy) = (outcome, reason, decliner)
    }

    static func fields(_ referral: Referral, _ answers: Answers) -> HTML {
        """
        \(GovUK.hidden("version", answers["version"].isEmpty ? String(referral.version) : answers["version"]))
        \(GovUK.radios("outcome", legend: "What became of it?", options: ReferralOutcome.offered(referral).map {
            GovUK.Choice($0.rawValue, $0.label)
        }, small: true, in: answers))
        \(GovUK.fieldset(legend: "If it was declined", size: .s, """
            <div class="drystone-columns">
            \(GovUK.radios("decline-reason", legend: "Why?", options: DeclineReason.options, small: true, in: answers))
            \(GovUK.radios("declined-by", legend: "By whom?", options: Decliner.options, small: true, in: answers))
            </div>
            """))
        \(GovUK.textarea("words", label: "What may whoever sent it know?", hint: referral.fromAgency == nil
            ? "For our own record: nobody is told." : "They read this. Nothing of the casework.", rows: 2, in: answers))
        """
    }
}

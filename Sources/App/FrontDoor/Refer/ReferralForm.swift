import Foundation
import Pages

/// A colleague of a partner agency sends somebody to the front door. What can't be read is kept and explained.
struct ReferralForm: Equatable, Sendable {
    let kind: ReferralKind
    let basis: ReferralBasis
    let isUrgent: Bool
    let isGradedHigh: Bool
    let told: ReferralTold

    init?(_ answers: inout Answers, today: Day) {
        let told = ReferralTold(&answers, today: today)
        guard let told, answers.errors.isEmpty else { return nil }
        self.told = told
        kind = answers["kind"] == ReferralKind.behaviour.rawValue ? .behaviour : .support
        basis = ReferralBasis(rawValue: answers["basis"]) ?? .notAsked
        isUrgent = answers.all("urgent").contains("yes")
        isGradedHigh = told.grade.lowercased() == "high"
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.radios("kind", legend: "What are you asking for?", options: [ReferralKind.support, .behaviour].map {
            GovUK.Choice($0.rawValue, $0.label)
        }, small: true, in: answers))
        \(GovUK.checkboxes("urgent", legend: "Is there danger now?", options: [
            GovUK.Choice("yes", "Yes: someone should look within the hour"),
        ], small: true, in: answers))
        \(GovUK.fieldset(legend: "Who is it about?", size: .m, aboutPerson(answers)))
        \(GovUK.fieldset(legend: "How may they be contacted safely?", size: .m, safely(answers)))
        \(GovUK.textarea("reason", label: "What is happening?", rows: 5, in: answers))
        \(GovUK.input("harming", label: "Who is harming them?", autocomplete: "off", in: answers))
        \(GovUK.input("children", label: "Children: names, ages, where they are", autocomplete: "off", in: answers))
        \(GovUK.radios("basis", legend: "Why may you share this?", options: ReferralBasis.options,
                       small: true, in: answers))
        \(GovUK.details("A risk assessment was made", risk(answers),
                        open: !answers["tool"].isEmpty || !answers["grade"].isEmpty))
        """
    }

    static func aboutPerson(_ answers: Answers) -> HTML {
        """
        <div class="drystone-columns">
        \(GovUK.input("given-name", label: "First name", autocomplete: "off", spellcheck: false, in: answers))
        \(GovUK.input("family-name", label: "Last name", autocomplete: "off", spellcheck: false, in: answers))
        \(GovUK.input("born", label: "Date of birth", hint: "For example, 27 3 1987", width: .ten, autocomplete: "off",
                      in: answers))
        \(GovUK.input("postcode", label: "Postcode", width: .ten, autocomplete: "off", spellcheck: false, in: answers))
        \(GovUK.input("phone", label: "Telephone number", width: .twenty, autocomplete: "off", inputmode: "tel",
                      in: answers))
        \(GovUK.input("email", label: "Email address", autocomplete: "off", spellcheck: false, in: answers))
        </div>
        """
    }

    static func safely(_ answers: Answers) -> HTML {
        """
        \(GovUK.textarea("safe-contact", label: "How, on which days and at what times?",
                         hint: "Leave it empty if nobody has asked. Then only a first safe call is made.", rows: 2,
                         in: answers))
        \(GovUK.input("must-not-know", label: "Who must not learn of it?", autocomplete: "off", in: answers))
        """
    }

    private static func risk(_ answers: Answers) -> HTML {
        """
        \(GovUK.input("tool", label: "Which tool?", hint: "For example Dash or DARA", width: .ten, in: answers))
        \(GovUK.input("score", label: "Score", width: .four, in: answers))
        \(GovUK.radios("grade", legend: "Grade", options: ["Standard", "Medium", "High"].map {
            GovUK.Choice($0.lowercased(), $0)
        }, inline: true, small: true, in: answers))
        """
    }
}

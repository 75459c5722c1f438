import Foundation
import Pages

/// The form for anybody, without an account. It never says whether anyone is known.
struct PublicForm: Equatable, Sendable {
    let source: ReferralSource
    let kind: ReferralKind
    let told: ReferralTold
    /// A field that people don't see was filled: probably a program. Kept all the same, and read last.
    let isTrapped: Bool

    init?(_ answers: inout Answers, today: Day) {
        guard let told = ReferralTold(&answers, today: today), answers.errors.isEmpty else { return nil }
        self.told = told
        switch answers["about"] {
        case "someoneElse": (source, kind) = (.thirdParty, .support)
        case "professional": (source, kind) = (.professional, .support)
        case "behaviour": (source, kind) = (.selfReferral, .behaviour)
        default: (source, kind) = (.selfReferral, .support)
        }
        isTrapped = !answers["website"].isEmpty
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.radios("about", legend: "Who is this about?", options: [
            GovUK.Choice("me", "Me"), GovUK.Choice("someoneElse", "Someone I know"),
            GovUK.Choice("professional", "Someone I work with"),
            GovUK.Choice("behaviour", "Me: I am worried about how I behave to others"),
        ], in: answers))
        \(GovUK.textarea("reason", label: "What would you like to tell us?", hint: "A few words are enough.", rows: 5,
                         in: answers))
        \(GovUK.fieldset(legend: "Name, as far as you want to give it", size: .m, ReferralForm.aboutPerson(answers)))
        \(GovUK.textarea("safe-contact", label: "How and when is it safe for us to get in touch?",
                         hint: "For example: ring on Tuesday mornings, no messages", rows: 2, in: answers))
        \(GovUK.input("must-not-know", label: "Who must not know that you wrote to us?", autocomplete: "off",
                      in: answers))
        \(GovUK.input("teller-name", label: "Your own name, if this is about someone else", autocomplete: "off",
                      in: answers))
        \(GovUK.input("teller-reach", label: "How we can reach you, if this is about someone else", autocomplete: "off",
                      in: answers))
        <div class="drystone-elsewhere" aria-hidden="true"><label for="website">Leave this empty</label>\
        <input id="website" name="website" type="text" tabindex="-1" autocomplete="off"></div>
        """
    }
}

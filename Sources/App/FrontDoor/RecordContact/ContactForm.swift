import Foundation
import Pages

/// A contact as it is typed while somebody is on the line: three answers are mandatory, everything else may follow.
struct ContactForm: Equatable, Sendable {
    let channel: ContactChannel
    let caller: CallerKind
    let happenedAt: Date
    let answers: [SafetyQuestion: YesNo]
    let reason: String
    let advice: String
    let outcome: ContactOutcome
    let promised: String
    /// When a promise is due; nil: by the same time tomorrow.
    var promisedBy: Date?
    var speaking = Speaking.directly
    /// What may be done if the call is cut off.
    var fallback = ""

    init?(_ answers: inout Answers, now: Date) {
        var safety: [SafetyQuestion: YesNo] = [:]
        for question in SafetyQuestion.allCases {
            safety[question] = YesNo(rawValue: answers[question.field]) ?? .notAsked
        }
        let channel = ContactChannel.required("channel", "Select how they made contact", in: &answers)
        let reason = answers.text("reason", most: 4_000, name: "Why they are in contact")
        if reason.isEmpty { answers.refuse("reason", "Enter why they are in contact. A few words are enough") }
        let advice = answers.text("advice", most: 4_000, name: "Advice given")
        let outcome = ContactOutcome.required("outcome", "Select what happens next", in: &answers)
        let promised = answers.text("promised", most: 1_000, name: "What was promised")
        let fallback = answers.text("fallback", most: 1_000, name: "What may be done if the call is cut off")
        let promisedBy = Self.promiseTime(&answers, now: now)
        let happenedAt = Self.moment(&answers, now: now)
        guard let channel, let outcome, let happenedAt, answers.errors.isEmpty else { return nil }
        (self.channel, self.outcome, self.happenedAt, self.answers) = (channel, outcome, happenedAt, safety)
        (self.reason, self.advice, self.promised) = (reason, advice, promised)
        (self.fallback, self.promisedBy) = (fallback, promisedBy)
        speaking = Speaking(rawValue: answers["speaking"]) ?? .directly
        caller = CallerKind(rawValue: answers["caller"]) ?? .notKnown
    }

    /// "9:30" is the next half past nine; with a day, that day's.
    private static func promiseTime(_ answers: inout Answers, now: Date) -> Date? {
        let day = answers.day("promised-by", name: "The day of the promise")
        let typed = answers["promised-time"].trimmingCharacters(in: .whitespaces)
        if day == nil, typed.isEmpty { return nil }
        guard let minute = typed.isEmpty ? 17 * 60 : Clock.minute(typed) else {
            answers.refuse("promised-time", "Enter the time of the promise, like 9:30am or 14:00")
            return nil
        }
        let today = London.day(of: now)
        guard let moment = London.moment(day ?? today, minute: minute) else { return nil }
        if moment > now { return moment }
        guard day == nil, let tomorrow = London.calendar.date(byAdding: .day, value: 1, to: moment) else {
            answers.refuse("promised-by", "A promise must be for later than now")
            return nil
        }
        return tomorrow
    }

    /// As known from elsewhere, such as a referral.
    init(
        channel: ContactChannel, caller: CallerKind, happenedAt: Date, answers: [SafetyQuestion: YesNo], reason: String,
        advice: String, outcome: ContactOutcome, promised: String
    ) {
        (self.channel, self.caller, self.happenedAt, self.answers) = (channel, caller, happenedAt, answers)
        (self.reason, self.advice, self.outcome, self.promised) = (reason, advice, outcome, promised)
    }

    /// When it happened, which may be earlier than when it is recorded; empty means now.
    private static func moment(_ answers: inout Answers, now: Date) -> Date? {
        let day = answers.day("happened", name: "The date")
        let typed = answers["happened-time"].trimmingCharacters(in: .whitespaces)
        if day == nil, typed.isEmpty { return answers.error(for: "happened") == nil ? now : nil }
        guard let minute = Clock.minute(typed) else {
            answers.refuse("happened-time", "Enter the time of the contact, like 3:15am or 14:00")
            return nil
        }
        guard let moment = London.moment(day ?? London.day(of: now), minute: minute), moment <= now else {
            answers.refuse("happened-time", "The contact must be in the past")
            return nil
        }
        return moment
    }

    private static func hasLater(_ answers: Answers) -> Bool {
        ["promised-by", "promised-time"].contains { answers.error(for: $0) != nil } || !answers["fallback"].isEmpty
            || !answers["promised-time"].isEmpty || !["", "directly"].contains(answers["speaking"])
    }

    private static func later(_ answers: Answers) -> HTML {
        """
        \(GovUK.dateInput("promised-by", legend: "The promise is due on", hint: "Leave empty for the next 24 hours.",
                          in: answers))
        \(GovUK.timeInput("promised-time", label: "At", in: answers))
        \(GovUK.input("fallback", label: "If we are cut off, what may we do?",
                      hint: "As agreed with the caller. Nothing agreed: nobody rings back.", in: answers))
        \(GovUK.radios("speaking", legend: "How do we speak?", options: Speaking.options, inline: true, small: true,
                       in: answers))
        """
    }

    /// A contact that is there already, as answers of its form.
    static func answers(of contact: Contact) -> Answers {
        var answers = Answers([
            "channel": [contact.channel.rawValue], "caller": [contact.caller.rawValue], "reason": [contact.reason],
            "advice": [contact.advice], "outcome": [contact.outcome.rawValue], "promised": [contact.promised],
            "speaking": [contact.speaking.rawValue], "fallback": [contact.fallback],
            "version": [String(contact.version)],
        ])
        for (question, answer) in contact.answers { answers.set(question.field, answer.rawValue) }
        return answers
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.radios("channel", legend: "How did they make contact?", options: ContactChannel.options, inline: true,
                       small: true, in: answers))
        \(GovUK.fieldset(legend: "First, is everyone safe?", size: .m, """
            <div class="drystone-columns">\(SafetyQuestion.allCases.map { question in
                GovUK.radios(question.field, legend: question.words, options: YesNo.options, inline: true, small: true,
                             in: answers)
            })</div>
            """))
        \(GovUK.textarea("reason", label: "Why are they in contact?", rows: 4, in: answers))
        <div class="drystone-columns">
        \(GovUK.radios("outcome", legend: "What happens next?", options: ContactOutcome.options, small: true,
                       in: answers))
        \(GovUK.radios("caller", legend: "Who is in contact?", options: CallerKind.options, small: true, in: answers))
        </div>
        \(GovUK.textarea("advice", label: "Advice given", rows: 3, in: answers))
        \(GovUK.input("promised", label: "What did we promise?", hint: "It goes on the shift's list.", in: answers))
        \(GovUK.details("By when, if we are cut off, and how we speak", later(answers), open: hasLater(answers)))
        \(GovUK.details("It happened earlier", """
            \(GovUK.dateInput("happened", legend: "Date", hint: "Leave empty for today.", in: answers))
            \(GovUK.timeInput("happened-time", label: "Time", in: answers))
            """, open: answers.error(for: "happened-time") != nil || answers.error(for: "happened") != nil
                || !answers["happened-day"].isEmpty))
        """
    }
}

extension SafetyQuestion {
    /// The field's name in the form.
    var field: String {
        switch self {
        case .safeToTalk: "safe-to-talk"
        case .otherPersonNearby: "other-person-nearby"
        case .childrenPresent: "children-present"
        case .injured: "injured"
        case .weapon: "weapon"
        case .suicidal: "suicidal"
        }
    }
}

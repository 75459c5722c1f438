import Foundation
import Pages

/// The answer to "how may we contact you safely?". Mandatory before any outgoing contact can be planned.
struct SafeContactForm: Equatable, Sendable {
    /// Nil: she has not been asked yet, which is itself an answer and permits a first safe call only.
    let rule: SafeContactRule?
    let detail: SafeContactDetail?
    let holdsUntil: Day?

    init?(_ answers: inout Answers, today: Day) {
        switch answers["asked"] {
        case "notYetAsked":
            let number = Self.number(&answers)
            guard answers.errors.isEmpty else { return nil }
            (rule, holdsUntil) = (nil, nil)
            detail = number.isEmpty ? nil : SafeContactDetail(
                number: number, codeWord: "", mustNotKnow: "", coverStory: "", note: "")
        case "yes":
            guard let rule = Self.rule(&answers), let detail = Self.detail(&answers, rule),
                let until = Self.until(&answers, today: today), answers.errors.isEmpty else { return nil }
            (self.rule, self.detail, holdsUntil) = (rule, detail, until)
        default:
            answers.refuse("asked", "Select whether she has been asked how she may be contacted")
            return nil
        }
    }

    private static func rule(_ answers: inout Answers) -> SafeContactRule? {
        let channels = answers.all("channels").compactMap(Channel.init(rawValue:))
        if channels.isEmpty, !answers.all("channels").contains("none") {
            answers.refuse("channels", "Select each way that is safe, or that none is")
        }
        let days = answers.all("days").compactMap { Int($0) }.filter { (1...7).contains($0) }
        if days.isEmpty, !channels.isEmpty { answers.refuse("days", "Select the days that are safe") }
        let from = time("from", "start", whenEmpty: 0, &answers)
        let until = time("until", "end", whenEmpty: 1_440, &answers)
        if let from, let until, from >= until {
            answers.refuse("until", "The end of the safe time must be after its start")
        }
        guard let from, let until, answers.errors.isEmpty else { return nil }
        return SafeContactRule(
            channels: channels, days: days.isEmpty ? Array(1...7) : Array(Set(days)).sorted(), from: Clock.text(from),
            until: until == 1_440 ? "24:00" : Clock.text(until), silentNumber: answers["withhold"] != "no")
    }

    private static func time(_ field: String, _ name: String, whenEmpty: Int, _ answers: inout Answers) -> Int? {
        let typed = answers[field].trimmingCharacters(in: .whitespaces)
        if typed.isEmpty { return whenEmpty }
        let minute = Clock.minute(typed)
        if minute == nil { answers.refuse(field, "Enter the \(name) of the safe time, like 9:30am or 14:00") }
        return minute
    }

    private static func detail(_ answers: inout Answers, _ rule: SafeContactRule) -> SafeContactDetail? {
        let number = number(&answers)
        if number.isEmpty, rule.channels.contains(where: { $0.isImmediate }) {
            answers.refuse("number", "Enter the number that is safe to use")
        }
        let detail = SafeContactDetail(
            number: number, codeWord: answers.text("code-word", most: 100, name: "Code word"),
            mustNotKnow: answers.text("must-not-know", most: 500, name: "Who must not learn of it"),
            coverStory: answers.text("cover-story", most: 500, name: "What to say if someone else answers"),
            note: answers.text("note", most: 1_000, name: "Anything else"))
        return answers.errors.isEmpty ? detail : nil
    }

    private static func number(_ answers: inout Answers) -> String {
        let number = answers.text("number", most: 30, name: "Number")
        let digits = number.filter(\.isNumber).count
        if !number.isEmpty, !(7...15).contains(digits) || number.contains(where: { $0.isLetter }) {
            answers.refuse("number", "Enter a telephone number, like 07700 900123")
        }
        return number
    }

    /// An answer holds for three months unless a day is given; it never holds for ever.
    private static func until(_ answers: inout Answers, today: Day) -> Day?? {
        let day = answers.day("holds-until", name: "Until when it holds")
        if let day, day < today { answers.refuse("holds-until", "Until when it holds must be today or later") }
        if let day { return .some(day) }
        return .some(today.months(ahead: 3))
    }

    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.radios("asked", legend: "Has she been asked how she may be contacted?", options: [
            GovUK.Choice("yes", "Yes"),
            GovUK.Choice("notYetAsked", "Not yet", hint: """
                Only a first safe call will be allowed: number withheld, ask for her, leave no message.
                """),
        ], in: answers))
        \(GovUK.input("number", label: "Number",
                      hint: "Kept encrypted. Shown only on press, and each time is recorded.", width: .twenty,
                      autocomplete: "off", inputmode: "tel", spellcheck: false, in: answers))
        <h2 class="govuk-heading-m">If she has been asked</h2>
        \(GovUK.checkboxes("channels", legend: "Which ways are safe?", options: Channel.options + [
            GovUK.Choice(value: "none", label: "None is safe", divider: "or", exclusive: true),
        ], in: answers))
        \(GovUK.checkboxes("days", legend: "Which days are safe?", options: Day.weekdays.enumerated().map {
            GovUK.Choice(String($0 + 1), $1)
        }, small: true, in: answers))
        \(GovUK.timeInput("from", label: "Safe from", hint: "For example, 9am. Leave empty for any time.", in: answers))
        \(GovUK.timeInput("until", label: "Safe until", hint: "For example, noon. Leave empty for any time.",
                          in: answers))
        \(GovUK.radios("withhold", legend: "Withhold our number?", options: [
            GovUK.Choice("yes", "Yes"), GovUK.Choice("no", "No"),
        ], inline: true, small: true, in: answers))
        \(GovUK.input("code-word", label: "Code word", width: .twenty, autocomplete: "off", spellcheck: false,
                      in: answers))
        \(GovUK.input("must-not-know", label: "Who must not learn of it?", in: answers))
        \(GovUK.input("cover-story", label: "What to say if someone else answers", in: answers))
        \(GovUK.textarea("note", label: "Anything else", rows: 3, in: answers))
        \(GovUK.dateInput("holds-until", legend: "Until when does this hold?",
                          hint: "Leave empty for three months from today.", in: answers))
        """
    }
}

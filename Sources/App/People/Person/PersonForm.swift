import Foundation
import Pages

/// What was typed about a person. Only a name is asked for; everything else may follow later, in her own time.
struct PersonForm: Equatable, Sendable {
    let givenName: String
    let familyName: String
    let birth: Birth
    let sex: Sex
    let ethnicity: Ethnicity
    let language: String
    let needsInterpreter: Bool

    init?(_ answers: inout Answers, today: Day) {
        let given = answers.text("given-name", most: 100, name: "First name")
        let family = answers.text("family-name", most: 100, name: "Last name")
        if given.isEmpty { answers.refuse("given-name", "Enter a first name, or what they want to be called") }
        let birth = Self.birth(&answers, today: today)
        let language = answers.text("language", most: 60, name: "Language")
        guard answers.errors.isEmpty else { return nil }
        (givenName, familyName, self.birth) = (given, family, birth)
        sex = Sex(rawValue: answers["sex"]) ?? .notAsked
        ethnicity = Ethnicity(rawValue: answers["ethnicity"]) ?? .notAsked
        self.language = language.isEmpty ? "English" : language
        needsInterpreter = answers["interpreter"] == "yes"
    }

    private static func birth(_ answers: inout Answers, today: Day) -> Birth {
        if let day = answers.day("birth", name: "Date of birth") {
            if day > today { answers.refuse("birth", "Date of birth must be in the past") }
            return .known(day)
        }
        return Birth(state: answers["birth-state"], day: nil)
    }

    /// The answers that show a record in the form.
    static func answers(from person: Person) -> Answers {
        var answers = Answers()
        answers.set("given-name", person.givenName)
        answers.set("family-name", person.familyName)
        if let day = person.birth.day {
            answers.setDay("birth", day)
        } else {
            answers.set("birth-state", person.birth.state)
        }
        answers.set("sex", person.sex.rawValue)
        answers.set("ethnicity", person.ethnicity.rawValue)
        answers.set("language", person.language)
        answers.set("interpreter", person.needsInterpreter ? "yes" : "no")
        answers.set("version", String(person.version))
        return answers
    }

    /// An answer as the form words it, where two versions of it are compared.
    static func words(_ answers: Answers, _ field: String) -> String {
        let typed = answers[field]
        switch field {
        case "sex": return (Sex(rawValue: typed) ?? .notAsked).label
        case "ethnicity": return (Ethnicity(rawValue: typed) ?? .notAsked).label
        case "interpreter": return typed == "yes" ? "Yes" : "No"
        case "language": return typed.isEmpty ? "English" : typed
        default: return typed
        }
    }

    /// The fields, the same when a person is added and changed.
    static func fields(_ answers: Answers) -> HTML {
        """
        \(GovUK.input("given-name", label: "First name", width: .twenty, autocomplete: "off", spellcheck: false,
                      in: answers))
        \(GovUK.input("family-name", label: "Last name", hint: "Leave empty if it is not known.", width: .twenty,
                      autocomplete: "off", spellcheck: false, in: answers))
        \(GovUK.dateInput("birth", legend: "Date of birth", hint: "For example, 27 3 1987", in: answers))
        \(GovUK.radios("birth-state", legend: "If there is no date of birth, why?", options: [
            GovUK.Choice("notAsked", "Not asked yet"), GovUK.Choice("declined", "Declined"),
            GovUK.Choice("notKnown", "Not known"),
        ], inline: true, small: true, in: answers))
        \(GovUK.radios("sex", legend: "Sex", options: Sex.options, inline: true, small: true, in: answers))
        \(GovUK.select("ethnicity", label: "Ethnic group",
                       options: [GovUK.Choice("", "Choose one")] + Ethnicity.options, in: answers))
        \(GovUK.input("language", label: "Language", hint: "Leave empty for English.", width: .twenty, in: answers))
        \(GovUK.radios("interpreter", legend: "Interpreter needed?", options: [
            GovUK.Choice("yes", "Yes"), GovUK.Choice("no", "No"),
        ], inline: true, small: true, in: answers))
        """
    }
}

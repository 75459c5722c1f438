import Foundation
import Pages
import Postgres

/// What is said of one kind of record, whether by the partnership or by our own default words.
struct ProcessingWords: Equatable, Sendable {
    var control: ControlKind
    var controllers: String
    var arrangement = ""
    var arrangedOn: Day?
    var purpose: String
    var people: String
    var data: String
    var bases: [LawfulBasis]
    var conditions: [SpecialCondition]
    var criminal: [CriminalCondition]
    var recipients: String
    var retention: String
    var security: String

    typealias Path = any WritableKeyPath<ProcessingWords, String> & Sendable

    /// The texts, by the name of their field.
    static let texts: [(name: String, label: String, path: Path)] = [
        ("purpose", "What is it for?", \.purpose), ("people", "Whom is it about?", \.people),
        ("data", "What is kept of them?", \.data), ("recipients", "Who else is told?", \.recipients),
        ("retention", "How long is it kept?", \.retention), ("security", "How is it protected?", \.security),
    ]
    /// Characters that the database takes.
    static let most = (text: 2_000, arrangement: 500)
}

/// What the partnership said from a day on.
struct ProcessingRecord: Sendable {
    let version: Int
    let validFrom: Day
    let words: ProcessingWords
    let recordedAt: Date
    let by: String
}

/// A new version, as typed.
struct ProcessingForm: Equatable, Sendable {
    let type: RecordType
    let validFrom: Day
    let words: ProcessingWords

    init?(_ answers: inout Answers, _ type: RecordType, agencies: [AgencyChoice], today: Day) {
        self.type = type
        var words = type.defaults
        let control = ControlKind.required("control", "Select who decides", in: &answers)
        let named = answers.all("controllers").filter { !$0.isEmpty }
        let chosen = agencies.filter { named.contains($0.id.column) }
        if chosen.count < named.count { answers.refuse("controllers", "Select agencies from the list") }
        if control == .joint, chosen.count < 2 { answers.refuse("controllers", "Select the agencies: at least two") }
        if control == .one, chosen.count != 1 { answers.refuse("controllers", "Select one agency") }
        words.controllers = chosen.map(\.name).joined(separator: "; ")
        words.arrangement = answers.text("arrangement", most: ProcessingWords.most.arrangement, name: "The arrangement")
        words.arrangedOn = answers.day("arranged", name: "Its date")
        if let day = words.arrangedOn, day > today {
            answers.refuse("arranged", "Its date must be today or in the past")
        }
        if control == .joint {
            if words.arrangement.isEmpty { answers.refuse("arrangement", "Enter what the arrangement is called") }
            if words.arrangedOn == nil { answers.refuse("arranged", "Enter the date of the arrangement") }
        }
        for text in ProcessingWords.texts {
            let said = answers.text(text.name, most: ProcessingWords.most.text, name: "This")
            if said.isEmpty { answers.refuse(text.name, "Enter an answer: \(text.label.lowercased())") }
            words[keyPath: text.path] = said
        }
        words.bases = Self.choices("bases", "Select the lawful basis", in: &answers)
        words.conditions = Self.choices("conditions", "Select the condition, or that there is no special category",
                                        in: &answers)
        words.criminal = Self.choices("criminal", "Select the condition, or that there is nothing about crimes",
                                      in: &answers)
        if words.conditions.count > 1, words.conditions.contains(.none) {
            answers.refuse("conditions", "Select conditions, or “No special category”, not both")
        }
        if words.criminal.count > 1, words.criminal.contains(.none) {
            answers.refuse("criminal", "Select conditions, or “Nothing about crimes”, not both")
        }
        let from = answers.day("valid", name: "The day")
        if from == nil { answers.refuse("valid", "Enter from which day this is valid") }
        if let from, from > today.adding(366) { answers.refuse("valid", "The day must be within a year") }
        guard let control, let from, answers.errors.isEmpty else { return nil }
        words.control = control
        (validFrom, self.words) = (from, words)
    }

    private static func choices<Answer: Choice>(
        _ field: String, _ missing: String, in answers: inout Answers
    ) -> [Answer] {
        let given = answers.all(field).filter { !$0.isEmpty }
        let known = Answer.allCases.filter { given.contains($0.rawValue) }
        if known.count < Set(given).count { answers.refuse(field, "Select from the list") }
        if given.isEmpty { answers.refuse(field, missing) }
        return known
    }

    /// The form as it opens: what stands, or our own words.
    static func opening(_ words: ProcessingWords, agencies: [AgencyChoice], version: Int, today: Day) -> Answers {
        var answers = Answers(["version": [String(version)]])
        answers.set("control", words.control.rawValue)
        let names = words.controllers.components(separatedBy: "; ")
        answers.set("controllers", agencies.filter { names.contains($0.name) }.map(\.id.column))
        answers.set("arrangement", words.arrangement)
        if let day = words.arrangedOn { answers.setDay("arranged", day) }
        for text in ProcessingWords.texts { answers.set(text.name, words[keyPath: text.path]) }
        answers.set("bases", words.bases.map(\.rawValue))
        answers.set("conditions", words.conditions.map(\.rawValue))
        answers.set("criminal", words.criminal.map(\.rawValue))
        answers.setDay("valid", today)
        return answers
    }
}

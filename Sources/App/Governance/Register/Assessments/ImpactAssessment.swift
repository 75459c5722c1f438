import Foundation
import Pages

/// What is left of the risk when the measures are taken.
enum ImpactOutcome: String, Choice {
    case low, residualHigh
    var label: String {
        switch self {
        case .low: "The risk that remains is low or acceptable"
        case .residualHigh: "A high risk remains: the Information Commissioner is asked first"
        }
    }
    var hint: String? { self == .residualHigh ? "Nothing of it begins before they have answered (Article 36)." : nil }
}

/// What an impact assessment says.
struct ImpactWords: Equatable, Sendable {
    let title: String
    let covers: [RecordType]
    let risks: String
    let measures: String
    let outcome: ImpactOutcome
    let consultedOn: Day?
    let signedBy: String
    let signedOn: Day
    let reviewOn: Day
}

/// A version of a data protection impact assessment (UK GDPR, article 35).
struct ImpactAssessment: Sendable {
    let id: UUID
    let version: Int
    let words: ImpactWords
    let recordedAt: Date
    let by: String

    func isDue(on today: Day) -> Bool { words.reviewOn < today }
}

/// An assessment or its next version, as typed.
struct ImpactForm: Equatable, Sendable {
    let words: ImpactWords

    static let most = (title: 200, text: 4_000, name: 200)

    init?(_ answers: inout Answers, today: Day) {
        let title = answers.text("title", most: Self.most.title, name: "The title")
        if title.isEmpty { answers.refuse("title", "Enter what it is called") }
        let given = answers.all("covers").filter { !$0.isEmpty }
        let covers = RecordType.allCases.filter { given.contains($0.rawValue) }
        if covers.count < Set(given).count { answers.refuse("covers", "Select from the list") }
        if given.isEmpty { answers.refuse("covers", "Select which kinds of records it covers") }
        let risks = answers.text("dangers", most: Self.most.text, name: "The risks")
        if risks.isEmpty { answers.refuse("dangers", "Enter the risks to people") }
        let measures = answers.text("measures", most: Self.most.text, name: "The measures")
        if measures.isEmpty { answers.refuse("measures", "Enter what is done about them") }
        let outcome = ImpactOutcome.required("outcome", "Select what remains", in: &answers)
        let consulted = answers.day("consulted", name: "The day")
        if let consulted, consulted > today { answers.refuse("consulted", "The day must be today or in the past") }
        if outcome == .residualHigh, consulted == nil {
            answers.refuse("consulted", "Enter when the Information Commissioner was asked")
        }
        if outcome == .low, consulted != nil {
            answers.refuse("consulted", "Leave the day empty: it is for a high risk that remains")
        }
        let signedBy = answers.text("signed-by", most: Self.most.name, name: "Who signed it off")
        if signedBy.isEmpty { answers.refuse("signed-by", "Enter who signed it off") }
        let signedOn = answers.pastDay("signed", name: "The day", missing: "Enter when it was signed off", today: today)
        let review = answers.day("review", name: "The next review")
        if review == nil { answers.refuse("review", "Enter when it is looked at again") }
        if let review, let signedOn, review <= signedOn {
            answers.refuse("review", "The next review must be after it was signed off")
        }
        if let review, review > today.adding(1_830) {
            answers.refuse("review", "The next review must be within five years")
        }
        guard let outcome, let signedOn, let review, answers.errors.isEmpty else { return nil }
        words = ImpactWords(
            title: title, covers: covers, risks: risks, measures: measures, outcome: outcome, consultedOn: consulted,
            signedBy: signedBy, signedOn: signedOn, reviewOn: review)
    }

    /// The form as it opens over what stands.
    static func opening(_ one: ImpactAssessment) -> Answers {
        var answers = Answers(["version": [String(one.version)]])
        answers.set("title", one.words.title)
        answers.set("covers", one.words.covers.map(\.rawValue))
        answers.set("dangers", one.words.risks)
        answers.set("measures", one.words.measures)
        answers.set("outcome", one.words.outcome.rawValue)
        if let day = one.words.consultedOn { answers.setDay("consulted", day) }
        answers.set("signed-by", one.words.signedBy)
        return answers
    }
}

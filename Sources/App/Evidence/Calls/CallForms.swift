import Foundation
import Pages
import Postgres

/// A version of a specification, as an analyst writes it.
struct SpecificationForm: Sendable {
    let name: String
    let columns: [DataColumn]
    let from: Day
    let until: Day?

    init?(_ answers: inout Answers) {
        name = answers.text("name", most: 120, name: "The name")
        if name.isEmpty { answers.refuse("name", "Enter what the specification is called") }
        let text = answers.text("columns", most: 20_000, name: "The columns")
        let found: Result<[DataColumn], SpecificationText.Problem>
        do throws(SpecificationText.Problem) {
            found = .success(try SpecificationText.columns(text))
        } catch {
            found = .failure(error)
        }
        if case .failure(let problem) = found { answers.refuse("columns", problem.words) }
        let from = answers.day("from", name: "The first day")
        if from == nil { answers.refuse("from", "Enter the first day on which this version is asked for") }
        until = answers.day("until", name: "The last day")
        if let from, let until, until < from { answers.refuse("until", "The last day must not be before the first") }
        guard !answers.areRefused, let from, case .success(let columns) = found else { return nil }
        (self.columns, self.from) = (columns, from)
    }
}

/// A data call, as an analyst writes it.
struct DataCallForm: Sendable {
    let title: String
    let specification: UUID
    let period: Period
    let due: Day
    let kind: DataCallKind
    let assessment: (id: UUID, version: Int)?
    let agreement: String?
    let keepUntil: Day
    let agencies: [UUID]
    /// Those of them that supply health care.
    let health: [UUID]
    let words: String?

    /// What may be chosen.
    struct Choices: Sendable {
        let specifications: [DataSpecification]
        let agencies: [(id: UUID, name: String, isHealth: Bool)]
        let assessments: [(id: UUID, version: Int, title: String)]
    }

    /// How long what was sent may be kept, in days after it is due.
    static let longest = 1_100

    init?(_ answers: inout Answers, _ choices: Choices, today: Day) {
        title = answers.text("title", most: 120, name: "The title")
        if title.isEmpty { answers.refuse("title", "Enter what the call is called") }
        let chosen = choices.specifications.first { $0.id.column == answers["specification"] }
        if chosen == nil { answers.refuse("specification", "Select what is asked for") }
        let period = Self.period(&answers, today)
        if let chosen, !chosen.holds(on: today) {
            answers.refuse("specification", "This version is asked for \(chosen.days.lowercasedFirst): choose another")
        }
        let due = answers.dayAhead("due", name: "The day by which it is due", missing: "Enter by when it is due",
                                   today: today, last: today.adding(730), far: "two years")
        let kind = DataCallKind.required("kind", "Select how the records come", in: &answers)
        let assessment = choices.assessments.first { $0.id.column == answers["assessment"] }
        let agreement = answers.text("agreement", most: 200, name: "The agreement")
        if kind == .clear, assessment == nil {
            answers.refuse("assessment", choices.assessments.isEmpty
                ? "Records in the clear need an impact assessment, and none is on record: the officer records it first"
                : "Select the impact assessment that covers records in the clear")
        }
        if kind == .clear, agreement.isEmpty {
            answers.refuse("agreement", "Enter the agreement by which records come in the clear, and its date")
        }
        let keep = answers.day("keep", name: "The day on which it is deleted")
        if keep == nil { answers.refuse("keep", "Enter the day on which what was sent is deleted") }
        if let keep, let due, keep <= due { answers.refuse("keep", "It must be deleted after it is due") }
        if let keep, let due, keep > due.adding(Self.longest) {
            answers.refuse("keep", "It must be deleted within three years of being due")
        }
        let asked = answers.all("agencies"), health = answers.all("health")
        agencies = choices.agencies.map(\.id).filter { asked.contains($0.column) }
        if agencies.isEmpty || agencies.count != Set(asked).count {
            answers.refuse("agencies", "Select the agencies that are asked")
        }
        self.health = agencies.filter { id in health.contains(id.column) }
        let words = answers.text("words", most: 2_000, name: "What agencies should know")
        guard !answers.areRefused, let chosen, let period, let due, let kind, let keep else { return nil }
        (specification, self.period, self.due, self.kind, keepUntil) = (chosen.id, period, due, kind, keep)
        self.assessment = kind == .clear ? assessment.map { ($0.id, $0.version) } : nil
        self.agreement = kind == .clear ? agreement : nil
        self.words = words.isEmpty ? nil : words
    }

    private static func period(_ answers: inout Answers, _ today: Day) -> Period? {
        let from = answers.day("from", name: "The first day of the period")
        if from == nil { answers.refuse("from", "Enter the first day of the period") }
        let until = answers.day("until", name: "The last day of the period")
        if until == nil { answers.refuse("until", "Enter the last day of the period") }
        guard let from, let until else { return nil }
        if until < from { answers.refuse("until", "The period must not end before it begins") }
        if from.adding(3_700) < until { answers.refuse("until", "The period must be ten years or shorter") }
        if from > today { answers.refuse("from", "The period must have begun") }
        return answers.areRefused ? nil : Period(from: from, until: until)
    }
}

import Foundation
import Pages
import Postgres

/// Closed answers by the name of their question; what was not asked is not among them.
struct OutcomeAnswers: Equatable, Sendable, ColumnValue {
    private let given: [String: String]

    init(_ given: [String: String]) { self.given = given }

    init?(column: String) {
        var given: [String: String] = [:]
        for pair in column.split(separator: " ") {
            let parts = pair.split(separator: ":", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            given[String(parts[0])] = String(parts[1])
        }
        self.given = given
    }

    /// "physical_severity:high physical_frequency:more", in the order of the questions.
    var column: String {
        OutcomeQuestion.all.compactMap { question in given[question.name].map { "\(question.name):\($0)" } }
            .joined(separator: " ")
    }

    subscript(_ question: String) -> String? { given[question] }
    func severity(_ kind: AbuseKind) -> AbuseSeverity? { given[kind.severity].flatMap(AbuseSeverity.init(rawValue:)) }
}

/// What is said when a data set is taken.
struct OutcomeForm: Equatable, Sendable {
    let stage: OutcomeStage
    let takenOn: Day
    let answers: OutcomeAnswers
    let ownWords: String
    let note: String

    static let most = (ownWords: 4_000, note: 1_000)

    init?(_ answers: inout Answers, _ stage: OutcomeStage, on record: CaseRecord, today: Day) {
        self.stage = stage
        let day = answers.pastDay("taken", missing: "Enter the day on which you asked", today: today)
        let opened = London.day(of: record.openedAt)
        if let day, day < opened {
            answers.refuse("taken", "Date must be \(opened) or later: the case was opened then")
        }
        var given: [String: String] = [:]
        for question in OutcomeQuestion.of(stage) {
            let code = answers[question.name]
            if code.isEmpty || code == OutcomeQuestion.notAsked { continue }
            if question.label(of: code) == nil {
                answers.refuse(question.name, "\(question.label): choose one of the answers")
            }
            given[question.name] = code
        }
        ownWords = answers.text("own-words", most: Self.most.ownWords, name: "In their own words")
        note = answers.text("note", most: Self.most.note, name: "Note")
        guard let day, answers.errors.isEmpty else { return nil }
        (takenOn, self.answers) = (day, OutcomeAnswers(given))
    }
}

/// A data set as it was taken. Never changed; what was a mistake is withdrawn, and another taken.
struct OutcomeSet: Sendable {
    let id: UUID
    let stage: OutcomeStage
    let takenOn: Day
    let answers: OutcomeAnswers
    let ownWords: String
    let note: String
    let recordedAt: Date
    let by: String
    let withdrawal: Withdrawal?

    var name: String { "\(stage.label), \(takenOn)" }
}

/// A case's data sets, newest first, and what follows from them.
struct OutcomeSets: Sendable {
    let all: [OutcomeSet]

    /// Those that count, oldest first.
    var counting: [OutcomeSet] { all.filter { $0.withdrawal == nil }.reversed() }
    func has(_ stage: OutcomeStage) -> Bool { counting.contains { $0.stage == stage } }

    /// What may be taken now: one intake, then reviews, one exit; of a closed case the exit alone.
    func offered(on record: CaseRecord) -> [OutcomeStage] {
        OutcomeStage.allCases.filter { stage in
            switch stage {
            case .intake: record.isOpen && !has(.intake)
            case .review: record.isOpen
            case .exit: !has(.exit)
            }
        }
    }

    /// How the severity of a kind moved from the first to the last set that says it; nil where fewer than two do.
    func course(of kind: AbuseKind) -> AbuseCourse? {
        let said = counting.compactMap { $0.answers.severity(kind)?.rank }
        guard said.count > 1, let first = said.first, let last = said.last else { return nil }
        return last == 0 && first > 0 ? .ceased : last < first ? .fallen : last > first ? .risen : .same
    }
}

/// How the severity of a kind of abuse moved over a case.
enum AbuseCourse: String, Sendable {
    case ceased, fallen, same, risen
    var label: String {
        switch self {
        case .ceased: "Ceased"
        case .fallen: "Reduced"
        case .same: "The same"
        case .risen: "Worse"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .ceased, .fallen: .green
        case .same: .grey
        case .risen: .red
        }
    }
}

/// By when data sets are due: the intake a week after opening, a review three months after the last, the exit a week
/// after closing (domain.md 12: "about every 3 months"; the weeks are our own).
enum OutcomeDue {
    static let days = 7
    static let months = 3

    static func intake(opened: Day) -> Day { opened.adding(days) }
    static func review(after last: Day) -> Day { last.months(ahead: months) }
    static func exit(closed: Day) -> Day { closed.adding(days) }

    /// What is due next on a case, and by when; nil when all is taken, or nothing was begun before it was closed.
    static func next(_ sets: OutcomeSets, of record: CaseRecord) -> (stage: OutcomeStage, due: Day)? {
        if let closed = record.closedAt {
            return sets.has(.exit) || !sets.has(.intake) ? nil : (.exit, exit(closed: London.day(of: closed)))
        }
        guard sets.has(.intake), let last = sets.counting.map(\.takenOn).max() else {
            return (.intake, intake(opened: London.day(of: record.openedAt)))
        }
        return (.review, review(after: last))
    }
}

/// A case's data sets in a few words, from what `Connection.outcomeCounts` found; nil where none are taken.
struct OutcomesInBrief: Sendable {
    let counts: [OutcomeStage: Int]

    init?(_ found: [String: Int]) {
        guard found["outcomesHere"] ?? 0 > 0 else { return nil }
        counts = Dictionary(uniqueKeysWithValues: OutcomeStage.allCases.map {
            ($0, found["outcome \($0.rawValue)"] ?? 0)
        })
    }

    /// "Intake taken, 2 reviews."
    var words: String {
        let reviews = counts[.review] ?? 0
        let parts = [
            counts[.intake] == 0 ? "No intake yet" : "Intake taken",
            reviews == 0 ? nil : reviews == 1 ? "1 review" : "\(reviews) reviews",
            counts[.exit] == 0 ? nil : "exit taken",
        ].compactMap(\.self)
        return parts.joined(separator: ", ") + "."
    }
}

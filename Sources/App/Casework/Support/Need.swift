import Foundation
import Pages

/// What somebody may need help with (the intake headings of the casework data sets and the support types).
enum NeedKind: String, Choice {
    case safety, housing, legal, immigration, money, health, mentalHealth, selfHarm, substances, children, work
    case language, counselling, social, other
    var label: String {
        switch self {
        case .safety: "Safety at home"
        case .housing: "Housing"
        case .legal: "Legal advice and court"
        case .immigration: "Immigration advice"
        case .money: "Money and benefits"
        case .health: "Health and disability"
        case .mentalHealth: "Mental health"
        case .selfHarm: "Self-harm or suicide"
        case .substances: "Drugs or alcohol"
        case .children: "Children and parenting"
        case .work: "Work and education"
        case .language: "Language and interpreting"
        case .counselling: "Counselling and therapy"
        case .social: "Friends, family and community"
        case .other: "Something else"
        }
    }
    var hint: String? { self == .other ? "Say below what is wanted." : nil }
}

/// How a need stands.
enum NeedState: String, Choice {
    case open, partlyMet, met, noLongerWanted
    var label: String {
        switch self {
        case .open: "Open"
        case .partlyMet: "Partly met"
        case .met: "Met"
        case .noLongerWanted: "No longer wanted"
        }
    }

    /// There is still something to do.
    var isUnmet: Bool { self == .open || self == .partlyMet }
    var colour: GovUK.TagColour {
        switch self {
        case .open: .blue
        case .partlyMet: .yellow
        case .met: .green
        case .noLongerWanted: .grey
        }
    }
}

/// What a change said: what is wanted, and how it stands since when.
struct NeedChange: Sendable {
    let version: Int
    let goal: String
    let state: NeedState
    let since: Day
    let note: String
    let recordedAt: Date
    let by: String
}

/// A need of a case, with all that was said of it.
struct Need: Sendable {
    let id: UUID
    let kind: NeedKind
    let openedOn: Day
    /// What holds.
    let now: NeedChange
    /// What held before, newest first.
    var earlier: [NeedChange]
}

/// A need that is recorded for the first time.
struct NeedForm: Equatable, Sendable {
    let kind: NeedKind
    let goal: String
    let openedOn: Day

    /// Characters that a goal or a note may have.
    static let most = 1_000

    init?(_ answers: inout Answers, today: Day) {
        let kind = NeedKind.required("kind", "Select what help is needed with", in: &answers)
        goal = answers.text("goal", most: Self.most, name: "What is wanted")
        if kind == .other, goal.isEmpty { answers.refuse("goal", "Enter what is wanted") }
        let day = answers.pastDay("opened", missing: "Enter since when it is known", today: today)
        guard let kind, let day, answers.errors.isEmpty else { return nil }
        (self.kind, openedOn) = (kind, day)
    }
}

/// What is said of a need later.
struct NeedChangeForm: Equatable, Sendable {
    let goal: String
    let state: NeedState
    let since: Day
    let note: String

    init?(_ answers: inout Answers, of need: Need, today: Day) {
        let state = NeedState.required("state", "Select how it stands", in: &answers)
        let isSaid = ["day", "month", "year"].contains { !answers["since-\($0)"].isEmpty }
        let day = isSaid ? answers.pastDay("since", missing: "Enter since when it stands so", today: today)
            : state == need.now.state ? need.now.since : today
        if let day, day < need.openedOn {
            answers.refuse("since", "Date must be \(need.openedOn) or later: the need is known since then")
        }
        goal = answers.text("goal", most: NeedForm.most, name: "What is wanted")
        if need.kind == .other, goal.isEmpty { answers.refuse("goal", "Enter what is wanted") }
        note = answers.text("note", most: NeedForm.most, name: "Note")
        // A second press, after the first has saved, is not one that changes nothing.
        let isNewest = answers["version"] == String(need.now.version)
        if isNewest, state == need.now.state, day == need.now.since, goal == need.now.goal, note.isEmpty {
            answers.refuse("state", "Nothing is changed yet. Change something, or go back")
        }
        guard let state, let day, answers.errors.isEmpty else { return nil }
        (self.state, since) = (state, day)
    }

    /// The form as it opens: what holds now.
    static func answers(from need: Need) -> Answers {
        var answers = Answers(["version": [String(need.now.version)]])
        answers.set("goal", need.now.goal)
        answers.set("state", need.now.state.rawValue)
        return answers
    }
}

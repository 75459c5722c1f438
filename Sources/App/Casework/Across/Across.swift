import Foundation
import Pages
import Postgres

/// What passes between the two sides of the wall, and nothing else does. All but the last four go to whoever supports
/// the partner; those come back.
enum WallKind: String, Choice {
    case askSupport, started, completed, droppedOut, notTakenOn, missedSession
    case released, threats, movedNearby, breach, correction
    case supportArranged, supportEnded, instruction, instructionEnded
    var label: String {
        switch self {
        case .askSupport: "Support for the partner asked for"
        case .started: "Started on the programme"
        case .completed: "Completed the programme"
        case .droppedOut: "Dropped out"
        case .notTakenOn: "Not taken on"
        case .missedSession: "Missed a session"
        case .released: "Released"
        case .threats: "Made threats"
        case .movedNearby: "Moved nearby"
        case .breach: "Broke an order or a condition"
        case .correction: "Correction of what was passed on"
        case .supportArranged: "Support arranged"
        case .supportEnded: "Support ended"
        case .instruction: "Instruction"
        case .instructionEnded: "Instruction no longer holds"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .released, .threats, .movedNearby, .breach, .droppedOut: .red
        case .missedSession: .orange
        case .supportArranged, .completed: .green
        default: .blue
        }
    }

    /// What a perpetrator worker passes on by hand; the rest follows from what they record.
    static let byHand: [WallKind] = [.released, .threats, .movedNearby, .breach, .correction]

    /// What a step of a place passes on by itself.
    static func following(_ step: PlaceStep, from state: PlaceState) -> WallKind? {
        switch step {
        case .started: .started
        case .completed: .completed
        case .droppedOut: .droppedOut
        case .notSuitable: .notTakenOn
        case .withdrawn, .reopened: .correction
        case .referred, .riskCheck, .suitable, .moved: nil
        }
    }
}

/// What whoever works with somebody must not do, as agreed with the person whom it protects.
enum RiskInstruction: String, Choice {
    case doNotRing, doNotVisit, doNotWrite, doNotMention, tellBefore, other
    var label: String {
        switch self {
        case .doNotRing: "Do not ring at certain times"
        case .doNotVisit: "Do not visit the home"
        case .doNotWrite: "Send no letters or messages"
        case .doNotMention: "Do not speak about certain things"
        case .tellBefore: "Tell us before a certain step"
        case .other: "Another instruction"
        }
    }
}

/// Who is to start on a programme, and whom they named: all that is told across the wall.
struct WallTold: Codable, Equatable, Sendable {
    let name: String
    /// As on record; empty where nobody knows it.
    let born: String
    /// In their own words.
    let partner: String

    init(person: WallPerson, partner: String) {
        (name, born, self.partner) = (person.name, person.born?.description ?? "", partner)
    }
}

/// Somebody who harms, by name and date of birth.
struct WallPerson: Equatable, Sendable {
    let name: String
    let born: Day?
}

/// Something that passed.
struct WallNote: Sendable {
    let id: UUID
    let place: UUID
    let kind: WallKind
    let day: Day
    let instruction: RiskInstruction?
    let words: String
    let sentAt: Date
}

/// What stands between a place on a programme and the other side.
struct WallStanding: Sendable {
    /// The newest of "arranged" and "ended".
    let isArranged: Bool
    /// Newest first.
    let notes: [WallNote]
    /// What holds, of each agency that gave one.
    let instructions: [(kind: RiskInstruction, words: String)]

    init(notes: [WallNote], isArranged: Bool, instructions: [(kind: RiskInstruction, words: String)]) {
        (self.notes, self.isArranged, self.instructions) = (notes, isArranged, instructions)
    }
}

/// A safety fact that a perpetrator worker passes on.
struct WallFactForm: Equatable, Sendable {
    let kind: WallKind
    let day: Day
    let words: String

    init?(_ answers: inout Answers, today: Day) {
        let kind = WallKind(rawValue: answers["kind"]).flatMap { WallKind.byHand.contains($0) ? $0 : nil }
        if kind == nil { answers.refuse("kind", "Select what is passed on") }
        let day = answers.day("day", name: "The day")
        if day == nil { answers.refuse("day", "Enter the day on which it happened or will") }
        if let day, abs(today.days(until: day)) > SessionForm.reach {
            answers.refuse("day", "The day must be within a year of today")
        }
        if let day, day > today, kind != .released, kind != nil {
            answers.refuse("day", "The day must be today or in the past")
        }
        words = answers.text("words", most: 500, name: "What they need to know")
        if kind == .correction, words.isEmpty { answers.refuse("words", "Enter what was wrong") }
        guard let kind, let day, answers.errors.isEmpty else { return nil }
        (self.kind, self.day) = (kind, day)
    }
}

/// Who supports the partner: for a case of our own, or at another agency.
struct SupportForm: Equatable, Sendable {
    let caseID: UUID?
    let elsewhere: String
    let worker: UUID

    /// `cases`: those that the viewer may choose among. `workers`: colleagues of the agency.
    init?(_ answers: inout Answers, cases: [UUID], workers: [UUID]) {
        let isElsewhere = answers["case"] == "elsewhere"
        let chosen = UUID(uuidString: answers["case"]).flatMap { cases.contains($0) ? $0 : nil }
        if chosen == nil, !isElsewhere { answers.refuse("case", "Select whom the support is for") }
        elsewhere = isElsewhere ? answers.text("elsewhere", most: 200, name: "The other agency") : ""
        if isElsewhere, elsewhere.isEmpty { answers.refuse("elsewhere", "Enter which agency gives the support") }
        let worker = UUID(uuidString: answers["worker"]).flatMap { workers.contains($0) ? $0 : nil }
        if worker == nil { answers.refuse("worker", "Select who gives the support, or answers for it here") }
        guard let worker, answers.errors.isEmpty else { return nil }
        (caseID, self.worker) = (chosen, worker)
    }
}

/// What goes back: an instruction out of a list and a few words, or that it no longer holds.
struct InstructionForm: Equatable, Sendable {
    /// Nil: what held no longer does.
    let kind: RiskInstruction?
    let words: String

    /// `person`: whom it protects. Nothing of theirs may stand in it.
    init?(_ answers: inout Answers, person: String) {
        let kind = RiskInstruction(rawValue: answers["instruction"])
        let isEnded = answers["instruction"] == "none"
        if kind == nil, !isEnded { answers.refuse("instruction", "Select an instruction, or that none holds") }
        words = isEnded ? "" : answers.text("words", most: 200, name: "The instruction")
        if kind != nil, words.isEmpty {
            answers.refuse("words", "Enter it in a few words, such as “not on Tuesdays”")
        }
        if let tell = Self.tells(words, of: person) { answers.refuse("words", tell) }
        if answers["agreed"] != "yes" {
            answers.refuse("agreed", "Agree with the person first what is passed on, and say so here")
        }
        guard kind != nil || isEnded, answers.errors.isEmpty else { return nil }
        self.kind = kind
    }

    /// What in the words would tell of the person: a name of theirs, a number, a postcode.
    static func tells(_ words: String, of person: String) -> String? {
        let folded = words.lowercased()
        let names: [String] = person.lowercased().split { !$0.isLetter }.map(String.init).filter { $0.count > 1 }
        let typed: [String] = folded.split { !$0.isLetter }.map(String.init)
        if !Set(names).isDisjoint(with: typed) { return "Leave the person’s name out: it is read on the other side" }
        if words.contains(/(\d[ -]?){6,}/) { return "Leave telephone numbers out: it is read on the other side" }
        if folded.contains(/\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b/) {
            return "Leave the postcode out: it is read on the other side"
        }
        return nil
    }
}

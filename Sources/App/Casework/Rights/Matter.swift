import Foundation
import Pages
import Postgres

/// Where a matter stood, as somebody recorded it: once for each entry.
struct MatterEntry: Sendable {
    let version: Int
    let step: MatterStep
    let happenedOn: Day
    /// The nearest of its clocks.
    let due: Day?
    let who: String
    let reference: String
    let facts: Set<String>
    let words: String
    let recordedAt: Date
    let by: String
}

/// A matter of a case, with all that was said of it.
struct Matter: Sendable {
    let id: UUID
    let kind: MatterKind
    let openedOn: Day
    let now: MatterEntry
    /// What stood before, newest first.
    var earlier: [MatterEntry]
    let withdrawal: Withdrawal?

    /// "Court hearing, since 3 May 2026": tells two of a kind apart.
    var name: String { "\(kind.label), since \(openedOn)" }
    var isOver: Bool { withdrawal != nil || now.step.ends }

    /// Every clock that runs, nearest first: "First check", "Disclosure".
    var clocks: [MatterClock] {
        if isOver { return [] }
        return MatterClock.all(kind, now.step, happened: now.happenedOn, day: now.due, opened: openedOn)
    }
}

/// A clock of a matter.
struct MatterClock: Equatable, Sendable {
    let label: String
    let due: Day

    /// How many days before its end it is warned about, as an order is.
    static let warning = OrderTerm.warning

    /// What runs from a step that was reached on `happened`. `day` is what was said, or is kept.
    static func all(_ kind: MatterKind, _ step: MatterStep, happened: Day, day: Day?, opened: Day) -> [MatterClock] {
        if step.ends { return [] }
        var clocks: [MatterClock] = []
        switch step.clock {
        case .none: break
        case .day, .kept: if let day { clocks.append(MatterClock(label: step.label, due: day)) }
        case .days(let days, let label): clocks.append(MatterClock(label: label, due: happened.adding(days)))
        case .workingDays(let days, let label):
            clocks.append(MatterClock(label: label, due: WorkingDays.after(happened, days)))
        }
        if let limit = kind.limit { clocks.append(MatterClock(label: limit.label, due: opened.adding(limit.days))) }
        return clocks.sorted { $0.due < $1.due }
    }

    func tag(on today: Day) -> HTML {
        let colour: GovUK.TagColour = due < today ? .red : due <= today.adding(Self.warning) ? .orange : .blue
        return GovUK.tag("\(label): \(due)\(due < today ? ", overdue" : "")", colour: colour)
    }
}

/// What is said of a matter: when it is recorded, and each time that it moves.
struct MatterForm: Equatable, Sendable {
    let kind: MatterKind
    let step: String
    let happenedOn: Day
    let openedOn: Day
    let due: Day?
    let who: String
    let reference: String
    let facts: Set<String>
    let words: String

    static let most = (who: 200, reference: 100, words: 2_000)

    /// `matter`: what it stands at, where it is not new.
    init?(_ answers: inout Answers, _ kind: MatterKind, of matter: Matter?, today: Day) {
        self.kind = kind
        let step = kind.step(answers["step"])
        if step == nil { answers.refuse("step", "Select where it stands") }
        let happened = answers.pastDay("happened", missing: "Enter since when it stands so", today: today)
        let first = matter?.openedOn ?? happened
        if let happened, let first, happened < first {
            answers.refuse("happened", "Date must be \(first) or later: it was opened then")
        }
        let said = answers.day("due", name: "The day")
        if let step, step.asksDay, said == nil { answers.refuse("due", "Enter the day") }
        if let step, !step.asksDay, said != nil { answers.refuse("due", "Leave the day empty: this step has none") }
        if let said, let happened, said < happened.adding(-366) || said > today.adding(Self.farthest) {
            answers.refuse("due", "The day must be within ten years")
        }
        who = answers.text("who", most: Self.most.who, name: kind.whoLabel)
        reference = answers.text("reference", most: Self.most.reference, name: "Reference")
        words = answers.text("words", most: Self.most.words, name: kind.wordsLabel)
        facts = Self.facts(&answers, kind)
        Self.check(&answers, kind, step, who: who, words: words, facts)
        guard let step, let happened, let first, answers.errors.isEmpty else { return nil }
        (self.step, happenedOn, openedOn) = (step.code, happened, first)
        let kept = matter.flatMap { $0.now.step.clock.isCalendar ? $0.now.due : nil }
        due = MatterClock.all(kind, step, happened: happened, day: said ?? kept, opened: first).first?.due
    }

    init(
        kind: MatterKind, step: String, happenedOn: Day, openedOn: Day, due: Day?, who: String, reference: String
    ) {
        (self.kind, self.step, self.happenedOn, self.openedOn, self.due) = (kind, step, happenedOn, openedOn, due)
        (self.who, self.reference, facts, words) = (who, reference, [], "")
    }

    private static let farthest = 3_653

    private static func facts(_ answers: inout Answers, _ kind: MatterKind) -> Set<String> {
        var facts: Set<String> = []
        for group in kind.groups {
            let given = answers.all(group.name).filter { !$0.isEmpty }
            let known = given.filter { code in group.options.contains { $0.code == code } }
            if known.count < given.count || !group.isMany && known.count > 1 {
                answers.refuse(group.name, "\(group.label): choose from the list")
            }
            facts.formUnion(known)
        }
        return facts
    }

    /// What some kinds ask for: agreement, somebody named, a narrow request.
    private static func check(
        _ answers: inout Answers, _ kind: MatterKind, _ step: MatterStep?, who: String, words: String,
        _ facts: Set<String>
    ) {
        switch (kind, step?.code) {
        case (.armyWelfare, let code?) where !["agreementEnded", "ended"].contains(code) && !facts.contains("agreed"):
            answers.refuse("agreement", "Army Welfare is contacted only with their agreement. Tick it, or leave it")
        case (.funds, "adviser"), (.concession, "adviser"):
            if who.isEmpty { answers.refuse("who", "Enter to which registered adviser") }
        case (.hearing, "listed"), (.hearing, "adjourned"):
            if who.isEmpty { answers.refuse("who", "Enter which court") }
        case (.therapyNotes, let code?):
            if who.isEmpty { answers.refuse("who", "Enter who asks: nothing is released to nobody in particular") }
            if words.isEmpty { answers.refuse("words", "Enter exactly which notes are asked for") }
            guard code == "released" else { break }
            if !facts.contains("scopeDates"), !facts.contains("scopeAttendance") {
                answers.refuse("scope", "Only named notes are released. Ask for a narrower request, or refuse it")
            }
            if !facts.contains("groundAgreed"), !facts.contains("groundCourt") {
                answers.refuse("ground", "Notes are released only when they agree, or a court orders it")
            }
        default: break
        }
    }

    /// The form as it opens for the next entry: what stands, but the day and the words.
    static func answers(from matter: Matter) -> Answers {
        var answers = Answers(["version": [String(matter.now.version)]])
        answers.set("kind", matter.kind.rawValue)
        answers.set("step", matter.now.step.code)
        answers.set("who", matter.now.who)
        answers.set("reference", matter.now.reference)
        for group in matter.kind.groups {
            answers.set(group.name, group.options.map(\.code).filter(matter.now.facts.contains))
        }
        if matter.kind == .therapyNotes { answers.set("words", matter.now.words) }
        if matter.now.step.asksDay, let due = matter.now.due { answers.setDay("due", due) }
        return answers
    }
}

extension MatterStep.Clock {
    /// Ends on a day that can be kept for the next step.
    fileprivate var isCalendar: Bool { if case .none = self { false } else { true } }
}

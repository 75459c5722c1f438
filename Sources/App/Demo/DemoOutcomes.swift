import Foundation

/// Intakes, reviews and exits of cases that came to support. A stream of chance of its own, so that all else stays as
/// it was.
extension DemoGenerator {
    /// The data sets of a case in the order in which they were taken, and what is due next.
    mutating func writeOutcomes(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return }
        var dice = DemoDice(.outcomes, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        var severity = Self.severities(of: made, &dice)
        var last: DemoMoment?
        var stage = OutcomeStage.intake
        var at = clock.atWork(first + dice.within(0...6) * 86_400, &dice)
        while at < end, dice.chance(stage == .intake ? 92 : 84) {
            write(stage, at: at, severity, of: made, by: worker, &dice)
            last = at
            for place in severity.indices where severity[place] > 0 && dice.chance(46) { severity[place] -= 1 }
            if dice.chance(6) { severity[dice.below(severity.count)] = 2 }
            stage = .review
            at = clock.atWork(at + dice.within(80...104) * 86_400, &dice)
        }
        if let last, let closed = made.closed, dice.chance(70) {
            let exit = max(last + 3_600, closed + -dice.within(1...5) * 86_400)
            if exit < closed { write(.exit, at: exit, severity, of: made, by: worker, &dice) }
        }
        guard made.closed == nil else { return }
        let due = last.map { civilDay(clock.local($0).day).months(ahead: OutcomeDue.months) }
            ?? civilDay(clock.local(made.opened).day).adding(OutcomeDue.days)
        batch[.task].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, made.id, "dataSet", staff.all[worker].id,
            last ?? made.opened, DemoMoment(seconds: Int(WorkingDays.end(of: due).timeIntervalSince1970)),
            nil as DemoMoment?, nil as UUID?, (last == nil ? OutcomeStage.intake : .review).label)
    }

    func civilDay(_ day: DemoDay) -> Day { Day(since1970: day.number) }

    /// How severe each kind is at the start: 0 none to 3 high.
    private static func severities(of made: DemoCase, _ dice: inout DemoDice) -> [Int] {
        let isHigh = made.assessments.first?.level == "high"
        return AbuseKind.allCases.map { kind in
            let likely: Double = switch kind {
            case .control: 88
            case .physical: 58
            case .harassment: made.traits.contains(.stalking) ? 80 : 42
            case .economic: made.traits.contains(.money) ? 78 : 34
            case .sexual: 24
            case .honour: made.traits.contains(.family) ? 55 : 4
            }
            return dice.chance(likely) ? dice.pick(isHigh ? [3, 3, 2] : [2, 1, 2]) : 0
        }
    }

    private mutating func write(
        _ stage: OutcomeStage, at: DemoMoment, _ severity: [Int], of made: DemoCase, by: Int, _ dice: inout DemoDice
    ) {
        var given: [String: String] = [:]
        for (kind, level) in zip(AbuseKind.allCases, severity) {
            if dice.chance(5) { continue }
            given[kind.severity] = AbuseSeverity.allCases[level].rawValue
            if level == 0 && dice.chance(80) { continue }
            let words = stage == .intake ? ["more", "more", "same", "notKnown"] : ["less", "less", "same", "more"]
            given[kind.frequency] = dice.pick(words)
            given[kind.direction] = dice.pick(words)
        }
        for question in OutcomeQuestion.of(stage) where question.part != .abuse && dice.chance(82) {
            given[question.name] = Self.answer(question, made, &dice)
        }
        let id = dice.uuid()
        batch[.outcomeSet].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, stage.rawValue,
            clock.local(at).day, OutcomeAnswers(given).column,
            dice.chance(30) ? dice.pick(Self.said[stage] ?? []) : "", "", at, staff.all[by].id)
        event(made, "outcomeTaken", at, by, id, stage.label, &dice)
    }

    private static func answer(_ question: OutcomeQuestion, _ made: DemoCase, _ dice: inout DemoDice) -> String {
        let isNeed = question.part == .needs
        switch question.name {
        case "pregnant": return made.traits.contains(.pregnant) ? "yes" : "no"
        case "recourse": return made.traits.contains(.immigration) && dice.chance(40) ? "no" : "yes"
        case "living_together": return made.tie.isSeparated ? "no" : dice.pick(["yes", "sometimes", "no"])
        case "quality_of_life", "children_outcome": return dice.pick(["better", "better", "same", "worse"])
        case "confidence": return dice.pick(["more", "more", "same", "less"])
        case "mental_health": return dice.pick(["yes", "no"])
        default:
            if isNeed { return dice.pick(weighted: [(84, "no"), (12, "yes"), (4, "declined")]) }
            return dice.pick(question.answers.dropLast(2).map(\.code))
        }
    }

    private static let said: [OutcomeStage: [String]] = [
        .intake: ["I want to sleep.", "I just want it to stop.", "I thought nobody would believe me."],
        .review: ["It is quieter now.", "I went to town by myself.", "He still writes, I don’t answer."],
        .exit: ["I have my own keys.", "We laugh again.", "I know whom to ring.", "I didn’t think I could."],
    ]

    /// The paper behind some of the MARAC decisions, and what is to be told back.
    mutating func writeMaracReferral(of made: DemoCase, at: DemoMoment, by: Int, isRepeat: Bool, last: DemoMoment?) {
        var dice = DemoDice(.maracReferral, made.key &+ at.seconds)
        guard made.key >= Self.castKey || dice.chance(60) else { return }
        let agreed = dice.chance(82)
        let meets = clock.local(at).day + dice.within(6...27)
        let id = dice.uuid()
        let agency = organisations.agencies[made.agency].id
        batch[.maracReferral].add(
            id, partnership, agency, made.id, made.harmed.id, isRepeat,
            isRepeat ? last.map { clock.local($0).day } : nil,
            "", meets, agreed ? "agreed" : "notTold", agreed ? "" : "It was not safe to say so on the telephone.",
            agreed ? "consent" : "safeguarding", dice.pick(Self.reasons), "",
            dice.pick(["Her sister", "A friend from work", "", "The school"]), "", dice.pick(Self.wants), "", "", at,
            staff.all[by].id)
        event(made, "maracReferred", at, by, id, "", &dice)
        let due = WorkingDays.end(of: WorkingDays.after(civilDay(meets)))
        let dueAt = DemoMoment(seconds: Int(due.timeIntervalSince1970))
        let told = clock.atWork(dueAt + -dice.within(1...20) * 3_600, &dice)
        let isDone = told < clock.today
        if !isDone, made.closed != nil { return }
        batch[.task].add(
            dice.uuid(), partnership, agency, made.id, "tellBack", staff.all[by].id, at, dueAt, isDone ? told : nil,
            nil as UUID?, "Tell them what MARAC decided")
    }

    private static let reasons = [
        "Threats to kill twice this week, and he knows where she works.",
        "Held by the throat. Getting worse since she left.",
        "Found her new number. Waits outside the school.", "Released next month, has said that he will come.",
        "Three calls to the police since summer, each one worse.",
    ]
    private static let wants = ["To stay in her home.", "To be left alone.", "New locks and a number nobody has.", ""]
}

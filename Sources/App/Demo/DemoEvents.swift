import Foundation

/// Something that moved somebody's risk, before it is written.
struct DemoEvent: Sendable {
    let kind: RiskEventKind
    let day: DemoDay
    /// When it was recorded.
    let at: DemoMoment
    var order: UUID?
    var words = ""
}

/// What moved the risk, and how it was answered. A stream of chance of its own, so that all else stays as it was.
/// (The police incidents here were recorded together with the assessment that counts them.)
extension DemoGenerator {
    /// How an event ended: by whom, when and why.
    private struct Answer {
        let end: EventEnd
        let at: DemoMoment
        let by: Int
        var reason = ""
    }

    /// The events of a case: those of its orders, and what else happened or is expected.
    mutating func writeEvents(of made: DemoCase, _ ofOrders: [DemoEvent]) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return }
        var dice = DemoDice(.events, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        guard first < end else { return }
        var events = ofOrders
        for kind in Self.kinds(of: made, &dice) {
            let at = clock.atWork(first + dice.below(max(1, (end - first) / 86_400)) * 86_400, &dice)
            guard at < end else { continue }
            let isAhead = kind == .release || kind == .contactHearing
            let day = clock.local(at).day + (isAhead ? dice.within(4...50) : -dice.within(0...6))
            let words = kind == .newIncident || dice.chance(50) ? dice.pick(Self.words[kind] ?? [""]) : ""
            let one = DemoEvent(kind: kind, day: day, at: at, words: words)
            event(made, "riskEvent", at, worker, nil, "", &dice)
            events.append(one)
        }
        var waiting: [(event: ProposingEvent, due: DemoMoment, at: DemoMoment)] = []
        for one in events {
            guard let written = write(one, of: made, by: worker, until: end, &dice) else { continue }
            waiting.append(written)
        }
        guard let started = waiting.map(\.at).min(), reviewed.insert(made.harmed.id).inserted else { return }
        let sorted = waiting.sorted { ($0.due, $0.event.day) < ($1.due, $1.event.day) }
        batch[.riskTask].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, made.harmed.id, "riskReview",
            RiskReview.words(sorted.map(\.event)), staff.all[worker].id, started, sorted[0].due, nil as DemoMoment?)
    }

    private static func kinds(of made: DemoCase, _ dice: inout DemoDice) -> [RiskEventKind] {
        var kinds: [RiskEventKind] = []
        if made.traits.contains(.separated), dice.chance(14) { kinds.append(.separation) }
        if made.traits.contains(.pregnant), dice.chance(50) { kinds.append(.pregnancy) }
        if made.traits.contains(.police), dice.chance(14) { kinds.append(.release) }
        if made.traits.contains(.children), dice.chance(16) { kinds.append(.contactHearing) }
        if dice.chance(9) { kinds.append(.newIncident) }
        if dice.chance(5) { kinds.append(.move) }
        return kinds
    }

    /// Writes one; answers it when nobody has yet.
    private mutating func write(
        _ one: DemoEvent, of made: DemoCase, by: Int, until end: DemoMoment, _ dice: inout DemoDice
    ) -> (event: ProposingEvent, due: DemoMoment, at: DemoMoment)? {
        let recorded = clock.local(one.at).day
        let proposesOn = max(recorded, one.day + -RiskReview.ahead)
        let grade = made.assessments.last { $0.at <= one.at }?.level ?? ""
        let due = RiskReview.due(RiskLevel(rawValue: grade) ?? .notAssessed, from: day(proposesOn))
        let dueAt = DemoMoment(seconds: Int(due.timeIntervalSince1970))
        let answer = answer(one, proposesOn, dueAt, made, by: by, until: end, &dice)
        batch[.riskEvent].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, made.harmed.id, one.kind.rawValue,
            one.day, one.words, one.order, proposesOn, dueAt, one.at, staff.all[by].id, answer?.end.rawValue,
            answer?.at, answer.map { staff.all[$0.by].id }, answer?.reason ?? "")
        guard answer == nil else { return nil }
        return (ProposingEvent(kind: one.kind, day: day(one.day), proposesOn: day(proposesOn)), dueAt, one.at)
    }

    /// The next assessment answers it, or the worker sets it aside before long, or the case ends. Else it waits.
    private mutating func answer(
        _ one: DemoEvent, _ proposesOn: DemoDay, _ due: DemoMoment, _ made: DemoCase, by: Int, until end: DemoMoment,
        _ dice: inout DemoDice
    ) -> Answer? {
        let from = max(one.at, clock.moment(proposesOn, minute: 0))
        if let assessed = made.assessments.first(where: { $0.at > from }) {
            return Answer(end: .assessed, at: assessed.at, by: assessed.by)
        }
        let isOpen = made.closed == nil
        let aside = clock.atWork(max(from, due) + -dice.within(0...2) * 3_600, &dice)
        if aside > from, aside < end, !isOpen || aside + 12 * 86_400 < clock.today || dice.chance(40) {
            event(made, "reviewDismissed", aside, by, nil, "", &dice)
            return Answer(end: .dismissed, at: aside, by: by, reason: dice.pick(Self.reasons))
        }
        return made.closed.map { Answer(end: .caseClosed, at: $0, by: by) }
    }

    private func day(_ day: DemoDay) -> Day { Day(since1970: day.number) }

    private static let words: [RiskEventKind: [String]] = [
        .separation: ["Left on Sunday with the children.", "Told them that it is over."],
        .pregnancy: ["Eleven weeks. The midwife knows."],
        .release: ["On licence, to an address across the county.", "Tag for the first three months."],
        .contactHearing: ["First hearing. Special measures asked for."],
        .move: ["To a flat across town, last weekend."],
        .newIncident: ["Followed home from work. No report made.", "Messages through a cousin, all night."],
    ]

    private static let reasons = [
        "Asked about it at the last assessment already.", "Nothing has changed: gone through with the manager.",
        "The plan covers it, and the next assessment is booked.",
    ]
}

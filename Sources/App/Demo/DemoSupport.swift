import Foundation

/// What somebody needed and what was done for them. A stream of chance of its own, so that all else stays as it was.
extension DemoGenerator {
    /// The needs of a case that came to support, and what was done, in the order in which it happened.
    mutating func writeSupport(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return }
        var dice = DemoDice(.support, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        guard first < end, made.key >= Self.castKey || dice.chance(62) else { return }
        var needs: [(kind: NeedKind, id: UUID)] = []
        for kind in Self.needs(of: made, &dice) {
            let at = clock.atWork(first + dice.within(0...12) * 86_400, &dice)
            guard at < end else { continue }
            needs.append((kind, writeNeed(kind, of: made, from: at, until: end, by: worker, &dice)))
        }
        let span = max(1, (end - first) / 86_400)
        for _ in 0..<dice.within(1...min(7, 2 + span / 12)) {
            let at = clock.atWork(first + dice.below(span) * 86_400, &dice)
            guard at < end else { continue }
            writeIntervention(of: made, at: at, by: worker, needs, &dice)
        }
    }

    private static func needs(of made: DemoCase, _ dice: inout DemoDice) -> [NeedKind] {
        var kinds: [NeedKind] = [.safety]
        let fitting: [(DemoTraits, NeedKind)] = [
            (.housing, .housing), (.court, .legal), (.immigration, .immigration), (.money, .money),
            (.children, .children), (.work, .work),
        ]
        for (trait, kind) in fitting where made.traits.contains(trait) && dice.chance(55) { kinds.append(kind) }
        if made.harmed.language != "English", dice.chance(50) { kinds.append(.language) }
        if dice.chance(28) { kinds.append(dice.pick([.mentalHealth, .mentalHealth, .counselling, .health, .social])) }
        if dice.chance(4) { kinds.append(dice.pick([.selfHarm, .substances])) }
        return Array(kinds.prefix(5))
    }

    private mutating func writeNeed(
        _ kind: NeedKind, of made: DemoCase, from: DemoMoment, until end: DemoMoment, by: Int, _ dice: inout DemoDice
    ) -> UUID {
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        let goal = dice.chance(70) ? dice.pick(Self.goals[kind] ?? []) : ""
        var said: [(at: DemoMoment, state: NeedState, note: String)] = [(from, .open, "")]
        let later = clock.atWork(from + dice.within(6...70) * 86_400, &dice)
        if later < end, dice.chance(made.closed == nil ? 45 : 80) {
            let state = dice.pick(weighted: [(28, NeedState.partlyMet), (60, .met), (12, .noLongerWanted)])
            said.append((later, state, dice.chance(60) ? dice.pick(Self.outcomes[state] ?? []) : ""))
        }
        batch[.need].add(
            id, partnership, agency, made.id, made.harmed.id, kind.rawValue, clock.local(from).day, said.count, from,
            staff.all[by].id)
        for (place, one) in said.enumerated() {
            batch[.needChange].add(
                id, partnership, agency, made.id, made.harmed.id, place + 1, goal, one.state.rawValue,
                clock.local(one.at).day, one.note, one.at, staff.all[by].id)
            event(made, place == 0 ? "needRecorded" : "needChanged", one.at, by, id, "", &dice)
        }
        return id
    }

    private mutating func writeIntervention(
        of made: DemoCase, at: DemoMoment, by: Int, _ needs: [(kind: NeedKind, id: UUID)], _ dice: inout DemoDice
    ) {
        var kinds: [(Int, InterventionKind)] = [
            (40, .oneToOne), (16, .safetyPlan), (9, .homeSecurity), (12, .onwardReferral), (4, .refuge),
            (2, .sarcReferral), (1, .armyWelfare),
        ]
        if made.traits.contains(.court) { kinds += [(16, .legal), (5, .sdvc)] }
        if made.traits.contains(.housing) { kinds.append((14, .housing)) }
        if made.assessments.contains(where: { $0.level == "high" }) {
            kinds += [(10, .maracReferral), (7, .maracActions)]
        }
        if made.closed != nil { kinds.append((9, .stepDown)) }
        let kind = dice.pick(weighted: kinds)
        let helps = Self.helps[kind]
        let need = needs.first { helps?.contains($0.kind) ?? false }
        let id = dice.uuid()
        batch[.intervention].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, kind.rawValue,
            kind.destinations.isEmpty ? nil : dice.pick(kind.destinations).rawValue,
            kind == .armyWelfare ? true : nil, need?.id, clock.local(at).day,
            dice.chance(50) ? dice.pick(Self.done[kind] ?? [""]) : "", at, staff.all[by].id)
        event(made, "supportGiven", at, by, id, "", &dice)
    }

    private static let helps: [InterventionKind: Set<NeedKind>] = [
        .legal: [.legal, .children, .immigration], .sdvc: [.legal], .safetyPlan: [.safety], .homeSecurity: [.safety],
        .housing: [.housing], .refuge: [.housing, .safety], .onwardReferral: [.money, .substances, .social],
        .oneToOne: [.mentalHealth, .counselling, .safety], .maracReferral: [.safety], .maracActions: [.safety],
    ]

    private static let goals: [NeedKind: [String]] = [
        .safety: ["To sleep through", "New lock, and nobody at the back door", "To know what to do when it starts"],
        .housing: ["A place of our own", "To stay, without the other tenant", "Near enough to the school"],
        .legal: ["Somebody beside me in court", "An order that holds"],
        .immigration: ["To know whether I may stay"],
        .money: ["My own account", "The arrears off my back"],
        .health: ["An appointment that I can get to"],
        .mentalHealth: ["Fewer bad nights", "To stop shaking when the phone rings"],
        .selfHarm: ["Somebody to ring at three in the morning"],
        .substances: ["To drink less, not nothing yet"],
        .children: ["That they see less of it", "Contact that is safe for them"],
        .work: ["To keep the job", "Back to the course in September"],
        .language: ["The same interpreter each time"],
        .counselling: ["To talk, when it is over"],
        .social: ["My sister back", "One evening a week with people"],
    ]

    private static let outcomes: [NeedState: [String]] = [
        .partlyMet: ["Half done: the letter is out, the answer isn’t in.", "Better, not settled."],
        .met: ["Done, and still so a fortnight later.", "Says it is what was wanted."],
        .noLongerWanted: ["Doesn’t want it now. Knows how to ask again."],
    ]

    private static let done: [InterventionKind: [String]] = [
        .legal: ["Statement gone through.", "Solicitor found, first appointment kept."],
        .safetyPlan: ["Gone through again after the hearing."],
        .homeSecurity: ["Locks and a light asked for."],
        .maracReferral: ["Read out in their own words."],
        .maracActions: ["School and housing have done theirs."],
        .housing: ["Went along to the interview."],
        .refuge: ["A space found, and taken."],
        .oneToOne: ["An hour, at the hub.", "By telephone, within safe times.", "Walked and talked."],
        .armyWelfare: ["Asked for the move to be brought forward."],
        .onwardReferral: ["Appointment made while we sat together."],
        .stepDown: ["Met the next worker together."],
        .sarcReferral: ["Went along, at their own pace."],
        .sdvc: ["Sat with them throughout."],
    ]
}

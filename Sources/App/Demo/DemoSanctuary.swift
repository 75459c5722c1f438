import Foundation

/// Homes that were made safe enough to stay in. A stream of chance of its own, so that all else stays as it was.
extension DemoGenerator {
    /// The sanctuary of a case: few have one, more where the home is what it is about.
    mutating func writeSanctuary(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return }
        var dice = DemoDice(.sanctuary, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        let days = (end - first) / 86_400
        guard days > 2, dice.chance(made.traits.contains(.housing) ? 22 : 5) else { return }
        // Of cases that are open many are on their way now.
        let span = made.closed == nil && dice.chance(60) ? min(days, 16) : days
        let asked = clock.atWork(end + -(1 + dice.below(span)) * 86_400, &dice)
        guard asked < end else { return }
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        let course = Self.course(&dice)
        var steps: [(kind: SanctuaryStepKind, at: DemoMoment)] = []
        var at = asked
        for (kind, wait) in course {
            at = clock.atWork(at + (wait * 86_400 + 600), &dice)
            guard at < end else { break }
            steps.append((kind, at))
        }
        let over = steps.last.flatMap { $0.kind.ends ? clock.local($0.at).day : nil }
        let tenure = dice.pick(weighted: [(6, Tenure.social), (3, .privateRented), (2, .owner)])
        let isAllowed = course.contains { $0.0 == .ordered }
        let permission: LandlordPermission = tenure == .owner ? .notNeeded : isAllowed ? .given : .refused
        let urgency: SanctuaryUrgency = dice.chance(30) ? .urgent : .standard
        let day = clock.local(asked).day
        let by = staff.all[worker].id
        batch[.sanctuary].add(
            id, partnership, agency, made.id, made.harmed.id,
            ReferralReference.made { dice.pick(ReferralReference.letters) }, day, isAllowed ? "yes" : "no", "no",
            tenure.rawValue, permission.rawValue, permission.hasDay ? day : nil, urgency.rawValue,
            dice.pick(["The council", "The housing association", "The partnership’s fund"]),
            dice.pick([6_000, 8_500, 12_000]), "01632 960 140", dice.pick(["mon tue morning", "wed thu afternoon", ""]),
            over, steps.count + 2, asked, by)
        event(made, "sanctuaryRecorded", asked, worker, id, "", &dice)
        for step in steps {
            batch[.sanctuaryStep].add(
                dice.uuid(), partnership, agency, made.id, made.harmed.id, id, step.kind.rawValue,
                clock.local(step.at).day, Self.doer[step.kind] ?? "", "",
                step.kind == .declined ? SanctuaryDeclined.permissionRefused.rawValue : nil, step.at, by)
            event(made, "sanctuaryMoved", step.at, worker, id, step.kind.label, &dice)
        }
        writeItems(of: made, id, agency, asked, by, &dice)
        guard made.closed == nil, let last = steps.last, last.kind == .ordered else { return }
        let due = urgency.due(ordered: civilDay(clock.local(last.at).day), at: last.at.date)
        batch[.task].add(
            dice.uuid(), partnership, agency, made.id, "sanctuary", by, last.at,
            DemoMoment(seconds: Int(due.timeIntervalSince1970)), nil as DemoMoment?, nil as UUID?, "To be installed")
    }

    private mutating func writeItems(
        of made: DemoCase, _ id: UUID, _ agency: UUID, _ at: DemoMoment, _ by: UUID, _ dice: inout DemoDice
    ) {
        for (kind, number, cost) in [
            (SanctuaryItemKind.locks, dice.within(1...3), 9_000), (.windowAlarm, dice.within(2...6), 4_800),
            (.letterbox, 1, 5_500), (.lighting, 1, 7_000),
        ] where kind == .locks || dice.chance(55) {
            batch[.sanctuaryItem].add(
                id, kind.rawValue, partnership, agency, made.id, made.harmed.id, number, cost, at, by)
        }
    }

    /// What is done and how many days after what came before; one in seven is not gone ahead with.
    private static func course(_ dice: inout DemoDice) -> [(SanctuaryStepKind, Int)] {
        if dice.chance(14) { return [(.riskAssessed, 2), (.declined, 6)] }
        return [
            (.riskAssessed, dice.within(0...2)), (.fireSurveyed, dice.within(1...3)), (.ordered, dice.within(0...2)),
            (.installed, dice.within(1...7)), (.signedOff, dice.within(1...4)), (.supportAttached, 0), (.reviewed, 84),
        ]
    }

    private static let doer: [SanctuaryStepKind: String] = [
        .riskAssessed: "Police, by a visit", .fireSurveyed: "Fire and rescue service", .ordered: "24/7 Locks",
        .installed: "24/7 Locks",
    ]
}

import Foundation

/// Matters of law and rights. A stream of chance of its own, so that all else stays as it was.
extension DemoGenerator {
    /// One entry of a matter that was made up, before it is written.
    private struct Entry {
        let step: String
        let at: DemoMoment
        /// A hearing, an expiry, a release: so many days after the entry.
        var ahead: Int?
        var facts: [String] = []
    }

    /// The matters of a case that came to support.
    mutating func writeMatters(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return }
        var dice = DemoDice(.rights, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        for kind in Self.matters(of: made, &dice) {
            let days = (end - first) / 86_400
            guard days > 1 else { continue }
            let start = clock.atWork(first + dice.below(days) * 86_400, &dice)
            guard start < end else { continue }
            write(kind, of: made, from: start, until: end, by: worker, &dice)
        }
    }

    private static func matters(of made: DemoCase, _ dice: inout DemoDice) -> [MatterKind] {
        var likely: [(Double, MatterKind)] = [
            (7, .disclosure), (2, .adultSafeguarding), (1, .armyWelfare), (2, .therapyNotes),
        ]
        if made.traits.contains(.court) { likely.append((70, .hearing)) }
        if made.traits.contains(.immigration) { likely += [(55, .funds), (30, .concession)] }
        if made.traits.contains(.housing) { likely.append((55, .homelessness)) }
        if made.traits.contains(.police) { likely += [(12, .release), (14, .disclosure)] }
        if made.traits.contains(.children) { likely.append((30, .childSafeguarding)) }
        if made.traits.contains(.stalking) { likely.append((6, .sarc)) }
        return likely.filter { dice.chance($0.0) }.map(\.1)
    }

    /// The course of a matter: the steps in their order, and how many days lie between.
    private static func course(
        _ kind: MatterKind, _ dice: inout DemoDice
    ) -> [(step: String, wait: Int, facts: [String])] {
        switch kind {
        case .hearing:
            let kinds = ["trial", "family", "injunction", "bailHearing"]
            let facts = [dice.pick(kinds), dice.pick(["goesWorker", "goesFamily", "goesNobody"]), "askedScreens"]
            return [("listed", 0, facts), (dice.pick(["attended", "attended", "adjourned", "vacated"]), 21,
                                           facts + ["grantedScreens", "askedEntrance"])]
        case .disclosure:
            return [(dice.pick(["asked", "proposed"]), 0, ["byThem"]), ("checked", 1, ["byThem"]),
                    (dice.pick(["disclosed", "nothing", "refused"]), 19, ["byThem", "inPerson", "undertaking"])]
        case .funds: return [("found", 0, []), ("adviser", 3, []), ("advised", 20, [])]
        case .concession: return [("adviser", 0, []), ("applied", 9, []), ("granted", 25, [])]
        case .homelessness:
            return [("applied", 0, ["priorityOpen"]),
                    (dice.pick(["prevention", "relief"]), 6, ["priorityAbuse", "noLocal"]),
                    ("housed", 49, ["priorityAbuse", "lifetime"])]
        case .release: return [("expected", 0, ["iomNotKnown"]), ("confirmed", 14, ["iomYes", "contactScheme"])]
        case .sarc: return [("offered", 0, ["reportedLater"]), ("isva", 12, ["reportedYes"])]
        case .therapyNotes:
            return [("asked", 0, ["scopeAll", "groundNone"]), (dice.pick(["refused", "narrowed"]), 8,
                                                               ["scopeDates", "groundNone"])]
        case .armyWelfare: return [("contacted", 0, ["agreed"]), ("answered", 11, ["agreed"])]
        case .childSafeguarding:
            return [("referred", 0, ["toldYes"]), (dice.pick(["s17", "s47", "earlyHelp", "noAction"]), 2, ["toldYes"])]
        case .adultSafeguarding: return [("referred", 0, ["toldYes"]), (dice.pick(["s42", "noAction"]), 3, ["toldYes"])]
        }
    }

    private mutating func write(
        _ kind: MatterKind, of made: DemoCase, from start: DemoMoment, until end: DemoMoment, by: Int,
        _ dice: inout DemoDice
    ) {
        var entries: [Entry] = []
        var at = start
        for (place, one) in Self.course(kind, &dice).enumerated() {
            if place > 0 { at = clock.atWork(at + (one.wait + dice.within(0...4)) * 86_400, &dice) }
            guard at < end, place == 0 || dice.chance(84) else { break }
            let ahead = kind.step(one.step)?.asksDay == true ? (kind == .concession ? 92 : dice.within(9...40)) : nil
            entries.append(Entry(step: one.step, at: at, ahead: ahead, facts: one.facts))
        }
        guard let newest = entries.last else { return }
        let (id, agency) = (dice.uuid(), organisations.agencies[made.agency].id)
        let opened = civilDay(clock.local(start).day)
        let who = dice.pick(Self.who[kind] ?? [""])
        var reference = ""
        if kind == .childSafeguarding { reference = ReferralReference.made { dice.pick(ReferralReference.letters) } }
        batch[.legalMatter].add(
            id, partnership, agency, made.id, made.harmed.id, kind.rawValue, clock.local(start).day, entries.count,
            start, staff.all[by].id)
        var due: Day?
        for (place, entry) in entries.enumerated() {
            let happened = civilDay(clock.local(entry.at).day)
            if let step = kind.step(entry.step) {
                due = MatterClock.all(
                    kind, step, happened: happened, day: entry.ahead.map(happened.adding), opened: opened).first?.due
            }
            batch[.matterEntry].add(
                id, partnership, agency, made.id, made.harmed.id, kind.rawValue, place + 1, entry.step,
                clock.local(entry.at).day, due.map(demoDay), who, reference,
                entry.facts.sorted().joined(separator: " "),
                kind == .therapyNotes ? "Notes of the sessions in March, for the family court." : "", entry.at,
                staff.all[by].id)
            event(made, place == 0 ? "matterRecorded" : "matterChanged", entry.at, by, id, kind.label, &dice)
        }
        guard made.closed == nil, let due else { return }
        batch[.matterTask].add(
            dice.uuid(), partnership, agency, made.id, id, "matter",
            "\(kind.label): \(kind.step(newest.step)?.label ?? "")", staff.all[by].id, newest.at,
            DemoMoment(seconds: Int(WorkingDays.end(of: due).timeIntervalSince1970)), nil as DemoMoment?)
    }

    private func demoDay(_ day: Day) -> DemoDay { DemoDay(year: day.year, month: day.month, day: day.day) }

    private static let who: [MatterKind: [String]] = [
        .hearing: ["The family court", "The magistrates’ court", "The Crown Court"],
        .disclosure: ["The disclosure scheme’s desk"], .funds: ["A registered adviser, the law centre"],
        .concession: ["A registered adviser, the law centre"], .homelessness: ["Housing options"],
        .release: ["Probation, victim liaison"], .sarc: ["The regional centre"],
        .therapyNotes: ["A solicitor’s office"],
        .armyWelfare: ["The garrison’s welfare office"], .childSafeguarding: ["Children’s services"],
        .adultSafeguarding: ["Adult social care"],
    ]
}

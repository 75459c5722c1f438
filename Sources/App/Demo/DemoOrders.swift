import Foundation

/// Orders of the courts and the police, and how they were kept. A stream of chance of its own, so that all else stays
/// as it was.
extension DemoGenerator {
    /// An order that was invented, before it is written.
    private struct Invented {
        let id: UUID
        let kind: OrderKind
        let made: DemoDay
        /// The last day; nil: until further order.
        let until: DemoDay?
        let conditions: String
        let court: String
        var service: OrderService
        var served: DemoDay?
    }

    /// The orders of a case that came to support: recorded while it was open, served or not, breached or kept. What
    /// comes of it for the risk: ends and breaches.
    mutating func writeOrders(of made: DemoCase) -> [DemoEvent] {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour
        else { return [] }
        var dice = DemoDice(.orders, made.key)
        let end = min(made.closed ?? clock.today, clock.today)
        let isLikely = made.traits.contains(.court) || made.traits.contains(.police)
        guard first < end, dice.chance(isLikely ? 55 : 9) else { return [] }
        var events: [DemoEvent] = []
        for number in 0..<(dice.chance(18) ? 2 : 1) {
            let span = max(1, min(number == 0 ? 60 : 200, (end - first) / 86_400))
            let at = clock.atWork(first + dice.below(span) * 86_400, &dice)
            guard at < end else { continue }
            events += writeOrder(of: made, at: at, until: end, by: worker, &dice)
        }
        return events
    }

    private mutating func writeOrder(
        of made: DemoCase, at: DemoMoment, until end: DemoMoment, by: Int, _ dice: inout DemoDice
    ) -> [DemoEvent] {
        var order = invented(made, clock.local(at).day, &dice)
        var said: [(at: DemoMoment, order: Invented)] = []
        let later = clock.atWork(at + dice.within(2...9) * 86_400, &dice)
        switch dice.pick(weighted: [(58, "later"), (22, "atOnce"), (12, "never"), (8, "notKnown")]) {
        case "later":
            said.append((at, order))
            guard later < end else { break }
            (order.service, order.served) = (.served, clock.local(later).day + -1)
            said.append((later, order))
        case "atOnce":
            (order.service, order.served) = (.served, order.made)
            said.append((at, order))
        case "never": said.append((at, order))
        default:
            order.service = .notKnown
            said.append((at, order))
        }
        write(said, of: made, by: by, &dice)
        var events: [DemoEvent] = []
        if let until = order.until, until >= clock.local(at).day {
            events.append(DemoEvent(kind: .orderEnding, day: until, at: at, order: order.id))
        }
        if let served = order.served, dice.chance(38) {
            let heard = clock.atWork((said.last?.at ?? at) + dice.within(3...45) * 86_400, &dice)
            let day = clock.local(heard).day + -dice.within(0...2)
            guard heard < end, day >= served, order.until.map({ day <= $0 }) ?? true else { return events }
            let id = dice.uuid()
            batch[.orderBreach].add(
                id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, order.id, day,
                dice.pick(Self.breaches),
                dice.pick(weighted: [(62, BreachReport.reported), (28, .notReported), (10, .notKnown)]).rawValue, heard,
                staff.all[by].id)
            event(made, "orderBreached", heard, by, id, "", &dice)
            events.append(DemoEvent(kind: .orderBreached, day: day, at: heard))
        }
        return events
    }

    private mutating func write(
        _ said: [(at: DemoMoment, order: Invented)], of made: DemoCase, by: Int, _ dice: inout DemoDice
    ) {
        guard let first = said.first else { return }
        let (agency, kind) = (organisations.agencies[made.agency].id, first.order.kind)
        batch[.legalOrder].add(
            first.order.id, partnership, agency, made.id, made.harmed.id, kind.rawValue, said.count, first.at,
            staff.all[by].id)
        for (place, one) in said.enumerated() {
            let order = one.order
            batch[.legalOrderChange].add(
                order.id, partnership, agency, made.id, made.harmed.id, place + 1, Self.applicant(kind).rawValue,
                order.court, order.made, order.service.rawValue, order.served, order.made, order.until,
                order.conditions, one.at, staff.all[by].id)
            event(made, place == 0 ? "orderRecorded" : "orderChanged", one.at, by, order.id, "", &dice)
        }
    }

    private func invented(_ made: DemoCase, _ recorded: DemoDay, _ dice: inout DemoDice) -> Invented {
        var kinds: [(Int, OrderKind)] = [(34, .nonMolestation), (8, .occupation), (3, .stalkingProtection)]
        if made.traits.contains(.police) {
            kinds += [(20, .bail), (8, .dvpo), (2, .dvpn), (10, .dapo), (2, .dapn), (14, .restraining), (3, .licence)]
        }
        if made.traits.contains(.children) { kinds += [(4, .section91)] }
        if made.traits.contains(.family) { kinds += [(2, .forcedMarriage), (1, .fgm)] }
        let kind = dice.pick(weighted: kinds)
        var day = recorded + -dice.within(0...3)
        let days = dice.pick(Self.lengths(kind))
        // Many an open case has one that was made long before the case was opened, and ends about now.
        if made.closed == nil, let days, dice.chance(55) {
            day = min(day, clock.local(clock.today).day + (dice.within(-12...26) - days))
        }
        return Invented(
            id: dice.uuid(), kind: kind, made: day, until: days.map { day + $0 },
            conditions: dice.pick(Self.conditions(kind)),
            court: Self.applicant(kind) == .police ? "" : dice.pick(Self.courts), service: .notServed)
    }

    private static func applicant(_ kind: OrderKind) -> OrderApplicant {
        switch kind {
        case .nonMolestation, .occupation: .person
        case .dapn, .dapo, .dvpn, .dvpo, .stalkingProtection, .bail: .police
        case .forcedMarriage, .fgm: .thirdParty
        case .restraining, .licence, .section91, .other: .court
        }
    }

    /// How many days it holds after the day on which it was made; nil: until further order.
    private static func lengths(_ kind: OrderKind) -> [Int?] {
        switch kind {
        case .dapn, .dvpn: [2]
        case .dvpo: [14, 28]
        case .bail: [28, 90]
        case .occupation: [182, 365]
        case .nonMolestation: [182, 365, 365, nil]
        case .dapo, .licence: [365, 182, nil]
        case .restraining: [730, 1_826, nil]
        case .stalkingProtection, .section91: [730, 1_096]
        case .forcedMarriage, .fgm, .other: [nil]
        }
    }

    private static func conditions(_ kind: OrderKind) -> [String] {
        switch kind {
        case .occupation: ["To leave the home and not come back to it.", "The back room and the stairs only."]
        case .section91: ["No application about contact without the court’s leave."]
        case .forcedMarriage, .fgm: ["Not to be taken abroad. The passport stays with the court."]
        default: [
            "No contact, by any way or through anybody.", "Not to come within 100 metres of the home or the school.",
            "Not to use or threaten violence. Not to come into the street.",
        ]
        }
    }

    private static let courts = ["The family court", "The county court", "The magistrates’ court", "The Crown Court"]

    private static let breaches = [
        "Stood across the road for half an hour.", "Eleven messages in one night, from a new number.",
        "Came to the school gate.", "Sent a friend with a letter.", "Rang the bell and left before anybody came.",
    ]
}

import Foundation

/// Households that looked for somewhere safe: who was asked, what they said, and how it ended; one home is held now. A
/// stream of chance of its own.
extension DemoGenerator {
    mutating func writeHousing(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour,
            made.movedTo == nil else { return }
        var dice = DemoDice(.housing, made.key)
        // Of one of the stories a home is held now.
        let isHeld = !hasHeld && made.key >= Self.castKey && made.closed == nil && !freeUnits.isEmpty
            && made.agency == DemoOrganisations.frontDoor && !made.isRestricted
        hasHeld = hasHeld || isHeld
        let risk = made.assessments.last?.level ?? "notAssessed"
        guard isHeld || dice.chance(risk == "high" ? 24 : 7) else { return }
        let at = isHeld ? clock.moment(clock.day(ago: 1), minute: 1_200) : clock.atWork(first + 3_600, &dice)
        let end = at + dice.within(4...160) * 3_600
        // Who asks on the telephone tonight still has none.
        guard isHeld || end < min(made.closed ?? clock.today, clock.today) else { return }
        let request = dice.uuid()
        let outcome: String? = isHeld ? nil : dice.pick(weighted: Self.endings)
        addRequest(request, of: made, worker, at, risk, (outcome, end), &dice)
        for number in 0..<dice.pick(weighted: [(4, 1), (3, 2), (2, 3), (1, 0)]) {
            let asked = at + (number + 1) * 1_500
            addElsewhere(request, of: made, worker, asked, &dice)
        }
        if outcome == "otherRefuge" { addElsewhere(request, of: made, worker, end, &dice, moved: clock.local(end).day) }
        if isHeld {
            refuse(request, of: made, worker, at + 2_700, &dice)
            hold(request, of: made, worker, at + 5_400, &dice)
        }
        event(made, "housingSought", at, worker, request, "", &dice)
        if outcome != nil { event(made, "housingEnded", end, worker, request, "", &dice) }
        if outcome == "otherRefuge", dice.chance(60) {
            writeTravel(request, of: made, staff.all[worker].id, end, &dice)
        }
    }

    private mutating func addRequest(
        _ id: UUID, of made: DemoCase, _ worker: Int, _ at: DemoMoment, _ risk: String,
        _ ended: (outcome: String?, at: DemoMoment), _ dice: inout DemoDice
    ) {
        let children = (0..<dice.pick(weighted: [(4, 0), (3, 1), (3, 2), (2, 3), (1, 4)])).map { _ in
            (age: dice.below(17), sex: dice.chance(50) ? "girl" : "boy")
        }
        let by = staff.all[worker].id
        batch[.housingRequest].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, clock.local(at).day,
            dice.pick([0, 0, 0, 1, 2]), made.harmed.isFemale ? 1 : 0, made.harmed.isFemale ? 0 : 1, 0,
            "{\(children.map { String($0.age) }.joined(separator: ","))}",
            "{\(children.map(\.sex).joined(separator: ","))}", dice.pick(["no", "no", "no", "yes", "notKnown"]), "{}",
            dice.chance(15) ? "{dog}" : "{}", dice.pick(["{}", "{}", "{mentalHealth}", "{substances}"]),
            dice.pick(["publicFunds", "publicFunds", "publicFunds", "none", "mvdac"]),
            dice.pick(["daytime", "floating", "roundTheClock"]), "{refuge,specialist,dispersed}",
            made.harmed.area.map { organisations.areas[$0].id }, "{}", risk, "yes", "",
            ended.outcome == nil ? nil : ended.at, ended.outcome == nil ? nil : by, ended.outcome, at, by)
    }

    /// Somebody outside the partnership was asked, who said no with a reason, or took them in.
    private mutating func addElsewhere(
        _ request: UUID, of made: DemoCase, _ worker: Int, _ at: DemoMoment, _ dice: inout DemoDice,
        moved: DemoDay? = nil
    ) {
        let (state, reason) = moved == nil ? dice.pick(weighted: Self.answers) : ("placed", "")
        let by = staff.all[worker].id
        batch[.housingOffer].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, request,
            nil as UUID?, nil as UUID?, "A refuge \(dice.pick(["north", "south", "west", "east"])) of here",
            "R\(dice.within(10_000...99_999))", state, nil as DemoMoment?, at, by, at + 900, by,
            reason.isEmpty ? "{}" : "{\(reason)}", reason.isEmpty ? nil : reason, moved,
            nil as Int?, nil as Int?, nil as UUID?)
    }

    /// Another home of the partnership was held first; its provider said no, which whoever asked has not read yet.
    private mutating func refuse(
        _ request: UUID, of made: DemoCase, _ worker: Int, _ at: DemoMoment, _ dice: inout DemoDice
    ) {
        guard freeUnits.count > 1, let (unit, provider) = freeUnits.last,
            let place = organisations.agencies.firstIndex(where: { $0.id == provider }) else { return }
        let (by, provides) = (staff.all[worker].id, staff.all[staff.accommodationWorker(at: place)].id)
        let agency = organisations.agencies[made.agency].id
        batch[.housingOffer].add(
            dice.uuid(), partnership, agency, made.id, made.harmed.id, request, unit, provider, "", "",
            "refusedByService", at + 24 * 3_600, at, by, at + 1_500, provides, "{staff}", "staff", nil as DemoDay?,
            1, 0, made.harmed.area.map { organisations.areas[$0].id })
        batch[.housingTask].add(
            dice.uuid(), partnership, agency, made.id, request, nil as UUID?, "housingNews",
            "The service said no: too few staff", by, at + 1_500, at + 5_100)
    }

    /// A home that is free is held for them until tomorrow.
    private mutating func hold(
        _ request: UUID, of made: DemoCase, _ worker: Int, _ at: DemoMoment, _ dice: inout DemoDice
    ) {
        guard let (unit, provider) = freeUnits.first else { return }
        let (id, by, until) = (dice.uuid(), staff.all[worker].id, at + 48 * 3_600)
        batch[.housingOffer].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, request, unit, provider,
            "", "", "held", until, at, by, nil as DemoMoment?, nil as UUID?, "{}", nil as String?, nil as DemoDay?,
            1, 0, made.harmed.area.map { organisations.areas[$0].id })
        batch[.unitHold].add(
            dice.uuid(), partnership, provider, unit, "hold", "[\(Self.text(clock.day(ago: 0))),)", id, until, at, by)
        batch[.housingTask].add(
            dice.uuid(), partnership, organisations.agencies[made.agency].id, made.id, request, nil as UUID?, "housing",
            "", by, at, until)
    }

    private static let endings = [
        (40, "otherRefuge"), (10, "elsewhereSafe"), (8, "withdrawn"), (8, "noContact"), (7, "generalTemporary"),
        (5, "bedAndBreakfast"), (3, "womenOnlyTemporary"), (6, "hiddenHomeless"), (5, "returned"),
    ]
    private static let answers = [
        refused(34, "noSpace"), refused(8, "size"), refused(6, "mentalHealth"), refused(5, "olderSon"),
        refused(5, "noFunds"), refused(4, "riskArea"), refused(3, "pets"), refused(2, "noLocalConnection"),
        refused(3, "inappropriate"), (14, ("declinedByClient", "declinedLocation")),
        (7, ("declinedByClient", "declinedCommunal")), (6, ("noContact", "noContact")),
    ]
    private static func refused(_ weight: Int, _ reason: String) -> (Int, (String, String)) {
        (weight, ("refusedByService", reason))
    }
}

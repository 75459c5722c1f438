import Foundation

/// Landlords that house one another's tenants, and the homes that were asked of them. A stream of chance of its own, so
/// that all else stays as it was.
extension DemoGenerator {
    private static let names: [(String, LandlordKind, Bool)] = [
        ("Soarside Borough Council", .council, true), ("Wreake Homes", .registeredProvider, true),
        ("Bradgate Housing Association", .registeredProvider, true), ("Trentbank City Council", .council, false),
        ("Peak Edge Homes", .registeredProvider, false),
    ]

    mutating func writeLandlords() {
        var dice = DemoDice(.reciprocal, 0)
        let by = staff.all[staff.accommodationWorker(at: DemoOrganisations.womensAid)].id
        for (name, kind, isHere) in Self.names {
            let id = dice.uuid()
            landlords.append(id)
            batch[.landlord].add(
                id, partnership, name, kind.rawValue, isHere, clock.moment(clock.day(ago: 700), minute: 620), by)
        }
    }

    /// What was asked of another landlord for the tenant of a case: few are.
    mutating func writeReciprocal(of made: DemoCase) {
        guard let worker = made.worker, let first = made.firstContact, made.agency != DemoOrganisations.behaviour,
            made.movedTo == nil else { return }
        var dice = DemoDice(.reciprocal, made.key + 1)
        let end = min(made.closed ?? clock.today, clock.today)
        let asked = clock.atWork(first + dice.within(2...9) * 86_400, &dice)
        guard asked < end, dice.chance(made.traits.contains(.housing) ? 14 : 3) else { return }
        var course = dice.pick(weighted: Self.courses)
        var days = [asked]
        for _ in course {
            let next = clock.atWork(days[days.count - 1] + dice.within(4...18) * 86_400, &dice)
            guard next < end else { break }
            days.append(next)
        }
        course = Array(course.prefix(days.count - 1))
        let (from, rooms) = (dice.below(3), dice.within(1...3))
        let to = (from + 1 + dice.below(Self.names.count - 1)) % Self.names.count
        let tenancy: Tenancy = Self.names[from].1 == .council ? .secure : .assured
        // Of one in five the tenancy would not be kept.
        let kept: Tenancy = Self.names[to].1 == .council ? .secure : .assured
        let offered = dice.chance(20) ? Tenancy.fixedTerm : kept
        func day(_ states: ReciprocalState...) -> DemoDay? {
            course.firstIndex { states.contains($0) }.map { clock.local(days[$0 + 1]).day }
        }
        let offeredOn = day(.offered)
        let (id, by) = (dice.uuid(), staff.all[worker].id)
        let answerBy = working(Reciprocal.answerDays, after: clock.local(asked).day)
        batch[.reciprocal].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, landlords[from],
            landlords[to], rooms, tenancy.rawValue, "", (course.last ?? .asked).rawValue, clock.local(asked).day,
            answerBy, offeredOn, offeredOn == nil ? nil : max(1, rooms - (dice.chance(15) ? 1 : 0)),
            offeredOn == nil ? nil : offered.rawValue, day(.accepted), day(.moved), day(.refused, .withdrawn),
            course.last == .refused ? dice.pick(["noHome", "noneOfSize", "hasGivenMore", "wantsElsewhere"]) : nil,
            course.count + 1, asked, by)
        if course.isEmpty, made.closed == nil {
            batch[.housingTask].add(
                dice.uuid(), partnership, organisations.agencies[made.agency].id, made.id, nil as UUID?, id,
                "reciprocal", Self.names[to].0, by, asked, clock.moment(answerBy, minute: WorkingDays.endOfDay))
        }
        event(made, "reciprocalAsked", asked, worker, id, "", &dice)
        for (step, at) in zip(course, days.dropFirst()) {
            event(made, "reciprocalMoved", at, worker, id, step.label, &dice)
        }
    }

    private static let courses: [(Int, [ReciprocalState])] = [
        (6, [.offered, .accepted, .moved]), (2, [.offered, .accepted]), (2, [.offered]), (3, []), (3, [.refused]),
        (1, [.offered, .refused]), (1, [.withdrawn]),
    ]

    /// How a household of a search that has ended travelled.
    mutating func writeTravel(
        _ request: UUID, of made: DemoCase, _ by: UUID, _ at: DemoMoment, _ dice: inout DemoDice
    ) {
        let (how, payer) = dice.pick(weighted: [
            (5, ("train", "railToRefuge")), (3, ("taxi", "theService")), (2, ("driven", "police")),
            (1, ("ownCar", "themselves")),
        ])
        batch[.housingTravel].add(
            request, partnership, organisations.agencies[made.agency].id, made.id, made.harmed.id, how, payer, "yes",
            at, by)
    }
}

extension Findings {
    /// H1: beds, rooms, and how many adults and children the service takes here. Fails when it fails whatever the
    /// answers to what isn't known, asks when it depends on them.
    mutating func judgeSize(_ household: Household, _ unit: HousingUnit) {
        let rooms = Self.roomsNeeded(household, unit)
        let fewest = household.atBest.beds(cots: unit.cots.value ?? .max)
        let beds = fewest...max(fewest, household.atWorst.beds(cots: unit.cots.value ?? 0))
        if Self.exceeds(beds, unit.bedspaces) || Self.exceeds(rooms, unit.bedrooms)
            || Self.exceeds(household.adults, unit.maxAdults) || Self.exceeds(household.children, unit.maxChildren)
        {
            return fail(.size)
        }
        let hasBaby = household.atBest.inCots + household.atWorst.inCots > 0
        let unsaid = household.unknownSizes
        askSize(
            beds, unit.bedspaces, .bedspaces, unsaid.intersection([.members, .childrensAges, .expecting]),
            unit.cots.isUnknown && hasBaby ? [.cots] : [])
        askSize(
            rooms, unit.bedrooms, .bedrooms, unsaid.intersection([.members, .childrensAges, .childrensSex]),
            unit.familySharesRoom.isUnknown ? [.familyRoom] : [])
        askSize(household.adults, unit.maxAdults, .maxAdults, unsaid.intersection([.members]), [])
        askSize(household.children, unit.maxChildren, .maxChildren, unsaid.intersection([.members]), [])
        if unit.familySharesRoom.value == true, let bedrooms = unit.bedrooms.value,
            household.rooms.upperBound > bedrooms
        {
            notes.insert(.familyRoom)
        }
    }

    private static func exceeds(_ needed: ClosedRange<Int>, _ limit: Known<Int>) -> Bool {
        limit.value.map { needed.lowerBound > $0 } ?? false
    }

    /// Asks when the most that may be needed is more than there is, or when it isn't known what there is.
    private mutating func askSize(
        _ needed: ClosedRange<Int>, _ limit: Known<Int>, _ question: MatchQuestion,
        _ household: CaseSet<MatchQuestion>, _ service: CaseSet<MatchQuestion>
    ) {
        guard needed.upperBound > (limit.value ?? 0) else { return }
        ask(.size, household.union(service))
        if limit.isUnknown { ask(.size, [question]) }
    }

    private static func roomsNeeded(_ household: Household, _ unit: HousingUnit) -> ClosedRange<Int> {
        switch unit.familySharesRoom {
        case .known(true): 1...1
        case .known(false): household.rooms
        case .unknown: 1...household.rooms.upperBound
        }
    }
}

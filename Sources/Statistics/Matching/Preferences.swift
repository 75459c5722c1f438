extension Matching {
    /// The numbers of a unit in the order of the policy, for one that fits or may fit.
    func ranks(_ household: Household, _ unit: HousingUnit) -> SIMD8<Int32> {
        var ranks = SIMD8<Int32>(repeating: 0)
        for (place, preference) in policy.order.enumerated() {
            let value = value(preference, household, unit)
            ranks[place] = value.map { Int32(clamping: max(0, min($0, Int(Int32.max) - 1))) } ?? .max
        }
        return ranks
    }

    private func value(
        _ preference: MatchingPolicy.Preference, _ household: Household, _ unit: HousingUnit
    ) -> Int? {
        let need = household.need
        switch preference {
        case .groups: return Self.missing(need.groups, unit.groups)
        case .languages: return Self.missing(need.languages, unit.languages)
        case .distance: return need.distanceBands.isEmpty ? 0 : need.distanceBands[unit.id]
        case .area:
            if need.areasWanted.isEmpty { return 0 }
            return unit.area.value.map { need.areasWanted.contains($0) ? 0 : 1 }
        case .spareBeds:
            let spare = unit.bedspaces.value.map { $0 - household.atWorst.beds(cots: unit.cots.value ?? 0) }
            // Less than nothing: it isn't known yet how many beds they need.
            return spare.flatMap { $0 < 0 ? nil : $0 }
        case .sparedAdaptations:
            let adapted: CaseSet<HousingUnit.Access> = [.wheelchair, .wetRoom, .hearing, .sight]
            return unit.access.has.intersection(adapted).subtracting(need.access.has).count
        case .wait:
            switch unit.availability {
            case .known(.freeFrom(let day)): return need.from.value.map { day - $0 }
            case .known: return 0
            case .unknown: return nil
            }
        case .balance: return balance[unit.provider] ?? 0
        }
    }

    private static func missing(_ asked: Set<String>, _ offered: Known<Set<String>>) -> Int? {
        asked.isEmpty ? 0 : offered.value.map { asked.subtracting($0).count }
    }
}

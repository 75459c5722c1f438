/// Where and when: H3 areas, H9 who lives near, H10 whether it can be had, H11 agreement and level of risk.
extension Findings {
    mutating func judgeSafety(_ household: Household, _ unit: HousingUnit) {
        let need = household.need
        judgeArea(household, unit)
        judgeNetwork(need, unit)
        judgeSpace(need, unit)
        if need.consents.value != true {
            if need.consents.isUnknown { ask(.consent, [.consent]) } else { fail(.consent) }
        }
        if !need.kinds.has.contains(unit.kind) {
            if need.kinds.unknown.contains(unit.kind) { ask(.kind, [.kindsWanted]) } else { fail(.kind) }
        }
        judgeLevel(.staff, need.staffing, most: unit.staffing, asking: .staffingNeeded, .staffing)
        judgeLevel(.risk, need.risk, most: unit.highestRisk, asking: .riskLevel, .highestRisk)
        if unit.asksLocalConnection.value == true { notes.insert(.localConnection) }
        if need.expecting.value == true { notes.insert(.babyDue) }
    }

    /// Not into an area where those who harm them are, and not into a service that is known where they come from.
    private mutating func judgeArea(_ household: Household, _ unit: HousingUnit) {
        let need = household.need
        if let area = unit.area.value, need.unsafeAreas.value?.contains(area) ?? false { return fail(.area) }
        if let excluded = unit.exclusionAreas.value, !excluded.isDisjoint(with: household.areas) { return fail(.area) }
        if need.unsafeAreas.isUnknown { ask(.area, [.unsafeAreas]) }
        if unit.area.isUnknown, !(need.unsafeAreas.value?.isEmpty ?? false) { ask(.area, [.unitsArea]) }
        if need.homeArea.isUnknown, !(unit.exclusionAreas.value?.isEmpty ?? false) { ask(.area, [.homeArea]) }
        let comesFromNowhere = household.areas.isEmpty && !need.homeArea.isUnknown && !need.unsafeAreas.isUnknown
        if unit.exclusionAreas.isUnknown, !comesFromNowhere { ask(.area, [.exclusionAreas]) }
    }

    private mutating func judgeNetwork(_ need: HousingNeed, _ unit: HousingUnit) {
        if need.tooNear.value?.contains(unit.id) ?? false || need.conflicts.value?.contains(unit.id) ?? false {
            return fail(.network)
        }
        if need.tooNear.isUnknown || need.conflicts.isUnknown { ask(.network, [.whoLivesNear]) }
    }

    private mutating func judgeSpace(_ need: HousingNeed, _ unit: HousingUnit) {
        switch unit.availability {
        case .known(.freeNow): return
        case .known(.freeFrom(let day)):
            guard let from = need.from.value else { return ask(.noSpace, [.dayNeeded]) }
            if day > from + need.canWait { return fail(.noSpace) }
            if day > from { notes.insert(.wait) }
        case .known(.held), .known(.occupied), .known(.void), .known(.closed): fail(.noSpace)
        case .unknown: ask(.noSpace, need.from.isUnknown ? [.availability, .dayNeeded] : [.availability])
        }
    }

    /// A level that must not be above what there is. The least needs nothing, and the most is enough for everybody.
    private mutating func judgeLevel<Level: BitCase & Comparable>(
        _ reason: MatchReason, _ needed: Known<Level>, most: Known<Level>, asking household: MatchQuestion,
        _ service: MatchQuestion
    ) {
        if let needed = needed.value, let most = most.value {
            if needed > most { fail(reason) }
            return
        }
        if needed.value?.rawValue == 0 || most.value?.rawValue == Level.allCases.count - 1 { return }
        if needed.isUnknown { ask(reason, [household]) }
        if most.isUnknown { ask(reason, [service]) }
    }
}

/// What a service takes: H2 access, H4 sex, H5 sons, H6 funding, H7 animals, H8 needs.
extension Findings {
    mutating func judgeService(_ household: Household, _ unit: HousingUnit) {
        let need = household.need
        hold(.access, needs: need.access, offer: unit.access, ask: .accessNeeded, .accessOffered)
        // The law takes assistance animals everywhere, so only the others are held against what the service takes.
        hold(.pets, needs: need.pets.without([.assistance]), offer: unit.pets, ask: .animals, .animalsTaken)
        if need.pets.has.contains(.assistance) { notes.insert(.assistanceAnimal) }
        for (support, reason) in Self.supports {
            hold(reason, needs: need.supports.only(support), offer: unit.supports, ask: .supportNeeds, .supportsTaken)
        }
        judgeSex(household, unit)
        judgeSons(household, unit)
        judgeFunds(need, unit)
    }

    private static let supports: [(CaseSet<HousingUnit.Support>, MatchReason)] = [
        ([.mentalHealth], .mentalHealth), ([.substanceUse], .substanceUse), ([.offending], .offending),
        ([.arson], .arson),
    ]

    /// A service for women or for men takes adults of that sex, and trans residents by its own stated policy. Children
    /// come with their parent: sons have a rule of their own.
    private mutating func judgeSex(_ household: Household, _ unit: HousingUnit) {
        let takes = unit.takes.value
        if takes == .anyone { return }
        let asksPolicy = household.need.needsTransPolicy
        if takes == .women && household.hasMan || takes == .men && household.hasWoman
            || takes != nil && asksPolicy && unit.takesTrans.value == false
        {
            return fail(.sex)
        }
        if takes == nil { ask(.sex, [.whoIsTaken]) }
        if household.hasAdultOfUnknownSex {
            ask(.sex, household.need.adults.isUnknown ? [.members] : [.adultsSex])
        }
        if household.hasAdultOfOtherSex { ask(.sex, [.policyOnSex]) }
        if asksPolicy, unit.takesTrans.isUnknown { ask(.sex, [.policyOnTrans]) }
    }

    private mutating func judgeSons(_ household: Household, _ unit: HousingUnit) {
        switch unit.oldestBoy {
        case .known(.noLimit): return
        case .known(.upTo(let age)) where household.oldestBoy > age: return fail(.olderSon)
        case .known(.upTo(let age)) where household.oldestPossibleBoy <= age: return
        case .unknown where household.oldestPossibleBoy < 0: return
        case .unknown: ask(.olderSon, [.oldestBoy])
        case .known: break
        }
        if household.need.children.isUnknown { return ask(.olderSon, [.members]) }
        if household.unknownSizes.contains(.childrensAges) { ask(.olderSon, [.childrensAges]) }
        if household.unknownSizes.contains(.childrensSex) { ask(.olderSon, [.childrensSex]) }
    }

    /// Who takes somebody with nothing takes somebody with something, too.
    private mutating func judgeFunds(_ need: HousingNeed, _ unit: HousingUnit) {
        let paying: CaseSet<HousingUnit.Funding>
        switch need.funds {
        case .known(.publicFunds): return
        case .known(.mvdac): paying = [.mvdac, .bedFund, .unfunded]
        case .known(.section17): paying = [.section17, .bedFund, .unfunded]
        case .known(.none), .unknown: paying = [.bedFund, .unfunded]
        }
        if !paying.intersection(unit.funding.has).isEmpty { return }
        if need.funds.isUnknown {
            ask(.funds, [.funds])
            if !unit.funding.unknown.isEmpty { ask(.funds, [.fundingTaken]) }
        } else if paying.intersection(unit.funding.unknown).isEmpty {
            fail(.funds)
        } else {
            ask(.funds, [.fundingTaken])
        }
    }
}

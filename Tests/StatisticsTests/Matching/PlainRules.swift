import Statistics

/// The hard rules said once more, for facts that are all known: by trying things out rather than by bounds and bits.
enum PlainRules {
    static func failing(_ need: HousingNeed, _ unit: HousingUnit) -> Set<MatchReason> {
        var failing: Set<MatchReason> = []
        let adults = need.adults.value!, children = need.children.value!
        if !fitsInside(need, unit) || adults.count > unit.maxAdults.value!
            || children.count > unit.maxChildren.value!
        {
            failing.insert(.size)
        }
        if need.access.has.cases.contains(where: { !unit.access.has.contains($0) }) { failing.insert(.access) }
        for pet in need.pets.has.cases where pet != .assistance && !unit.pets.has.contains(pet) {
            failing.insert(.pets)
        }
        let reasons: [HousingUnit.Support: MatchReason] = [
            .mentalHealth: .mentalHealth, .substanceUse: .substanceUse, .offending: .offending, .arson: .arson,
        ]
        for support in need.supports.has.cases where !unit.supports.has.cases.contains(support) {
            failing.insert(reasons[support]!)
        }
        let refused: HousingNeed.Sex? =
            unit.takes.value! == .women ? .male : unit.takes.value! == .men ? .female : nil
        if let refused {
            if adults.contains(where: { $0.sex.value == refused }) { failing.insert(.sex) }
            if need.needsTransPolicy, !unit.takesTrans.value! { failing.insert(.sex) }
        }
        if case .upTo(let age) = unit.oldestBoy.value! {
            for child in children where child.sex.value == .male && child.age.value! > age { failing.insert(.olderSon) }
        }
        if !isPaid(need.funds.value!, unit.funding.has.cases) { failing.insert(.funds) }
        return failing.union(whereAndWhen(need, unit))
    }

    private static func whereAndWhen(_ need: HousingNeed, _ unit: HousingUnit) -> Set<MatchReason> {
        var failing: Set<MatchReason> = []
        for unsafe in need.unsafeAreas.value! where unsafe == unit.area.value! { failing.insert(.area) }
        for area in need.unsafeAreas.value! + [need.homeArea.value!] where unit.exclusionAreas.value!.contains(area) {
            failing.insert(.area)
        }
        if need.tooNear.value!.union(need.conflicts.value!).contains(unit.id) { failing.insert(.network) }
        let last = need.from.value! + need.canWait
        let isFree =
            switch unit.availability.value! {
            case .freeNow: true
            case .freeFrom(let first): (first...max(first, last)).contains(last)
            case .held, .occupied, .void, .closed: false
            }
        if !isFree { failing.insert(.noSpace) }
        if !need.consents.value! { failing.insert(.consent) }
        if !need.kinds.has.cases.contains(unit.kind) { failing.insert(.kind) }
        if need.staffing.value!.rawValue > unit.staffing.value!.rawValue { failing.insert(.staff) }
        if need.risk.value!.rawValue > unit.highestRisk.value!.rawValue { failing.insert(.risk) }
        return failing
    }

    private static func isPaid(_ funds: HousingNeed.Funds, _ taken: [HousingUnit.Funding]) -> Bool {
        if funds == .publicFunds || taken.contains(.bedFund) || taken.contains(.unfunded) { return true }
        return funds == .mvdac && taken.contains(.mvdac) || funds == .section17 && taken.contains(.section17)
    }

    private static func fitsInside(_ need: HousingNeed, _ unit: HousingUnit) -> Bool {
        let adults = need.adults.value!, children = need.children.value!
        var cots = unit.cots.value!, beds = unit.bedspaces.value!
        for age in children.map({ $0.age.value! }) + adults.map({ _ in 30 }) + (need.expecting.value! ? [0] : []) {
            if age < 2, cots > 0 { cots -= 1 } else { beds -= 1 }
        }
        let forAdults = need.hasCouple && adults.count > 1 ? adults.count - 1 : adults.count
        let rooms = unit.familySharesRoom.value! ? 1 : forAdults + fewestRooms(children)
        return beds >= 0 && rooms <= unit.bedrooms.value!
    }

    /// Puts the first child alone or with each other child that may share, and the rest likewise.
    static func fewestRooms(_ children: [HousingNeed.Child]) -> Int {
        guard let first = children.first else { return 0 }
        let rest = Array(children.dropFirst())
        return rest.indices.reduce(1 + fewestRooms(rest)) { fewest, index in
            let ages = [first.age.value!, rest[index].age.value!]
            let areOfOneSex = first.sex == rest[index].sex
            guard ages.allSatisfy({ $0 < 10 }) || areOfOneSex && ages.allSatisfy({ $0 < 16 }) else { return fewest }
            var others = rest
            others.remove(at: index)
            return min(fewest, 1 + fewestRooms(others))
        }
    }
}

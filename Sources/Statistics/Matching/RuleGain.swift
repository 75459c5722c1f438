/// What it would give all waiting households if no unit had a certain rule: what a commissioner could change.
public struct RuleGain: Hashable, Sendable {
    public let reason: MatchReason
    /// Households that have no match now and would have one, each by itself.
    public let households: Int
    /// Households more that could be placed at the same time, a unit each.
    public let placed: Int
}

extension Matching {
    /// For each rule of the services, what lifting it alone would give: most placed first, then most households, then
    /// in the order of the reasons.
    public func gains(
        for needs: [HousingNeed], among units: [HousingUnit], reaching standing: MatchStanding = .fits
    ) -> [RuleGain] {
        let blockers = needs.map { need in
            let household = Household(need)
            return units.map { unit in
                let findings = Self.judge(household, unit)
                return standing == .fits ? findings.blockers : findings.failed
            }
        }
        let unplaced = MostPlaced(blockers, lifting: [])
        let found = MatchReason.allCases.filter(\.isOfService).map { reason in
            var placed = unplaced
            placed.lift([reason])
            return RuleGain(
                reason: reason, households: placed.withMatch - unplaced.withMatch,
                placed: placed.count - unplaced.count)
        }
        return found.sorted {
            ($1.placed, $1.households, $0.reason.rawValue) < ($0.placed, $0.households, $1.reason.rawValue)
        }
    }
}

/// The most households that can be placed at once, a unit each, by augmenting paths (Kuhn 1955; Berge 1957).
struct MostPlaced {
    private let blockers: [[CaseSet<MatchReason>]]
    private var lifted: CaseSet<MatchReason>
    private var unitOf: [Int?]
    private var householdOf: [Int?]
    /// Units that the search for one household has looked at, by the number of the search.
    private var looked: [Int]
    private var search = 0

    init(_ blockers: [[CaseSet<MatchReason>]], lifting lifted: CaseSet<MatchReason>) {
        self.blockers = blockers
        self.lifted = lifted
        unitOf = blockers.map { _ in nil }
        householdOf = Array(repeating: nil, count: blockers.first?.count ?? 0)
        looked = Array(repeating: 0, count: householdOf.count)
        place()
    }

    /// How many are placed.
    var count: Int { unitOf.filter { $0 != nil }.count }

    /// How many have any unit.
    var withMatch: Int { blockers.filter { $0.contains { $0.isSubset(of: lifted) } }.count }

    /// Looks away from these rules, too, and goes on from who is placed.
    mutating func lift(_ reasons: CaseSet<MatchReason>) {
        lifted = lifted.union(reasons)
        place()
    }

    private mutating func place() {
        for household in blockers.indices where unitOf[household] == nil {
            search += 1
            _ = findUnit(household)
        }
    }

    private mutating func findUnit(_ household: Int) -> Bool {
        for unit in householdOf.indices where looked[unit] != search && blockers[household][unit].isSubset(of: lifted) {
            looked[unit] = search
            if let other = householdOf[unit], !findUnit(other) { continue }
            unitOf[household] = unit
            householdOf[unit] = household
            return true
        }
        return false
    }
}

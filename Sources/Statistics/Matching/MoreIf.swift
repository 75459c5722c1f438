/// One need or fact of a household without which more might fit.
public enum MatchFact: Hashable, Sendable {
    /// One child fewer, whichever.
    case oneChild
    /// That there are so many: beds, rooms and limits.
    case size
    /// The oldest son's age, where it is known.
    case son(age: Int?)
    case access(HousingUnit.Access)
    case pet(HousingUnit.Pet)
    case support(HousingUnit.Support)
    /// No recourse to public funds, with what there is instead.
    case funds(HousingNeed.Funds)
    case staffing
    case risk
    /// That the service's policy must take trans residents.
    case transPolicy
    /// Which adults the service takes.
    case sex
    /// The kinds of accommodation that they would not take.
    case kinds
    /// Where they come from and where they are not safe.
    case areas
    /// Who lives near.
    case network
    /// That it isn't free in time.
    case vacancy
}

/// How many more units would match if one fact were different.
public struct MoreIf: Hashable, Sendable {
    public let fact: MatchFact
    /// Units that match then and don't now.
    public let units: Int
}

extension Matching {
    /// For each need and fact of the household by itself, how many more units would match without it ("12 more if no
    /// wheelchair"): the most first, then in the order of `MatchFact`. Facts without which nothing changes have 0.
    public func moreIf(
        for need: HousingNeed, among units: [HousingUnit], reaching standing: MatchStanding = .fits
    ) -> [MoreIf] {
        let household = Household(need)
        let closed = units.filter { !Self.judge(household, $0).reaches(standing, lifting: []) }
        let found = Self.changes(of: household).map { change in
            let households = change.needs.map(Household.init)
            let opened = closed.filter { unit in
                households.contains { Self.judge($0, unit).reaches(standing, lifting: change.lifted) }
            }
            return MoreIf(fact: change.fact, units: opened.count)
        }
        return found.enumerated()
            .sorted { ($1.element.units, $0.offset) < ($0.element.units, $1.offset) }.map(\.element)
    }

    /// A fact, the household without it (any of them), and the rules that aren't looked at.
    struct Change {
        let fact: MatchFact
        var needs: [HousingNeed]
        var lifted: CaseSet<MatchReason> = []
    }

    static func changes(of household: Household) -> [Change] {
        let need = household.need
        var changes = sizes(household)
        func without(_ fact: MatchFact, _ change: (inout HousingNeed) -> Void) {
            var changed = need
            change(&changed)
            changes.append(Change(fact: fact, needs: [changed]))
        }
        for one in need.access.has.cases { without(.access(one)) { $0.access = $0.access.without([one]) } }
        for one in need.pets.has.subtracting([.assistance]).cases {
            without(.pet(one)) { $0.pets = $0.pets.without([one]) }
        }
        for one in need.supports.has.cases { without(.support(one)) { $0.supports = $0.supports.without([one]) } }
        if let funds = need.funds.value, funds != .publicFunds {
            without(.funds(funds)) { $0.funds = .known(.publicFunds) }
        }
        if need.staffing.value ?? .floating > .floating { without(.staffing) { $0.staffing = .known(.floating) } }
        if need.risk.value ?? .standard > .standard { without(.risk) { $0.risk = .known(.standard) } }
        if need.needsTransPolicy { without(.transPolicy) { $0.needsTransPolicy = false } }
        if need.kinds.has != .all { without(.kinds) { $0.kinds = .known(.all) } }
        func lift(_ fact: MatchFact, _ reason: MatchReason) {
            changes.append(Change(fact: fact, needs: [need], lifted: [reason]))
        }
        lift(.sex, .sex)
        if !household.areas.isEmpty { lift(.areas, .area) }
        if !(need.tooNear.value ?? []).union(need.conflicts.value ?? []).isEmpty { lift(.network, .network) }
        lift(.vacancy, .noSpace)
        return changes
    }

    private static func sizes(_ household: Household) -> [Change] {
        let need = household.need
        var changes: [Change] = []
        if let children = need.children.value, !children.isEmpty {
            let fewer = children.indices.map { left in
                var changed = need
                var others = children
                others.remove(at: left)
                changed.children = .known(others)
                return changed
            }
            changes.append(Change(fact: .oneChild, needs: fewer))
        }
        changes.append(Change(fact: .size, needs: [need], lifted: [.size]))
        if household.oldestPossibleBoy >= 0 {
            let age = household.oldestBoy == household.oldestPossibleBoy ? household.oldestBoy : nil
            changes.append(Change(fact: .son(age: age), needs: [need], lifted: [.olderSon]))
        }
        return changes
    }
}

extension Findings {
    func reaches(_ standing: MatchStanding, lifting lifted: CaseSet<MatchReason>) -> Bool {
        (standing == .fits ? blockers : failed).isSubset(of: lifted)
    }
}

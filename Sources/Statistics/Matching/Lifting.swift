/// Reasons which, lifted together, give a household a match.
public struct Lifting: Hashable, Sendable {
    /// What would have to be lifted; nothing where there is a match as it is.
    public let reasons: CaseSet<MatchReason>
    /// How many units would match then.
    public let units: Int
}

extension MatchVerdict {
    /// Whether it would reach `standing` if no rule of `lifted` were looked at.
    public func reaches(_ standing: MatchStanding, lifting lifted: CaseSet<MatchReason> = []) -> Bool {
        switch standing {
        case .fits: blockers.isSubset(of: lifted)
        case .ask: failed.isSubset(of: lifted)
        case .doesNot: true
        }
    }
}

extension Matching {
    /// The smallest sets of reasons whose lifting would give a match: all sets of the smallest size, those that open
    /// most units first, at most `limit` of them. Unmet need is counted by these: no match because of size alone, or
    /// because of size and sons together.
    ///
    /// Lifting a rule opens a unit when all that stands in its way is lifted, so the smallest sets are the smallest
    /// among what stands in the way of each. With `.ask` what isn't known yet stands in nobody's way.
    public static func smallestLiftings(
        of verdicts: [MatchVerdict], reaching standing: MatchStanding = .fits, limit: Int = 8
    ) -> [Lifting] {
        var units: [CaseSet<MatchReason>: Int] = [:]
        for verdict in verdicts { units[standing == .fits ? verdict.blockers : verdict.failed, default: 0] += 1 }
        let smallest = units.keys.map(\.count).min()
        let sets = units.filter { $0.key.count == smallest }
            .sorted { $0.value != $1.value ? $0.value > $1.value : $0.key.bits < $1.key.bits }
        return sets.prefix(max(0, limit)).map { Lifting(reasons: $0.key, units: $0.value) }
    }
}

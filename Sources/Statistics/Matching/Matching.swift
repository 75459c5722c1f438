/// Holds households against homes: hard rules first, each with three answers, then preferences in the order of a
/// policy. Pure: the same facts give the same answer, in whatever order they come.
///
///     var need = HousingNeed(id: "R-17")
///     need.pets = .known([.dog])
///     let matching = Matching()
///     for verdict in matching.verdicts(for: need, among: units) where verdict.standing != .doesNot {
///         print(verdict.unit, verdict.standing, verdict.questions.cases, matching.values(of: verdict))
///     }
public struct Matching: Sendable {
    /// The order of the preferences.
    public let policy: MatchingPolicy
    /// How much each provider was given lately, in whatever the caller counts; nothing counts as 0.
    public let balance: [String: Int]

    public init(policy: MatchingPolicy = .standard, balance: [String: Int] = [:]) {
        self.policy = policy
        self.balance = balance
    }

    /// Every unit judged: what fits first, then what has to be asked about, each by the policy and then by id; then
    /// what doesn't fit, the fewest failed rules first. Ids are unique.
    public func verdicts(for need: HousingNeed, among units: [HousingUnit]) -> [MatchVerdict] {
        let household = Household(need)
        return MatchOrder.sorted(units.map { verdict(household, $0) })
    }

    /// One unit judged.
    public func verdict(for need: HousingNeed, on unit: HousingUnit) -> MatchVerdict {
        verdict(Household(need), unit)
    }

    /// The preferences in their order with the number of each, the lower the better; nothing where it isn't known.
    public func values(of verdict: MatchVerdict) -> [(preference: MatchingPolicy.Preference, value: Int?)] {
        policy.order.enumerated().map { place, preference in
            (preference, verdict.ranks[place] == .max ? nil : Int(verdict.ranks[place]))
        }
    }

    /// Why one stands above the other where both fit (or both must be asked about): the first preference that tells
    /// them apart. Nothing when only their ids do.
    public func difference(_ one: MatchVerdict, _ other: MatchVerdict) -> MatchingPolicy.Preference? {
        policy.order.indices.first { one.ranks[$0] != other.ranks[$0] }.map { policy.order[$0] }
    }

    func verdict(_ household: Household, _ unit: HousingUnit) -> MatchVerdict {
        let findings = Self.judge(household, unit)
        return MatchVerdict(
            unit: unit.id, failed: findings.failed, unknown: findings.unknown, questions: findings.questions,
            notes: findings.notes, ranks: findings.failed.isEmpty ? ranks(household, unit) : SIMD8(repeating: .max))
    }

    /// All hard rules; in `unknown` none that failed.
    static func judge(_ household: Household, _ unit: HousingUnit) -> Findings {
        var findings = Findings()
        findings.judgeSize(household, unit)
        findings.judgeService(household, unit)
        findings.judgeSafety(household, unit)
        return findings
    }
}

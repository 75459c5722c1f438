/// Who could go where when several households and vacancies are open at once. A proposal: people decide.
public struct BatchProposal: Hashable, Sendable {
    /// A household and the unit proposed for it.
    public struct Pair: Hashable, Sendable {
        public let household: String
        public let unit: String
        /// Whether it fits as it is or something has to be asked first.
        public let standing: MatchStanding
    }

    /// By the household's id.
    public let pairs: [Pair]
    /// The households for whom nothing is left, by id.
    public let unhoused: [String]
    /// What was made as small as it can be, one after another: households at high risk and all households without a
    /// unit, units to ask about, the preferences in the policy's order, and the days that those without one waited.
    let total: [Int]
}

extension Matching {
    /// More households than this are not placed at once: costs are exact up to here.
    public static let largestBatch = 1_024
    /// Numbers of preferences and days waited count up to here in a batch; what isn't known counts as much.
    static let largestRank = 1_023

    /// The best that can be done for all of them together: first as many as possible of those at high risk have a unit,
    /// then as many as possible of all, then as few as possible have to be asked about, then each preference's sum over
    /// all in the policy's order, then whoever waited longest. Never more than `largestBatch` households.
    ///
    /// A minimum-cost assignment whose costs are compared one after another, so that nothing small ever adds up to
    /// something large. What is equal is decided by ids, not by the order in which they came.
    ///
    /// Households that are to stay `apart` never come to share one of a unit's `places`. With them the best of all is
    /// found where it takes few looks (`ApartSearch`), else one that is near it.
    public func batch(
        _ needs: [HousingNeed], among units: [HousingUnit], reaching standing: MatchStanding = .fits,
        apart: Set<KeptApart> = []
    ) -> BatchProposal {
        precondition(needs.count <= Self.largestBatch, "more households than can be compared exactly")
        let needs = needs.sorted { $0.id < $1.id }, units = units.sorted { $0.id < $1.id }
        let edges = needs.map { need in self.edges(Household(need), units, standing) }
        let unhoused = Self.unhoused(needs)
        let places = CostPlaces(largest: Self.largest(edges, unhoused), households: needs.count)
        let search = ApartSearch(
            edges: edges.map { $0.map { ($0.unit, places.cost($0.parts)) } }, unhoused: unhoused.map(places.cost),
            places: units.map(\.places), apart: apart.rows(of: needs))
        let chosen = search.solve()
        var pairs: [BatchProposal.Pair] = [], left: [String] = []
        var total = Parts.zero
        for (row, unit) in chosen.enumerated() {
            guard let unit, let edge = edges[row].first(where: { $0.unit == unit }) else {
                left.append(needs[row].id)
                total &+= unhoused[row]
                continue
            }
            let asked = edge.parts[Self.askPart] > 0
            pairs.append(.init(household: needs[row].id, unit: units[unit].id, standing: asked ? .ask : .fits))
            total &+= edge.parts
        }
        return BatchProposal(pairs: pairs, unhoused: left, total: Self.partCount.map { Int(total[$0]) })
    }

    /// What a pair, or being left without, costs: one number for each thing that is compared.
    typealias Parts = SIMD16<Int32>
    private static let askPart = 2
    private static let firstRank = 3
    private static let waitedPart = 11
    private static let partCount = 0..<12

    private struct Edge {
        let unit: Int
        let parts: Parts
    }

    private func edges(_ household: Household, _ units: [HousingUnit], _ standing: MatchStanding) -> [Edge] {
        units.enumerated().compactMap { index, unit in
            let findings = Self.judge(household, unit)
            guard findings.reaches(standing, lifting: []) else { return nil }
            var parts = Parts.zero
            parts[Self.askPart] = findings.unknown.isEmpty ? 0 : 1
            let ranks = ranks(household, unit)
            for place in 0..<8 { parts[Self.firstRank + place] = min(ranks[place], Int32(Self.largestRank)) }
            return Edge(unit: index, parts: parts)
        }
    }

    private static func unhoused(_ needs: [HousingNeed]) -> [Parts] {
        let latest = needs.compactMap(\.waitingSince.value).max() ?? 0
        return needs.map { need in
            var parts = Parts.zero
            parts[0] = need.risk.value == .high ? 1 : 0
            parts[1] = 1
            parts[waitedPart] = Int32(min(need.waitingSince.value.map { latest - $0 } ?? 0, largestRank))
            return parts
        }
    }

    private static func largest(_ edges: [[Edge]], _ unhoused: [Parts]) -> [Int] {
        var largest = unhoused.reduce(Parts.zero, pointwiseMax)
        for edge in edges.joined() { largest = pointwiseMax(largest, edge.parts) }
        return partCount.map { Int(largest[$0]) }
    }
}

/// Household sizes and unit sizes, in people: a household fits a unit with at least as many beds, and takes the
/// smallest that is free.
public struct UnitMix: Sendable, Equatable {
    public struct Households: Sendable, Equatable {
        public var size: Int
        /// Their part of all households, to any scale.
        public var weight: Double
        /// Their mean stay in days, where it isn't everybody's.
        public var stay: Double?

        public init(size: Int, weight: Double, stay: Double? = nil) {
            self.size = size
            self.weight = weight
            self.stay = stay
        }
    }

    public struct Units: Sendable, Equatable {
        public var size: Int
        public var count: Int

        public init(size: Int, count: Int) {
            self.size = size
            self.count = count
        }
    }

    /// By size, each size once.
    public private(set) var households: [Households]
    public private(set) var units: [Units]

    /// Nil unless there are households of some weight and units of some size, each size once and from 1 up.
    public init?(households: [Households], units: [Units]) {
        guard Set(households.map(\.size)).count == households.count, Set(units.map(\.size)).count == units.count,
            households.allSatisfy({ $0.size > 0 && (0...1e12).contains($0.weight) && $0.stay ?? 1 > 0 }),
            units.allSatisfy({ $0.size > 0 && (0...1_000_000).contains($0.count) }),
            households.contains(where: { $0.weight > 0 }), !units.isEmpty
        else { return nil }
        self.households = households.sorted { $0.size < $1.size }
        self.units = units.sorted { $0.size < $1.size }
    }

    public var spaces: Int { units.reduce(0) { $0 + $1.count } }

    /// So many spaces in all, in the same proportions: what is left over goes to the sizes that lost most by
    /// rounding, the larger first.
    public func scaled(to spaces: Int) -> UnitMix {
        var mix = self
        let counts = Self.scaled(units.map(\.count), to: spaces)
        for index in counts.indices { mix.units[index].count = counts[index] }
        return mix
    }

    /// Counts that add to `total` in the same proportions; of two that lost the same by rounding the later gets what is
    /// left over. Unchanged where there is nothing to go by.
    static func scaled(_ counts: [Int], to total: Int) -> [Int] {
        let all = counts.reduce(0, +)
        guard all > 0 else { return counts }
        var scaled = counts.map { $0 * total / all }
        let losers = counts.indices.sorted { (counts[$0] * total % all, $0) > (counts[$1] * total % all, $1) }
        for index in losers.prefix(total - scaled.reduce(0, +)) { scaled[index] += 1 }
        return scaled
    }

    /// What is simulated: households of each size by their weight. Those without a stay of their own stay as `manner`
    /// says.
    public func scenario(
        _ demand: AccommodationDemand, _ manner: CapacityManner = CapacityManner()
    ) -> CapacityScenario {
        let all = households.reduce(0) { $0 + $1.weight }, law = manner.law(mean: demand.stay)
        return CapacityScenario(
            units: units.map { .init("\($0.size)", count: $0.count) },
            households: households.map { household in
                .init("\(household.size)", referrals: demand.referrals * household.weight / all,
                      stay: household.stay.map(StayLaw.exponential) ?? law,
                      fits: units.indices.filter { units[$0].size >= household.size }.map { .init(units: $0) })
            }, void: demand.void, patience: manner.patience, season: Season(swing: manner.swing))
    }

    /// The fewest spaces, in these proportions, with which a simulation refuses at most `target` of all households; nil
    /// where `most` are too few (or some fit no unit of the mix). Every number is tried with the same seed.
    public func spaces(
        _ demand: AccommodationDemand, _ manner: CapacityManner = CapacityManner(), target: Double, years: Int,
        seed: UInt64, most: Int
    ) -> Int? {
        func isEnough(_ spaces: Int) -> Bool? {
            CapacitySimulation.run(scaled(to: spaces).scenario(demand, manner), years: years, seed: seed)
                .map { $0.refused.value <= target }
        }
        // Who fits nothing is refused with any number of these.
        let largest = units.filter { $0.count > 0 }.map(\.size).max() ?? 0
        let unfit = households.filter { $0.size > largest }.reduce(0) { $0 + $1.weight }
        guard spaces > 0, unfit <= target * households.reduce(0, { $0 + $1.weight }),
            let fewest = demand.spaces(target: target)
        else { return nil }
        // Upwards in steps of a quarter from what would do if all were alike, then halving.
        var low = 0, high = max(1, min(fewest, most))
        while true {
            guard let enough = isEnough(high) else { return nil }
            if enough { break }
            if high >= most { return nil }
            low = high
            high = min(most, high + max(1, high / 4))
        }
        while low + 1 < high {
            let middle = (low + high) / 2
            if isEnough(middle) ?? false { high = middle } else { low = middle }
        }
        return high
    }
}

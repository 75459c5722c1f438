/// What is not known about a partnership's figures, carried through to the answer: the year's count of referrals
/// might have come out otherwise, and so might the stays (B. Efron, 1979).
public struct CapacityBootstrap: Sendable, Equatable {
    /// The share of all households referred that is refused with the spaces asked about.
    public let refused: CapacityBand
    /// The fewest spaces for the target.
    public let spaces: CapacityBand
    /// Mean days.
    public let stay: CapacityBand
    /// Households referred in a year.
    public let referrals: CapacityBand
    public let level: Double
    public let draws: Int

    /// The answers for `draws` other years: counts of referrals drawn about the one seen, and, where the stays
    /// themselves are given, as many of them drawn again with open ones censored. Where they aren't, `demand.stay` is
    /// taken, as certain, or anywhere `within` a range (evenly, as a rate). Nil when the target can't be met with
    /// `most` spaces or nobody is referred.
    public init?(
        _ demand: AccommodationDemand, stays: [StayRecord] = [], within range: ClosedRange<Double>? = nil, spaces: Int,
        target: Double, draws: Int = 1_000, level: Double = 0.9, seed: UInt64, most: Int = 3_000_000
    ) {
        guard demand.referrals > 0, demand.referrals <= 10_000_000, draws > 0 else { return nil }
        var chance = Chance(seed: seed), point = demand
        var records = stays.sorted { ($0.days, $0.isOpen ? 1 : 0) < ($1.days, $1.isOpen ? 1 : 0) }
        if !records.isEmpty {
            guard let survival = StaySurvival(records) else { return nil }
            point.stay = survival.mean
        }
        guard let fewest = ErlangB.spaces(load: point.load, target: target, most: most) else { return nil }
        var range = range
        if let survival = StaySurvival(records), survival.ended < Self.leastToDraw {
            range = survival.meanRange
            records = []
        }
        let counts = PoissonDraws(mean: demand.referrals)
        var found: [(refused: Double, spaces: Double, stay: Double, referrals: Double)] = []
        found.reserveCapacity(draws)
        for _ in 0..<draws {
            var drawn = point
            drawn.referrals = Double(counts.draw(&chance))
            if !records.isEmpty {
                drawn.stay = Self.redrawn(records, &chance) ?? point.stay
            } else if let range {
                let (slow, fast) = (1 / range.upperBound, 1 / range.lowerBound)
                drawn.stay = 1 / (slow + chance.fraction() * (fast - slow))
            }
            // A draw beyond the most stands at it: the interval's end then says "or more".
            let needed = ErlangB.spaces(load: drawn.load, target: target, most: most) ?? most
            found.append((drawn.refused(spaces: spaces), Double(needed), drawn.stay, drawn.referrals))
        }
        func band(_ value: Double, _ drawn: [Double]) -> CapacityBand {
            let sorted = drawn.sorted()
            return CapacityBand(
                value: value, low: CapacityBand.quantile(sorted, (1 - level) / 2),
                high: CapacityBand.quantile(sorted, (1 + level) / 2))
        }
        refused = band(point.refused(spaces: spaces), found.map(\.refused))
        self.spaces = band(Double(fewest), found.map(\.spaces))
        stay = band(point.stay, found.map(\.stay))
        referrals = band(point.referrals, found.map(\.referrals))
        self.level = level
        self.draws = draws
    }

    /// Where fewer stays have ended, drawing them again says too little; `StaySurvival.meanRange` stands for them.
    public static let leastToDraw = 10

    /// How many draws answer within a blink where each draws so many stays again.
    public static func draws(stays: Int) -> Int { stays > 2_000 ? 200 : 1_000 }

    /// The mean of as many stays drawn from these; nil when none of those drawn has ended.
    private static func redrawn(_ records: [StayRecord], _ chance: inout Chance) -> Double? {
        var times = [Int](repeating: 0, count: records.count)
        for _ in records { times[chance.below(records.count)] += 1 }
        return StaySurvival(sorted: records, times: times)?.mean
    }
}

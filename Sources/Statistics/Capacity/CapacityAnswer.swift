/// The planner's question: so many referrals and so long a stay against so many spaces, alike or in a mix of sizes.
public struct CapacityQuestion: Sendable, Equatable {
    public var demand: AccommodationDemand
    public var spaces: Int
    /// The share of all households referred that may be refused.
    public var target: Double
    /// Sizes; its units are the spaces.
    public var mix: UnitMix?
    /// Of a mix, its simulation has it; else each part of it is a variant beside the loss model.
    public var manner: CapacityManner
    /// Areas that are closed to one another; without a mix only.
    public var pools: [CapacityPool]
    public var seed: UInt64

    public init(
        _ demand: AccommodationDemand, spaces: Int, target: Double, mix: UnitMix? = nil,
        manner: CapacityManner = CapacityManner(), pools: [CapacityPool] = [], seed: UInt64 = 1
    ) {
        self.demand = demand
        self.spaces = spaces
        self.target = target
        self.mix = mix
        self.manner = manner
        self.pools = pools
        self.seed = seed
    }

    /// Households referred in a year beyond which a mix takes too long to simulate.
    public static let mostReferralsOfMix = 10_000.0

    /// What is out of the planner's limits, in a sentence; nil when nothing is.
    public var problem: String? {
        func outside(_ name: String, _ value: Double, _ range: ClosedRange<Double>) -> String? {
            let ends = "\(Self.short(range.lowerBound)) to \(Self.short(range.upperBound))"
            return range.contains(value) ? nil : "\(name) must be from \(ends)."
        }
        let found = outside("Referrals a year", demand.referrals, CapacityLimits.referrals)
            ?? outside("The mean stay in days", demand.stay, CapacityLimits.stayDays)
            ?? outside("Void days", demand.void, CapacityLimits.voidDays)
        if let found { return found }
        if !CapacityLimits.spaces.contains(spaces) {
            return "Spaces must be from 0 to \(Self.short(Double(CapacityLimits.spaces.upperBound)))."
        }
        if !CapacityLimits.target.contains(target) { return "The target must be from 0.01% to 99%." }
        if let patience = manner.patience, !CapacityLimits.patience.contains(patience) {
            return "The days that a household waits must be from 0.01 to 3,650."
        }
        if !(0...1).contains(manner.swing) { return "The season's swing must be from 0% to 100%." }
        if mix != nil, demand.referrals > Self.mostReferralsOfMix {
            return "With a mix of sizes, referrals a year can be 10,000 at most."
        }
        return problemOfPools
    }

    private var problemOfPools: String? {
        if pools.isEmpty { return nil }
        if mix != nil { return "A mix of sizes and closed areas can't be had at once. Ask about each area on its own." }
        let most = CapacityLimits.referrals.upperBound
        if pools.contains(where: { !(0...most).contains($0.referrals) || $0.spaces < 0 }) {
            return "An area has from 0 to 100,000 referrals a year, and no fewer than 0 spaces."
        }
        let referrals = pools.reduce(0) { $0 + $1.referrals }
        if abs(referrals - demand.referrals) > 0.05 {
            return "The areas' referrals add to \(Self.short(referrals)), not \(Self.short(demand.referrals)). "
                + "Give each area its part of all."
        }
        let all = pools.reduce(0) { $0 + $1.spaces }
        return all == spaces ? nil
            : "The areas' spaces add to \(all), not \(spaces). Give each area its part of all."
    }

    private static func short(_ number: Double) -> String {
        guard number == number.rounded() else { return "\(number)" }
        let digits = Array("\(Int(number))")
        return digits.indices.reduce(into: "") { text, index in
            if index > 0, (digits.count - index) % 3 == 0 { text.append(",") }
            text.append(digits[index])
        }
    }
}

/// What the planner answers. Shares are of all households referred in a year.
public struct CapacityAnswer: Sendable, Equatable {
    /// The share refused: by the loss model, or, of a mix, by simulation.
    public let refused: Double
    /// The fewest spaces for the target, of a mix in its proportions; nil where none are enough.
    public let spacesForTarget: Int?
    /// The means that might lie behind a year with as many referrals (95%).
    public let referrals: ClosedRange<Int>
    /// The same two figures for the ends of that range.
    public let refusedInterval: CapacityBand
    public let spacesInterval: (low: Int?, high: Int?)
    public let simulation: CapacityResult
    /// The simulation's share is within its interval of the closed form; nil of a mix, which has none.
    public let agrees: Bool?
    /// Of a mix: the same with the spaces for the target, by household size. A target for all hides who is refused.
    public let atTarget: CapacityResult?
    /// Nil of a mix.
    public let tornado: CapacityTornado?
    /// Nil of a mix.
    public let variants: CapacityVariants?

    /// Nil when `question.problem` says why. `arrivals` are simulated, or a hundred years of them where that is more.
    public init?(_ question: CapacityQuestion, arrivals: Int = 500_000) {
        guard question.problem == nil else { return nil }
        let demand = question.demand, counts = PoissonCount.wholeInterval(Int(nearest: demand.referrals))
        var low = demand, high = demand
        low.referrals = max(Double(counts.lowerBound), CapacityLimits.referrals.lowerBound)
        high.referrals = Double(counts.upperBound)
        referrals = counts
        let scenario = question.mix?.scenario(demand, question.manner)
            ?? CapacityScenario(demand, spaces: question.spaces, stay: question.manner.law(mean: demand.stay))
        let years = scenario.years(forArrivals: arrivals)
        guard let simulation = CapacitySimulation.run(scenario, years: years, seed: question.seed) else { return nil }
        self.simulation = simulation
        if let mix = question.mix {
            func share(_ demand: AccommodationDemand) -> Double {
                let scenario = mix.scenario(demand, question.manner)
                let years = scenario.years(forArrivals: arrivals * 2 / 5, atLeast: 10)
                return CapacitySimulation.run(scenario, years: years, seed: question.seed)?.refused.value ?? 1
            }
            func fewest(_ demand: AccommodationDemand) -> Int? {
                let years = mix.scenario(demand).years(forArrivals: arrivals / 5, atLeast: 10)
                return mix.spaces(
                    demand, question.manner, target: question.target, years: years, seed: question.seed, most: 20_000)
            }
            refused = simulation.refused.value
            let needed = fewest(demand)
            spacesForTarget = needed
            atTarget = needed.flatMap {
                CapacitySimulation.run(
                    mix.scaled(to: $0).scenario(demand, question.manner), years: years, seed: question.seed)
            }
            refusedInterval = CapacityBand(value: refused, low: share(low), high: share(high))
            spacesInterval = (fewest(low), fewest(high))
            agrees = nil
            tornado = nil
            variants = nil
        } else {
            refused = demand.refused(spaces: question.spaces)
            spacesForTarget = demand.spaces(target: question.target)
            refusedInterval = CapacityBand(
                value: refused, low: low.refused(spaces: question.spaces), high: high.refused(spaces: question.spaces))
            spacesInterval = (low.spaces(target: question.target), high.spaces(target: question.target))
            atTarget = nil
            agrees = simulation.refused.low <= refused && refused <= simulation.refused.high
            tornado = CapacityTornado(
                demand, spaces: question.spaces, CapacityTornado.usualRanges(demand, spaces: question.spaces))
            variants = CapacityVariants(question)
        }
    }

    public static func == (one: CapacityAnswer, other: CapacityAnswer) -> Bool {
        one.refused == other.refused && one.spacesForTarget == other.spacesForTarget
            && one.referrals == other.referrals && one.refusedInterval == other.refusedInterval
            && one.spacesInterval == other.spacesInterval && one.simulation == other.simulation
            && one.agrees == other.agrees && one.atTarget == other.atTarget && one.tornado == other.tornado
            && one.variants == other.variants
    }
}

import Statistics

/// The planner's answer for a program: `refused`, `spaces_for_target`, `interval`, `simulation` and what they rest on.
/// Shares are from 0 to 1, of households referred.
struct CapacityDocument: Encodable {
    private let refused: Double
    private let spacesForTarget: Int?
    private let interval: Interval
    private let simulation: Simulation
    private let inputs: Inputs
    private let whatMatters: [Bar]
    private let atTarget: [Households]?
    private let variants: CapacityVariants?
    private let manner: CapacityManner

    struct Ends<Value: Encodable>: Encodable {
        let low: Value
        let high: Value
    }

    private struct Interval: Encodable {
        let level = 0.95
        let referrals: Ends<Int>
        let spacesForTarget: Ends<Int?>
        let refused: Ends<Double>
    }

    private struct Simulation: Encodable {
        let refused: Double
        let low: Double
        let high: Double
        let level = 0.95
        let agrees: Bool?
        let singleYears: SingleYears
        let arrivals: Int
        let years: Int
        let seed: UInt64
        let households: [Households]
        let units: [Units]
    }

    private struct SingleYears: Encodable {
        let level = 0.9
        let low: Double
        let middle: Double
        let high: Double
    }

    private struct Households: Encodable {
        let name: String
        let arrivals: Int
        let refused: Double
        let low: Double
        let high: Double

        init(_ kind: CapacityResult.Kind) {
            name = kind.name
            arrivals = kind.arrivals
            refused = kind.refused
            low = kind.interval.low
            high = kind.interval.high
        }
    }

    private struct Units: Encodable {
        let name: String
        let count: Int
        let occupied: Double
    }

    private struct Inputs: Encodable {
        let referralsPerYear: Double
        let stayDays: Double
        let voidDays: Double
        let spaces: Int
        let target: Double
        let load: Double
    }

    private struct Bar: Encodable {
        let input: String
        let low: Double
        let high: Double
        let refusedAtLow: Double
        let refusedAtHigh: Double
    }

    private enum CodingKeys: CodingKey {
        case refused, spacesForTarget, interval, simulation, inputs, whatMatters, atTarget
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(refused, forKey: .refused)
        // Present, as null, when no number of spaces is enough.
        try container.encode(spacesForTarget, forKey: .spacesForTarget)
        try container.encode(interval, forKey: .interval)
        try container.encode(simulation, forKey: .simulation)
        try container.encode(inputs, forKey: .inputs)
        if !whatMatters.isEmpty { try container.encode(whatMatters, forKey: .whatMatters) }
        try container.encodeIfPresent(atTarget, forKey: .atTarget)
        try variants.map { try CapacityVariantsDocument($0, manner).encode(to: encoder) }
    }

    init(_ question: CapacityQuestion, _ answer: CapacityAnswer) {
        let found = answer.simulation, demand = question.demand
        refused = answer.refused
        spacesForTarget = answer.spacesForTarget
        interval = Interval(
            referrals: Ends(low: answer.referrals.lowerBound, high: answer.referrals.upperBound),
            spacesForTarget: Ends(low: answer.spacesInterval.low, high: answer.spacesInterval.high),
            refused: Ends(low: answer.refusedInterval.low, high: answer.refusedInterval.high))
        simulation = Simulation(
            refused: found.refused.value, low: found.refused.low, high: found.refused.high, agrees: answer.agrees,
            singleYears: SingleYears(
                low: found.singleYears.low, middle: found.singleYears.value, high: found.singleYears.high),
            arrivals: found.arrivals, years: found.years, seed: question.seed,
            households: found.kinds.map(Households.init),
            units: found.occupancy.map { Units(name: $0.name, count: $0.count, occupied: $0.share) })
        inputs = Inputs(
            referralsPerYear: demand.referrals, stayDays: demand.stay, voidDays: demand.void, spaces: question.spaces,
            target: question.target, load: demand.load)
        atTarget = answer.atTarget?.kinds.map(Households.init)
        variants = answer.variants
        manner = question.manner
        whatMatters = answer.tornado?.bars.map {
            Bar(input: $0.range.input.rawValue, low: $0.range.low, high: $0.range.high,
                refusedAtLow: $0.refusedAtLow, refusedAtHigh: $0.refusedAtHigh)
        } ?? []
    }
}

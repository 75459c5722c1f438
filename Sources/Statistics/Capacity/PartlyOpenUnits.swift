/// Units of which only some take certain households (those without recourse to public funds, say): what it does to
/// these and to all others that the rest is closed to them. The others can use every unit.
public struct PartlyOpenUnits: Sendable, Equatable {
    /// Shares refused: of these households, of the others, of all. A closed form's interval has no width.
    public struct Refused: Sendable, Equatable {
        public let few: CapacityBand
        public let others: CapacityBand
        public let all: CapacityBand
    }

    /// The units that take them are kept for them, and the others have the rest: two closed pools.
    public let apart: Refused
    /// The others use the rest first, and what takes both when it is full. By simulation.
    public let shared: Refused
    /// Every unit takes every household: one pool.
    public let pooled: Refused

    /// `part` is these households' share of all, from 0 to 1; `open` of the `spaces` take them. Nil where a simulation
    /// of the demand means nothing.
    public init?(
        _ demand: AccommodationDemand, part: Double, spaces: Int, open: Int,
        _ manner: CapacityManner = CapacityManner(), arrivals: Int, seed: UInt64
    ) {
        guard (0...1).contains(part), (0...max(0, spaces)).contains(open) else { return nil }
        let few = demand.referrals * part, others = demand.referrals - few, law = manner.law(mean: demand.stay)
        let scenario = CapacityScenario(
            units: [.init("open", count: open), .init("rest", count: spaces - open)],
            households: [
                .init("few", referrals: few, stay: law, fits: [.init(units: 0)]),
                .init("others", referrals: others, stay: law, fits: [.init(units: 1), .init(units: 0)]),
            ], void: demand.void, patience: manner.patience, season: Season(swing: manner.swing))
        let years = scenario.years(forArrivals: arrivals, atLeast: 40)
        guard let found = CapacitySimulation.run(scenario, years: years, seed: seed) else { return nil }
        shared = Refused(few: found.kinds[0].interval, others: found.kinds[1].interval, all: found.refused)
        func certain(_ share: Double) -> CapacityBand { CapacityBand(value: share, low: share, high: share) }
        func refused(_ referrals: Double, _ spaces: Int) -> Double {
            AccommodationDemand(referrals: referrals, stay: demand.stay, void: demand.void).refused(spaces: spaces)
        }
        let (lost, lostOthers) = (refused(few, open), refused(others, spaces - open))
        apart = Refused(
            few: certain(lost), others: certain(lostOthers), all: certain(part * lost + (1 - part) * lostOthers))
        let all = certain(demand.refused(spaces: spaces))
        pooled = Refused(few: all, others: all, all: all)
    }
}

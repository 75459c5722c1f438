/// What matters most: each input moved on its own to both ends of what it might be, the others as they are.
public struct CapacityTornado: Sendable, Equatable {
    /// What a planner puts in.
    public enum Input: String, Sendable, CaseIterable {
        case referrals, stay, void, spaces
    }

    /// What an input might be: referrals a year, mean days, days empty between stays, spaces.
    public struct Range: Sendable, Equatable {
        public var input: Input
        public var low: Double
        public var high: Double

        public init(_ input: Input, low: Double, high: Double) {
            self.input = input
            self.low = low
            self.high = high
        }
    }

    /// An input's effect. Shares are of all households referred in each case.
    public struct Bar: Sendable, Equatable {
        public let range: Range
        public let refusedAtLow: Double
        public let refusedAtHigh: Double
        /// How far apart the two are.
        public var width: Double { abs(refusedAtHigh - refusedAtLow) }
    }

    /// The share refused with everything as it is.
    public let refused: Double
    /// The widest first; of two as wide, in the order given.
    public let bars: [Bar]

    public init(_ demand: AccommodationDemand, spaces: Int, _ ranges: [Range]) {
        refused = demand.refused(spaces: spaces)
        let found = ranges.map {
            Bar(range: $0, refusedAtLow: Self.refused(demand, spaces, $0.input, $0.low),
                refusedAtHigh: Self.refused(demand, spaces, $0.input, $0.high))
        }
        bars = found.enumerated()
            .sorted { ($0.element.width, $1.offset) > ($1.element.width, $0.offset) }.map(\.element)
    }

    /// What each input might be where nothing better is known: referrals by their count's own interval of 95%, stays
    /// a tenth shorter or longer, no empty days or twice as many (a week where there are none), a tenth of the spaces
    /// fewer or more.
    public static func usualRanges(_ demand: AccommodationDemand, spaces: Int) -> [Range] {
        let counts = PoissonCount.wholeInterval(Int(nearest: min(demand.referrals, 1e6)))
        let tenth = max(1, (Double(spaces) / 10).rounded())
        return [
            Range(.referrals, low: Double(counts.lowerBound), high: Double(counts.upperBound)),
            Range(.stay, low: demand.stay * 0.9, high: demand.stay * 1.1),
            Range(.void, low: 0, high: demand.void > 0 ? demand.void * 2 : 7),
            Range(.spaces, low: max(0, Double(spaces) - tenth), high: Double(spaces) + tenth),
        ]
    }

    private static func refused(
        _ demand: AccommodationDemand, _ spaces: Int, _ input: Input, _ value: Double
    ) -> Double {
        var demand = demand, spaces = spaces
        switch input {
        case .referrals: demand.referrals = value
        case .stay: demand.stay = value
        case .void: demand.void = value
        case .spaces: spaces = Int(nearest: min(max(value, 0), 1e7))
        }
        return demand.refused(spaces: spaces)
    }
}

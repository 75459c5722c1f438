/// Small and large units: a large household fits only a large unit; a small one takes a small unit or, when none is
/// free, a large one. Letting it do so refuses fewer small and more large households; `reserve` keeps some large
/// units from them. Solved exactly (Gauss and Seidel on the balance of every state); stays are exponential.
public struct NestedUnits: Sendable, Equatable {
    /// The share of small households refused.
    public let refusedSmall: Double
    /// The share of large households refused.
    public let refusedLarge: Double
    /// The share of all households refused.
    public let refused: Double
    /// Of the large units, the share held by small households at a time.
    public let largeHeldBySmall: Double

    /// More states than these are simulated instead.
    public static let mostStates = 5_000

    /// Nil when there are more than `mostStates` states, or a stay that isn't above 0. While at most `reserve` large
    /// units are free, small households are refused them.
    public init?(
        small: AccommodationDemand, large: AccommodationDemand, smallUnits: Int, largeUnits: Int, reserve: Int = 0
    ) {
        guard smallUnits >= 0, largeUnits >= 0, smallUnits < Self.mostStates, largeUnits < Self.mostStates,
            (smallUnits + 1) * (largeUnits + 1) * (largeUnits + 2) / 2 <= Self.mostStates,
            small.stay + small.void > 0, large.stay + large.void > 0, small.load >= 0, large.load >= 0,
            var chain = NestedChain(small, large, smallUnits, largeUnits, reserve)
        else { return nil }
        chain.settle()
        var noSmall = 0.0, noLarge = 0.0, held = 0.0
        chain.forEach { inSmall, over, inLarge, chance in
            let free = largeUnits - over - inLarge
            if inSmall == smallUnits, free <= reserve { noSmall += chance }
            if free == 0 { noLarge += chance }
            held += chance * Double(over)
        }
        refusedSmall = noSmall
        refusedLarge = noLarge
        let all = small.referrals + large.referrals
        refused = all > 0 ? (small.referrals * noSmall + large.referrals * noLarge) / all : 0
        largeHeldBySmall = largeUnits > 0 ? held / Double(largeUnits) : 0
    }
}

/// States: small households in small units, small households in large units, large households in large units.
private struct NestedChain {
    private let units: (small: Int, large: Int)
    private let reserve: Int
    private let coming: (small: Double, large: Double)
    private let leaving: (small: Double, large: Double)
    private let perRow: Int
    private var chances: [Double]

    /// Rates are per day.
    init?(
        _ small: AccommodationDemand, _ large: AccommodationDemand, _ smallUnits: Int, _ largeUnits: Int, _ reserve: Int
    ) {
        units = (smallUnits, largeUnits)
        self.reserve = reserve
        coming = (small.referrals / AccommodationDemand.year, large.referrals / AccommodationDemand.year)
        leaving = (1 / (small.stay + small.void), 1 / (large.stay + large.void))
        let rates = [coming.small, coming.large, leaving.small, leaving.large]
        guard rates.allSatisfy(\.isFinite) else { return nil }
        perRow = (largeUnits + 1) * (largeUnits + 2) / 2
        let count = (smallUnits + 1) * perRow
        chances = [Double](repeating: 1 / Double(count), count: count)
    }

    private func place(_ inSmall: Int, _ over: Int, _ inLarge: Int) -> Int {
        // Rows of `over` grow shorter by one each: L+1, L, L-1 ...
        inSmall * perRow + over * (units.large + 1) - over * (over - 1) / 2 + inLarge
    }

    func forEach(_ body: (Int, Int, Int, Double) -> Void) {
        for inSmall in 0...units.small {
            for over in 0...units.large {
                for inLarge in 0...(units.large - over) {
                    body(inSmall, over, inLarge, chances[place(inSmall, over, inLarge)])
                }
            }
        }
    }

    /// Until a whole sweep, up and down, moves nothing by more than 1e-14 of all.
    mutating func settle() {
        for _ in 0..<20_000 {
            var moved = 0.0
            for inSmall in 0...units.small { moved += sweep(inSmall) }
            for inSmall in (0...units.small).reversed() { moved += sweep(inSmall) }
            let all = chances.reduce(0, +)
            for state in chances.indices { chances[state] /= all }
            if moved / all < 1e-14 { return }
        }
    }

    private mutating func sweep(_ inSmall: Int) -> Double {
        var moved = 0.0
        for over in 0...units.large {
            for inLarge in 0...(units.large - over) {
                let state = place(inSmall, over, inLarge), chance = balanced(inSmall, over, inLarge)
                moved += abs(chance - chances[state])
                chances[state] = chance
            }
        }
        return moved
    }

    /// What flows into a state over the rate at which it is left.
    private func balanced(_ inSmall: Int, _ over: Int, _ inLarge: Int) -> Double {
        let free = units.large - over - inLarge
        var into = 0.0, out = 0.0
        out += Double(inSmall + over) * leaving.small + Double(inLarge) * leaving.large
        if inSmall < units.small {
            out += coming.small
            into += Double(inSmall + 1) * leaving.small * chances[place(inSmall + 1, over, inLarge)]
        } else if free > reserve {
            out += coming.small
        }
        if inSmall > 0 { into += coming.small * chances[place(inSmall - 1, over, inLarge)] }
        if free > 0 {
            out += coming.large
            into += Double(over + 1) * leaving.small * chances[place(inSmall, over + 1, inLarge)]
            into += Double(inLarge + 1) * leaving.large * chances[place(inSmall, over, inLarge + 1)]
        }
        if over > 0, inSmall == units.small, free + 1 > reserve {
            into += coming.small * chances[place(inSmall, over - 1, inLarge)]
        }
        if inLarge > 0 { into += coming.large * chances[place(inSmall, over, inLarge - 1)] }
        return out > 0 ? into / out : chances[place(inSmall, over, inLarge)]
    }
}

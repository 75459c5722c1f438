/// A figure with the interval that it lies in.
public struct CapacityBand: Sendable, Equatable {
    public let value: Double
    public let low: Double
    public let high: Double

    public init(value: Double, low: Double, high: Double) {
        self.value = value
        self.low = low
        self.high = high
    }

    /// The value that a share of the sorted ones lies at or below.
    static func quantile(_ sorted: [Double], _ share: Double) -> Double {
        guard !sorted.isEmpty else { return 0 }
        return sorted[min(max(Int((Double(sorted.count) * share).rounded(.up)) - 1, 0), sorted.count - 1)]
    }
}

/// What a simulation found. Shares are of households referred (all, or those of a kind), as they say.
public struct CapacityResult: Sendable, Equatable {
    public struct Kind: Sendable, Equatable {
        public let name: String
        /// Of households referred, those of this kind: simulated, in all measured years.
        public let arrivals: Int
        public let refusals: Int
        /// The share of this kind's households that is refused or gives up.
        public var refused: Double { interval.value }
        /// The same, with 95% for the simulation's own noise.
        public let interval: CapacityBand
    }

    public struct Occupancy: Sendable, Equatable {
        public let name: String
        public let count: Int
        /// Of these units' nights, the share with a household there; voids are not. 0 without units.
        public let share: Double
    }

    /// The share of all households referred that is refused or gives up, with 95% for the simulation's own noise: 30
    /// batches of years, Student's t.
    public let refused: CapacityBand
    /// In the order of the scenario's households, those of one name together.
    public let kinds: [Kind]
    /// In the order of the scenario's units.
    public let occupancy: [Occupancy]
    /// Nine single years in ten lie between these shares of the year's households: the middle year, the 5th and the
    /// 95th of 100. One bad year is normal.
    public let singleYears: CapacityBand
    public let years: Int
    public let arrivals: Int
}

/// Counts of a simulation under way.
struct CapacityTally {
    /// What kinds of households are called, and which of them each of the scenario's is.
    private let names: [String]
    private let kindOf: [Int]
    /// By kind, and in it by batch of years.
    private var came: [[Int]]
    private var refusedOf: [[Int]]
    private var cameIn: [Int]
    private var refusedIn: [Int]
    private var nights: [Double]
    private let end: Double
    private let batches: Int

    init(_ scenario: CapacityScenario, years: Int) {
        var names: [String] = []
        kindOf = scenario.households.map { household in
            if let known = names.firstIndex(of: household.name) { return known }
            names.append(household.name)
            return names.count - 1
        }
        self.names = names
        cameIn = [Int](repeating: 0, count: years)
        refusedIn = cameIn
        batches = min(30, years)
        came = [[Int]](repeating: [Int](repeating: 0, count: batches), count: names.count)
        refusedOf = came
        nights = [Double](repeating: 0, count: scenario.units.count)
        end = Double(years) * AccommodationDemand.year
    }

    /// A household that came at `at` got nothing.
    mutating func refused(_ household: Int, at: Double) {
        guard at >= 0 else { return }
        count(household, at)
        let year = year(at)
        refusedOf[kindOf[household]][year * batches / cameIn.count] += 1
        refusedIn[year] += 1
    }

    mutating func placed(_ household: Int, _ units: Int, at: Double, from: Double, to: Double) {
        if at >= 0 { count(household, at) }
        nights[units] += max(0, min(to, end) - max(from, 0))
    }

    private mutating func count(_ household: Int, _ at: Double) {
        let year = year(at)
        came[kindOf[household]][year * batches / cameIn.count] += 1
        cameIn[year] += 1
    }

    private func year(_ at: Double) -> Int { min(Int(at / AccommodationDemand.year), cameIn.count - 1) }

    func result(_ scenario: CapacityScenario) -> CapacityResult {
        let shares = zip(cameIn, refusedIn).filter { $0.0 > 0 }.map { Double($0.1) / Double($0.0) }.sorted()
        return CapacityResult(
            refused: band(Self.summed(came, batches), Self.summed(refusedOf, batches)),
            kinds: names.indices.map {
                .init(name: names[$0], arrivals: came[$0].reduce(0, +),
                      refusals: refusedOf[$0].reduce(0, +), interval: band(came[$0], refusedOf[$0]))
            },
            occupancy: zip(scenario.units, nights).map { units, nights in
                .init(name: units.name, count: units.count,
                      share: units.count > 0 ? nights / (Double(units.count) * end) : 0)
            },
            singleYears: CapacityBand(
                value: CapacityBand.quantile(shares, 0.5), low: CapacityBand.quantile(shares, 0.05),
                high: CapacityBand.quantile(shares, 0.95)),
            years: cameIn.count, arrivals: cameIn.reduce(0, +))
    }

    private static func summed(_ kinds: [[Int]], _ batches: Int) -> [Int] {
        (0..<batches).map { batch in kinds.reduce(0) { $0 + $1[batch] } }
    }

    /// A ratio of two sums, by batch, with the spread of its batches about it (Conway, 1963); Student's t for 29
    /// degrees of freedom.
    private func band(_ came: [Int], _ refused: [Int]) -> CapacityBand {
        let all = came.reduce(0, +), lost = refused.reduce(0, +)
        guard all > 0 else { return CapacityBand(value: 0, low: 0, high: 1) }
        let share = Double(lost) / Double(all)
        guard batches > 1 else { return CapacityBand(value: share, low: 0, high: 1) }
        let spread = zip(came, refused).reduce(0.0) { sum, batch in
            let off = Double(batch.1) - share * Double(batch.0)
            return sum + off * off
        }
        let students = 2.045
        let error = (spread * Double(batches) / Double(batches - 1)).squareRoot() / Double(all)
        // With no refusal seen, three in all would still have been likely (the rule of three).
        let high = lost == 0 ? 3 / Double(all) : share + students * error
        return CapacityBand(value: share, low: max(0, share - students * error), high: min(1, high))
    }
}

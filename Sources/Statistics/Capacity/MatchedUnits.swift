/// Who is turned away under the rules of matching themselves: households as they asked meet the homes that there are,
/// each home open to a household where no hard rule is against it, and taken in the order in which matching proposes.
public struct MatchedUnits: Sendable, Equatable {
    /// A household that asked, and what it is counted as.
    public struct Asked: Sendable {
        public var name: String
        public var need: HousingNeed

        public init(_ name: String, _ need: HousingNeed) {
            self.name = name
            self.need = need
        }
    }

    /// Households that are counted as one.
    public struct Kind: Sendable, Equatable {
        public let name: String
        /// Those given.
        public let asked: Int
        /// Of those given, for how many no home is open, were all of them empty.
        public let withoutHome: Int
        /// The share turned away, with 95% for the simulation's own noise.
        public let refused: CapacityBand
    }

    /// In the order in which their names first come.
    public let kinds: [Kind]
    /// The share of all that is turned away.
    public let refused: CapacityBand
    public let years: Int

    /// Households come as often as `demand` has it, each time one of those given by chance; `spaces` are homes in the
    /// proportions of those given. With `reaching` `.ask`, what nobody has said counts as if it fitted; with `.fits` as
    /// if it did not. When somebody needs a home, whether it is free, who lives near it and whether they agree has no
    /// part in it: the first two come and go, the others are asked. Nil where nobody asked, no home is there or the
    /// demand means nothing.
    public init?(
        _ asked: [Asked], homes: [HousingUnit], _ demand: AccommodationDemand, spaces: Int,
        _ manner: CapacityManner = CapacityManner(), reaching: MatchStanding, arrivals: Int, seed: UInt64
    ) {
        guard !asked.isEmpty, !homes.isEmpty, spaces > 0 else { return nil }
        let units = Self.alike(homes.map(Self.always)).enumerated().map { place, unit in
            (home: Self.called(unit.one, place), count: unit.count)
        }
        let counts = UnitMix.scaled(units.map(\.count), to: spaces)
        let law = manner.law(mean: demand.stay), matching = Matching()
        var withoutHome: [String: Int] = [:], households: [CapacityScenario.Households] = []
        for (one, count) in Self.alike(asked.map { Plain(name: $0.name, need: Self.always($0.need)) }) {
            let fits = matching.verdicts(for: one.need, among: units.map(\.home))
                .filter { $0.standing <= reaching }.compactMap { Int($0.unit).map { $0 - Self.firstID } }
            if fits.isEmpty { withoutHome[one.name, default: 0] += count }
            households.append(.init(
                one.name, referrals: demand.referrals * Double(count) / Double(asked.count), stay: law,
                fits: fits.map { .init(units: $0) }))
        }
        let scenario = CapacityScenario(
            units: counts.indices.map { .init(units[$0].home.id, count: counts[$0]) }, households: households,
            void: demand.void, patience: manner.patience, season: Season(swing: manner.swing))
        let years = scenario.years(forArrivals: arrivals, atLeast: 40)
        guard let found = CapacitySimulation.run(scenario, years: years, seed: seed) else { return nil }
        kinds = found.kinds.map { kind in
            Kind(name: kind.name, asked: asked.count { $0.name == kind.name },
                 withoutHome: withoutHome[kind.name] ?? 0, refused: kind.interval)
        }
        refused = found.refused
        self.years = found.years
    }

    private struct Plain: Hashable {
        let name: String
        let need: HousingNeed
    }

    /// The same home, empty, and nothing but what it is.
    private static func always(_ home: HousingUnit) -> HousingUnit {
        var home = home
        (home.id, home.provider, home.places, home.availability) = ("", "", [], .known(.freeNow))
        return home
    }

    /// The same household whenever it asks.
    private static func always(_ need: HousingNeed) -> HousingNeed {
        var need = need
        (need.id, need.from, need.canWait, need.waitingSince) = ("", .known(0), 0, .known(0))
        (need.tooNear, need.conflicts, need.consents, need.distanceBands) = (.known([]), .known([]), .known(true), [:])
        return need
    }

    /// A number that sorts as text as it does as a number: of homes that match alike the first is taken first.
    private static func called(_ home: HousingUnit, _ place: Int) -> HousingUnit {
        var home = home
        home.id = String(firstID + place)
        return home
    }

    private static let firstID = 100_000

    /// Each once, with how often it comes, in the order of their first.
    private static func alike<One: Hashable>(_ all: [One]) -> [(one: One, count: Int)] {
        var places: [One: Int] = [:], found: [(one: One, count: Int)] = []
        for one in all {
            if let place = places[one] {
                found[place].count += 1
            } else {
                places[one] = found.count
                found.append((one, 1))
            }
        }
        return found
    }
}

import Statistics
import Testing

/// Seeds are fixed: a test that passes passes always.
@Suite("Capacity: simulation")
struct SimulationTests {
    private let demand = AccommodationDemand(referrals: 252, stay: 113)

    private func run(_ scenario: CapacityScenario, arrivals: Int = 60_000, seed: UInt64 = 13) throws -> CapacityResult {
        try #require(CapacitySimulation.run(scenario, years: scenario.years(forArrivals: arrivals), seed: seed))
    }

    /// Within three standard errors, so that dozens of comparisons hold together; the interval itself has two.
    private func isNear(_ found: CapacityBand, _ known: Double) -> Bool {
        abs(found.value - known) < 1.5 * (found.high - found.low) / 2
    }

    @Test(arguments: [102.0, 110, 113, 180], [21, 70, 84])
    func `the closed form comes out of the simulation`(stay: Double, spaces: Int) throws {
        let demand = AccommodationDemand(referrals: 252, stay: stay)
        let found = try run(CapacityScenario(demand, spaces: spaces)).refused, known = demand.refused(spaces: spaces)
        #expect(isNear(found, known))
        #expect(found.high - found.low < 0.02)
    }

    @Test func `its interval holds the closed form about as often as it says`() throws {
        let scenario = CapacityScenario(demand, spaces: 70), known = demand.refused(spaces: 70)
        let held = try (0..<40).filter {
            let found = try run(scenario, arrivals: 12_000, seed: UInt64($0)).refused
            return found.low <= known && known <= found.high
        }
        #expect(held.count >= 34)
    }

    @Test func `only the mean stay matters where households and spaces are alike`() throws {
        let records = StaysTests.trial.map { StayRecord(days: $0.days * 6, isOpen: $0.isOpen) }
        let survival = try #require(StaySurvival(records))
        for law in [StayLaw.fixed(days: 113), .observed(survival)] {
            let found = try run(CapacityScenario(demand, spaces: 70, stay: law)).refused
            let known = AccommodationDemand(referrals: 252, stay: law.mean).refused(spaces: 70)
            #expect(isNear(found, known))
        }
    }

    @Test func `one bad year is normal: at 84 spaces the middle 90% runs from 0 to 12%, at 70 from 6 to 25%`() throws {
        let wide = try run(CapacityScenario(demand, spaces: 84), arrivals: 250_000).singleYears
        #expect(wide.low == 0 && abs(wide.high - 0.12) < 0.006)
        let tight = try run(CapacityScenario(demand, spaces: 70), arrivals: 250_000).singleYears
        #expect(abs(tight.low - 0.056) < 0.006 && abs(tight.high - 0.25) < 0.01)
    }

    @Test func `empty days between stays count as the closed form has them`() throws {
        var demand = demand
        demand.void = 7
        let found = try run(CapacityScenario(demand, spaces: 70))
        #expect(isNear(found.refused, demand.refused(spaces: 70)))
        let nights = 252 * (1 - demand.refused(spaces: 70)) * 113 / (70 * 365)
        #expect(abs(found.occupancy[0].share - nights) < 0.01)
    }

    @Test(arguments: [(70, 14.0), (80, 3.0)])
    func `a waiting list loses what the closed form says`(spaces: Int, patience: Double) throws {
        let found = try run(CapacityScenario(demand, spaces: spaces, patience: patience)).refused
        let known = ErlangA(demand, spaces: spaces, patience: patience).gaveUp
        #expect(isNear(found, known))
    }

    @Test func `a season refuses what its equations say`() throws {
        var scenario = CapacityScenario(demand, spaces: 80)
        scenario.season = Season(swing: 0.4)
        let found = try run(scenario).refused
        let known = try #require(SeasonalLoss(demand, spaces: 80, season: scenario.season))
        #expect(isNear(found, known.refused))
    }

    @Test(arguments: [0, 3]) func `small and large units refuse what the exact chain says`(reserve: Int) throws {
        let small = AccommodationDemand(referrals: 40, stay: 113), large = AccommodationDemand(referrals: 26, stay: 150)
        let known = try #require(
            NestedUnits(small: small, large: large, smallUnits: 12, largeUnits: 9, reserve: reserve))
        let scenario = CapacityScenario(
            units: [.init("small", count: 12), .init("large", count: 9)],
            households: [
                .init("small", referrals: 40, stay: .exponential(mean: 113),
                      fits: [.init(units: 0), .init(units: 1, leaving: reserve)]),
                .init("large", referrals: 26, stay: .exponential(mean: 150), fits: [.init(units: 1)]),
            ])
        let found = try run(scenario, arrivals: 100_000)
        #expect(isNear(found.refused, known.refused))
        #expect(abs(found.kinds[0].refused - known.refusedSmall) < 0.008)
        #expect(abs(found.kinds[1].refused - known.refusedLarge) < 0.012)
    }

    @Test func `the same seed gives the same figures, another other ones`() throws {
        let scenario = CapacityScenario(demand, spaces: 70)
        let once = try run(scenario, arrivals: 20_000), again = try run(scenario, arrivals: 20_000)
        #expect(once == again)
        #expect(try run(scenario, arrivals: 20_000, seed: 14) != once)
    }

    @Test func `known figures of a seed, the same on every platform`() throws {
        let found = try run(CapacityScenario(demand, spaces: 70, patience: 5), arrivals: 20_000)
        #expect([found.arrivals, found.kinds[0].refusals] == [25_373, 3_658])
    }

    @Test func `who fits nothing is always refused, and empty scenarios answer`() throws {
        let nobody = CapacityScenario(
            units: [.init("two people", count: 3)],
            households: [
                .init("family", referrals: 10, stay: .fixed(days: 100), fits: []),
                .init("single", referrals: 1, stay: .fixed(days: 1), fits: [.init(units: 0)]),
            ], patience: 7)
        let found = try run(nobody, arrivals: 2_000)
        #expect(found.kinds[0].refused == 1 && found.kinds[1].refused == 0)
        let none = try run(CapacityScenario(demand, spaces: 0), arrivals: 1_000)
        #expect(none.refused.value == 1 && none.occupancy[0].share == 0)
        let idle = CapacityScenario(AccommodationDemand(referrals: 0, stay: 113), spaces: 3)
        #expect(CapacitySimulation.run(idle, years: 10, seed: 1) == nil && idle.problem != nil)
        #expect(CapacityScenario(AccommodationDemand(referrals: .nan, stay: 113), spaces: 3).problem != nil)
    }

    @Test func `more spaces, shorter stays and fewer referrals refuse fewer`() throws {
        func refused(_ referrals: Double, _ stay: Double, _ spaces: Int) throws -> Double {
            try run(CapacityScenario(AccommodationDemand(referrals: referrals, stay: stay), spaces: spaces),
                    arrivals: 20_000).refused.value
        }
        let now = try refused(252, 113, 70)
        #expect(try refused(252, 113, 80) < now)
        #expect(try refused(252, 90, 70) < now)
        #expect(try refused(220, 113, 70) < now)
    }
}

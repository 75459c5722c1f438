import Statistics
import Testing

/// Figures with many digits come from other programs: sparse linear algebra, another integrator, another summation.
@Suite("Capacity: waiting, seasons, sizes and unlike units")
struct LossVariantsTests {
    private let demand = AccommodationDemand(referrals: 252, stay: 113)

    @Test(arguments: [
        (70, 3.0, 0.146_956_982_152_9), (70, 14.0, 0.134_938_978_182_1), (80, 3.0, 0.062_965_266_101_7),
        (80, 14.0, 0.053_322_959_250_2), (21, 3.0, 0.732_096_109_572_3), (21, 14.0, 0.730_864_173_497_0),
    ])
    func `with a waiting list some give up`(spaces: Int, patience: Double, gaveUp: Double) {
        #expect(abs(ErlangA(demand, spaces: spaces, patience: patience).gaveUp - gaveUp) < 1e-9)
    }

    @Test func `no patience at all is the loss model, and more of it loses fewer`() {
        var chance = Chance(seed: 3)
        for _ in 0..<100 {
            let referrals = 10 + 400 * chance.fraction(), stay = 20 + 200 * chance.fraction()
            let demand = AccommodationDemand(referrals: referrals, stay: stay)
            let spaces = chance.below(150)
            let none = ErlangA(demand, spaces: spaces, patience: 1e-7)
            #expect(abs(none.gaveUp - demand.refused(spaces: spaces)) < 1e-6)
            let short = ErlangA(demand, spaces: spaces, patience: 2)
            let long = ErlangA(demand, spaces: spaces, patience: 20)
            #expect(long.gaveUp <= short.gaveUp && short.gaveUp <= none.gaveUp + 1e-12)
            #expect(ErlangA(demand, spaces: spaces + 1, patience: 2).gaveUp <= short.gaveUp)
        }
    }

    @Test func `the fewest spaces with a list are no more than without`() throws {
        let fewest = try #require(ErlangA.spaces(demand, patience: 14, target: 0.05))
        #expect(ErlangA(demand, spaces: fewest, patience: 14).gaveUp <= 0.05)
        #expect(ErlangA(demand, spaces: fewest - 1, patience: 14).gaveUp > 0.05)
        #expect(fewest <= 84)
    }

    @Test func `a season refuses more, and most in its worst month`() throws {
        let flat = try #require(SeasonalLoss(demand, spaces: 80, season: Season(swing: 0)))
        #expect(abs(flat.refused - demand.refused(spaces: 80)) < 1e-9)
        #expect(abs(flat.worstMonth - flat.refused) < 1e-9)
        let fifth = try #require(SeasonalLoss(demand, spaces: 80, season: Season(swing: 0.2)))
        #expect(abs(fifth.refused - 0.082_003_36) < 1e-6 && abs(fifth.worstMonth - 0.160_039) < 2e-5)
        let double = try #require(SeasonalLoss(demand, spaces: 80, season: Season(swing: 0.4)))
        #expect(abs(double.refused - 0.110_931_57) < 1e-6 && abs(double.worstMonth - 0.256_528) < 2e-5)
        let later = try #require(SeasonalLoss(demand, spaces: 80, season: Season(swing: 0.4, peak: 0.25)))
        #expect(abs(later.refused - double.refused) < 1e-8)
        #expect(abs(later.months[3] - double.months[0]) < 1e-8)
    }

    @Test func `a season that would take too long to integrate isn't`() {
        let short = AccommodationDemand(referrals: 100_000, stay: 1)
        #expect(SeasonalLoss(short, spaces: 2_000, season: Season(swing: 0.2)) == nil)
    }

    @Test func `an average hides who is refused: 60 bedspaces`() {
        // 100.8 households a year of 113 days, 40, 25, 20 and 15% of one to four people: an assumption.
        let load = 252 * 0.4 * 113 / 365
        let households = zip([1, 2, 3, 4], [0.40, 0.25, 0.20, 0.15]).map {
            SharedBedspaces.Households(size: $0.0, load: load * $0.1)
        }
        let shared = SharedBedspaces(bedspaces: 60, households)
        for (found, known) in zip(shared.refused, [0.079_259_388, 0.156_427_721, 0.231_088_811, 0.302_861_985]) {
            #expect(abs(found - known) < 1e-8)
        }
        #expect(abs(shared.refused[3] - 0.303) < 0.0005)
        #expect(shared.refused[0] < shared.refusedOfAll && shared.refusedOfAll < shared.refused[3])
    }

    @Test func `households of one person make bedspaces the loss model`() {
        var chance = Chance(seed: 4)
        for _ in 0..<50 {
            let load = 1 + 900 * chance.fraction(), spaces = 1 + chance.below(1_000)
            let shared = SharedBedspaces(bedspaces: spaces, [.init(size: 1, load: load)])
            #expect(abs(shared.refused[0] - ErlangB.refused(load: load, spaces: spaces)) < 1e-9)
            #expect(abs(shared.taken - load * (1 - shared.refused[0])) < 1e-6)
        }
        #expect(SharedBedspaces(bedspaces: 2, [.init(size: 3, load: 1)]).refused == [1])
        #expect(SharedBedspaces(bedspaces: 0, [.init(size: 1, load: 1)]).refusedOfAll == 1)
    }

    @Test(arguments: [
        (12, 9, 0.083_929_973_8, 0.279_113_254_4), (16, 6, 0.036_849_496_4, 0.420_283_236_9),
        (9, 12, 0.105_577_056_8, 0.205_917_815_5),
    ])
    func `small households in large units refuse large ones`(
        small: Int, large: Int, ofSmall: Double, ofLarge: Double
    ) throws {
        // 12.15 and 8 erlang: the reference's 8.4 and 27.9%, 3.6 and 42.2%, 10.6 and 20.5% to a fifth of a point.
        let few = AccommodationDemand(referrals: 12.15, stay: 365), many = AccommodationDemand(referrals: 8, stay: 365)
        let units = try #require(NestedUnits(small: few, large: many, smallUnits: small, largeUnits: large))
        #expect(abs(units.refusedSmall - ofSmall) < 1e-8 && abs(units.refusedLarge - ofLarge) < 1e-8)
    }

    @Test func `a reserve moves refusals from large households to small ones`() throws {
        let small = AccommodationDemand(referrals: 40, stay: 113), large = AccommodationDemand(referrals: 26, stay: 113)
        let found = try (0...9).map {
            try #require(NestedUnits(small: small, large: large, smallUnits: 12, largeUnits: 9, reserve: $0))
        }
        for (less, more) in zip(found, found.dropFirst()) {
            #expect(more.refusedSmall > less.refusedSmall && more.refusedLarge < less.refusedLarge)
            #expect(more.largeHeldBySmall < less.largeHeldBySmall)
        }
        // All large units kept: two closed pools.
        #expect(abs(found[9].refusedSmall - small.refused(spaces: 12)) < 1e-9)
        #expect(abs(found[9].refusedLarge - large.refused(spaces: 9)) < 1e-9)
    }

    @Test func `what is no number stops nothing`() {
        for odd in [Double.nan, .infinity, -1, 0, 1e300] {
            let demand = AccommodationDemand(referrals: odd, stay: odd, void: odd)
            _ = ErlangA(demand, spaces: 5, patience: odd)
            _ = ErlangA.spaces(demand, patience: odd, target: 0.05)
            _ = SeasonalLoss(demand, spaces: 5, season: Season(swing: odd, peak: odd))
            _ = NestedUnits(small: demand, large: demand, smallUnits: 2, largeUnits: 2)
            _ = SharedBedspaces(bedspaces: 5, [.init(size: -1, load: odd), .init(size: 9, load: odd)])
            _ = LittlesLaw(spaces: 5, stay: odd, void: odd, admissions: odd, referrals: odd).findings
            _ = CapacityTornado(demand, spaces: 5, CapacityTornado.usualRanges(demand, spaces: 5))
            _ = CapacityBootstrap(demand, spaces: 5, target: odd, draws: 3, seed: 1)
            _ = CapacityAnswer(CapacityQuestion(demand, spaces: 5, target: 0.05), arrivals: 100)
        }
        #expect(ErlangA(AccommodationDemand(referrals: 0, stay: 9), spaces: 5, patience: 3).gaveUp == 0)
        #expect(ErlangA(AccommodationDemand(referrals: 9, stay: 9), spaces: 5, patience: -3).gaveUp.isNaN)
    }

    @Test func `nobody small, nobody large, no small units are the loss model; too many states are nothing`() throws {
        let none = AccommodationDemand(referrals: 0, stay: 113), some = AccommodationDemand(referrals: 60, stay: 113)
        let onlyLarge = try #require(NestedUnits(small: none, large: some, smallUnits: 5, largeUnits: 9))
        #expect(abs(onlyLarge.refusedLarge - some.refused(spaces: 9)) < 1e-9)
        let onlySmall = try #require(NestedUnits(small: some, large: none, smallUnits: 5, largeUnits: 9))
        #expect(abs(onlySmall.refusedSmall - some.refused(spaces: 14)) < 1e-9)
        #expect(NestedUnits(small: some, large: some, smallUnits: 40, largeUnits: 40) == nil)
    }
}

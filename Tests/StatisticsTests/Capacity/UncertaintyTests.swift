import Statistics
import Testing

@Suite("Capacity: what is uncertain and what matters")
struct UncertaintyTests {
    private let demand = AccommodationDemand(referrals: 252, stay: 113)

    private func bootstrap(
        _ stays: [StayRecord] = [], draws: Int = 1_000, level: Double = 0.95
    ) throws -> CapacityBootstrap {
        try #require(
            CapacityBootstrap(demand, stays: stays, spaces: 70, target: 0.05, draws: draws, level: level, seed: 5))
    }

    @Test func `referrals alone give about the interval of their count`() throws {
        let found = try bootstrap()
        #expect(found.spaces.value == 84 && found.stay.low == 113 && found.stay.high == 113)
        #expect(abs(found.spaces.low - 75) <= 1 && abs(found.spaces.high - 94) <= 1)
        #expect(abs(found.referrals.low - 222) <= 4 && abs(found.referrals.high - 284) <= 4)
        #expect(found.refused.low < found.refused.value && found.refused.value < found.refused.high)
    }

    @Test func `uncertain stays widen it, many of them less than few`() throws {
        var chance = Chance(seed: 9)
        let stays = (0..<400).map { _ in
            StayRecord(days: Double(20 + chance.below(187)), isOpen: chance.below(10) == 0)
        }
        let none = try bootstrap(draws: 400)
        let few = try bootstrap(Array(stays.prefix(25)), draws: 400), many = try bootstrap(stays, draws: 400)
        func relative(_ band: CapacityBand) -> Double { (band.high - band.low) / band.value }
        #expect(relative(few.stay) > relative(many.stay))
        #expect(relative(few.spaces) > relative(many.spaces) && relative(few.spaces) > relative(none.spaces))
        let mean = try #require(StaySurvival(stays)).mean
        #expect(many.stay.value == mean && many.stay.low < mean && mean < many.stay.high)
    }

    @Test func `the same seed gives the same interval, whatever the order of the stays`() throws {
        let trial = StaysTests.trial.map { StayRecord(days: $0.days * 6, isOpen: $0.isOpen) }
        #expect(try bootstrap(trial, draws: 200) == bootstrap(trial.reversed(), draws: 200))
    }

    @Test func `nothing to draw from says nothing`() {
        let open = [StayRecord(days: 5, isOpen: true)]
        #expect(CapacityBootstrap(demand, stays: open, spaces: 70, target: 0.05, seed: 1) == nil)
        #expect(CapacityBootstrap(demand, spaces: 70, target: 0, seed: 1) == nil)
        let none = AccommodationDemand(referrals: 0, stay: 113)
        #expect(CapacityBootstrap(none, spaces: 70, target: 0.05, seed: 1) == nil)
    }

    @Test func `what matters most comes first, with the share refused at both ends`() {
        let ranges = CapacityTornado.usualRanges(demand, spaces: 70)
        let tornado = CapacityTornado(demand, spaces: 70, ranges)
        #expect(tornado.refused == demand.refused(spaces: 70))
        #expect(Set(tornado.bars.map(\.range.input)) == Set(CapacityTornado.Input.allCases))
        #expect(tornado.bars.map(\.width) == tornado.bars.map(\.width).sorted(by: >))
        #expect(tornado.bars.first?.range == .init(.referrals, low: 222, high: 285))
        for bar in tornado.bars {
            let rises = bar.range.input != .spaces
            #expect((bar.refusedAtHigh > bar.refusedAtLow) == rises)
        }
    }

    @Test func `a mix scales in its proportions`() throws {
        let mix = try #require(UnitMix(
            households: [.init(size: 1, weight: 40), .init(size: 4, weight: 15)],
            units: [.init(size: 4, count: 9), .init(size: 2, count: 12)]))
        #expect(mix.units.map(\.size) == [2, 4] && mix.spaces == 21)
        for spaces in 0...100 { #expect(mix.scaled(to: spaces).spaces == spaces) }
        #expect(mix.scaled(to: 42).units.map(\.count) == [24, 18])
        #expect(mix.scaled(to: 22).units.map(\.count) == [13, 9])
        #expect(UnitMix(households: [], units: mix.units) == nil)
        #expect(UnitMix(households: mix.households, units: [.init(size: 2, count: 1), .init(size: 2, count: 2)]) == nil)
    }

    @Test func `a mix where every household fits every unit needs what the loss model says`() throws {
        let mix = try #require(UnitMix(households: [.init(size: 1, weight: 1)], units: [.init(size: 1, count: 5)]))
        let found = try #require(mix.spaces(demand, target: 0.05, years: 400, seed: 13, most: 200))
        #expect(abs(found - 84) <= 1)
        let unfit = try #require(UnitMix(
            households: [.init(size: 1, weight: 1), .init(size: 3, weight: 1)], units: [.init(size: 2, count: 9)]))
        #expect(unfit.spaces(demand, target: 0.05, years: 20, seed: 1, most: 200) == nil)
    }
}

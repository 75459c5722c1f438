import Statistics
import Testing

@Suite("Capacity: a partnership's own stays, units that not everybody can use, seasons")
struct OwnFiguresTests {
    private let demand = AccommodationDemand(referrals: 252, stay: 113)

    @Test func `a file of stays is read as spreadsheets write it`() throws {
        let file = "\u{FEFF}Days,Open\r\n41,no\r\n\"96\",Yes\r\n# a remark\r\n,,\r\n130,\r\n0.5,0\r\n"
        let stays = try StaysFile.read(file)
        #expect(stays == [
            StayRecord(days: 41), StayRecord(days: 96, isOpen: true), StayRecord(days: 130), StayRecord(days: 0.5),
        ])
    }

    @Test(arguments: [
        ("", "it has no stay that ended"), ("days,open\n4,yes", "it has no stay that ended"),
        ("days\n4", "line 1: the header must be days,open"),
        ("days,open\n4,perhaps", "line 2: open must be yes or no"),
        ("days,open\n-4,no", "line 2: the days of a stay must be a number from 0 to 3650"),
        ("days,open\nnan,no", "line 2: the days of a stay must be a number from 0 to 3650"),
        ("days,open\n4,no,Ann", "line 2: it has more values than the header"),
    ])
    func `a file of stays that can't be read says where`(_ text: String, _ problem: String) {
        #expect { try StaysFile.read(text) } throws: { "\($0)" == problem }
    }

    @Test func `few stays leave more open than many, and their range is a count's own`() throws {
        let few = (1...4).map { StayRecord(days: Double($0) * 50) }
        let survival = try #require(StaySurvival(few)), counts = PoissonCount.interval(4)
        #expect(abs(survival.meanRange.lowerBound - 125 * 4 / counts.high) < 1e-9)
        #expect(abs(survival.meanRange.upperBound - 125 * 4 / counts.low) < 1e-9)
        func stay(_ records: [StayRecord]) throws -> CapacityBand {
            try #require(CapacityBootstrap(demand, stays: records, spaces: 70, target: 0.05, draws: 200, seed: 3)).stay
        }
        let many = try stay((1...40).map { StayRecord(days: Double($0) * 6) }), little = try stay(few)
        #expect(little.value == 125 && little.low < 90 && little.high > 250)
        #expect((many.high - many.low) / many.value < (little.high - little.low) / little.value)
    }

    @Test func `a range of stays widens the answer`() throws {
        func spaces(_ range: ClosedRange<Double>?) throws -> CapacityBand {
            try #require(CapacityBootstrap(
                demand, within: range, spaces: 70, target: 0.05, level: 0.95, seed: 3)).spaces
        }
        let sure = try spaces(nil), unsure = try spaces(90...140)
        #expect(unsure.low < sure.low && unsure.high > sure.high && unsure.value == 84)
        let most = try #require(CapacityBootstrap(demand, spaces: 70, target: 0.05, seed: 3, most: 86))
        #expect(most.spaces.high == 86)
        #expect(CapacityBootstrap(demand, spaces: 70, target: 0.05, seed: 3, most: 83) == nil)
    }

    @Test func `each kind of household has the simulation's own noise, and it holds what is true`() throws {
        let scenario = CapacityScenario(
            units: [.init("one", count: 9), .init("other", count: 20)],
            households: [
                .init("few", referrals: 20, stay: .exponential(mean: 113), fits: [.init(units: 0)]),
                .init("many", referrals: 80, stay: .exponential(mean: 113), fits: [.init(units: 1)]),
            ])
        let found = try #require(CapacitySimulation.run(scenario, years: 300, seed: 3))
        let known = zip([20.0, 80], [9, 20]).map {
            AccommodationDemand(referrals: $0, stay: 113).refused(spaces: $1)
        }
        for (kind, known) in zip(found.kinds, known) {
            #expect(kind.interval.low < known && known < kind.interval.high)
            #expect(kind.refused == Double(kind.refusals) / Double(kind.arrivals))
        }
        #expect(found.kinds[0].interval.high - found.kinds[0].interval.low < 0.03)
    }

    @Test func `units that only some take: the closed forms at both ends, sharing between them`() throws {
        let demand = AccommodationDemand(referrals: 66, stay: 113)
        func found(_ open: Int) throws -> PartlyOpenUnits {
            try #require(PartlyOpenUnits(demand, part: 0.1, spaces: 21, open: open, arrivals: 40_000, seed: 2))
        }
        let units = try found(4)
        let few = AccommodationDemand(referrals: 6.6, stay: 113), rest = AccommodationDemand(referrals: 59.4, stay: 113)
        #expect(abs(units.apart.few.value - few.refused(spaces: 4)) < 1e-12)
        #expect(abs(units.apart.others.value - rest.refused(spaces: 17)) < 1e-12)
        #expect(units.pooled.few.value == demand.refused(spaces: 21))
        // Exactly: the others are the small households, who may overflow.
        let known = try #require(NestedUnits(small: rest, large: few, smallUnits: 17, largeUnits: 4))
        #expect(units.shared.few.low < known.refusedLarge && known.refusedLarge < units.shared.few.high)
        #expect(units.shared.others.low < known.refusedSmall && known.refusedSmall < units.shared.others.high)
        #expect(units.shared.all.value < units.apart.all.value)
        #expect(try found(0).shared.few.value == 1)
        #expect(PartlyOpenUnits(demand, part: 1.1, spaces: 21, open: 4, arrivals: 100, seed: 1) == nil)
        #expect(PartlyOpenUnits(demand, part: 0.1, spaces: 21, open: 22, arrivals: 100, seed: 1) == nil)
    }

    @Test func `a season needs more spaces, the fewest of them`() throws {
        let season = Season(swing: 0.4)
        let fewest = try #require(SeasonalLoss.spaces(demand, season: season, target: 0.05))
        #expect(fewest > 84)
        func refused(_ spaces: Int) throws -> Double {
            try #require(SeasonalLoss(demand, spaces: spaces, season: season)).refused
        }
        #expect(try refused(fewest) <= 0.05)
        #expect(try refused(fewest - 1) > 0.05)
        #expect(SeasonalLoss.spaces(demand, season: Season(swing: 0), target: 0.05) == 84)
        let many = AccommodationDemand(referrals: 90_000, stay: 3)
        #expect(SeasonalLoss.spaces(many, season: season, target: 0.05) == nil)
    }

    @Test func `what is said of waiting, seasons and areas must make sense`() {
        func problem(_ manner: CapacityManner = CapacityManner(), _ pools: [CapacityPool] = []) -> String? {
            CapacityQuestion(demand, spaces: 70, target: 0.05, manner: manner, pools: pools).problem
        }
        #expect(problem(CapacityManner(patience: 0)) != nil && problem(CapacityManner(patience: .nan)) != nil)
        #expect(problem(CapacityManner(swing: 1.1)) != nil && problem(CapacityManner(swing: -0.1)) != nil)
        #expect(problem(CapacityManner(patience: 3, swing: 1)) == nil)
        #expect(problem(CapacityManner(), [.init(referrals: 252, spaces: 69)])?.contains("add to 69, not 70") == true)
        #expect(problem(CapacityManner(), [.init(referrals: .nan, spaces: 70)]) != nil)
        let odd = [CapacityPool(referrals: 352, spaces: 71), CapacityPool(referrals: -100, spaces: -1)]
        #expect(problem(CapacityManner(), odd) != nil)
        #expect(problem(CapacityManner(), [.init(referrals: 252, spaces: 70)]) == nil)
    }
}

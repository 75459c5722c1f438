import Statistics

/// How fast matching is, on invented homes and households; needs no database.
public enum MatchBench {
    /// One piece of work, in milliseconds.
    public struct Measurement: Sendable {
        public let name: String
        /// Half of the rounds took no longer.
        public let p50: Double
        /// 95 of 100 rounds took no longer.
        public let p95: Double
        /// What `p95` has to stay under.
        public let limit: Double
        /// How many units match, or how many households are placed: shows that there was something to do.
        public let found: Int

        public var isMet: Bool { p95 < limit }
    }

    /// All of it, each so many rounds.
    public static func run(rounds: Int = 40, seed: UInt64 = 1) -> [Measurement] {
        var homes = BenchHomes(seed: seed)
        let (units, needs) = (homes.units(5_000), homes.needs(200))
        let few = Array(units.prefix(300))
        let (open, plain) = (homes.units(300, areOpen: true), homes.needs(200, arePlain: true))
        // In services of about seven homes, as many in each area.
        let housed = open.enumerated().map { number, unit in
            var unit = unit
            unit.places = ["service-\(number % 40)", "area-\(number % 20)"]
            return unit
        }
        let apart = Set((0..<100).map { KeptApart(plain[$0].id, plain[199 - $0].id) })
        let matching = Matching()
        let verdicts = needs.map { matching.verdicts(for: $0, among: units) }
        return [
            measure("one household, 5,000 units", rounds, under: 5) { round in
                matching.verdicts(for: needs[round % 200], among: units).count { $0.standing != .doesNot }
            },
            measure("its smallest reasons", rounds, under: 1) { round in
                Matching.smallestLiftings(of: verdicts[round % 200]).count
            },
            measure("200 households, 300 units", rounds, under: 100) { _ in
                matching.batch(needs, among: few).pairs.count
            },
            measure("the same, also what must be asked", rounds, under: 100) { _ in
                matching.batch(needs, among: few, reaching: .ask).pairs.count
            },
            measure("the same, nearly everything fits", rounds, under: 100) { _ in
                matching.batch(plain, among: open).pairs.count
            },
            measure("the same, 100 pairs kept apart", rounds, under: 100) { _ in
                matching.batch(plain, among: housed, apart: apart).pairs.count
            },
        ]
    }

    private static func measure(
        _ name: String, _ rounds: Int, under limit: Double, _ work: (_ round: Int) -> Int
    ) -> Measurement {
        let clock = ContinuousClock()
        var found = work(0)
        var times: [Double] = []
        for round in 0..<max(1, rounds) {
            let start = clock.now
            found = max(found, work(round))
            times.append((clock.now - start) / .milliseconds(1))
        }
        times.sort()
        func percentile(_ share: Double) -> Double { times[min(times.count - 1, Int(Double(times.count) * share))] }
        return Measurement(name: name, p50: percentile(0.5), p95: percentile(0.95), limit: limit, found: found)
    }
}

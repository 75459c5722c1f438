/// Years of referrals and stays, one after another, with chance from a seed: what closed forms can't say (unlike
/// units, observed stays, single years). The same scenario and seed give the same figures on every platform: chance
/// is SplitMix64, logarithms are `Portable`, and nothing depends on hashing, the clock or threads.
public enum CapacitySimulation {
    /// After some years to settle, `years` are measured. Nil when `scenario.problem` says why.
    public static func run(_ scenario: CapacityScenario, years: Int, seed: UInt64) -> CapacityResult? {
        guard scenario.problem == nil, years > 0 else { return nil }
        var run = SimulationRun(scenario, years: years, seed: seed)
        return run.finish()
    }
}

/// A household that waits.
private struct Waiting {
    let since: Double
    let until: Double
}

/// Households of one kind that wait, first come first.
private struct Queue {
    private var line: [Waiting] = []
    private var served = 0

    var first: Waiting? { served < line.count ? line[served] : nil }

    var all: ArraySlice<Waiting> { line[served...] }

    mutating func join(_ household: Waiting) { line.append(household) }

    mutating func removeFirst() {
        served += 1
        if served > 1_024, served * 2 > line.count {
            line.removeFirst(served)
            served = 0
        }
    }
}

/// One simulation under way. Time is in days; measured years begin at 0.
private struct SimulationRun {
    private let scenario: CapacityScenario
    private let years: Int
    private let gap: Double
    private let sums: [Double]
    private let begin: Double
    private var chance: Chance
    private var free: [Int]
    private var ends = EndingsHeap()
    private var queues: [Queue]
    private var tally: CapacityTally

    init(_ scenario: CapacityScenario, years: Int, seed: UInt64) {
        self.scenario = scenario
        self.years = years
        chance = Chance(seed: seed)
        var sum = 0.0
        sums = scenario.households.map { sum += $0.referrals; return sum }
        // Arrivals are drawn at the season's highest rate and thinned (Lewis and Shedler, 1979).
        gap = AccommodationDemand.year / (sum * (1 + scenario.season.swing))
        // Five mean stays settle what an empty start upsets: e^-5 of it is left, less than a hundredth.
        let settling = 5 * (scenario.meanStay + scenario.void) + (scenario.patience ?? 0)
        begin = -AccommodationDemand.year * max(1, (settling / AccommodationDemand.year).rounded(.up))
        free = scenario.units.map(\.count)
        queues = [Queue](repeating: Queue(), count: scenario.households.count)
        tally = CapacityTally(scenario, years: years)
    }

    mutating func finish() -> CapacityResult {
        let end = Double(years) * AccommodationDemand.year
        var now = begin + chance.exponential(mean: gap)
        while now < end {
            release(until: now)
            if isReal(now) { arrive(pickKind(), now) }
            now += chance.exponential(mean: gap)
        }
        release(until: end)
        // Who would still wait then is counted as neither placed nor refused.
        for kind in queues.indices {
            for household in queues[kind].all where household.until <= end { tally.refused(kind, at: household.since) }
        }
        return tally.result(scenario)
    }

    private mutating func isReal(_ now: Double) -> Bool {
        let season = scenario.season
        if season.swing == 0 { return true }
        return chance.fraction() * (1 + season.swing) < season.factor(now / AccommodationDemand.year)
    }

    private mutating func pickKind() -> Int {
        if sums.count == 1 { return 0 }
        let wanted = chance.fraction() * sums[sums.count - 1]
        return sums.firstIndex { $0 > wanted } ?? sums.count - 1
    }

    private mutating func arrive(_ kind: Int, _ now: Double) {
        for fit in scenario.households[kind].fits where free[fit.units] > fit.leaving {
            place(kind, fit.units, since: now, now)
            return
        }
        guard let patience = scenario.patience, !scenario.households[kind].fits.isEmpty else {
            tally.refused(kind, at: now)
            return
        }
        queues[kind].join(Waiting(since: now, until: now + chance.exponential(mean: patience)))
        // Those before who gave up are counted now and then, not only when a unit comes free.
        dropGivenUp(kind, now)
    }

    private mutating func place(_ kind: Int, _ units: Int, since: Double, _ now: Double) {
        free[units] -= 1
        let stay = scenario.households[kind].stay.draw(&chance)
        tally.placed(kind, units, at: since, from: now, to: now + stay)
        ends.add(Ending(at: now + stay + scenario.void, units: units))
    }

    /// Lets every unit that came free by then to who waits for it.
    private mutating func release(until now: Double) {
        while let next = ends.first, next.at <= now {
            ends.removeFirst()
            free[next.units] += 1
            if scenario.patience != nil { offer(next.units, next.at) }
        }
    }

    /// A unit that came free goes to whoever has waited longest of those it fits.
    private mutating func offer(_ units: Int, _ now: Double) {
        var longest: (kind: Int, since: Double)?
        for kind in queues.indices {
            dropGivenUp(kind, now)
            guard let first = queues[kind].first, first.since < longest?.since ?? .infinity else { continue }
            if scenario.households[kind].fits.contains(where: { $0.units == units && free[units] > $0.leaving }) {
                longest = (kind, first.since)
            }
        }
        guard let longest else { return }
        queues[longest.kind].removeFirst()
        place(longest.kind, units, since: longest.since, now)
    }

    private mutating func dropGivenUp(_ kind: Int, _ now: Double) {
        while let first = queues[kind].first, first.until <= now {
            queues[kind].removeFirst()
            tally.refused(kind, at: first.since)
        }
    }
}

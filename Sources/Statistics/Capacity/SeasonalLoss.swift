/// Referrals that swing over the year: 1 + swing cos(2 pi (t - peak)) times the mean.
public struct Season: Sendable, Equatable {
    /// From 0 (flat) to 1: 0.2 is a fifth more at the peak and a fifth fewer half a year later.
    public var swing: Double
    /// Where in the year the peak lies, from 0 to 1.
    public var peak: Double

    public init(swing: Double, peak: Double = 0) {
        self.swing = swing
        self.peak = peak
    }

    /// How many times the mean the rate is, so far into a year.
    func factor(_ year: Double) -> Double { swing == 0 ? 1 : 1 + swing * Portable.cosine(turns: year - peak) }
}

/// The loss model with a season, by integrating its Kolmogorov equations over the years until one is like the one
/// before. The textbook approximation (modified offered load) says too little from a swing of 40% on (statistics.md
/// B1).
public struct SeasonalLoss: Sendable {
    /// The share of a year's arrivals that is refused.
    public let refused: Double
    /// For each twelfth of the year, from its beginning: the share of that twelfth's arrivals that is refused.
    public let months: [Double]
    /// The worst of them.
    public var worstMonth: Double { months.max() ?? 0 }

    /// Nil where the equations would take some seconds (hundreds of spaces with stays of a few days): simulate these.
    public init?(_ demand: AccommodationDemand, spaces: Int, season: Season) {
        let stay = demand.stay + demand.void, mean = demand.referrals / AccommodationDemand.year
        let perMonth = Self.stepsPerMonth(demand, spaces: spaces, season: season)
        guard spaces >= 0, stay > 0, mean >= 0, (0...1).contains(season.swing), season.peak.isFinite,
            12 * perMonth * (Double(spaces) + 1) < 4e6
        else { return nil }
        let steps = 12 * Int(perMonth)
        var chain = LossChain(spaces: spaces, leaving: 1 / stay, load: demand.load)
        var last = -1.0, found = (refused: 0.0, months: [Double]())
        for _ in 0..<60 {
            found = chain.year(steps: steps) { mean * season.factor($0) }
            if abs(found.refused - last) < 1e-10 { break }
            last = found.refused
        }
        (refused, months) = found
    }

    /// The fewest spaces that refuse at most `target` of a year's arrivals; nil where the target isn't above 0, or
    /// where so many tries would take some seconds.
    public static func spaces(_ demand: AccommodationDemand, season: Season, target: Double) -> Int? {
        // A season never refuses fewer than an even year does.
        guard var low = demand.spaces(target: target) else { return nil }
        func refused(_ spaces: Int) -> Double? {
            guard 12 * stepsPerMonth(demand, spaces: spaces, season: season) * (Double(spaces) + 1) < 4e5 else {
                return nil
            }
            return SeasonalLoss(demand, spaces: spaces, season: season)?.refused
        }
        guard let even = refused(low) else { return nil }
        if even <= target { return low }
        var step = max(1, low / 16), high = low
        repeat {
            low = high
            high += step
            step *= 2
            guard let more = refused(high) else { return nil }
            if more <= target { break }
        } while true
        while low + 1 < high {
            let middle = (low + high) / 2
            guard let share = refused(middle) else { return nil }
            if share <= target { high = middle } else { low = middle }
        }
        return high
    }

    /// Runge and Kutta's fourth order is stable up to 2.78 over the fastest rate; accurate well below it.
    private static func stepsPerMonth(_ demand: AccommodationDemand, spaces: Int, season: Season) -> Double {
        let coming = demand.referrals / AccommodationDemand.year * (1 + season.swing)
        let fastest = coming + Double(spaces) / (demand.stay + demand.void)
        return (AccommodationDemand.year / 12 * max(2, fastest / 0.6)).rounded(.up)
    }
}

/// How likely each number of taken spaces is, moving through time.
private struct LossChain {
    private var taken: [Double]
    private var slopes: [Double]
    private var trial: [Double]
    private var change: [Double]
    private let leaving: Double

    /// Begins where an even year would have settled.
    init(spaces: Int, leaving: Double, load: Double) {
        self.leaving = leaving
        // Weighed downwards from full, where the weights stay finite: P(k-1) = P(k) k/a, to one scale.
        taken = [Double](repeating: 0, count: spaces + 1)
        var weight = 1.0
        for k in (0...spaces).reversed() {
            taken[k] = weight
            weight *= load > 0 ? Double(k) / load : 0
            if weight > 1e200 {
                for j in k...spaces { taken[j] *= 1e-200 }
                weight *= 1e-200
            }
        }
        if load <= 0 { taken = [1] + [Double](repeating: 0, count: spaces) }
        let all = taken.reduce(0, +)
        for k in taken.indices { taken[k] /= all }
        slopes = taken
        trial = taken
        change = taken
    }

    /// A year on: what was refused of its arrivals, and of each twelfth's. Arrivals lost are summed by Simpson's rule
    /// over the same half steps.
    mutating func year(steps: Int, rate: (Double) -> Double) -> (refused: Double, months: [Double]) {
        let step = AccommodationDemand.year / Double(steps), perMonth = steps / 12
        var months: [Double] = [], allLost = 0.0, allCame = 0.0
        for month in 0..<12 {
            var lost = 0.0, came = 0.0
            for index in month * perMonth..<(month + 1) * perMonth {
                let begin = rate(Double(index) / Double(steps)), end = rate(Double(index + 1) / Double(steps))
                let middle = rate((Double(index) + 0.5) / Double(steps))
                let full = advance(step, begin, middle, end)
                lost += (begin * full.begin + 4 * middle * full.middle + end * full.end) / 6
                came += (begin + 4 * middle + end) / 6
            }
            months.append(came > 0 ? lost / came : 0)
            allLost += lost
            allCame += came
        }
        return (allCame > 0 ? allLost / allCame : 0, months)
    }

    /// A step, with how likely every space was taken at its beginning, middle and end.
    private mutating func advance(
        _ step: Double, _ begin: Double, _ middle: Double, _ end: Double
    ) -> (begin: Double, middle: Double, end: Double) {
        let last = taken.count - 1, atFirst = taken[last]
        slope(of: taken, begin)
        for k in taken.indices {
            change[k] = slopes[k]
            trial[k] = taken[k] + step / 2 * slopes[k]
        }
        slope(of: trial, middle)
        for k in taken.indices {
            change[k] += 2 * slopes[k]
            trial[k] = taken[k] + step / 2 * slopes[k]
        }
        let halfway = trial[last]
        slope(of: trial, middle)
        for k in taken.indices {
            change[k] += 2 * slopes[k]
            trial[k] = taken[k] + step * slopes[k]
        }
        slope(of: trial, end)
        for k in taken.indices { taken[k] += step / 6 * (change[k] + slopes[k]) }
        return (atFirst, halfway, taken[last])
    }

    private mutating func slope(of state: [Double], _ coming: Double) {
        let last = state.count - 1
        for k in 0...last {
            var slope = -Double(k) * leaving * state[k]
            if k > 0 { slope += coming * state[k - 1] }
            if k < last { slope += Double(k + 1) * leaving * state[k + 1] - coming * state[k] }
            slopes[k] = slope
        }
    }
}

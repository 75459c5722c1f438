/// What a count of independent events says about the mean behind it.
public enum PoissonCount {
    /// The exact interval of the mean behind a count (F. Garwood, 1936): chi2(a/2, 2n)/2 to chi2(1 - a/2, 2n + 2)/2,
    /// found from the Poisson sums that these are equal to. At level 0.95, 252 gives 221.8 to 285.1.
    public static func interval(_ count: Int, level: Double = 0.95) -> (low: Double, high: Double) {
        let tail = (1 - level) / 2, count = max(count, 0)
        // So many standard deviations beyond, and some for small counts, lie further out than any level asked for.
        let reach = 12 * Double(count + 1).squareRoot() + 40
        let low = count == 0 ? 0 : bisect(max(0, Double(count) - reach), Double(count)) {
            1 - atMost(count - 1, mean: $0) < tail
        }
        let high = bisect(Double(count), Double(count) + reach) { atMost(count, mean: $0) > tail }
        return (low, high)
    }

    /// The same in whole events, as it is quoted: 252 gives 222 to 285.
    public static func wholeInterval(_ count: Int, level: Double = 0.95) -> ClosedRange<Int> {
        let (low, high) = interval(count, level: level)
        return Int(low.rounded())...Int(high.rounded())
    }

    /// The chance of at most `count` events. Terms are taken relative to the greatest, so nothing over- or underflows.
    static func atMost(_ count: Int, mean: Double) -> Double {
        let weights = Weights(mean: mean)
        let upTo = count - weights.first
        if upTo < 0 { return 0 }
        return weights.of.prefix(upTo + 1).reduce(0, +) / weights.of.reduce(0, +)
    }

    private static func bisect(_ from: Double, _ to: Double, stillLow: (Double) -> Bool) -> Double {
        var low = from, high = to
        for _ in 0..<60 {
            let middle = (low + high) / 2
            if stillLow(middle) { low = middle } else { high = middle }
        }
        return (low + high) / 2
    }

    /// The terms of the Poisson distribution that are not negligible, from the count `first` up, to one scale.
    struct Weights {
        let first: Int
        let of: [Double]

        init(mean: Double) {
            let mode = Int(mean)
            var below: [Double] = [], above: [Double] = [1]
            var weight = 1.0, count = mode
            while count > 0, weight > 1e-20 {
                weight *= Double(count) / mean
                below.append(weight)
                count -= 1
            }
            first = count
            weight = 1
            count = mode
            while weight > 1e-20 {
                count += 1
                weight *= mean / Double(count)
                above.append(weight)
            }
            of = below.reversed() + above
        }
    }
}

/// Counts drawn about a mean, by looking a chance up in the summed distribution: exact and the same everywhere.
struct PoissonDraws {
    private let first: Int
    private let sums: [Double]

    init(mean: Double) {
        let weights = PoissonCount.Weights(mean: mean)
        first = weights.first
        var sum = 0.0
        sums = weights.of.map { sum += $0; return sum }
    }

    func draw(_ chance: inout Chance) -> Int {
        let wanted = chance.fraction() * sums[sums.count - 1]
        var low = 0, high = sums.count - 1
        while low < high {
            let middle = (low + high) / 2
            if sums[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        return first + low
    }
}

/// One stay: how long it has lasted, and whether the household is still there.
public struct StayRecord: Sendable, Equatable {
    /// At least 0.
    public var days: Double
    public var isOpen: Bool

    public init(days: Double, isOpen: Bool = false) {
        self.days = days
        self.isOpen = isOpen
    }
}

/// How long households stay, from stays that ended and stays that still go on (E. L. Kaplan and P. Meier, 1958). A
/// mean of leavers alone is too short: the long stays are the ones that have not ended.
public struct StaySurvival: Sendable {
    /// A day on which stays ended.
    public struct Step: Sendable, Equatable {
        public let days: Double
        /// Stays that were followed until then.
        public let followed: Int
        public let ended: Int
        /// The share of all stays that lasts longer than `days`.
        public let stillThere: Double
    }

    public let steps: [Step]
    public let ended: Int
    public let open: Int
    /// The longest stay, ended or not: nothing is known beyond it.
    public let longest: Double
    /// The mean up to `longest`: too low where the longest stays are open (`isComplete` says so).
    public let restrictedMean: Double
    /// The mean with what lies beyond `longest` estimated: `tail` days for each stay that lasts as long.
    public let mean: Double
    /// How much longer a stay goes on that outlasts `longest`: days spent beyond the median for each stay ended there,
    /// that is, an exponential end. 0 where the longest stay ended.
    public let tail: Double

    /// Nil without a stay that ended, or with a length that isn't a number from 0 up.
    public init?(_ records: [StayRecord]) {
        guard records.allSatisfy({ $0.days >= 0 && $0.days.isFinite }) else { return nil }
        self.init(sorted: records.sorted { $0.days < $1.days }, times: nil)
    }

    /// Of records in order of their days, each counted so many times (once, when `times` is nil).
    init?(sorted records: [StayRecord], times: [Int]?) {
        var followed = times?.reduce(0, +) ?? records.count, ended = 0, open = 0
        var steps: [Step] = [], share = 1.0, area = 0.0, last = 0.0, longest = 0.0
        var index = 0
        while index < records.count {
            let days = records[index].days
            var left = 0, cut = 0
            while index < records.count, records[index].days == days {
                if records[index].isOpen { cut += times?[index] ?? 1 } else { left += times?[index] ?? 1 }
                index += 1
            }
            if left + cut > 0 { longest = days }
            if left > 0 {
                area += share * (days - last)
                last = days
                // A stay that was still open on that day was followed through it.
                share = left == followed ? 0 : share * Double(followed - left) / Double(followed)
                steps.append(Step(days: days, followed: followed, ended: left, stillThere: share))
            }
            ended += left
            open += cut
            followed -= left + cut
        }
        guard ended > 0 else { return nil }
        self.steps = steps
        self.ended = ended
        self.open = open
        self.longest = longest
        restrictedMean = area + share * (longest - last)
        tail = share > 0 ? Self.tail(steps, records, times) : 0
        mean = restrictedMean + share * tail
    }

    /// Every stay has been seen to its end as far as the curve goes: its mean needs no estimate of a tail.
    public var isComplete: Bool { steps.last.map { $0.stillThere == 0 } ?? false }

    /// Where the mean may lie (95%) when too few stays have ended to draw from them: exact where they end as by chance,
    /// exponentially, for then their number is a count like any other.
    public var meanRange: ClosedRange<Double> {
        let (low, high) = PoissonCount.interval(ended)
        return mean * Double(ended) / high...mean * Double(ended) / low
    }

    /// The first day by which half of all stays have ended; nil where more than half are still there at the longest.
    public var median: Double? { steps.first { $0.stillThere <= 0.5 }?.days }

    /// The share of all stays that lasts longer than so many days; beyond `longest` by the estimated tail's beginning.
    public func stillThere(after days: Double) -> Double {
        var low = 0, high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].days <= days { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? 1 : steps[low - 1].stillThere
    }

    /// A stay drawn from the curve, which is drawing one of the observed and letting an open one end as those of its
    /// length did; beyond the longest with the exponential tail.
    func draw(_ chance: inout Chance) -> Double {
        let lasting = 1 - chance.fraction()
        var low = 0, high = steps.count
        while low < high {
            let middle = (low + high) / 2
            if steps[middle].stillThere < lasting { high = middle } else { low = middle + 1 }
        }
        return low < steps.count ? steps[low].days : longest + chance.exponential(mean: tail)
    }

    private static func tail(_ steps: [Step], _ records: [StayRecord], _ times: [Int]?) -> Double {
        func rate(after start: Double) -> Double? {
            var days = 0.0, ended = 0
            for (index, record) in records.enumerated() where record.days > start {
                let count = times?[index] ?? 1
                days += Double(count) * (record.days - start)
                if !record.isOpen { ended += count }
            }
            return ended > 0 && days > 0 ? days / Double(ended) : nil
        }
        let median = steps.first { $0.stillThere <= 0.5 }?.days ?? 0
        return rate(after: median) ?? rate(after: 0) ?? 0
    }
}

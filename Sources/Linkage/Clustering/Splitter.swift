/// Splits components into people. Components are independent of each other, so threads share the work and change
/// nothing of what comes out.
final class Splitter: @unchecked Sendable {
    /// One pair's weight is never worth more: many weak pairs must be able to outvote a strong one.
    private static let clip: Float = 12
    private static let never: Float = -10_000, decided: Float = 1_000_000

    private let records: Records
    private let candidates: Candidates
    private let weights: [Float]
    private let weigher: Weigher
    private let decisions: Decisions
    private let cut: Float
    private let numbers: [Int]
    private let found: UnsafeMutablePointer<UInt32>
    /// A record's component, from 1, and its place there.
    private let components: UnsafeMutablePointer<UInt32>
    private let places: UnsafeMutablePointer<UInt32>

    init(
        _ records: Records, _ candidates: Candidates, _ weights: [Float], _ model: LinkModel, _ decisions: Decisions,
        cut: Float
    ) {
        (self.records, self.candidates, self.weights) = (records, candidates, weights)
        (self.decisions, self.cut) = (decisions, cut)
        weigher = Weigher(model)
        numbers = records.fields.indices.filter { records.fields[$0].type == .nhsNumber }
        let room = max(1, records.count)
        (found, components, places) = (.allocate(capacity: room), .allocate(capacity: room), .allocate(capacity: room))
        for record in 0..<records.count { found[record] = UInt32(record) }
    }

    deinit {
        found.deallocate()
        components.deallocate()
        places.deallocate()
    }

    /// For each record the first of its group.
    var clusters: [UInt32] { Array(UnsafeBufferPointer(start: found, count: records.count)) }

    /// What was put together, by part of the work.
    func split(_ groups: RecordGroups, threads: Int) -> [Done] {
        let known = known(groups)
        let parts = groups.count < 1_000 ? 1 : 16
        return Parallel.map(parts, threads: threads) { part in
            var work = Work(comparer: Comparer(self.records))
            for group in (groups.count * part / parts)..<(groups.count * (part + 1) / parts) {
                self.split(groups, group, known, &work)
            }
            return work.done
        }
    }

    struct Done: Sendable {
        /// Mean weights at which groups were put together.
        var merged: [Float] = []
        var doubtful: [DoubtfulMerge] = []
    }

    private struct Work {
        let comparer: Comparer
        var members: [Int] = []
        var sums = [Float](repeating: 0, count: 64)
        var done = Done()
    }

    /// Compared pairs by the component that both are in.
    private struct Known: Sendable {
        var starts: [UInt32]
        var pairs: [UInt32]
    }

    private func known(_ groups: RecordGroups) -> Known {
        components.update(repeating: 0, count: records.count)
        for group in 0..<groups.count {
            for at in groups.starts[group]..<groups.starts[group + 1] {
                components[Int(groups.members[at])] = UInt32(group + 1)
            }
        }
        var starts = [UInt32](repeating: 0, count: groups.count + 2)
        for pair in candidates.pairs {
            let group = components[Int(pair.one)]
            if group != 0, group == components[Int(pair.other)] { starts[Int(group) + 1] += 1 }
        }
        for group in 1..<starts.count { starts[group] += starts[group - 1] }
        // Each start moves to its end as pairs are put down: the end of one is where the next began.
        var pairs = [UInt32](repeating: 0, count: Int(starts[starts.count - 1]))
        for (at, pair) in candidates.pairs.enumerated() {
            let group = Int(components[Int(pair.one)])
            if group == 0 || group != Int(components[Int(pair.other)]) { continue }
            pairs[Int(starts[group])] = UInt32(at)
            starts[group] += 1
        }
        return Known(starts: starts, pairs: pairs)
    }

    private func split(_ groups: RecordGroups, _ group: Int, _ known: Known, _ work: inout Work) {
        let table = records.table, range = groups.starts[group]..<groups.starts[group + 1], count = range.count
        work.members.removeAll(keepingCapacity: true)
        for at in range { work.members.append(Int(groups.members[at])) }
        if count == 2 {
            if table.isBefore(work.members[1], work.members[0]) { work.members.swapAt(0, 1) }
        } else {
            work.members.sort { table.isBefore($0, $1) }
        }
        if count > Clusterer.largest {
            // Alike beyond doubt, and too many to compare all: one.
            for record in work.members { found[record] = UInt32(work.members[0]) }
            return
        }
        weigh(known, group, &work)
        let outcome = AverageLink.run(count, &work.sums, cut: cut)
        work.done.merged += outcome.merged
        for (mean, pair) in zip(outcome.merged, outcome.joined) where mean < cut + DoubtfulMerge.band {
            work.done.doubtful.append(DoubtfulMerge(
                one: UInt32(work.members[pair.one]), other: UInt32(work.members[pair.other]), mean: mean))
        }
        for member in 0..<count { found[work.members[member]] = UInt32(work.members[outcome.groups[member]]) }
    }

    /// Weights between all members: those of compared pairs are known, the others are worked out.
    private func weigh(_ known: Known, _ group: Int, _ work: inout Work) {
        let count = work.members.count
        for (place, record) in work.members.enumerated() { places[record] = UInt32(place) }
        if work.sums.count < count * count { work.sums = [Float](repeating: 0, count: count * count) }
        for at in 0..<(count * count) { work.sums[at] = .nan }
        for at in known.starts[group]..<known.starts[group + 1] {
            let pair = candidates.pairs[Int(known.pairs[Int(at)])], place = Int(pair.pattern)
            let (one, other) = (Int(places[Int(pair.one)]), Int(places[Int(pair.other)]))
            let weight = clipped(
                Int(pair.one), Int(pair.other), candidates.patterns.patterns[place], weights[place])
            work.sums[one * count + other] = weight
            work.sums[other * count + one] = weight
        }
        for one in 0..<(count - 1) {
            for other in (one + 1)..<count where work.sums[one * count + other].isNaN {
                let (first, second) = (work.members[one], work.members[other])
                let pattern = work.comparer.compare(first, second)
                let weight = clipped(first, second, pattern, weigher.weight(pattern))
                work.sums[one * count + other] = weight
                work.sums[other * count + one] = weight
            }
        }
    }

    private func clipped(_ one: Int, _ other: Int, _ pattern: UInt64, _ weight: Float) -> Float {
        if !decisions.isEmpty, let isSame = decisions.of(one, other) {
            return isSame ? Self.decided : -Self.decided
        }
        for field in numbers where Int(pattern >> UInt64(field * 5) & 31) == Level.different { return Self.never }
        return max(-Self.clip, min(Self.clip, weight))
    }
}

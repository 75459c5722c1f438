/// Groups records into people: components of pairs above the cut, then average link inside each, with every pair of a
/// component compared. Two different NHS numbers with right check digits aren't one person.
struct Clusterer {
    /// For each record the first of its group, by the order of names.
    private(set) var clusters: [UInt32]
    /// Mean weights at which groups were merged.
    private(set) var merged: [Float] = []
    /// Components of more are cut at higher weights until they are smaller.
    private static let largest = 250
    /// One pair's weight is never worth more: many weak pairs must be able to outvote a strong one.
    private static let clip: Float = 12
    private static let never: Float = -10_000, decided: Float = 1_000_000

    private let records: Records
    private let decisions: Decisions
    private let numbers: [Int]

    init(
        _ records: Records, _ candidates: Candidates, _ weights: [Float], _ model: LinkModel, _ decisions: Decisions,
        cut: Float
    ) {
        self.records = records
        self.decisions = decisions
        numbers = records.fields.indices.filter { records.fields[$0].type == .nhsNumber }
        clusters = (0..<records.count).map { UInt32($0) }
        let scorer = Scorer(records, candidates, weights, model)
        var open = [Bool](repeating: true, count: records.count), level = cut
        while true {
            var components = Components(records.count)
            for pair in candidates.pairs where weights[Int(pair.pattern)] > level && open[Int(pair.one)] {
                if open[Int(pair.other)] { components.join(Int(pair.one), Int(pair.other)) }
            }
            if level == cut { for (one, other) in decisions.same { components.join(one, other) } }
            var isAgain = false
            for group in components.groups(open) {
                if group.count > Self.largest, level < 60 {
                    isAgain = true
                } else {
                    for record in group { open[record] = false }
                    split(group, scorer, cut: cut)
                }
            }
            if !isAgain { break }
            level += 3
        }
    }

    private mutating func split(_ unordered: [Int], _ scorer: Scorer, cut: Float) {
        let table = records.table
        let group = unordered.sorted { table.isBefore($0, $1) }
        let count = group.count
        if count > Self.largest {
            // Alike beyond doubt, and too many to compare all: one.
            for record in group { clusters[record] = UInt32(group[0]) }
            return
        }
        var weights = [Float](repeating: 0, count: count * count)
        for one in 0..<(count - 1) {
            for other in (one + 1)..<count {
                let weight = weight(group[one], group[other], scorer)
                weights[one * count + other] = weight
                weights[other * count + one] = weight
            }
        }
        let outcome = AverageLink.run(count, &weights, cut: cut)
        merged += outcome.merged
        for member in 0..<count { clusters[group[member]] = UInt32(group[outcome.groups[member]]) }
    }

    private func weight(_ one: Int, _ other: Int, _ scorer: Scorer) -> Float {
        if !decisions.touched.isEmpty, let isSame = decisions.of(one, other) {
            return isSame ? Self.decided : -Self.decided
        }
        let (pattern, weight) = scorer.weight(one, other)
        for field in numbers where Int(pattern >> UInt64(field * 5) & 31) == Level.different { return Self.never }
        return max(-Self.clip, min(Self.clip, weight))
    }
}

extension Components {
    /// Groups of two and more of those that are open, each in the order of records.
    mutating func groups(_ open: [Bool]) -> [[Int]] {
        var sizes = [UInt32](repeating: 0, count: open.count)
        for record in open.indices where open[record] { sizes[root(record)] += 1 }
        var places = [UInt32](repeating: 0, count: open.count), groups: [[Int]] = []
        for record in open.indices where open[record] {
            let root = root(record)
            if sizes[root] < 2 { continue }
            if places[root] == 0 {
                groups.append([])
                groups[groups.count - 1].reserveCapacity(Int(sizes[root]))
                places[root] = UInt32(groups.count)
            }
            groups[Int(places[root]) - 1].append(record)
        }
        return groups
    }
}

/// Weights of single pairs: looked up where a candidate had the same pattern, worked out where none had.
final class Scorer {
    private let comparer: Comparer
    private let weigher: Weigher
    private var patterns: PatternTable
    private var weights: [Float]

    init(_ records: Records, _ candidates: Candidates, _ weights: [Float], _ model: LinkModel) {
        comparer = Comparer(records)
        weigher = Weigher(model)
        patterns = candidates.patterns
        self.weights = weights
    }

    func weight(_ one: Int, _ other: Int) -> (pattern: UInt64, weight: Float) {
        let pattern = comparer.compare(one, other), place = patterns.add(pattern, times: 0)
        if place == weights.count { weights.append(weigher.weight(pattern)) }
        return (pattern, weights[place])
    }
}

import Foundation

/// How many people the records are of, and between what limits.
///
/// Two ways of correcting the number of groups stand beside each other. One asks the model: merges that may be wrong,
/// and pairs just under the cut that may be right. The other asks the records: those with few values find company less
/// often than those with many, and whoever lacks it for that reason was counted twice. The point is between them; the
/// interval spans both, what chance adds, and half a percent for what neither knows.
public struct HeadCount: Equatable, Sendable {
    public let people: Int
    public let low: Int
    public let high: Int
    /// Groups as they were made.
    public let groups: Int

    init(groups: Int, records: Int, doubtfulMerges: Double, missedPairs: Double, missedByFew: Double?) {
        self.groups = groups
        let byModel = Double(groups) + doubtfulMerges - missedPairs
        let byRecords = missedByFew.map { Double(groups) - $0 } ?? byModel
        let chance = 1.96 * sqrt(doubtfulMerges + missedPairs), unknown = 0.005 * Double(groups)
        let point = (byModel + 2 * byRecords) / 3
        people = max(1, min(records, Int(point.rounded())))
        low = max(1, min(people, Int((min(byModel, byRecords) - chance - unknown).rounded(.down))))
        high = min(records, max(people, Int((max(byModel, byRecords) + chance + unknown).rounded(.up))))
    }

    static func count(
        _ records: Records, _ candidates: Candidates, _ weights: [Float], _ clusterer: Clusterer,
        _ decisions: Decisions
    ) -> HeadCount {
        let clusters = clusterer.clusters, decided = decisions.apart(in: clusters)
        var best: [UInt64: Float] = [:]
        for pair in candidates.pairs {
            let weight = weights[Int(pair.pattern)]
            // What is less likely than 1 in 32 adds nothing worth a place.
            if weight < -5 { continue }
            let (one, other) = (clusters[Int(pair.one)], clusters[Int(pair.other)])
            if one == other { continue }
            let key = UInt64(min(one, other)) << 32 | UInt64(max(one, other))
            // What a person decided isn't doubted.
            if decided.contains(key) { continue }
            best[key] = max(best[key] ?? -100, weight)
        }
        // Sums in the order of their size: the same whatever the order of rows.
        let missed = best.values.map { chance(min($0, 0)) }.sorted().reduce(0, +)
        let doubtful = clusterer.merged.map { 1 - chance($0) }.sorted().reduce(0, +)
        var sizes = [UInt32](repeating: 0, count: records.count), groups = 0
        for cluster in clusters {
            if sizes[Int(cluster)] == 0 { groups += 1 }
            sizes[Int(cluster)] += 1
        }
        return HeadCount(
            groups: groups, records: records.count, doubtfulMerges: doubtful, missedPairs: missed,
            missedByFew: missedByFew(records, clusters, sizes))
    }

    private static func chance(_ weight: Float) -> Double { 1 / (1 + exp2(-Double(weight))) }

    /// Records that would have company if those with few values had it as often as those with many; nil where there are
    /// too few to say.
    private static func missedByFew(_ records: Records, _ clusters: [UInt32], _ sizes: [UInt32]) -> Double? {
        let telling = records.fields.indices.filter {
            ![.sex, .middleName, .category].contains(records.fields[$0].type)
        }
        var counts = [Int](repeating: 0, count: telling.count + 1), together = counts
        for record in 0..<records.count {
            let present = telling.count { records.value(record, $0) != 0 }
            counts[present] += 1
            if sizes[Int(clusters[record])] > 1 { together[present] += 1 }
        }
        // Those with as many values as the middle record, or more.
        var many = counts.count, sum = 0
        while many > 0, sum * 2 < records.count {
            many -= 1
            sum += counts[many]
        }
        guard sum >= 500, many > 0 else { return nil }
        let share = Double(together[many...].reduce(0, +)) / Double(sum)
        return max(0, (0..<many).reduce(0) { $0 + share * Double(counts[$1]) - Double(together[$1]) })
    }
}

import CPopcount

/// Pairs worth comparing, each once, under the first rule that makes it, with the pattern of its comparison.
struct Candidates {
    /// Two records, the first the lower, and the place of their pattern.
    struct Pair {
        let one: UInt32
        let other: UInt32
        let pattern: UInt32
    }

    private(set) var pairs: [Pair] = []
    private(set) var patterns = PatternTable()
    /// Pairs that each rule made first.
    private(set) var made: [Int] = []

    init(_ records: Records, _ keys: BlockKeys, isLinking: Bool, threads: Int, progress: (Double) -> Void) {
        let blocks = Blocks.all(records, keys, threads: threads)
        progress(0.3)
        // More parts than threads, so that none waits long; the same number always.
        let parts = keys.count * Self.slices
        let found = Parallel.map(parts, threads: threads) { part in
            Self.compare(records, keys, blocks[part / Self.slices], part, isLinking)
        }
        progress(0.9)
        pairs.reserveCapacity(found.reduce(0) { $0 + $1.pairs.count })
        made = [Int](repeating: 0, count: keys.count)
        for (part, one) in found.enumerated() {
            let places = one.patterns.patterns.indices.map { at in
                UInt32(patterns.add(one.patterns.patterns[at], times: one.patterns.counts[at]))
            }
            for pair in one.pairs {
                pairs.append(Pair(one: pair.one, other: pair.other, pattern: places[Int(pair.pattern)]))
            }
            made[part / Self.slices] += one.pairs.count
        }
    }

    private static let slices = 2

    private struct Found: Sendable {
        var pairs: [Pair] = []
        var patterns = PatternTable()
    }

    private static func compare(
        _ records: Records, _ keys: BlockKeys, _ blocks: Blocks, _ part: Int, _ isLinking: Bool
    ) -> Found {
        var pairs: [Pair] = [], patterns = PatternTable()
        let comparer = Comparer(records), ruleCount = keys.count, table = keys.keys, rule = part / slices
        let items = blocks.items, sources = records.table.sources
        // Blocks that begin in this slice.
        var start = blocks.border(part % slices, of: slices)
        let stop = blocks.border(part % slices + 1, of: slices)
        var fetched = start
        let ahead = 48
        while start < stop {
            let key = items[start] >> 32
            var end = start + 1
            while end < blocks.count, items[end] >> 32 == key { end += 1 }
            // What the next blocks will need, from anywhere in memory.
            while fetched < min(end + ahead, blocks.count) {
                let record = Int(items[fetched] & 0xffff_ffff)
                cpop_fetch(table + record * ruleCount)
                cpop_fetch(records.rows + record * records.width)
                fetched += 1
            }
            for first in start..<(end - 1) {
                let one = Int(items[first] & 0xffff_ffff), mine = table + one * ruleCount
                for second in (first + 1)..<end {
                    let other = Int(items[second] & 0xffff_ffff), theirs = table + other * ruleCount
                    if isLinking, sources[one] == sources[other] { continue }
                    // An earlier rule made this pair.
                    if cpop_shares(mine, theirs, rule) != 0 { continue }
                    let pattern = patterns.add(comparer.compare(one, other))
                    pairs.append(Pair(one: UInt32(one), other: UInt32(other), pattern: UInt32(pattern)))
                }
            }
            start = end
        }
        return Found(pairs: pairs, patterns: patterns)
    }
}

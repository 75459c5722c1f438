/// How two different people's values compare by chance: equal ones from how often each value stands, the others from
/// pairs drawn at random. The draw goes by the records' own names, so that it is the same whatever the order of rows.
struct RandomPairs {
    /// For each field the share of pairs at each level, of those with both values.
    private(set) var levels: [[Double]]

    init(_ records: Records, pairs wanted: Int) {
        let width = records.width
        let sample = Self.sample(records, atMost: 4_000), comparer = Comparer(records)
        var counts = [Int](repeating: 0, count: 32 * width), drawn = 0
        var step = 1
        while drawn < wanted, step < sample.count {
            for at in sample.indices where at + step < sample.count && drawn < wanted {
                let pattern = comparer.compare(sample[at], sample[at + step])
                for field in 0..<width { counts[field * 32 + Int(pattern >> UInt64(field * 5) & 31)] += 1 }
                drawn += 1
            }
            step += 1
        }
        levels = records.fields.indices.map { field in
            Self.shares(records.fields[field], counts[(field * 32)..<(field * 32 + 32)].map(Double.init))
        }
    }

    /// Shares of all levels: exact ones as worked out, the rest as drawn, none of them nothing.
    private static func shares(_ field: Records.Field, _ counts: [Double]) -> [Double] {
        var shares = [Double](repeating: 0, count: 32)
        let same = field.chances.reduce(0, +)
        for rarity in 0..<16 { shares[Level.same + rarity] = field.chances[rarity] }
        let differing = counts[1..<Level.same].reduce(0, +)
        let levels = Level.count(field.type)
        for level in 1...levels {
            shares[level] = (1 - same) * (counts[level] + 0.2) / (differing + 0.2 * Double(levels))
        }
        return shares
    }

    /// Records with the lowest hashes of their names, in that order.
    private static func sample(_ records: Records, atMost most: Int) -> [Int] {
        let count = records.count
        // A few more than are wanted pass the first sieve.
        let limit = count <= most * 2 ? UInt64.max : UInt64(Double(UInt64.max) * Double(most) * 1.2 / Double(count))
        var chosen: [(UInt64, Int)] = []
        for record in 0..<count {
            let hash = records.hash(record)
            if hash <= limit { chosen.append((hash, record)) }
        }
        return chosen.sorted { $0.0 < $1.0 }.prefix(most).map(\.1)
    }
}

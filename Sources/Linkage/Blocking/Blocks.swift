/// Records that share their key under one rule with some others: blocks lie one after another.
final class Blocks: @unchecked Sendable {
    /// The key above, the record below.
    let items: UnsafeMutablePointer<UInt64>
    let count: Int

    private init(_ records: Records, _ keys: BlockKeys, _ rule: Int) {
        let table = keys.keys, ruleCount = keys.count
        keys.fill(rule, records)
        let items = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, records.count))
        var count = 0
        for record in 0..<records.count where table[record * ruleCount + rule] != 0 {
            items[count] = UInt64(table[record * ruleCount + rule]) << 32 | UInt64(record)
            count += 1
        }
        let scratch = UnsafeMutablePointer<UInt64>.allocate(capacity: max(1, count))
        RadixSort.sort(items, count, scratch: scratch)
        scratch.deallocate()
        // Blocks that are too large are left to other rules, which must not think that this one made their pairs; who
        // is alone has no pairs. Neither is kept.
        let most = keys.rules[rule].most
        var start = 0, kept = 0
        while start < count {
            let key = items[start] >> 32
            var end = start + 1
            while end < count, items[end] >> 32 == key { end += 1 }
            if end - start > most {
                for at in start..<end { table[Int(items[at] & 0xffff_ffff) * ruleCount + rule] = 0 }
            } else if end - start > 1 {
                for at in start..<end {
                    items[kept] = items[at]
                    kept += 1
                }
            }
            start = end
        }
        self.items = .allocate(capacity: max(1, kept))
        self.items.update(from: items, count: kept)
        items.deallocate()
        self.count = kept
    }

    deinit { items.deallocate() }

    /// Of every rule. Each writes its own keys only.
    static func all(_ records: Records, _ keys: BlockKeys, threads: Int) -> [Blocks] {
        Parallel.map(keys.count, threads: threads) { Blocks(records, keys, $0) }
    }

    /// Where a slice begins: at the first block that starts at or after its share of the items.
    func border(_ slice: Int, of slices: Int) -> Int {
        var at = count * slice / slices
        while at > 0, at < count, items[at] >> 32 == items[at - 1] >> 32 { at += 1 }
        return at
    }
}

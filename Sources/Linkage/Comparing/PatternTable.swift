/// Distinct patterns with how many pairs have each.
struct PatternTable {
    private(set) var patterns: [UInt64] = []
    private(set) var counts: [Int] = []
    private var slots = [UInt32](repeating: 0, count: 1 << 12)

    @inline(__always)
    @discardableResult
    mutating func add(_ pattern: UInt64, times: Int = 1) -> Int {
        var slot = Int(truncatingIfNeeded: mixed(pattern)) & (slots.count - 1)
        while slots[slot] != 0 {
            let at = Int(slots[slot]) - 1
            if patterns[at] == pattern {
                counts[at] += times
                return at
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        patterns.append(pattern)
        counts.append(times)
        slots[slot] = UInt32(patterns.count)
        if patterns.count * 2 > slots.count { spread() }
        return patterns.count - 1
    }

    private mutating func spread() {
        slots = [UInt32](repeating: 0, count: slots.count * 2)
        for (at, pattern) in patterns.enumerated() {
            var slot = Int(truncatingIfNeeded: mixed(pattern)) & (slots.count - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(at + 1)
        }
    }
}

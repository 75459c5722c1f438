/// Pairs of records that a rule brings together, so that not every record is compared with every other.
struct EncodedCandidates {
    /// More records of one token than this are no pairs: such a token says next to nothing.
    static let mostOfOne = 120

    /// Calls `body` with each pair that a column of tokens makes, lower record first.
    static func pairs(_ tokens: [UInt32], _ body: (Int, Int) -> Void) {
        var keyed: [UInt64] = []
        keyed.reserveCapacity(tokens.count)
        for (record, token) in tokens.enumerated() where token != 0 {
            keyed.append(UInt64(token) << 32 | UInt64(record))
        }
        sort(&keyed)
        var start = 0
        while start < keyed.count {
            var end = start + 1
            while end < keyed.count, keyed[end] >> 32 == keyed[start] >> 32 { end += 1 }
            if end - start > 1, end - start <= mostOfOne {
                for left in start..<(end - 1) {
                    for right in (left + 1)..<end {
                        body(Int(keyed[left] & 0xffff_ffff), Int(keyed[right] & 0xffff_ffff))
                    }
                }
            }
            start = end
        }
    }

    /// By the upper half: three rounds of 11 bits, which keep the order of records.
    private static func sort(_ keys: inout [UInt64]) {
        var other = keys
        for shift in [UInt64(32), 43, 54] {
            var starts = [Int](repeating: 0, count: 2_049)
            for key in keys { starts[Int(key >> shift & 2_047) + 1] += 1 }
            for place in 1..<2_049 { starts[place] += starts[place - 1] }
            for key in keys {
                let digit = Int(key >> shift & 2_047)
                other[starts[digit]] = key
                starts[digit] += 1
            }
            swap(&keys, &other)
        }
    }
}

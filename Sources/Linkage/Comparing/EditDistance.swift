/// Distances of short byte strings, in words of bits: one step for each letter of the second string.
///
/// Not to be used by two threads at once: the masks are kept between calls.
final class StringComparer {
    private let masks: UnsafeMutablePointer<UInt64>

    init() {
        masks = .allocate(capacity: 256)
        masks.initialize(repeating: 0, count: 256)
    }

    deinit { masks.deallocate() }

    /// How many letters must be put in, left out, exchanged, or swapped with their neighbour (each at most once), after
    /// Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003). Of the first 64.
    func distance(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        let count = min(64, one.count), length = min(64, other.count)
        if count == 0 { return length }
        for at in 0..<count { masks[Int(one[at])] |= 1 << UInt64(at) }
        var up = ~UInt64(0), down: UInt64 = 0, diagonal: UInt64 = 0, before: UInt64 = 0
        var distance = count
        let last: UInt64 = 1 << UInt64(count - 1)
        for at in 0..<length {
            let mask = masks[Int(other[at])]
            let swapped = ((~diagonal & mask) << 1) & before
            diagonal = (((mask & up) &+ up) ^ up) | mask | down | swapped
            var right = down | ~(diagonal | up)
            let left = diagonal & up
            if right & last != 0 { distance += 1 }
            if left & last != 0 { distance -= 1 }
            right = right << 1 | 1
            up = (left << 1) | ~(diagonal | right)
            down = right & diagonal
            before = mask
        }
        for at in 0..<count { masks[Int(one[at])] = 0 }
        return distance
    }

    /// Whether the distance is at most 1, mostly told from both ends.
    static func isWithinOne(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Bool {
        let (few, many) = one.count <= other.count ? (one, other) : (other, one)
        let count = min(64, few.count), length = min(64, many.count)
        if length - count > 1 { return false }
        var first = 0
        while first < count, few[first] == many[first] { first += 1 }
        if first == count { return true }
        var last = 0
        while last < count - first, few[count - 1 - last] == many[length - 1 - last] { last += 1 }
        let left = count - first - last
        if length > count { return left == 0 }
        return left == 1 || (left == 2 && few[first] == many[first + 1] && few[first + 1] == many[first])
    }

    /// Jaro's similarity with Winkler's for a common beginning of up to four letters, 0 to 1. Of the first 64.
    func likeness(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Double {
        let count = min(64, one.count), length = min(64, other.count)
        if count == 0 || length == 0 { return count == length ? 1 : 0 }
        for at in 0..<count { masks[Int(one[at])] |= 1 << UInt64(at) }
        defer { for at in 0..<count { masks[Int(one[at])] = 0 } }
        let reach = max(0, max(count, length) / 2 - 1)
        // Which letters of the first are taken, and which of the other found one.
        var taken: UInt64 = 0, found: UInt64 = 0
        for at in 0..<length {
            let low = max(0, at - reach), high = min(63, at + reach)
            let window = (~UInt64(0) >> UInt64(63 - high)) & (~UInt64(0) << UInt64(low))
            let free = masks[Int(other[at])] & window & ~taken
            if low < 64, free != 0 {
                taken |= free & (0 &- free)
                found |= 1 << UInt64(at)
            }
        }
        let matches = taken.nonzeroBitCount
        if matches == 0 { return 0 }
        var misplaced = 0, rest = taken, others = found
        while rest != 0 {
            if one[rest.trailingZeroBitCount] != other[others.trailingZeroBitCount] { misplaced += 1 }
            rest &= rest - 1
            others &= others - 1
        }
        let common = Double(matches)
        let jaro = (common / Double(count) + common / Double(length) + (common - Double(misplaced / 2)) / common) / 3
        var same = 0
        while same < min(4, count, length), one[same] == other[same] { same += 1 }
        return jaro + Double(same) * 0.1 * (1 - jaro)
    }
}

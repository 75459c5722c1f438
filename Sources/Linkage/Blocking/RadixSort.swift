/// Sorts by the upper 32 bits, stably, least digit first.
enum RadixSort {
    static func sort(_ items: UnsafeMutablePointer<UInt64>, _ count: Int, scratch: UnsafeMutablePointer<UInt64>) {
        if count < 2 { return }
        let digits = 3, bits = 11, size = 1 << bits
        var counts = [Int](repeating: 0, count: digits * size)
        counts.withUnsafeMutableBufferPointer { counts in
            for at in 0..<count {
                let key = items[at] >> 32
                counts[Int(key & 2047)] += 1
                counts[size + Int(key >> 11 & 2047)] += 1
                counts[2 * size + Int(key >> 22)] += 1
            }
            for digit in 0..<digits {
                var sum = 0
                for value in 0..<size {
                    let here = counts[digit * size + value]
                    counts[digit * size + value] = sum
                    sum += here
                }
            }
            var from = items, to = scratch
            for digit in 0..<digits {
                let shift = UInt64(32 + digit * bits)
                for at in 0..<count {
                    let item = from[at], value = digit * size + Int(item >> shift & 2047)
                    to[counts[value]] = item
                    counts[value] += 1
                }
                swap(&from, &to)
            }
        }
        // Three passes end in the scratch.
        items.update(from: scratch, count: count)
    }
}

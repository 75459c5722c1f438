import CPopcount

/// All filters of a record's length (1,024 bits), in order of their bits, for finding every pair that is alike enough:
/// no rule, no key, each with each. How fast that can be is `cpop_dice16`'s.
public struct DiceIndex: Sendable {
    /// The record of each place.
    private let order: [UInt32]
    private let rows: [UInt64], blocks: [UInt64]
    private let counts: [UInt32], tails: [UInt32]
    private static let words = 16, tile = 16

    /// Ways of counting that this processor has; the last is the fastest.
    public static var ways: ClosedRange<Int32> { 0...cpop_best() }

    /// Filters of 16 words each, one after another.
    public init(_ filters: [UInt64]) {
        let count = filters.count / Self.words, padded = (count + 7) & ~7
        func bits(_ record: Int, _ from: Int, _ words: Int) -> UInt32 {
            filters.withUnsafeBufferPointer { cpop_count($0.baseAddress! + record * 16 + from, words) }
        }
        let all = (0..<count).map { bits($0, 0, 16) }
        let order = (0..<count).sorted { (all[$0], $0) < (all[$1], $1) }
        var rows = [UInt64](repeating: 0, count: count * 16), blocks = [UInt64](repeating: 0, count: padded * 16)
        for (place, record) in order.enumerated() {
            for word in 0..<16 {
                rows[place * 16 + word] = filters[record * 16 + word]
                blocks[place / 8 * 128 + word * 8 + place % 8] = filters[record * 16 + word]
            }
        }
        // Places that fill the last block up are alike to nobody.
        let none = [UInt32](repeating: .max / 4, count: padded - count)
        counts = order.map { all[$0] } + none
        tails = order.map { bits($0, 8, 8) } + none
        (self.order, self.rows, self.blocks) = (order.map(UInt32.init), rows, blocks)
    }

    /// Every pair with a Dice coefficient of at least `over` / `under`, and how many were compared. Of filters with too
    /// few or too many bits for it nothing is looked at.
    public func pairs(
        over: UInt32, under: UInt32, way: Int32 = cpop_best()
    ) -> (pairs: [(UInt32, UInt32)], compared: Int) {
        var found: [(UInt32, UInt32)] = [], compared = 0
        var hits = [UInt32](repeating: 0, count: Self.tile * 8)
        // The last place that each may pair with: their bits over its own at most (2 under - over) / over.
        var ends = [Int](repeating: 0, count: order.count), end = 0
        for place in order.indices {
            let most = UInt64(counts[place]) * UInt64(2 * under - over) / UInt64(over)
            while end < order.count, UInt64(counts[end]) <= most { end += 1 }
            ends[place] = end
        }
        var tile = 0
        while tile * 8 < order.count {
            let last = min(tile + Self.tile, blocks.count / 128)
            // Rows before the end of these blocks, which reach into them.
            for row in 0..<min(last * 8, order.count) where ends[row] > max(tile * 8, row + 1) {
                let first = max(tile, (row + 1) / 8), stop = min(last, (ends[row] + 7) / 8)
                guard first < stop else { continue }
                compared += (stop - first) * 8
                let count = rows.withUnsafeBufferPointer { words in
                    cpop_dice16(
                        words.baseAddress! + row * 16, counts[row], tails[row], blocks, counts, tails, first, stop,
                        over, under, &hits, way)
                }
                for hit in hits[..<count] where Int(hit) > row && Int(hit) < order.count {
                    found.append((min(order[row], order[Int(hit)]), max(order[row], order[Int(hit)])))
                }
            }
            tile = last
        }
        return (found, compared)
    }
}

/// Patterns for learning: four classes of rarity as one, since what is learnt doesn't depend on them.
struct CoarsePatterns {
    /// Classes of rarity that are taken together.
    static let classes = 4
    /// For each pattern and field the place of its level, fields one after another.
    private(set) var places: [UInt16] = []
    private(set) var counts: [Double] = []

    init(_ table: PatternTable, width: Int) {
        var coarse = PatternTable()
        for (at, pattern) in table.patterns.enumerated() {
            // A level of 16 and more loses its lowest two bits.
            var shorter = pattern
            for field in 0..<width where pattern >> UInt64(field * 5 + 4) & 1 == 1 {
                shorter &= ~(3 << UInt64(field * 5))
            }
            coarse.add(shorter, times: table.counts[at])
        }
        // In their own order, so that sums are the same whatever the order of rows.
        let order = coarse.patterns.indices.sorted { coarse.patterns[$0] < coarse.patterns[$1] }
        places.reserveCapacity(order.count * width)
        for at in order {
            counts.append(Double(coarse.counts[at]))
            for field in 0..<width {
                places.append(UInt16(field * 32 + Int(coarse.patterns[at] >> UInt64(field * 5) & 31)))
            }
        }
    }

    /// Chances of coarse levels by class.
    static func chances(_ model: LinkModel) -> [SIMD8<Double>] {
        let width = model.fields.count
        var table = [SIMD8<Double>](repeating: .zero, count: width * 32)
        for kind in LinkModel.Kind.allCases {
            for field in 0..<width {
                let chances = model.chances(field, kind)
                table[field * 32][kind.rawValue] = 1
                for level in 1..<Level.same { table[field * 32 + level][kind.rawValue] = chances[level] }
                for group in stride(from: Level.same, to: 32, by: classes) {
                    table[field * 32 + group][kind.rawValue] = chances[group..<(group + classes)].reduce(0, +)
                }
            }
        }
        return table
    }
}

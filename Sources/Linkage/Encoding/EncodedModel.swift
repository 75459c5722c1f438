import Foundation

/// What each level of each field says of two records being one person's: learnt without labels.
public struct EncodedModel: Sendable {
    /// By field and level: the share among pairs of one person, and of two people.
    var m: [[Double]]
    var u: [[Double]]

    static let levels = 15, smoothing = 0.5

    static func log2(_ number: Double) -> Float { Float(Foundation.log2(number)) }
    static func power(_ exponent: Double) -> Double { pow(2, exponent) }

    /// `random` has pairs of records drawn by chance, which are two people's but for a few. `blocks` has the pairs of a
    /// rule, with the fields that the rule itself makes alike, of which nothing can be learnt there.
    init(
        fields: Int, random: EncodedPatterns, blocks: [(patterns: EncodedPatterns, without: Set<Int>)], fixed: Bool
    ) {
        let count = Self.levels + 1
        var ofChance = [[Double]](repeating: .init(repeating: Self.smoothing, count: count), count: fields)
        for (pattern, times) in random.sorted {
            for field in 0..<fields { ofChance[field][Self.level(pattern, field)] += Double(times) }
        }
        u = ofChance.map { Self.shares($0) }
        var sums = [[Double]](repeating: .init(repeating: 0, count: count), count: fields)
        for block in blocks {
            let learnt = Self.learn(block.patterns, u, block.without, fields, fixed: fixed)
            for field in 0..<fields where !block.without.contains(field) {
                for level in 1..<count { sums[field][level] += learnt.counts[field][level] }
            }
            if !fixed { u = learnt.u }
        }
        m = sums.map { Self.shares($0.map { $0 + Self.smoothing }) }
    }

    static func level(_ pattern: UInt32, _ field: Int) -> Int { Int(pattern >> UInt32(4 * field) & 15) }

    private static func shares(_ counts: [Double]) -> [Double] {
        let all = counts.dropFirst().reduce(0, +)
        return counts.enumerated().map { $0.offset == 0 ? 1 : all > 0 ? $0.element / all : 0 }
    }

    /// Expectation and maximisation on a rule's patterns. Counts are those of pairs of one person.
    private static func learn(
        _ patterns: EncodedPatterns, _ chance: [[Double]], _ without: Set<Int>, _ fields: Int, fixed: Bool
    ) -> (counts: [[Double]], u: [[Double]]) {
        let count = levels + 1, rows = patterns.sorted, used = (0..<fields).filter { !without.contains($0) }
        // Begins with: whoever is one person mostly has the better levels.
        var m = chance.map { levels in shares(levels.indices.map { levels[$0] > 0 ? pow(0.35, Double($0)) : 0 }) }
        var u = chance, share = 0.5, sums = m
        for _ in 0..<40 {
            sums = [[Double]](repeating: .init(repeating: 0, count: count), count: fields)
            var others = sums, matched = 0.0, all = 0.0
            for (pattern, times) in rows {
                var yes = share, no = 1 - share
                for field in used {
                    let level = level(pattern, field)
                    yes *= m[field][level]
                    no *= u[field][level]
                }
                let part = yes / max(yes + no, 1e-300) * Double(times)
                matched += part
                all += Double(times)
                for field in used {
                    let level = level(pattern, field)
                    sums[field][level] += part
                    others[field][level] += Double(times) - part
                }
            }
            guard all > 0 else { break }
            share = min(max(matched / all, 1e-6), 1 - 1e-6)
            for field in used {
                m[field] = shares(sums[field].map { $0 + smoothing })
                if !fixed { u[field] = shares(others[field].map { $0 + smoothing }) }
            }
        }
        return (sums, u)
    }

    /// In powers of two, without what is known beforehand.
    func weight(_ pattern: UInt32) -> Float {
        var sum: Float = 0
        for field in m.indices {
            let level = Self.level(pattern, field)
            if level > 0 { sum += Self.log2(m[field][level] / u[field][level]) }
        }
        return sum
    }
}

extension EncodedModel {
    /// What was learnt of a field: each level with its shares among pairs of one person and of two, and its weight in
    /// bits.
    public struct Learnt: Sendable {
        public let field: String
        public let levels: [(level: String, m: Double, u: Double, weight: Double)]
    }

    public func learnt(_ mode: EncodingMode) -> [Learnt] {
        EncodedComparison.fields(mode).enumerated().map { place, field in
            Learnt(field: field.name, levels: field.levels.enumerated().map { level, name in
                let (m, u) = (self.m[place][level + 1], self.u[place][level + 1])
                return (name, m, u, m > 0 && u > 0 ? Double(Self.log2(m / u)) : 0)
            })
        }
    }
}

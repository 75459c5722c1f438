import Foundation

/// Weights of patterns under a model: log2 of the odds that two records are one person.
struct Weigher {
    private let logs: [SIMD8<Double>]
    private let start: SIMD8<Double>
    private let width: Int

    init(_ model: LinkModel) {
        width = model.fields.count
        var start = SIMD8<Double>(repeating: -1_000)
        for kind in 0..<6 { start[kind] = log2(max(model.priors[kind], 1e-300)) }
        self.start = start
        var logs = [SIMD8<Double>](repeating: .zero, count: width * 32)
        for kind in LinkModel.Kind.allCases {
            for field in 0..<width {
                let chances = model.chances(field, kind)
                for level in 1..<32 { logs[field * 32 + level][kind.rawValue] = log2(max(chances[level], 1e-300)) }
            }
        }
        self.logs = logs
    }

    func weight(_ pattern: UInt64) -> Float {
        var sums = start
        for field in 0..<width { sums += logs[field * 32 + Int(pattern >> UInt64(field * 5) & 31)] }
        return Self.odds(sums)
    }

    /// What each field adds to what stands before it, the start first. The parts add up to the weight.
    func parts(_ pattern: UInt64) -> [Double] {
        var sums = start, before = 0.0
        return [Double(Self.odds(sums))].map {
            before = $0
            return $0
        } + (0..<width).map { field in
            sums += logs[field * 32 + Int(pattern >> UInt64(field * 5) & 31)]
            let now = Double(Self.odds(sums))
            defer { before = now }
            return now - before
        }
    }

    private static func odds(_ sums: SIMD8<Double>) -> Float {
        let (mine, other) = (max(sums[0], sums[1]), max(sums[2], sums[3], sums[4], sums[5]))
        let one = mine + log2(exp2(sums[0] - mine) + exp2(sums[1] - mine))
        let rest = other + log2(
            exp2(sums[2] - other) + exp2(sums[3] - other) + exp2(sums[4] - other) + exp2(sums[5] - other))
        return Float(one - rest)
    }
}

extension LinkModel.FieldModel {
    /// Where learning starts: what is plausible anywhere, so that classes keep their meaning.
    static func start(_ type: FieldType, shares: [Double], stranger: [Double]) -> LinkModel.FieldModel {
        let same: Double, near: [Double]
        var levels = [Double](repeating: 0, count: 16)
        switch type {
        case .forename, .middleName:
            same = 0.82
            near = [0.04, 0.005, 0.01, 0.02, 0.01, 0.02, 0.05, 0.01, 0.001, 0.005, 0.001, 0.005, 0.005, 0.001]
        case .surname:
            same = 0.8
            near = [0.12, 0.005, 0.005, 0.01, 0.01, 0.03, 0.001, 0.001, 0.01, 0.001, 0.001, 0.001, 0.001, 0.001]
        case .date: (same, near) = (0.9, [0.002, 0.01, 0.01, 0.002, 0.015, 0.005, 0.005, 0.015, 0.01, 0.01])
        case .sex: (same, near) = (0.98, [0.02])
        case .postcode: (same, near) = (0.6, [0.35, 0.01, 0.01, 0.03])
        case .nhsNumber: (same, near) = (0.98, [0.005, 0.003, 0.001, 0.001, 0.01])
        case .identifier: (same, near) = (0.9, [0.02, 0.001, 0.02, 0.001, 0.06])
        case .phone: (same, near) = (0.6, [0.38, 0.001, 0.001, 0.001, 0.02])
        case .address, .text: (same, near) = (0.7, [0.12, 0.02, 0.03, 0.04, 0.06, 0.03])
        case .category: (same, near) = (0.9, [0.1])
        }
        for (at, chance) in near.enumerated() { levels[at + 1] = chance }
        func made(_ same: Double, _ different: Double?) -> [Double] {
            var levels = levels
            if let different { levels[1] = different }
            let sum = levels.reduce(0, +)
            return levels.map { $0 / sum * (1 - same) } + shares.map { $0 * same }
        }
        // A generation apart: strangers' dates, mostly at least sixteen years from each other.
        var apart = stranger
        let rest = apart.dropFirst(2).reduce(0, +)
        for level in 2..<32 { apart[level] *= 0.03 / max(1e-12, rest) }
        apart[1] = 0.97
        // Somebody's number on a relative's form is a slip, and isn't learnt: few files have enough of them.
        let isOwn = type == .nhsNumber || type == .identifier
        return LinkModel.FieldModel(
            same: made(same, nil), moved: made(type == .surname ? 0.6 : 0.1, type == .surname ? 0.35 : 0.88),
            stranger: stranger, kin: isOwn ? made(0.005, 0.99) : made(0.85, nil), apart: apart)
    }
}

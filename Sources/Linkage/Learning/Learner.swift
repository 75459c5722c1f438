/// Learns a model from the patterns of compared pairs, without labels: expectation and maximisation over how often each
/// pattern stands. Chances of strangers stay as they were worked out; everything else and the shares of classes move.
struct Learner {
    var model: LinkModel
    private(set) var rounds = 0
    private let total: Double
    private let rare: [[Double]]
    private let raw: [[Double]]
    private var hasKin = true
    /// Without a date of birth nobody can tell twins from other kin, nor two of one name from one person: these kinds
    /// would take whatever pairs they can get.
    private let hasDate: Bool

    /// `total` is the number of all pairs of records that could be compared.
    init(_ records: Records, _ random: RandomPairs, total: Double) {
        self.total = max(1, total)
        let types = records.fields.map(\.type)
        rare = records.fields.map(\.shares)
        raw = random.levels
        let fields = types.indices.map { field in
            LinkModel.FieldModel.start(
                types[field], shares: records.fields[field].shares, stranger: random.levels[field])
        }
        let people = Double(records.count)
        hasDate = types.contains(.date)
        let priors = [0.4, 0.3, 0, 0.15, hasDate ? 0.02 : 0, hasDate ? 0.01 : 0].map { $0 * people / max(1, total) }
        model = LinkModel(types: types, fields: fields, priors: priors)
        model.priors[2] = max(0.5, 1 - priors.reduce(0, +))
    }

    /// From a model at hand, for values that all fall into one class of rarity; `raw` has how all pairs compare by
    /// chance.
    init(_ model: LinkModel, total: Double, raw: [[Double]]) {
        self.total = total
        self.model = model
        hasDate = model.types.contains(.date)
        rare = model.fields.map { _ in [1] + [Double](repeating: 0, count: 15) }
        self.raw = raw
    }

    /// Shares of a field's records by class of rarity.
    func rarities(_ field: Int) -> [Double] { rare[field] }

    /// Learns, and again without kin where hardly any pair is theirs: a class that one pair in two hundred needs is
    /// made of people whose records differ much, not of families.
    mutating func learn(_ table: PatternTable, onlyShares: Bool = false) {
        let coarse = CoarsePatterns(table, width: model.fields.count)
        settle(coarse, onlyShares: onlyShares, most: 40)
        let kin = model.priors[3...].reduce(0, +), same = model.priors[0] + model.priors[1]
        if kin > 0, kin < 0.005 * same {
            hasKin = false
            settle(coarse, onlyShares: onlyShares, most: 20)
        }
    }

    /// Until nothing moves any more, at most `most` rounds. `onlyShares` leaves what a model holds as it is and learns
    /// how many pairs are of each class.
    mutating func settle(_ coarse: CoarsePatterns, onlyShares: Bool, most: Int) {
        let width = model.fields.count
        for round in 1...most {
            rounds = round
            let chances = CoarsePatterns.chances(model)
            var sums = [SIMD8<Double>](repeating: .zero, count: width * 32), classes = SIMD8<Double>.zero
            var priors = SIMD8<Double>.zero
            for kind in 0..<6 { priors[kind] = model.priors[kind] }
            coarse.places.withUnsafeBufferPointer { places in
                chances.withUnsafeBufferPointer { chances in
                    sums.withUnsafeMutableBufferPointer { sums in
                        for at in coarse.counts.indices {
                            var parts = priors
                            for field in 0..<width { parts *= chances[Int(places[at * width + field])] }
                            let sum = parts.sum()
                            if sum <= 0 { continue }
                            parts *= coarse.counts[at] / sum
                            classes += parts
                            for field in 0..<width { sums[Int(places[at * width + field])] += parts }
                        }
                    }
                }
            }
            let byClass = (0..<6).map { kind in sums.map { $0[kind] } }
            if update(byClass, (0..<6).map { classes[$0] }, onlyShares) < 1e-3 { break }
        }
    }

    private mutating func update(_ sums: [[Double]], _ classes: [Double], _ onlyShares: Bool) -> Double {
        let before = model.priors
        for kind in 0..<6 where kind != 2 {
            let isThere = kind < 2 || (hasKin && (kind == 3 || hasDate))
            model.priors[kind] = isThere ? max(classes[kind], 0.5) / total : 0
        }
        model.priors[2] = max(0.5, 1 - model.priors.enumerated().reduce(0) { $1.offset == 2 ? $0 : $0 + $1.element })
        for field in model.fields.indices {
            let type = model.types[field], range = (field * 32)..<(field * 32 + 32)
            correct(field, sums)
            if onlyShares { continue }
            func sum(_ kinds: Int...) -> [Double] {
                kinds.reduce([Double](repeating: 0, count: 32)) { all, kind in
                    zip(all, sums[kind][range]).map { $0 + $1 }
                }
            }
            if LinkModel.isShared(type) {
                model.fields[field].same = learnt(field, sum(0), model.fields[field].same)
                model.fields[field].moved = learnt(field, sum(1), model.fields[field].moved)
                model.fields[field].kin = learnt(field, sum(3, 4, 5), model.fields[field].kin)
            } else {
                model.fields[field].same = learnt(field, sum(0, 1), model.fields[field].same)
            }
        }
        return zip(model.priors, before).map { abs($0 - $1) / max($1, 1e-300) }.max() ?? 0
    }

    /// Shares of levels from sums; equal values by class of rarity as records have them, not as few pairs happen to.
    private func learnt(_ field: Int, _ sums: [Double], _ before: [Double]) -> [Double] {
        let present = sums.dropFirst().reduce(0, +)
        if present < 1 { return before }
        // A few pairs' worth of what was held before keeps rare levels from vanishing.
        let prior = 4.0
        var new = [Double](repeating: 0, count: 32)
        let same = sums[Level.same...].reduce(0, +), sameBefore = before[Level.same...].reduce(0, +)
        for level in 1..<Level.same { new[level] = (sums[level] + prior * before[level]) / (present + prior) }
        let exact = (same + prior * sameBefore) / (present + prior)
        for rarity in 0..<16 { new[Level.same + rarity] = exact * rare[field][rarity] }
        return new
    }

    /// Values that few have are had twice mostly by one person: what was counted as chance loses what is known to be
    /// none.
    private mutating func correct(_ field: Int, _ sums: [[Double]]) {
        for group in stride(from: 0, to: 16, by: CoarsePatterns.classes) {
            let known = [0, 1, 3, 4, 5].reduce(0) { $0 + sums[$1][field * 32 + Level.same + group] } / total
            let members = group..<(group + CoarsePatterns.classes), all = members.reduce(0) { $0 + rare[field][$1] }
            for rarity in members where all > 0 {
                let level = Level.same + rarity, share = rare[field][rarity] / all
                let left = (raw[field][level] - known * share) / model.priors[2]
                model.fields[field].stranger[level] = max(left, raw[field][level] * 0.02)
            }
        }
    }
}

/// How well groups agree with the truth, by pairs.
enum Quality {
    static func f1(_ groups: [String: String], _ truth: [String: String]) -> Double {
        func pairs(_ labels: [String]) -> Double {
            var counts: [String: Double] = [:]
            for label in labels { counts[label, default: 0] += 1 }
            return counts.values.reduce(0) { $0 + $1 * ($1 - 1) / 2 }
        }
        let names = Array(truth.keys)
        let both = pairs(names.map { groups[$0]! + "\n" + truth[$0]! })
        let (precision, recall) = (both / pairs(names.map { groups[$0]! }), both / pairs(names.map { truth[$0]! }))
        return 2 * precision * recall / (precision + recall)
    }
}

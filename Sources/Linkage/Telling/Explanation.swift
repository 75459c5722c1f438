import Foundation

/// Why two records are, or aren't, thought to be one person.
public struct Explanation: Equatable, Sendable {
    public struct Step: Equatable, Sendable {
        public let field: String
        public let one: String
        public let other: String
        /// How the two compare.
        public let level: String
        /// What this adds to the weight, in bits: 1 doubles the odds.
        public let weight: Double
    }

    public let one: String
    public let other: String
    /// Before anything is compared.
    public let start: Double
    public let steps: [Step]
    public let weight: Double
    public let isOneCluster: Bool

    public var probability: Double { 1 / (1 + exp2(-weight)) }
}

extension Linkage {
    /// Two records by their names, as the files have them.
    public func explain(_ one: String, _ other: String) throws(LinkageProblem) -> Explanation {
        var places: [String: Int] = [:]
        for record in 0..<records.count {
            let name = records.table.name(record)
            if name == one || name == other { places[name] = record }
        }
        guard let first = places[one] else { throw LinkageProblem("no record is called \(one).") }
        guard let second = places[other] else { throw LinkageProblem("no record is called \(other).") }
        let pattern = Comparer(records).compare(first, second), parts = Weigher(model).parts(pattern)
        let steps = records.fields.indices.compactMap { field -> Explanation.Step? in
            let level = Int(pattern >> UInt64(field * 5) & 31), type = records.fields[field].type
            let (x, y) = (records.value(first, field), records.value(second, field))
            if x == 0, y == 0 { return nil }
            return Explanation.Step(
                field: records.fields[field].column, one: text(field, x), other: text(field, y),
                level: Level.name(type, level), weight: parts[field + 1])
        }
        return Explanation(
            one: one, other: other, start: parts[0], steps: steps, weight: parts.reduce(0, +),
            isOneCluster: clusters[first] == clusters[second])
    }

    private func text(_ field: Int, _ id: Int) -> String {
        if id == 0 { return "" }
        let values = records.fields[field]
        guard values.type == .date else { return values.values.text(id) }
        let date = values.dates[id]
        func two(_ number: UInt32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "\(date >> 16)-\(two(date >> 8 & 255))-\(two(date & 255))"
    }
}

import Foundation

/// What was learnt and found, as a reader is told it.
extension Linkage {
    public struct LearntLevel: Equatable, Sendable {
        public let level: String
        /// Chances for one person who stayed, one who moved, kin and strangers.
        public let m: Double
        public let moved: Double
        public let kin: Double
        public let u: Double
        /// Log2 of m by u.
        public let weight: Double
    }

    public struct LearntField: Equatable, Sendable {
        public let column: String
        public let type: FieldType
        public let levels: [LearntLevel]
    }

    public var learntFields: [LearntField] {
        savedModel.fields.map { field in
            LearntField(
                column: field.column, type: field.type,
                levels: field.levels.map {
                    LearntLevel(
                        level: $0.name, m: exp2($0.m), moved: exp2($0.moved), kin: exp2($0.kin), u: exp2($0.u),
                        weight: $0.weight)
                })
        }
    }

    /// Rules with the pairs that each made first.
    public var blocking: [(rule: String, pairs: Int)] { zip(rules, candidates.made).map { ($0.name, $1) } }

    /// The chance that two records at random are one person.
    public var chanceOfOnePerson: Double { model.priors[0] + model.priors[1] }

    public var roundsOfLearning: Int { rounds }
}

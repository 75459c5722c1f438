import Foundation
import Linkage

/// The answer for a program. Shares are from 0 to 1, weights in bits.
struct LinkDocument: Encodable {
    private let records: Int
    private let people: Int
    private let peopleLow: Int
    private let peopleHigh: Int
    private let groups: Int
    private let clustersBySize: [String: Int]
    private let overlap: [Together]
    private let parameters: Parameters
    private let explanation: Waterfall?
    private let pairsCompared: Int
    private let rejected: Int
    private let decisionsUsed: Int
    private let decisionsUnknown: [String]
    private let seconds: Double
    private let peakMb: Double

    private struct Together: Encodable {
        let agencies: [String]
        let people: Int
    }

    private struct Parameters: Encodable {
        let chanceOfOnePerson: Double
        let rounds: Int
        let fields: [Field]
        let blocking: [Rule]
    }

    private struct Rule: Encodable {
        let rule: String
        let pairs: Int
    }

    private struct Field: Encodable {
        let column: String
        let type: String
        let levels: [Level]
    }

    private struct Level: Encodable {
        let level: String
        let m: Double
        let moved: Double
        let kin: Double
        let u: Double
        let weight: Double
    }

    private struct Waterfall: Encodable {
        let one: String
        let other: String
        let start: Double
        let steps: [Step]
        let weight: Double
        let probability: Double
        let oneCluster: Bool
    }

    private struct Step: Encodable {
        let field: String
        let one: String
        let other: String
        let level: String
        let weight: Double
    }

    init(_ linkage: Linkage, _ told: Explanation?, seconds: Double) {
        records = linkage.count
        people = linkage.headCount.people
        peopleLow = linkage.headCount.low
        peopleHigh = linkage.headCount.high
        groups = linkage.headCount.groups
        clustersBySize = Dictionary(uniqueKeysWithValues: linkage.clustersBySize.map { (String($0), $1) })
        overlap = linkage.overlap.map { Together(agencies: $0.sources, people: $0.people) }
        parameters = Parameters(
            chanceOfOnePerson: linkage.chanceOfOnePerson, rounds: linkage.roundsOfLearning,
            fields: linkage.learntFields.map { field in
                Field(
                    column: field.column, type: field.type.rawValue,
                    levels: field.levels.map {
                        Level(level: $0.level, m: $0.m, moved: $0.moved, kin: $0.kin, u: $0.u, weight: $0.weight)
                    })
            },
            blocking: linkage.blocking.map { Rule(rule: $0.rule, pairs: $0.pairs) })
        explanation = told.map { told in
            Waterfall(
                one: told.one, other: told.other, start: told.start,
                steps: told.steps.map {
                    Step(field: $0.field, one: $0.one, other: $0.other, level: $0.level, weight: $0.weight)
                },
                weight: told.weight, probability: told.probability, oneCluster: told.isOneCluster)
        }
        pairsCompared = linkage.pairCount
        rejected = linkage.rejectedCount
        decisionsUsed = linkage.usedDecisions
        decisionsUnknown = linkage.unknownInDecisions
        self.seconds = seconds
        peakMb = Self.peakMemory()
    }

    /// A saved model as a file.
    static func model(_ model: SavedModel) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.keyEncodingStrategy = .convertToSnakeCase
        return (try? encoder.encode(model)) ?? Data()
    }

    static func splink(_ linkage: Linkage) -> Data {
        (try? JSONSerialization.data(
            withJSONObject: linkage.splinkSettings(), options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]))
            ?? Data()
    }

    /// The most memory this process has had, in MB.
    static func peakMemory() -> Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Double(usage.ru_maxrss) / 1_024
    }
}

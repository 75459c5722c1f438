import Foundation
import Testing

@testable import Linkage

@Suite("What is learnt without labels")
struct LearningTests {
    /// Three fields whose chances are known, and pairs drawn from them.
    private func drawn(_ matches: Int, _ others: Int) -> (PatternTable, LinkModel) {
        let types: [FieldType] = [.forename, .date, .sex]
        func chances(_ different: Double, _ near: Double, _ same: Double, _ level: Int) -> [Double] {
            var all = [Double](repeating: 0, count: 32)
            (all[1], all[level], all[16]) = (different, near, same)
            return all
        }
        let same = [chances(0.08, 0.12, 0.8, 6), chances(0.03, 0.07, 0.9, 9), chances(0.02, 0, 0.98, 2)]
        let stranger = [chances(0.95, 0.03, 0.02, 6), chances(0.97, 0.025, 0.005, 9), chances(0.4, 0, 0.6, 2)]
        var dice = Dice(5), table = PatternTable()
        func draw(_ chances: [Double]) -> UInt64 {
            var rest = dice.share()
            for level in 1..<32 {
                rest -= chances[level]
                if rest < 0 { return UInt64(level) }
            }
            return 16
        }
        for (count, kind) in [(matches, same), (others, stranger)] {
            for _ in 0..<count {
                var pattern: UInt64 = 0
                for field in 0..<3 { pattern |= draw(kind[field]) << UInt64(field * 5) }
                table.add(pattern)
            }
        }
        let fields = (0..<3).map { field in
            LinkModel.FieldModel(
                same: chances(0.2, 0.2, 0.6, [6, 9, 2][field]), moved: same[field], stranger: stranger[field],
                kin: stranger[field], apart: stranger[field])
        }
        return (table, LinkModel(types: types, fields: fields, priors: [0.2, 0, 0.8, 0, 0, 0]))
    }

    @Test func `data drawn from a known model gives that model back`() {
        let (table, start) = drawn(20_000, 180_000)
        // What stands among all pairs, matches with them, is what values' frequencies tell.
        let raw = start.fields.map { field in zip(field.stranger, field.moved).map { 0.9 * $0 + 0.1 * $1 } }
        var learner = Learner(start, total: 200_000, raw: raw)
        learner.settle(CoarsePatterns(table, width: 3), onlyShares: false, most: 200)
        let learnt = learner.model
        #expect(abs(learnt.priors[0] + learnt.priors[1] - 0.1) < 0.004)
        for (field, wanted) in [(0, (0.08, 0.12, 0.8)), (1, (0.03, 0.07, 0.9))] {
            let same = learnt.fields[field].same
            #expect(abs(same[1] - wanted.0) < 0.015)
            #expect(abs(same[[6, 9][field]] - wanted.1) < 0.015)
            #expect(abs(same[16...].reduce(0, +) - wanted.2) < 0.015)
        }
    }

    @Test func `the parts of a weight add up to it`() {
        let (table, model) = drawn(100, 100)
        let weigher = Weigher(model)
        for pattern in table.patterns {
            #expect(abs(weigher.parts(pattern).reduce(0, +) - Double(weigher.weight(pattern))) < 1e-3)
        }
    }

    @Test func `more agreement is never worth less`() throws {
        let extracts = try Extracts()
        let linkage = try Linkage.run([try extracts.file("a.csv", Extracts.lines())])
        let weigher = Weigher(linkage.model)
        func weight(_ levels: Int...) -> Float {
            weigher.weight(levels.enumerated().reduce(UInt64(0)) { $0 | UInt64($1.element) << UInt64($1.offset * 5) })
        }
        // forename, middle name, surname, date, sex, postcode
        let alike = weight(24, 0, 24, 24, 20, 0), nearDate = weight(24, 0, 24, Level.Date.swapped, 20, 0)
        let otherDate = weight(24, 0, 24, Level.different, 20, 0)
        let kin = weight(Level.different, 0, 24, Level.Date.years, 20, 24)
        #expect(alike > nearDate)
        #expect(nearDate > otherDate)
        #expect(kin < -3)
    }

    @Test func `a saved model is read back as it was, and another file is none`() throws {
        let extracts = try Extracts()
        let path = try extracts.file("a.csv", Extracts.lines()), first = try Linkage.run([path])
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        let saved = try SavedModel(reading: try encoder.encode(first.savedModel))
        let again = try Linkage.run([path]) { $0.model = saved }
        #expect(again.savedModel.fields.map(\.column) == first.savedModel.fields.map(\.column))
        let later = again.byName
        let same = first.byName.count { later[$0.key] == $0.value }
        #expect(Double(same) > 0.995 * Double(first.count))
        #expect(throws: LinkageProblem.self) { try SavedModel(reading: Data("{}".utf8)) }
        #expect(throws: LinkageProblem.self) {
            try Linkage.run([path]) {
                $0.model = saved
                $0.schema = LinkSchema(id: "record_id", fields: [.init("surname", .surname), .init("dob", .date)])
            }
        }
    }
}

@testable import Linkage
import Testing

/// What somebody reads from encoded files who has no key, but knows how frequent each name is. He puts the most
/// frequent encoding beside the most frequent name, and so on: the oldest attack on such encodings, and here in its
/// strongest form, since he knows the frequencies of these very records.
@Suite("Frequency attack") struct FrequencyAttackTests {
    private static let people = InventedPeople(4_000, seed: 21)

    /// The share of records whose value he gets right.
    private func read(_ encodings: [[UInt64]], _ values: [String]) -> Double {
        func ranked<Value: Hashable>(_ list: [Value], _ order: (Value, Value) -> Bool) -> [Value] {
            list.reduce(into: [Value: Int]()) { $0[$1, default: 0] += 1 }
                .sorted { $0.value != $1.value ? $0.value > $1.value : order($0.key, $1.key) }.map(\.key)
        }
        let names = ranked(values, <), known = ranked(encodings) { $0.lexicographicallyPrecedes($1) }
        let guess = Dictionary(uniqueKeysWithValues: zip(known, names))
        return Double(zip(encodings, values).count { guess[$0.0] == $0.1 }) / Double(values.count)
    }

    private func attacked(_ mode: EncodingMode) throws -> (file: EncodedFile, surnames: [String], whole: [String]) {
        let file = try EncodedFile(InventedPeople.encoded(Self.people.csv, mode))
        let tokens = Encoding.recordTokens(InventedPeople.key)
        var byToken: [UInt64: (String, String)] = [:]
        for (number, one) in Self.people.people {
            byToken[tokens(number.hasSuffix("-0") ? "police" : "refuge", number)] = (one.surname, one.forename)
        }
        let found = file.rows.words(0).map { byToken[$0] ?? ("", "") }
        return (file, found.map(\.0), found.map { "\($0.1) \($0.0)" })
    }

    private func words(_ file: EncodedFile, _ column: String, _ size: Int) -> [[UInt64]] {
        let all: [UInt64] = EncodedRows.numbers(file.rows.bytes(of: column))
        return (0..<file.count).map { Array(all[($0 * size)..<($0 * size + size)]) }
    }

    @Test func `field mode gives names away, record mode doesn't`() throws {
        let field = try attacked(.field), record = try attacked(.record)
        let byField = read(words(field.file, "surname", 4), field.surnames)
        let byRecord = read(words(record.file, "filter", 16), record.surnames)
        #expect(byField > 0.2, "if this fell, the documents say too much: \(byField)")
        #expect(byRecord < 0.02, "\(byRecord)")
    }

    @Test func `tokens for pairing are of several fields, and say next to nothing by their frequency`() throws {
        let (file, surnames, whole) = try attacked(.record)
        for rule in EncodingPlan.Rule.of(.record) where rule != .nhs && rule != .phone {
            let tokens: [UInt32] = EncodedRows.numbers(file.rows.bytes(of: "block_\(rule)"))
            #expect(read(tokens.map { [UInt64($0)] }, surnames) < 0.03, "\(rule)")
            #expect(read(tokens.map { [UInt64($0)] }, whole) < 0.03, "\(rule)")
        }
    }
}

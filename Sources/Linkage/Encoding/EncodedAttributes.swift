/// What an encoded file may carry for counting: banded year, age band, sex, ethnicity, area. Never in combinations of
/// fewer than five records: those name people to whoever knows a little.
public struct EncodedAttributes: Sendable {
    public enum Attribute: String, Sendable, CaseIterable, Codable {
        case year, age, sex, ethnicity, area
    }

    /// The smallest number of records that may share a combination.
    public static let smallest = 5

    /// Each asked for, with its values in order; a record's value is a place in them.
    private(set) var values: [(attribute: Attribute, names: [String])]
    private(set) var records: [[UInt16]] = []
    private var known: [[String: UInt16]]

    init(_ attributes: [Attribute]) {
        values = attributes.map { ($0, ["unknown"]) }
        known = attributes.map { _ in ["unknown": 0] }
    }

    /// Nil where a column has too many values for a band.
    static let mostValues = 1_000

    /// False when a column has more values than any band has: it is something else.
    mutating func add(_ names: [String]) -> Bool {
        var record: [UInt16] = []
        for (place, name) in names.enumerated() {
            if let value = known[place][name] {
                record.append(value)
            } else {
                guard values[place].names.count < Self.mostValues else { return false }
                let value = UInt16(values[place].names.count)
                known[place][name] = value
                values[place].names.append(name)
                record.append(value)
            }
        }
        records.append(record)
        return true
    }

    /// Combinations that too few records share, and how many records those are.
    var tooFew: (combinations: Int, records: Int) {
        var counts: [[UInt16]: Int] = [:]
        for record in records { counts[record, default: 0] += 1 }
        let small = counts.values.filter { $0 < Self.smallest }
        return (small.count, small.reduce(0, +))
    }

    /// As needs assessments have them: ten years from 25, and those from 16 to 17 apart.
    static func ageBand(_ age: Int) -> String {
        switch age {
        case ..<0: "unknown"
        case 0...5: "0-5"
        case 6...11: "6-11"
        case 12...15: "12-15"
        case 16...17: "16-17"
        case 18...24: "18-24"
        case 25...74: "\((age - 5) / 10 * 10 + 5)-\((age - 5) / 10 * 10 + 14)"
        default: "75+"
        }
    }

    static func yearBand(_ date: EncodedDate) -> String {
        let year = date.financialYear
        return "\(year)/\(String(100 + (year + 1) % 100).dropFirst())"
    }
}

/// Household sizes and unit sizes as a file: comma-separated, with the header `what,size,number` or
/// `what,size,number,stay`; a line for each size of household (`household`, people, their part of all households,
/// mean stay in days or nothing) and of unit (`unit`, beds, how many). Empty lines and lines that begin with # are
/// passed over.
public enum UnitMixFile {
    public typealias Problem = CapacityFileProblem

    private static let wrongHeader = "the header must be what,size,number or what,size,number,stay"

    /// Larger sizes and numbers are slips of the hand.
    static let sizes = 1...50, mostSpaces = 10_000, mostLines = 200

    public static func read(_ text: String) throws(Problem) -> UnitMix {
        var households: [UnitMix.Households] = [], units: [UnitMix.Units] = [], header: [String]?
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.count <= mostLines else { throw Problem(line: nil, text: "it has more than \(mostLines) lines") }
        for (index, line) in lines.enumerated() {
            let row = CapacityFileRow(line: index + 1, line)
            if row.isPassedOver { continue }
            guard let columns = header else {
                header = row.fields.map { $0.lowercased() }
                guard let found = header, found.starts(with: ["what", "size", "number"]), found.count <= 4,
                    found.count == 3 || found[3] == "stay"
                else { throw row.problem(wrongHeader) }
                continue
            }
            guard row.fields.count <= columns.count else { throw row.problem("it has more values than the header") }
            switch row[0].lowercased() {
            case "household":
                let weight = try row.number(2, "the number of households", 0...1_000_000)
                let stay = row[3].isEmpty ? nil : try row.number(3, "the stay", CapacityLimits.stayDays)
                households.append(.init(size: try row.size(), weight: weight, stay: stay))
            case "unit":
                if !row[3].isEmpty { throw row.problem("only households have a stay") }
                let count = try row.number(2, "the number of units", 0...Double(mostSpaces))
                guard count == count.rounded() else { throw row.problem("the number of units must be whole") }
                units.append(.init(size: try row.size(), count: Int(count)))
            default:
                throw row.problem("the first value must be household or unit")
            }
        }
        return try mix(households, units)
    }

    private static func mix(
        _ households: [UnitMix.Households], _ units: [UnitMix.Units]
    ) throws(Problem) -> UnitMix {
        if households.isEmpty { throw Problem(line: nil, text: "it has no line for households") }
        if units.isEmpty { throw Problem(line: nil, text: "it has no line for units") }
        if !households.contains(where: { $0.weight > 0 }) { throw Problem(line: nil, text: "its households add to 0") }
        guard units.reduce(0, { $0 + $1.count }) <= mostSpaces else {
            throw Problem(line: nil, text: "it has more than \(mostSpaces) units")
        }
        guard let mix = UnitMix(households: households, units: units) else {
            throw Problem(line: nil, text: "a size of household, or of unit, has two lines")
        }
        return mix
    }
}

extension CapacityFileRow {
    fileprivate func size() throws(CapacityFileProblem) -> Int {
        guard let size = Int(self[1]), UnitMixFile.sizes.contains(size) else {
            throw problem("the size must be a whole number from 1 to \(UnitMixFile.sizes.upperBound)")
        }
        return size
    }
}

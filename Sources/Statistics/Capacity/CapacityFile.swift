/// What is wrong with a file, for whoever made it.
public struct CapacityFileProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// From 1; nil when it isn't one line's.
    public let line: Int?
    public let text: String

    public var description: String { line.map { "line \($0): \(text)" } ?? text }
}

/// A line of a comma-separated file, without what spreadsheets put round values.
struct CapacityFileRow {
    let line: Int
    let fields: [String]

    init(line: Int, _ text: Substring) {
        self.line = line
        fields = text.split(separator: ",", omittingEmptySubsequences: false).map(Self.trimmed)
    }

    /// Nothing stands in it, or a remark.
    var isPassedOver: Bool { fields.allSatisfy(\.isEmpty) || fields[0].hasPrefix("#") }

    /// A value, empty where there is none.
    subscript(_ column: Int) -> String { column < fields.count ? fields[column] : "" }

    func problem(_ text: String) -> CapacityFileProblem { CapacityFileProblem(line: line, text: text) }

    func number(_ column: Int, _ name: String, _ range: ClosedRange<Double>) throws(CapacityFileProblem) -> Double {
        guard let number = Double(self[column]), range.contains(number) else {
            throw problem("\(name) must be a number from \(short(range.lowerBound)) to \(short(range.upperBound))")
        }
        return number
    }

    private func short(_ number: Double) -> String { number == number.rounded() ? "\(Int(number))" : "\(number)" }

    private static func trimmed(_ field: Substring) -> String {
        // A byte order mark is what spreadsheets begin with.
        let outside: (Character) -> Bool = { $0.isWhitespace || $0 == "\u{FEFF}" || $0 == "\"" }
        return String(String(field.drop(while: outside).reversed()).drop(while: outside).reversed())
    }
}

/// A partnership's own stays as a file: comma-separated, with the header `days,open`; a line for each stay, with how
/// long it has lasted and whether the household is still there (yes or no; nothing is no). Empty lines and lines that
/// begin with # are passed over. Days alone: no name belongs in it.
public enum StaysFile {
    /// More lines than this are another file.
    static let mostLines = 20_000

    public static func read(_ text: String) throws(CapacityFileProblem) -> [StayRecord] {
        var stays: [StayRecord] = [], hasHeader = false
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
        guard lines.count <= mostLines else {
            throw CapacityFileProblem(line: nil, text: "it has more than \(mostLines) lines")
        }
        for (index, line) in lines.enumerated() {
            let row = CapacityFileRow(line: index + 1, line)
            if row.isPassedOver { continue }
            guard hasHeader else {
                guard row.fields.map({ $0.lowercased() }) == ["days", "open"] else {
                    throw row.problem("the header must be days,open")
                }
                hasHeader = true
                continue
            }
            guard row.fields.count <= 2 else { throw row.problem("it has more values than the header") }
            let days = try row.number(0, "the days of a stay", 0...CapacityLimits.stayDays.upperBound)
            switch row[1].lowercased() {
            case "yes", "1", "true": stays.append(StayRecord(days: days, isOpen: true))
            case "no", "0", "false", "": stays.append(StayRecord(days: days))
            default: throw row.problem("open must be yes or no")
            }
        }
        guard stays.contains(where: { !$0.isOpen }) else {
            throw CapacityFileProblem(line: nil, text: "it has no stay that ended")
        }
        return stays
    }
}

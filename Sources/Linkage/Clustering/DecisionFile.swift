/// What a person decided about two records. It outranks whatever the model says.
public struct LinkDecision: Equatable, Sendable {
    public let one: String
    public let other: String
    public let isSame: Bool
    /// Where it stands, to be told: a file and a line.
    public let place: String

    public init(_ one: String, _ other: String, isSame: Bool, place: String = "") {
        (self.one, self.other, self.isSame, self.place) = (one, other, isSame, place)
    }

    /// Reads record_id_l, record_id_r and decision (same or different) from columns of these names, or in this order
    /// from a file without names. Rows without a decision are left. Where the file has the columns by and why, as
    /// `Linkage.reviewFile` writes them, a decision needs both. Rows that can't be used are all named.
    public static func read(_ path: String) throws(LinkageProblem) -> [LinkDecision] {
        let file = try MappedFile(path), most = 32
        var rows = CSVRows(file.bytes, from: file.bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0, separator: 44)
        let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: most)
        defer { room.deallocate() }
        var columns = Columns(), decisions: [LinkDecision] = [], wrong: [String] = [], isFirst = true
        while let row = rows.next(into: room, atMost: most) {
            defer { isFirst = false }
            guard case .fields(let count) = row, count <= most else {
                wrong.append("line \(rows.line): it can't be read")
                continue
            }
            let words = (0..<count).map { text(file, room[$0]) }
            if isFirst, words.contains("record_id_l") {
                columns = try Columns(words, path)
                continue
            }
            switch decision(words, columns, "\(path), line \(rows.line)") {
            case .success(let decision): if let decision { decisions.append(decision) }
            case .failure(let problem): wrong.append("line \(rows.line): \(problem.description)")
            }
        }
        if !wrong.isEmpty {
            let more = wrong.count > 8 ? "; and \(wrong.count - 8) more" : ""
            let told = wrong.prefix(8).joined(separator: "; ") + more
            throw LinkageProblem("\(path) has rows that can't be used. \(told)")
        }
        return decisions
    }

    private struct Columns {
        var one = 0, other = 1, decision = 2
        var by: Int?
        var why: Int?

        init() {}

        init(_ names: [String], _ path: String) throws(LinkageProblem) {
            guard let one = names.firstIndex(of: "record_id_l"), let other = names.firstIndex(of: "record_id_r"),
                let decision = names.firstIndex(where: { $0 == "decision" || $0 == "same or different" })
            else { throw LinkageProblem("\(path) needs the columns record_id_l, record_id_r and decision.") }
            (self.one, self.other, self.decision) = (one, other, decision)
            (by, why) = (names.firstIndex(of: "by"), names.firstIndex(of: "why"))
        }
    }

    private static func decision(
        _ words: [String], _ columns: Columns, _ place: String
    ) -> Result<LinkDecision?, LinkageProblem> {
        guard words.count > max(columns.one, columns.other, columns.decision) else {
            return .failure(LinkageProblem("three values are needed"))
        }
        let (one, other) = (plain(words[columns.one]), plain(words[columns.other]))
        let said = words[columns.decision].lowercased()
        if said.isEmpty { return .success(nil) }
        guard said == "same" || said == "different" else {
            return .failure(LinkageProblem("the decision must be same or different"))
        }
        if one.isEmpty || other.isEmpty || one == other {
            return .failure(LinkageProblem("two different record ids are needed"))
        }
        for (column, what) in [(columns.by, "who decided"), (columns.why, "why")] {
            if let column, column >= words.count || words[column].isEmpty {
                return .failure(LinkageProblem("\(what) is missing"))
            }
        }
        return .success(LinkDecision(one, other, isSame: said == "same", place: place))
    }

    private static let formula: Set<Character> = ["=", "+", "-", "@", "\t"]

    /// An id that no spreadsheet takes for a formula: an agency chose it, and somebody opens the file in one.
    static func guarded(_ id: String) -> String { id.first.map(formula.contains) == true ? "'" + id : id }

    /// The id again.
    private static func plain(_ id: String) -> String {
        id.hasPrefix("'") && id.dropFirst().first.map(formula.contains) == true ? String(id.dropFirst()) : id
    }

    private static func text(_ file: MappedFile, _ field: CSVRows.Field) -> String {
        let text = String(decoding: file.bytes[field.start..<(field.start + field.count)], as: UTF8.self)
            .split(separator: " ").joined(separator: " ")
        return field.isEscaped
            ? text.split(separator: "\"\"", omittingEmptySubsequences: false).joined(separator: "\"") : text
    }
}

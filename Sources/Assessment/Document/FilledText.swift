import Statistics

/// Text with figures in it: "{older_change}" becomes "+133.3% (6 to 14)", "{older_change.value}" "+133.3%", and
/// "{victims|2020/21|All}" the cell. What is typed as a number by hand is told to the analyst: nobody can open it.
struct FilledText {
    let figures: [String: Assessment.Named]
    let tables: [String: EvidenceTable]

    func filled(_ text: String, warning: (String) -> Void = { _ in }) throws(AssessmentProblem) -> String {
        var result = "", rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            result += typed(rest[..<open], warning)
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw AssessmentProblem("\"\(text.prefix(40))...\" has a { without a }")
            }
            result += try value(String(rest[rest.index(after: open)..<close]))
            rest = rest[rest.index(after: close)...]
        }
        return result + typed(rest, warning)
    }

    private func value(_ name: String) throws(AssessmentProblem) -> String {
        if name.contains("|") {
            let (table, at) = try Self.cell(name, tables)
            return table.value(at).text
        }
        let isShort = name.hasSuffix(".value"), id = isShort ? String(name.dropLast(6)) : name
        guard let figure = figures[id]?.figure else { throw AssessmentProblem("there is no figure {\(name)}") }
        return isShort ? figure.text : figure.fullText
    }

    /// "table|row|col"
    static func cell(
        _ name: String, _ tables: [String: EvidenceTable]
    ) throws(AssessmentProblem) -> (EvidenceTable, [String]) {
        let parts = name.split(separator: "|", omittingEmptySubsequences: false).map { String($0) }
        guard let table = tables[parts[0]] else { throw AssessmentProblem("there is no table \(parts[0])") }
        let at = Array(parts.dropFirst())
        guard at.count == table.dimensions.count, zip(at, table.dimensions).allSatisfy({ $1.codes.contains($0) }) else {
            throw AssessmentProblem("table \(parts[0]) has no cell \(at.joined(separator: "|"))")
        }
        return (table, at)
    }

    /// Years, and numbers that are names of things (section 58), are no figures; what stands before a unit is.
    private func typed(_ text: Substring, _ warning: (String) -> Void) -> String {
        for word in text.split(whereSeparator: { $0.isWhitespace || "()".contains($0) }) {
            let bare = word.drop { !$0.isNumber && !$0.isLetter }.prefix { $0.isNumber || ",.%/".contains($0) }
                .reversed().drop { ",.".contains($0) }.reversed()
            guard let first = bare.first, first.isNumber else { continue }
            let isYear = !word.contains("£")
                && String(bare).wholeMatch(of: /(19|20)[0-9]{2}(\/([0-9]{2}|[0-9]{4}))?/) != nil
            if !isYear { warning(String(word)) }
        }
        return String(text)
    }
}

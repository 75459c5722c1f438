import Foundation

/// Columns as an analyst writes them, a line each: the name, what it holds, whether it is needed, the accepted answers.
enum SpecificationText {
    static let mostColumns = 100, mostCategories = 100

    /// What is wrong with it, as somebody is told who wrote it.
    struct Problem: Error, Equatable {
        let words: String
        init(_ line: Int, _ words: String) { self.words = "Line \(line): \(words)" }
        init(_ words: String) { self.words = words }
    }

    /// What the form opens with: what the needs assessment asks of an agency about those who are harmed.
    static let usual = """
        record_id | record | needed
        event_date | date | needed
        forename | name
        surname | name
        dob | birth
        sex | category | needed | female = Female; male = Male; other = Other
        ethnicity | category | | white = White; mixed = Mixed; asian = Asian or Asian British; \
        black = Black or Black British; other = Another group
        disabled | category | | yes = Yes; no = No
        sexual_orientation | category | | straight = Straight or heterosexual; gay = Gay or lesbian; bi = Bisexual; \
        other = Another
        children | number
        postcode | postcode
        nhs_number | nhs
        """

    static func columns(_ text: String) throws(Problem) -> [DataColumn] {
        var columns: [DataColumn] = []
        for (place, line) in text.split(whereSeparator: \.isNewline).enumerated() {
            let parts = line.split(separator: "|", omittingEmptySubsequences: false).map {
                $0.trimmingCharacters(in: .whitespaces)
            }
            if parts == [""] { continue }
            let column = try column(parts, place + 1)
            if columns.contains(where: { $0.isCalled(column.name) }) {
                throw Problem(place + 1, "\(column.name) is there already")
            }
            columns.append(column)
        }
        guard columns.count <= mostColumns else { throw Problem("Name \(mostColumns) columns or fewer") }
        guard columns.count(where: { $0.kind == .record }) == 1 else {
            throw Problem("Name one column of the kind “record”: the reference by which the agency finds a row again")
        }
        guard columns.count > 1 else { throw Problem("Name at least one column besides the record’s reference") }
        return columns
    }

    private static func column(_ parts: [String], _ line: Int) throws(Problem) -> DataColumn {
        let name = parts[0]
        guard name.wholeMatch(of: /[a-z][a-z0-9_]{0,59}/) != nil else {
            throw Problem(line, "a column’s name has small letters, figures and _ alone, and begins with a letter")
        }
        guard parts.count > 1, let kind = DataKind(rawValue: parts[1]) else {
            let kinds = DataKind.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(line, "say what \(name) holds, one of: \(kinds)")
        }
        let needed = parts.count > 2 ? parts[2] : ""
        guard ["", "needed"].contains(needed) else { throw Problem(line, "the third part is “needed” or empty") }
        let answers = parts.count > 3 ? parts[3] : ""
        guard parts.count < 5, (kind == .category) != answers.isEmpty else {
            throw Problem(line, kind == .category
                ? "name the answers that \(name) accepts, with semicolons between" : "only a category has answers")
        }
        return DataColumn(
            name: name, kind: kind, isNeeded: kind == .record || needed == "needed",
            categories: try categories(answers, line))
    }

    private static func categories(_ text: String, _ line: Int) throws(Problem) -> [DataCategory] {
        var found: [DataCategory] = []
        for part in text.split(separator: ";") {
            let halves = part.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
            guard let code = halves.first, code.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9 _\-]{0,59}/) != nil,
                let label = halves.last, !label.isEmpty, label.count <= 120 else {
                throw Problem(line, "an answer is a short code, then = and its words: female = Female")
            }
            if DataCategory.reserved.contains(code) {
                throw Problem(line, "\(code) is an answer of every column and isn’t named")
            }
            if found.contains(where: { $0.code.lowercased() == code.lowercased() }) {
                throw Problem(line, "\(code) is there twice")
            }
            found.append(DataCategory(code: code, label: label))
        }
        guard found.count <= mostCategories else { throw Problem(line, "\(mostCategories) answers at most") }
        return found
    }

    /// The same columns as text again.
    static func text(_ columns: [DataColumn]) -> String {
        columns.map { column in
            let answers = column.categories.map { "\($0.code) = \($0.label)" }.joined(separator: "; ")
            var parts = [column.name, column.kind.rawValue, column.isNeeded ? "needed" : "", answers]
            while parts.last == "" { parts.removeLast() }
            return parts.joined(separator: " | ")
        }.joined(separator: "\n")
    }
}

import Foundation
import Linkage

/// How good what was sent is: counts of each column, and nothing of any single row.
struct DataProfile: Codable, Equatable, Sendable {
    /// Of one column, how many rows are in which state.
    struct Field: Codable, Equatable, Sendable {
        let name: String
        /// The file has no such column: not one of its rows was asked.
        var isAbsent = false
        var counts: [String: Int] = [:]
        /// Births on the first of January.
        var newYears = 0
        /// What a spreadsheet had changed and could be made good.
        var mended = 0

        subscript(_ state: CellState) -> Int { counts[state.rawValue] ?? 0 }

        mutating func add(_ cell: CellReading) {
            counts[cell.state.rawValue, default: 0] += 1
            if cell.isNewYear { newYears += 1 }
            if cell.isMended { mended += 1 }
        }
    }

    /// What the counts are parts of: the rows, and for an encoded file 10,000, since its header has rates.
    var base = 0
    /// All rows of the file, blank ones aside.
    var rows = 0
    /// Rows that can't be used.
    var bad = 0
    /// Rows whose reference was used before.
    var repeated = 0
    var blank = 0
    var fields: [Field] = []

    /// The part of rows in which nothing is known, in parts of a thousand, half up; nil where there are no rows.
    func unknownShare(_ field: Field) -> Int? {
        if field.isAbsent { return nil }
        let known = field[.given]
        return base == 0 ? nil : ((base - min(base, known)) * 2_000 + base) / (2 * base)
    }

    /// Births on the first of January of all births, in parts of a thousand: some 3 are real.
    func newYearShare(_ field: Field) -> Int? {
        let given = field[.given]
        return given == 0 || field.newYears == 0 ? nil : (field.newYears * 2_000 + given) / (2 * given)
    }

    /// Of an encoded file, what its agency's side found.
    init(_ header: EncodedHeader, rows: Int, columns: [DataColumn]) {
        (base, self.rows) = (10_000, rows)
        fields = columns.filter { $0.kind != .record }.map { column in
            guard let found = header.profile.fields.first(where: { column.isCalled($0.key) })?.value else {
                return Field(name: column.name, isAbsent: true)
            }
            let given = max(0, 10_000 - found.missing - found.unknown - found.unreadable)
            return Field(
                name: column.name,
                counts: [
                    CellState.given.rawValue: given, CellState.missing.rawValue: found.missing,
                    CellState.notKnown.rawValue: found.unknown, CellState.unreadable.rawValue: found.unreadable,
                ],
                newYears: column.kind == .birth ? header.profile.newYears * given / 10_000 : 0)
        }
    }

    init() {}
}

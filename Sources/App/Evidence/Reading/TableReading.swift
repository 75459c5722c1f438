import Foundation
import Linkage

/// A row as it was read.
struct ReadRow: Equatable, Sendable {
    let line: Int
    /// Where it stands in the file, in bytes.
    let place: Int
    let bytes: Int
    let isBad: Bool
    /// What stands in the row without names, in the order of the specification's open columns.
    let answers: [String]
    let remarks: [String]
}

/// Reads a file in pieces, row by row: nothing of it is kept but what has not ended yet.
struct TableReading {
    /// A row that is longer has lost a quotation mark.
    private static let longest = 1 << 20

    let columns: [DataColumn]
    let layout: FileLayout
    private(set) var profile = DataProfile()
    /// Words that no answer is known for, by column and word.
    private(set) var unmapped: [String: [String: Int]] = [:]
    private static let mostUnmapped = 200

    private var readers: [CellReader]
    private var states: [DataProfile.Field]
    private var references: Set<Int> = []
    private var waiting: [UInt8] = []
    /// Where `waiting` begins in the file.
    private var offset: Int
    private var toSkip: Int
    private var line: Int

    /// `mapped`: for each column the agency's own words in small letters, to what they mean.
    init(_ columns: [DataColumn], _ layout: FileLayout, _ period: Period, mapped: [String: [String: String]]) {
        (self.columns, self.layout) = (columns, layout)
        readers = columns.map { CellReader($0, period, mapped: mapped[$0.name] ?? [:]) }
        states = zip(columns, layout.places).map { DataProfile.Field(name: $0.name, isAbsent: $1 == nil) }
        (offset, toSkip, line) = (0, layout.start, layout.line)
    }

    /// Takes the next piece and tells the rows that end in it. `tooManyRows` is thrown.
    mutating func take(_ bytes: [UInt8], isLast: Bool) throws(FileProblem) -> [ReadRow] {
        var piece = bytes[...]
        if toSkip > 0 {
            let skipped = min(toSkip, piece.count)
            piece = piece.dropFirst(skipped)
            toSkip -= skipped
            offset += skipped
        }
        waiting += piece
        let held = waiting
        var rows: [ReadRow] = []
        let done = held.withUnsafeBytes { all in readAll(all, isLast: isLast, &rows) }
        waiting = Array(held[done...])
        offset += done
        if profile.rows > DataLimits.rows { throw .tooManyRows }
        if isLast { finish() }
        return rows
    }

    private mutating func finish() {
        // The reference is no question to anybody.
        profile.fields = zip(columns, states).filter { $0.0.kind != .record }.map(\.1)
        profile.base = profile.rows - profile.bad
    }

    /// How much was read.
    private mutating func readAll(_ all: UnsafeRawBufferPointer, isLast: Bool, _ found: inout [ReadRow]) -> Int {
        guard all.count > 0 else { return 0 }
        var rows = CSVRows(all, from: 0, line: line, separator: layout.separator)
        let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: DataLimits.columns)
        defer { room.deallocate() }
        var done = 0
        while true {
            let before = (position: rows.position, line: rows.nextLine)
            guard let row = rows.next(into: room, atMost: DataLimits.columns) else {
                // Line ends alone.
                (done, line) = (rows.position, rows.nextLine)
                break
            }
            if !isLast, mayGoOn(row, rows, all.count) {
                (done, line) = (before.position, before.line)
                break
            }
            (done, line) = (rows.position, rows.nextLine)
            if let one = read(row, all, room, rows) { found.append(one) }
            if profile.rows > DataLimits.rows { break }
        }
        return done
    }

    /// Whether the next piece may change what was read of a row: it isn't ended, or its quote isn't closed yet.
    private func mayGoOn(_ row: CSVRows.Row, _ rows: CSVRows, _ end: Int) -> Bool {
        if end - rows.rowStart >= Self.longest { return false }
        if case .malformed = row { return true }
        return rows.position >= end - 1
    }

    private mutating func read(
        _ row: CSVRows.Row, _ all: UnsafeRawBufferPointer, _ room: UnsafeMutablePointer<CSVRows.Field>, _ rows: CSVRows
    ) -> ReadRow? {
        func whole(_ remark: RowRemark) -> ReadRow {
            ReadRow(
                line: rows.line, place: offset + rows.rowStart, bytes: rows.position - rows.rowStart, isBad: true,
                answers: [], remarks: [remark.of("")])
        }
        guard case .fields(let count) = row else {
            profile.rows += 1
            profile.bad += 1
            return whole(rows.position - rows.rowStart >= Self.longest ? .tooLong : .quote)
        }
        let seen = min(count, DataLimits.columns)
        if (0..<seen).allSatisfy({ room[$0].count == 0 }) {
            profile.blank += 1
            return nil
        }
        profile.rows += 1
        // Empty values behind the last column are a spreadsheet's habit.
        let isWide = count > layout.width
            && (count > seen || (layout.width..<seen).contains { room[$0].count > 0 })
        guard count >= layout.width, !isWide else {
            profile.bad += 1
            return whole(.fields)
        }
        return cells(all, room, rows)
    }

    private mutating func cells(
        _ all: UnsafeRawBufferPointer, _ room: UnsafeMutablePointer<CSVRows.Field>, _ rows: CSVRows
    ) -> ReadRow {
        var answers: [String] = [], remarks: [String] = [], isBad = false
        var read: [CellReading] = [], reference: Int?
        read.reserveCapacity(columns.count)
        for place in columns.indices {
            let column = columns[place]
            guard let at = layout.places[place] else {
                if column.kind.isOpen { answers.append(DataCategory.missing) }
                read.append(CellReading(state: .missing))
                continue
            }
            let text = FileText.text(all, room[at], isUTF8: layout.isUTF8)
            var cell = readers[place].read(text)
            if column.kind == .record, cell.state == .given {
                reference = text.hashValue
                if references.contains(text.hashValue) {
                    cell.remark = .repeated
                    profile.repeated += 1
                }
            }
            if cell.remark == .unmapped { note(text, of: column.name) }
            if let remark = cell.remark {
                remarks.append(remark.of(column.name))
                isBad = isBad || column.isNeeded && remark != .unmapped
            }
            if column.kind.isOpen { answers.append(cell.open) }
            read.append(cell)
        }
        if isBad {
            profile.bad += 1
        } else {
            // Of a row that is set aside, the one that puts it right may follow.
            if let reference { references.insert(reference) }
            for place in columns.indices { states[place].add(read[place]) }
        }
        return ReadRow(
            line: rows.line, place: offset + rows.rowStart, bytes: rows.position - rows.rowStart, isBad: isBad,
            answers: isBad ? [] : answers, remarks: remarks)
    }

    private mutating func note(_ text: String, of column: String) {
        let word = CellReader.short(text)
        if unmapped[column]?[word] == nil, unmapped[column]?.count ?? 0 >= Self.mostUnmapped { return }
        unmapped[column, default: [:]][word, default: 0] += 1
    }
}

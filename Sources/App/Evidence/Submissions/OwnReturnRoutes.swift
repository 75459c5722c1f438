import Crypto
import Foundation
import Pages
import Postgres

extension Site {
    /// What a manager sees of what the agency sent.
    mutating func addDataReturns() {
        get("team/data/returns/:return", .needs(.sendData)) { visit in
            .page(ownReturnPage(try await visit.ownReturn(), visit))
        }
        post("team/data/returns/:return/read", .needs(.sendData)) { visit in try await visit.readAgain() }
        get("team/data/returns/:return/rows", .needs(.sendData)) { visit in
            let own = try await visit.ownRowsToOpen()
            let from = visit.query["from"]?.first.flatMap { Int($0) }.map { min(max($0, 1), DataLimits.rows * 2) } ?? 1
            let rows = try await visit.read { db in
                try db.dataRows(own.one, from: from, isRemarkable: true, limit: dataRowsAtOnce + 1)
            }
            return .page(ownRowsPage(own, rows, from: from, visit))
        }
        post("team/data/returns/:return/rows", .needs(.sendData)) { visit in try await visit.openRow() }
        get("team/data/returns/:return/rows/file", .needs(.sendData)) { visit in
            let own = try await visit.ownRowsToOpen()
            let rows = try await visit.read { db in
                try db.dataRows(own.one, from: 1, isRemarkable: true, limit: mostRowsOfFile)
            }
            return .download(Download(
                name: "rows.csv", mediaType: "text/csv; charset=utf-8", bytes: Data(rowsFile(rows).utf8)))
        }
        get("team/data/returns/:return/words", .needs(.sendData)) { visit in
            let own = try await visit.ownRowsToOpen()
            return .page(wordsPage(own, own.wordsToMap, Answers(), visit))
        }
        post("team/data/returns/:return/words", .needs(.sendData)) { visit in try await visit.mapWords() }
    }
}

private let mostRowsOfFile = 100_000

/// Lines, and what is remarkable about them: a line a remark, and nobody's name.
private func rowsFile(_ rows: [StoredRow]) -> String {
    var lines = rows.flatMap { row in
        row.remarks.map { stored in
            let (column, words) = RowRemark.words(stored: stored)
            return [String(row.line), row.isBad ? "no" : "yes", column, words]
        }
    }
    if rows.count == mostRowsOfFile { lines.append(["", "", "", "There are more: put these right first"]) }
    return CommaSeparated.text(["line", "used", "column", "what"], lines)
}

extension OwnReturn {
    /// The words that nobody has mapped, the most frequent first, as many as a page asks at once; then those that were
    /// mapped, which can be said anew.
    var wordsToMap: [WordToMap] {
        let columns = call.specification.columns
        let unmapped = columns.flatMap { column in
            (words.unmapped[column.name] ?? [:]).map { WordToMap(field: column, written: $0.key, rows: $0.value) }
        }
        let sorted = unmapped.sorted { ($1.rows, $0.field.name, $0.written) < ($0.rows, $1.field.name, $1.written) }
        let mapped = columns.flatMap { column in
            (said[column.name] ?? [:]).sorted { $0.key < $1.key }
                .map { WordToMap(field: column, written: $0.key, rows: 0, said: $0.value) }
        }
        return Array(sorted.prefix(40)) + mapped.prefix(200)
    }

    /// Which words a form asks about: answers go by place, so another list is another form.
    var mark: String {
        let words = wordsToMap.map { "\($0.field.name)=\($0.written)" }.joined(separator: "\n")
        return SHA256.hash(data: Data(words.utf8)).prefix(8).hex
    }
}

extension Visit {
    /// A return of one of the viewer's own agencies.
    fileprivate func ownReturn() async throws -> OwnReturn {
        let id = try id("return")
        return try await read { db in
            let one = try db.dataReturn(id).orNotFound()
            guard viewer.agencies(.sendData).contains(one.agency) else { throw Refusal.notFound }
            let call = try db.dataCall(one.call).orNotFound()
            let later = try db.dataReturns([call.id]).contains {
                $0.agency == one.agency && $0.number > one.number && $0.state == .received
            }
            let words = try db.openReturn(one, self)?.words ?? FileWords()
            let said = one.kind == .clear ? try db.dataMappings(of: one.agency, call.specification.name) : [:]
            return OwnReturn(one: one, call: call, words: words, said: said, isReplaced: later)
        }
    }

    /// One in the clear that is read, and not deleted.
    fileprivate func ownRowsToOpen() async throws -> OwnReturn {
        let own = try await ownReturn()
        guard own.one.kind == .clear, own.one.state == .received, own.one.deletedAt == nil, today < own.one.keepUntil
        else { throw Refusal.notFound }
        return own
    }

    fileprivate func readAgain() async throws -> Reply {
        let own = try await ownReturn()
        guard own.one.kind == .clear, own.one.deletedAt == nil, own.one.parts > 0, own.one.state != .sending,
            own.one.state != .refused else { throw Refusal.notFound }
        await start(own.one)
        return .seeOther(own.one.ownPath)
    }

    /// A short one is read at once, others beside.
    private func start(_ one: DataReturn) async {
        let reading = ReturnReading(visit: self, id: one.id)
        if one.parts == 1 { await reading.run() } else { reading.runBeside() }
    }

    /// Shows a row with what it says of somebody, once that is on record.
    fileprivate func openRow() async throws -> Reply {
        let own = try await ownRowsToOpen()
        guard let line = Int(typed["line"]), (1...DataLimits.rows * 2).contains(line) else { throw Refusal.unreadable }
        let row = try await write { db in
            let row = try db.dataRow(line, of: own.one).orNotFound()
            try db.audit(.dataRowOpened, .evidence, own.one.id, detail: "{\"line\":\(line)}")
            return row
        }
        let cells = try await read { db in try db.cells(of: row, own, self) }
        return .page(openedRowPage(own, row, cells, self))
    }

    fileprivate func mapWords() async throws -> Reply {
        let own = try await ownRowsToOpen()
        if typed["list"] != own.mark {
            var fresh = Answers()
            if !own.wordsToMap.isEmpty {
                fresh.refuse("word-0", "The file was read again meanwhile, and these are its words now")
            }
            return .conflict(wordsPage(own, own.wordsToMap, fresh, self))
        }
        var mappings: [NewMapping] = []
        for (place, one) in own.wordsToMap.enumerated() {
            let code = typed["word-\(place)"]
            if code.isEmpty || code == one.said { continue }
            let known = (one.field.categories + DataCategory.ofAll).contains { $0.code == code }
            guard known else { throw Refusal.unreadable }
            mappings.append(NewMapping(field: one.field.name, written: one.written, category: code))
        }
        if mappings.isEmpty {
            var answers = typed
            answers.refuse("word-0", "Select what at least one of them means now, or go back")
            return .invalid(wordsPage(own, own.wordsToMap, answers, self))
        }
        let said = mappings
        let location = try await write { db in
            try db.once(self, leadingTo: own.one.ownPath) { db in
                for one in said { try db.addMapping(one, of: own.one.agency, own.call.specification.name, signer) }
                try db.audit(.dataMapped, .evidence, own.one.id)
            }
        }
        await start(own.one)
        return .seeOther(location)
    }
}

extension Connection {
    /// The cells of a row by their columns, out of the sealed file; nil where the row has no cells.
    fileprivate func cells(of row: StoredRow, _ own: OwnReturn, _ visit: Visit) throws -> [(String, String)]? {
        guard let layout = own.one.layout, let vault = try openReturn(own.one, visit)?.vault else { return nil }
        var bytes: [UInt8] = []
        for (number, start, sealed) in try pieces(of: own.one, from: row.place, bytes: row.bytes) {
            let piece = try vault.open(sealed, part: number)
            let from = max(row.place, start), until = min(row.place + row.bytes, start + piece.count)
            if from < until { bytes += piece[(from - start)..<(until - start)] }
        }
        return FileText.cells(bytes, layout).map { texts in
            zip(own.call.specification.columns, layout.places).compactMap { column, place in
                place.map { (column.name, $0 < texts.count ? texts[$0] : "") }
            }
        }
    }
}

/// Takes one file's rows into a table.
struct RowParser {
    private let table: RawTable
    private let file: MappedFile
    private let number: Int
    private let layout: TableLayout
    private let base: UnsafePointer<UInt8>

    init(_ table: RawTable, _ file: MappedFile, _ number: Int, _ layout: TableLayout) {
        (self.table, self.file, self.number, self.layout) = (table, file, number, layout)
        base = file.bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
    }

    func run(
        _ names: inout [RawTable.Name], _ sources: inout [UInt8], _ progress: (Int) -> Void
    ) throws(LinkageProblem) {
        let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: LinkageLimits.columns)
        defer { room.deallocate() }
        let own = try table.source(Array(RawTable.stem(file.path).utf8)), waiting = WaitingRows(table)
        let places = layout.fields.map { $0 ?? -1 }
        var rows = CSVRows(file.bytes, from: layout.start, line: layout.line, separator: layout.separator)
        var last = CSVRows.Field(start: 0, count: 0, isEscaped: false), lastSource = own, told = 0
        while let row = rows.next(into: room, atMost: LinkageLimits.columns) {
            guard case .fields(let found) = row else {
                try waiting.take(file, &names, &sources)
                if case .malformed(let reason) = row { table.reject(file, rows.line, reason) }
                continue
            }
            guard found == layout.columnCount else {
                try waiting.take(file, &names, &sources)
                table.reject(
                    file, rows.line, "it has \(found) values, the first line names \(layout.columnCount) columns")
                continue
            }
            guard let name = try name(room, rows.line, waiting, &names, &sources) else { continue }
            var source = own
            if let place = layout.source {
                let field = trimmed(room[place])
                if field.count > 0 {
                    // Mostly the one before's.
                    let isLast = field.count == last.count
                        && (0..<field.count).allSatisfy { base[field.start + $0] == base[last.start + $0] }
                    if !isLast {
                        lastSource = try table.source(
                            UnsafeBufferPointer(start: base + field.start, count: field.count))
                        last = field
                    }
                    source = lastSource
                }
            }
            waiting.begin(name, source, rows.line, base)
            for (field, place) in places.enumerated() {
                if place < 0 {
                    waiting.put(field, base, 0)
                } else {
                    let found = trimmed(room[place])
                    waiting.put(field, base + found.start, min(found.count, LinkageLimits.value))
                }
            }
            if waiting.isFull { try waiting.take(file, &names, &sources) }
            if names.count >= told + 0x10000 {
                told = names.count
                progress(rows.position)
            }
        }
        try waiting.take(file, &names, &sources)
    }

    /// The record's own name; without a column for it, it is called after its line. Nil when it can't be used.
    private func name(
        _ room: UnsafeMutablePointer<CSVRows.Field>, _ line: Int, _ waiting: WaitingRows,
        _ names: inout [RawTable.Name], _ sources: inout [UInt8]
    ) throws(LinkageProblem) -> RawTable.Name? {
        guard let id = layout.id else { return RawTable.Name(file: UInt16(number), length: 0, start: UInt32(line)) }
        let place = trimmed(room[id]), column = table.schema.id ?? ""
        if place.count > 0, place.count <= LinkageLimits.value {
            return RawTable.Name(file: UInt16(number), length: UInt16(place.count), start: UInt32(place.start))
        }
        try waiting.take(file, &names, &sources)
        table.reject(file, line, place.count == 0 ? "it has no \(column)" : "its \(column) is too long")
        return nil
    }

    @inline(__always)
    private func trimmed(_ field: CSVRows.Field) -> CSVRows.Field {
        var field = field
        while field.count > 0, base[field.start] == 32 {
            field.start += 1
            field.count -= 1
        }
        while field.count > 0, base[field.start + field.count - 1] == 32 { field.count -= 1 }
        return field
    }
}

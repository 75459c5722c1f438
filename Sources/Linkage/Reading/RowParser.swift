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
        let own = try table.source(Array(RawTable.stem(file.path).utf8))
        let values = table.values, width = values.count, places = layout.fields.map { $0 ?? -1 }
        var rows = CSVRows(file.bytes, from: layout.start, line: layout.line, separator: layout.separator)
        while let row = rows.next(into: room, atMost: LinkageLimits.columns) {
            guard case .fields(let found) = row else {
                if case .malformed(let reason) = row { table.reject(file, rows.line, reason) }
                continue
            }
            guard found == layout.columnCount else {
                table.reject(
                    file, rows.line, "it has \(found) values, the first line names \(layout.columnCount) columns")
                continue
            }
            guard names.count < LinkageLimits.rows else {
                throw LinkageProblem("more than \(LinkageLimits.rows) rows; link fewer years at once.")
            }
            guard let name = name(room, rows.line) else { continue }
            names.append(name)
            var source = own
            if let place = layout.source {
                let field = trimmed(room[place])
                if field.count > 0 {
                    source = try table.source(UnsafeBufferPointer(start: base + field.start, count: field.count))
                }
            }
            sources.append(source)
            let cells = table.makeRoom(names.count) + (names.count - 1) * width
            for field in 0..<width {
                let place = places[field]
                if place < 0 {
                    cells[field] = 0
                    continue
                }
                let found = trimmed(room[place])
                cells[field] = values[field].intern(base + found.start, min(found.count, LinkageLimits.value))
            }
            if names.count & 0xffff == 0 { progress(rows.position) }
        }
    }

    /// The record's own name; without a column for it, it is called after its line. Nil when it can't be used.
    private func name(_ room: UnsafeMutablePointer<CSVRows.Field>, _ line: Int) -> RawTable.Name? {
        guard let id = layout.id else { return RawTable.Name(file: UInt16(number), length: 0, start: UInt32(line)) }
        let place = trimmed(room[id]), column = table.schema.id ?? ""
        guard place.count > 0 else {
            table.reject(file, line, "it has no \(column)")
            return nil
        }
        guard place.count <= LinkageLimits.value else {
            table.reject(file, line, "its \(column) is too long")
            return nil
        }
        guard table.isNew(base + place.start, place.count) else {
            table.reject(file, line, "its \(column) was used before")
            return nil
        }
        return RawTable.Name(file: UInt16(number), length: UInt16(place.count), start: UInt32(place.start))
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

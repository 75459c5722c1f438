/// How a file is written, and where its columns stand: what its first line says.
struct TableLayout {
    let separator: UInt8
    let isLatin: Bool
    /// Where the first row begins.
    let start: Int
    let line: Int
    let columnCount: Int
    /// Places in a row; nil where the file lacks the column.
    let id: Int?
    let source: Int?
    let fields: [Int?]

    init(_ file: MappedFile, _ schema: LinkSchema, isStandard: Bool) throws(LinkageProblem) {
        let bytes = file.bytes, path = file.path
        try Self.refuseOthers(bytes, path)
        let mark = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? 3 : 0
        isLatin = !Folding.isUTF8(bytes)
        separator = Self.separator(bytes, from: mark)
        var rows = CSVRows(bytes, from: mark, separator: separator)
        let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: LinkageLimits.columns)
        defer { room.deallocate() }
        guard case .fields(let count) = rows.next(into: room, atMost: LinkageLimits.columns) else {
            throw LinkageProblem("\(path) has no line with the names of its columns.")
        }
        guard count <= LinkageLimits.columns else {
            throw LinkageProblem("\(path) has \(count) columns; \(LinkageLimits.columns) are read at most.")
        }
        let names = (0..<count).map { place in
            String(decoding: bytes[room[place].start..<(room[place].start + room[place].count)], as: UTF8.self)
        }
        columnCount = count
        start = rows.position
        line = rows.nextLine
        func place(_ column: String) -> Int? {
            names.firstIndex { LinkSchema.plain($0) == LinkSchema.plain(column) }
                ?? (isStandard ? names.firstIndex { LinkSchema.isSame($0, column) } : nil)
        }
        id = schema.id.flatMap(place)
        source = schema.source.flatMap(place)
        fields = schema.fields.map { place($0.column) }
        if !isStandard {
            for name in [schema.id, schema.source].compactMap(\.self) + schema.fields.map(\.column)
            where place(name) == nil {
                throw LinkageProblem("\(path) has no column \"\(name)\", which the schema names.")
            }
        } else if fields.count(where: { $0 != nil }) < 2 {
            throw LinkageProblem(
                "\(path) has no columns that are known by name (forename, surname, dob, postcode, nhs_number, phone, "
                    + "sex). Its first line must name the columns; --schema says which column is what.")
        }
    }

    /// Files that are no text are told from their first bytes.
    private static func refuseOthers(_ bytes: UnsafeRawBufferPointer, _ path: String) throws(LinkageProblem) {
        if bytes.starts(with: [0x50, 0x4b, 3, 4]) || bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) {
            throw LinkageProblem("\(path) is a workbook. For now only CSV is read: save the sheet as CSV in UTF-8.")
        }
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            throw LinkageProblem("\(path) is in UTF-16. Save it as CSV in UTF-8.")
        }
        if bytes.prefix(4_096).contains(0) {
            throw LinkageProblem("\(path) isn't text. Save it as CSV in UTF-8.")
        }
    }

    /// The mark that stands most often in the first line.
    private static func separator(_ bytes: UnsafeRawBufferPointer, from start: Int) -> UInt8 {
        let line = bytes[start...].prefix(1 << 16).prefix { $0 != 10 && $0 != 13 }
        let marks: [UInt8] = [44, 59, 9, 124]
        return marks.max { one, other in
            let (few, many) = (line.count { $0 == one }, line.count { $0 == other })
            // The first of equals stays.
            return few < many
        } ?? 44
    }
}

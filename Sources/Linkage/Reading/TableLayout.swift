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
        let isHead: ([String]) -> Bool = { names in
            let known = Self.places(of: schema, in: names, isStandard: isStandard)
            return isStandard ? known.fields.count { $0 != nil } >= 2 : known.lacking.isEmpty
        }
        var found: (separator: UInt8, head: Head)?, first: (separator: UInt8, head: Head)?
        for separator in Self.separators(bytes, from: mark) where found == nil {
            let heads = try Self.heads(bytes, from: mark, separator, path)
            found = heads.first { isHead($0.names) }.map { (separator, $0) }
            first = first ?? heads.first.map { (separator, $0) }
        }
        // Where no line names the columns, what is wrong is said of the first.
        guard let (separator, head) = found ?? first else {
            throw LinkageProblem("\(path) has no line with the names of its columns.")
        }
        self.separator = separator
        columnCount = head.names.count
        (start, line) = (head.end, head.nextLine)
        let known = Self.places(of: schema, in: head.names, isStandard: isStandard)
        (id, source, fields) = (known.id, known.source, known.fields)
        if !isStandard {
            if let name = known.lacking.first {
                throw LinkageProblem("\(path) has no column \"\(name)\", which the schema names.")
            }
        } else if fields.count(where: { $0 != nil }) < 2 {
            throw LinkageProblem(
                "\(path) has no columns that are known by name (forename, surname, dob, postcode, nhs_number, phone, "
                    + "sex). One of its first \(LinkageLimits.head) lines must name the columns; --schema says which "
                    + "column is what.")
        }
    }

    private struct Head { let names: [String], end: Int, nextLine: Int }

    /// The first lines: a title may stand above the names of the columns.
    private static func heads(
        _ bytes: UnsafeRawBufferPointer, from mark: Int, _ separator: UInt8, _ path: String
    ) throws(LinkageProblem) -> [Head] {
        var rows = CSVRows(bytes, from: mark, separator: separator), heads: [Head] = []
        let room = UnsafeMutablePointer<CSVRows.Field>.allocate(capacity: LinkageLimits.columns)
        defer { room.deallocate() }
        for _ in 0..<LinkageLimits.head {
            guard let row = rows.next(into: room, atMost: LinkageLimits.columns) else { break }
            guard case .fields(let count) = row else { continue }
            guard count <= LinkageLimits.columns else {
                throw LinkageProblem("\(path) has \(count) columns; \(LinkageLimits.columns) are read at most.")
            }
            let names = (0..<count).map { place in
                String(decoding: bytes[room[place].start..<(room[place].start + room[place].count)], as: UTF8.self)
            }
            heads.append(Head(names: names, end: rows.position, nextLine: rows.nextLine))
        }
        return heads
    }

    /// Where the columns of a schema stand among names, and which of those that it names don't.
    private static func places(
        of schema: LinkSchema, in names: [String], isStandard: Bool
    ) -> (id: Int?, source: Int?, fields: [Int?], lacking: [String]) {
        func place(_ column: String) -> Int? {
            names.firstIndex { LinkSchema.plain($0) == LinkSchema.plain(column) }
                ?? (isStandard ? names.firstIndex { LinkSchema.isSame($0, column) } : nil)
        }
        let asked = [schema.id, schema.source].compactMap(\.self) + schema.fields.map(\.column)
        return (
            schema.id.flatMap(place), schema.source.flatMap(place), schema.fields.map { place($0.column) },
            asked.filter { place($0) == nil })
    }

    /// Files that are no text are told from their first bytes.
    private static func refuseOthers(_ bytes: UnsafeRawBufferPointer, _ path: String) throws(LinkageProblem) {
        if bytes.starts(with: [0x50, 0x4b, 3, 4]) || bytes.starts(with: [0xd0, 0xcf, 0x11, 0xe0]) {
            throw LinkageProblem("\(path) is a workbook that can't be read here. Save the sheet as CSV in UTF-8.")
        }
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            throw LinkageProblem("\(path) is in UTF-16. Save it as CSV in UTF-8.")
        }
        if bytes.prefix(4_096).contains(0) {
            throw LinkageProblem("\(path) isn't text. Save it as CSV in UTF-8.")
        }
    }

    /// The mark that stands most often in the first line before the others.
    private static func separators(_ bytes: UnsafeRawBufferPointer, from start: Int) -> [UInt8] {
        let line = bytes[start...].prefix(1 << 16).prefix { $0 != 10 && $0 != 13 }
        let marks: [UInt8] = [44, 59, 9, 124]
        let counts = marks.map { mark in line.count { $0 == mark } }
        // Of equals the earlier goes first.
        return marks.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }.map { marks[$0] }
    }
}

import Foundation

/// Records as they were written: for each field the distinct values and each record's number among them.
final class RawTable {
    /// Where a record's own name lies; invented where the file has none.
    struct Name {
        let file: UInt16
        let length: UInt16
        let start: UInt32
    }

    /// A row that can't be used.
    struct Rejected: Equatable, Sendable {
        let file: String
        let line: Int
        let reason: String
    }

    let schema: LinkSchema
    private(set) var files: [MappedFile] = []
    private(set) var isLatin: [Bool] = []
    private(set) var values: [Interner]
    /// Numbers of written values, a record's beside each other.
    private(set) var cells: UnsafeMutablePointer<UInt32>
    private var room: Int
    private(set) var names: [Name] = []
    let sourceNames = Interner()
    private(set) var sources: [UInt8] = []
    private(set) var rejected: [Rejected] = []
    private(set) var rejectedCount = 0
    let seen = NameSet()

    var count: Int { names.count }

    init(_ schema: LinkSchema) {
        self.schema = schema
        values = schema.fields.map { _ in Interner() }
        room = 1 << 10
        cells = .allocate(capacity: room * schema.fields.count)
    }

    func add(_ file: MappedFile, isStandard: Bool, progress: (Int) -> Void) throws(LinkageProblem) {
        let layout = try TableLayout(file, schema, isStandard: isStandard)
        let number = files.count
        files.append(file)
        isLatin.append(layout.isLatin)
        let parser = RowParser(self, file, number, layout)
        var names = names, sources = sources
        (self.names, self.sources) = ([], [])
        defer { (self.names, self.sources) = (names, sources) }
        try parser.run(&names, &sources, progress)
    }

    /// Room for a record more.
    func makeRoom(_ records: Int) -> UnsafeMutablePointer<UInt32> {
        if records <= room { return cells }
        let wider = UnsafeMutablePointer<UInt32>.allocate(capacity: room * 2 * values.count)
        wider.moveInitialize(from: cells, count: room * values.count)
        cells.deallocate()
        (cells, room) = (wider, room * 2)
        return cells
    }

    /// Lets go of what was written once it is standardised.
    func forgetValues() {
        values = []
        seen.forget()
        cells.deallocate()
        cells = .allocate(capacity: 1)
    }

    deinit { cells.deallocate() }

    /// A record's own name, as it was written.
    func name(_ record: Int) -> String {
        let name = names[record]
        if name.length == 0 { return "\(Self.stem(files[Int(name.file)].path))-\(name.start)" }
        let bytes = bytes(of: record)
        let text = isLatin[Int(name.file)]
            ? String(String.UnicodeScalarView(bytes.compactMap { Unicode.Scalar(Folding.latin($0)) }))
            : String(decoding: bytes, as: UTF8.self)
        return text.contains("\"\"") ? text.split(separator: "\"\"", omittingEmptySubsequences: false)
            .joined(separator: "\"") : text
    }

    /// The bytes of a name that the file has; empty where it has none.
    @inline(__always)
    func bytes(of record: Int) -> UnsafeBufferPointer<UInt8> {
        let name = names[record]
        let base = files[Int(name.file)].bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        return UnsafeBufferPointer(start: base + Int(name.start), count: Int(name.length))
    }

    /// Before, by the bytes of their names: the order that every tie is broken by, whatever the order of rows.
    func isBefore(_ one: Int, _ other: Int) -> Bool {
        let (a, b) = (bytes(of: one), bytes(of: other))
        if a.isEmpty || b.isEmpty { return name(one) < name(other) }
        let order = memcmp(a.baseAddress!, b.baseAddress!, min(a.count, b.count))
        return order == 0 ? a.count < b.count : order < 0
    }

    func source(_ bytes: some Collection<UInt8>) throws(LinkageProblem) -> UInt8 {
        let number = bytes.withContiguousStorageIfAvailable { sourceNames.intern($0.baseAddress!, $0.count) } ?? 0
        guard number <= 200 else { throw LinkageProblem("more than 200 sources; check the column that names them.") }
        return UInt8(number)
    }

    func reject(_ file: MappedFile, _ line: Int, _ reason: String) {
        rejectedCount += 1
        // A file of another kind would fill memory with reasons.
        if rejected.count < 100_000 { rejected.append(Rejected(file: file.path, line: line, reason: reason)) }
    }

    /// A file's name without folders and its ending.
    static func stem(_ path: String) -> String {
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name.lastIndex(of: ".").map { String(name[..<$0]) } ?? name
    }
}

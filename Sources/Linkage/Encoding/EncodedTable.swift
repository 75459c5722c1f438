/// A comma-separated file, a line at a time, as bytes: no text is made of what isn't kept.
struct EncodedTable {
    /// What is wrong with a file, for whoever made it.
    struct Problem: Error, Sendable, Equatable, CustomStringConvertible {
        let line: Int?
        let text: String
        var description: String { line.map { "line \($0): \(text)" } ?? text }

        init(_ text: String, line: Int? = nil) {
            (self.text, self.line) = (text, line)
        }
    }

    static let mostColumns = 256, mostRecords = 2_000_000, mostField = 10_000

    private let bytes: UnsafeBufferPointer<UInt8>
    private let comma: UInt8
    private(set) var header: [String] = []
    private var place = 0
    private(set) var line = 1
    private(set) var fields: [UnsafeBufferPointer<UInt8>] = []

    init(_ bytes: UnsafeBufferPointer<UInt8>) throws(Problem) {
        self.bytes = bytes
        if bytes.starts(with: [0xef, 0xbb, 0xbf]) { place = 3 }
        if bytes.starts(with: [0x50, 0x4b]) {
            throw Problem("it is a spreadsheet; save it as CSV in UTF-8")
        }
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) || bytes.prefix(4_096).contains(0) {
            throw Problem("it isn't CSV in UTF-8; save it as that")
        }
        let first = bytes[place...].prefix { $0 != 0x0a }
        comma = first.contains(0x2c) ? 0x2c : first.contains(0x3b) ? 0x3b : first.contains(0x09) ? 0x09 : 0x2c
        guard try next() else { throw Problem("it is empty") }
        guard fields.count <= Self.mostColumns else { throw Problem("it has more than \(Self.mostColumns) columns") }
        header = fields.map { field in
            String(decoding: field, as: UTF8.self).lowercased().split(separator: " ").joined(separator: "_")
        }
    }

    /// The column of a name; a name that stands twice is a mistake.
    func column(_ name: String) throws(Problem) -> Int? {
        let found = header.indices.filter { header[$0] == name }
        guard found.count <= 1 else { throw Problem("two columns are named \(name)", line: 1) }
        return found.first
    }

    /// Goes to the next record; false at the end. Empty lines are passed over.
    mutating func next() throws(Problem) -> Bool {
        while place < bytes.count {
            let isEmpty = bytes[place] == 0x0a || bytes[place] == 0x0d
            if !isEmpty { break }
            if bytes[place] == 0x0a { line += 1 }
            place += 1
        }
        guard place < bytes.count else { return false }
        fields.removeAll(keepingCapacity: true)
        let start = line
        while true {
            let field = try quoted(start) ?? plain()
            guard field.count <= Self.mostField else {
                throw Problem("a field is too long: is a quote missing?", line: start)
            }
            fields.append(field)
            guard place < bytes.count, bytes[place] == comma else { break }
            place += 1
        }
        if place < bytes.count, bytes[place] == 0x0d { place += 1 }
        if place < bytes.count {
            guard bytes[place] == 0x0a else { throw Problem("something stands behind a closing quote", line: start) }
            place += 1
            line += 1
        }
        guard header.isEmpty || fields.count == header.count else {
            throw Problem("it has \(fields.count) values, the header \(header.count)", line: start)
        }
        return true
    }

    @inline(__always)
    private mutating func plain() -> UnsafeBufferPointer<UInt8> {
        let start = place
        while place < bytes.count {
            let byte = bytes[place]
            if byte == comma || byte == 0x0a || byte == 0x0d { break }
            place += 1
        }
        return UnsafeBufferPointer(rebasing: bytes[start..<place])
    }

    /// A field in quotes; nil when the next isn't.
    private mutating func quoted(_ start: Int) throws(Problem) -> UnsafeBufferPointer<UInt8>? {
        guard place < bytes.count, bytes[place] == 0x22 else { return nil }
        place += 1
        let from = place
        while place < bytes.count {
            if bytes[place] == 0x0a { line += 1 }
            if bytes[place] == 0x22 {
                if place + 1 < bytes.count, bytes[place + 1] == 0x22 {
                    // Rare: such a field is read with its doubled quotes, which no field that is encoded has.
                    place += 1
                } else {
                    place += 1
                    return UnsafeBufferPointer(rebasing: bytes[from..<(place - 1)])
                }
            }
            place += 1
        }
        throw Problem("a quote is never closed", line: start)
    }
}

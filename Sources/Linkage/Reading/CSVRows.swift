/// Rows of a delimited file, as places of their fields: nothing is copied.
///
/// Fields may be quoted, quotes doubled, lines ended by LF, CRLF or CR. A quote that isn't closed spoils its line only.
public struct CSVRows {
    /// Where a field lies, without its quotes; counts and places in bytes.
    public struct Field {
        public var start: Int
        public var count: Int
        /// Doubled quotes stand in it.
        public var isEscaped: Bool
    }

    public enum Row {
        case fields(Int)
        case malformed(String)
    }

    /// A quoted field that is longer has most likely lost its closing quote.
    private static let longest = 1 << 16

    private let bytes: UnsafePointer<UInt8>
    private let end: Int
    private let separator: UInt8
    private let separators: UInt64
    public private(set) var position: Int
    /// The line that the row before this began in, from 1.
    public private(set) var line = 0
    /// The line that the next row begins in.
    public private(set) var nextLine: Int
    /// Where the last row began.
    public private(set) var rowStart = 0

    /// `bytes` must not be empty, and outlive the rows.
    public init(_ bytes: UnsafeRawBufferPointer, from start: Int, line: Int = 1, separator: UInt8) {
        self.bytes = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
        self.end = bytes.count
        self.separator = separator
        separators = Self.ones * UInt64(separator)
        position = start
        nextLine = line
    }

    /// The next row that isn't blank; nil at the end. At most `most` fields are told, all are counted.
    public mutating func next(into fields: UnsafeMutablePointer<Field>, atMost most: Int) -> Row? {
        while position < end, bytes[position] == 10 || bytes[position] == 13 { passLineEnd() }
        guard position < end else { return nil }
        rowStart = position
        line = nextLine
        var count = 0, at = position
        while true {
            var field = Field(start: at, count: 0, isEscaped: false)
            if at < end, bytes[at] == 34 {
                guard let after = quoted(&field) else {
                    at = rowStart
                    while at < end, bytes[at] != 10 { at += 1 }
                    position = at
                    nextLine = line
                    return .malformed("a quotation mark isn't closed")
                }
                at = after
            } else {
                at = plainEnd(at)
                field.count = at - field.start
            }
            if count < most { fields[count] = field }
            count += 1
            guard at < end, bytes[at] == separator else { break }
            at += 1
        }
        position = at
        if at < end { passLineEnd() }
        return .fields(count)
    }

    /// The next separator or end of a line, eight bytes at a time.
    @inline(__always)
    private func plainEnd(_ start: Int) -> Int {
        var at = start
        while at + 8 <= end {
            let word = UInt64(littleEndian: UnsafeRawPointer(bytes + at).loadUnaligned(as: UInt64.self))
            let found = Self.zeros(word ^ separators) | Self.zeros(word ^ (Self.ones * 10))
                | Self.zeros(word ^ (Self.ones * 13))
            if found != 0 { return at + found.trailingZeroBitCount / 8 }
            at += 8
        }
        while at < end, bytes[at] != separator, bytes[at] != 10, bytes[at] != 13 { at += 1 }
        return at
    }

    private static let ones: UInt64 = 0x0101_0101_0101_0101

    /// A bit for the lowest byte that is 0; those above it may be wrong.
    @inline(__always)
    private static func zeros(_ word: UInt64) -> UInt64 { (word &- ones) & ~word & (ones << 7) }

    private mutating func passLineEnd() {
        if bytes[position] == 13, position + 1 < end, bytes[position + 1] == 10 { position += 1 }
        position += 1
        nextLine += 1
    }

    /// Reads a field that begins with a quote; where it ends, nil if it doesn't.
    private mutating func quoted(_ field: inout Field) -> Int? {
        var at = field.start + 1
        field.start = at
        let limit = min(end, at + Self.longest)
        while at < limit {
            if bytes[at] == 34 {
                if at + 1 < end, bytes[at + 1] == 34 {
                    field.isEscaped = true
                    at += 2
                    continue
                }
                field.count = at - field.start
                at += 1
                // What stands between a closing quote and the separator is left out.
                while at < end, bytes[at] != separator, bytes[at] != 10, bytes[at] != 13 { at += 1 }
                return at
            }
            if bytes[at] == 10 { nextLine += 1 }
            at += 1
        }
        return nil
    }
}

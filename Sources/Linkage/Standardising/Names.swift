/// Names as they are compared. All work on folded text in place and say how long it is afterwards.
enum Names {
    private static let titles = words("mr mrs ms miss mx dr prof rev sir lady lord dame master")
    private static let unknown = words("""
        unknown unk notknown notgiven none null na nk test tba anon anonymous withheld refused baby male female \
        child unborn nfa x xx xxx
        """)
    /// What belongs to the part of a surname that follows.
    private static let prefixes = words(
        "mc mac o d de del della der den di da du des la le van von st ter el al bin bint ben ibn abu")

    /// One forename: hyphens close up, titles go; further names are left out, `rest` is where they begin.
    static func forename(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        let parts = parts(text, count).filter { !titles.contains(Word(text, $0)) }
        guard let first = parts.first, !isUnknown(text, parts) else { return 0 }
        return keep(text, [first], joined: true)
    }

    /// A surname: its parts with a space between, prefixes with the part that follows.
    static func surname(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        let parts = parts(text, count).filter { !titles.contains(Word(text, $0)) }
        guard !parts.isEmpty, !isUnknown(text, parts) else { return 0 }
        if parts.count == 1 { return keep(text, parts, joined: true) }
        var length = 0, space = false
        for part in parts {
            if space {
                text[length] = 32
                length += 1
            }
            space = !prefixes.contains(Word(text, part))
            for at in part {
                text[length] = text[at]
                length += 1
            }
        }
        return length
    }

    private static func keep(_ text: UnsafeMutablePointer<UInt8>, _ parts: [Range<Int>], joined: Bool) -> Int {
        var length = 0
        for part in parts {
            for at in part {
                text[length] = text[at]
                length += 1
            }
        }
        return length
    }

    private static func isUnknown(_ text: UnsafeMutablePointer<UInt8>, _ parts: [Range<Int>]) -> Bool {
        var joined = Word()
        for part in parts { joined.append(text, part) }
        return unknown.contains(joined) || parts.allSatisfy { part in part.allSatisfy { (48...57).contains(text[$0]) } }
    }

    /// Where the words of folded text lie.
    static func parts(_ text: UnsafePointer<UInt8>, _ count: Int) -> [Range<Int>] {
        var parts: [Range<Int>] = [], start = 0
        for at in 0...count where at == count || text[at] == 32 {
            if at > start { parts.append(start..<at) }
            start = at + 1
        }
        return parts
    }

    private static func parts(_ text: UnsafeMutablePointer<UInt8>, _ count: Int) -> [Range<Int>] {
        parts(UnsafePointer(text), count)
    }

    private static func words(_ text: String) -> Set<Word> {
        Set(text.split(whereSeparator: \.isWhitespace).map { Word(Array($0.utf8)) })
    }
}

/// A short word as a number, so that no text is made to look one up. What is longer than eight bytes equals nothing.
struct Word: Hashable {
    private var bits: UInt64 = 0
    private var length = 0

    init() {}

    init(_ bytes: [UInt8]) { for byte in bytes { append(byte) } }

    init(_ text: UnsafePointer<UInt8>, _ range: Range<Int>) { append(text, range) }

    mutating func append(_ text: UnsafePointer<UInt8>, _ range: Range<Int>) { for at in range { append(text[at]) } }

    private mutating func append(_ byte: UInt8) {
        bits = length < 8 ? bits << 8 | UInt64(byte) : bits &* 31 &+ UInt64(byte)
        length += 1
    }
}

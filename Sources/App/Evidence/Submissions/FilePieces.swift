import Foundation

/// Turns a text file as it comes into pieces of UTF-8 or Windows-1252 that end with a line where they can: what UTF-16
/// was becomes UTF-8, a byte order mark goes.
struct FilePieces {
    static let size = 1 << 20

    private enum Code { case plain, low, high }

    private var code: Code?
    private var raw: [UInt8] = []
    private var text: [UInt8] = []
    /// Whether all of it so far is UTF-8; else it is taken for Windows-1252.
    private(set) var isUTF8 = true
    private(set) var bytes = 0

    /// The pieces that are full now. `notText` is thrown where a byte of 0 stands.
    mutating func take(_ more: [UInt8], isLast: Bool) throws(FileProblem) -> [[UInt8]] {
        bytes += more.count
        raw += more
        if code == nil, raw.count < 4, !isLast { return [] }
        try turn(isLast: isLast)
        var pieces: [[UInt8]] = []
        while text.count >= Self.size || isLast && !text.isEmpty {
            let window = text.prefix(Self.size)
            // Only whole lines, so that no letter of two bytes is torn; one line longer than a piece is torn anywhere.
            let end = text.count <= Self.size && isLast ? window.endIndex
                : window.lastIndex(of: 10).map { $0 + 1 } ?? window.endIndex
            let piece = Array(text[..<end])
            if isUTF8, String(validating: piece, as: UTF8.self) == nil { isUTF8 = false }
            pieces.append(piece)
            text.removeFirst(end)
        }
        return pieces
    }

    private mutating func turn(isLast: Bool) throws(FileProblem) {
        if code == nil {
            if raw.starts(with: [0xff, 0xfe]) { code = .low } else if raw.starts(with: [0xfe, 0xff]) { code = .high }
            else if raw.count >= 4, raw[1] == 0, raw[3] == 0, raw[0] != 0 { code = .low }
            else if raw.count >= 4, raw[0] == 0, raw[2] == 0, raw[1] != 0 { code = .high } else { code = .plain }
            if raw.starts(with: [0xff, 0xfe]) || raw.starts(with: [0xfe, 0xff]) { raw.removeFirst(2) }
            if raw.starts(with: [0xef, 0xbb, 0xbf]) { raw.removeFirst(3) }
        }
        guard code != .plain else {
            if raw.contains(0) { throw .notText }
            text += raw
            raw = []
            return
        }
        var units = stride(from: 0, to: raw.count - 1, by: 2).map { at in
            code == .low ? UInt16(raw[at]) | UInt16(raw[at + 1]) << 8 : UInt16(raw[at]) << 8 | UInt16(raw[at + 1])
        }
        // The first half of a pair waits for its second.
        if !isLast, let last = units.last, (0xd800..<0xdc00).contains(last) { units.removeLast() }
        raw.removeFirst(units.count * 2)
        if isLast { raw = [] }
        let turned = Array(String(decoding: units, as: UTF16.self).utf8)
        if turned.contains(0) { throw .notText }
        text += turned
    }
}

import Foundation

/// A word of a text, as names and addresses are compared: without case, accents and signs.
struct GateWord {
    let folded: String
    let range: Range<String.Index>
    let isCapital: Bool

    /// In the order of the text. What ASCII alone can't tell is asked of Unicode, a piece between two ASCII signs at a
    /// time: most words need only their bytes, which takes a twentieth of the time.
    static func all(in text: String) -> [GateWord] {
        var words: [GateWord] = []
        let bytes = text.utf8
        var start = bytes.startIndex, index = start
        var isPlain = true
        func end(at index: String.Index) {
            guard start < index else { return }
            if isPlain {
                let first = bytes[start]
                words.append(GateWord(
                    folded: String(decoding: bytes[start..<index].lazy.map(lowercased), as: UTF8.self),
                    range: start..<index, isCapital: first >= 0x41 && first <= 0x5A))
            } else {
                words += asked(text[start..<index])
            }
        }
        while index < bytes.endIndex {
            let byte = bytes[index], next = bytes.index(after: index)
            if byte >= 0x80 {
                isPlain = false
            } else if !isLetterOrDigit(byte) {
                end(at: index)
                (start, isPlain) = (next, true)
            }
            index = next
        }
        end(at: index)
        return words
    }

    private static func asked(_ piece: Substring) -> [GateWord] {
        piece.split { !$0.isLetter && !$0.isNumber }.map { part in
            GateWord(
                folded: part.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil),
                range: part.startIndex..<part.endIndex, isCapital: part.first?.isUppercase == true)
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: false
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 { byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte }
}

extension [GateWord] {
    /// Where the words of a phrase follow on one another, whatever stands between them.
    func runs(of wanted: [String]) -> [Range<String.Index>] {
        guard let first = wanted.first, count >= wanted.count else { return [] }
        return (0...count - wanted.count).compactMap { start in
            guard self[start].folded == first else { return nil }
            let run = self[start..<start + wanted.count]
            guard let last = run.last, run.lazy.map(\.folded).elementsEqual(wanted) else { return nil }
            return self[start].range.lowerBound..<last.range.upperBound
        }
    }
}

import Glibc

/// Looking through whole pages by their bytes. A build for tests compares characters, one after another and by rules
/// for every script there is: that took more time than making the pages did.
extension String {
    /// Where `words` begin, counted in bytes, from left to right; none of the places overlap.
    func offsets(of words: String) -> [Int] { offsets(of: words, most: .max) }

    /// Whether `words` stand anywhere in it. Letters beyond ASCII can be written in two ways, and either is found.
    func holds(_ words: String) -> Bool {
        if words.isEmpty { return true }
        return words.utf8.allSatisfy { $0 < 128 } ? !offsets(of: words, most: 1).isEmpty : contains(words)
    }

    private func offsets(of words: String, most: Int) -> [Int] {
        var text = self, words = words
        return text.withUTF8 { text in
            words.withUTF8 { words in
                guard let first = text.baseAddress, let sought = words.baseAddress, !words.isEmpty else { return [] }
                var found: [Int] = [], at = 0
                while found.count < most, text.count - at >= words.count,
                    let hit = memchr(first + at, Int32(sought[0]), text.count - at - words.count + 1) {
                    let place = UnsafeRawPointer(first).distance(to: hit)
                    let isHere = memcmp(hit, sought, words.count) == 0
                    if isHere { found.append(place) }
                    at = place + (isHere ? words.count : 1)
                }
                return found
            }
        }
    }

    /// The pieces between each `mark`, which is ASCII; always at least one, and empty ones too.
    func cut(at mark: String) -> [String] {
        var text = self
        let ends = offsets(of: mark)
        return text.withUTF8 { text in
            var pieces: [String] = [], start = 0
            for end in ends + [text.count] {
                pieces.append(String(decoding: text[start..<end], as: UTF8.self))
                start = end + mark.utf8.count
            }
            return pieces
        }
    }

    /// The bytes from `start`, `count` of them; nil where there are not so many.
    func slice(_ start: Int, _ count: Int) -> String? {
        var text = self
        return text.withUTF8 { text in
            guard start >= 0, start + count <= text.count else { return nil }
            return String(decoding: text[start..<start + count], as: UTF8.self)
        }
    }
}

import Pages

/// A QR code (ISO/IEC 18004) of up to 666 bytes of text: byte mode, error correction level M, versions 1 to 20.
struct QRCode: Sendable {
    /// Modules on each side, without the quiet zone.
    let size: Int
    /// Row by row, true for dark.
    private(set) var modules: [Bool]
    /// Modules that belong to the finder, timing, alignment, format and version patterns: data and mask leave them out.
    private var reserved: [Bool]

    /// Nil when the text is too long.
    init?(_ text: String) {
        guard let words = QRCodewords(Array(text.utf8)) else { return nil }
        let version = words.version
        size = version * 4 + 17
        modules = Array(repeating: false, count: size * size)
        reserved = modules
        drawPatterns(version)
        place(words.words)
        // The mask that leaves the fewest features that mislead a reader; trying one twice takes it away again.
        let penalties = (0..<8).map(penalty(with:))
        let best = penalties.firstIndex(of: penalties.min() ?? 0) ?? 0
        apply(mask: best)
        drawFormat(mask: best)
    }

    /// The picture: dark on white in light and dark mode alike, with the quiet zone of four modules.
    func svg(label: String) -> HTML {
        var path = ""
        for y in 0..<size {
            var x = 0
            while x < size {
                let start = x
                while x < size, modules[y * size + x] { x += 1 }
                if x > start { path += "M\(start + 4) \(y + 4)h\(x - start)v1h-\(x - start)z" } else { x += 1 }
            }
        }
        let side = size + 8
        return """
            <svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="\(label)" viewBox="0 0 \(side) \(side)" \
            width="240" height="240" shape-rendering="crispEdges"><rect width="\(side)" height="\(side)" fill="#fff"/>\
            <path d="\(path)" fill="#000"/></svg>
            """
    }

    // MARK: Drawing

    private mutating func set(_ x: Int, _ y: Int, _ dark: Bool) {
        modules[y * size + x] = dark
        reserved[y * size + x] = true
    }

    private mutating func drawPatterns(_ version: Int) {
        for index in 0..<size {
            set(6, index, index.isMultiple(of: 2))
            set(index, 6, index.isMultiple(of: 2))
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] {
            for dy in -4...4 {
                for dx in -4...4 where (0..<size).contains(x + dx) && (0..<size).contains(y + dy) {
                    let ring = max(abs(dx), abs(dy))
                    set(x + dx, y + dy, ring != 2 && ring != 4)
                }
            }
        }
        let marks = Self.alignment(version, size)
        for x in marks {
            for y in marks where !((x == 6 && y == 6) || (x == 6 && y == size - 7) || (x == size - 7 && y == 6)) {
                for dy in -2...2 { for dx in -2...2 { set(x + dx, y + dy, max(abs(dx), abs(dy)) != 1) } }
            }
        }
        drawFormat(mask: 0)
        guard version >= 7 else { return }
        var rest = version
        for _ in 0..<12 { rest = rest << 1 ^ (rest >> 11) * 0x1f25 }
        for bit in 0..<18 {
            let dark = (version << 12 | rest) >> bit & 1 == 1
            set(size - 11 + bit % 3, bit / 3, dark)
            set(bit / 3, size - 11 + bit % 3, dark)
        }
    }

    /// Where alignment marks are centred, in either direction.
    private static func alignment(_ version: Int, _ size: Int) -> [Int] {
        if version == 1 { return [] }
        let count = version / 7 + 2
        let step = (version * 8 + count * 3 + 5) / (count * 4 - 4) * 2
        return [6] + (0..<count - 1).map { size - 7 - $0 * step }
    }

    /// Level M (00) and the mask, with their check bits, twice.
    private mutating func drawFormat(mask: Int) {
        var rest = mask
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        let bits = (mask << 10 | rest) ^ 0x5412
        for bit in 0..<15 {
            let dark = bits >> bit & 1 == 1
            if bit < 8 { set(size - 1 - bit, 8, dark) } else { set(8, size - 15 + bit, dark) }
            switch bit {
            case 0...5: set(8, bit, dark)
            case 6, 7: set(8, bit + 1, dark)
            case 8: set(7, 8, dark)
            default: set(14 - bit, 8, dark)
            }
        }
        set(8, size - 8, true)
    }

    /// Up and down in columns of two, from the right, past the vertical timing pattern.
    private mutating func place(_ codewords: [UInt8]) {
        var bit = 0
        var right = size - 1
        while right >= 1 {
            if right == 6 { right = 5 }
            for row in 0..<size {
                let y = (right + 1) & 2 == 0 ? size - 1 - row : row
                for x in [right, right - 1] where !reserved[y * size + x] && bit < codewords.count * 8 {
                    modules[y * size + x] = codewords[bit >> 3] >> UInt8(7 - bit & 7) & 1 == 1
                    bit += 1
                }
            }
            right -= 2
        }
    }

    private mutating func apply(mask: Int) {
        for y in 0..<size {
            for x in 0..<size where !reserved[y * size + x] && Self.inverts(mask, x, y) {
                modules[y * size + x].toggle()
            }
        }
    }

    private static func inverts(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    // MARK: Choosing the mask

    private func penalty(with mask: Int) -> Int {
        var masked = self
        masked.apply(mask: mask)
        masked.drawFormat(mask: mask)
        return masked.penalty
    }

    /// ISO/IEC 18004 section 7.8.3: runs, blocks, patterns like a finder's, and an uneven share of dark.
    private var penalty: Int {
        var total = 0
        for line in 0..<size {
            total += Self.penalty((0..<size).map { modules[line * size + $0] })
            total += Self.penalty((0..<size).map { modules[$0 * size + line] })
        }
        for y in 0..<size - 1 {
            for x in 0..<size - 1 {
                let corner = modules[y * size + x]
                let others = [y * size + x + 1, (y + 1) * size + x, (y + 1) * size + x + 1]
                if others.allSatisfy({ modules[$0] == corner }) { total += 3 }
            }
        }
        let dark = modules.count(where: \.self)
        return total + abs(dark * 20 - modules.count * 10) / modules.count * 10
    }

    private static let finder = [true, false, true, true, true, false, true]

    private static func penalty(_ line: [Bool]) -> Int {
        var (total, start) = (0, 0)
        for index in 1...line.count where index == line.count || line[index] != line[start] {
            if index - start >= 5 { total += index - start - 2 }
            start = index
        }
        for start in 0...line.count - 7 where line[start..<start + 7].elementsEqual(finder) {
            let before = line[max(0, start - 4)..<start], after = line[start + 7..<min(line.count, start + 11)]
            if !before.contains(true) { total += 40 }
            if !after.contains(true) { total += 40 }
        }
        return total
    }
}

/// What is typed into agencies' fields, made comparable: bytes in, small numbers out. Stands here until the clear-text
/// engine's own is used for both.
enum EncodedText {
    /// A name as letters 1 to 26, with 0 before, between and behind its parts.
    struct Name {
        /// Longer ones are cut: a limit for what is typed into the wrong field.
        static let most = 62
        var codes: [UInt8] = []
        /// Part of what tells one name from another: 12 letters of five bits.
        var packed: UInt64 = 0
        var isEmpty: Bool { codes.isEmpty }

        /// Reuses the room.
        mutating func clear() {
            codes.removeAll(keepingCapacity: true)
            packed = 0
        }
    }

    /// Letters, folded to A to Z; everything else parts them.
    static func read(_ bytes: UnsafeBufferPointer<UInt8>, into name: inout Name) {
        name.clear()
        var place = 0, letters: UInt64 = 0
        while place < bytes.count, name.codes.count < Name.most {
            let byte = bytes[place]
            place += 1
            var letter: UInt8 = 0
            if byte < 0x80 {
                let folded = byte | 0x20
                if folded >= 0x61, folded <= 0x7a { letter = folded - 0x60 } else if byte == 0x27 { continue }
            } else if byte >= 0xc3, byte <= 0xc5, place < bytes.count {
                letter = foldedLatin(Int(byte & 3) << 6 | Int(bytes[place] & 0x3f))
                place += 1
                // ß and the like are two letters; one is near enough.
            } else if byte == 0xe2, place + 1 < bytes.count, bytes[place] == 0x80, bytes[place + 1] & 0xfe == 0x98 {
                // A typographic apostrophe.
                place += 2
                continue
            }
            if letter == 0 {
                if name.codes.last ?? 0 != 0 { name.codes.append(0) }
            } else {
                if name.codes.isEmpty { name.codes.append(0) }
                name.codes.append(letter)
                if letters < 12 { name.packed |= UInt64(letter) << (5 * letters) }
                letters += 1
            }
        }
        if name.codes.last ?? 0 != 0 { name.codes.append(0) }
    }

    /// A letter of Latin-1 or Latin Extended-A without its accent: 0 for none. Of U+00C0 to U+017F, as `code` - 0xC0
    /// counted from byte 0xC3.
    private static func foldedLatin(_ code: Int) -> UInt8 {
        // 0xC3 is 3 << 6 = U+00C0, 0xC4 is 0 << 6 = U+0100, 0xC5 is 1 << 6 = U+0140.
        let place = code >= 192 ? code - 192 : code + 64
        let letter = place < latin.count ? latin[place] : 0x2d
        return letter == 0x2d ? 0 : letter - 0x60
    }

    private static let latin = Array(
        ("aaaaaaaceeeeiiiidnooooo-ouuuuytsaaaaaaaceeeeiiiidnooooo-ouuuuyty"
            + "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllll"
            + "lllnnnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs").utf8)

    /// A postcode without spaces: letters and digits as 1 to 36 (A is 1, 0 is 27), at most seven.
    struct Postcode {
        var codes: InlineArray<8, UInt8> = .init(repeating: 0)
        var count = 0
        /// Letters before the inward part; all of it when that is missing.
        var outward = 0
        var isWhole: Bool { outward < count }

        /// The first so many codes as one number.
        @inline(__always)
        func packed(_ length: Int) -> UInt64 {
            var value: UInt64 = 0
            for place in 0..<length { value = value << 6 | UInt64(codes[place]) }
            return value
        }
    }

    static func postcode(_ bytes: UnsafeBufferPointer<UInt8>) -> Postcode? {
        var found = Postcode()
        for byte in bytes {
            let code: UInt8
            switch byte {
            case 0x30...0x39: code = byte - 0x30 + 27
            case 0x41...0x5a: code = byte - 0x40
            case 0x61...0x7a: code = byte - 0x60
            case 0x20: continue
            default: return nil
            }
            guard found.count < 7 else { return nil }
            found.codes[found.count] = code
            found.count += 1
        }
        guard found.count >= 2, found.codes[0] <= 26 else { return nil }
        let digit = { (place: Int) in found.codes[place] > 26 }
        let last = found.count
        // A5, AA55: outward alone. Else the last three are a digit and two letters.
        let whole = last >= 5 && digit(last - 3) && !digit(last - 2) && !digit(last - 1)
        if !whole, last > 4 { found.outward = last - 3 } else { found.outward = whole ? last - 3 : last }
        return found
    }

    /// Digits only, as a number; nil with fewer or more than that.
    static func digits(_ bytes: UnsafeBufferPointer<UInt8>, _ count: ClosedRange<Int>) -> UInt64? {
        var value: UInt64 = 0, found = 0
        for byte in bytes where byte >= 0x30 && byte <= 0x39 {
            found += 1
            guard found <= count.upperBound else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        return found >= count.lowerBound ? value : nil
    }

    /// Ten digits of which the last is right (modulus 11), not all one digit; nil for anything else.
    static func nhsNumber(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard let value = digits(bytes, 10...10), value % 1_111_111_111 != 0 else { return nil }
        var rest = value / 10, sum: UInt64 = 0
        for factor in 2...10 {
            sum += rest % 10 * UInt64(factor)
            rest /= 10
        }
        let check = 11 - sum % 11
        return check != 10 && check % 11 == value % 10 ? value : nil
    }

    /// A telephone number's last ten digits (+44 and a first 0 away); nil where too few.
    static func phone(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64? {
        guard let value = digits(bytes, 9...15) else { return nil }
        let last = value % 10_000_000_000
        return last % 1_111_111_111 == 0 ? nil : last
    }
}

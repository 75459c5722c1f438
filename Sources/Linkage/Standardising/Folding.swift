/// Text as it is compared: small letters a to z, digits, one space between words.
enum Folding {
    /// Folds into `out`, which has room for two bytes for each of `bytes` and 4 more; how many were written.
    /// Accents go, apostrophes close up, everything else that is no letter or digit parts words (a hyphen
    /// doesn't where `joining`). Other scripts stay.
    static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>, isLatin: Bool, joining: Bool = false, into out: UnsafeMutablePointer<UInt8>
    ) -> Int {
        var at = 0, count = 0, pending = false
        func put(_ byte: UInt8) {
            if pending, count > 0 {
                out[count] = 32
                count += 1
            }
            pending = false
            out[count] = byte
            count += 1
        }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            switch byte {
            case 97...122, 48...57: put(byte)
            case 65...90: put(byte | 32)
            case 39, 96: break
            case 45 where joining: break
            case 0..<128: pending = true
            default:
                let scalar = isLatin ? latin(byte) : scalar(byte, bytes, &at)
                switch scalar {
                case 0x2018, 0x2019, 0x02bc, 0x00b4, 0x00ad, 0x200b...0x200f, 0x300...0x36f, 0xfeff: break
                case 0x80..<0xc0, 0xd7, 0xf7, 0x2000...0x206f, 0xfffd: pending = true
                case 0xc0..<0x180:
                    for letter in plain(scalar).utf8 { put(letter) }
                default: for unit in Character(Unicode.Scalar(scalar) ?? " ").utf8 { put(unit) }
                }
            }
        }
        return count
    }

    /// Whether all of it is UTF-8.
    static func isUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var at = 0
        let high: UInt64 = 0x8080_8080_8080_8080
        while at + 8 <= bytes.count, bytes.loadUnaligned(fromByteOffset: at, as: UInt64.self) & high == 0 { at += 8 }
        if at >= bytes.count { return true }
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte < 128 { continue }
            let more = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1
            guard (0xc2...0xf4).contains(byte), at + more <= bytes.count else { return false }
            for next in at..<(at + more) where bytes[next] & 0xc0 != 0x80 { return false }
            at += more
        }
        return true
    }

    private static func scalar(_ first: UInt8, _ bytes: UnsafeBufferPointer<UInt8>, _ at: inout Int) -> UInt32 {
        let more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1
        guard first >= 0xc2, at + more <= bytes.count else { return 0xfffd }
        var value = UInt32(first) & (more == 1 ? 0x1f : more == 2 ? 0x0f : 0x07)
        for _ in 0..<more {
            value = value << 6 | UInt32(bytes[at] & 0x3f)
            at += 1
        }
        return value
    }

    /// A byte of Windows-1252.
    static func latin(_ byte: UInt8) -> UInt32 {
        switch byte {
        case 0x8a: 0x160
        case 0x8c: 0x152
        case 0x8e: 0x17d
        case 0x91, 0x92: 0x2019
        case 0x9a: 0x161
        case 0x9c: 0x153
        case 0x9e: 0x17e
        case 0x9f: 0x178
        default: UInt32(byte)
        }
    }

    private static let letters: [String] = {
        // U+00C0 to U+00FF.
        let plain = """
            a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th ss \
            a a a a a a ae c e e e e i i i i d n o o o o o - o u u u u y th y
            """
        // U+0100 to U+017F.
        let extended = """
            a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h i i i i i i i i i i ij ij \
            j j k k k l l l l l l l l l l n n n n n n n n n o o o o o o oe oe r r r r r r s s s s s s s s t t t t t t \
            u u u u u u u u u u u u w w y y y z z z z z z s
            """
        return (plain + " " + extended).split(separator: " ").map(String.init)
    }()

    private static func plain(_ scalar: UInt32) -> String {
        let index = Int(scalar) - 0xc0
        return index < letters.count ? letters[index] : ""
    }
}

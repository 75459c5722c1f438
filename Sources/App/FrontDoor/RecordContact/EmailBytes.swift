import Foundation
import Postgres

/// The ways in which an e-mail writes letters as other letters (RFC 2045, 2047).
enum EmailBytes {
    static func base64(_ text: [UInt8]) -> [UInt8] {
        Array(Data(base64Encoded: Data(text), options: .ignoreUnknownCharacters) ?? Data())
    }

    /// `underscore`: within a heading an underscore is a space.
    static func quotedPrintable(_ text: [UInt8], underscore: Bool = false) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(text.count)
        var at = 0
        while at < text.count {
            let byte = text[at]
            if byte == UInt8(ascii: "="), at + 1 < text.count, text[at + 1] == 10 {
                at += 2
            } else if byte == UInt8(ascii: "="), at + 2 < text.count, let high = Hex.value(text[at + 1]),
                let low = Hex.value(text[at + 2]) {
                out.append(high << 4 | low)
                at += 3
            } else {
                out.append(underscore && byte == UInt8(ascii: "_") ? UInt8(ascii: " ") : byte)
                at += 1
            }
        }
        return out
    }

    /// The text of bytes in a named alphabet. What is not named, or not known, is UTF-8 where it can be, and otherwise
    /// what Windows writes in the west. Never fails: what means nothing becomes a question mark.
    static func text(_ bytes: [UInt8], charset: String?) -> String {
        if let encoding = charset.flatMap({ encodings[$0.lowercased()] }),
            let text = String(data: Data(bytes), encoding: encoding) {
            return readable(text)
        }
        if let text = String(validating: bytes, as: UTF8.self) { return readable(text) }
        let isUTF8 = charset?.lowercased() == "utf-8"
        let other = isUTF8 ? nil : String(data: Data(bytes), encoding: .windowsCP1252)
            ?? String(data: Data(bytes), encoding: .isoLatin1)
        return readable(other ?? String(decoding: bytes, as: UTF8.self))
    }

    private static let encodings: [String: String.Encoding] = [
        "iso-8859-1": .windowsCP1252, "latin1": .windowsCP1252, "windows-1252": .windowsCP1252,
        "cp1252": .windowsCP1252, "iso-8859-2": .isoLatin2, "windows-1250": .windowsCP1250,
        "windows-1251": .windowsCP1251, "windows-1253": .windowsCP1253, "windows-1254": .windowsCP1254,
        "iso-8859-9": .windowsCP1254, "iso-2022-jp": .iso2022JP, "shift_jis": .shiftJIS, "euc-jp": .japaneseEUC,
        "utf-16": .utf16,
    ]

    /// Without control characters and without marks that turn the direction of what follows.
    private static func readable(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 9, 10: kept.append(scalar)
            case 0..<32, 127..<160, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF: continue
            default: kept.append(scalar)
            }
        }
        return String(kept)
    }

    /// A heading with its encoded words read: `=?utf-8?Q?Caf=C3=A9?=`. Between two of them space means nothing.
    static func heading(_ text: String) -> String {
        var out = ""
        var rest = text[...]
        var wasEncoded = false
        while let start = rest.firstRange(of: "=?") {
            let before = rest[..<start.lowerBound]
            let parts = rest[start.upperBound...].split(separator: "?", maxSplits: 3, omittingEmptySubsequences: false)
            guard parts.count == 4, parts[3].hasPrefix("="), ["b", "q"].contains(parts[1].lowercased()) else {
                out += rest[..<start.upperBound]
                rest = rest[start.upperBound...]
                wasEncoded = false
                continue
            }
            if !(wasEncoded && before.allSatisfy(\.isWhitespace)) { out += before }
            let bytes = Array(parts[2].utf8)
            let isBase64 = parts[1].lowercased() == "b"
            let charset = parts[0].split(separator: "*").first.map(String.init)
            out += Self.text(
                isBase64 ? base64(bytes) : quotedPrintable(bytes, underscore: true), charset: charset)
            rest = parts[3].dropFirst()
            wasEncoded = true
        }
        return readable(out + rest).replacing("\n", with: " ").trimmingCharacters(in: .whitespaces)
    }
}

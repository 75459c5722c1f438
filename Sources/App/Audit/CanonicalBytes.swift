import Foundation
import Postgres

/// Fields written so that different fields never give the same bytes.
///
/// First the domain as a field, so that bytes made for one use mean nothing in another. Then each field in order:
/// 0x00 when absent, else 0x01, the length in bytes (8 bytes, big-endian) and the bytes. Text is UTF-8 exactly as
/// given, an identifier its 16 bytes, a number 8 bytes big-endian two's complement.
struct CanonicalBytes: Sendable {
    private(set) var data = Data()

    /// `domain` names the use and its version.
    init(domain: String) { add(domain) }

    /// Adds bytes, or their absence.
    mutating func add(_ bytes: Data?) {
        guard let bytes else { return data.append(0) }
        data.append(1)
        withUnsafeBytes(of: UInt64(bytes.count).bigEndian) { data.append(contentsOf: $0) }
        data.append(bytes)
    }

    /// Adds text, or its absence; "" and nil differ.
    mutating func add(_ text: String?) { add(text.map { Data($0.utf8) }) }

    /// Adds an identifier, or its absence.
    mutating func add(_ id: UUID?) { add(id.map { id in withUnsafeBytes(of: id.uuid) { Data($0) } }) }

    /// Adds a number.
    mutating func add(_ number: Int64) { add(withUnsafeBytes(of: number.bigEndian) { Data($0) }) }
}

extension Sequence<UInt8> {
    /// Lower-case hexadecimal.
    var hex: String {
        String(decoding: flatMap { [Hex.digit($0 >> 4), Hex.digit($0 & 15)] }, as: UTF8.self)
    }
}

extension Data {
    /// Reads lower-case hexadecimal of whole bytes; nil for anything else.
    init?(hex: String) {
        let digits = Array(hex.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes = [UInt8]()
        for start in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Self.nibble(digits[start]), let low = Self.nibble(digits[start + 1]) else { return nil }
            bytes.append(high << 4 | low)
        }
        self.init(bytes)
    }

    /// Only in its canonical spelling, which is lower case.
    private static func nibble(_ digit: UInt8) -> UInt8? {
        Hex.value(digit).flatMap { Hex.digit($0) == digit ? $0 : nil }
    }

    /// Reads base64 in its one canonical spelling: the spare bits of the last digit must be zero.
    init?(canonicalBase64 text: String) {
        guard let bytes = Data(base64Encoded: text), bytes.base64EncodedString() == text else { return nil }
        self = bytes
    }
}

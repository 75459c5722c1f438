import Crypto
import Foundation

/// Finds sealed values by exact match without opening them: a keyed hash of the normalised value.
///
/// Equal values give equal tokens, so the database shows which rows share a telephone number, but not the number:
/// without the key nobody can try numbers one by one. Use a key of its own, wrapped by the `KeyRing`; whoever holds
/// it can test any guess.
struct BlindIndex: Sendable {
    private let key: SymmetricKey

    /// `key` is a 256-bit key used for nothing else.
    init(_ key: SymmetricKey) { self.key = key }

    /// 16 bytes to store and to look up by, or nil for a blank value: people without a number share nothing.
    ///
    /// The last part of `field` names the normalisation: `phone`, `postcode` and `email` (also `work_phone` or
    /// `person.email`); any other is folded as text. Tokens of differently named fields never match each other.
    func token(for value: String, field: String) -> Data? {
        let normal = Self.normalised(value, field: field)
        guard !normal.isEmpty else { return nil }
        var bytes = CanonicalBytes(domain: "drystone-index-v1")
        bytes.add(field)
        bytes.add(normal)
        return Data(HMAC<SHA256>.authenticationCode(for: bytes.data, using: key)).prefix(16)
    }

    /// The form under which two ways of writing the same value are equal; empty when nothing is left.
    static func normalised(_ value: String, field: String) -> String {
        switch field.split(whereSeparator: { "._".contains($0) }).last {
        case "phone": phone(value)
        case "postcode": compatible(value).uppercased().filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
        case "email": compatible(value).lowercased().filter { !$0.isWhitespace }
        default: compatible(value).lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
    }

    /// A telephone number as international digits, 07700 900123 and +44 (0)7700 900123 alike as 447700900123.
    ///
    /// Words before the number and everything from the first letter or # after it (extensions, notes) are ignored.
    static func phone(_ value: String) -> String {
        let number = value.drop { digit($0) == nil && $0 != "+" }.prefix { !$0.isLetter && $0 != "#" }
        let digits = number.compactMap(digit).map(String.init).joined()
        let international = number.hasPrefix("+") ? digits : digits.hasPrefix("00") ? String(digits.dropFirst(2)) : nil
        if let international {
            // "+44 (0)7700": the bracketed trunk zero is written but never dialled.
            return international.hasPrefix("440") ? "44" + international.dropFirst(3) : international
        }
        if digits.hasPrefix("0") { return "44" + digits.dropFirst() }
        if digits.hasPrefix("440") { return "44" + digits.dropFirst(3) }
        // A spreadsheet eats the leading zero of a British number and leaves ten digits.
        if digits.count == 10, let first = digits.first, "1237".contains(first) { return "44" + digits }
        return digits
    }

    /// The value of a decimal digit of any script; superscripts and fractions are none.
    private static func digit(_ character: Character) -> Int? {
        character.unicodeScalars.first?.properties.numericType == .decimal ? character.wholeNumberValue : nil
    }

    /// Full-width and other compatibility forms, as pasted from documents, become the plain characters.
    private static func compatible(_ value: String) -> String { value.precomposedStringWithCompatibilityMapping }
}

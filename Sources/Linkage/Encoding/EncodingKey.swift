import Crypto

/// The secret that the agencies of one linkage share and whoever links doesn't have: 32 random bytes. As text, so that
/// it can be read out over the telephone: `drystone-encoding-key 1 <64 hexadecimal digits> <8 as a checksum>`.
public struct EncodingKey: Sendable {
    private static let name = "drystone-encoding-key", version = "1"
    let bytes: [UInt8]

    /// A new one from the system's chance.
    public init() { bytes = SymmetricKey(size: .bits256).withUnsafeBytes(Array.init) }

    public enum Problem: Error, Sendable, Equatable {
        /// It isn't a key file.
        case other
        /// It is, of a version that this program doesn't know.
        case newer
        /// Digits are missing, or one is wrong.
        case damaged
    }

    public init(text: String) throws(Problem) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.first.map(String.init) == Self.name else { throw .other }
        guard words.count >= 2, words[1] == Self.version else { throw .newer }
        guard words.count == 4, let bytes = Hexadecimal.bytes(words[2]), bytes.count == 32,
            Self.checksum(bytes) == words[3].lowercased()
        else { throw .damaged }
        self.bytes = bytes
    }

    public var text: String {
        "\(Self.name) \(Self.version) \(Hexadecimal.text(bytes)) \(Self.checksum(bytes))\n"
    }

    /// Tells keys apart and says nothing of them: the start of a keyed hash of a constant.
    public var id: [UInt8] { Array(derived("key id").prefix(8)) }

    private static func checksum(_ bytes: [UInt8]) -> String {
        Hexadecimal.text(SHA256.hash(data: Array("\(name) \(version)".utf8) + bytes).prefix(4))
    }

    /// A key for one purpose: 32 bytes that say nothing of this key or of others made from it.
    func derived(_ purpose: String) -> [UInt8] { Self.keyedHash(bytes, Array("drystone encoding 1 \(purpose)".utf8)) }

    static func keyedHash(_ key: [UInt8], _ message: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: key)))
    }
}

enum Hexadecimal {
    static func text(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String(UInt16($0) + 256, radix: 16).dropFirst() }.joined()
    }

    static func bytes(_ text: some StringProtocol) -> [UInt8]? {
        let digits = Array(text.utf8)
        guard digits.count.isMultiple(of: 2) else { return nil }
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: digits.count, by: 2) {
            guard let high = Character(UnicodeScalar(digits[place])).hexDigitValue,
                let low = Character(UnicodeScalar(digits[place + 1])).hexDigitValue
            else { return nil }
            bytes.append(UInt8(high * 16 + low))
        }
        return bytes
    }
}

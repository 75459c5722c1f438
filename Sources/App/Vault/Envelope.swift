import Crypto
import Foundation

// The hierarchy (rulings, 5): the master key, kept in a file outside the database, wraps one key an agency; an
// agency's key wraps one data key a person; a person's data key seals that person's protected fields.

/// The key outside the database. 32 bytes; never printed, never stored beside what it protects.
struct MasterKey: Sendable {
    /// First 8 hexadecimal digits of the key's SHA-256: tells keys apart and says nothing useful about them.
    let id: String
    let key: SymmetricKey

    private static let prefix = "drystone-key-v1:"

    private init(key: SymmetricKey) {
        self.key = key
        id = key.withUnsafeBytes { SHA256.hash(data: $0) }.prefix(4).hex
    }

    /// A new random key.
    static func generate() -> MasterKey { MasterKey(key: SymmetricKey(size: .bits256)) }

    /// Reads the text of a key file. Space and line ends around it are ignored.
    init(fileText: String) throws(VaultError) {
        let text = fileText.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.hasPrefix(Self.prefix), let bytes = Data(base64Encoded: String(text.dropFirst(Self.prefix.count))),
              bytes.count == 32 else { throw .badKeyFile }
        self.init(key: SymmetricKey(data: bytes))
    }

    /// What to write in the key file (mode 0400, on a disk that the database's backup does not include).
    var fileText: String { Self.prefix + key.withUnsafeBytes { Data($0) }.base64EncodedString() }
}

// A key printed by accident in a log or a crash report shows its id only.
extension MasterKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The key's id, never its bytes.
    var description: String { "MasterKey(\(id))" }
    /// The key's id, never its bytes.
    var debugDescription: String { description }
    /// Nothing: `dump` walks mirrors.
    var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}

/// A 32-byte key as stored: wrapped by the key above it with AES-KW (RFC 3394), 40 bytes.
struct WrappedKey: Equatable, Sendable {
    let bytes: Data

    /// Takes stored bytes as they are; `unwrapped` judges them.
    init(bytes: Data) { self.bytes = bytes }

    /// Wraps `key` under `parent`. Both are 256-bit keys made by this module; anything else is a programming error.
    init(_ key: SymmetricKey, under parent: SymmetricKey) {
        precondition(key.bitCount == 256 && parent.bitCount == 256, "the hierarchy holds 256-bit keys only")
        guard let wrapped = try? AES.KeyWrap.wrap(key, using: parent) else {
            preconditionFailure("AES-KW cannot fail on 256-bit keys")
        }
        bytes = wrapped
    }

    /// The key inside. Fails when `parent` is not the key that wrapped it or a bit was changed.
    func unwrapped(under parent: SymmetricKey) throws(VaultError) -> SymmetricKey {
        guard bytes.count == 40, let key = try? AES.KeyWrap.unwrap(bytes, using: parent) else { throw .refused }
        return key
    }
}

/// A person's data key as their record holds it.
///
/// Destroying it is how a person is forgotten: every ciphertext sealed with it, in the database and in any copy made
/// of the ciphertexts alone, can no longer be read by anyone. A backup made earlier still holds the wrapped key, so a
/// restore must repeat the shreddings that came after it, and old backups must expire on the retention schedule.
struct PersonKey: Equatable, Sendable {
    /// The stored form; nil once shredded.
    private(set) var wrapped: WrappedKey?

    /// Reads the stored column, null when shredded.
    init(stored: Data?) { wrapped = stored.map { WrappedKey(bytes: $0) } }

    /// A new person's key under the key of the agency that holds the record.
    static func generate(under agencyKey: SymmetricKey) -> PersonKey {
        PersonKey(stored: WrappedKey(SymmetricKey(size: .bits256), under: agencyKey).bytes)
    }

    /// The key to seal and open with.
    func key(under agencyKey: SymmetricKey) throws(VaultError) -> SymmetricKey {
        guard let wrapped else { throw .shredded }
        return try wrapped.unwrapped(under: agencyKey)
    }

    /// Forgets the key. The caller stores the null in the same transaction as its audit row.
    mutating func shred() { wrapped = nil }
}

import Crypto
import Foundation

/// The current master key and the earlier ones, so that what an earlier key wrapped still opens during a rotation.
struct KeyRing: Sendable {
    /// An agency's key as stored: which master key wrapped it, and the wrapped bytes.
    struct Wrapped: Equatable, Sendable {
        /// `MasterKey.id` of the key that wrapped it.
        let keyID: String
        /// 40 bytes of AES-KW.
        let bytes: Data
    }

    let current: MasterKey
    private let keys: [String: MasterKey]

    /// `previous` may be empty; a key no longer listed can open nothing.
    init(current: MasterKey, previous: [MasterKey] = []) {
        self.current = current
        keys = Dictionary((previous + [current]).map { ($0.id, $0) }) { _, later in later }
    }

    /// Wraps a 256-bit key under the current master key.
    func wrap(_ key: SymmetricKey) -> Wrapped {
        Wrapped(keyID: current.id, bytes: WrappedKey(key, under: current.key).bytes)
    }

    /// Opens a stored key. `unknownKey` when the ring lacks its master key, `refused` when the bytes were altered.
    func unwrap(keyID: String, bytes: Data) throws(VaultError) -> SymmetricKey {
        guard let master = keys[keyID] else { throw .unknownKey }
        return try WrappedKey(bytes: bytes).unwrapped(under: master.key)
    }

    /// Opens a stored key.
    func unwrap(_ wrapped: Wrapped) throws(VaultError) -> SymmetricKey {
        try unwrap(keyID: wrapped.keyID, bytes: wrapped.bytes)
    }

    /// The same key wrapped by the current master key; returned unchanged when it already is.
    ///
    /// A rotation rewraps the agencies' keys only: no person's key and no ciphertext changes.
    func rewrap(_ wrapped: Wrapped) throws(VaultError) -> Wrapped {
        let key = try unwrap(wrapped)
        return wrapped.keyID == current.id ? wrapped : wrap(key)
    }
}

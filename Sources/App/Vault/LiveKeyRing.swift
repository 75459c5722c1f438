import Crypto
import Foundation
import Synchronization

/// The master keys as a running server holds them. When something was wrapped by a key that it does not know, another
/// process has rotated meanwhile: it reads the keys' directory again, once, and tries again. So a rotation needs no
/// restart.
final class LiveKeyRing: Sendable {
    private let held: Mutex<KeyRing>
    /// Reads the keys anew; nil when there is nowhere to read them from.
    private let reread: (@Sendable () throws -> KeyRing)?

    init(_ ring: KeyRing, reread: (@Sendable () throws -> KeyRing)? = nil) {
        held = Mutex(ring)
        self.reread = reread
    }

    /// The keys as they were last read.
    var ring: KeyRing { held.withLock { $0 } }

    /// The key that wraps what is new.
    var current: MasterKey { ring.current }

    /// Wraps a 256-bit key under the current master key.
    func wrap(_ key: SymmetricKey) -> KeyRing.Wrapped { ring.wrap(key) }

    /// Opens a stored key. `unknownKey` when its master key is not in the directory either, `refused` when the bytes
    /// were altered.
    func unwrap(keyID: String, bytes: Data) throws(VaultError) -> SymmetricKey {
        do {
            return try ring.unwrap(keyID: keyID, bytes: bytes)
        } catch .unknownKey {
            guard let reread, let fresh = try? reread() else { throw .unknownKey }
            let key = try fresh.unwrap(keyID: keyID, bytes: bytes)
            held.withLock { $0 = fresh }
            return key
        }
    }

    /// Opens a stored key.
    func unwrap(_ wrapped: KeyRing.Wrapped) throws(VaultError) -> SymmetricKey {
        try unwrap(keyID: wrapped.keyID, bytes: wrapped.bytes)
    }
}

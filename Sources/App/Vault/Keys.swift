import Crypto
import Foundation

/// The keys outside the database, one file each in a directory that only the server can read.
struct Keys: Sendable {
    /// Wraps the agencies' keys (and through them, every person's).
    let ring: LiveKeyRing
    /// Derives the keys below; not part of the hierarchy that is rotated.
    private let server: SymmetricKey
    /// Signs checkpoints of the audit log.
    let audit: Curve25519.Signing.PrivateKey

    var form: SymmetricKey { derived("form") }
    var pepper: SymmetricKey { derived("pepper") }
    var totp: SymmetricKey { derived("totp") }
    var draft: SymmetricKey { derived("draft") }
    var search: SymmetricKey { derived("search") }
    var referral: SymmetricKey { derived("referral") }
    var throttle: SymmetricKey { derived("throttle") }
    /// Wraps the keys of encoded files, which agencies send and an analyst links.
    var extract: SymmetricKey { derived("extract") }
    var index: BlindIndex { BlindIndex(derived("index")) }

    private func derived(_ use: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(inputKeyMaterial: server, info: Data("drystone \(use) v1".utf8), outputByteCount: 32)
    }

    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    init(ring: KeyRing, server: SymmetricKey, audit: Curve25519.Signing.PrivateKey) {
        (self.ring, self.server, self.audit) = (LiveKeyRing(ring), server, audit)
    }

    /// Reads the keys of a directory: `master.key` (and `master-previous-*.key` after a rotation), `server.key`,
    /// `audit.key`, each as "drystone-key-v1:BASE64".
    init(directory: String) throws {
        func load(_ name: String) throws -> MasterKey { try KeyFile.read(directory + "/" + name) }
        ring = LiveKeyRing(try Self.masters(in: directory).ring) { try Self.masters(in: directory).ring }
        server = try load("server.key").key
        audit = try Curve25519.Signing.PrivateKey(
            rawRepresentation: try load("audit.key").key.withUnsafeBytes { Data($0) })
    }

    /// Makes the keys that aren't there yet; never replaces one.
    static func createMissing(in directory: String) throws {
        let files = FileManager.default
        try files.createDirectory(
            atPath: directory, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        for name in missing(in: directory) {
            try KeyFile.add(MasterKey.generate(), at: directory + "/" + name)
        }
    }

    /// Names of the keys that are not in the directory; all of them for a new installation.
    static func missing(in directory: String) -> [String] {
        ["master.key", "server.key", "audit.key"].filter { name in
            !FileManager.default.fileExists(atPath: directory + "/" + name)
        }
    }
}

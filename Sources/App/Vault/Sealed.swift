import Crypto
import Foundation

/// Where a sealed value lives. A ciphertext opens at its own place only, so that nobody who can write to the database
/// can show one person's address in another's record by copying bytes.
struct Place: Equatable, Sendable {
    let table: String
    let column: String
    let row: UUID
    let agency: UUID

    /// The authenticated data: version, then each part length-prefixed, so that two places never share bytes.
    fileprivate func bytes(version: UInt8) -> Data {
        var bytes = CanonicalBytes(domain: "drystone-sealed-v\(version)")
        bytes.add(table)
        bytes.add(column)
        bytes.add(row)
        bytes.add(agency)
        return bytes.data
    }
}

/// Field encryption: AES-256-GCM with a random 96-bit nonce.
///
/// Stored form: version byte 1, nonce (12 bytes), ciphertext, tag (16 bytes). Random nonces are safe far beyond the
/// number of fields one person's key will ever seal (2^32 by NIST SP 800-38D). The length of the text shows.
enum Sealed {
    private static let version: UInt8 = 1

    /// Bytes that sealing adds: version, nonce and tag.
    static let overhead = 1 + 12 + 16

    /// Seals `plaintext` for one place.
    static func seal(_ plaintext: Data, key: SymmetricKey, place: Place) throws(VaultError) -> Data {
        guard let box = try? AES.GCM.seal(plaintext, using: key, authenticating: place.bytes(version: version)),
              let combined = box.combined else { throw .refused }
        return Data([version]) + combined
    }

    /// Opens what `seal` made. `refused` for another key, another place, an unknown version or a changed bit alike.
    static func open(_ sealed: Data, key: SymmetricKey, place: Place) throws(VaultError) -> Data {
        guard sealed.first == version, let box = try? AES.GCM.SealedBox(combined: sealed.dropFirst()),
              let text = try? AES.GCM.open(box, using: key, authenticating: place.bytes(version: version)) else {
            throw .refused
        }
        return text
    }
}

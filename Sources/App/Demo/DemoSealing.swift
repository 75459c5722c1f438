import Crypto
import Foundation

/// An agency's key, open and wrapped.
struct DemoAgencyKey: Sendable {
    let key: SymmetricKey
    let masterKeyID: String
    let wrapped: Data
}

/// What seals: the vault when the demonstration is seeded; in tests, something that keeps what it is given.
protocol DemoSealing: Sendable {
    /// A new key for an agency.
    func agencyKey() -> DemoAgencyKey
    /// A new key for a person, and how it is stored.
    func personKey(under agency: DemoAgencyKey) -> (key: SymmetricKey, wrapped: Data)
    /// The key under which what was told in referrals is sealed.
    var referralKey: SymmetricKey { get }
    /// Seals a value for its place.
    func seal(_ value: Data, key: SymmetricKey, place: Place) throws -> Data
    /// The token by which a value is found without being opened.
    func token(_ value: String, field: String) -> Data?
}

extension DemoSealing {
    /// Keyed tokens of a postcode's district and sector, as COPY writes an array.
    func near(_ postcode: String) -> String? {
        BlindIndex.near(postcode) { token($0, field: $1) }.map { "{\($0.joined(separator: ","))}" }
    }
}

/// Seals as the program does.
struct DemoVault: DemoSealing {
    let ring: KeyRing
    let index: BlindIndex
    let referralKey: SymmetricKey

    func agencyKey() -> DemoAgencyKey {
        let key = SymmetricKey(size: .bits256)
        let wrapped = ring.wrap(key)
        return DemoAgencyKey(key: key, masterKeyID: wrapped.keyID, wrapped: wrapped.bytes)
    }

    func personKey(under agency: DemoAgencyKey) -> (key: SymmetricKey, wrapped: Data) {
        let key = SymmetricKey(size: .bits256)
        return (key, WrappedKey(key, under: agency.key).bytes)
    }

    func seal(_ value: Data, key: SymmetricKey, place: Place) throws -> Data {
        try Sealed.seal(value, key: key, place: place)
    }

    func token(_ value: String, field: String) -> Data? { index.token(for: value, field: field) }
}

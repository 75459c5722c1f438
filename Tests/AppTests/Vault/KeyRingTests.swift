import Crypto
import Foundation
import Testing
@testable import App

@Suite("The key ring")
struct KeyRingTests {
    private let old = MasterKey.generate()
    private let new = MasterKey.generate()
    private let key = SymmetricKey(size: .bits256)

    @Test("Wraps under the current key and opens again")
    func roundTrip() throws {
        let ring = KeyRing(current: new, previous: [old])
        let wrapped = ring.wrap(key)
        #expect(wrapped.keyID == new.id && wrapped.bytes.count == 40)
        #expect(try ring.unwrap(keyID: wrapped.keyID, bytes: wrapped.bytes) == key)
    }

    @Test("A rotation opens what the earlier key wrapped, rewraps it, and then needs the earlier key no more")
    func rotation() throws {
        let before = KeyRing(current: old).wrap(key)
        let during = KeyRing(current: new, previous: [old])
        let after = try during.rewrap(before)
        #expect(after.keyID == new.id)
        #expect(try KeyRing(current: new).unwrap(after) == key)
        #expect(try during.rewrap(after) == after)
        #expect(throws: VaultError.unknownKey) { try KeyRing(current: new).unwrap(before) }
    }

    @Test("A key said to be another's is refused, not guessed at")
    func wrongID() {
        let ring = KeyRing(current: new, previous: [old])
        let wrapped = ring.wrap(key)
        #expect(throws: VaultError.refused) { try ring.unwrap(keyID: old.id, bytes: wrapped.bytes) }
        #expect(throws: VaultError.unknownKey) { try ring.unwrap(keyID: "00000000", bytes: wrapped.bytes) }
        #expect(throws: VaultError.refused) { try ring.rewrap(.init(keyID: new.id, bytes: Data())) }
    }
}

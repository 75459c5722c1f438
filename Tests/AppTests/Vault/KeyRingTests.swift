import Crypto
import Foundation
import Synchronization
import Testing
@testable import App
@testable import AppTestSupport

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

    @Test func `a running server that meets a new master key reads the keys again, and only then`() throws {
        let (old, new) = (MasterKey.generate(), MasterKey.generate())
        let key = SymmetricKey(size: .bits256)
        let reads = Mutex(0)
        let live = LiveKeyRing(KeyRing(current: old)) {
            reads.withLock { $0 += 1 }
            return KeyRing(current: new, previous: [old])
        }
        #expect(try live.unwrap(live.wrap(key)) == key)
        #expect(reads.withLock { $0 } == 0)
        #expect(try live.unwrap(KeyRing(current: new).wrap(key)) == key)
        #expect(live.current.id == new.id)
        #expect(try live.unwrap(KeyRing(current: old).wrap(key)) == key)
        #expect(try live.unwrap(KeyRing(current: new).wrap(key)) == key)
        #expect(reads.withLock { $0 } == 1)
    }

    @Test func `a key that is nowhere stays unknown, and the keys that are held stay`() throws {
        let old = MasterKey.generate()
        let live = LiveKeyRing(KeyRing(current: old)) { throw VaultError.badKeyFile }
        let elsewhere = KeyRing(current: .generate()).wrap(SymmetricKey(size: .bits256))
        #expect(throws: VaultError.unknownKey) { try live.unwrap(elsewhere) }
        #expect(live.current.id == old.id)
    }
}

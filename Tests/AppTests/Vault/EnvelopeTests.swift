import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Keys and their wrapping")
struct EnvelopeTests {
    @Test("AES-KW gives the result of RFC 3394, section 4.6")
    func rfc3394() throws {
        let parent = SymmetricKey(data: Data(0..<32))
        let bytes = try #require(Data(hex: "00112233445566778899aabbccddeeff000102030405060708090a0b0c0d0e0f"))
        let wrapped = WrappedKey(SymmetricKey(data: bytes), under: parent)
        #expect(wrapped.bytes.hex == "28c9f404c4b810f4cbccb35cfb87f8263f5786e2d80ed326cbc7f0e71a99f43bfb988b9b7a02dd21")
        #expect(try wrapped.unwrapped(under: parent) == SymmetricKey(data: bytes))
    }

    @Test("A master key survives its file, with or without a line end")
    func masterKeyFile() throws {
        let key = MasterKey.generate()
        #expect(key.fileText.hasPrefix("drystone-key-v1:"))
        for text in [key.fileText, key.fileText + "\n", " \(key.fileText)\r\n"] {
            let read = try MasterKey(fileText: text)
            #expect(read.key == key.key && read.id == key.id)
        }
    }

    @Test("A key's id is the first eight digits of its SHA-256")
    func masterKeyID() throws {
        let text = "drystone-key-v1:" + Data(repeating: 0, count: 32).base64EncodedString()
        #expect(try MasterKey(fileText: text).id == "66687aad")
    }

    @Test("A file that is not a whole key is refused", arguments: [
        "", "drystone-key-v1:", "drystone-key-v1:AAAA", "drystone-key-v2:" + Data(count: 32).base64EncodedString(),
        "drystone-key-v1:" + Data(count: 31).base64EncodedString(), Data(count: 32).base64EncodedString(),
        "drystone-key-v1:" + Data(count: 33).base64EncodedString(), "drystone-key-v1:not base64 at all",
    ])
    func badFile(text: String) {
        #expect(throws: VaultError.badKeyFile) { try MasterKey(fileText: text) }
    }

    @Test("A key printed, debugged or dumped does not show its bytes")
    func keyIsNotPrinted() {
        let key = MasterKey.generate()
        let secret = String(key.fileText.dropFirst("drystone-key-v1:".count))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped, "\([key])"] {
            #expect(text.contains(key.id))
            #expect(!text.contains(secret))
        }
        #expect(!dumped.contains("Symmetric"))
    }

    @Test("A wrapped key with any bit changed, or cut, does not unwrap")
    func alteredWrap() {
        let parent = SymmetricKey(size: .bits256)
        let wrapped = WrappedKey(SymmetricKey(size: .bits256), under: parent)
        for bit in 0..<(wrapped.bytes.count * 8) {
            var bytes = wrapped.bytes
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: VaultError.refused) { try WrappedKey(bytes: bytes).unwrapped(under: parent) }
        }
        for count in 0..<40 {
            let cut = WrappedKey(bytes: wrapped.bytes.prefix(count))
            #expect(throws: VaultError.refused) { try cut.unwrapped(under: parent) }
        }
    }

    @Test("A shorter key, properly wrapped, is not taken for one of ours")
    func shortKey() throws {
        let parent = SymmetricKey(size: .bits256)
        let wrapped = WrappedKey(bytes: try AES.KeyWrap.wrap(SymmetricKey(size: .bits128), using: parent))
        #expect(throws: VaultError.refused) { try wrapped.unwrapped(under: parent) }
    }

    @Test("One agency's key does not open another agency's people")
    func otherAgency() {
        let (ours, theirs) = (SymmetricKey(size: .bits256), SymmetricKey(size: .bits256))
        let person = PersonKey.generate(under: theirs)
        #expect(throws: VaultError.refused) { try person.key(under: ours) }
    }

    @Test("Destroying a person's key makes what it sealed unreadable, and leaves other people's")
    func shredding() throws {
        let ring = KeyRing(current: .generate())
        let agency = ring.wrap(SymmetricKey(size: .bits256))
        let agencyKey = try ring.unwrap(agency)
        var person = PersonKey.generate(under: agencyKey)
        let other = PersonKey.generate(under: agencyKey)
        let place = Place(table: "addresses", column: "line", row: UUID(), agency: UUID())
        let text = Data("1 Invented Row".utf8)
        let sealed = try Sealed.seal(text, key: person.key(under: agencyKey), place: place)
        let othersSealed = try Sealed.seal(text, key: other.key(under: agencyKey), place: place)
        #expect(try Sealed.open(sealed, key: person.key(under: agencyKey), place: place) == text)

        person.shred()

        #expect(person.wrapped == nil)
        #expect(throws: VaultError.shredded) { try person.key(under: agencyKey) }
        // No key that is left opens it: not the agency's, not the master key, not another person's.
        for key in [agencyKey, ring.current.key, try other.key(under: agencyKey)] {
            #expect(throws: VaultError.refused) { try Sealed.open(sealed, key: key, place: place) }
        }
        #expect(try Sealed.open(othersSealed, key: other.key(under: agencyKey), place: place) == text)
    }
}

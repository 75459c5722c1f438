import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Sealed fields")
struct SealedTests {
    private let key = SymmetricKey(size: .bits256)
    private let place = Place(table: "address", column: "line1", row: UUID(), agency: UUID())

    @Test("Opens at its own place, whatever the length", arguments: [0, 1, 15, 16, 17, 5_000])
    func roundTrip(length: Int) throws {
        let text = Token.randomBytes(length)
        let sealed = try Sealed.seal(text, key: key, place: place)
        #expect(sealed.count == length + 29 && sealed.first == 1)
        #expect(try Sealed.open(sealed, key: key, place: place) == text)
    }

    @Test("The same text sealed twice looks different")
    func freshNonce() throws {
        let text = Data("the same".utf8)
        #expect(try Sealed.seal(text, key: key, place: place) != Sealed.seal(text, key: key, place: place))
    }

    @Test("Moved to another table, column, row or agency it stays shut")
    func swappedPlace() throws {
        let sealed = try Sealed.seal(Data("refuge".utf8), key: key, place: place)
        let elsewhere = [
            Place(table: "contact", column: place.column, row: place.row, agency: place.agency),
            Place(table: place.table, column: "line2", row: place.row, agency: place.agency),
            Place(table: place.table, column: place.column, row: UUID(), agency: place.agency),
            Place(table: place.table, column: place.column, row: place.row, agency: UUID()),
            Place(table: place.table, column: place.column, row: place.agency, agency: place.row),
            // The same letters, split elsewhere.
            Place(table: "addressl", column: "ine1", row: place.row, agency: place.agency),
        ]
        for other in elsewhere {
            #expect(throws: VaultError.refused) { try Sealed.open(sealed, key: key, place: other) }
        }
    }

    @Test("Any changed bit, any cut and any other key is refused")
    func tampering() throws {
        let sealed = try Sealed.seal(Data("a safe address".utf8), key: key, place: place)
        for bit in 0..<(sealed.count * 8) {
            var bytes = sealed
            bytes[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: VaultError.refused) { try Sealed.open(bytes, key: key, place: place) }
        }
        for count in 0..<sealed.count {
            #expect(throws: VaultError.refused) { try Sealed.open(sealed.prefix(count), key: key, place: place) }
        }
        let other = SymmetricKey(size: .bits256)
        #expect(throws: VaultError.refused) { try Sealed.open(sealed, key: other, place: place) }
    }

    @Test("A slice of a larger buffer opens like a copy")
    func slices() throws {
        let sealed = try Sealed.seal(Data("text".utf8), key: key, place: place)
        let slice = (Data([9, 9, 9]) + sealed).dropFirst(3)
        #expect(try Sealed.open(slice, key: key, place: place) == Data("text".utf8))
    }
}

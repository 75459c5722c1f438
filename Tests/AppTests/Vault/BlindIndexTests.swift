import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Blind index")
struct BlindIndexTests {
    private let index = BlindIndex(SymmetricKey(data: Data(repeating: 7, count: 32)))

    @Test("A British number is one number however it is written", arguments: [
        "07700 900123", "07700900123", "+44 7700 900123", "+44 (0)7700 900123", "0044 7700 900123", "447700900123",
        "(07700) 900-123", "07700.900.123", "+4407700900123", "7700900123", "mob: 07700 900 123",
        "07700 900123 (mother's)", "07700 900123 ext 4", "４４７７００９００１２３", "٠٧٧٠٠٩٠٠١٢٣", "tel +44 7700900123 #2",
    ])
    func phoneForms(written: String) {
        #expect(BlindIndex.normalised(written, field: "phone") == "447700900123")
        #expect(index.token(for: written, field: "phone") == index.token(for: "07700900123", field: "phone"))
    }

    @Test("Other numbers stay themselves")
    func otherNumbers() {
        #expect(BlindIndex.phone("+353 20 912 3456") == "353209123456")
        #expect(BlindIndex.phone("00353 20 912 3456") == "353209123456")
        #expect(BlindIndex.phone("999") == "999")
        #expect(BlindIndex.phone("01632 960001") == "441632960001")
        #expect(BlindIndex.phone("½ ² unknown") == "")
    }

    @Test("Postcodes ignore space and case, e-mail ignores case")
    func otherFields() {
        #expect(BlindIndex.normalised(" zz1 1aa", field: "postcode") == "ZZ11AA")
        #expect(BlindIndex.normalised("ZZ1-1AA", field: "home_postcode") == "ZZ11AA")
        #expect(BlindIndex.normalised(" A.Nother@Example.ORG ", field: "person.email") == "a.nother@example.org")
        #expect(BlindIndex.normalised("  Two   Words ", field: "alias") == "two words")
    }

    @Test("Tokens are sixteen bytes and depend on value, field and key")
    func separation() throws {
        let token = try #require(index.token(for: "07700900123", field: "phone"))
        #expect(token.count == 16)
        #expect(token != index.token(for: "07700900124", field: "phone"))
        #expect(token != index.token(for: "07700900123", field: "work_phone"))
        #expect(token != BlindIndex(SymmetricKey(size: .bits256)).token(for: "07700900123", field: "phone"))
    }

    @Test("Blank values have no token, so people without a number are not found by each other")
    func blanks() {
        for blank in ["", "  ", "none", "n/a"] { #expect(index.token(for: blank, field: "phone") == nil) }
        #expect(index.token(for: " - ", field: "postcode") == nil)
    }
}

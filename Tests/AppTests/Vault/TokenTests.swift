import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Tokens")
struct TokenTests {
    @Test("A token is 43 characters that are safe in a cookie, and never comes twice")
    func random() {
        let tokens = (0..<200).map { _ in Token.random() }
        #expect(Set(tokens).count == 200)
        #expect(tokens.allSatisfy { $0.utf8.count == 43 && $0.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil })
    }

    @Test("What is stored is the SHA-256 of the token's text")
    func hash() {
        #expect(Token.hash("abc").hex == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    }

    @Test("Every bit of random bytes is used")
    func everyBit() {
        let bytes = Token.randomBytes(2_000)
        #expect(bytes.reduce(0, |) == 0xff && bytes.reduce(0xff, &) == 0)
    }
}

import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Recovery codes")
struct RecoveryCodesTests {
    private let pepper = SymmetricKey(size: .bits256)
    private let account = UUID()

    @Test("Ten different codes in groups that can be read aloud")
    func generate() {
        let codes = RecoveryCodes.generate()
        #expect(Set(codes).count == 10)
        for code in codes {
            #expect(code.wholeMatch(of: /[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}/) != nil)
        }
    }

    @Test("Case, spaces, hyphens and misread letters don't matter", arguments: [
        "AB01-EFGH-JK", "ab01efghjk", " ab 01 ef gh jk ", "ABOI-EFGH-JK", "abol-efgh-jk", "AB01–EFGH–JK",
    ])
    func tolerant(typed: String) {
        let hash = RecoveryCodes.hash("AB01-EFGH-JK", account: account, pepper: pepper)
        #expect(hash?.count == 32)
        #expect(RecoveryCodes.hash(typed, account: account, pepper: pepper) == hash)
    }

    @Test("What can't be a code has no hash", arguments: [
        "", "AB01-EFGH-J", "AB01-EFGH-JKM", "AB01-EFGH-JU", "ÀB01-EFGH-J",
    ])
    func notCodes(typed: String) { #expect(RecoveryCodes.hash(typed, account: account, pepper: pepper) == nil) }

    @Test("A stolen hash says nothing about other accounts, or without the pepper")
    func bound() {
        let hash = RecoveryCodes.hash("AB01-EFGH-JK", account: account, pepper: pepper)
        #expect(RecoveryCodes.hash("AB01-EFGH-JK", account: UUID(), pepper: pepper) != hash)
        #expect(RecoveryCodes.hash("AB01-EFGH-JK", account: account, pepper: SymmetricKey(size: .bits256)) != hash)
        #expect(RecoveryCodes.hash("AB01-EFGH-JM", account: account, pepper: pepper) != hash)
    }
}

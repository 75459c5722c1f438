import Crypto
import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What an invitation's first step leaves with the browser")
struct PendingSetUpTests {
    private let keys = Keys(
        ring: KeyRing(current: .generate()), server: SymmetricKey(size: .bits256), audit: .init())
    private let partnership = UUID()
    private let now = Date(timeIntervalSince1970: 1_700_000_000.75)
    private let pending = PendingSetUp(
        passwordHash: "$argon2id$v=19$m=47104,t=1,p=1$c2FsdA$aGFzaA", now: Date(timeIntervalSince1970: 1_700_000_000))

    private func opened(
        _ cookie: String?, token: String = "token", form: String? = "form", in place: UUID? = nil,
        after seconds: Double = 0
    ) -> PendingSetUp? {
        PendingSetUp(
            cookie: cookie, token: token, form: form, in: place ?? partnership, keys,
            now: now.addingTimeInterval(seconds))
    }

    private func sealed() throws -> String {
        try pending.sealed(token: "token", form: "form", in: partnership, keys)
    }

    @Test("It opens in the same browser with the same link, and holds a new secret and new codes")
    func opens() throws {
        #expect(opened(try sealed()) == pending)
        #expect(pending.secret.count == 20)
        #expect(Set(pending.recoveryCodes).count == RecoveryCodes.count)
        #expect(PendingSetUp(passwordHash: "x", now: now).secret != pending.secret)
    }

    @Test("Another link, another browser, another partnership: nothing")
    func bound() throws {
        let cookie = try sealed()
        #expect(opened(cookie, token: "other") == nil)
        #expect(opened(cookie, form: "other") == nil)
        #expect(opened(cookie, form: nil) == nil)
        #expect(opened(cookie, in: UUID()) == nil)
    }

    @Test("An hour is enough; a clock set back is not trusted")
    func ages() throws {
        let cookie = try sealed()
        #expect(opened(cookie, after: 3_599) == pending)
        #expect(opened(cookie, after: 3_600) == nil)
        #expect(opened(cookie, after: -1) == nil)
    }

    @Test("Whatever else a browser sends is nothing", arguments: [
        "", "AAAA", "%%%", String(repeating: "A", count: 100_000), "😀",
    ])
    func garbage(cookie: String) { #expect(opened(cookie) == nil) }

    @Test("Neither hash nor secret nor codes can be read from it, and it fits in a cookie")
    func secret() throws {
        let cookie = try sealed()
        let bytes = try #require(Data(base64URL: cookie))
        #expect(bytes.range(of: Data("argon2".utf8)) == nil)
        #expect(bytes.range(of: pending.secret) == nil)
        #expect(bytes.range(of: Data(pending.recoveryCodes[0].utf8)) == nil)
        #expect(cookie.utf8.count < 2_000)
        #expect(cookie.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f && !";,=\"\\".utf8.contains($0) })
        #expect(opened(nil) == nil)
    }

    @Test("A key is shown in groups of four")
    func groups() {
        #expect(groupsOfFour("ABCDEFGHIJ") == "ABCD EFGH IJ")
        #expect(groupsOfFour("") == "")
    }
}

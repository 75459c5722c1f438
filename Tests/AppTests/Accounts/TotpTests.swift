import Foundation
import Testing
@testable import App
@testable import AppTestSupport

@Suite("One-time codes")
struct TotpTests {
    private let totp = Totp(secret: Data("12345678901234567890".utf8))

    /// RFC 6238, appendix B, SHA-1 rows; the last six of its eight digits.
    @Test("Codes are those of RFC 6238", arguments: [
        (59.0, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
        (2_000_000_000, "279037"), (20_000_000_000, "353130"),
    ])
    func vectors(seconds: Double, code: String) {
        #expect(totp.code(at: Date(timeIntervalSince1970: seconds)) == code)
    }

    @Test("A code is good one step early and one step late, and no further")
    func drift() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let step = Totp.step(at: now)
        for offset in -3...3 {
            let code = totp.code(at: now + Double(offset * 30))
            #expect(totp.matchingStep(code, at: now, after: nil) == (abs(offset) <= 1 ? step + Int64(offset) : nil))
        }
    }

    @Test("A code once used, and any older one, is refused")
    func singleUse() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        let step = Totp.step(at: now)
        #expect(totp.matchingStep("005924", at: now, after: step - 1) == step)
        #expect(totp.matchingStep("005924", at: now, after: step) == nil)
        #expect(totp.matchingStep(totp.code(at: now - 30), at: now, after: step) == nil)
        #expect(totp.matchingStep(totp.code(at: now + 30), at: now, after: step) == step + 1)
    }

    @Test("Spaces are ignored; anything but the six digits is refused")
    func typing() {
        let now = Date(timeIntervalSince1970: 1_234_567_890)
        #expect(totp.matchingStep("005 924", at: now, after: nil) != nil)
        for wrong in ["", "5924", "0059240", "00592", "005925", "００５９２４", "-05924", "005924\u{0}"] {
            #expect(totp.matchingStep(wrong, at: now, after: nil) == nil)
        }
    }

    @Test("The address for the QR code names the neutral issuer that it is given")
    func uri() {
        #expect(totp.uri(issuer: "Work Desk", account: "p.b+1@example.org") == """
            otpauth://totp/Work%20Desk:p.b%2B1%40example.org?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
            &issuer=Work%20Desk&algorithm=SHA1&digits=6&period=30
            """)
    }

    @Test("A new secret is 160 random bits")
    func newSecret() {
        #expect(Totp.generate().secret.count == 20)
        #expect(Totp.generate().secret != Totp.generate().secret)
    }

    /// RFC 4648, section 10.
    @Test("Base 32 is that of RFC 4648", arguments: [
        ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
        ("foobar", "MZXW6YTBOI"),
    ])
    func base32(plain: String, encoded: String) {
        #expect(Base32.encode(Data(plain.utf8)) == encoded)
        #expect(Base32.decode(encoded) == Data(plain.utf8))
        #expect(Base32.decode(encoded.lowercased() + "====") == Data(plain.utf8))
    }

    @Test("Base 32 reads spaces and hyphens as nothing, and refuses what it never writes")
    func base32Reading() {
        #expect(Base32.decode("mzxw 6ytb-oi") == Data("foobar".utf8))
        for wrong in ["M", "MZX", "MZXW6Y", "MZ1Q", "M=Y", "MZ", "é"] { #expect(Base32.decode(wrong) == nil) }
        for length in 0..<40 {
            let bytes = Token.randomBytes(length)
            #expect(Base32.decode(Base32.encode(bytes)) == bytes)
        }
    }
}

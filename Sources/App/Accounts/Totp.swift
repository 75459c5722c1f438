import Crypto
import Foundation

/// Time-based one-time codes (RFC 6238): HMAC-SHA-1, six digits, a new code every 30 seconds; what every
/// authenticator app understands.
struct Totp: Sendable {
    /// The shared secret, 20 bytes when made here; stored sealed.
    let secret: Data

    static let digits = 6
    static let period = 30

    /// A device clock may be one step slow or fast (RFC 6238 section 5.2).
    static let drift: Int64 = 1

    /// Reads a stored secret.
    init(secret: Data) { self.secret = secret }

    /// A new random secret of 160 bits, the length RFC 4226 recommends.
    static func generate() -> Totp { Totp(secret: Token.randomBytes(20)) }

    /// The number of the 30-second step that `time` lies in.
    static func step(at time: Date) -> Int64 {
        Int64((time.timeIntervalSince1970 / Double(period)).rounded(.down))
    }

    /// The code that an authenticator shows at `time`.
    func code(at time: Date) -> String { code(step: Self.step(at: time)) }

    /// The step that `code` belongs to, or nil when it fits none within reach or only one already used.
    ///
    /// Store the step with `UPDATE ... WHERE last_step < step` in the sign-in's own transaction and go on only if a
    /// row changed: then a code works once however many requests carry it at the same moment. Spaces are ignored.
    func matchingStep(_ code: String, at time: Date, after lastStep: Int64?) -> Int64? {
        let typed = Data(code.utf8.filter { $0 != UInt8(ascii: " ") })
        let now = Self.step(at: time)
        var match: Int64?
        // Every step is tried, so that the answer's time says nothing; the latest match uses up the earlier ones.
        for step in (now - Self.drift)...(now + Self.drift) {
            let fits = Self.equal(typed, Data(self.code(step: step).utf8))
            if fits, lastStep.map({ step > $0 }) ?? true { match = step }
        }
        return match
    }

    /// The address behind the QR code. The issuer is shown on the person's telephone: keep it neutral.
    func uri(issuer: String, account: String) -> String {
        let allowed = CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        func escaped(_ text: String) -> String { text.addingPercentEncoding(withAllowedCharacters: allowed) ?? "" }
        return "otpauth://totp/\(escaped(issuer)):\(escaped(account))?secret=\(Base32.encode(secret))"
            + "&issuer=\(escaped(issuer))&algorithm=SHA1&digits=\(Self.digits)&period=\(Self.period)"
    }

    /// RFC 4226 section 5.3, with the step as the counter.
    private func code(step: Int64) -> String {
        let counter = withUnsafeBytes(of: step.bigEndian) { Data($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[19] & 15)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7fff_ffff
        let text = String(number % 1_000_000)
        return String(repeating: "0", count: Self.digits - text.count) + text
    }

    /// Equality without an early end.
    private static func equal(_ a: Data, _ b: Data) -> Bool {
        a.count == b.count && zip(a, b).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

/// RFC 4648 base 32, as authenticator apps show and read secrets.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    /// Upper case, without padding, which the apps leave out too.
    static func encode(_ bytes: Data) -> String { encode(bytes, alphabet: alphabet) }

    /// Reads either case, ignoring spaces, hyphens and padding at the end; nil for anything else.
    static func decode(_ text: String) -> Data? {
        var digits = text.uppercased().utf8.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "-") }
        while digits.last == UInt8(ascii: "=") { digits.removeLast() }
        var (bytes, buffer, bits) = (Data(), UInt32(0), 0)
        for digit in digits {
            guard let value = alphabet.firstIndex(of: digit) else { return nil }
            (buffer, bits) = (buffer << 5 | UInt32(value), bits + 5)
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> UInt32(bits)))
                buffer &= (1 << UInt32(bits)) - 1
            }
        }
        // A whole digit to spare, or spare bits that are not zero: a character was lost or mistyped.
        return bits < 5 && buffer == 0 ? bytes : nil
    }

    /// Encodes with another alphabet of 32 characters.
    static func encode(_ bytes: Data, alphabet: [UInt8]) -> String {
        var (text, buffer, bits) = ([UInt8](), UInt32(0), 0)
        for byte in bytes {
            (buffer, bits) = (buffer << 8 | UInt32(byte), bits + 8)
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits)) & 31])
                buffer &= (1 << UInt32(bits)) - 1
            }
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits)) & 31]) }
        return String(decoding: text, as: UTF8.self)
    }
}

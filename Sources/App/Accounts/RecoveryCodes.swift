import Crypto
import Foundation

/// Codes to print and keep for the day the authenticator is lost. Ten of 50 bits, each good once.
///
/// They stand in for the authenticator only, never for the password. Stored as an HMAC under the password pepper and
/// tied to the account: 50 bits alone could be searched in about a day from a stolen table of plain hashes.
enum RecoveryCodes {
    static let count = 10

    /// Crockford's alphabet: no I, L, O or U, which are misread.
    private static let alphabet = Array("0123456789ABCDEFGHJKMNPQRSTVWXYZ".utf8)
    private static let length = 10

    /// A new set, as "ABCD-EFGH-JK", to be shown once.
    static func generate() -> [String] {
        (0..<count).map { _ in
            let code = String(Base32.encode(Token.randomBytes(7), alphabet: alphabet).prefix(length))
            return "\(code.prefix(4))-\(code.dropFirst(4).prefix(4))-\(code.suffix(2))"
        }
    }

    /// What to store and to look a typed code up by, 32 bytes; nil when the text cannot be a code.
    ///
    /// Case, spaces and hyphens don't matter, O is read as 0, I and L as 1.
    static func hash(_ typed: String, account: UUID, pepper: SymmetricKey) -> Data? {
        guard let code = parsed(typed) else { return nil }
        var bytes = CanonicalBytes(domain: "drystone-recovery-v1")
        bytes.add(account)
        bytes.add(code)
        return Data(HMAC<SHA256>.authenticationCode(for: bytes.data, using: pepper))
    }

    /// The ten characters of a typed code, or nil.
    static func parsed(_ typed: String) -> String? {
        let code = typed.uppercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "\u{2013}" }
            .replacing("O", with: "0").replacing("I", with: "1").replacing("L", with: "1")
        return code.utf8.count == length && code.utf8.allSatisfy(alphabet.contains) ? code : nil
    }
}

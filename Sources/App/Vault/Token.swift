import Crypto
import Foundation

/// Unguessable bearer values: session and known-device cookies, single-use links.
///
/// Only `hash` of a token is stored, so that a copy of the database signs nobody in. A token has 256 random bits, so
/// a plain SHA-256 is enough; there is nothing to guess that a slow hash would protect.
enum Token {
    /// Makes a fresh token: 43 characters of base64url, safe in a cookie.
    static func random() -> String { randomBytes(32).base64URL }

    /// The 32 bytes to store and to look up by.
    ///
    /// Anything may be hashed, whoever sent it: a value that is not a token matches no stored hash.
    static func hash(_ token: String) -> Data { Data(SHA256.hash(data: Data(token.utf8))) }

    /// `count` bytes from the operating system's cryptographic generator.
    static func randomBytes(_ count: Int) -> Data {
        var generator = SystemRandomNumberGenerator()
        return Data((0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) })
    }
}

extension Data {
    /// RFC 4648 base64url without padding.
    var base64URL: String {
        base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}

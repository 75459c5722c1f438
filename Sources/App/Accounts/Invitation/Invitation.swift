import Crypto
import Foundation

/// An invitation that can still be accepted: not used, not expired, its account not ended.
struct OpenInvitation: Sendable {
    let account: UUID
    let name: String
    let email: String
    /// The account was set up before: its password and authenticator are about to be replaced.
    let isRenewal: Bool
    /// How long a new link works.
    static let hours = 72
}

/// What was chosen in the first step and is not in force before the second is done. The browser carries it in a
/// cookie, sealed; the database holds none of it, so a link that is opened elsewhere shows nobody the secret.
struct PendingSetUp: Codable, Equatable, Sendable {
    /// The encoded hash; the password itself is not kept.
    let passwordHash: String
    /// The authenticator's secret.
    let secret: Data
    /// The recovery codes to come: made beforehand, so that a repeated last step shows the same ones.
    let recoveryCodes: [String]
    let madeAt: Date

    /// How long the second step may take.
    static let minutes = 60
    /// Longer than any that we make: nothing of that size is opened.
    private static let longest = 4_096

    /// The cookie's value. It opens with this link and in this browser only (`form` is its form cookie).
    func sealed(token: String, form: String, in partnership: UUID, _ keys: Keys) throws -> String {
        try Sealed.seal(
            JSONEncoder().encode(self), key: keys.totp, place: .pendingSetUp(token: token, form: form, in: partnership)
        ).base64URL
    }

    /// Opens what `sealed` made; nil for anything else, and when it is too old.
    init?(cookie: String?, token: String, form: String?, in partnership: UUID, _ keys: Keys, now: Date) {
        guard let cookie, let form, cookie.utf8.count <= Self.longest, let bytes = Data(base64URL: cookie),
            let opened = try? Sealed.open(
                bytes, key: keys.totp, place: .pendingSetUp(token: token, form: form, in: partnership)),
            let pending = try? JSONDecoder().decode(Self.self, from: opened),
            (0...Double(Self.minutes * 60)).contains(now.timeIntervalSince(pending.madeAt)) else { return nil }
        self = pending
    }

    /// Chosen now, with a new secret and new codes.
    init(passwordHash: String, now: Date) {
        self.passwordHash = passwordHash
        secret = Totp.generate().secret
        recoveryCodes = RecoveryCodes.generate()
        // Whole seconds survive JSON unchanged.
        madeAt = Date(timeIntervalSince1970: now.timeIntervalSince1970.rounded(.down))
    }
}

extension Place {
    /// Bound to the link and to the browser: neither alone opens it.
    fileprivate static func pendingSetUp(token: String, form: String, in partnership: UUID) -> Place {
        let bytes = Array(Token.hash("\(token) \(form)").prefix(16))
        let row = bytes.withUnsafeBytes { UUID(uuid: $0.loadUnaligned(as: uuid_t.self)) }
        return Place(table: "invitation", column: "pending", row: row, agency: partnership)
    }
}

extension Cookies {
    /// What was chosen in the first step of an invitation, sealed.
    static let pendingSetUp = "__Host-set-up"
}

extension Data {
    /// Reads RFC 4648 base64url without padding.
    init?(base64URL text: String) {
        let standard = text.replacing("-", with: "+").replacing("_", with: "/")
        self.init(base64Encoded: standard + String(repeating: "=", count: (4 - standard.utf8.count % 4) % 4))
    }
}

import Foundation
import Postgres

// Statements of the door's role: whoever holds the link is nobody yet.
extension Connection {
    /// The invitation that `token` belongs to, if it can still be accepted.
    func openInvitation(_ token: String, in partnership: UUID) throws -> OpenInvitation? {
        try first("""
            SELECT a.id, a.full_name, a.email, a.password_hash IS NOT NULL AS is_renewal
            FROM app.invitation i JOIN app.account a ON a.id = i.account_id
            WHERE i.token_hash = \(Token.hash(token)) AND i.partnership_id = \(partnership)
              AND i.used_at IS NULL AND i.expires_at > now() AND (a.ended_at IS NULL OR a.ended_at > now())
            """) { row in
            OpenInvitation(
                account: try row["id"], name: try row["full_name"], email: try row["email"],
                isRenewal: try row["is_renewal"])
        }
    }

    /// Uses the invitation up; false when somebody did before, or it expired meanwhile.
    func takeInvitation(_ token: String, in partnership: UUID) throws -> Bool {
        try run("""
            UPDATE app.invitation SET used_at = now()
            WHERE token_hash = \(Token.hash(token)) AND partnership_id = \(partnership)
              AND used_at IS NULL AND expires_at > now()
            """) == 1
    }

    /// Password and second factor, both at once and only together. The code that confirmed the authenticator is used.
    func setUpAccount(_ id: UUID, passwordHash: String, totpSealed: Data, step: Int64, in partnership: UUID) throws {
        let changed = try run("""
            UPDATE app.account SET password_hash = \(passwordHash), totp_sealed = \(totpSealed),
                   totp_last_step = \(step), version = version + 1
            WHERE id = \(id) AND partnership_id = \(partnership) AND (ended_at IS NULL OR ended_at > now())
            """)
        if changed == 0 { throw Refusal.notFound }
    }

    /// Whether this very password hash was set by this link: the last step, sent a second time.
    func wasAccepted(_ token: String, passwordHash: String, in partnership: UUID) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.invitation i JOIN app.account a ON a.id = i.account_id
            WHERE i.token_hash = \(Token.hash(token)) AND i.partnership_id = \(partnership)
              AND i.used_at IS NOT NULL AND a.password_hash = \(passwordHash)
            """) { _ in true } ?? false
    }

    /// No browser counts as known any more: the lost one may be among them.
    func forgetDevices(of account: UUID) throws {
        try run("DELETE FROM app.known_device WHERE account_id = \(account)")
    }
}

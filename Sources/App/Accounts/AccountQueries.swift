import Foundation
import Postgres

/// What the door knows of an account.
struct AccountAtDoor: Sendable {
    let id: UUID
    let email: String
    let name: String
    let passwordHash: String?
    let totpSealed: Data?
    let totpLastStep: Int64
    let ended: Bool
}

// Statements of the door's role: before there is a viewer.
extension Connection {
    func accountAtDoor(email: String, in partnership: UUID) throws -> AccountAtDoor? {
        try first("""
            SELECT id, email, full_name, password_hash, totp_sealed, totp_last_step,
                   ended_at IS NOT NULL AND ended_at <= now() AS ended
            FROM app.account WHERE partnership_id = \(partnership) AND email = \(email)
            """, AccountAtDoor.init(row:))
    }

    func accountAtDoor(id: UUID, in partnership: UUID) throws -> AccountAtDoor? {
        try first("""
            SELECT id, email, full_name, password_hash, totp_sealed, totp_last_step,
                   ended_at IS NOT NULL AND ended_at <= now() AS ended
            FROM app.account WHERE partnership_id = \(partnership) AND id = \(id)
            """, AccountAtDoor.init(row:))
    }

    /// Takes a TOTP step for this account; false when it, or a later one, was taken already (a replay).
    func takeTotpStep(_ step: Int64, account: UUID) throws -> Bool {
        try run("""
            UPDATE app.account SET totp_last_step = \(step) WHERE id = \(account) AND totp_last_step < \(step)
            """) == 1
    }

    func takeRecoveryCode(_ hash: Data, account: UUID) throws -> Bool {
        try run("""
            UPDATE app.recovery_code SET used_at = now()
            WHERE account_id = \(account) AND code_hash = \(hash) AND used_at IS NULL
            """) == 1
    }

    func replaceRecoveryCodes(_ hashes: [Data], account: UUID, partnership: UUID) throws {
        try run("DELETE FROM app.recovery_code WHERE account_id = \(account)")
        for hash in hashes {
            try run("""
                INSERT INTO app.recovery_code (partnership_id, account_id, code_hash)
                VALUES (\(partnership), \(account), \(hash))
                """)
        }
    }

    func setPassword(_ hash: String, account: UUID) throws {
        try run("UPDATE app.account SET password_hash = \(hash), version = version + 1 WHERE id = \(account)")
    }

    func setTotp(_ sealed: Data, account: UUID) throws {
        try run("UPDATE app.account SET totp_sealed = \(sealed), totp_last_step = -1 WHERE id = \(account)")
    }

    func isKnownDevice(_ token: String, account: UUID) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.known_device WHERE token_hash = \(Token.hash(token)) AND account_id = \(account)
            """) { _ in true } ?? false
    }

    func rememberDevice(_ token: String, account: UUID, partnership: UUID) throws {
        try run("""
            INSERT INTO app.known_device (token_hash, partnership_id, account_id)
            VALUES (\(Token.hash(token)), \(partnership), \(account))
            ON CONFLICT (token_hash, account_id) DO UPDATE SET seen_at = now()
            """)
    }

    /// A bucket's failures, its row locked until the transaction ends.
    func lockFailures(of bucket: Data, in partnership: UUID) throws -> (count: Int, lastAt: Date?) {
        try run("""
            INSERT INTO app.throttle (bucket, partnership_id, failures, last_failure_at)
            VALUES (\(bucket), \(partnership), 0, 'epoch') ON CONFLICT (bucket) DO NOTHING
            """)
        return try first("""
            SELECT failures, last_failure_at FROM app.throttle WHERE bucket = \(bucket) FOR UPDATE
            """) { row in
            (count: try row["failures"], lastAt: try row["last_failure_at"])
        } ?? (count: 0, lastAt: nil)
    }

    func setFailures(_ count: Int, at moment: Date, bucket: Data) throws {
        try run("UPDATE app.throttle SET failures = \(count), last_failure_at = \(moment) WHERE bucket = \(bucket)")
    }

    func takeBackFailure(of bucket: Data) throws {
        try run("UPDATE app.throttle SET failures = greatest(failures - 1, 0) WHERE bucket = \(bucket)")
    }

    func forgetFailures(of bucket: Data) throws {
        try run("DELETE FROM app.throttle WHERE bucket = \(bucket)")
    }

    /// Who came, failed or left, in the audit log: before there is a viewer, the door says so itself.
    func auditDoor(_ event: AuditEvent, account: UUID?, partnership: UUID, detail: String = "") throws {
        _ = try all("SELECT app.audit_sign_in(\(partnership), \(account), \(event.rawValue), \(detail))") { _ in }
    }
}

extension AccountAtDoor {
    init(row: Row) throws {
        self.init(
            id: try row["id"], email: try row["email"], name: try row["full_name"],
            passwordHash: try row["password_hash"], totpSealed: try row["totp_sealed"],
            totpLastStep: try row["totp_last_step"], ended: try row["ended"])
    }
}

import Foundation
import Postgres

extension Connection {
    /// Proposals that nobody has decided and that are not too old, oldest first; those of one account when it is given.
    func openRenewals(of account: UUID? = nil) throws -> [Renewal] {
        try all("""
            \(Self.renewal) WHERE \(Self.isOpen) AND (\(account)::uuid IS NULL OR r.account_id = \(account))
            ORDER BY r.proposed_at, r.id LIMIT 100
            """, Renewal.init(row:)).compactMap(\.self)
    }

    /// One that waits; nil when it is decided, too old or not of this account.
    func openRenewal(_ id: UUID, of account: UUID) throws -> Renewal? {
        try first("""
            \(Self.renewal) WHERE \(Self.isOpen) AND r.id = \(id) AND r.account_id = \(account)
            """, Renewal.init(row:)).flatMap { $0 }
    }

    /// Whether it was decided, by whomever.
    func isDecided(_ renewal: UUID, of account: UUID) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.renewal
            WHERE id = \(renewal) AND account_id = \(account) AND decided_at IS NOT NULL
            """) { _ in true } ?? false
    }

    private static let renewal: SQL = """
        SELECT r.id, r.account_id, a.full_name, r.recognised, r.proposed_by, p.full_name AS proposer, r.proposed_at
        FROM app.renewal r JOIN app.account a ON a.id = r.account_id JOIN app.account p ON p.id = r.proposed_by
        """
    private static let isOpen: SQL = """
        r.decided_at IS NULL AND r.proposed_at > now() - make_interval(hours => \(Renewal.hours))
        AND (a.ended_at IS NULL OR a.ended_at > now())
        """

    /// One more that waits for another administrator.
    func propose(_ check: IdentityCheck, for account: UUID, by viewer: UUID, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.renewal (id, partnership_id, account_id, recognised, proposed_by)
            VALUES (\(UUID()), \(partnership), \(account), \(check), \(viewer))
            """)
    }

    /// Decides it, and with it all that wait for the same account; false when somebody was quicker or it is too old.
    func decide(_ renewal: Renewal, by viewer: UUID, confirmed: Bool) throws -> Bool {
        let isMine = try run("""
            UPDATE app.renewal SET decided_by = \(viewer), decided_at = now(), confirmed = \(confirmed)
            WHERE id = \(renewal.id) AND decided_at IS NULL
              AND proposed_at > now() - make_interval(hours => \(Renewal.hours))
            """) == 1
        if isMine {
            try run("""
                UPDATE app.renewal SET decided_by = \(viewer), decided_at = now(), confirmed = false
                WHERE account_id = \(renewal.account) AND decided_at IS NULL
                """)
        }
        return isMine
    }

    /// Whether another administrator, neither `viewer` nor `account`, could confirm today.
    func hasAnotherAdministrator(than viewer: UUID, and account: UUID, today: Day) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.role_assignment r JOIN app.account a ON a.id = r.account_id
            WHERE r.role = 'administrator' AND a.set_up AND (a.ended_at IS NULL OR a.ended_at > now())
              AND r.starts_on <= \(today)::date AND (r.ends_on IS NULL OR r.ends_on >= \(today)::date)
              AND a.id NOT IN (\(viewer), \(account))
            LIMIT 1
            """) { _ in true } ?? false
    }
}

extension Renewal {
    /// Nil for a way to recognise somebody that this program does not know.
    fileprivate init?(row: Row) throws {
        guard let check = IdentityCheck(rawValue: try row["recognised"]) else { return nil }
        self.init(
            id: try row["id"], account: try row["account_id"], name: try row["full_name"], check: check,
            proposedBy: try row["proposed_by"], proposerName: try row["proposer"], proposedAt: try row["proposed_at"])
    }
}

import Foundation
import Postgres

extension Connection {
    /// The partnership's agencies by name.
    func agencyChoices() throws -> [AgencyChoice] {
        try all("SELECT id, name FROM app.agency ORDER BY name LIMIT 500") { row in
            AgencyChoice(id: try row["id"], name: try row["name"])
        }
    }

    /// How many accounts there are, of those that have or had a role at `agency` when one is given.
    func accountCount(at agency: UUID?) throws -> Int {
        try first("SELECT count(*)::int AS n FROM app.account a WHERE \(atAgency(agency))") { try $0["n"] } ?? 0
    }

    /// One page of accounts with their roles, by name, those that ended last.
    func managedAccounts(at agency: UUID?, limit: Int, offset: Int) throws -> [ManagedAccount] {
        let accounts = try all("""
            \(Self.account) WHERE \(atAgency(agency))
            ORDER BY a.ended_at IS NOT NULL AND a.ended_at <= now(), a.full_name, a.id
            LIMIT \(limit) OFFSET \(offset)
            """, ManagedAccount.init(row:))
        let roles = Dictionary(grouping: try heldRoles(of: accounts.map(\.id)), by: \.account)
        return accounts.map { account in
            var account = account
            account.roles = roles[account.id] ?? []
            return account
        }
    }

    /// One account with its roles; nil when there is none.
    func managedAccount(_ id: UUID) throws -> ManagedAccount? {
        let found = try first("\(Self.account) WHERE a.id = \(id)", ManagedAccount.init(row:))
        guard var account = found else { return nil }
        account.roles = try heldRoles(of: [id])
        return account
    }

    private static let account: SQL = """
        SELECT a.id, a.full_name, a.email, a.version, a.created_at, a.ended_at, a.set_up,
               (SELECT max(i.expires_at) FROM app.invitation i
                WHERE i.account_id = a.id AND i.used_at IS NULL) AS link_until
        FROM app.account a
        """

    private func atAgency(_ agency: UUID?) -> SQL {
        guard let agency else { return "true" }
        return "EXISTS (SELECT FROM app.role_assignment r WHERE r.account_id = a.id AND r.agency_id = \(agency))"
    }

    private func heldRoles(of accounts: [UUID]) throws -> [HeldRole] {
        try all("""
            SELECT r.id, r.account_id, r.role, r.agency_id, g.name, r.starts_on, r.ends_on
            FROM app.role_assignment r JOIN app.agency g ON g.id = r.agency_id
            WHERE r.account_id = ANY (\(accounts)::uuid[]) ORDER BY r.starts_on DESC, g.name, r.role, r.id
            """, HeldRole.init(row:)).compactMap(\.self)
    }

    /// Sessions that are signed in now.
    func openSessions(of account: UUID) throws -> Int {
        try first("""
            SELECT count(*)::int AS n FROM app.session
            WHERE account_id = \(account) AND stage = 'full' AND expires_at > now() AND ends_at > now()
            """) { try $0["n"] } ?? 0
    }

    // MARK: Changes

    /// A new account that nobody can use yet. Throws `account_email_taken` for an address that is in use.
    func addAccount(_ id: UUID, name: String, email: String, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.account (id, partnership_id, email, full_name)
            VALUES (\(id), \(partnership), \(email), \(name))
            """)
    }

    /// The same with the first role, in one statement.
    func addAccount(_ id: UUID, _ form: InviteForm, in partnership: UUID) throws {
        let role = form.role
        try run("""
            WITH colleague AS (
                INSERT INTO app.account (id, partnership_id, email, full_name)
                VALUES (\(id), \(partnership), \(form.email), \(form.name))
            )
            INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on, ends_on)
            VALUES (\(UUID()), \(partnership), \(id), \(role.agency), \(role.role.rawValue), \(role.startsOn),
                    \(role.endsOn))
            """)
    }

    /// A role from day to day; `RoleForm` has judged both.
    func addRole(_ form: RoleForm, to account: UUID, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on, ends_on)
            VALUES (\(UUID()), \(partnership), \(account), \(form.agency), \(form.role.rawValue), \(form.startsOn),
                    \(form.endsOn))
            """)
    }

    /// A new link, for 72 hours; those made before stop working.
    func addInvitation(_ token: String, to account: UUID, by inviter: UUID, in partnership: UUID) throws {
        try run("""
            WITH earlier AS (
                UPDATE app.invitation SET expires_at = now()
                WHERE account_id = \(account) AND used_at IS NULL AND expires_at > now()
            )
            INSERT INTO app.invitation (token_hash, partnership_id, account_id, invited_by, expires_at)
            VALUES (\(Token.hash(token)), \(partnership), \(account), \(inviter),
                    now() + make_interval(hours => \(OpenInvitation.hours)))
            """)
    }

    /// Claims the right to change an account that is not ended, as somebody saw it; false when it changed meanwhile.
    func beginChange(of account: UUID, version: Int) throws -> Bool {
        try run("""
            UPDATE app.account SET version = version + 1
            WHERE id = \(account) AND version = \(version) AND (ended_at IS NULL OR ended_at > now())
            """) == 1
    }

    /// Ends a role with `lastDay`, or at once when it is nil (a role that never began is withdrawn).
    func endRole(_ id: UUID, of account: UUID, lastDay: Day?, today: Day) throws {
        let changed = try run("""
            UPDATE app.role_assignment
            SET ends_on = greatest(coalesce(\(lastDay)::date, \(today)::date - 1), starts_on - 1)
            WHERE id = \(id) AND account_id = \(account)
            """)
        if changed == 0 { throw Refusal.notFound }
    }

    /// A leaver, in one statement: the account, its roles, its links and its sessions. False when it changed
    /// meanwhile.
    func endAccount(_ id: UUID, version: Int, today: Day) throws -> Bool {
        try first("""
            WITH leaver AS (
                UPDATE app.account SET ended_at = now(), version = version + 1
                WHERE id = \(id) AND version = \(version) AND (ended_at IS NULL OR ended_at > now()) RETURNING id
            ), roles AS (
                UPDATE app.role_assignment SET ends_on = greatest(\(today)::date, starts_on - 1)
                WHERE account_id IN (SELECT id FROM leaver) AND (ends_on IS NULL OR ends_on > \(today)::date)
            ), links AS (
                UPDATE app.invitation SET expires_at = now()
                WHERE account_id IN (SELECT id FROM leaver) AND used_at IS NULL AND expires_at > now()
            ), sessions AS (
                DELETE FROM app.session WHERE account_id IN (SELECT id FROM leaver)
            )
            SELECT count(*)::int AS n FROM leaver
            """) { try $0["n"] == 1 } ?? false
    }

    /// One change of administrators at a time, so that two who end each other don't leave nobody.
    func lockAdministrators(in partnership: UUID) throws {
        try waitForTurn(.administrators, of: "administrators \(partnership.column)")
    }

    /// Whether somebody who can sign in is an administrator today and still after `day`, when `account`'s roles (or
    /// only its role `role`) no longer count.
    func isAdministered(after day: Day, without account: UUID, role: UUID?, today: Day) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.role_assignment r JOIN app.account a ON a.id = r.account_id
            WHERE r.role = 'administrator' AND a.set_up AND (a.ended_at IS NULL OR a.ended_at > now())
              AND r.starts_on <= \(today)::date AND (r.ends_on IS NULL OR r.ends_on > \(day)::date)
              AND CASE WHEN \(role)::uuid IS NULL THEN a.id <> \(account) ELSE r.id <> \(role)::uuid END
            LIMIT 1
            """) { _ in true } ?? false
    }
}

extension ManagedAccount {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], name: try row["full_name"], email: try row["email"], version: try row["version"],
            createdAt: try row["created_at"], endedAt: try row["ended_at"], isSetUp: try row["set_up"],
            linkUntil: try row["link_until"])
    }
}

extension HeldRole {
    /// Nil for a role that this program does not know.
    fileprivate init?(row: Row) throws {
        guard let role = Role(rawValue: try row["role"]) else { return nil }
        self.init(
            id: try row["id"], account: try row["account_id"], role: role, agency: try row["agency_id"],
            agencyName: try row["name"], startsOn: try row["starts_on"], endsOn: try row["ends_on"])
    }
}

import Foundation
import Postgres

/// A partnership as a command finds it.
struct FoundPartnership: Sendable {
    let id: UUID
    let slug: String
    let name: String
}

// Statements of a partnership's first day, and of the day on which nobody can sign in any more. The loader's.
extension Connection {
    /// Every partnership of the database.
    func partnerships() throws -> [FoundPartnership] {
        try all("SELECT id, slug, name FROM app.partnership ORDER BY slug LIMIT 50") { row in
            FoundPartnership(id: try row["id"], slug: try row["slug"], name: try row["name"])
        }
    }

    func addPartnership(_ partnership: FoundPartnership) throws {
        try run("""
            INSERT INTO app.partnership (id, slug, name)
            VALUES (\(partnership.id), \(partnership.slug), \(partnership.name))
            """)
    }

    /// The first agency takes the calls until a second one is entered.
    func addFirstAgency(_ id: UUID, name: String, in partnership: UUID) throws {
        try run("""
            INSERT INTO app.agency (id, partnership_id, name, kind, front_door)
            VALUES (\(id), \(partnership), \(name), 'domesticAbuseService', true)
            """)
    }

    /// The agencies of one partnership by name.
    func agencies(in partnership: UUID) throws -> [AgencyChoice] {
        try all("""
            SELECT id, name FROM app.agency WHERE partnership_id = \(partnership) ORDER BY name LIMIT 500
            """) { row in
            AgencyChoice(id: try row["id"], name: try row["name"])
        }
    }

    /// The account with that address, and whether it has ended.
    func accountToInvite(_ email: String, in partnership: UUID) throws -> (id: UUID, hasEnded: Bool)? {
        try first("""
            SELECT id, ended_at IS NOT NULL AND ended_at <= now() AS has_ended FROM app.account
            WHERE partnership_id = \(partnership) AND email = \(email)
            """) { row in (id: try row["id"], hasEnded: try row["has_ended"]) }
    }

    /// Whether the account is an administrator today and without an end.
    func isLastingAdministrator(_ account: UUID, today: Day) throws -> Bool {
        try first("""
            SELECT 1 AS one FROM app.role_assignment
            WHERE account_id = \(account) AND role = 'administrator' AND starts_on <= \(today)::date AND ends_on IS NULL
            LIMIT 1
            """) { _ in true } ?? false
    }

    func addAdministrator(_ account: UUID, at agency: UUID, in partnership: UUID, from day: Day) throws {
        try run("""
            INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
            VALUES (\(UUID()), \(partnership), \(account), \(agency), 'administrator', \(day))
            """)
    }
}

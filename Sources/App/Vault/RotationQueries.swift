import Foundation
import Postgres

/// An agency's key as it is stored.
struct StoredAgencyKey: Sendable {
    let agency: UUID
    let partnership: UUID
    let wrapped: KeyRing.Wrapped
}

// Statements of a rotation, in the loader's role: it sees every partnership's keys, wrapped.
extension Connection {
    /// Every agency's key.
    func agencyKeys() throws -> [StoredAgencyKey] {
        try all("""
            SELECT agency_id, partnership_id, master_key_id, wrapped FROM app.agency_key ORDER BY agency_id
            """) { row in
            StoredAgencyKey(
                agency: try row["agency_id"], partnership: try row["partnership_id"],
                wrapped: .init(keyID: try row["master_key_id"], bytes: try row["wrapped"]))
        }
    }

    /// Nobody makes an agency's key until the transaction ends; reading goes on.
    func lockAgencyKeys() throws { try run("LOCK TABLE app.agency_key IN SHARE ROW EXCLUSIVE MODE") }

    func replaceAgencyKey(_ agency: UUID, with wrapped: KeyRing.Wrapped) throws {
        try run("""
            UPDATE app.agency_key SET master_key_id = \(wrapped.keyID), wrapped = \(wrapped.bytes)
            WHERE agency_id = \(agency)
            """)
    }

    /// Every partnership of the database.
    func partnershipIDs() throws -> [UUID] {
        try all("SELECT id FROM app.partnership ORDER BY slug") { row in try row["id"] }
    }

    /// Writes the table of people's keys anew, so that its file holds none that was destroyed. Outside a transaction.
    func rewriteKeys() throws {
        try script("SET ROLE drystone_owner")
        try script("VACUUM (FULL) app.person_key")
    }

    /// How many connections of a running server there are.
    func serverConnections() throws -> Int {
        try first("""
            SELECT count(*)::int AS n FROM pg_stat_activity
            WHERE datname = current_database() AND usename IN ('drystone_app', 'drystone_auth', 'drystone_auditor')
            """) { try $0["n"] } ?? 0
    }
}

import Crypto
import Foundation
import Postgres

extension Connection {
    /// The key of an agency, made on first use.
    func agencyKey(_ agency: UUID, _ visit: Visit) throws -> SymmetricKey {
        let ring = visit.services.keys.ring
        if let key = try storedAgencyKey(agency, ring) { return key }
        let wrapped = ring.wrap(SymmetricKey(size: .bits256))
        try run("""
            INSERT INTO app.agency_key (agency_id, partnership_id, master_key_id, wrapped)
            VALUES (\(agency), \(visit.viewer.partnership), \(wrapped.keyID), \(wrapped.bytes))
            ON CONFLICT (agency_id) DO NOTHING
            """)
        guard let key = try storedAgencyKey(agency, ring) else { throw VaultError.refused }
        return key
    }

    private func storedAgencyKey(_ agency: UUID, _ ring: LiveKeyRing) throws -> SymmetricKey? {
        let found = try first("SELECT master_key_id, wrapped FROM app.agency_key WHERE agency_id = \(agency)") { row in
            (id: try row["master_key_id"] as String, bytes: try row["wrapped"] as Data)
        }
        return try found.map { try ring.unwrap(keyID: $0.id, bytes: $0.bytes) }
    }

    func makePersonKey(_ person: UUID, agency: UUID, _ visit: Visit) throws {
        let key = PersonKey.generate(under: try agencyKey(agency, visit))
        try run("""
            INSERT INTO app.person_key (person_id, partnership_id, agency_id, wrapped)
            VALUES (\(person), \(visit.viewer.partnership), \(agency), \(key.wrapped?.bytes))
            """)
    }

    /// The key that opens one person's protected details, in one statement; nil when the viewer can't reach the
    /// person, or the key was destroyed.
    func personKey(_ person: UUID, _ visit: Visit) throws -> SymmetricKey? {
        try first("""
            SELECT a.master_key_id, a.wrapped AS agency_wrapped, p.wrapped
            FROM app.person_key p JOIN app.agency_key a ON a.agency_id = p.agency_id WHERE p.person_id = \(person)
              AND p.wrapped IS NOT NULL
            """) { row in try row.personKey(visit) }
    }
}

extension Row {
    /// The key of the person whose `person_key` and `agency_key` the statement joined, as `wrapped`, `agency_wrapped`
    /// and `master_key_id`.
    func personKey(_ visit: Visit) throws -> SymmetricKey {
        let agency = try visit.services.keys.ring.unwrap(
            keyID: try self["master_key_id"], bytes: try self["agency_wrapped"])
        return try PersonKey(stored: try self["wrapped"]).key(under: agency)
    }
}

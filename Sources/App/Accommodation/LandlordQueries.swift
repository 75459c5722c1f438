import Foundation
import Postgres

extension Connection {
    /// The partnership's landlords, by name; those that are asked no longer last.
    func landlords() throws -> [Landlord] {
        try all("""
            SELECT id, name, kind, is_here, ended_on, version FROM app.landlord
            ORDER BY ended_on IS NOT NULL, name, id LIMIT 200
            """, Landlord.init(row:))
    }

    func landlord(_ id: UUID) throws -> Landlord? {
        try first("SELECT id, name, kind, is_here, ended_on, version FROM app.landlord WHERE id = \(id)",
                  Landlord.init(row:))
    }

    /// The database refuses a second one of the same name (`landlord_named`).
    func addLandlord(_ id: UUID, _ form: LandlordForm, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.landlord (id, partnership_id, name, kind, is_here, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(form.name), \(form.kind), \(form.isHere), \(visit.now),
                    \(visit.viewer.account))
            """)
    }

    /// Throws `Overtaken` when somebody else changed it meanwhile.
    func change(_ landlord: Landlord, _ form: LandlordForm, basedOn version: Int, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.landlord SET name = \(form.name), kind = \(form.kind), is_here = \(form.isHere),
                   ended_on = \(form.isEnded ? landlord.endedOn ?? visit.today : nil), version = version + 1
            WHERE id = \(landlord.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension Landlord {
    fileprivate init(row: Row) throws {
        self.init(
            id: try row["id"], name: try row["name"], kind: try row["kind"], isHere: try row["is_here"],
            endedOn: try row["ended_on"], version: try row["version"])
    }
}

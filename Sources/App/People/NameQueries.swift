import Foundation
import Postgres

/// A name as its page lists it.
struct RecordedName: Sendable {
    let id: UUID
    let kind: String
    let name: String
    let endedOn: Day?
}

extension Connection {
    func names(of person: UUID) throws -> [RecordedName] {
        try all("""
            SELECT id, kind, trim(given_name || ' ' || family_name) AS name, ended_on FROM app.person_name
            WHERE person_id = \(person) ORDER BY kind <> 'current', ended_on NULLS FIRST, family_name, given_name, id
            LIMIT 50
            """) { row in
            RecordedName(
                id: try row["id"], kind: try row["kind"], name: try row["name"], endedOn: try row["ended_on"])
        }
    }

    /// An alias is no longer used; it stays on record and is still found. False when it is no alias in use.
    func endName(_ id: UUID, of person: UUID, on day: Day) throws -> Bool {
        try run("""
            UPDATE app.person_name SET ended_on = \(day)
            WHERE id = \(id) AND person_id = \(person) AND kind = 'alias' AND ended_on IS NULL
            """) == 1
    }
}

import Foundation
import Postgres

extension Connection {
    /// What was done last on Routes to Support, of each unit that the viewer runs.
    func postings(_ visit: Visit) throws -> [UUID: UnitPosting] {
        let found = try all("""
            SELECT DISTINCT ON (p.unit_id) p.unit_id, p.kind, p.said, p.recorded_at, a.full_name
            FROM app.unit_posting p LEFT JOIN app.account a ON a.id = p.recorded_by
            WHERE p.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            ORDER BY p.unit_id, p.recorded_at DESC LIMIT 200
            """) { row in
            UnitPosting(
                unit: try row["unit_id"], kind: UnitPosting.Kind(rawValue: try row["kind"]) ?? .posted,
                said: try row["said"], at: try row["recorded_at"], by: try row["full_name"] ?? "")
        }
        return Dictionary(uniqueKeysWithValues: found.map { ($0.unit, $0) })
    }

    /// Puts down what was posted, or with nil that it was taken down.
    func addPosting(of unit: ProvidedUnit, _ text: VacancyText?, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.unit_posting (id, partnership_id, agency_id, unit_id, kind, said, recorded_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(unit.agency), \(unit.id),
                    \((text == nil ? UnitPosting.Kind.takenDown : .posted).rawValue), \(text?.text ?? ""), \(visit.now),
                    \(visit.viewer.account))
            """)
    }
}

import Foundation
import Postgres

extension Connection {
    /// What is free on a day and may be asked for: the partnership's, whoever runs it. Never where it is, and nothing
    /// of who lived there. Those that fit a household best first: as few beds too many as can be.
    func vacancies(_ asked: VacancyAsked, _ visit: Visit) throws -> [ProvidedUnit] {
        try all("""
            SELECT \(Self.serviceColumns), \(Self.unitColumns) FROM \(Self.unitSource(visit))
            WHERE t.id IS NULL AND u.ended_on IS NULL AND s.ended_on IS NULL
              AND u.bedspaces >= \(asked.people) AND (\(asked.kind)::text IS NULL OR s.kind = \(asked.kind))
              AND (\(asked.area)::uuid IS NULL OR s.area_id = \(asked.area))
            ORDER BY u.bedspaces, u.confirmed_at DESC, u.number LIMIT 100
            """, ProvidedUnit.init(row:))
    }
}

import Foundation
import Postgres
import Statistics

/// What the partnership's own units say for a plan.
struct OwnCapacity: Sendable {
    /// Units that go on.
    let units: Int
    /// Stays of three years, and those that go on.
    let stays: [StayRecord]
    /// Stays that began within a year.
    let begun: Int
    /// Mean days between two stays in which a unit was made ready; nil where none was.
    let void: Double?
}

extension Connection {
    /// Units, stays and the days between them, of every provider: days alone, and nobody's.
    func ownCapacity(_ visit: Visit) throws -> OwnCapacity {
        let since = visit.today.adding(-3 * 365)
        let stays = try all("""
            SELECT greatest(coalesce(upper(t.during), \(visit.today)::date) - lower(t.during), 1) AS days,
                   upper(t.during) IS NULL AS open, lower(t.during) > \(visit.today.adding(-365)) AS recent
            FROM app.unit_time t WHERE t.kind = 'stay' AND lower(t.during) >= \(since)
            ORDER BY t.id LIMIT 20000
            """) { row in
            (record: StayRecord(days: Double(try row["days"] as Int), isOpen: try row["open"]),
             isRecent: try row["recent"] as Bool)
        }
        let (units, void) = try first("""
            SELECT (SELECT count(*) FROM app.housing_unit u WHERE u.ended_on IS NULL) AS units,
                   (SELECT avg(upper(t.during) - lower(t.during))::double precision FROM app.unit_time t
                    WHERE t.kind = 'repair' AND lower(t.during) >= \(since) AND upper(t.during) IS NOT NULL) AS void
            """) { row in (try row["units"] as Int, try row["void"] as Double?) } ?? (0, nil)
        return OwnCapacity(
            units: units, stays: stays.map(\.record), begun: stays.count(where: \.isRecent), void: void)
    }
}

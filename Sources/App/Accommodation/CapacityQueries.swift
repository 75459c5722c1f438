import Foundation
import Postgres
import Statistics

/// What the partnership's own units say for a plan.
struct OwnCapacity: Sendable {
    /// Units that go on, by bedspaces, and how many of them take somebody without recourse to public funds.
    struct Units: Sendable {
        let bedspaces: Int
        let count: Int
        let taking: Int
        let notKnown: Int
    }

    let sizes: [Units]
    /// Stays of three years, and those that go on.
    let stays: [StayRecord]
    /// Stays that began within a year.
    let begun: Int
    /// Mean days between two stays in which a unit was made ready; nil where none was.
    let void: Double?
    /// Households of three years by how many people came, five standing for more. Of the viewer's own units: nobody
    /// else is shown who came.
    let households: [Int]

    /// Units that go on.
    var units: Int { sizes.reduce(0) { $0 + $1.count } }
    var taking: Int { sizes.reduce(0) { $0 + $1.taking } }
    /// Units of which nobody has said whether they take somebody without recourse to public funds.
    var notKnownTaking: Int { sizes.reduce(0) { $0 + $1.notKnown } }
    /// What is known of how long households stay; nil before one has left.
    let survival: StaySurvival?
}

/// Households that asked the viewer's agency, and the homes that they may be matched with.
struct OwnMatching: Sendable {
    let asked: [HousingRequest]
    let homes: [ProvidedUnit]

    /// More than these are not held against every home: the newest say most of what is asked today.
    static let most = 500
}

extension Connection {
    /// What the rules of matching are played with: nil for whoever asks for no homes, who is shown nobody that does.
    func ownMatching(_ visit: Visit) throws -> OwnMatching? {
        let agencies = visit.viewer.agencies(.seekHousing)
        guard !agencies.isEmpty else { return nil }
        return OwnMatching(
            asked: try housingRequests(of: agencies, since: visit.today.adding(-3 * 365), most: OwnMatching.most),
            homes: try unitsToMatch(visit))
    }

    /// Units, stays and the days between them, of every provider: days and numbers alone, and nobody's. Whoever moves
    /// to another unit stays on: one stay, from the first day to the last.
    func ownCapacity(_ visit: Visit) throws -> OwnCapacity {
        let since = visit.today.adding(-3 * 365)
        let stays = try all("""
            SELECT greatest(CASE WHEN y.open THEN \(visit.today)::date ELSE y.ends END - y.begins, 1) AS days, y.open,
                   y.begins > \(visit.today.adding(-365)) AS recent
            FROM (SELECT coalesce(t.stay_id, t.id) AS id, min(lower(t.during)) AS begins, max(upper(t.during)) AS ends,
                         bool_or(upper_inf(t.during)) AS open
                  FROM app.unit_time t WHERE t.kind = 'stay' GROUP BY 1) y
            WHERE y.begins >= \(since) ORDER BY y.id LIMIT 20000
            """) { row in
            (record: StayRecord(days: Double(try row["days"] as Int), isOpen: try row["open"]),
             isRecent: try row["recent"] as Bool)
        }
        let sizes = try all("""
            SELECT u.bedspaces, count(*) AS units, count(*) FILTER (WHERE cardinality(s.nrpf) > 0) AS taking,
                   count(*) FILTER (WHERE s.nrpf IS NULL) AS not_known
            FROM app.housing_unit u JOIN app.accommodation_service s ON s.id = u.service_id
            WHERE u.ended_on IS NULL GROUP BY u.bedspaces ORDER BY u.bedspaces LIMIT 50
            """) { row in
            OwnCapacity.Units(
                bedspaces: try row["bedspaces"], count: try row["units"], taking: try row["taking"],
                notKnown: try row["not_known"])
        }
        let void = try first("""
            SELECT avg(upper(t.during) - lower(t.during))::double precision AS void FROM app.unit_time t
            WHERE t.kind = 'repair' AND lower(t.during) >= \(since) AND upper(t.during) IS NOT NULL
            """) { try $0["void"] as Double? }
        var households = [Int](repeating: 0, count: 5)
        let came = try all("""
            SELECT least(y.adults + y.children, 5) AS people, count(*) AS households
            FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id AND t.agency_id = y.agency_id
            WHERE lower(t.during) >= \(since) AND y.stay_id IS NULL
              AND y.agency_id = ANY (\(visit.viewer.agencies(.manageUnits))::uuid[])
            GROUP BY 1 LIMIT 5
            """) { row in (people: try row["people"] as Int, households: try row["households"] as Int) }
        for size in came { households[size.people - 1] = size.households }
        return OwnCapacity(
            sizes: sizes, stays: stays.map(\.record), begun: stays.count(where: \.isRecent), void: void ?? nil,
            households: households, survival: StaySurvival(stays.map(\.record)))
    }
}

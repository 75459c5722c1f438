import Foundation
import Postgres
import Statistics

extension Connection {
    /// The counts of a quarter, of one agency: the one place that says what each table counts.
    func figureCounts(_ quarter: FigureQuarter, of agency: UUID, at now: Date) throws -> [FigureCount] {
        let (from, until) = quarter.period.moments
        let (first, last) = (quarter.period.from, quarter.period.until)
        return try all("""
            WITH search AS (
                SELECT q.outcome, coalesce(min(o.moved_in_on), (q.ended_at AT TIME ZONE 'Europe/London')::date)
                       - (q.recorded_at AT TIME ZONE 'Europe/London')::date AS days
                FROM app.housing_request q LEFT JOIN app.housing_offer o ON o.request_id = q.id
                WHERE q.agency_id = \(agency) AND q.recorded_at >= \(from) AND q.recorded_at < \(until) GROUP BY q.id
            ), asked AS (
                SELECT CASE WHEN o.state IN ('held', 'accepted') AND o.held_until <= \(now) THEN 'ranOut' ELSE o.state
                       END AS state, o.main_reason, coalesce(o.home_area_id, q.home_area_id) AS home_area_id,
                       'notKnown' AS from_outside, o.adults, o.children
                FROM app.housing_offer o JOIN app.housing_request q ON q.id = o.request_id
                WHERE o.agency_id = \(agency) AND o.asked_at >= \(from) AND o.asked_at < \(until)
                UNION ALL
                SELECT e.state, e.main_reason, e.home_area_id, e.from_outside, e.adults, e.children
                FROM app.housing_enquiry e
                WHERE e.agency_id = \(agency) AND e.asked_on BETWEEN \(first) AND \(last)
            ), stay AS (
                SELECT min(lower(t.during)) AS came, max(upper(t.during)) AS went
                FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id AND t.agency_id = y.agency_id
                WHERE y.agency_id = \(agency) GROUP BY coalesce(y.stay_id, y.time_id)
                HAVING NOT bool_or(upper_inf(t.during)) AND max(upper(t.during)) BETWEEN \(first) AND \(last)
            ), unit AS (
                SELECT u.id, daterange(greatest(b.began, \(first)), greatest(b.began, \(first),
                           least(u.ended_on, (\(last)::date + 1)))) AS during
                FROM app.housing_unit u CROSS JOIN LATERAL (
                    SELECT least((u.recorded_at AT TIME ZONE 'Europe/London')::date,
                                 (SELECT min(lower(t.during)) FROM app.unit_time t WHERE t.unit_id = u.id)) AS began) b
                WHERE u.agency_id = \(agency)
            ), night AS (
                SELECT t.kind, upper(t.during * unit.during) - lower(t.during * unit.during) AS nights
                FROM unit JOIN app.unit_time t ON t.unit_id = unit.id AND t.during && unit.during
                UNION ALL
                SELECT 'all', upper(during) - lower(during) FROM unit WHERE NOT isempty(during)
            )
            SELECT f.place, f.area, f.code, sum(f.n)::int AS amount FROM (
                SELECT 'searches' AS place, '' AS area, 1 AS n, CASE
                    WHEN outcome IS NULL THEN 'waiting' WHEN outcome = 'placed' THEN 'placedHere'
                    WHEN outcome = 'otherRefuge' THEN 'placedAway'
                    WHEN outcome IN ('bedAndBreakfast', 'generalTemporary', 'womenOnlyTemporary') THEN 'notCounting'
                    WHEN outcome IN ('hiddenHomeless', 'street', 'returned') THEN 'withoutHome'
                    ELSE 'otherwise' END AS code
                FROM search
                UNION ALL
                SELECT 'soon', '', 1, CASE WHEN days <= 0 THEN 'sameNight' WHEN days = 1 THEN 'within1'
                    WHEN days <= 3 THEN 'within3' WHEN days <= 7 THEN 'within7' ELSE 'later' END
                FROM search WHERE outcome IN ('placed', 'otherRefuge')
                UNION ALL
                SELECT 'asked', coalesce(r.name, CASE a.from_outside WHEN 'yes' THEN 'Outside' ELSE 'Not known' END), 1,
                    CASE a.state WHEN 'placed' THEN 'placed' WHEN 'refusedByService' THEN 'refused'
                    WHEN 'declinedByClient' THEN 'declined' WHEN 'asked' THEN 'waiting' WHEN 'held' THEN 'waiting'
                    WHEN 'accepted' THEN 'waiting' ELSE 'otherwise' END
                FROM asked a LEFT JOIN app.area r ON r.id = a.home_area_id
                UNION ALL
                SELECT 'reasons', '', 1, coalesce(main_reason, 'notGiven') FROM asked WHERE state = 'refusedByService'
                UNION ALL
                SELECT 'movedIn', '', 1, s.kind FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id
                JOIN app.housing_unit u ON u.id = t.unit_id JOIN app.accommodation_service s ON s.id = u.service_id
                WHERE y.agency_id = \(agency) AND y.stay_id IS NULL AND lower(t.during) BETWEEN \(first) AND \(last)
                UNION ALL
                SELECT 'households', '', 1, CASE WHEN adults IS NULL THEN 'notGiven' WHEN adults > 1 THEN '2'
                    ELSE '1.' || least(coalesce(children, 0), 4) END
                FROM asked
                UNION ALL
                SELECT 'movedOut', '', 1, CASE WHEN went - came <= 7 THEN 'week1' WHEN went - came <= 28 THEN 'week4'
                    WHEN went - came <= 91 THEN 'week13' WHEN went - came <= 182 THEN 'week26' ELSE 'longer' END
                FROM stay
                UNION ALL
                SELECT 'nights', '', k.nights, k.code FROM (
                    SELECT sum(nights) FILTER (WHERE kind = 'stay') AS let,
                           sum(nights) FILTER (WHERE kind = 'repair') AS repair,
                           sum(nights) FILTER (WHERE kind = 'closed') AS closed,
                           sum(nights) FILTER (WHERE kind = 'all') AS whole FROM night) w
                CROSS JOIN LATERAL (VALUES ('let', w.let), ('repair', w.repair), ('free', w.whole - coalesce(w.let, 0)
                    - coalesce(w.repair, 0) - coalesce(w.closed, 0))) AS k(code, nights)
            ) f WHERE f.n > 0 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 LIMIT 2000
            """) { row in
            FigureCount(
                table: try row["place"], area: try row["area"], code: try row["code"], amount: try row["amount"])
        }
    }

    /// What was handed in of a quarter and may be read: of each agency what it handed in last.
    func figureReturns(_ quarter: FigureQuarter) throws -> [FigureReturn] {
        try all("""
            SELECT DISTINCT ON (g.name, r.agency_id) r.agency_id, g.name, r.number, r.counts::text AS counts,
                   r.recorded_at, a.full_name AS by
            FROM app.figure_return r JOIN app.agency g ON g.id = r.agency_id JOIN app.account a ON a.id = r.recorded_by
            WHERE r.from_day = \(quarter.period.from) ORDER BY g.name, r.agency_id, r.number DESC LIMIT 100
            """) { row in
            FigureReturn(
                agency: try row["agency_id"], agencyName: try row["name"], number: try row["number"],
                counts: try decoded(try row["counts"]), at: try row["recorded_at"], by: try row["by"])
        }
    }

    /// The days on which quarters begin of which an agency has handed in something, or any agency of the partnership.
    func quartersHandedIn(by agency: UUID?) throws -> Set<Day> {
        Set(try all("""
            SELECT DISTINCT from_day FROM app.figure_return WHERE \(agency)::uuid IS NULL OR agency_id = \(agency)
            ORDER BY from_day DESC LIMIT 100
            """) { try $0["from_day"] })
    }

    /// Those that have ever handed in a quarter.
    func agenciesThatHandIn() throws -> [String] {
        try all("""
            SELECT g.name FROM app.agency g WHERE EXISTS (SELECT FROM app.figure_return r WHERE r.agency_id = g.id)
            ORDER BY g.name LIMIT 100
            """) { try $0["name"] }
    }

    func handIn(
        _ counts: [FigureCount], of quarter: FigureQuarter, _ agency: UUID, id: UUID, _ signer: FigureSigner
    ) throws {
        try lock(quarter, signer.partnership)
        try run("""
            INSERT INTO app.figure_return (id, partnership_id, agency_id, from_day, until_day, number, counts,
                recorded_at, recorded_by)
            SELECT \(id), \(signer.partnership), \(agency), \(quarter.period.from), \(quarter.period.until),
                   coalesce(max(number), 0) + 1, \(try encoded(counts))::jsonb, \(signer.at), \(signer.account)
            FROM app.figure_return WHERE agency_id = \(agency) AND from_day = \(quarter.period.from)
            """)
    }

    /// What has left, the newest quarter first.
    func figureReleases() throws -> [FigureReleaseLine] {
        try all("""
            SELECT r.id, r.from_day, r.agencies, r.recorded_at, a.full_name AS by FROM app.figure_release r
            JOIN app.account a ON a.id = r.recorded_by ORDER BY r.from_day DESC LIMIT 40
            """, FigureReleaseLine.init(row:))
    }

    func figureRelease(_ id: UUID) throws -> (line: FigureReleaseLine, tables: [Released<CountTable>])? {
        try first("""
            SELECT r.id, r.from_day, r.agencies, r.recorded_at, a.full_name AS by, r.tables::text AS tables
            FROM app.figure_release r JOIN app.account a ON a.id = r.recorded_by WHERE r.id = \(id)
            """) { (try FigureReleaseLine(row: $0), try decoded(try $0["tables"])) }
    }

    func isReleased(_ quarter: FigureQuarter) throws -> Bool {
        try first("SELECT id FROM app.figure_release WHERE from_day = \(quarter.period.from)") { try $0["id"] as UUID }
            != nil
    }

    /// The counts behind everything that left: what a reader can put side by side with what is to leave now.
    func figureRecords() throws -> [CountTable] {
        try all("""
            SELECT c.tables::text AS tables FROM app.figure_record c JOIN app.figure_release r ON r.id = c.release_id
            ORDER BY r.from_day LIMIT 200
            """) { try decoded(try $0["tables"]) as [CountTable] }.flatMap(\.self)
    }

    /// The database refuses a second release of a quarter (`released_once`).
    func addRelease(
        _ release: Release, of quarter: FigureQuarter, agencies: [String], id: UUID, _ signer: FigureSigner
    ) throws {
        try run("""
            INSERT INTO app.figure_release (id, partnership_id, from_day, until_day, agencies, tables, recorded_at,
                recorded_by)
            VALUES (\(id), \(signer.partnership), \(quarter.period.from), \(quarter.period.until),
                    \(agencies)::text[], \(try encoded(release.tables))::jsonb, \(signer.at), \(signer.account))
            """)
        try run("""
            INSERT INTO app.figure_record (release_id, partnership_id, tables)
            VALUES (\(id), \(signer.partnership), \(try encoded(release.record))::jsonb)
            """)
    }

    /// Whoever hands in and whoever releases wait for one another.
    func lock(_ quarter: FigureQuarter, _ partnership: UUID) throws {
        try waitForTurn(.releasedQuarter, of: "\(partnership.column) \(quarter.key)")
    }
}

/// JSON with its keys in order, so that the same is always written the same.
private func encoded(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}

private func decoded<Value: Decodable>(_ text: String) throws -> Value {
    try JSONDecoder().decode(Value.self, from: Data(text.utf8))
}

extension FigureTable: ColumnValue {}

extension FigureReleaseLine {
    fileprivate init(row: Row) throws {
        let from: Day = try row["from_day"]
        guard let quarter = FigureQuarter(from) else { throw Refusal.notFound }
        self.init(
            id: try row["id"], quarter: quarter, agencies: try row["agencies"], at: try row["recorded_at"],
            by: try row["by"])
    }
}

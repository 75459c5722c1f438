import Foundation
import Postgres

extension Connection {
    /// Every search and everything asked, with the figures in which it counts: the one place that says what each means.
    private static func ledger(_ visit: Visit) -> SQL {
        let agencies = visit.viewer.agencies(.viewTeam)
        return """
            SELECT q.id, q.agency_id, q.recorded_at AS at, q.case_id, q.id AS request, array_remove(ARRAY['asked',
                CASE WHEN q.outcome IN ('placed', 'otherRefuge') THEN 'placed' END,
                CASE q.outcome WHEN 'placed' THEN 'placedHere' WHEN 'otherRefuge' THEN 'placedAway' END,
                CASE WHEN q.outcome IN ('bedAndBreakfast', 'generalTemporary', 'womenOnlyTemporary')
                    THEN 'notCounting' END,
                CASE WHEN q.outcome IN ('hiddenHomeless', 'street', 'returned') THEN 'withoutHome' END,
                CASE WHEN q.outcome IS NULL THEN 'waiting' END,
                CASE WHEN q.outcome NOT IN ('placed', 'otherRefuge', 'elsewhereSafe') THEN
                    CASE WHEN x.refused > 0 THEN 'turnedAway' WHEN x.declined > 0 THEN 'declined' END END,
                CASE WHEN q.outcome IN ('placed', 'otherRefuge') THEN
                    CASE WHEN x.days <= 0 THEN 'sameNight' WHEN x.days = 1 THEN 'within1'
                         WHEN x.days <= 3 THEN 'within3' WHEN x.days <= 7 THEN 'within7'
                         ELSE 'later' END END], NULL) AS figures
            FROM app.housing_request q CROSS JOIN LATERAL (
                SELECT count(*) FILTER (WHERE o.state = 'refusedByService') AS refused,
                       count(*) FILTER (WHERE o.state = 'declinedByClient') AS declined,
                       coalesce(min(o.moved_in_on), (q.ended_at AT TIME ZONE 'Europe/London')::date)
                           - (q.recorded_at AT TIME ZONE 'Europe/London')::date AS days
                FROM app.housing_offer o WHERE o.request_id = q.id) x
            WHERE q.agency_id = ANY (\(agencies)::uuid[])
            UNION ALL
            SELECT o.id, o.agency_id, o.asked_at, o.case_id, o.request_id, array_remove(ARRAY['services',
                CASE o.state WHEN 'refusedByService' THEN 'refusals' WHEN 'declinedByClient' THEN 'declines'
                             WHEN 'ranOut' THEN 'ranOut' END,
                CASE WHEN o.state = 'refusedByService' AND 'noLocalConnection' = ANY (o.reasons)
                    THEN 'noLocalConnection' END], NULL)
            FROM app.housing_offer o WHERE o.agency_id = ANY (\(agencies)::uuid[])
            UNION ALL
            SELECT t.id, t.agency_id, lower(t.during)::timestamp AT TIME ZONE 'Europe/London', NULL, NULL,
                array_remove(ARRAY['movedIn', CASE WHEN y.from_outside = 'yes' THEN 'cameIn' END], NULL)
            FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id
            WHERE y.agency_id = ANY (\(agencies)::uuid[])
            """
    }

    /// The figures of each period, of the agencies whose teams the viewer sees.
    func housingFigures(_ periods: [(title: String, period: Period)], _ visit: Visit) throws -> [HousingColumn] {
        let moments = periods.map(\.period.moments)
        let found = try all("""
            SELECT p.place::int, f.figure, count(*)::int AS amount
            FROM unnest(\(moments.map(\.from))::timestamptz[], \(moments.map(\.until))::timestamptz[])
                 WITH ORDINALITY AS p(begins, ends, place)
            JOIN (\(Self.ledger(visit))) l ON l.at >= p.begins AND l.at < p.ends
            CROSS JOIN unnest(l.figures) AS f(figure) GROUP BY 1, 2 LIMIT 500
            """) {
            (place: try $0["place"] as Int, figure: try $0["figure"] as String, amount: try $0["amount"] as Int)
        }
        return periods.enumerated().map { place, period in
            let amounts = found.filter { $0.place == place + 1 }.compactMap { row in
                HousingFigure(rawValue: row.figure).map { ($0, row.amount) }
            }
            return HousingColumn(
                title: period.title, period: period.period, amounts: Dictionary(amounts, uniquingKeysWith: +))
        }
    }

    /// The reasons that weighed most in a period, the commonest first.
    func housingReasons(_ period: Period, _ visit: Visit) throws -> [ReasonCount] {
        let (from, until) = period.moments
        return try all("""
            SELECT o.main_reason, o.state, count(*)::int AS amount FROM app.housing_offer o
            WHERE o.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[]) AND o.asked_at >= \(from)
              AND o.asked_at < \(until) AND o.main_reason IS NOT NULL
            GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2 LIMIT 100
            """) { ReasonCount(reason: try $0["main_reason"], state: try $0["state"], amount: try $0["amount"]) }
    }

    /// The rows behind a figure that this reader may see, newest first: 25 and one more.
    func housingRows(
        _ figure: HousingFigure, _ period: Period, before: Keyset?, _ visit: Visit
    ) throws -> [HousingRow] {
        let (from, until) = period.moments
        let last = before ?? .end
        return try all("""
            SELECT l.id, l.at, l.case_id, l.request, c.reference, o.state, u.number
            FROM (SELECT * FROM (\(Self.ledger(visit))) l
                  WHERE \(figure.rawValue) = ANY (l.figures) AND l.at >= \(from) AND l.at < \(until)
                    AND (l.at, l.id) < (\(last.at)::timestamptz, \(last.id)::uuid)
                  ORDER BY l.at DESC, l.id DESC LIMIT 26) l
            LEFT JOIN app.case_record c ON c.id = l.case_id LEFT JOIN app.housing_offer o ON o.id = l.id
            LEFT JOIN app.unit_time t ON t.id = l.id LEFT JOIN app.housing_unit u ON u.id = t.unit_id
            ORDER BY l.at DESC, l.id DESC
            """) { row in
            let id: UUID = try row["id"]
            guard let request: UUID = try row["request"] else {
                let number: Int = try row["number"]
                return HousingRow(id: id, at: try row["at"], words: "Unit \(number)", href: nil)
            }
            let state: OfferState? = try row["state"]
            let search = "/cases/\((try row["case_id"] as UUID).column)/housing/\(request.column)"
            let reference: String = try row["reference"] ?? ""
            return HousingRow(
                id: id, at: try row["at"], words: state.map { "\(reference): \($0.label)" } ?? reference,
                href: id == request ? search : "\(search)/offers/\(id.column)")
        }
    }
}

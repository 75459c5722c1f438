import Foundation
import Postgres

extension Connection {
    /// Length of stay and occupancy of the viewer's own units in each period, all together and by kind of service. The
    /// one place that says what each counts.
    func stayFigures(_ periods: [(title: String, period: Period)], _ visit: Visit) throws -> [StayColumn] {
        let from = periods.map(\.period.from.column), after = periods.map { $0.period.until.adding(1).column }
        let agencies = visit.viewer.agencies(.manageUnits)
        var found: [Key: StayAmounts] = [:]
        _ = try all(Self.lengths(from, after, agencies, today: visit.today)) { row in
            let key = Key(place: try row["place"], kind: try row["kind"])
            found[key, default: StayAmounts()].addLengths(
                ended: try row["ended"], nights: try row["nights"], median: try row["median"], open: try row["open"],
                openNights: try row["open_nights"])
        }
        _ = try all(Self.occupancy(from, after, agencies, today: visit.today)) { row in
            let key = Key(place: try row["place"], kind: try row["kind"])
            found[key, default: StayAmounts()].addNights(
                letNights: try row["let"], repair: try row["repair"], available: try row["available"],
                beds: try row["beds"], availableBeds: try row["available_beds"])
        }
        return periods.enumerated().map { place, one in
            let kinds = AccommodationKind.allCases.compactMap { kind in
                found[Key(place: place + 1, kind: kind)].map { (kind, $0) }
            }
            return StayColumn(
                title: one.title, period: one.period, all: found[Key(place: place + 1, kind: nil)] ?? StayAmounts(),
                kinds: kinds)
        }
    }

    private struct Key: Hashable {
        let place: Int
        let kind: AccommodationKind?
    }

    /// Stays that ended in a period, and those that went on at its end, each once however many units it had.
    private static func lengths(_ from: [String], _ after: [String], _ agencies: [UUID], today: Day) -> SQL {
        """
        WITH stay AS (
            SELECT coalesce(y.stay_id, y.time_id) AS id, min(lower(t.during)) AS begins,
                   CASE WHEN NOT bool_or(upper_inf(t.during)) THEN max(upper(t.during)) END AS ends,
                   (array_agg(s.kind ORDER BY lower(t.during) DESC))[1] AS kind
            FROM app.unit_stay y JOIN app.unit_time t ON t.id = y.time_id AND t.agency_id = y.agency_id
            JOIN app.housing_unit u ON u.id = t.unit_id JOIN app.accommodation_service s ON s.id = u.service_id
            WHERE y.agency_id = ANY (\(agencies)::uuid[]) GROUP BY 1
        ), one AS (
            SELECT p.place::int, stay.kind, stay.ends - stay.begins AS nights,
                   greatest(least(p.after, \(today)::date) - stay.begins, 0) AS so_far,
                   coalesce(stay.ends < p.after, false) AS has_ended
            FROM unnest(\(from)::date[], \(after)::date[]) WITH ORDINALITY AS p(begins, after, place)
            JOIN stay ON stay.begins < p.after AND (stay.ends IS NULL OR stay.ends >= p.begins)
        )
        SELECT place, kind, count(*) FILTER (WHERE has_ended)::int AS ended,
               coalesce(sum(nights) FILTER (WHERE has_ended), 0)::int AS nights,
               percentile_cont(0.5) WITHIN GROUP (ORDER BY nights) FILTER (WHERE has_ended) AS median,
               count(*) FILTER (WHERE NOT has_ended)::int AS open,
               coalesce(sum(so_far) FILTER (WHERE NOT has_ended), 0)::int AS open_nights
        FROM one GROUP BY GROUPING SETS ((place), (place, kind)) LIMIT 500
        """
    }

    /// Nights of units in a period until today: from the day on which a unit was added, or first had somebody, until it
    /// was given up. Nights on which it was not let are not available; a household takes a bed each, at most all that
    /// the unit had that night.
    private static func occupancy(_ from: [String], _ after: [String], _ agencies: [UUID], today: Day) -> SQL {
        """
        WITH unit AS (
            SELECT u.id, u.bedspaces, s.kind, u.ended_on,
                   least((u.recorded_at AT TIME ZONE 'Europe/London')::date,
                         (SELECT min(lower(t.during)) FROM app.unit_time t WHERE t.unit_id = u.id)) AS began
            FROM app.housing_unit u JOIN app.accommodation_service s ON s.id = u.service_id
            WHERE u.agency_id = ANY (\(agencies)::uuid[])
        ), size AS (
            SELECT z.unit_id, z.bedspaces,
                   daterange(lag(z.until_day) OVER (PARTITION BY z.unit_id ORDER BY z.until_day), z.until_day) AS during
            FROM app.unit_size z WHERE z.agency_id = ANY (\(agencies)::uuid[])
            UNION ALL
            SELECT id, bedspaces,
                   daterange((SELECT max(z.until_day) FROM app.unit_size z WHERE z.unit_id = unit.id), NULL) FROM unit
        ), span AS (
            SELECT p.place::int, unit.id, size.bedspaces, unit.kind,
                   size.during * daterange(greatest(p.begins, unit.began),
                             greatest(p.begins, unit.began, least(p.after, \(today)::date, unit.ended_on))) AS during
            FROM unnest(\(from)::date[], \(after)::date[]) WITH ORDINALITY AS p(begins, after, place) CROSS JOIN unit
            JOIN size ON size.unit_id = unit.id
        ), night AS (
            SELECT span.place, span.kind, span.bedspaces, upper(span.during) - lower(span.during) AS all_nights,
                   x.let, x.repair, x.closed, x.beds
            FROM span CROSS JOIN LATERAL (
                SELECT coalesce(sum(n) FILTER (WHERE t.kind = 'stay'), 0) AS let,
                       coalesce(sum(n) FILTER (WHERE t.kind = 'repair'), 0) AS repair,
                       coalesce(sum(n) FILTER (WHERE t.kind = 'closed'), 0) AS closed,
                       coalesce(sum(n * least(y.adults + y.children, span.bedspaces))
                                FILTER (WHERE t.kind = 'stay'), 0) AS beds
                FROM app.unit_time t LEFT JOIN app.unit_stay y ON y.time_id = t.id AND y.agency_id = t.agency_id
                CROSS JOIN LATERAL (
                    SELECT upper(t.during * span.during) - lower(t.during * span.during) AS n) AS part
                WHERE t.unit_id = span.id AND t.during && span.during) x
            WHERE NOT isempty(span.during)
        )
        SELECT place, kind, sum(let)::int AS let, sum(repair)::int AS repair,
               sum(all_nights - closed)::int AS available, sum(beds)::int AS beds,
               sum(bedspaces * (all_nights - closed))::int AS available_beds
        FROM night GROUP BY GROUPING SETS ((place), (place, kind)) LIMIT 500
        """
    }
}

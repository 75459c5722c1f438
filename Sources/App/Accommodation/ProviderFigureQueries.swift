import Foundation
import Postgres

extension Connection {
    /// Everything that the viewer's services were asked for, through the partnership and by enquiries: the one place
    /// that says what counts.
    private static func askedOfProvider(_ visit: Visit) -> SQL {
        let agencies = visit.viewer.agencies(.manageUnits)
        return """
            SELECT e.id, true AS is_enquiry, e.asked_on AS day, e.state, e.main_reason AS reason, s.kind, e.adults,
                   e.children, e.home_area_id AS area, e.from_outside, e.route
            FROM app.housing_enquiry e JOIN app.accommodation_service s ON s.id = e.service_id
            WHERE e.agency_id = ANY (\(agencies)::uuid[])
            UNION ALL
            SELECT o.id, false, (o.asked_at AT TIME ZONE 'Europe/London')::date,
                   CASE WHEN o.state IN ('held', 'accepted') AND o.held_until <= \(visit.now) THEN 'ranOut'
                        ELSE o.state END,
                   o.main_reason, s.kind, o.adults, o.children, o.home_area_id,
                   CASE WHEN o.home_area_id IS NULL THEN 'notKnown' ELSE 'no' END, 'partnership'
            FROM app.housing_offer o JOIN app.housing_unit u ON u.id = o.unit_id
            JOIN app.accommodation_service s ON s.id = u.service_id
            WHERE o.provider_id = ANY (\(agencies)::uuid[])
            """
    }

    private static func place(_ from: ComesFrom?) -> SQL {
        guard let from else { return "true" }
        return "l.from_outside = \(from.isOutside) AND l.area IS NOT DISTINCT FROM \(from.area)::uuid"
    }

    private static func part(_ part: ProviderPart) -> SQL {
        switch part {
        case .reason: "coalesce(l.reason, '')"
        case .kind: "l.kind"
        case .route: "l.route"
        case .from: "coalesce(a.name, CASE l.from_outside WHEN 'yes' THEN 'yes' ELSE '' END)"
        case .size:
            """
            CASE WHEN l.adults > 1 THEN '2' WHEN l.adults IS NULL THEN ''
                 ELSE '1.' || least(coalesce(l.children, 0), 4) END
            """
        }
    }

    /// What was asked for in each period, by part and by what came of it.
    func providerCounts(
        _ asked: ProviderFiguresAsked, in periods: [Period], _ visit: Visit
    ) throws -> [ProviderCount] {
        try all("""
            SELECT p.place::int, \(Self.part(asked.part)) AS part, l.state, count(*)::int AS amount
            FROM unnest(\(periods.map(\.from))::date[], \(periods.map(\.until))::date[])
                 WITH ORDINALITY AS p(begins, ends, place)
            JOIN (\(Self.askedOfProvider(visit))) l ON l.day BETWEEN p.begins AND p.ends
            LEFT JOIN app.area a ON a.id = l.area
            WHERE \(Self.place(asked.from)) GROUP BY 1, 2, 3 LIMIT 2000
            """) {
            ProviderCount(
                period: try $0["place"] - 1, part: try $0["part"], state: try $0["state"], amount: try $0["amount"])
        }
    }

    /// What is behind a figure, newest first: 25 and one more.
    func providerRows(
        _ figure: ProviderFigure, _ period: Period, from: ComesFrom?, before: Keyset?, _ visit: Visit
    ) throws -> [ProviderRow] {
        let (last, states) = (before ?? .end, figure.states?.map(\.rawValue))
        return try all("""
            SELECT l.id, l.day, l.is_enquiry, l.adults, l.children, a.name AS area, l.from_outside, l.state, l.reason
            FROM (\(Self.askedOfProvider(visit))) l LEFT JOIN app.area a ON a.id = l.area
            WHERE l.day BETWEEN \(period.from) AND \(period.until) AND \(Self.place(from))
              AND (\(states)::text[] IS NULL OR l.state = ANY (\(states)))
              AND (l.day, l.id) < (\(London.day(of: last.at))::date, \(last.id)::uuid)
            ORDER BY l.day DESC, l.id DESC LIMIT 26
            """) { row in
            let outside: HomeFact = try row["from_outside"]
            return ProviderRow(
                id: try row["id"], day: try row["day"], isEnquiry: try row["is_enquiry"],
                household: householdWords(adults: try row["adults"], children: try row["children"]),
                from: try row["area"] ?? (outside == .yes ? "Outside" : "Not known"), state: try row["state"],
                reason: try row["reason"])
        }
    }
}

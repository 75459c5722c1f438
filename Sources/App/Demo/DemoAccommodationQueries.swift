import Postgres

extension DemoTable {
    /// Where the rows of safe accommodation go.
    var accommodationStatement: SQL {
        switch self {
        case .accommodationService:
            """
            COPY app.accommodation_service (id, partnership_id, agency_id, name, kind, provider, landlord, commissioner,
                area_id, shares, supported, takes, takes_trans, sons, oldest_son, nrpf, mental_health, substances,
                offending, arson, staffing, languages, by_and_for, family_shares_room, recorded_at, recorded_by)
            FROM STDIN
            """
        case .housingUnit:
            """
            COPY app.housing_unit (id, partnership_id, agency_id, service_id, number, bedspaces, bedrooms, most_adults,
                most_children, cots, wheelchair, step_free, ground_floor, wet_room, hearing, sight, dogs, cats,
                confirmed_at, recorded_at, recorded_by) FROM STDIN
            """
        case .unitLocation:
            """
            COPY app.unit_location (unit_id, partnership_id, agency_id, wrapped, location_sealed, recorded_at,
                recorded_by) FROM STDIN
            """
        case .unitTime:
            """
            COPY app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, recorded_at, recorded_by)
            FROM STDIN
            """
        default:
            """
            COPY app.unit_stay (time_id, partnership_id, agency_id, adults, children, came_by, from_outside, left_to,
                left_because) FROM STDIN
            """
        }
    }
}

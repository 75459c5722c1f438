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
            COPY app.unit_location (unit_id, partnership_id, agency_id, wrapped, location_sealed, near, recorded_at,
                recorded_by) FROM STDIN
            """
        case .unitTime:
            """
            COPY app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, recorded_at, recorded_by)
            FROM STDIN
            """
        case .housingEnquiry:
            """
            COPY app.housing_enquiry (id, partnership_id, agency_id, service_id, asked_on, route, from_outside,
                home_area_id, adults, children, state, reasons, main_reason, answered_on, recorded_at, recorded_by)
            FROM STDIN
            """
        case .housingRequest:
            """
            COPY app.housing_request (id, partnership_id, agency_id, case_id, person_id, needed_on, can_wait, women,
                men, others, child_ages, child_sexes, expecting, access, pets, needs, funds, staffing, kinds,
                home_area_id, unsafe_areas, risk, consents, words, ended_at, ended_by, outcome, recorded_at,
                recorded_by) FROM STDIN
            """
        case .housingOffer:
            """
            COPY app.housing_offer (id, partnership_id, agency_id, case_id, person_id, request_id, unit_id, provider_id,
                asked_of, reference, state, held_until, asked_at, asked_by, answered_at, answered_by, reasons,
                main_reason, moved_in_on, adults, children, home_area_id) FROM STDIN
            """
        case .unitHold:
            """
            COPY app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, offer_id, held_until, recorded_at,
                recorded_by) FROM STDIN
            """
        case .housingTask:
            """
            COPY app.task (id, partnership_id, agency_id, case_id, request_id, reciprocal_id, kind, detail, owner_id,
                started_at, due_at) FROM STDIN
            """
        case .sanctuary:
            """
            COPY app.sanctuary (id, partnership_id, agency_id, case_id, person_id, reference, requested_on, wants,
                harmer_there, tenure, permission, permission_on, urgency, funder, fitting_pence, phone, access,
                ended_on, version, recorded_at, recorded_by) FROM STDIN
            """
        case .sanctuaryStep:
            """
            COPY app.sanctuary_step (id, partnership_id, agency_id, case_id, person_id, sanctuary_id, kind, happened_on,
                who, words, because, recorded_at, recorded_by) FROM STDIN
            """
        case .sanctuaryItem:
            """
            COPY app.sanctuary_item (sanctuary_id, kind, partnership_id, agency_id, case_id, person_id, number,
                cost_pence, recorded_at, recorded_by) FROM STDIN
            """
        case .staySupport:
            """
            COPY app.stay_support (id, partnership_id, agency_id, stay_id, kind, member, given_on, given_by,
                recorded_at, recorded_by, withdrawn_at, withdrawn_by, withdrawn_because) FROM STDIN
            """
        case .stayService:
            """
            COPY app.stay_service (id, partnership_id, agency_id, stay_id, member, kind, state, on_day, recorded_at,
                recorded_by) FROM STDIN
            """
        case .stayReview:
            """
            COPY app.stay_review (id, partnership_id, agency_id, stay_id, held_on, decision, until, next_on,
                recorded_at, recorded_by) FROM STDIN
            """
        default:
            """
            COPY app.unit_stay (time_id, partnership_id, agency_id, adults, children, came_by, from_outside, left_to,
                left_because, due_on, plan_on, expected_until, review_on, wants, contact_after, followed_on, followed)
            FROM STDIN
            """
        }
    }
}

extension DemoTable {
    /// Where the rows of homes beyond the partnership go.
    var reciprocalStatement: SQL {
        switch self {
        case .landlord:
            "COPY app.landlord (id, partnership_id, name, kind, is_here, recorded_at, recorded_by) FROM STDIN"
        case .reciprocal:
            """
            COPY app.reciprocal (id, partnership_id, agency_id, case_id, person_id, receiving_id, giving_id,
                bedrooms_held, tenancy_held, excluded, state, asked_on, answer_by, offered_on, bedrooms_offered,
                tenancy_offered, accepted_on, moved_on, ended_on, because, version, recorded_at, recorded_by) FROM STDIN
            """
        case .housingTravel:
            """
            COPY app.housing_travel (request_id, partnership_id, agency_id, case_id, person_id, how, paid_by, booked,
                recorded_at, recorded_by) FROM STDIN
            """
        default:
            """
            COPY app.unit_posting (id, partnership_id, agency_id, unit_id, kind, said, recorded_at, recorded_by)
            FROM STDIN
            """
        }
    }
}

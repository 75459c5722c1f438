import Postgres

extension Erasure {
    /// Homes that were looked for, and homes that were made safe: numbers stay, words go.
    static let homes: [Erasure] = [
        .empty("housing_request", either, words: ["words"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "needed_on", "can_wait", "women", "men",
            "others", "child_ages", "child_sexes", "expecting", "access", "pets", "needs", "funds", "staffing", "kinds",
            "home_area_id", "unsafe_areas", "risk", "asks_trans_policy", "consents", "ended_at", "ended_by", "outcome",
            "version", "recorded_at", "recorded_by",
        ]),
        .empty("housing_offer", either, words: ["although", "words"], values: [
            "asked_of": "CASE WHEN unit_id IS NULL THEN 'Deleted' ELSE '' END", "reference": "''", "near": "NULL",
        ], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "request_id", "unit_id", "provider_id",
            "state", "held_until", "asked_at", "asked_by", "answered_at", "answered_by", "reasons", "main_reason",
            "moved_in_on", "version", "adults", "children", "home_area_id",
        ]),
        .empty("housing_travel", either, kept: [
            "request_id", "partnership_id", "agency_id", "case_id", "person_id", "how", "paid_by", "booked", "version",
            "recorded_at", "recorded_by",
        ]),
        // That a home was given stays: the landlords' balance is counted from it.
        .empty("reciprocal", either, words: ["excluded", "words"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "receiving_id", "giving_id", "bedrooms_held",
            "tenancy_held", "state", "asked_on", "answer_by", "offered_on", "bedrooms_offered", "tenancy_offered",
            "accepted_on", "moved_on", "ended_on", "because", "version", "recorded_at", "recorded_by",
        ]),
        .empty("sanctuary", either, words: ["funder"], values: ["reference": "'Deleted ' || id", "phone": "''"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "requested_on", "wants", "harmer_there",
            "tenure", "permission", "permission_on", "urgency", "fitting_pence", "access", "ended_on", "version",
            "recorded_at", "recorded_by",
        ]),
        .empty("sanctuary_step", either, words: ["who", "words"], kept: [
            "id", "partnership_id", "agency_id", "case_id", "person_id", "sanctuary_id", "kind", "happened_on",
            "because", "recorded_at", "recorded_by",
        ]),
        .empty("sanctuary_item", either, kept: [
            "sanctuary_id", "kind", "partnership_id", "agency_id", "case_id", "person_id", "number", "cost_pence",
            "recorded_at", "recorded_by",
        ]),
    ]
}

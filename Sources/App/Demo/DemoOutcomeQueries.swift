import Postgres

extension DemoTable {
    /// The statements of the tables of data sets and of referrals to MARAC.
    var outcomeStatement: SQL {
        if self == .outcomeSet {
            return """
                COPY app.outcome_set (id, partnership_id, agency_id, case_id, person_id, stage, taken_on, answers,
                    own_words, note, recorded_at, recorded_by) FROM STDIN
                """
        }
        return """
            COPY app.marac_referral (id, partnership_id, agency_id, case_id, person_id, is_repeat, last_on,
                repeat_because, meets_on, told, told_because, basis, reason, afraid_of, safe_with, unsafe_with, wants,
                schools, elsewhere, written_at, written_by) FROM STDIN
            """
    }
}

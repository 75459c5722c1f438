import Postgres

extension DemoTable {
    /// The statements of the tables of data sets, of referrals to MARAC and of matters.
    var outcomeStatement: SQL {
        switch self {
        case .legalMatter:
            return """
                COPY app.legal_matter (id, partnership_id, agency_id, case_id, person_id, kind, opened_on, version,
                    recorded_at, recorded_by) FROM STDIN
                """
        case .matterEntry:
            return """
                COPY app.matter_entry (matter_id, partnership_id, agency_id, case_id, person_id, kind, version, step,
                    happened_on, due_on, who, reference, facts, words, recorded_at, recorded_by) FROM STDIN
                """
        case .matterTask:
            return """
                COPY app.task (id, partnership_id, agency_id, case_id, matter_id, kind, detail, owner_id, started_at,
                    due_at, done_at) FROM STDIN
                """
        case .outcomeSet:
            return """
                COPY app.outcome_set (id, partnership_id, agency_id, case_id, person_id, stage, taken_on, answers,
                    own_words, note, recorded_at, recorded_by) FROM STDIN
                """
        default:
            return """
                COPY app.marac_referral (id, partnership_id, agency_id, case_id, person_id, is_repeat, last_on,
                    repeat_because, meets_on, told, told_because, basis, reason, afraid_of, safe_with, unsafe_with,
                    wants, schools, elsewhere, written_at, written_by) FROM STDIN
                """
        }
    }
}

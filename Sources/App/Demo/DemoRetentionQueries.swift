import Postgres

extension DemoTable {
    /// The statements of the rules of retention and of legal holds.
    var retentionStatement: SQL {
        switch self {
        case .pack: """
            COPY app.pack (id, partnership_id, agency_id, matter_id, number, subject_id, reference, intercept, begun_at,
                begun_by, gathered_at, gathered_by, told_sealed) FROM STDIN
            """
        case .packItem: """
            COPY app.pack_item (id, partnership_id, agency_id, pack_id, subject_id, number, piece_sealed, decision,
                left_sealed, decided_at, decided_by) FROM STDIN
            """
        case .legalHold: """
            COPY app.legal_hold (id, partnership_id, agency_id, subject_id, reference, kind, words, review_on,
                recorded_at, recorded_by) FROM STDIN
            """
        default: """
            COPY app.retention_rule (id, partnership_id, kind, version, years, from_day, reason, recorded_at,
                recorded_by) FROM STDIN
            """
        }
    }
}

import Postgres

extension DemoTable {
    /// The statements of the rules of retention and of legal holds.
    var retentionStatement: SQL {
        self == .legalHold ? """
            COPY app.legal_hold (id, partnership_id, agency_id, subject_id, reference, kind, words, review_on,
                recorded_at, recorded_by) FROM STDIN
            """ : """
            COPY app.retention_rule (id, partnership_id, kind, version, years, from_day, reason, recorded_at,
                recorded_by) FROM STDIN
            """
    }
}

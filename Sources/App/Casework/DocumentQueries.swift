import Foundation
import Postgres

extension Connection {
    /// The files of a case, newest first, those that were taken back too: `limit` and no more.
    func documents(of caseID: UUID, before last: Keyset?, limit: Int) throws -> [CaseDocument] {
        let last = last ?? .end
        return try all("""
            \(Self.documentColumns)
            WHERE d.case_id = \(caseID)
              AND (d.recorded_at, d.id) < (\(last.at)::timestamptz, \(last.id)::uuid)
            ORDER BY d.recorded_at DESC, d.id DESC LIMIT \(limit)
            """, CaseDocument.init(row:))
    }

    func document(_ id: UUID, of caseID: UUID) throws -> CaseDocument? {
        try first("""
            \(Self.documentColumns) WHERE d.id = \(id) AND d.case_id = \(caseID)
            """, CaseDocument.init(row:))
    }

    private static let documentColumns: SQL = """
        SELECT d.id, d.number, d.kind, d.size, d.topic, d.words, d.recorded_at, a.full_name, d.withdrawn_at,
               d.withdrawn_because, w.full_name AS withdrawer
        FROM app.attachment d LEFT JOIN app.account a ON a.id = d.recorded_by
        LEFT JOIN app.account w ON w.id = d.withdrawn_by
        """

    /// Takes a file back. Throws `Overtaken` when somebody else did so meanwhile.
    func withdrawDocument(_ id: UUID, of caseID: UUID, _ because: String, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.attachment SET withdrawn_at = \(visit.now), withdrawn_by = \(visit.viewer.account),
                                      withdrawn_because = \(because)
            WHERE id = \(id) AND case_id = \(caseID) AND withdrawn_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
    }
}

extension CaseDocument {
    fileprivate init(row: Row) throws {
        self.init(
            file: try Attachment(row: row), topic: try row["topic"], words: try row["words"],
            recordedAt: try row["recorded_at"], by: try row["full_name"] ?? "",
            withdrawn: try Withdrawal(row: row))
    }
}

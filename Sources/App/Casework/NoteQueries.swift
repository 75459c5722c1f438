import Foundation
import Postgres

/// A note on a case.
struct CaseNote: Sendable {
    let id: UUID
    let caseID: UUID
    let agency: UUID
    let body: String
    let writtenAt: Date
    let writtenBy: UUID
    let writtenByName: String
    let version: Int
}

extension Connection {
    /// The newest notes of a case.
    func notes(of caseID: UUID, limit: Int = 10) throws -> [CaseNote] {
        try all("""
            SELECT n.id, n.case_id, n.agency_id, n.body, n.written_at, n.written_by, a.full_name, n.version
            FROM app.case_note n LEFT JOIN app.account a ON a.id = n.written_by
            WHERE n.case_id = \(caseID) ORDER BY n.written_at DESC, n.id LIMIT \(limit)
            """, CaseNote.init(row:))
    }

    func caseNote(_ id: UUID) throws -> CaseNote? {
        try first("""
            SELECT n.id, n.case_id, n.agency_id, n.body, n.written_at, n.written_by, a.full_name, n.version
            FROM app.case_note n LEFT JOIN app.account a ON a.id = n.written_by WHERE n.id = \(id)
            """, CaseNote.init(row:))
    }

    func addNote(_ id: UUID, _ body: String, on record: CaseRecord, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(body), \(visit.now),
                    \(visit.viewer.account))
            """)
    }

    /// Changes a note based on `version`; false when somebody else changed it meanwhile.
    func changeNote(_ note: CaseNote, _ body: String, basedOn version: Int) throws -> Bool {
        try run("""
            UPDATE app.case_note SET body = \(body), version = version + 1
            WHERE id = \(note.id) AND version = \(version)
            """) == 1
    }
}

extension CaseNote {
    init(row: Row) throws {
        self.init(
            id: try row["id"], caseID: try row["case_id"], agency: try row["agency_id"], body: try row["body"],
            writtenAt: try row["written_at"], writtenBy: try row["written_by"],
            writtenByName: try row["full_name"] ?? "", version: try row["version"])
    }
}

import Foundation
import Postgres

/// A file as a list shows it: never its content.
struct Attachment: Sendable {
    let id: UUID
    let number: Int
    let kind: DocumentKind
    /// Bytes.
    let size: Int

    /// The name under which it is saved: says nothing.
    var name: String { "document-\(number).\(kind.ending)" }
}

/// A file on its way into the record, and what it belongs to.
struct NewAttachment: Sendable {
    let document: AttachedDocument
    var topic = DocumentTopic.assessment
    /// What it is, in the worker's few words.
    var words = ""
    var caseID: UUID?
    var risk: UUID?
}

extension Place {
    static func attachment(_ id: UUID, agency: UUID) -> Place {
        Place(table: "attachment", column: "content_sealed", row: id, agency: agency)
    }
}

extension Connection {
    /// The files that came with an assessment.
    func attachments(ofRisk risk: UUID) throws -> [Attachment] {
        try all("""
            SELECT id, number, kind, size FROM app.attachment WHERE risk_id = \(risk) AND withdrawn_at IS NULL
            ORDER BY number, id LIMIT 20
            """, Attachment.init(row:))
    }

    /// Seals a file with the person's key and records it.
    func addAttachment(_ id: UUID, _ new: NewAttachment, of person: Person, _ visit: Visit) throws {
        guard let key = try personKey(person.id, visit) else { throw Refusal.notFound }
        let sealed = try Sealed.seal(
            new.document.bytes, key: key, place: .attachment(id, agency: person.agency))
        try run("""
            INSERT INTO app.attachment (id, partnership_id, agency_id, person_id, case_id, risk_id, topic, words,
                                        number, kind, size, content_sealed, recorded_at, recorded_by)
            SELECT \(id), \(visit.viewer.partnership), \(person.agency), \(person.id), \(new.caseID), \(new.risk),
                   \(new.topic), \(new.words),
                   1 + coalesce((SELECT max(number) FROM app.attachment WHERE person_id = \(person.id)), 0),
                   \(new.document.kind.rawValue), \(new.document.bytes.count), \(sealed), \(visit.now),
                   \(visit.viewer.account)
            """)
        try audit(.documentRecorded, .person, person.id)
    }

    /// A person's file, without its content; nil for one that was taken back.
    func attachment(_ id: UUID, of person: UUID) throws -> Attachment? {
        try first("""
            SELECT id, number, kind, size FROM app.attachment
            WHERE id = \(id) AND person_id = \(person) AND withdrawn_at IS NULL
            """, Attachment.init(row:))
    }

    /// Opens a file. Call only after the reveal's audit has been committed.
    func content(of file: Attachment, of person: UUID, _ visit: Visit) throws -> Data? {
        let found = try first("""
            SELECT agency_id, content_sealed FROM app.attachment
            WHERE id = \(file.id) AND person_id = \(person) AND withdrawn_at IS NULL
            """) { row in (agency: try row["agency_id"] as UUID, sealed: try row["content_sealed"] as Data) }
        guard let found, let key = try personKey(person, visit) else { return nil }
        return try Sealed.open(found.sealed, key: key, place: .attachment(file.id, agency: found.agency))
    }
}

extension Attachment {
    init(row: Row) throws {
        let kind: String = try row["kind"]
        self.init(
            id: try row["id"], number: try row["number"], kind: DocumentKind(rawValue: kind) ?? .pdf,
            size: try row["size"])
    }
}

import Foundation
import Pages
import Postgres

extension Site {
    mutating func addDocuments() {
        get("cases/:id/documents", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let from = Keyset(visit.query["from"]?.first)
            let (record, contact, documents) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                return (
                    record, try db.safeContact(of: record.person, visit),
                    try db.documents(of: id, before: from, limit: documentsAtOnce + 1))
            }
            return .page(documentsPage(record, contact, documents, isFirst: from == nil, visit))
        }
        get("cases/:id/documents/new", .needs(.writeNotes)) { visit in
            let (record, kept) = try await visit.writing()
            return .page(documentPage(record, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/documents/new", .needs(.writeNotes), file: AttachedDocument.field) { visit in
            try await visit.addDocument()
        }
        get("cases/:id/documents/:document/withdraw", .needs(.writeNotes)) { visit in
            let (record, document, kept) = try await visit.withdrawing()
            guard document.withdrawn == nil else { throw Refusal.notFound }
            return .page(withdrawDocumentPage(record, document, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/documents/:document/withdraw", .needs(.writeNotes)) { visit in
            try await visit.withdrawDocument()
        }
    }
}

extension Visit {
    /// A case on which the viewer may write, closed ones too: papers come late.
    func writing() async throws -> (CaseRecord, KeptAnswers) {
        let id = try id()
        return try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.keptAnswers(self))
        }
    }

    fileprivate func addDocument() async throws -> Reply {
        let (record, _) = try await writing()
        var answers = typed
        let form = DocumentForm(&answers)
        let sent = AttachedDocument(self, &answers)
        if sent == nil, !answers.errors.contains(where: { $0.field == AttachedDocument.field }) {
            answers.refuse(AttachedDocument.field, "Choose the file")
        }
        answers.askAgain(for: AttachedDocument.field)
        guard let form, let sent, !answers.areRefused else { return .invalid(documentPage(record, answers, self)) }
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/documents") { db in
                let id = UUID()
                let person = try db.person(record.person, within: viewer, to: .viewCases).orNotFound()
                try db.addAttachment(
                    id, NewAttachment(document: sent, topic: form.topic, words: form.words, caseID: record.id),
                    of: person, self)
                try db.note(
                    .documentRecorded, on: record.id, agency: record.agency, subject: id, form.topic.label, self)
            }
        })
    }

    fileprivate func withdrawing() async throws -> (CaseRecord, CaseDocument, KeptAnswers) {
        let (id, documentID) = (try id(), try id("document"))
        return try await read { db in
            (try db.ownCase(id, self, to: .writeNotes), try db.document(documentID, of: id).orNotFound(),
             try db.keptAnswers(self))
        }
    }

    fileprivate func withdrawDocument() async throws -> Reply {
        let (record, document, _) = try await withdrawing()
        var answers = typed
        guard let because = withdrawalReason(&answers) else {
            return .invalid(withdrawDocumentPage(record, document, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/cases/\(record.id.column)/documents") { db in
                    try db.withdrawDocument(document.file.id, of: record.id, because, self)
                    try db.note(.documentWithdrawn, on: record.id, agency: record.agency, subject: document.file.id,
                                document.topic.label, self)
                    try db.audit(.documentWithdrawn, .case, record.id)
                }
            })
        } catch is Overtaken {
            answers.refuse("because", "A colleague has taken it back already. Go back to the list")
            return .conflict(withdrawDocumentPage(record, document, answers, self))
        }
    }
}

import Foundation
import Pages
import Postgres

extension Site {
    mutating func addNotes() {
        get("cases/:id/notes/new", .needs(.writeNotes)) { visit in
            let (record, kept) = try await visit.noting()
            return .page(notePage(record.id, "/cases/\(record.id.column)/notes/new", kept.answers, visit,
                                  notice: kept.notice(visit)))
        }
        post("cases/:id/notes/new", .needs(.writeNotes)) { visit in
            let (record, _) = try await visit.noting()
            var answers = visit.typed
            guard let body = noteBody(&answers) else {
                return .invalid(notePage(record.id, visit.path, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/cases/\(record.id.column)") { db in
                    let id = UUID()
                    try db.addNote(id, body, on: record, visit)
                    try db.note(.noteWritten, on: record.id, agency: record.agency, subject: id, visit)
                    try db.audit(.noteWritten, .note, id)
                }
            })
        }
        get("notes/:id/edit", .needs(.writeNotes)) { visit in
            let id = try visit.id()
            let (note, kept) = try await visit.read { db in
                (try db.caseNote(id).orNotFound(), try db.keptAnswers(visit))
            }
            guard visit.mayChange(note) else { throw Refusal.notFound }
            let answers = kept.over(Answers(["body": [note.body], "version": [String(note.version)]]))
            return .page(notePage(note.caseID, "/notes/\(id.column)/edit", answers, visit, notice: kept.notice(visit)))
        }
        post("notes/:id/edit", .needs(.writeNotes)) { visit in try await visit.changeNote() }
    }
}

private func noteBody(_ answers: inout Answers) -> String? {
    let body = answers.text("body", most: 20_000, name: "The note")
    if body.isEmpty { answers.refuse("body", "Enter the note") }
    return answers.errors.isEmpty ? body : nil
}

extension Visit {
    /// A case on which the viewer may write, with what they have typed before.
    func noting() async throws -> (CaseRecord, KeptAnswers) {
        let id = try id()
        return try await read { db in
            let record = try db.caseRecord(id).orNotFound()
            guard viewer.agencies(.writeNotes).contains(record.agency) else { throw Refusal.notFound }
            return (record, try db.keptAnswers(self))
        }
    }

    /// A note is changed by whoever wrote it, while they still write notes at its agency.
    fileprivate func mayChange(_ note: CaseNote) -> Bool {
        note.writtenBy == viewer.account && viewer.agencies(.writeNotes).contains(note.agency)
    }

    fileprivate func changeNote() async throws -> Reply {
        let id = try id()
        let note = try await read { db in try db.caseNote(id).orNotFound() }
        guard mayChange(note) else { throw Refusal.notFound }
        let version = try typed.version
        var answers = typed
        guard let body = noteBody(&answers) else {
            return .invalid(notePage(note.caseID, path, answers, self))
        }
        let saved = try await write { db -> Bool in
            guard try db.changeNote(note, body, basedOn: version) else { return false }
            try db.note(.noteChanged, on: note.caseID, agency: note.agency, subject: id, self)
            try db.audit(.noteChanged, .note, id)
            try db.dropDraft(account: viewer.account, form: path)
            return true
        }
        if saved { return .seeOther("/cases/\(note.caseID.column)") }
        let theirs = try await read { db in try db.caseNote(id).orNotFound() }
        answers.set("version", String(theirs.version))
        return .conflict(noteConflictPage(theirs, answers, self))
    }
}

func notePage(_ caseID: UUID, _ action: String, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Write a note", errors: answers.errors, back: "/cases/\(caseID.column)", """
        \(notice)\(visit.form(action, answers, """
            \(answers["version"].isEmpty ? HTML.empty : GovUK.hidden("version", answers["version"]))
            \(GovUK.textarea("body", label: "Note", hint: "What happened, what she said, what you will do.", rows: 12,
                             in: answers))
            \(GovUK.button("Save note"))
            """))
        """)
}

private func noteConflictPage(_ theirs: CaseNote, _ answers: Answers, _ visit: Visit) -> Page {
    Page("This note was changed elsewhere", back: "/cases/\(theirs.caseID.column)", """
        <p class="govuk-body">Another window saved this note while you were writing. Both texts are here.</p>
        <h2 class="govuk-heading-m">Saved</h2>\(GovUK.insetText(lines(theirs.body)))
        <p class="govuk-body">\(GovUK.link("Keep the saved text", href: "/cases/\(theirs.caseID.column)"))</p>
        <h2 class="govuk-heading-m">Yours</h2>
        \(visit.form("/notes/\(theirs.id.column)/edit", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.textarea("body", label: "Your text", rows: 12, in: answers))
            \(GovUK.button("Save mine"))
            """))
        """)
}

func noteList(_ notes: [CaseNote], _ visit: Visit, isOurs: Bool) -> HTML {
    if notes.isEmpty { return "<p class=\"govuk-body\">No notes yet.</p>" }
    return .joined(notes.map { note -> HTML in
        let change: HTML? = isOurs && note.writtenBy == visit.viewer.account
            ? GovUK.link("Change", href: "/notes/\(note.id.column)/edit",
                         visuallyHidden: "the note of \(London.short(note.writtenAt))") : nil
        return """
            <article class="drystone-note"><p class="govuk-body-s">\(London.short(note.writtenAt)), \
            \(note.writtenByName) \(change)</p><p class="govuk-body">\(lines(note.body))</p></article>
            """
    })
}

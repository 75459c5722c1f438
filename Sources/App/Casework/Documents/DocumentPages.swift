import Foundation
import Pages
import Postgres

/// Files on one page of the list.
let documentsAtOnce = 25

func documentsPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ found: [CaseDocument], isFirst: Bool, _ visit: Visit
) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayWrite = visit.viewer.may(.writeNotes)
    let shown = found.prefix(documentsAtOnce)
    let next = found.count > documentsAtOnce ? shown.last.map {
        "\(base)/documents?from=\(Keyset(at: $0.recordedAt, id: $0.file.id).text)"
    } : nil
    return Page(
        "Documents", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(contact, record.person, visit), """
        \(mayWrite ? GovUK.button("Add a document", href: base + "/documents/new") : HTML.empty)
        \(shown.isEmpty ? plain(["None recorded yet."]) : HTML.joined(shown.map {
            documentCard($0, of: record, mayWrite: mayWrite, visit)
        }))
        \(newestFirstPages(base + "/documents", next: next, isFirst: isFirst))
        """)
}

private func documentCard(_ document: CaseDocument, of record: CaseRecord, mayWrite: Bool, _ visit: Visit) -> HTML {
    let file = document.file
    var rows = [
        GovUK.SummaryRow("Recorded", "\(London.short(document.recordedAt)), \(document.by)"),
    ]
    if let withdrawn = document.withdrawn {
        rows.append(GovUK.SummaryRow("Taken back", """
            \(London.short(withdrawn.at)), \(withdrawn.by). It can’t be opened any more.<br>\(lines(withdrawn.because))
            """))
        return GovUK.summaryCard(title: document.title, rows: rows)
    }
    let open: HTML? = visit.viewer.may(.revealContactDetails) ? visit.buttonForm(
        "/people/\(record.person.column)/documents/\(file.id.column)", "Save \(file.name)", kind: .secondary) : nil
    rows.insert(GovUK.SummaryRow("Document \(file.number)", """
        <p class="govuk-body">\(file.kind.label), \(sizeWords(file.size)). That you open it is recorded.</p>\(open)
        """), at: 0)
    let actions = mayWrite ? [GovUK.Action(
        "Take back", visuallyHidden: "document \(file.number)",
        href: "/cases/\(record.id.column)/documents/\(file.id.column)/withdraw")] : []
    return GovUK.summaryCard(title: document.title, actions: actions, rows: rows)
}

func documentPage(_ record: CaseRecord, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(record.id.column)/documents"
    return Page("Add a document", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/new", answers, takesFile: true, """
            \(AttachedDocument.field("The file", answers, visit))\(DocumentForm.fields(answers))\
            \(GovUK.button("Save document"))
            """))
        """)
}

func withdrawDocumentPage(
    _ record: CaseRecord, _ document: CaseDocument, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/documents"
    return Page("Take a document back", caption: record.reference, errors: answers.errors, back: base, """
        <p class="govuk-body">\(document.title) (document \(document.file.number)). For a file that was put here by \
        mistake, for example on the wrong case. Nobody can open it afterwards; that it was here, and why it was taken \
        back, stays on record.</p>
        \(notice)\(visit.form("\(base)/\(document.file.id.column)/withdraw", answers, """
            \(GovUK.textarea("because", label: "Why?", rows: 3, in: answers))
            \(GovUK.button("Take it back", kind: .warning))
            """))
        """)
}

import Foundation
import Pages
import Postgres

extension Site {
    /// Three answers were enough during the call; the rest follows later, by whoever comes to it.
    mutating func addContactChange() {
        get("contacts/:id/edit", .needs(.recordContacts)) { visit in
            let (contact, kept) = try await visit.read { db in
                (try db.contact(visit.id(), within: visit.viewer).orNotFound(), try db.keptAnswers(visit))
            }
            let answers = kept.over(ContactForm.answers(of: contact))
            return .page(changePage(contact, answers, visit, notice: kept.notice(visit)))
        }
        post("contacts/:id/edit", .needs(.recordContacts)) { visit in
            let id = try visit.id()
            let contact = try await visit.read { db in try db.contact(id, within: visit.viewer).orNotFound() }
            let version = try visit.typed.version
            var answers = visit.typed
            guard let form = ContactForm(&answers, now: visit.now) else {
                return .invalid(changePage(contact, answers, visit))
            }
            let isSaved = try await visit.write { db in
                guard try db.changeContact(contact, form, basedOn: version) else { return false }
                if contact.promised.isEmpty, !form.promised.isEmpty {
                    try db.leaveBehind(form.onlyPromise, id, agency: contact.agency, visit)
                }
                try db.audit(.contactChanged, .contact, id)
                return true
            }
            if isSaved { return .seeOther("/contacts/\(id.column)") }
            answers.set("version", String(contact.version))
            return .conflict(changePage(contact, answers, visit, notice: """
                \(GovUK.insetText("""
                    <p class="govuk-body">A colleague changed this contact meanwhile. Theirs: \(contact.reason)</p>
                    <p class="govuk-body">Yours is below, not saved yet.</p>
                    """))
                """))
        }
    }
}

extension ContactForm {
    /// What is new in a change: the promise, not the cut-off call once more.
    fileprivate var onlyPromise: ContactForm {
        var form = ContactForm(
            channel: channel, caller: caller, happenedAt: happenedAt, answers: answers, reason: reason, advice: advice,
            outcome: .adviceGiven, promised: promised)
        form.promisedBy = promisedBy
        return form
    }
}

private func changePage(_ contact: Contact, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let path = "/contacts/\(contact.id.column)/edit"
    return Page("Change a contact", errors: answers.errors, back: "/contacts/\(contact.id.column)", wide: true, """
        \(notice)\(visit.form(path, answers, """
            \(GovUK.hidden("version", answers["version"].isEmpty ? String(contact.version) : answers["version"]))
            \(ContactForm.fields(answers))\(GovUK.button("Save"))
            """))
        """)
}

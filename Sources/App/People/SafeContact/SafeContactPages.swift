import Foundation
import Pages
import Postgres

/// Stands at the top of every page about the person: may she be contacted, how, and when. Never the number.
func safeContactBanner(_ contact: SafeContact?, _ person: UUID, _ visit: Visit) -> HTML {
    let change = visit.viewer.may(.editPeople)
        ? GovUK.link("Record a new answer", href: "/people/\(person.column)/safe-contact") : HTML.empty
    guard let contact else {
        return GovUK.notificationBanner("Safe contact", """
            \(GovUK.notificationHeading("How she may be contacted is not recorded. Do not contact her yet."))
            <p class="govuk-body">\(change)</p>
            """)
    }
    let verdict = contact.verdict(.telephone, at: visit.now)
    let reveal: HTML = visit.viewer.may(.revealContactDetails) ? visit.buttonForm(
        "/people/\(person.column)/safe-contact/reveal", "Show number and code word", kind: .secondary) : .empty
    return GovUK.notificationBanner("Safe contact", """
        \(GovUK.notificationHeading(headline(contact, verdict, visit)))
        \(contact.rule.map { rule -> HTML in "<p class=\"govuk-body\">\(rule.words)</p>" })
        \(contact.holdsUntil.map { day -> HTML in "<p class=\"govuk-body\">Holds until \(day.description).</p>" })
        \(saidElsewhere(contact))\(reveal)<p class="govuk-body">\(change)</p>
        """)
}

/// What another record of hers says counts as much as this one's.
private func saidElsewhere(_ contact: SafeContact) -> HTML {
    .joined(contact.elsewhere.map { other -> HTML in
        """
        <p class="govuk-body"><strong>\(GovUK.link(
            "Another record of theirs", href: "/people/\(other.person.column)")) says: \(other.rule.words)</strong> \
        Both must be honoured before any contact.</p>
        """
    })
}

private func headline(_ contact: SafeContact, _ verdict: SafeContactVerdict, _ visit: Visit) -> HTML {
    switch verdict {
    case .allowed: return "A telephone call is safe now."
    case .firstSafeCall:
        let why = contact.rule == nil ? "She has not been asked yet." : "Her answer has run out: ask again."
        return "\(why) A first safe call only: number withheld, ask for her, leave no message."
    case .refused:
        let next = contact.nextSafeCall(after: visit.now).map { ". Next safe time: \(London.dateAndTime($0))" } ?? ""
        return "Do not telephone now\(next)."
    }
}

func safeContactPage(_ person: Person, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/people/\(person.id.column)"
    return Page("Contact details", heading: "How may we contact her safely?", errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/safe-contact", answers, """
            \(SafeContactForm.fields(answers))\(GovUK.button("Save"))
            """))
        """)
}

/// The one page with the number. It is the answer to a POST whose audit was committed first, and is never cached.
func revealedPage(_ person: Person, _ contact: SafeContact?, _ detail: SafeContactDetail, _ visit: Visit) -> Page {
    let rows = [
        ("Number", detail.number), ("Code word", detail.codeWord), ("Must not learn of it", detail.mustNotKnow),
        ("If someone else answers", detail.coverStory), ("Anything else", detail.note),
    ].filter { !$0.1.isEmpty }.map { GovUK.SummaryRow($0.0, "\($0.1)") }
    return Page("Contact details", heading: person.name, back: "/people/\(person.id.column)", """
        \(contact?.rule.map { rule in GovUK.insetText("\(rule.words)") })\(contact.map(saidElsewhere))
        \(GovUK.summaryList(rows))
        <p class="govuk-body">That you looked at this has been recorded.</p>
        """)
}

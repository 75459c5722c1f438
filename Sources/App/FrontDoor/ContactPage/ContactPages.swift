import Foundation
import Pages
import Postgres

/// What a contact's page needs to say which steps are done.
struct ContactSteps: Sendable {
    var safeContact: SafeContact?
    var related: [Related] = []
    var risk: RiskAssessment?

    init(_ db: isolated Connection, _ contact: Contact, _ visit: Visit) throws {
        guard let person = contact.person else { return }
        safeContact = try db.safeContact(of: person, visit)
        related = try db.related(to: person)
        risk = try db.latestRisk(of: person)
    }
}

func recordContactPage(_ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Record a contact", errors: answers.errors, above: emergencyWords, wide: true, """
        <p class="govuk-body">\(visit.services.partnership.helplineHours) \
        \(GovUK.link("Paste or attach an email instead", href: "/contacts/email"))</p>
        \(notice)\(visit.form("/contacts/new", answers, """
            \(ContactForm.fields(answers))\(GovUK.button("Save contact"))
            """))
        """)
}

/// Said first on every call.
let emergencyWords: HTML = GovUK.warningText(
    "If anyone is in danger now, ring 999. If they can't speak: ring 999, then press 55.")

func contactPage(_ contact: Contact, _ steps: ContactSteps, _ visit: Visit) -> Page {
    let alarms = SafetyQuestion.allCases.filter { $0.isAlarming(contact.answers[$0] ?? .notAsked) }
    let banner = contact.person.map { safeContactBanner(steps.safeContact, $0, visit) } ?? .empty
    let above = banner + (alarms.isEmpty ? .empty : emergencyWords)
    return Page("Contact", heading: contact.channel.label, above: above, """
        \(nextSteps(contact, steps, visit))
        <p class="govuk-body">\(GovUK.link(
            "Add to or change this contact", href: "/contacts/\(contact.id.column)/edit"))</p>
        \(GovUK.summaryCard(title: "What was said", rows: [
            GovUK.SummaryRow("When", "\(London.dateAndTime(contact.happenedAt))"),
            GovUK.SummaryRow("Recorded", "\(London.dateAndTime(contact.recordedAt)), by \(contact.recordedBy)"),
            GovUK.SummaryRow("Who", "\(contact.caller.label)"),
            GovUK.SummaryRow("Safety", safety(contact)),
            GovUK.SummaryRow("Reason", lines(contact.reason)),
            GovUK.SummaryRow("Advice given", contact.advice.isEmpty ? "None recorded" : lines(contact.advice)),
            GovUK.SummaryRow("What happens next", "\(contact.outcome.label)"),
            GovUK.SummaryRow(
                "If cut off",
                contact.fallback.isEmpty ? "Nothing agreed: nobody rings back" : lines(contact.fallback)),
            GovUK.SummaryRow("We speak", "\(contact.speaking.label)"),
            GovUK.SummaryRow("Promised", contact.promised.isEmpty ? "Nothing recorded" : lines(contact.promised)),
        ]))
        """)
}

private func safety(_ contact: Contact) -> HTML {
    GovUK.list(SafetyQuestion.allCases.map { question -> HTML in
        let answer = contact.answers[question] ?? .notAsked
        let tag: HTML = question.isAlarming(answer) ? GovUK.tag(answer.label, colour: .red) : "\(answer.label)"
        return "\(question.words) \(tag)"
    }, .plain)
}

private func nextSteps(_ contact: Contact, _ steps: ContactSteps, _ visit: Visit) -> HTML {
    let base = "/contacts/\(contact.id.column)"
    let person = contact.person.map { "/people/\($0.column)" }
    func task(_ title: String, _ path: String?, done: Bool, hint: String? = nil) -> GovUK.TaskItem {
        GovUK.TaskItem(
            title, href: path, hint: hint,
            status: done ? .completed : path == nil ? .cannotStartYet : .incomplete)
    }
    let safeguarding = GovUK.buttonGroup([
        GovUK.button("Refer a child (MASH)", kind: .secondary, href: base + "/referrals/new?kind=childSafeguarding"),
        GovUK.button("Refer an adult (s.42)", kind: .secondary, href: base + "/referrals/new?kind=adultSafeguarding"),
        GovUK.button("Refer elsewhere", kind: .secondary, href: base + "/referrals/new"),
    ])
    let caseHint = contact.openCase == nil ? nil : "Opened"
    return """
        <h2 class="govuk-heading-m">Next</h2>
        \(GovUK.taskList([
            task("Who is this?", person ?? base + "/search", done: person != nil, hint: contact.personName),
            task(
                "How may we contact them safely?", person.map { $0 + "/safe-contact" },
                done: steps.safeContact != nil),
            task("Who is harming them?", person.map { $0 + "/harming/new" }, done: !steps.related.isEmpty),
            task("Assess risk (Dash)", person.map { $0 + "/risk/new" }, done: steps.risk != nil),
            task("Open a case", contact.openCase.map { "/cases/\($0.column)" } ?? person.map { $0 + "/cases/new" },
                 done: contact.openCase != nil, hint: caseHint),
        ]))
        \(contact.isConsultation ? consultation : HTML.empty)\
        \(contact.isOtherSide ? otherSide(base) : HTML.empty)\(safeguarding)
        """
}

/// Asked for advice about somebody whom nobody named: it counts as it stands.
private let consultation = GovUK.insetText("""
    A professional asked for advice. It counts as a contact as it stands: nobody need be named. The steps above are \
    for a person whom they did name.
    """)

private func otherSide(_ base: String) -> HTML {
    GovUK.insetText("""
        <p class="govuk-body">Kept on the side of those who harm. The caller learns nothing of anybody, not even \
        whether a name is known.</p>
        \(GovUK.button("Is the caller named in a case? Warn the worker", kind: .secondary, href: base + "/warn"))
        """)
}

func newPersonPage(_ contact: UUID, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Add a person", errors: answers.errors, back: "/contacts/\(contact.column)", """
        \(notice)\(visit.form("/contacts/\(contact.column)/people/new", answers, """
            \(PersonForm.fields(answers))\(GovUK.button("Save person"))
            """))
        """)
}

func contactsPage(_ lines: [ContactLine], isFirst: Bool) -> Page {
    let shown = lines.prefix(25)
    let last = lines.count > 25 ? shown.last : nil
    let next = last.map { "/contacts?before=\(Keyset(at: $0.happenedAt, id: $0.id).text)" }
    return Page("Contacts", wide: true, """
        \(GovUK.button("Record a contact", href: "/contacts/new"))
        \(GovUK.paragraph(GovUK.link("Somebody asks for information about a child", href: "/child-requests/new")))
        \(shown.isEmpty ? plain(["No contacts yet."]) : contactTable("Newest first", Array(shown)))
        \(newestFirstPages("/contacts", next: next, isFirst: isFirst))
        """)
}

func contactTable(_ caption: String, _ lines: [ContactLine]) -> HTML {
    GovUK.table(caption: caption, columns: ["When", "How", "Who", "What happened"], rows: lines.map { line in
        [
            GovUK.link(London.short(line.happenedAt), href: "/contacts/\(line.id.column)"),
            "\(line.channel.label)", "\(line.personName ?? line.caller.label)",
            line.caseOpened ? "Case opened" : "\(line.outcome.label)",
        ]
    })
}

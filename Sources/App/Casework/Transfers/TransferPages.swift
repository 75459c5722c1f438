import Foundation
import Pages
import Postgres

/// What waits for the reader's answer, and what became of what they asked others.
func transfersPage(_ waiting: [Transfer], _ sent: [Transfer], _ visit: Visit) -> Page {
    func table(_ caption: String, _ columns: [GovUK.Column], _ rows: [[HTML]], none: String) -> HTML {
        rows.isEmpty ? "<h2 class=\"govuk-heading-m\">\(caption)</h2>\(GovUK.paragraph("\(none)"))"
            : GovUK.table(caption: caption, columns: columns, rows: rows)
    }
    return Page("Cases that move", back: "/cases", wide: true, """
        \(table("Waits for our answer", ["From", "Risk", "Asked", "Answer due"], waiting.map { one in
            [GovUK.link(one.kind == .agency ? one.agencyName : one.proposer, href: "/transfers/\(one.id.column)"),
             riskTag(one.risk), "\(London.short(one.proposedAt))", dueTag(one, visit)]
        }, none: "Nothing waits."))
        \(table("Asked by us", ["Case", "To", "Asked by", "Now"], sent.map { one in
            [GovUK.link(one.reference ?? "Moved", href: "/transfers/\(one.id.column)"),
             "\(one.colleagueName ?? one.toName)", "\(one.proposer), \(London.short(one.proposedAt))",
             stateTag(one, visit)]
        }, none: "Nothing was asked."))
        """)
}

private func dueTag(_ one: Transfer, _ visit: Visit) -> HTML {
    let when = London.dateAndTime(one.dueAt)
    return one.dueAt < visit.now ? GovUK.tag("Overdue since \(when)", colour: .red) : "\(when)"
}

private func stateTag(_ one: Transfer, _ visit: Visit) -> HTML {
    if let outcome = one.outcome { return GovUK.tag(outcome.label, colour: outcome.colour) }
    return one.dueAt < visit.now ? GovUK.tag("Waits, overdue", colour: .red) : GovUK.tag("Waits", colour: .yellow)
}

/// Of one case: where it is to go, where it went, and whence it came.
func caseTransfersPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ transfers: [Transfer], _ visit: Visit
) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayAsk = record.isOpen && visit.viewer.agencies(.shareCases).contains(record.agency)
        && !transfers.contains { $0.outcome == nil }
    return Page(
        "Moving this case", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(contact, record.person, visit), """
        \(mayAsk ? GovUK.buttonGroup([GovUK.button("Ask somebody to take it over", href: base + "/transfers/new")])
            : HTML.empty)
        \(transfers.isEmpty ? GovUK.paragraph("It has not moved, and nobody was asked.") : HTML.empty)
        \(HTML.joined(transfers.map { one in
            GovUK.summaryCard(
                title: one.newCase == record.id ? "From \(one.agencyName)" : one.to,
                actions: [GovUK.Action("Open", href: "/transfers/\(one.id.column)")],
                rows: standing(one, visit))
        }))
        """)
}

private func standing(_ one: Transfer, _ visit: Visit) -> [GovUK.SummaryRow] {
    var rows = [
        GovUK.SummaryRow("Now", stateTag(one, visit)),
        GovUK.SummaryRow("Asked by", "\(one.proposer), \(one.agencyName), \(London.short(one.proposedAt))"),
    ]
    if one.outcome == nil { rows.append(GovUK.SummaryRow("Answer due", dueTag(one, visit))) }
    if let answered = one.answeredAt {
        rows.append(GovUK.SummaryRow("Answered", "\(one.answerer ?? ""), \(London.dateAndTime(answered))"))
    }
    if !one.reason.isEmpty { rows.append(GovUK.SummaryRow("Why", lines(one.reason))) }
    if let worker = one.workerName { rows.append(GovUK.SummaryRow("Taken by", "\(worker)")) }
    if let ends = one.tailEndsAt {
        rows.append(GovUK.SummaryRow("\(one.agencyName) reads it until", "\(London.dateAndTime(ends))"))
    }
    return rows
}

func transferForm(_ choices: TransferChoices, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(choices.record.id.column)/transfers"
    let agreement = choices.consents.map {
        GovUK.Choice("consent-\($0.id.column)", "They agreed: \($0.to), \($0.purpose)")
    } + TransferAgreement.without.map(\.option)
    let agencies = [GovUK.Choice("", "Choose one")] + choices.partners.map { GovUK.Choice($0.id.column, $0.name) }
    let colleagues = [GovUK.Choice("", "Choose one")] + choices.colleagues
        .filter { $0.id != choices.record.worker }.map { GovUK.Choice($0.id.column, $0.name) }
    return Page(
        "Ask somebody to take the case over", caption: choices.record.reference, errors: answers.errors, back: base,
        above: safeContactBanner(choices.contact, choices.person.id, visit), """
        \(GovUK.paragraph("""
            Until they say yes the case stays with whoever has it, with all its clocks. What is recorded of safe \
            contact and who harms them goes with it by itself.
            """))
        \(notice)\(visit.form(base + "/new", answers, """
            \(GovUK.radios("kind", legend: "Where does it go?", options: TransferKind.options, small: true,
                           in: answers))
            \(GovUK.select("to", label: "Which agency?", options: agencies, in: answers))
            \(GovUK.select("colleague", label: "Or which colleague?", options: colleagues, in: answers))
            \(GovUK.textarea("words", label: "What must they know first?", hint: "Before anybody is in touch.", rows: 4,
                             in: answers))
            \(GovUK.textarea("necessity", label: "Why does it move, and why to them?", hint: "One sentence.", rows: 2,
                             in: answers))
            \(GovUK.radios("agreement", legend: "Do they agree?",
                           hint: "To another agency. Without their agreement a manager asks.", options: agreement,
                           small: true, in: answers))
            \(GovUK.input("purpose", label: "What is it for?", hint: "Left empty: \(TransferForm.usualPurpose).",
                          in: answers))
            \(GovUK.radios("basis", legend: "Lawful basis", hint: "Left empty: safeguarding.",
                           options: SharingBasis.offered.map(\.option), small: true, in: answers))
            \(GovUK.input("tail", label: "For how many days do you still read it?",
                          hint: "Left empty: 28. From 0 to 90, and to read only.", width: .two, inputmode: "numeric",
                          in: answers))
            \(GovUK.button("Ask them"))
            """))
        """)
}

/// One transfer: to whom it was asked, what is told and the answer; to whoever asked, what became of it.
struct TransferView: Sendable {
    let one: Transfer
    /// Nil once it is answered.
    let told: TransferTold?
    /// Who may have it.
    let workers: [Colleague]
    let mayAnswer: Bool
    let mayTakeBack: Bool
}

func transferPage(_ view: TransferView, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let one = view.one
    let here = "/transfers/\(one.id.column)"
    return Page("A case that moves", errors: answers.errors, back: "/transfers", """
        \(GovUK.summaryCard(title: one.to, rows: standing(one, visit)))
        \(view.told.map { toldCard($0, one, visit) })
        \(GovUK.summaryCard(title: "Why", rows: [
            GovUK.SummaryRow("Why it moves", lines(one.necessity)),
            GovUK.SummaryRow("For", "\(one.purpose)"),
            GovUK.SummaryRow("Lawful basis", "\(one.basis.label)\(one.basis.hint.map { ". \($0)" } ?? "")"),
            GovUK.SummaryRow("Their agreement", "\(one.asked.label)"),
        ]))
        \(ways(one, visit))
        \(one.isStale && one.outcome == nil ? staleWords(view, here, visit) : HTML.empty)
        \(notice)\(view.mayAnswer && one.outcome == nil ? answerForms(view, here, answers, visit) : HTML.empty)
        \(view.mayTakeBack && one.outcome == nil ? takeBack(view, here, answers, visit) : HTML.empty)
        """)
}

private func takeBack(_ view: TransferView, _ here: String, _ answers: Answers, _ visit: Visit) -> HTML {
    GovUK.details("Take it back", visit.form(here + "/revoke", answers, """
        \(GovUK.textarea("taken-back", label: "Why is it taken back?", rows: 2, in: answers))
        \(GovUK.button("Take back", kind: .secondary))
        """), open: answers.error(for: "taken-back") != nil)
}

private func ways(_ one: Transfer, _ visit: Visit) -> HTML {
    var links: [HTML] = []
    if one.reference != nil {
        let words = one.newCase == nil ? "The case" : "The case as it was"
        links.append(GovUK.link(words, href: "/cases/\(one.caseID.column)"))
    }
    if let new = one.newCase, visit.viewer.agencies(.viewCases).contains(one.toAgency) {
        links.append(GovUK.link("The case that goes on from it", href: "/cases/\(new.column)"))
    }
    return links.isEmpty || one.outcome == nil && one.reference == nil ? .empty : GovUK.list(links)
}

private func toldCard(_ told: TransferTold, _ one: Transfer, _ visit: Visit) -> HTML {
    let harming = told.harming.map { other in
        [other.who.given, other.who.family].filter { !$0.isEmpty }.joined(separator: " ")
    }.joined(separator: ", ")
    let asked = told.askedAt == nil ? "Nothing is recorded: a first safe call only"
        : told.rule?.words ?? "Not yet asked: a first safe call only"
    let speaks = told.language + (told.interpreter ? ", with an interpreter" : "")
    return GovUK.summaryCard(title: "What you are told", rows: [
        GovUK.SummaryRow("Name", "\(told.name)"),
        GovUK.SummaryRow("Date of birth", "\(told.who.bornOn.words(on: visit.today))"),
        GovUK.SummaryRow("How to contact safely", "\(asked)"),
        GovUK.SummaryRow("Speaks", "\(speaks)"),
        GovUK.SummaryRow("Risk", riskTag(one.risk)),
        GovUK.SummaryRow("Who is harming them", "\(harming.isEmpty ? "Not recorded" : harming)"),
        GovUK.SummaryRow("Know first", lines(told.words)),
    ])
}

private func staleWords(_ view: TransferView, _ here: String, _ visit: Visit) -> HTML {
    let button: HTML = view.mayTakeBack
        ? visit.buttonForm(here + "/renew", "Tell it as it is recorded now") : .empty
    return GovUK.insetText("""
        <p class="govuk-body">How to contact safely has changed since this was told. Nobody can take the case over \
        until \(view.one.agencyName) has told it anew.</p>\(button)
        """)
}

private func answerForms(_ view: TransferView, _ here: String, _ answers: Answers, _ visit: Visit) -> HTML {
    let one = view.one
    let who: HTML = one.kind == .stepDown
        ? GovUK.paragraph("It is yours from then on, with what is due on it.")
        : GovUK.radios("worker", legend: "Who takes it?", options: view.workers.map {
            GovUK.Choice($0.id.column, $0.name, hint: $0.words)
        }, in: answers)
    let accept: HTML = one.isStale ? .empty : visit.form(here + "/accept", answers, """
        \(who)\(GovUK.button(one.kind == .stepDown ? "I take it over" : "Take the case over"))
        """)
    return """
        \(accept)\(GovUK.details("Do not take it over", visit.form(here + "/reject", answers, """
            \(GovUK.textarea("reason", label: "Why not?", hint: "They read this.", rows: 3, in: answers))
            \(GovUK.button("Do not take it over", kind: .secondary))
            """), open: answers.error(for: "reason") != nil))
        """
}

import Foundation
import Pages
import Postgres

/// Two records side by side, and whether they are one person.
func samePersonPage(_ two: TwoRecords, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("The same person?", errors: answers.errors, back: "/people/\(two.person.id.column)", """
        \(sideBySide(two, visit))\(notice)\(samePersonStep(two, answers, visit))\(linkHistory(two))
        """)
}

/// What can be done now: propose it, answer or undo what stands, or nothing. Refused words stay in their form.
private func samePersonStep(_ two: TwoRecords, _ answers: Answers, _ visit: Visit) -> HTML {
    if let link = two.standing, !answers.areRefused {
        let isOwn = link.proposedBy == visit.viewer.account
        return switch link.state {
        case .waiting where isOwn: """
            \(GovUK.insetText("You proposed it: a second person must confirm it."))
            \(GovUK.button("Take it back", kind: .secondary, href: two.path + "/undo"))
            """
        case .waiting: GovUK.button("Read and answer", href: two.path + "/answer")
        default: GovUK.button("Undo the link", kind: .secondary, href: two.path + "/undo")
        }
    }
    if two.areTied, !answers.areRefused {
        return GovUK.insetText("""
            They are recorded as two people: one harms the other, or is their child. Correct that first if it is wrong.
            """)
    }
    return visit.form(two.path, answers, """
        \(GovUK.radios("same", legend: "Are they the same person?", options: [
            GovUK.Choice("yes", "Yes: ask a second person to confirm it"),
            GovUK.Choice("no", "No: two people. It is not suggested again"),
        ], in: answers))
        \(GovUK.textarea("words", label: "How do you know?", hint: "What agrees is kept with it.", rows: 4,
                         in: answers))
        \(GovUK.button("Save"))
        """)
}

func answerLinkPage(
    _ two: TwoRecords, _ link: SamePerson, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let form: HTML = link.proposedBy == visit.viewer.account && !answers.areRefused
        ? GovUK.insetText("You proposed it: a second person must confirm it.")
        : visit.form(two.path + "/answer", answers, """
            \(GovUK.radios("agree", legend: "Are they the same person?", options: [
                GovUK.Choice("yes", "Yes: link the two records"),
                GovUK.Choice("no", "No, or not certain: don’t link them"),
            ], in: answers))
            \(GovUK.textarea("reason", label: "Why?", hint: "Needed when they are not linked.", rows: 4, in: answers))
            \(GovUK.button("Save"))
            """)
    return Page("Is this the same person?", errors: answers.errors, back: two.path, """
        \(sideBySide(two, visit))\(linkCard(link))\(notice)\(form)
        """)
}

func undoLinkPage(
    _ two: TwoRecords, _ link: SamePerson, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let isLinked = link.state == .linked
    return Page(isLinked ? "Undo the link" : "Take it back", errors: answers.errors, back: two.path, """
        \(linkCard(link))
        \(GovUK.paragraph(isLinked ? """
            Nothing was moved from one record to the other, so both are as they were. That they were linked stays on \
            record.
            """ : "What was proposed stays on record."))
        \(notice)\(visit.form(two.path + "/undo", answers, """
            \(GovUK.textarea("words", label: "Why?", rows: 4, in: answers))
            \(GovUK.button(isLinked ? "Undo the link" : "Take it back"))
            """))
        """)
}

private func sideBySide(_ two: TwoRecords, _ visit: Visit) -> HTML {
    func names(_ person: Person) -> HTML {
        .joined(person.otherNames.enumerated().map { index, name -> HTML in
            index == 0 ? "\(name.words)" : "<br>\(name.words)"
        })
    }
    func row(_ what: HTML, _ value: (Person) -> HTML) -> [HTML] { [what, value(two.person), value(two.other)] }
    return """
        \(GovUK.table(caption: "Two records", columns: ["What", "One", "The other"], rows: [
            row("Name") { GovUK.link($0.name, href: "/people/\($0.id.column)") },
            row("Other names", names),
            row("Born") { "\($0.birth.words(on: visit.today))" },
            row("Sex") { "\($0.sex.label)" },
        ]))
        \(GovUK.paragraph("<strong>On both:</strong> \(AgreeingFact.words(two.agrees))."))
        \(GovUK.paragraph("""
            A link moves nothing and puts nobody into a household. Each record stays as it is and says that there is \
            another; what either says about safe contact must be honoured.
            """))
        """
}

private func linkHistory(_ two: TwoRecords) -> HTML {
    if two.history.isEmpty { return .empty }
    return """
        <h2 class="govuk-heading-m">What was said</h2>
        \(HTML.joined(two.history.map(linkCard)))
        """
}

private func linkCard(_ link: SamePerson) -> HTML {
    let isTwo = link.state == .ended(.notSame)
    var rows = [
        GovUK.SummaryRow("Now", linkTag(link.state)),
        GovUK.SummaryRow("On both then", "\(AgreeingFact.words(link.agrees))"),
        GovUK.SummaryRow(isTwo ? "Two people, because" : "The same, because", lines(link.words)),
        GovUK.SummaryRow("Said by", "\(link.proposer), \(London.short(link.proposedAt))"),
    ]
    if let confirmed = link.confirmedAt {
        let words: HTML? = link.confirmedWords.isEmpty ? nil : "<br>\(lines(link.confirmedWords))"
        rows.append(GovUK.SummaryRow(
            "Confirmed by", "\(link.confirmer ?? ""), \(London.short(confirmed))\(words)"))
    }
    if let ended = link.endedAt, !isTwo {
        rows.append(GovUK.SummaryRow(link.because?.label ?? "Ended", """
            \(link.ender ?? ""), \(London.short(ended))<br>\(lines(link.endedWords))
            """))
    }
    return GovUK.summaryCard(title: "\(isTwo ? "Two people" : "The same person"), \(London.short(link.proposedAt))",
                             rows: rows)
}

private func linkTag(_ state: SamePerson.State) -> HTML {
    switch state {
    case .waiting: GovUK.tag("Waits for a second person", colour: .yellow)
    case .linked: GovUK.tag("Linked", colour: .green)
    case .ended(let why): GovUK.tag(why.label, colour: .grey)
    }
}

/// That there is another record of the person, above all else on their page.
func alsoOnRecord(_ linked: [LinkedRecord], of person: UUID, _ visit: Visit) -> HTML {
    let tie = PersonTie(kind: .same, person: person)
    let mayEdit = visit.viewer.may(.editPeople)
    let known = linked.map { other -> HTML in
        let name = GovUK.link(other.name, href: "/people/\(other.person.column)")
        let born: HTML = "born: \(other.birth.words(on: visit.today))"
        let look: HTML = mayEdit && (other.isDirect || other.isWaiting)
            ? GovUK.link(other.isWaiting ? "Read and answer" : "Why, and undo",
                         href: "\(tie.base)/\(other.person.column)", visuallyHidden: "about \(other.name)") : .empty
        return other.isWaiting
            ? GovUK.paragraph("Somebody asks whether this is the same person as \(name) (\(born)). \(look)")
            : GovUK.insetText("""
                <strong>Also on record as \(name)</strong> (\(born)). Read both records: what one says, the other \
                doesn’t. \(look)
                """)
    }
    let ask: HTML = mayEdit
        ? GovUK.paragraph(GovUK.link("On record twice? Look for the other record", href: tie.base + "/search")) : .empty
    return HTML.joined(known) + ask
}

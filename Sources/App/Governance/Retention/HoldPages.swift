import Foundation
import Pages
import Postgres

func holdsPage(_ holds: [LegalHold], _ agencies: [Partner], _ kept: KeptAnswers, _ visit: Visit) -> Page {
    let answers = kept.answers
    func row(_ hold: LegalHold, _ last: HTML) -> [HTML] {
        [GovUK.link(hold.label, href: "/retention/holds/\(hold.id.column)"), "\(hold.agency)", "\(hold.kind.label)",
         last]
    }
    let inForce = holds.filter { $0.lifted == nil }.map { hold in
        row(hold, "\(hold.reviewOn.description) \(lateTag(hold, visit))")
    }
    let lifted = holds.compactMap { hold in
        hold.lifted.map { row(hold, "\($0.by), \(London.short($0.at))") }
    }
    let choices = [GovUK.Choice("", "Choose one")] + agencies.map { GovUK.Choice($0.id.column, $0.name) }
    return Page("Legal holds", errors: answers.errors, wide: true, """
        \(visit.viewer.may(.manageRetention) ? HTML.empty : teamTabs(.deletions, for: visit) ?? .empty)
        \(retentionTabs(.holds, for: visit))
        <p class="govuk-body">While a record is held nothing of it is deleted, and nothing of the same person’s \
        records at other agencies. A hold does not end by itself.</p>
        \(inForce.isEmpty ? GovUK.paragraph("Nothing is held.") : GovUK.table(
            caption: "In force", columns: ["Record", "Agency", "Why", "Look again on"], rows: inForce))
        \(lifted.isEmpty ? HTML.empty : GovUK.table(
            caption: "Lifted", columns: ["Record", "Agency", "Why it was held", "Lifted by"], rows: lifted))
        <h2 class="govuk-heading-m">Place a hold</h2>
        \(kept.notice(visit))\(visit.form("/retention/holds", answers, """
            \(GovUK.select("agency", label: "Whose record is it?", options: choices, in: answers))
            \(GovUK.input("reference", label: "Reference of a case, or the record’s number",
                          hint: "Such as HAR-2026-0012. The number stands in the address of the person’s page.",
                          autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.radios("kind", legend: "Why must it stay?", options: HoldKind.options, small: true, in: answers))
            \(GovUK.textarea("words", label: "What is it needed for?", hint: "Who asked for it, and their reference.",
                             rows: 3, in: answers))
            \(GovUK.dateInput("review", legend: "When does somebody look whether it is still needed?", in: answers))
            \(GovUK.button("Place hold"))
            """))
        """)
}

private func lateTag(_ hold: LegalHold, _ visit: Visit) -> HTML {
    hold.lifted == nil && hold.reviewOn < visit.today ? GovUK.tag("Overdue", colour: .red) : .empty
}

func holdPage(_ hold: LegalHold, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let lifted = hold.lifted.map { lifted in
        [GovUK.SummaryRow("Lifted", "\(lines(lifted.reason))<br>\(lifted.by), \(London.short(lifted.at))")]
    } ?? []
    let form: HTML = hold.lifted != nil ? .empty : """
        <h2 class="govuk-heading-m">Lift it</h2>
        \(visit.form("/retention/holds/\(hold.id.column)", answers, """
            \(GovUK.textarea("reason", label: "Why is it no longer needed?", rows: 3, in: answers))
            \(GovUK.button("Lift hold", kind: .warning))
            """))
        """
    return Page("A legal hold", caption: hold.label, errors: answers.errors, back: "/retention/holds", """
        \(notice)\(GovUK.summaryList([
            GovUK.SummaryRow("Record at", "\(hold.agency)<br><code>\(hold.subject.column)</code>"),
            GovUK.SummaryRow("Why", "\(hold.kind.label)<br>\(lines(hold.words))"),
            GovUK.SummaryRow("Placed by", "\(hold.by), \(London.short(hold.at))"),
            GovUK.SummaryRow("Look again on", "\(hold.reviewOn.description) \(lateTag(hold, visit))"),
        ] + lifted))
        \(form)
        """)
}

func proposalsPage(_ list: [DeletionProposal], _ visit: Visit) -> Page {
    let rows = list.map { one -> [HTML] in
        [GovUK.link(one.label, href: "/retention/proposals/\(one.id.column)"), "\(one.agency)", "\(one.rule.label)",
         "\(one.by), \(London.short(one.at))", stateOf(one)]
    }
    return Page("Deletions", wide: true, """
        \(visit.viewer.may(.manageRetention) ? HTML.empty : teamTabs(.deletions, for: visit) ?? .empty)
        \(retentionTabs(.proposals, for: visit))
        <p class="govuk-body">An officer proposes, a service manager of the agency agrees, refuses or waits; nobody \
        decides on their own. What is agreed is carried out on the server, after everything was checked again.</p>
        \(rows.isEmpty ? GovUK.paragraph("Nothing was proposed.") : GovUK.table(
            caption: "Those that wait come first", columns: ["Record", "Agency", "Rule", "Proposed by", "Stands"],
            rows: rows))
        """)
}

private func stateOf(_ one: DeletionProposal) -> HTML {
    if let done = one.doneAt { return "\(GovUK.tag("Deleted", colour: .grey)) \(London.short(done))" }
    return switch one.decision?.what {
    case nil: GovUK.tag("Waits", colour: .yellow)
    case .agreed: GovUK.tag("Agreed, not carried out", colour: .blue)
    case .refused: GovUK.tag("Refused", colour: .grey)
    case .postponed: "\(GovUK.tag("Postponed", colour: .grey)) \(one.decision?.reviewOn?.description ?? "")"
    }
}

func proposalPage(_ one: DeletionProposal, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let person: [GovUK.SummaryRow] = one.name.map { name in
        [GovUK.SummaryRow("Person", GovUK.link(name, href: "/people/\(one.subject.column)"))]
    } ?? []
    let decided = one.decision.map { decision in
        [GovUK.SummaryRow("Decided", """
            \(decision.what.label)<br>\(lines(decision.reason))<br>\(decision.by), \(London.short(decision.at))
            """)]
    } ?? []
    return Page("A proposed deletion", caption: one.label, errors: answers.errors, back: "/retention/proposals", """
        \(notice)\(GovUK.summaryList([
            GovUK.SummaryRow("Record at", "\(one.agency)<br><code>\(one.subject.column)</code>"),
        ] + person + [
            GovUK.SummaryRow("Rule", "\(one.rule.label)<br>\(one.rule.counted)"),
            GovUK.SummaryRow("Due since", "\(one.dueOn.description)"),
            GovUK.SummaryRow("Proposed", "\(lines(one.reason))<br>\(one.by), \(London.short(one.at))"),
            GovUK.SummaryRow("Stands", stateOf(one)),
        ] + decided))
        \(decisionForm(one, answers, visit))
        """)
}

private func decisionForm(_ one: DeletionProposal, _ answers: Answers, _ visit: Visit) -> HTML {
    guard one.decision == nil, visit.viewer.may(.decideDeletions) else { return .empty }
    if one.proposer == visit.viewer.account, !answers.areRefused {
        return GovUK.insetText("You proposed it: somebody else must decide.")
    }
    return """
        <h2 class="govuk-heading-m">Decide</h2>
        <p class="govuk-body">Read the record first. Does anybody still need it: the person, a child, a court? What \
        is deleted can’t be brought back; numbers for statistics stay.</p>
        \(visit.form("/retention/proposals/\(one.id.column)", answers, """
            \(GovUK.radios("decision", legend: "What do you decide?", options: DeletionDecision.options, in: answers))
            \(GovUK.dateInput("review", legend: "Not yet: from which day may it be proposed again?", in: answers))
            \(GovUK.textarea("reason", label: "What did you look at, and why do you decide so?", rows: 3, in: answers))
            \(GovUK.button("Save decision"))
            """))
        """
}

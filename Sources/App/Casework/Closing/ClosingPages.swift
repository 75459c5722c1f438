import Foundation
import Pages

/// The form with which a case ends. What still waits is listed first: it ends too.
func closePage(_ ending: CaseEnding, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let record = ending.record
    let second: HTML? = record.needsTwoToClose ? GovUK.warningText(
        "The case is high risk: it stays open until a second person agrees.") : nil
    return Page(
        "Close the case", caption: record.reference, errors: answers.errors, back: ending.path,
        above: safeContactBanner(ending.contact, record.person, visit), """
        \(second)\(waitingList(ending, visit))
        \(ending.takesOutcomes ? exitFirst(ending) : HTML.empty)\(notice)
        \(visit.form(ending.path + "/close", answers, """
            \(GovUK.hidden("version", String(record.version)))
            \(GovUK.radios("reason", legend: "Why does the case end?", options: ClosingReason.options, in: answers))
            \(GovUK.textarea("summary", label: "What was done, and what is left?", rows: 6, in: answers))
            \(GovUK.input("step-down", label: "Where do they go next?",
                          hint: "Another service, or nobody. Who may be rung if it starts again.", in: answers))
            \(GovUK.radios("abuse", legend: "Since the case was opened, the abuse has", options: AbuseChange.options,
                           small: true, in: answers))
            \(GovUK.radios("feels", legend: "How safe do they feel now?", options: FeltSafety.options, small: true,
                           in: answers))
            \(GovUK.textarea("feedback", label: "What they say of the support, in their own words", rows: 4,
                             in: answers))
            \(GovUK.button(record.needsTwoToClose ? "Propose to close" : "Close the case"))
            """))
        """)
}

private func exitFirst(_ ending: CaseEnding) -> HTML {
    GovUK.paragraph("""
        \(GovUK.link("Intake, review and exit", href: ending.path + "/outcomes")): take the exit first if you can. \
        If not, it stays due for a week after closing.
        """)
}

private func waitingList(_ ending: CaseEnding, _ visit: Visit) -> HTML {
    let waiting = ending.waiting.filter { $0.kind != .closing }
    if waiting.isEmpty { return .empty }
    let items = waiting.map { task -> HTML in
        "\(task.kind.label): \(ContactClock.words(due: task.due, at: visit.now).lowercased())"
    }
    return GovUK.insetText("""
        <p class="govuk-body">Still waiting. It ends with the case:</p>\(GovUK.list(items))
        """)
}

/// What the second person reads and answers.
func confirmClosingPage(
    _ ending: CaseEnding, _ closing: Closing, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let form: HTML = closing.proposedBy == visit.viewer.account && !answers.areRefused
        ? GovUK.insetText("You proposed to close it: a second person must agree. It is on your agency’s list.")
        : visit.form(ending.path + "/close/confirm", answers, """
            \(GovUK.radios("agree", legend: "It is high risk. Do you agree that it is closed?", options: [
                GovUK.Choice("yes", "Yes: it is closed from now"), GovUK.Choice("no", "No: it stays open"),
            ], in: answers))
            \(GovUK.textarea("reason", label: "Why?", hint: "Needed when it stays open.", rows: 4, in: answers))
            \(GovUK.button("Save"))
            """)
    return Page(
        "May the case be closed?", caption: ending.record.reference, errors: answers.errors, back: ending.path,
        above: safeContactBanner(ending.contact, ending.record.person, visit), """
        \(closingFacts(closing))\(waitingList(ending, visit))\(notice)\(form)
        """)
}

/// A closing, as whoever reads the case or has to agree sees it.
func closingFacts(_ closing: Closing) -> HTML {
    func typed(_ text: String) -> HTML { text.isEmpty ? "Nothing recorded" : lines(text) }
    let agreed = closing.decider.map { [GovUK.SummaryRow("Agreed by", "\($0)")] } ?? []
    return GovUK.summaryList([
        GovUK.SummaryRow("Why it ends", "\(closing.reason.label)"),
        GovUK.SummaryRow("What was done, and what is left", typed(closing.summary)),
        GovUK.SummaryRow("Where next", typed(closing.stepDown)),
        GovUK.SummaryRow("The abuse has", "\(closing.abuse.label)"),
        GovUK.SummaryRow("They feel", "\(closing.feels.label)"),
        GovUK.SummaryRow("In their own words", typed(closing.feedback)),
        GovUK.SummaryRow("Risk then", "\(closing.risk.label)"),
        GovUK.SummaryRow("Proposed by", "\(closing.proposer), \(London.dateAndTime(closing.proposedAt))"),
    ] + agreed)
}

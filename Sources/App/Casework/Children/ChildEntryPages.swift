import Foundation
import Pages
import Postgres

func childEntryPage(_ about: ChildAtHand, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page(about.kind.pageTitle, caption: about.child.name, errors: answers.errors,
         back: "/people/\(about.child.id.column)/child", """
        \(notice)\(childEntryForm(about, answers, button: "Save", visit))
        """)
}

private func childEntryForm(_ about: ChildAtHand, _ answers: Answers, button: String, _ visit: Visit) -> HTML {
    visit.form(about.action, answers, """
        \(ChildEntryForm.fields(about.kind, about.choices, answers))\(GovUK.button(button))
        """)
}

/// A colleague saved while this was being written: both are shown, and neither is lost.
func overtakenEntryPage(_ about: ChildAtHand, _ answers: Answers, _ visit: Visit) -> Page {
    let back = "/people/\(about.child.id.column)/child"
    var again = answers
    again.set("submission", "")
    guard let theirs = about.entry else {
        return Page("Someone else changed this too", caption: about.child.name, back: back, """
            <p class="govuk-body">A colleague has taken this back. What you typed is not saved: it is here to be
            copied.</p>
            \(GovUK.insetText(.joined(about.kind.fields.map { field -> HTML in
                "<p class=\"govuk-body\">\(lines(answers[field.name]))</p>"
            })))
            """)
    }
    let saved = theirs.body.sorted { $0.key < $1.key }.map { field, text in
        GovUK.SummaryRow(about.kind.fields.first { $0.name == field }?.label ?? "", lines(text))
    }
    let first = [
        GovUK.SummaryRow("Day", "\(theirs.day.description)"),
        theirs.kind.words.map { _ in GovUK.SummaryRow("Answer", "\(theirs.kind.label(of: theirs.word))") },
        theirs.workerName.map { GovUK.SummaryRow("Worker", "\($0)") },
    ]
    return Page("Someone else changed this too", caption: about.child.name, errors: answers.errors, back: back, """
        <p class="govuk-body">While you were writing, \(theirs.by) saved this. Yours is not saved yet.</p>
        \(GovUK.summaryList(first.compactMap(\.self) + saved))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: back)), or check yours below and save it instead.
        Theirs stays among what was changed.</p>
        \(childEntryForm(about, again, button: "Save mine", visit))
        """)
}

func withdrawEntryPage(_ about: ChildAtHand, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let back = "/people/\(about.child.id.column)/child"
    guard let entry = about.entry, !about.isOvertaken else {
        return Page("Take back", caption: about.child.name, back: back, """
            <p class="govuk-body">A colleague has changed this, or taken it back. Nothing of yours is saved.</p>
            """)
    }
    return Page("Take back", caption: about.child.name, errors: answers.errors, back: back, """
        <p class="govuk-body">\(entry.kind.label), \(entry.day.description)\
        \(entry.body["words"].map { ": \($0)" } ?? "").</p>
        <p class="govuk-body">For what was put down by mistake. It is no longer shown as so; that it was, and why it was
        taken back, stays to be read.</p>
        \(notice)\(visit.form("\(back)/entries/\(entry.id.column)/withdraw", answers, """
            \(GovUK.textarea("reason", label: "Why is it taken back?", rows: 3, in: answers))
            \(GovUK.button("Take back", kind: .warning))
            """))
        """)
}

extension ChildEntryKind {
    /// Neutral: the browser's tab shows it.
    fileprivate var pageTitle: String { self == .harm ? "What they saw, heard or felt" : label }
}

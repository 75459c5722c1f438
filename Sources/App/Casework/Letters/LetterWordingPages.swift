import Foundation
import Pages
import Postgres

func letterWordingsPage(_ found: [LetterWording]) -> Page {
    let several = Set(found.map(\.agency)).count > 1
    let rows = found.map { one -> [HTML] in
        let unused: HTML = one.isUsed ? .empty : GovUK.tag("No longer used", colour: .grey)
        return [
            "\(GovUK.link(one.title, href: "/team/letters/write?template=\(one.template.column)")) \(unused)",
            "\(one.addressee.label)", "\(London.short(one.writtenAt)), \(one.writtenBy)",
        ] + (several ? ["\(one.agencyName)"] : [])
    }
    return Page("Letters to begin from", back: "/team", wide: true, """
        <p class="govuk-body">What your agency’s workers may begin a letter with, beside the program’s own. A letter \
        that was begun keeps its words.</p>
        \(GovUK.button("Write one", href: "/team/letters/write"))
        \(found.isEmpty ? plain(["None written yet."]) : GovUK.table(
            caption: "Your agency’s", columns: ["Title", "Whom they are for", "Written"] + (several ? ["Whose"] : []),
            rows: rows))
        """)
}

func letterWordingPage(
    _ draft: LetterWordingDraft, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page(
        draft.wording == nil ? "Write a letter to begin from" : "Change a letter to begin from", errors: answers.errors,
        back: "/team/letters", "\(notice)\(letterWordingForm(draft, answers, visit))")
}

private func letterWordingForm(_ draft: LetterWordingDraft, _ answers: Answers, _ visit: Visit) -> HTML {
    let whose: HTML? = draft.wording != nil || draft.agencies.count < 2 ? nil : GovUK.radios(
        "agency", legend: "Whose letter is it?", options: draft.agencies.map { GovUK.Choice($0.id.column, $0.name) },
        small: true, in: answers)
    let out: HTML? = draft.wording == nil ? nil : GovUK.checkboxes(
        "out", legend: "Is it still used?", options: [GovUK.Choice("yes", "Nobody begins from it any more")],
        small: true, in: answers)
    return visit.form("/team/letters/write", answers, """
        \(GovUK.hidden("template", answers["template"]))\(GovUK.hidden("version", answers["version"]))\(whose)
        \(GovUK.input(
            "title", label: "Title", hint: "Workers choose by it, and the case’s timeline has it.", in: answers))
        \(GovUK.radios(
            "addressee", legend: "Whom are such letters for?", options: LetterAddressee.options, small: true,
            in: answers))
        \(GovUK.textarea(
            "body", label: "The letter", hint: """
                [name] becomes the name of whoever the case is about, [my name] the writer’s. What else stands in \
                [brackets] must be filled in before a letter leaves. Whoever finds it should learn nothing: no name of \
                a service, no word of what happened.
                """, rows: 16, in: answers))
        \(out)
        \(GovUK.button("Save"))
        """)
}

/// A colleague saved it while this was being written: both are shown, and neither is lost.
func letterWordingConflictPage(_ theirs: LetterWordingDraft, _ answers: Answers, _ visit: Visit) -> Page {
    let saved = theirs.wording
    return Page("Someone else changed this too", back: "/team/letters", """
        <h2 class="govuk-heading-m">Saved</h2>
        \(GovUK.insetText("<strong>\(saved?.title ?? "")</strong><br>\(lines(saved?.body ?? ""))"))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: "/team/letters"))</p>
        <h2 class="govuk-heading-m">Yours</h2>
        \(letterWordingForm(theirs, answers.again(over: saved?.version ?? 0), visit))
        """)
}

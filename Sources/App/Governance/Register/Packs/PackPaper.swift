import Foundation
import Pages
import Postgres

/// What leaves, piece by piece.
func packContent(_ pack: Pack, _ items: [PackItem]) -> HTML {
    let leaves = items.leaving
    let letter = PackLetter.lines(pack.kind, isEmpty: leaves.isEmpty).map { GovUK.paragraph("\($0)") }
    let pieces = leaves.map { item -> HTML in
        """
        <section><h2 class="govuk-heading-s">\(item.heading)</h2>
        <p class="govuk-body">\(item.writtenBy)</p>
        <p class="govuk-body">\(lines(item.left.text))</p></section>
        """
    }
    return .joined(letter + pieces)
}

/// The pages as they leave: for whom they are stands on each.
func packPaper(_ pack: Pack, _ items: [PackItem]) throws -> Page {
    guard pack.state == .released, let released = pack.released else { throw Refusal.notFound }
    var page = Page("Notes", back: pack.href, wide: true, """
        <p class="govuk-body drystone-unprinted">Print this page from the browser’s menu. That it was opened is
        recorded.</p>
        <p class="govuk-body-s">\(pack.mark). \(London.day(of: released.at).description)</p>
        \(packContent(pack, items))
        <p class="drystone-watermark" aria-hidden="true">\(pack.mark)</p>
        """)
    page.isPaper = true
    return page
}

/// One piece: as it stands on record, what was found in it, and what becomes of it.
func packItemPage(_ pack: Pack, _ item: PackItem, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let mayDecide = visit.viewer.keepsRegister && pack.state == .deciding
    let decided: HTML = item.decision.map { decision in
        let rows = [
            GovUK.SummaryRow("Decided", "\(decision.label)\(item.ground.map { ": \($0.label)" } ?? "")"),
            GovUK.SummaryRow("Why", lines(item.left.reason)),
            GovUK.SummaryRow("What leaves", lines(item.left.text)),
            GovUK.SummaryRow("By", "\(item.by)\(item.decidedAt.map { ", \(London.short($0))" } ?? "")"),
        ]
        return GovUK.summaryList(rows)
    } ?? .empty
    return Page("A piece", caption: "\(pack.label), \(item.number) of \(pack.items)", errors: answers.errors,
                back: pack.href, """
        \(notice)<h2 class="govuk-heading-m">\(item.heading)</h2>
        <p class="govuk-body">\(item.writtenBy)</p>
        \(GovUK.insetText(lines(item.piece.text)))\(decided)
        \(mayDecide ? itemForm(pack, item, answers, visit) : HTML.empty)
        """)
}

private func itemForm(_ pack: Pack, _ item: PackItem, _ answers: Answers, _ visit: Visit) -> HTML {
    let always = item.piece.found.filter(\.mustGo).map { "\($0.words) (\($0.kind.lowercased()))" }
    let found = item.piece.found.enumerated().filter { !$0.element.mustGo }.map { index, one in
        GovUK.Choice(String(index), one.words, hint: [one.kind, one.whose].compactMap { $0 }.joined(separator: ", "))
    }
    let boxes: HTML? = found.isEmpty ? nil : GovUK.checkboxes(
        "gone", legend: "Which of what was found is taken out?",
        hint: "Unless you include it as it is. Their own may stay.", options: found, small: true, in: answers)
    let grounds = [GovUK.Choice("", "Choose one")] + PackGround.allCases.map { GovUK.Choice($0.rawValue, $0.label) }
    let laws = PackGround.allCases.map { "\($0.label): \($0.hint ?? "")" as HTML }
    let must: HTML? = always.isEmpty ? nil
        : GovUK.warningText("Taken out whatever you choose: \(always.joined(separator: ", ")).")
    return """
        \(must)
        \(visit.form("\(pack.href)/items/\(item.id.column)", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("decision", legend: "What becomes of it?", options: PackDecision.options, small: true,
                           in: answers))
            \(boxes)
            \(GovUK.textarea("also", label: "Other words that are taken out", hint: "As they stand, one thing a line.",
                             rows: 3, in: answers))
            \(GovUK.select("ground", label: "If not all of it leaves, why?", options: grounds, in: answers))
            \(GovUK.details("What the law says", GovUK.list(laws)))
            \(GovUK.textarea("reason", label: "The reason, in words", rows: 3, in: answers))
            \(GovUK.radios("address", legend: """
                Does what leaves say where somebody lives, works, goes to school or can be found?
                """, options: [GovUK.Choice("no", "No"), GovUK.Choice("yes", "Yes")], small: true, in: answers))
            \(GovUK.button("Save and go to the next"))
            """))
        """
}

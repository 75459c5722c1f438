import Foundation
import Pages
import Postgres
import Statistics

/// What has left; and for the analyst, what waits.
func releasesPage(_ lines: [FigureReleaseLine], handedIn: Set<Day>, _ visit: Visit) -> Page {
    let released = Set(lines.map(\.quarter.period.from))
    let waiting = FigureQuarter.ended(by: visit.today).filter {
        handedIn.contains($0.period.from) && !released.contains($0.period.from)
    }
    let list: HTML = lines.isEmpty ? plain(["Nothing has been released yet."]) : GovUK.table(
        caption: "Released, the newest quarter first", columns: ["Quarter", "Counted by", "Released on"],
        rows: lines.map { line -> [HTML] in
            [GovUK.link(line.quarter.title, href: line.path), "\(line.agencies.joined(separator: ", "))",
             "\(London.day(of: line.at).description)"]
        })
    return Page("Figures", wide: true, """
        <p class="govuk-body">Safe accommodation in the partnership, quarter by quarter. Small numbers are withheld, \
        and others so that these can’t be worked out.</p>
        \(visit.viewer.may(.releaseFigures) ? waitingQuarters(waiting) : HTML.empty)
        \(list)
        \(visit.viewer.may(.planCapacity) ? GovUK.paragraph(
            GovUK.link("How many spaces are needed", href: "/capacity")) : HTML.empty)
        """)
}

private func waitingQuarters(_ waiting: [FigureQuarter]) -> HTML {
    if waiting.isEmpty { return GovUK.insetText("No quarter waits: nothing was handed in that has not been released.") }
    return """
        <h2 class="govuk-heading-m">Handed in, not released</h2>
        <ul class="govuk-list">\(HTML.joined(waiting.map {
            "<li>\(GovUK.link($0.title, href: "/figures/prepare?quarter=\($0.key)"))</li>"
        }))</ul>
        """
}

/// What would leave of a quarter.
struct ReleaseDraft {
    let quarter: FigureQuarter
    let returns: [FigureReturn]
    /// Agencies that handed in another quarter and not this one.
    let missing: [String]
    let isReleased: Bool
    /// What the control decided, or why nothing may leave.
    let decided: Result<Release, DisclosureRefusal>

    /// Which of each agency's returns these are: what was looked at is what leaves.
    var mark: String { returns.map { "\($0.agency.column) \($0.number)" }.joined(separator: ", ") }
}

/// For the analyst alone: the counts, and what is withheld and why.
func releaseDraftPage(_ draft: ReleaseDraft, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Release a quarter", caption: draft.quarter.title, errors: answers.errors, back: "/figures", wide: true, """
        \(notice)\(GovUK.summaryList([
            GovUK.SummaryRow("Handed in by", handedIn(draft.returns)),
            GovUK.SummaryRow("No return", "\(draft.missing.isEmpty ? "None" : draft.missing.joined(separator: ", "))"),
        ]))
        \(decision(draft, answers, visit))
        """)
}

private func handedIn(_ returns: [FigureReturn]) -> HTML {
    if returns.isEmpty { return "Nobody" }
    let lines = returns.map { one -> HTML in
        let again = one.number > 1 ? ", \(one.number) times" : ""
        return "<li>\(one.agencyName), on \(London.short(one.at)) by \(one.by)\(again)</li>"
    }
    return "<ul class=\"govuk-list\">\(HTML.joined(lines))</ul>"
}

private func decision(_ draft: ReleaseDraft, _ answers: Answers, _ visit: Visit) -> HTML {
    if draft.returns.isEmpty { return .empty }
    switch draft.decided {
    case .failure(let refusal):
        return """
            \(GovUK.warningText("Nothing of this quarter may leave."))
            <p class="govuk-body">\(refusal.words)</p>
            """
    case .success(let release):
        let reasons = release.outcome.hidden.flatMap { cell in cell.names.map { ($0, cell.reason) } }
        let hidden = Dictionary(reasons) { first, _ in first }
        return """
            <p class="govuk-body">Withheld: \(release.outcome.primary.count) small numbers and \
            \(release.outcome.complementary.count) others that would give them away. Each withheld number could be any \
            of several, as far as a reader can work out from these tables and all that left before. \
            <strong>This page shows all of them: it is for you alone.</strong></p>
            \(HTML.joined(release.record.map { table in
                countGrid(table.name, table.dimensions) { at in draftCell(table, at, hidden[table.id(at)]) }
            }))
            \(draft.isReleased ? GovUK.insetText("Released already.") : visit.form(
                "/figures/prepare", answers, keepsDraft: false, """
                \(GovUK.hidden("quarter", draft.quarter.key))\(GovUK.hidden("returns", draft.mark))
                \(GovUK.checkboxes("looked", legend: "Before it leaves", options: [
                    GovUK.Choice("yes", "I have looked at what is withheld and at who has not handed in"),
                ], in: answers))
                <p class="govuk-body">Once released, a quarter stays as it is: a number that changes can be compared \
                with itself.</p>
                \(GovUK.button("Release"))
                """))
            """
    }
}

private func draftCell(_ table: CountTable, _ at: [String], _ reason: HiddenReason?) -> HTML {
    let count: Int = switch table.cells[at] {
    case .shown(let count), .count(let count), .hidden(let count?): count
    case .hidden(nil), nil: 0
    }
    guard let reason else { return "\(count)" }
    let why = switch reason {
    case .small: "small"
    case .single: "one provider"
    case .protects: "protects another"
    case .hiddenEarlier: "withheld before"
    }
    return "\(count) \(GovUK.tag("Withheld: \(why)", colour: .yellow))"
}

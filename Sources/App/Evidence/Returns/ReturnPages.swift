import Foundation
import Pages
import Postgres

/// Where one agency stands with one quarter.
struct ReturnState: Sendable {
    let quarter: FigureQuarter
    let agency: UUID
    /// The agencies that the reader may hand in for, by name.
    let agencies: [(id: UUID, name: String)]
    /// As they stand now.
    let counts: [FigureCount]
    /// As they were handed in last.
    let handedIn: FigureReturn?
    let isReleased: Bool
    /// The quarters of which something was handed in, by their first days.
    let quartersHandedIn: Set<Day>

    static func path(_ quarter: FigureQuarter, _ agency: UUID) -> String {
        "/team/homes/return?quarter=\(quarter.key)&agency=\(agency.column)"
    }
    var agencyName: String { agencies.first { $0.id == agency }?.name ?? "" }
}

func returnPage(_ state: ReturnState, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let counts = state.isReleased ? state.handedIn?.counts ?? [] : state.counts
    return Page("Hand in a quarter", errors: answers.errors, back: "/team/homes", wide: true, """
        \(notice)\(quarterLinks(state, visit))
        \(agencyLinks(state))
        <p class="govuk-body">What \(state.agencyName) counts of \(state.quarter.title). The partnership’s analyst \
        sees these numbers, small ones too; nobody else does. What is released of them is made safe first.</p>
        \(standing(state))
        \(HTML.joined(FigureTable.allCases.map { countTable($0, counts) }))
        \(state.isReleased ? HTML.empty : visit.form("/team/homes/return", answers, keepsDraft: false, """
            \(GovUK.hidden("quarter", state.quarter.key))\(GovUK.hidden("agency", state.agency.column))
            \(GovUK.checkboxes("looked", legend: "Before you hand them in", options: [
                GovUK.Choice("yes", "I have looked at these numbers and they are right"),
            ], in: answers))
            \(GovUK.button(state.handedIn == nil ? "Hand in" : "Hand in again"))
            """))
        """)
}

private func quarterLinks(_ state: ReturnState, _ visit: Visit) -> HTML {
    GovUK.subNavigation(FigureQuarter.ended(by: visit.today, count: 5).reversed().map { quarter in
        let mark = state.quartersHandedIn.contains(quarter.period.from) ? ", handed in" : ""
        return GovUK.Item(
            quarter.title + mark, href: ReturnState.path(quarter, state.agency),
            current: quarter == state.quarter)
    }, label: "Quarters")
}

private func agencyLinks(_ state: ReturnState) -> HTML? {
    if state.agencies.count < 2 { return nil }
    return GovUK.subNavigation(state.agencies.map {
        GovUK.Item($0.name, href: ReturnState.path(state.quarter, $0.id),
                   current: $0.id == state.agency)
    }, label: "Agencies")
}

private func standing(_ state: ReturnState) -> HTML {
    guard let last = state.handedIn else {
        return GovUK.insetText(
            state.isReleased ? "The quarter was released without these numbers." : "Not handed in yet.")
    }
    let again: HTML = state.isReleased
        ? "The quarter has been released: these numbers stay as they are."
        : last.counts == state.counts
            ? "Nothing has changed since. Until the quarter is released it may be handed in again."
            : "<strong>They have changed since.</strong> Until the quarter is released it may be handed in again."
    return GovUK.insetText("Handed in on \(London.short(last.at)) by \(last.by). \(again)")
}

private func countTable(_ table: FigureTable, _ counts: [FigureCount]) -> HTML {
    let areas = Set(counts.filter { $0.table == table && !$0.area.isEmpty }.map(\.area)).sorted()
    let codes = counts.codes(of: table)
    let whole = counts.amount(table)
    let rows = codes.map { code -> [HTML] in
        ["\(table.words(code))"] + areas.map { "\(counts.amount(table, code, from: $0))" }
            + ["\(counts.amount(table, code))"]
    }
    let sum: [HTML] = ["<strong>All</strong>"] + areas.map { "\(counts.amount(table, from: $0))" } + ["\(whole)"]
    return """
        \(GovUK.table(
            caption: table.title, columns: [GovUK.Column("What")] + areas.map { .numeric($0) } + [.numeric("All")],
            rows: rows + [sum]))
        <p class="govuk-body-s">\(table.definition)</p>
        """
}

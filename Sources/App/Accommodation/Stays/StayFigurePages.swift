import Foundation
import Pages
import Postgres

extension Site {
    /// Length of stay, occupancy and void nights of the reader's own units.
    mutating func addStayFigures() {
        get("units/occupancy", .needs(.manageUnits)) { visit in
            let asked = OutputsAsked(visit)
            var periods = asked.periods(on: visit.today)
            // A median of a year is no sum of its quarters.
            if asked.period == nil, let year = asked.whole(on: visit.today) { periods.append(("Year", year)) }
            let wanted = periods
            let columns = try await visit.read { db in try db.stayFigures(wanted, visit) }
            let page = stayFiguresPage(asked, columns, visit)
            return asked.answers.areRefused ? .invalid(page) : .page(page)
        }
    }
}

private func stayFiguresPage(_ asked: OutputsAsked, _ columns: [StayColumn], _ visit: Visit) -> Page {
    let figures: HTML = columns.last.map { whole in
        """
        \(figureTable(columns, whole))\(openWords(whole))\(kindTable(whole))
        """
    } ?? plain(["The year has not begun."])
    return Page("Stays and empty days", errors: asked.answers.errors, back: "/units", wide: true, """
        \(asked.years("/units/occupancy", on: visit.today))
        <p class="govuk-body">Of the units of your agency. A move from one unit to another is one stay. Nights are \
        counted until today. Small numbers may tell who somebody is: this page is for inside the service.</p>
        \(figures)\(GovUK.details("What each figure counts", GovUK.table(
            caption: "What each figure counts", captionHidden: true, columns: ["Figure", "What is counted", "Of what"],
            rows: StayFigure.allCases.map { ["\($0.label)", "\($0.numerator).", "\($0.denominator)."] })))
        \(asked.anotherPeriod("/units/occupancy"))
        """)
}

private func figureTable(_ columns: [StayColumn], _ whole: StayColumn) -> HTML {
    GovUK.table(
        caption: whole.period.words, columns: [GovUK.Column("Figure")] + columns.map { .numeric($0.title) },
        rows: StayFigure.allCases.map { figure -> [HTML] in
            ["\(figure.label)"] + columns.map { "\(figure.words($0.all))" }
        })
}

/// Stays that go on are no part of a mean of lengths, and that is said.
private func openWords(_ whole: StayColumn) -> HTML {
    let open = whole.all.open
    if open == 0 { return .empty }
    return GovUK.insetText("""
        \(open) stay\(open == 1 ? "" : "s") went on at the end. How long \(open == 1 ? "it" : "they") will last nobody \
        knows yet: no mean or median has \(open == 1 ? "it" : "them"), and as the long ones are more often among those \
        that go on, both are likely too short.
        """)
}

private func kindTable(_ whole: StayColumn) -> HTML {
    if whole.kinds.count < 2 { return .empty }
    return GovUK.table(
        caption: "By kind of service, \(whole.period.words)",
        columns: [GovUK.Column("Figure")] + whole.kinds.map { .numeric($0.0.label) },
        rows: StayFigure.allCases.map { figure -> [HTML] in
            ["\(figure.label)"] + whole.kinds.map { "\(figure.words($0.1))" }
        })
}

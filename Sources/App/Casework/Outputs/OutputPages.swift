import Foundation
import Pages

func outputsPage(_ asked: OutputsAsked, _ counted: CountedOutputs, _ visit: Visit) -> Page {
    let columns = counted.columns
    let isYear = asked.period == nil
    let headings = columns.map { GovUK.Column.numeric($0.title) } + (isYear ? [.numeric("Year")] : [])
    let rows = Output.allCases.map { output -> [HTML] in
        let cells = columns.map { cell(output, $0.amount(output), $0.period) }
        guard isYear, let first = asked.year.quarters.first, let last = asked.year.quarters.last else {
            return ["\(output.label)"] + cells
        }
        let sum = output.isRecorded ? columns.reduce(0) { $0 + ($1.amount(output) ?? 0) } : nil
        return ["\(output.label)"] + cells + [cell(output, sum, Period(from: first.from, until: last.until))]
    }
    let period = asked.words
    return Page("Outputs", errors: asked.answers.errors, wide: true, """
        \(teamTabs(.outputs))\(asked.years("/team/outputs", on: visit.today))
        <p class="govuk-body">\(counted.area.joined(separator: ", ")), all areas. Each number leads to what it counts. \
        Small numbers may tell who somebody is: this page is for inside the service. \
        A restricted case counts for those who may see it. Counted at \(London.short(counted.at)).</p>
        \(columns.isEmpty ? plain(["The year has not begun."]) : GovUK.table(
            caption: period, columns: [GovUK.Column("Output")] + headings, rows: rows))
        \(isYear && !columns.isEmpty ? outputsChart(columns) : HTML.empty)
        \(asked.anotherPeriod("/team/outputs"))
        """)
}

private func cell(_ output: Output, _ amount: Int?, _ period: Period) -> HTML {
    let href = "/team/outputs/rows?measure=\(output.rawValue)&from=\(period.from.column)&until=\(period.until.column)"
    return GovUK.link(
        amount.map(String.init) ?? "not recorded yet", href: href, visuallyHidden: "\(output.label), \(period.words)")
}

/// What a number counts, when, where; and the rows behind it for those who may see them.
func outputRowsPage(
    _ output: Output, _ counted: CountedOutputs, _ rows: [OutputRow], isFirst: Bool
) -> Page {
    let column = counted.columns[0]
    let base = "/team/outputs/rows?measure=\(output.rawValue)&from=\(column.period.from.column)"
        + "&until=\(column.period.until.column)"
    let shown = Array(rows.prefix(25))
    let next = rows.count > 25 ? shown.last.map { "\(base)&before=\(Keyset(at: $0.at, id: $0.id).text)" } : nil
    let nothing = output.isRecorded ? "There is nothing to open." : "Nothing is recorded yet."
    let list: HTML = shown.isEmpty ? plain([nothing])
        : GovUK.table(caption: "What you may open, newest first", columns: ["What", "When"], rows: shown.map {
            [GovUK.link($0.words, href: $0.href), "\(London.short($0.at))"]
        })
    return Page("Output", heading: output.label, back: "/team/outputs", """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Number", "\(column.amount(output).map(String.init) ?? "not recorded yet")"),
            GovUK.SummaryRow("What it counts", "\(output.definition)"),
            GovUK.SummaryRow("Period", "\(column.period.words), London time"),
            GovUK.SummaryRow("Counted", "\(London.short(counted.at))"),
            GovUK.SummaryRow("Area", "\(counted.area.joined(separator: ", ")), all areas"),
        ]))
        \(list)
        \(GovUK.pagination(previous: isFirst ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}

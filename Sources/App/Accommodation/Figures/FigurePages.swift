import Foundation
import Pages

func housingFiguresPage(
    _ asked: OutputsAsked, _ columns: [HousingColumn], _ reasons: [ReasonCount], _ area: [String], _ visit: Visit
) -> Page {
    let isYear = asked.period == nil
    let headings = columns.map { GovUK.Column.numeric($0.title) } + (isYear ? [.numeric("Year")] : [])
    let rows = HousingFigure.allCases.map { figure -> [HTML] in
        let cells = columns.map { cell(figure, $0.amounts[figure] ?? 0, $0.period) }
        let name: HTML = figure.isPart ? "\(figure.label)" : "<strong>\(figure.label)</strong>"
        guard isYear, let first = asked.year.quarters.first, let last = asked.year.quarters.last else {
            return [name] + cells
        }
        let sum = columns.reduce(0) { $0 + ($1.amounts[figure] ?? 0) }
        return [name] + cells + [cell(figure, sum, Period(from: first.from, until: last.until))]
    }
    let period = asked.words
    return Page("Homes asked for", errors: asked.answers.errors, wide: true, """
        \(teamTabs(.homes))\(asked.years("/team/homes", on: visit.today))
        <p class="govuk-body">\(area.joined(separator: ", ")), all areas. Each number leads to what it counts and how. \
        Small numbers may tell who somebody is: this page is for inside the service. \
        A restricted case counts for those who may see it.</p>
        \(columns.isEmpty ? plain(["The year has not begun."]) : GovUK.table(
            caption: period, columns: [GovUK.Column("Figure")] + headings, rows: rows))
        \(GovUK.paragraph(GovUK.link(
            "Who refused for no local connection, which the law does not allow", href: "/team/homes/local-connection")))
        <p class="govuk-body">\(GovUK.link("Hand in a quarter", href: "/team/homes/return")) for the partnership’s \
        figures. \(GovUK.link("What has been released", href: "/figures"))</p>
        \(columns.isEmpty ? HTML.empty : reasonBars(reasons, period))
        \(asked.anotherPeriod("/team/homes"))
        """)
}

private func cell(_ figure: HousingFigure, _ amount: Int, _ period: Period) -> HTML {
    let href = "/team/homes/rows?measure=\(figure.rawValue)&from=\(period.from.column)&until=\(period.until.column)"
    return GovUK.link(String(amount), href: href, visuallyHidden: "\(figure.label), \(period.words)")
}

/// Why it came to nothing, as bars with their numbers: the service's reasons, and the household's own.
private func reasonBars(_ reasons: [ReasonCount], _ period: String) -> HTML {
    guard let most = reasons.first else {
        return "<p class=\"govuk-body\">No reasons were put down in this period.</p>"
    }
    let bars = reasons.prefix(14).enumerated().map { place, one -> HTML in
        let (y, width) = (place * 22, max(2, one.amount * 150 / most.amount))
        return """
            <text x="150" y="\(y + 14)" font-size="11" text-anchor="end" fill="currentColor">\(one.reason.short)</text>\
            <rect x="156" y="\(y + 3)" width="\(width)" height="15" fill="\(colour(one.state))"/>\
            <text x="\(160 + width)" y="\(y + 14)" font-size="11" fill="currentColor">\(one.amount)</text>
            """
    }
    let height = min(reasons.count, 14) * 22
    let finding = "“\(most.reason.label)” weighed most: \(most.amount) times."
    return """
        <h2 class="govuk-heading-m">Why it came to nothing</h2>
        <figure class="govuk-!-margin-0 govuk-!-margin-bottom-6">
        <figcaption class="govuk-body">\(finding) Dark: the service said no. Light: they did, or it came to nothing \
        otherwise.</figcaption>
        <svg class="drystone-picture" viewBox="0 0 340 \(height)" width="510" height="\(height * 3 / 2)" role="img" \
        aria-labelledby="reasons-title reasons-words" xmlns="http://www.w3.org/2000/svg">\
        <title id="reasons-title">Reasons that weighed most</title>\
        <desc id="reasons-words">\(finding) All numbers stand in the table below.</desc>\(bars)</svg></figure>
        \(GovUK.details("The numbers", GovUK.table(
            caption: "Reasons that weighed most, \(period)", columns: ["Reason", "Who", .numeric("How often")],
            rows: reasons.map { ["\($0.reason.label)", "\($0.state.label)", "\($0.amount)"] })))
        """
}

private func colour(_ state: OfferState) -> String { state == .refusedByService ? "#12436D" : "#28A197" }

extension HousingReason {
    /// What fits beside a bar.
    fileprivate var short: String {
        switch self {
        case .size: "Household too large"
        case .access: "Access"
        case .otherNeed: "Another need"
        case .riskArea: "Area not safe"
        case .riskNetwork: "Somebody near"
        case .noFunds: "No public funds"
        case .olderSon: "Older son"
        case .sexMismatch: "Not for their sex"
        case .inappropriate: "Not right for them"
        case .declinedLocation: "They: another place"
        case .declinedCommunal: "They: no shared house"
        case .declinedOther: "They: something else"
        case .wantsNoSupport: "They: no support"
        case .noContact: "Not reached"
        case .placedElsewhere: "Placed elsewhere"
        case .metElsewhere: "Met in another way"
        default: label
        }
    }
}

private func whole(of figure: HousingFigure, _ column: HousingColumn) -> HTML {
    if figure.isOfStays { return "\(column.amounts[.movedIn] ?? 0) households that moved in" }
    return figure.isOfOffers ? "\(column.amounts[.services] ?? 0) services asked"
        : "\(column.amounts[.asked] ?? 0) households that looked for somewhere safe"
}

/// What a number counts, when, where; and the rows behind it for those who may see them.
func housingRowsPage(
    _ figure: HousingFigure, _ column: HousingColumn, _ area: [String], _ rows: [HousingRow], isFirst: Bool
) -> Page {
    let base = "/team/homes/rows?measure=\(figure.rawValue)&from=\(column.period.from.column)"
        + "&until=\(column.period.until.column)"
    let shown = Array(rows.prefix(25))
    let next = rows.count > 25 ? shown.last.map { "\(base)&before=\(Keyset(at: $0.at, id: $0.id).text)" } : nil
    let list: HTML = shown.isEmpty ? plain(["There is nothing to open."])
        : GovUK.table(caption: "What you may open, newest first", columns: ["What", "When"], rows: shown.map {
            row -> [HTML] in
            [row.href.map { GovUK.link(row.words, href: $0) } ?? "\(row.words)", "\(London.short(row.at))"]
        })
    return Page("Output", heading: figure.label, back: "/team/homes", """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Number", "\(column.amounts[figure] ?? 0)"),
            GovUK.SummaryRow("Of", whole(of: figure, column)),
            GovUK.SummaryRow("What it counts", "\(figure.definition)"),
            GovUK.SummaryRow("Period", "\(column.period.words), London time"),
            GovUK.SummaryRow("Area", "\(area.joined(separator: ", ")), all areas"),
        ]))
        \(list)
        \(GovUK.pagination(previous: isFirst ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}

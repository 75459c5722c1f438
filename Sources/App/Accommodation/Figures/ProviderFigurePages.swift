import Foundation
import Pages
import Postgres

func providerFiguresPage(
    _ asked: ProviderFiguresAsked, _ counts: [ProviderCount], _ areas: [AreaChoice], _ visit: Visit
) -> Page {
    let periods = asked.period.periods(on: visit.today)
    let place = asked.from.map { from in areas.first { $0.id == from.area }?.name ?? from.words } ?? "anywhere"
    let year = asked.period.words
    let answered = counts.amount(.asked) - counts.amount(.waiting)
    let finding = "\(outcomeShare(counts.amount(.placed), of: answered)) were placed."
    return Page("Figures", caption: "Homes asked for, \(year)", errors: asked.period.answers.errors, back: "/units",
                wide: true, """
        \(askingForm(asked, areas, visit))
        \(counts.isEmpty ? plain(["Nothing was asked for in this period."]) : """
            <p class="govuk-body"><strong>Of those answered, \(finding)</strong> Households from \(place). Each number \
            leads to what it counts. Small numbers may tell who somebody is: this page is for inside the service.</p>
            \(periods.count > 1 ? outcomeBars(counts, periods.map(\.title), finding) : HTML.empty)
            \(outcomeTable(counts, periods, asked, visit))
            \(partTable(counts, asked.part, year))
            """)
        """)
}

extension ComesFrom {
    fileprivate var words: String { self == .outside ? "outside these areas" : "an area that is not known" }
}

private func askingForm(_ asked: ProviderFiguresAsked, _ areas: [AreaChoice], _ visit: Visit) -> HTML {
    let current = FinancialYear(of: visit.today)
    var answers = asked.period.answers
    answers.set("year", String(asked.period.year.start))
    answers.set("place", asked.from?.answer ?? "")
    answers.set("by", asked.part.rawValue)
    let years = (0..<10).compactMap { FinancialYear(current.start - $0) }
    let days = asked.period.period != nil || asked.period.answers.areRefused
    return """
        <form method="get" action="/units/figures" novalidate>
        \(GovUK.select("year", label: "Year", options: years.map { GovUK.Choice(String($0.start), $0.words) },
                       in: answers))
        \(GovUK.select("place", label: "Households from", options: [GovUK.Choice("", "Anywhere")]
            + ComesFrom.options(areas), in: answers))
        \(GovUK.select("by", label: "Taken apart by", options: ProviderPart.options, in: answers))
        \(GovUK.details("Other days", """
            \(GovUK.dateInput("from", legend: "From", in: answers))
            \(GovUK.dateInput("until", legend: "Until", in: answers))
            """, open: days))
        \(GovUK.button("Show"))</form>
        """
}

private func outcomeTable(
    _ counts: [ProviderCount], _ periods: [(title: String, period: Period)], _ asked: ProviderFiguresAsked,
    _ visit: Visit
) -> HTML {
    func cell(_ figure: ProviderFigure, _ amount: Int, _ period: Period) -> HTML {
        let href = "/units/figures/rows?measure=\(figure.rawValue)&from=\(period.from.column)"
            + "&until=\(period.until.column)&place=\(asked.from?.answer ?? "")"
        return GovUK.link(String(amount), href: href, visuallyHidden: "\(figure.label), \(period.words)")
    }
    let isYear = periods.count > 1
    let whole = asked.period.whole(on: visit.today)
    let rows = ProviderFigure.allCases.map { figure -> [HTML] in
        let cells = periods.enumerated().map { place, one in
            cell(figure, counts.filter { $0.period == place }.amount(figure), one.period)
        }
        let sum: [HTML] = isYear ? whole.map { [cell(figure, counts.amount(figure), $0)] } ?? [] : []
        return ["\(figure.label)"] + cells + sum
    }
    return GovUK.table(
        caption: "What came of it, \(asked.period.words)",
        columns: [GovUK.Column("Figure")] + periods.map { .numeric($0.title) } + (isYear ? [.numeric("Year")] : []),
        rows: rows)
}

/// A bar for each period, in parts that add up to what was asked for.
private func outcomeBars(_ counts: [ProviderCount], _ titles: [String], _ finding: String) -> HTML {
    let sums = titles.indices.map { place in counts.filter { $0.period == place } }
    let most = max(1, sums.map { $0.amount(.asked) }.max() ?? 1)
    let bars = sums.enumerated().map { place, sum -> HTML in
        var x = 100
        let parts = ProviderFigure.outcomes.map { figure -> HTML in
            let amount = sum.amount(figure), width = amount * 380 / most
            defer { x += width }
            let number: HTML = width < 18 ? "" : """
                <text x="\(x + width / 2)" y="\(place * 34 + 21)" font-size="12" text-anchor="middle" \
                fill="\(figure == .refused || figure == .waiting ? "#FFFFFF" : "#000000")">\(amount)</text>
                """
            return """
                <rect x="\(x)" y="\(place * 34 + 4)" width="\(width)" height="26" fill="\(figure.colour)"/>\(number)
                """
        }
        return """
            <text x="92" y="\(place * 34 + 21)" font-size="12" text-anchor="end" fill="currentColor">\
            \(titles[place])</text>\
            \(HTML.joined(parts))
            """
    }
    let height = titles.count * 34
    let legend = ProviderFigure.outcomes.filter { counts.amount($0) > 0 }.map { figure -> HTML in
        """
        <span class="govuk-!-margin-right-4"><svg width="14" height="14" aria-hidden="true" focusable="false">\
        <rect width="14" height="14" fill="\(figure.colour)"/></svg> \(figure.label)</span>
        """
    }
    return """
        <figure class="govuk-!-margin-0 govuk-!-margin-bottom-6">
        <figcaption class="govuk-body">\(HTML.joined(legend))</figcaption>
        <svg class="drystone-picture" viewBox="0 0 490 \(height)" width="490" height="\(height)" role="img" \
        aria-labelledby="outcomes-title outcomes-words" xmlns="http://www.w3.org/2000/svg">\
        <title id="outcomes-title">What came of it, by quarter</title>\
        <desc id="outcomes-words">\(finding) All numbers stand in the table below.</desc>\(HTML.joined(bars))</svg>\
        </figure>
        """
}

/// The period's figures taken apart, what was asked for most at the head.
private func partTable(_ counts: [ProviderCount], _ part: ProviderPart, _ year: String) -> HTML {
    let closed = part == .reason ? counts.filter { $0.state != .placed && !$0.state.waits } : counts
    let parts = Dictionary(grouping: closed, by: \.part).map { (name: part.words($0.key), counts: $0.value) }
        .sorted { ($1.counts.amount(.asked), $0.name) < ($0.counts.amount(.asked), $1.name) }
    let figures: [ProviderFigure] = part == .reason ? [.refused, .declined, .otherwise]
        : [.placed, .refused, .declined, .otherwise, .waiting]
    let title = part == .reason ? "All" : ProviderFigure.asked.label
    return GovUK.table(
        caption: "\(part.label), \(year)",
        columns: [GovUK.Column(part.label), .numeric(title)] + figures.map { .numeric($0.label) },
        rows: parts.prefix(40).map { one -> [HTML] in
            ["\(one.name)", "\(one.counts.amount(.asked))"] + figures.map { "\(one.counts.amount($0))" }
        })
}

/// What a number counts, when, from where; and the rows behind it.
func providerRowsPage(
    _ figure: ProviderFigure, _ counts: [ProviderCount], _ period: Period, _ asked: ProviderFiguresAsked,
    _ rows: [ProviderRow], isFirst: Bool
) -> Page {
    let base = "/units/figures/rows?measure=\(figure.rawValue)&from=\(period.from.column)&until=\(period.until.column)"
        + "&place=\(asked.from?.answer ?? "")"
    let shown = Array(rows.prefix(25))
    let next = rows.count > 25 ? shown.last.map { row in
        "\(base)&before=\(Keyset(at: London.moment(row.day, minute: 0) ?? .distantPast, id: row.id).text)"
    } : nil
    let list: HTML = shown.isEmpty ? plain(["There is nothing to open."]) : GovUK.table(
        caption: "Newest first", columns: ["Asked on", "Household", "From", "What came of it"],
        rows: shown.map { row -> [HTML] in
            [row.href.map { GovUK.link(row.day.description, href: $0) } ?? "\(row.day.description)",
             "\(row.household)", "\(row.from)",
             "\(GovUK.tag(row.state.label, colour: row.state.colour)) \(row.reason?.label ?? "")"]
        })
    return Page("Output", heading: figure.label, back: "/units/figures", wide: true, """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Number", "\(counts.amount(figure))"),
            GovUK.SummaryRow("Of", "\(counts.amount(.asked)) times that a home was asked for"),
            GovUK.SummaryRow("What it counts", "\(figure.definition)"),
            GovUK.SummaryRow("Period", "\(period.words), London time"),
        ]))
        \(list)
        \(GovUK.pagination(previous: isFirst ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}

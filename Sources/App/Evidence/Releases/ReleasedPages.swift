import Foundation
import Pages
import Statistics

/// What left of a quarter, as everybody reads it who may.
func releasedPage(_ line: FigureReleaseLine, _ tables: [Released<CountTable>], _ visit: Visit) -> Page {
    func released(_ kind: FigureTable) -> PublishedTable? {
        tables.first { FigureTable(of: $0.published) == kind }?.published
    }
    let parts = tables.map { table -> HTML in
        let kind = FigureTable(of: table.published)
        return """
            \(kind.map { releasedBars(table.published, $0) } ?? HTML.empty)\(releasedTable(table.published))
            <p class="govuk-body-s">\(kind?.definition ?? "")</p>
            """
    }
    return Page(line.quarter.title, caption: "Safe accommodation", back: "/figures", wide: true, """
        <p class="govuk-body">All areas of the partnership. Counted by \(line.agencies.joined(separator: ", ")). \
        Released on \(London.day(of: line.at).description). \
        \(GovUK.link("Save as a spreadsheet", href: line.path + "/spreadsheet")) (XLSX), or \
        \(GovUK.link("as one list", href: line.path + "/file")) (CSV).</p>
        \(HTML.joined(parts))
        \(nationalTable(NationalFigure.all(asked: released(.asked), reasons: released(.reasons))))
        <h2 class="govuk-heading-m">How to read it</h2>
        <ul class="govuk-list govuk-list--bullet">\(HTML.joined((tables.first?.footnotes ?? []).map {
            "<li>\($0)</li>"
        }))</ul>
        """)
}

/// One way of dividing as rows; two as rows and columns.
func releasedTable(_ table: PublishedTable) -> HTML {
    countGrid(table.name, table.dimensions) { "\(table.value($0).text)" }
}

/// A table of counts of one or two dimensions, its sums in bold.
func countGrid(_ name: String, _ dimensions: [CountDimension], _ cell: ([String]) -> HTML) -> HTML {
    let rows = dimensions[0], columns = dimensions.count > 1 ? dimensions[1].codes : []
    let totals = Set(rows.sums.map(\.total))
    return GovUK.table(
        caption: name,
        columns: [GovUK.Column(rows.name)]
            + (columns.isEmpty ? [.numeric("Number")] : columns.map { .numeric($0) }),
        rows: rows.codes.map { row -> [HTML] in
            let title: HTML = totals.contains(row) ? "<strong>\(row)</strong>" : "\(row)"
            return [title] + (columns.isEmpty ? [cell([row])] : columns.map { cell([row, $0]) })
        })
}

/// Bars of published numbers alone. What is withheld has no bar and stands last: neither length nor place tells.
private func releasedBars(_ table: PublishedTable, _ kind: FigureTable) -> HTML {
    let axis = table.dimensions.count - 1
    let place = axis == 0 ? [""] : [FigureTables.allAreas, ""]
    let bars = table.bars(of: axis, at: place)
    guard let most = bars.compactMap(\.count).max(), most > 0, let first = bars.first else { return .empty }
    let finding = "\(kind.title): \(first.code.lowercasedFirst) most often, \(most) times."
    let drawn = bars.prefix(12).enumerated().map { row, bar -> HTML in
        let width = bar.count.map { max(1, $0 * 130 / most) } ?? 0
        let block: HTML = bar.count == nil ? .empty
            : "<rect x=\"196\" y=\"\(row * 22 + 3)\" width=\"\(width)\" height=\"15\" fill=\"#12436D\"/>"
        return """
            <text x="190" y="\(row * 22 + 14)" font-size="10" text-anchor="end" fill="currentColor">\
            \(shortened(bar.code))</text>\(block)\
            <text x="\(200 + width)" y="\(row * 22 + 14)" font-size="10" fill="currentColor">\
            \(bar.count.map(String.init) ?? "[c]")</text>
            """
    }
    let height = min(bars.count, 12) * 22
    return """
        <figure class="govuk-!-margin-0 govuk-!-margin-bottom-4">
        <figcaption class="govuk-body">\(finding)</figcaption>
        <svg class="drystone-picture" viewBox="0 0 360 \(height)" width="540" height="\(height * 3 / 2)" role="img" \
        aria-labelledby="bars-\(kind.rawValue) words-\(kind.rawValue)" xmlns="http://www.w3.org/2000/svg">\
        <title id="bars-\(kind.rawValue)">\(kind.title)</title>\
        <desc id="words-\(kind.rawValue)">\(finding) All numbers stand in the table below.</desc>\(HTML.joined(drawn))\
        </svg></figure>
        """
}

/// What fits beside a bar.
private func shortened(_ words: String) -> String {
    words.count <= 36 ? words : String(words.prefix(35)) + "…"
}

/// All tables of a release one below the other, a line a number.
enum ReleasedFile {
    static let header = ["table", "row", "column", "value", "definition", "period", "rule"]

    static func text(_ line: FigureReleaseLine, _ tables: [Released<CountTable>]) -> String {
        CommaSeparated.text(header, tables.flatMap { table in
            let kind = FigureTable(of: table.published)
            return table.published.places.map { at in
                [kind?.title ?? table.published.name, at[0], at.count > 1 ? at[1] : "", table.published.value(at).text,
                 kind?.definition ?? "", line.quarter.period.words, table.rule]
            }
        })
    }

    /// A sheet a table, as the page shows it.
    static func spreadsheet(_ line: FigureReleaseLine, _ tables: [Released<CountTable>]) -> Spreadsheet {
        let about = [
            "All areas of the partnership. Counted by \(line.agencies.joined(separator: ", ")).",
            "Released on \(London.day(of: line.at).description). [c] is a number that is withheld.",
        ]
        let title = "Safe accommodation, \(line.quarter.title)"
        return Spreadsheet(title: title, made: line.at, sheets: tables.map { table in
            let (published, kind) = (table.published, FigureTable(of: table.published))
            let rows = published.dimensions[0], columns = published.dimensions.dropFirst().first
            func cell(_ at: [String]) -> Spreadsheet.Cell {
                let value = published.value(at)
                return value.count.map(Spreadsheet.Cell.number) ?? .text(value.text)
            }
            return Spreadsheet.Sheet(
                name: kind?.title ?? published.name, title: published.name,
                notes: [kind?.definition ?? ""] + about + table.footnotes + [table.rule],
                columns: [rows.name] + (columns?.codes ?? ["Number"]),
                rows: rows.codes.map { row in
                    [.text(row)] + (columns.map { $0.codes.map { cell([row, $0]) } } ?? [cell([row])])
                })
        })
    }
}

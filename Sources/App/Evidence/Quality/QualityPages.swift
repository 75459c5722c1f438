import Foundation
import Pages
import Postgres

extension Site {
    /// How good what agencies sent is, and its rows without names: for the analyst.
    mutating func addDataQuality() {
        get("data/:call/quality", .needs(.askForData)) { visit in
            let (call, standings) = try await visit.callAndStandings()
            return .page(qualityPage(call, QualityTable(call, standings), visit))
        }
        get("data/:call/quality/file", .needs(.askForData)) { visit in
            let (call, standings) = try await visit.callAndStandings()
            return .download(Download(
                name: "quality.csv", mediaType: "text/csv; charset=utf-8",
                bytes: Data(QualityTable(call, standings).file.utf8)))
        }
        get("data/returns/:return", .needs(.askForData)) { visit in
            let id = try visit.id("return")
            let from = visit.query["from"]?.first.flatMap { Int($0) }.map { min(max($0, 1), DataLimits.rows * 2) } ?? 1
            let (one, call, rows) = try await visit.write { db in
                let one = try db.dataReturn(id).orNotFound()
                guard one.kind == .clear, one.state == .received, one.deletedAt == nil, visit.today < one.keepUntil
                else { throw Refusal.notFound }
                try db.audit(.dataRowsViewed, .evidence, id)
                return (one, try db.dataCall(one.call).orNotFound(),
                        try db.dataRows(one, from: from, isRemarkable: false, limit: dataRowsAtOnce + 1))
            }
            return .page(openRowsPage(one, call, rows, from: from))
        }
    }
}

func qualityPage(_ call: DataCall, _ table: QualityTable, _ visit: Visit) -> Page {
    let breaks = table.rows.compactMap { row in row.one?.seriesBreak.map { (row.agency, $0) } }
    let none = table.rows.filter { $0.one == nil }.map(\.agency)
    return Page("How good the data is", caption: call.title, back: call.path, wide: true, """
        <p class="govuk-body">In each cell the part of an agency’s rows in which nothing is known: empty, not known, \
        declined, not asked, not mapped, not readable, a date that stands for none or an impossible age. Rows that \
        were set aside don’t count. \(GovUK.link("Save as a file", href: call.path + "/quality/file")) (CSV, with each \
        of these)</p>
        \(none.isEmpty ? HTML.empty : GovUK.insetText("""
            No return: \(none.joined(separator: ", ")). Nothing is known of them, which is not the same as nothing \
            to report.
            """))
        \(heatTable("Unknown, by agency and column", table))
        \(defaults(table))
        \(breaks.isEmpty ? HTML.empty : """
            <h2 class="govuk-heading-m">Counted in another way than before</h2>
            \(GovUK.summaryList(breaks.map { GovUK.SummaryRow($0.0, lines($0.1)) }))
            """)
        """)
}

/// Every cell says its number: the shade is beside it, for the eye.
func heatTable(_ caption: String, _ table: QualityTable) -> HTML {
    GovUK.table(
        caption: caption,
        columns: ["Agency", .numeric("Rows")] + table.columns.map { GovUK.Column($0.name, numeric: true) },
        rows: table.rows.map { row -> [HTML] in
            let rows: HTML = row.one.flatMap(\.profile).map { "\($0.rows - $0.bad)" } ?? "No return"
            return ["\(row.agency)", rows] + row.cells.map { cell -> HTML in
                guard let shade = cell.shade else { return "\(cell.words)" }
                return "<span class=\"drystone-heat drystone-heat--\(shade)\">\(cell.words)</span>"
            }
        })
}

/// Columns in which defaults, impossible ages or words without a meaning stand.
private func defaults(_ table: QualityTable) -> HTML {
    let rows = table.rows.flatMap { row -> [[HTML]] in
        guard let profile = row.one?.profile else { return [] }
        return profile.fields.compactMap { field in
            let years = profile.newYearShare(field)
            let counts = [field[.unmapped], field[.unreadable], field[.standIn], field[.impossible]]
            guard counts.contains(where: { $0 > 0 }) || years ?? 0 > 10 else { return nil }
            return ["\(row.agency)", "\(field.name)"] + counts.map { "\($0)" }
                + ["\(years.map { QualityTable.Cell.share($0).words } ?? "None")", "\(field.mended)"]
        }
    }
    if rows.isEmpty { return .empty }
    return GovUK.table(
        caption: "What to look into", columns: [
            "Agency", "Column", .numeric("Not mapped"), .numeric("Not readable"), .numeric("Date that stands for none"),
            .numeric("Impossible age"), .numeric("Births on 1 January"), .numeric("Put right"),
        ], rows: rows)
}

/// The same of one return, for whoever sent it: a line a column.
func qualityOfOne(_ one: DataReturn, _ profile: DataProfile) -> HTML {
    let states = CellState.allCases
    return GovUK.table(
        caption: profile.base == 10_000 && profile.rows != 10_000
            ? "How good it is, in parts of 10,000 rows" : "How good it is, in rows",
        columns: ["Column"] + states.map { GovUK.Column($0.label, numeric: true) }
            + [.numeric("Births on 1 January"), .numeric("Unknown")],
        rows: profile.fields.map { field -> [HTML] in
            if field.isAbsent { return ["\(field.name)", "\(one.untold.words)"] }
            return ["\(field.name)"] + states.map { "\(field[$0])" } + [
                "\(field.newYears)", "\(profile.unknownShare(field).map { QualityTable.Cell.share($0).words } ?? "")",
            ]
        })
}

/// Rows without names, to whoever makes figures of them.
func openRowsPage(_ one: DataReturn, _ call: DataCall, _ rows: [StoredRow], from line: Int) -> Page {
    let base = "/data/returns/\(one.id.column)", open = call.specification.open
    let shown = rows.prefix(dataRowsAtOnce)
    let next = rows.count > dataRowsAtOnce ? shown.last.map { "\(base)?from=\($0.line + 1)" } : nil
    return Page("Rows without names", caption: "\(call.title), \(one.agencyName)", back: call.path, wide: true, """
        <p class="govuk-body">By their line in the agency’s file. Who a row is about opens within the agency alone. \
        That you read them is recorded.</p>
        \(shown.isEmpty ? plain(["There are no more rows."]) : GovUK.table(
            caption: "From line \(max(1, line))",
            columns: [.numeric("Line")] + open.map {
                GovUK.Column("\($0.name) (\($0.kind.openLabel.lowercasedFirst))")
            },
            rows: shown.map { row -> [HTML] in
                if row.isBad { return ["\(row.line)", GovUK.tag("Set aside", colour: .yellow)] }
                return ["\(row.line)"] + open.indices.map { place -> HTML in
                    "\(open[place].words(place < row.answers.count ? row.answers[place] : ""))"
                }
            }))
        \(GovUK.pagination(previous: line <= 1 ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "Further on"))
        """)
}

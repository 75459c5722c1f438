import Foundation
import Pages
import Postgres

/// What landlords gave one another, two by two.
func reciprocalLedgerPage(_ pairs: [ReciprocalBalance], _ visit: Visit) -> Page {
    Page("Reciprocals between landlords", wide: true, """
        \(teamTabs(.reciprocals))
        <p class="govuk-body">Homes that a landlord gave another’s tenant who had to leave, once they had moved in, of \
        cases of your agency. A restricted case counts for those who may see it. Small numbers may tell who somebody \
        is: this page is for inside the service. \(GovUK.link("Landlords", href: "/landlords")).</p>
        \(pairs.isEmpty ? plain(["Nobody has moved in yet."]) : GovUK.table(
            caption: "Given and received, by two landlords and bedrooms",
            columns: ["Landlord", "And", "Bedrooms", .numeric("Given"), .numeric("Received"), "Balance"],
            rows: pairs.flatMap(pairRows)))
        """)
}

private func pairRows(_ pair: ReciprocalBalance) -> [[HTML]] {
    let href = "/team/reciprocals/rows?one=\(pair.one.id.column)&other=\(pair.other.id.column)"
    func row(_ bedrooms: HTML, _ given: Int, _ received: Int) -> [HTML] {
        ["\(pair.one.name)", "\(pair.other.name)", bedrooms, "\(given)", "\(received)",
         "\(ReciprocalBalance.words(pair.one, pair.other, given: given, received: received))"]
    }
    let all = GovUK.link("All", href: href, visuallyHidden: "\(pair.one.name) and \(pair.other.name)")
    return [row(all, pair.given, pair.received)] + (pair.sizes.count < 2 ? [] : pair.sizes.map {
        row("\($0.bedrooms)", $0.given, $0.received)
    })
}

/// The homes behind a balance, for those who may see their cases.
func reciprocalRowsPage(_ rows: [LedgerRow], base: String, skipping: Int) -> Page {
    let shown = Array(rows.prefix(25))
    let list: HTML = shown.isEmpty ? plain(["There is nothing to open."]) : GovUK.table(
        caption: "What you may open, newest first",
        columns: ["Case", "Moved in", "Given by", "To a tenant of", .numeric("Bedrooms"), "Like for like"],
        rows: shown.map { row -> [HTML] in
            [GovUK.link(row.reference, href: row.href), "\(row.movedOn.description)", "\(row.giving)",
             "\(row.receiving)", "\(row.bedrooms)", like(row)]
        })
    return Page("Homes given and received", back: "/team/reciprocals", wide: true, """
        \(list)\(GovUK.pagination(
            previous: skipping == 0 ? nil : base, next: rows.count > 25 ? "\(base)&after=\(skipping + 25)" : nil,
            previousLabel: "From the start", nextLabel: "More"))
        """)
}

private func like(_ row: LedgerRow) -> HTML {
    let less = [row.bedrooms < row.held ? "Fewer bedrooms" : nil, row.losesLife ? "No longer for life" : nil]
        .compactMap(\.self)
    return less.isEmpty ? "Yes" : GovUK.tag(less.joined(separator: ". "), colour: .red)
}

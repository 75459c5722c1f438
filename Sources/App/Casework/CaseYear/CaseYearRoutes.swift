import Foundation
import Pages
import Postgres

extension Site {
    /// A case's year as a picture, with a table that says the same. No script draws it.
    mutating func addCaseYear() {
        get("cases/:id/year", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let back = min(max(Int(visit.query["back"]?.first ?? "") ?? 0, 0), 20)
            let (record, contact, year) = try await visit.write { db in
                let record = try db.ownCase(id, visit, to: .viewCases)
                try db.audit(.caseViewed, .case, id)
                let last = record.closedAt.map(London.day(of:)) ?? visit.today
                let period = CaseYear.period(until: last, yearsBack: back)
                return (record, try db.safeContact(of: record.person, visit), try db.caseYear(of: record, period))
            }
            return .page(caseYearPage(record, contact, year, back: back, visit))
        }
    }
}

private func caseYearPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ year: CaseYear, back: Int, _ visit: Visit
) -> Page {
    let base = "/cases/\(record.id.column)"
    let rows = year.months.map { month -> [HTML] in
        [
            "\(month.name)", "\(month.grade?.label ?? "None")", "\(month.contacts)", "\(month.attempts)",
            "\(month.incidents)", "\(month.orders)", "\(month.breaches)",
        ]
    }
    let hasMore = London.day(of: record.openedAt) < year.period.from
    return Page(
        "Twelve months in a picture", caption: "\(record.personName ?? "Person not shared"), \(record.reference)",
        back: base, above: safeContactBanner(contact, record.person, visit), wide: true, """
        <h2 class="govuk-heading-m">\(year.period.words)</h2>\(CaseYearPicture(year: year).svg)
        <p class="govuk-body">The line is the grade. A full dot is a contact, an empty one an attempt without. A
        triangle is an incident that the police recorded. A bar is an order while it held, a broken line a breach of
        one.</p>
        \(GovUK.table(caption: "Month by month", columns: [
            "Month", "Grade at its end", .numeric("Contacts"), .numeric("Attempts without"),
            .numeric("Police incidents"), .numeric("Orders in force"), .numeric("Breaches"),
        ], rows: rows))
        \(GovUK.pagination(
            previous: back == 0 ? nil : back == 1 ? base + "/year" : "\(base)/year?back=\(back - 1)",
            next: hasMore ? "\(base)/year?back=\(back + 1)" : nil, previousLabel: "The year after",
            nextLabel: "The year before"))
        """)
}

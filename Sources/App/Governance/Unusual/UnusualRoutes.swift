import Foundation
import Pages
import Postgres

extension Site {
    /// Looks at records of one day that somebody should look at: yesterday's, or another day's.
    mutating func addUnusual() {
        get("audit/unusual", .needs(.reviewAudit)) { visit in
            let today = visit.today
            let asked = visit.query["day"]?.first.flatMap(Day.init(column:)).flatMap { $0 <= today ? $0 : nil }
            let day = asked ?? today.adding(-1)
            let end = London.moment(day.adding(1), minute: 0) ?? visit.now
            try await visit.write { db in
                try db.audit(.unusualViewed, .log, nil, detail: "{\"day\":\"\(day.column)\"}")
                try db.reviewDay(day, end: end, visit)
            }
            let looks = try await visit.read { db in try db.unusualLooks(on: day, limit: mostShown + 1) }
            return .page(unusualPage(day, looks, today: today))
        }
    }
}

private let mostShown = 200

private func unusualPage(_ day: Day, _ looks: [UnusualLook], today: Day) -> Page {
    func href(_ to: Day) -> String { "/audit/unusual?day=\(to.column)" }
    let shown = looks.prefix(mostShown)
    let rows = shown.map { look -> [HTML] in
        let about: HTML = look.subject.map { id in
            GovUK.link(id.column, href: "/audit?about=\(id.column)")
        } ?? "\(String(look.times)) people"
        return [
            "\(look.who)", "\(look.reasons.map(\.label).joined(separator: ", "))", about,
            "\(look.subject == nil ? "" : String(look.times))", "\(London.time(look.firstAt))",
        ]
    }
    let next = day.adding(1)
    let table: HTML = rows.isEmpty ? GovUK.paragraph("Nothing unusual.") : GovUK.table(
        caption: "Own surname and postcode first",
        columns: ["Who", "Why it is here", "Record", .numeric("Looks"), "First at"], rows: rows)
    let more: HTML? = looks.count > mostShown
        ? GovUK.paragraph("There are more. These are the first \(String(mostShown)).") : nil
    return Page("Unusual access", back: "/audit", wide: true, """
        <p class="govuk-body">Looks at records that may have had no reason: somebody of the worker’s own surname or \
        postcode, or with whom the record shows nothing of theirs; and workers who looked at more than 40 people. Most \
        will have a reason. Ask.</p>
        <h2 class="govuk-heading-m">\(day.description)\(day == today ? ", so far" : "")</h2>
        \(table)\(more)
        \(GovUK.pagination(
            previous: href(day.adding(-1)), next: next <= today ? href(next) : nil,
            previousLabel: "The day before", nextLabel: "The day after"))
        """)
}

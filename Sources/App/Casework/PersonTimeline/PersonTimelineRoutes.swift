import Foundation
import Pages
import Postgres

extension Site {
    /// Everything that happened to do with a person, and who did it.
    mutating func addPersonTimeline() {
        get("people/:id/timeline", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let asked = TimelineAsked(visit.query)
            let (person, contact, lines) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                try db.audit(.timelineViewed, .person, id)
                let kinds = asked.answers.areRefused ? [] : asked.kinds(for: visit.viewer)
                return (person, try db.safeContact(of: id, visit), try db.happenings(of: id, asked, kinds, limit: 26))
            }
            let page = timelinePage(person, contact, asked, lines, visit)
            return asked.answers.areRefused ? .invalid(page) : .page(page)
        }
        // Until there is one gate for everything that leaves, what is protected is not on paper at all.
        get("people/:id/timeline/print", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let asked = TimelineAsked(visit.query)
            let (person, lines) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                try db.audit(.timelinePrinted, .person, id)
                let kinds = asked.answers.areRefused ? [] : asked.kinds(for: visit.viewer)
                return (person, try db.happenings(of: id, asked, kinds, limit: printedLines + 1))
            }
            return .page(printedTimelinePage(person, asked, lines, visit))
        }
    }
}

private let printedLines = 500

private func timelinePage(
    _ person: Person, _ contact: SafeContact?, _ asked: TimelineAsked, _ lines: [Happening], _ visit: Visit
) -> Page {
    let base = "/people/\(person.id.column)/timeline"
    let query = asked.query
    let shown = Array(lines.prefix(25))
    func href(_ path: String, _ more: String) -> String {
        let parts = [query, more].filter { !$0.isEmpty }
        return parts.isEmpty ? path : "\(path)?\(parts.joined(separator: "&"))"
    }
    let next = lines.count > 25 ? shown.last.map { href(base, "before=\(Keyset(at: $0.at, id: $0.id).text)") } : nil
    return Page(
        "Timeline", heading: person.name, caption: "Timeline", errors: asked.answers.errors,
        back: "/people/\(person.id.column)", above: safeContactBanner(contact, person.id, visit), """
        \(filters(base, asked, visit))
        <h2 class="govuk-heading-m">\(asked.description)</h2>
        \(shown.isEmpty ? plain(["Nothing here."]) : GovUK.timeline(shown.map { event($0) }))
        \(GovUK.pagination(previous: asked.before == nil ? nil : href(base, ""), next: next,
                           previousLabel: "Newest", nextLabel: "Earlier"))
        \(GovUK.paragraph(GovUK.link("Version to print, without what is protected", href: href(base + "/print", ""))))
        """)
}

private func event(_ line: Happening) -> GovUK.TimelineEvent {
    let facts: HTML? = line.facts.isEmpty ? nil : "<p class=\"govuk-body-s\">\(line.facts)</p>"
    let words: HTML? = line.words.isEmpty ? nil : "<p class=\"govuk-body drystone-unprinted\">\(lines(line.words))</p>"
    let link: HTML? = line.href.map { href -> HTML in
        GovUK.paragraph(GovUK.link("Open", href: href, visuallyHidden: "\(line.title), \(line.when)"))
    }
    return GovUK.TimelineEvent(
        line.title, by: line.by.isEmpty ? nil : line.by, when: line.when, datetime: line.at.column,
        content: "\(facts)\(words)\(link)")
}

/// A form that only asks: it goes by GET. Kinds and days stand in the address, nothing personal.
private func filters(_ base: String, _ asked: TimelineAsked, _ visit: Visit) -> HTML {
    let kinds = HappeningKind.allCases.filter { visit.viewer.may($0.needs) }.map { GovUK.Choice($0.rawValue, $0.label) }
    return """
        <form method="get" action="\(base)" novalidate>
        \(GovUK.select("kind", label: "Show", options: [GovUK.Choice("", "Everything")] + kinds, in: asked.answers))
        \(GovUK.dateInput("since", legend: "From", in: asked.answers))
        \(GovUK.dateInput("until", legend: "Until", in: asked.answers))
        \(GovUK.button("Show", kind: .secondary))</form>
        """
}

/// Facts, times and names of colleagues. What somebody typed may hold a number, an address, a code word or a name that
/// must not be known, and nobody has looked: it is withheld, and says so.
private func printedTimelinePage(
    _ person: Person, _ asked: TimelineAsked, _ lines: [Happening], _ visit: Visit
) -> Page {
    let shown = Array(lines.prefix(printedLines))
    let rows = shown.map { line -> [HTML] in
        let facts = line.facts.isEmpty ? "" : "\(line.facts). "
        return ["\(line.when)", "\(line.title)", "\(facts)\(withheld(line.words))", "\(line.by)"]
    }
    let rest = lines.count > printedLines
    return Page(
        "Timeline", heading: person.name, caption: "Timeline: \(asked.description)",
        back: "/people/\(person.id.column)/timeline", wide: true, """
        <p class="govuk-body">Printed by \(visit.viewer.name), \(London.dateAndTime(visit.now)).</p>
        \(GovUK.summaryList(["Telephone number", "Address", "Code word", "Must not learn of it"].map {
            GovUK.SummaryRow($0, "withheld")
        }))
        \(rows.isEmpty ? plain(["Nothing here."]) : GovUK.table(
            caption: "Newest first", columns: ["When", "What", "Facts", "By"], rows: rows))
        \(rest ? plain(["These are the newest \(printedLines). Choose a period for what is older."]) : HTML.empty)
        """)
}

private func withheld(_ words: String) -> String { words.isEmpty ? "" : "Words: withheld" }

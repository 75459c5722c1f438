import Foundation
import Pages
import Postgres

/// One page of the log, and how far it is sealed.
struct AuditReview: Sendable {
    static let perPage = 25
    let filter: AuditFilter
    let rows: [AuditRow]
    /// There are older ones.
    let hasMore: Bool
    let actors: [AuditActor]
    let sealing: (size: Int, at: Date)?
    /// Read with the newest rows only.
    let searches: [SearchHabit]

    /// A row older than a minute that the last checkpoint came before: sealing takes a second.
    func sealingIsLate(now: Date) -> Bool {
        rows.contains { row in row.at > sealing?.at ?? .distantPast && now.timeIntervalSince(row.at) > 60 }
    }
}

func auditReviewPage(_ review: AuditReview, now: Date) -> Page {
    let next = review.hasMore ? review.rows.last.map { review.filter.href(before: Keyset(at: $0.at, id: $0.id)) } : nil
    return Page("Audit log", wide: true, """
        <p class="govuk-body">Who did or saw what, when and why. What stands in a record is not shown here. \
        That you looked is in the log too.</p>
        <p class="govuk-body">\(GovUK.link("Unusual access, day by day", href: "/audit/unusual"))</p>
        \(sealing(review, now: now))
        \(review.filter.isUnfiltered ? searchTable(review.searches) : HTML.empty)
        \(filterForm(review))
        \(rowsTable(review))
        \(newestFirstPages(review.filter.href(before: nil), next: next, isFirst: review.filter.before == nil))
        """)
}

private func rowsTable(_ review: AuditReview) -> HTML {
    if review.rows.isEmpty { return GovUK.paragraph("There is nothing like that in the log.") }
    let rows = review.rows.map { row -> [HTML] in
        let subject: HTML = row.subject.map { id in
            "\(row.subjectLabel)<br>\(GovUK.link(id.column, href: "/audit?about=\(id.column)"))"
        } ?? "\(row.subjectLabel)"
        return ["\(London.short(row.at))", "\(row.whoLabel)", "\(row.eventLabel)", subject, "\(row.purpose ?? "")"]
    }
    return GovUK.table(
        caption: review.filter.before == nil ? "Newest first" : "Earlier",
        columns: ["When", "Who", "What", "About", "Purpose given"], rows: rows)
}

/// Who searches how often: looking people up without a reason shows here.
private func searchTable(_ habits: [SearchHabit]) -> HTML {
    if habits.isEmpty { return .empty }
    return GovUK.details("Searches in the last seven days", """
        \(GovUK.table(caption: "Searches for people by worker and day", captionSize: .s, columns: [
            "Day", "Who", .numeric("Searches"), .numeric("Without a follow-up"),
            .numeric("Over \(SearchBudget.daily) free ones"),
        ], rows: habits.map { habit -> [HTML] in
            ["\(habit.day.description)", "\(habit.who)", "\(String(habit.searches))",
             "\(String(habit.withoutFollowUp))", "\(String(habit.overBudget))"]
        }))
        <p class="govuk-hint">Counted at most a minute ago, of the latest 1,000. \
        Without a follow-up: nobody was opened, linked or recorded within half an hour. \
        The most of these stand first. Free: outside an open contact or case; over \(SearchBudget.daily) a day, each \
        has to say for which enquiry.</p>
        """)
}

/// A form that only asks: it goes by GET, so that the answer can be kept as a bookmark.
private func filterForm(_ review: AuditReview) -> HTML {
    var answers = Answers()
    answers.set("who", review.filter.whoValue)
    answers.set("event", review.filter.event?.rawValue ?? "")
    answers.set("about", review.filter.about?.column ?? "")
    let names = Dictionary(grouping: review.actors, by: \.name)
    let people = review.actors.map { actor in
        let isOne = names[actor.name]?.count == 1
        return GovUK.Choice(actor.id.uuidString.lowercased(), isOne ? actor.name : "\(actor.name), \(actor.email)")
    }
    let nobody = GovUK.Choice(AuditFilter.nobody, "The system, or somebody not signed in")
    let events = AuditEvent.allCases.map { GovUK.Choice($0.rawValue, $0.label) }.sorted { $0.label < $1.label }
    return """
        <form method="get" action="/audit"><div class="drystone-columns">\
        \(GovUK.select("who", label: "Who", options: [GovUK.Choice("", "Anybody")] + people + [nobody], in: answers))\
        \(GovUK.select("event", label: "What", options: [GovUK.Choice("", "Anything")] + events, in: answers))</div>\
        \(GovUK.input("about", label: "About", hint: "The id of a record, as the list shows it.", in: answers))\
        \(GovUK.button("Show", kind: .secondary))</form>
        """
}

/// How far the log is sealed, and how anyone can check it.
private func sealing(_ review: AuditReview, now: Date) -> HTML {
    let state: HTML = review.sealing.map { sealing in
        GovUK.insetText("""
            Sealed: \(sealing.size == 1 ? "1 entry" : "\(sealing.size) entries"), last on \
            \(London.dateAndTime(sealing.at)). A sealed entry can't be changed or removed without its showing.
            """)
    } ?? GovUK.insetText("Nothing is sealed yet.")
    let late: HTML = review.sealingIsLate(now: now)
        ? GovUK.warningText("""
            Newer entries have waited for more than a minute to be sealed. Tell whoever runs the server.
            """)
        : .empty
    return """
        \(late)\(state)\
        \(GovUK.details("How to export and check the log", """
            <p class="govuk-body">Whoever runs the server writes it to a file with \
            <code>drystone audit export --config FILE --out EXPORT</code>. Anyone can check that file on any machine \
            with <code>drystone audit verify EXPORT --key KEY --witness COPIES</code>. KEY is what \
            <code>drystone audit key</code> printed when you began to keep it; COPIES are the signed seals that \
            another organisation keeps for you. Without such copies nobody can show that the whole log was not \
            written anew.</p>
            """))
        """
}

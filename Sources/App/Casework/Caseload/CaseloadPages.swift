import Foundation
import Pages
import Postgres

/// What the first page shows.
struct Today: Sendable {
    let mine: [CaseLine]
    let waiting: [CaseLine]
    let contacts: [ContactLine]
    /// What else waits for the reader: warnings, promises, decisions.
    let tasks: [WaitingTask]
}

func todayPage(_ day: Today, _ visit: Visit) -> Page {
    let start: HTML? = visit.viewer.may(.recordContacts)
        ? GovUK.button("Record a contact", href: "/contacts/new") : nil
    let count = day.waiting.count
    let unallocated: HTML? = count == 0 ? nil : GovUK.insetText("""
        \(count > 25 ? "More than 25" : "\(count)") \(count == 1 ? "case is" : "cases are") not \
        allocated. \(GovUK.link("Allocate", href: "/cases?list=unallocated"))
        """)
    let contacts: HTML? = day.contacts.isEmpty ? nil : """
        \(contactTable("Latest contacts", Array(day.contacts.prefix(8))))
        <p class="govuk-body">\(GovUK.link("All contacts", href: "/contacts"))</p>
        """
    return Page("Today", wide: true, """
        \(start)\(unallocated)
        \(day.tasks.isEmpty ? HTML.empty : taskTable("For you", day.tasks, back: "/", visit))
        \(day.mine.isEmpty ? HTML.empty : caseTable("My cases, most urgent first", Array(day.mine.prefix(25)), visit))
        \(day.mine.count > 25
            ? "<p class=\"govuk-body\">\(GovUK.link("All my cases", href: "/cases"))</p>" : HTML.empty)
        \(day.mine.isEmpty && day.contacts.isEmpty ? plain(["You hold no cases."]) : HTML.empty)
        \(contacts)
        """)
}

func caseListPage(_ list: CaseList, _ lines: [CaseLine], isFirst: Bool, _ visit: Visit) -> Page {
    let shown = Array(lines.prefix(25))
    var next: String?
    if lines.count > 25, let last = shown.last, list != .unallocated {
        let at = list == .mine ? last.nextDue ?? Keyset.never : last.openedAt
        next = "/cases?list=\(list.rawValue)&from=\(Keyset(at: at, id: last.id).text)"
    }
    let tabs = CaseList.allCases.map {
        GovUK.Item($0.label, href: "/cases?list=\($0.rawValue)", current: $0 == list)
    }
    return Page("Cases", wide: true, """
        \(GovUK.subNavigation(tabs, label: "Lists of cases"))
        \(caseTable(list.label, shown, visit))
        \(GovUK.pagination(previous: isFirst ? nil : "/cases?list=\(list.rawValue)", next: next,
                           previousLabel: "From the start", nextLabel: "More cases"))
        """)
}

private func caseTable(_ caption: String, _ lines: [CaseLine], _ visit: Visit) -> HTML {
    if lines.isEmpty { return "<p class=\"govuk-body\">No cases here.</p>" }
    let rows = lines.map { line -> [HTML] in
        [
            GovUK.link(line.personName, href: "/cases/\(line.id.column)"), "\(line.reference)", riskTag(line.risk),
            clockTag(line.clock, at: visit.now), "\(line.workerName ?? "Nobody yet")", "\(London.short(line.openedAt))",
        ]
    }
    return GovUK.table(
        caption: caption, columns: ["Person", "Reference", "Risk", "First contact", "Held by", "Opened"], rows: rows)
}

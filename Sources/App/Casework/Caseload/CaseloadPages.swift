import Foundation
import Pages
import Postgres

/// What the first page shows.
struct Today: Sendable {
    static let shownCases = 10
    static let shownContacts = 8
    /// The most urgent tasks; all of them on request.
    static let firstTasks = 15
    static let mostTasks = 50
    let mine: [CaseLine]
    let since: SinceLastLook
    let waiting: [CaseLine]
    let contacts: [ContactLine]
    /// What else waits for the reader: warnings, promises, decisions.
    let tasks: [WaitingTask]
    let shownTasks: Int
    /// Who answers for what is overdue, and how much that is.
    let onCall: (onCall: OnCall, overdue: Int)
    /// How many of the reader's cases others opened in an emergency, and nobody has reviewed yet.
    let emergencies: Int
}

private func emergencyNotice(_ count: Int) -> HTML {
    if count == 0 { return .empty }
    let what = count == 1 ? "A case of yours was opened" : "Cases of yours were opened \(count) times"
    let link = GovUK.link("Who and why", href: "/emergency")
    return GovUK.insetText("\(what) in an emergency by another agency. \(link)")
}

/// Who is on call, and what is overdue; for whoever is on call, that it is theirs.
private func onCallNotice(_ day: Today, _ visit: Visit) -> HTML {
    let (onCall, count) = day.onCall
    let isMine = onCall.answering(at: visit.now)?.turn.account == visit.viewer.account
    let overdue: HTML = count == 0 ? "No first contact is overdue." : """
        \(count > 99 ? "More than 99" : "\(count)") first contact\(count == 1 ? " is" : "s are") overdue\
        \(isMine ? ", and yours to see to while you are on call" : ""). \
        \(GovUK.link("Look", href: "/cases?list=overdue", visuallyHidden: "at overdue first contacts"))
        """
    return "<p class=\"govuk-body\"><strong>On call:</strong> \(onCall.words(at: visit.now)). \(overdue)</p>"
}

/// What changed while the reader was away, and for whom they stand in.
private func sinceLastLook(_ since: SinceLastLook) -> HTML {
    var lines: [HTML] = []
    if since.changedCases > 0 {
        lines.append("""
            \(since.changedCases > 99 ? "More than 99" : "\(since.changedCases)") of your cases changed since you last \
            opened \(since.changedCases == 1 ? "it" : "them"). \
            \(GovUK.link("Look", href: "/cases?list=changed", visuallyHidden: "at what changed"))
            """)
    }
    if !since.covers.isEmpty {
        let names = since.covers.map { "\($0.name) (until \(London.short($0.until)))" }
        lines.append("""
            You cover for \(names.joined(separator: ", ")). What waits for them is in your list. \
            \(GovUK.link("Their cases", href: "/cases?list=covered"))
            """)
    }
    return lines.isEmpty ? .empty : GovUK.insetText(.joined(lines.map { "<p class=\"govuk-body\">\($0)</p>" }))
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
        \(contactTable("Latest contacts", day.contacts))
        <p class="govuk-body">\(GovUK.link("All contacts", href: "/contacts"))</p>
        """
    return Page("Today", wide: true, """
        \(emergencyNotice(day.emergencies))\(start)\(onCallNotice(day, visit))\(sinceLastLook(day.since))\(unallocated)
        \(day.tasks.isEmpty ? HTML.empty : taskTable(
            "For you, most urgent first", day.tasks, back: "/", visit, most: day.shownTasks,
            more: day.shownTasks == Today.mostTasks ? nil : GovUK.link("All that waits for you", href: "/?tasks=all")))
        \(day.mine.isEmpty ? HTML.empty : caseTable(
            "My cases, most urgent first", Array(day.mine.prefix(Today.shownCases)), visit))
        \(day.mine.count > Today.shownCases
            ? "<p class=\"govuk-body\">\(GovUK.link("All my cases", href: "/cases"))</p>" : HTML.empty)
        \(day.mine.isEmpty && day.contacts.isEmpty ? plain(["You hold no cases."]) : HTML.empty)
        \(contacts)
        """)
}

func caseListPage(_ list: CaseList, _ risk: RiskLevel?, _ lines: [CaseLine], isFirst: Bool, _ visit: Visit) -> Page {
    func href(_ list: CaseList, _ risk: RiskLevel?) -> String {
        "/cases?list=\(list.rawValue)" + (risk.map { "&risk=\($0.rawValue)" } ?? "")
    }
    let shown = Array(lines.prefix(25))
    var next: String?
    if lines.count > 25, let last = shown.last, list != .unallocated {
        let at = switch list {
        case .mine, .changed, .covered: last.nextDue ?? Keyset.never
        case .overdue: last.clock.due ?? Keyset.never
        case .unallocated, .all: last.openedAt
        }
        next = "\(href(list, risk))&from=\(Keyset(at: at, id: last.id).text)"
    }
    let tabs = CaseList.allCases.map {
        GovUK.Item($0.label, href: href($0, risk), current: $0 == list)
    }
    let levels: [RiskLevel?] = [nil, .high, .medium, .standard, .notAssessed]
    let risks = levels.map { GovUK.Item($0?.label ?? "Any risk", href: href(list, $0), current: $0 == risk) }
    return Page("Cases", wide: true, """
        \(GovUK.subNavigation(tabs, label: "Lists of cases"))
        \(GovUK.subNavigation(risks, label: "Risk"))
        \(moreOfCases(visit))
        \(caseTable(list.caption, shown, visit))
        \(GovUK.pagination(previous: isFirst ? nil : href(list, risk), next: next,
                           previousLabel: "From the start", nextLabel: "More cases"))
        """)
}

/// Where else there are cases: ways that are walked too seldom for the navigation.
private func moreOfCases(_ visit: Visit) -> HTML {
    var ways = [
        ("Filter, sort, and views that you keep", "/views"),
        ("Shared with us, and what waits for a second person", "/shares"),
        ("Cases that move to us or away", "/transfers"),
    ]
    if visit.viewer.may(.openInEmergency) { ways.append(("Open a case in an emergency", "/emergency")) }
    return GovUK.list(ways.map { GovUK.link($0.0, href: $0.1) })
}

func caseTable(_ caption: String, _ lines: [CaseLine], _ visit: Visit) -> HTML {
    if lines.isEmpty { return "<p class=\"govuk-body\">No cases here.</p>" }
    let changed: HTML = " \(GovUK.tag("Changed", colour: .blue))"
    let rows = lines.map { line -> [HTML] in
        [
            "\(GovUK.link(line.personName, href: "/cases/\(line.id.column)"))\(line.hasNews ? changed : nil)",
            "\(line.reference)", riskTag(line.risk),
            clockTag(line.clock, at: visit.now), "\(line.workerName ?? "Nobody yet")", "\(London.short(line.openedAt))",
        ]
    }
    return GovUK.table(
        caption: caption, columns: ["Person", "Reference", "Risk", "First contact", "Held by", "Opened"], rows: rows)
}

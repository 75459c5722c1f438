import Foundation
import Pages
import Postgres

extension Site {
    /// The open cases, filtered and in order; and the views that somebody keeps of them.
    mutating func addCaseViews() {
        get("views", .needs(.viewCases)) { visit in
            let filter = CaseFilter(visit.query)
            let found = try await visit.foundCases(filter)
            let page = caseViewPage(filter, found, Answers(), visit)
            return filter.answers.areRefused ? .invalid(page) : .page(page)
        }
        post("views/keep", .needs(.viewCases)) { visit in try await visit.keepView() }
        post("views/file", .needs(.exportDataSets)) { visit in try await visit.saveCaseList() }
        post("views/:view/remove", .needs(.viewCases)) { visit in
            let id = try visit.id("view")
            try await visit.write { db in
                guard try db.removeView(id, visit) else { throw Refusal.notFound }
                try db.audit(.viewRemoved, .account, visit.viewer.account)
            }
            return .seeOther("/views")
        }
    }
}

/// What a filtered list shows.
struct FoundCases: Sendable {
    let lines: [CaseLine]
    let workers: [(id: UUID, name: String)]
    let views: [SavedView]
}

extension Visit {
    func foundCases(_ filter: CaseFilter) async throws -> FoundCases {
        try await read { db in
            FoundCases(
                lines: filter.answers.areRefused ? [] : try db.cases(filter, at: now, within: viewer),
                workers: try db.caseHolders(within: viewer), views: try db.savedViews())
        }
    }

    fileprivate func keepView() async throws -> Reply {
        var answers = typed
        let filter = CaseFilter(kept: answers["view"])
        let found = try await foundCases(filter)
        guard let form = SavedViewForm(&answers, kept: found.views.count) else {
            return .invalid(caseViewPage(filter, found, answers, self))
        }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/views?\(form.filter.query)") { db in
                    try db.keepView(UUID(), form, self)
                    try db.audit(.viewKept, .account, viewer.account)
                }
            })
        } catch is Overtaken {
            answers.refuse("name", "You keep a view of that name already")
            return .conflict(caseViewPage(filter, found, answers, self))
        }
    }
}

func caseViewPage(_ filter: CaseFilter, _ found: FoundCases, _ typed: Answers, _ visit: Visit) -> Page {
    let shown = Array(found.lines.prefix(CaseFilter.perPage))
    func href(_ page: Int) -> String { "/views?\(filter.query)\(page == 0 ? "" : "&page=\(page)")" }
    let hasMore = found.lines.count > CaseFilter.perPage && filter.page < CaseFilter.lastPage
    return Page("Filter the cases", errors: filter.answers.errors + typed.errors, back: "/cases", wide: true, """
        \(keptViews(found.views, visit))\(filterForm(filter, found.workers))
        \(caseTable(filter.words, shown, visit))
        \(GovUK.pagination(
            previous: filter.page == 0 ? nil : href(filter.page - 1), next: hasMore ? href(filter.page + 1) : nil,
            previousLabel: "Before", nextLabel: "More cases"))
        \(caseListFileForm(filter, typed, visit))
        \(filter.answers.areRefused ? HTML.empty : GovUK.details("Keep this view", visit.form(
            "/views/keep", typed, keepsDraft: false, """
            \(GovUK.hidden("view", filter.query))
            \(GovUK.input("name", label: "Name of the view", hint: "Yours alone. Not the name of a person.",
                          in: typed))
            \(GovUK.button("Keep this view", kind: .secondary))
            """), open: !typed["view"].isEmpty && typed.areRefused))
        """)
}

private func keptViews(_ views: [SavedView], _ visit: Visit) -> HTML {
    if views.isEmpty { return .empty }
    let items = views.map { GovUK.link($0.name, href: "/views?\($0.query)") }
    let removal = views.map { view in
        visit.buttonForm("/views/\(view.id.column)/remove", "Remove \(view.name)", kind: .secondary)
    }
    return """
        <h2 class="govuk-heading-m">My views</h2>\(GovUK.list(items))
        \(GovUK.details("Remove a view", .joined(removal)))
        """
}

/// A form that only asks: it goes by GET.
private func filterForm(_ filter: CaseFilter, _ workers: [(id: UUID, name: String)]) -> HTML {
    let named = [GovUK.Choice("", "Anybody")] + workers.map { GovUK.Choice($0.id.column, $0.name) }
    let levels: [RiskLevel] = [.high, .medium, .standard, .notAssessed]
    return """
        <form method="get" action="/views" novalidate>
        \(GovUK.radios("whose", legend: "Whose cases?", options: CaseFilter.Whose.options, inline: true, small: true,
                       in: filter.answers))
        \(GovUK.select("worker", label: "Of everybody’s, held by", options: named, in: filter.answers))
        \(GovUK.checkboxes("risk", legend: "Risk", hint: "None ticked: any.", options: levels.map(\.option),
                           small: true, in: filter.answers))
        \(GovUK.checkboxes("only", legend: "Only those", options: [
            GovUK.Choice("overdue", "whose first contact is overdue"),
            GovUK.Choice("changed", "that changed since whoever holds them looked"),
        ], small: true, in: filter.answers))
        \(GovUK.details("Opened between two days", """
            \(GovUK.dateInput("from", legend: "From", in: filter.answers))
            \(GovUK.dateInput("until", legend: "Until", in: filter.answers))
            """, open: filter.from != nil || filter.until != nil || filter.answers.areRefused))
        \(GovUK.select("order", label: "In which order?", options: CaseOrder.options, in: filter.answers))
        \(GovUK.button("Show", kind: .secondary))</form>
        """
}

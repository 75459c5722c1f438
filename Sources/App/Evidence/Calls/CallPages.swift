import Foundation
import Pages
import Postgres

func dataCallsPage(_ lines: [(call: DataCall, standings: [CallStanding])], _ visit: Visit) -> Page {
    Page("Data", wide: true, """
        <p class="govuk-body">What agencies are asked for, and what has come of it. Names stay with the agency that \
        sent them: here are rows without names, counts, and how good they are.</p>
        \(GovUK.buttonGroup([
            GovUK.button("Ask agencies for data", href: "/data/new"),
            GovUK.link("What is asked for (specifications)", href: "/data/specifications"),
        ]))
        \(lines.isEmpty ? plain(["Nothing has been asked for yet."]) : GovUK.table(
            caption: "Asked for, the last due first",
            columns: [
                "What", "Period", "Due", .numeric("Agencies asked"), .numeric("Received"), .numeric("No return yet"),
            ],
            rows: lines.map { line -> [HTML] in
                let received = line.standings.count { $0.current != nil }
                return [
                    "\(GovUK.link(line.call.title, href: line.call.path)) \(callTag(line.call, visit))",
                    "\(line.call.period.words)", "\(line.call.due.description)", "\(line.standings.count)",
                    "\(received)", "\(line.standings.count - received)",
                ]
            }))
        """)
}

/// Where a call stands as a whole.
func callTag(_ call: DataCall, _ visit: Visit) -> HTML {
    if visit.today >= call.keepUntil { return GovUK.tag("Deleted", colour: .grey) }
    if call.closedAt != nil { return GovUK.tag("Closed", colour: .grey) }
    return call.due < visit.today ? GovUK.tag("Overdue", colour: .red) : .empty
}

func dataCallPage(_ call: DataCall, _ standings: [CallStanding], _ visit: Visit) -> Page {
    Page("Data call", caption: call.title, back: "/data", wide: true, """
        \(callTag(call, visit))\(callSummary(call))
        <p class="govuk-body">\(GovUK.link("How good it is, by agency and column", href: call.path + "/quality"))</p>
        \(GovUK.table(
            caption: "Agencies", columns: [
                "Agency", "Return", .numeric("Rows"), .numeric("Set aside"), "Sent", "Opt-out", "Earlier ones",
            ], rows: standings.map { standingRow($0) }))
        \(call.closedAt == nil ? GovUK.details("Close this call", """
            <p class="govuk-body">Agencies are not reminded any more and can’t send. What they sent stays until it is \
            deleted.</p>\(visit.buttonForm(call.path + "/close", "Close the call", kind: .warning))
            """) : HTML.empty)
        """)
}

/// What a call asks, for the analyst and for those who are asked.
func callSummary(_ call: DataCall) -> HTML {
    var rows = [
        GovUK.SummaryRow("Period", "\(call.period.words)"),
        GovUK.SummaryRow("Due", "\(call.due.description)"),
        GovUK.SummaryRow("How it comes", "\(call.kind.label)"),
        GovUK.SummaryRow("Deleted on", "\(call.keepUntil.description). From that day nobody can read it"),
        GovUK.SummaryRow("What is asked for", GovUK.details(
            call.specification.title, specificationTable(call.specification))),
    ]
    if let assessment = call.assessment {
        rows.append(GovUK.SummaryRow("Impact assessment", "\(assessment)"))
        rows.append(GovUK.SummaryRow("Agreement", "\(call.agreement ?? "")"))
    }
    if let words = call.words { rows.append(GovUK.SummaryRow("To know", lines(words))) }
    return GovUK.summaryList(rows)
}

func specificationTable(_ specification: DataSpecification) -> HTML {
    GovUK.table(
        caption: "Columns of \(specification.title)", captionHidden: true,
        columns: ["Column", "What it holds", "Needed", "Accepted answers"],
        rows: specification.columns.map { column -> [HTML] in
            let answers = column.categories.map { one in
                one.code == one.label ? one.code : "\(one.code) (\(one.label))"
            }
            return ["\(column.name)", "\(column.kind.label)", "\(column.isNeeded ? "Needed" : "If known")",
                    "\(answers.joined(separator: ", "))"]
        })
}

private func standingRow(_ standing: CallStanding) -> [HTML] {
    let agency: HTML = standing.agency.isHealth ? "\(standing.agency.name) (health care)" : "\(standing.agency.name)"
    guard let current = standing.current else {
        let newest = standing.newest
        return [
            agency, GovUK.tag(standing.words, colour: newest == nil ? .grey : .yellow), "No return", "No return",
            "\(newest.map { London.short($0.at) } ?? "Never")", "", "\(max(0, standing.returns.count - 1))",
        ]
    }
    let optOut: HTML = current.optOut == .notHealth ? "" : """
        \(current.optOut.label)\(current.optOutWords.map { words -> HTML in ": \(words)" })
        """
    let rows: HTML = current.kind == .clear && current.deletedAt == nil
        ? GovUK.link("\(current.rowsDone)", href: "/data/returns/\(current.id.column)",
                     visuallyHidden: "rows of \(standing.agency.name)") : "\(current.rowsDone)"
    return [
        agency, GovUK.tag(standing.words, colour: current.rowsBad > 0 ? .yellow : .green), rows,
        "\(current.rowsBad)", "\(London.short(current.at))", optOut, "\(standing.returns.count - 1)",
    ]
}

func specificationsPage(_ all: [DataSpecification], _ visit: Visit) -> Page {
    Page("What is asked for", back: "/data", wide: true, """
        \(GovUK.button("Write a specification", href: "/data/specifications/new"))
        \(all.isEmpty ? plain(["None yet. The form opens with the columns that are usually asked for."]) : HTML.joined(
            all.map { one in
                """
                <h2 class="govuk-heading-m">\(one.title)</h2>
                <p class="govuk-body">\(one.days). \(GovUK.link(
                    "Write its next version", href: "/data/specifications/new?of=\(one.id.column)",
                    visuallyHidden: one.title))</p>
                \(GovUK.details("Columns of \(one.title)", specificationTable(one)))
                """
            }))
        """)
}

func newSpecificationPage(
    _ known: [DataSpecification], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let kinds = DataKind.allCases.map { kind -> HTML in "<strong>\(kind.rawValue)</strong>: \(kind.label)" }
    return Page("Write a specification", errors: answers.errors, back: "/data/specifications", """
        \(notice)\(visit.form("/data/specifications/new", answers, """
            \(GovUK.input("name", label: "What is it called?", hint: "The name of one that is there makes its next "
                + "version. Earlier versions stay as they are.", in: answers))
            \(GovUK.textarea("columns", label: "Columns", hint: "One a line: its name | what it holds | needed, or "
                + "nothing | for a category, the accepted answers with semicolons between", rows: 16, in: answers))
            \(GovUK.details("What a column can hold", GovUK.list(kinds)))
            <p class="govuk-body">Every category also accepts “not known”, “declined” and “not asked”. Other answers \
            are shown to the agency, which says what they mean: nothing is changed silently.</p>
            \(GovUK.dateInput("from", legend: "From when is this version asked for?", in: answers))
            \(GovUK.dateInput("until", legend: "Until when (optional)?", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func newDataCallPage(
    _ choices: DataCallForm.Choices, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    if choices.specifications.isEmpty {
        return Page("Ask agencies for data", back: "/data", """
            <p class="govuk-body">First say what is asked for.</p>
            \(GovUK.button("Write a specification", href: "/data/specifications/new"))
            """)
    }
    let agencies = choices.agencies.map { GovUK.Choice($0.id.column, $0.name) }
    let none = GovUK.Choice("", "None")
    return Page("Ask agencies for data", errors: answers.errors, back: "/data", """
        \(notice)\(visit.form("/data/new", answers, """
            \(GovUK.input("title", label: "What is the call called?", hint: "For example, Needs assessment 2026",
                          in: answers))
            \(GovUK.select("specification", label: "What is asked for?", options: [GovUK.Choice("", "Choose")]
                + choices.specifications.map { GovUK.Choice($0.id.column, $0.title) }, in: answers))
            \(GovUK.dateInput("from", legend: "First day of the period", in: answers))
            \(GovUK.dateInput("until", legend: "Last day of the period", in: answers))
            \(GovUK.dateInput("due", legend: "By when is it due?", in: answers))
            \(GovUK.radios("kind", legend: "How do records come?", options: DataCallKind.options, in: answers))
            \(GovUK.select("assessment", label: "In the clear: the impact assessment", hint: "From the register of the "
                + "data protection officer", options: [none] + choices.assessments.map {
                    GovUK.Choice($0.id.column, "\($0.title), version \($0.version)")
                }, in: answers))
            \(GovUK.input("agreement", label: "In the clear: the agreement, and its date", in: answers))
            \(GovUK.dateInput("keep", legend: "On which day is what was sent deleted?", hint: "Within three years of "
                + "being due. From that day nobody can read it.", in: answers))
            \(GovUK.checkboxes("agencies", legend: "Who is asked?", options: agencies, small: true, in: answers))
            \(GovUK.checkboxes("health", legend: "Which of them supply health care?", hint: "They say how the national "
                + "data opt-out was applied.", options: agencies, small: true, in: answers))
            \(GovUK.textarea("words", label: "What else should agencies know (optional)?", rows: 3, in: answers))
            \(GovUK.button("Ask for it"))
            """))
        """)
}

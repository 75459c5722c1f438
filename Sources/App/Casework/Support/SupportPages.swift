import Foundation
import Pages
import Postgres

/// On the case's page: how its needs stand, how often something was done, and the way to both.
func supportSummary(_ counts: SupportCounts, of record: CaseRecord) -> HTML {
    let link = GovUK.link("Needs, goals and support given", href: "/cases/\(record.id.column)/support")
    return "<h2 class=\"govuk-heading-m\">Support</h2>\(GovUK.paragraph("\(counts.words) \(link)"))"
}

/// What stands on the page of a case's needs and of what was done.
struct CaseSupport: Sendable {
    let record: CaseRecord
    let contact: SafeContact?
    let needs: [Need]
    let done: [Intervention]
    let counts: InterventionCounts
    let isFirst: Bool

    static let perPage = 25
}

func supportPage(_ support: CaseSupport, _ visit: Visit) -> Page {
    let record = support.record
    let base = "/cases/\(record.id.column)"
    let mayWrite = visit.viewer.may(.writeNotes)
    let unmet = support.needs.filter(\.now.state.isUnmet)
    let settled = support.needs.filter { !$0.now.state.isUnmet }
    let mayChange = mayWrite && record.isOpen
    func cards(_ needs: [Need]) -> HTML { .joined(needs.map { needCard($0, base, mayChange: mayChange) }) }
    let isFull = support.needs.count == NeedKind.allCases.count
    var buttons: [HTML] = []
    if mayWrite { buttons.append(GovUK.button("Record support given", href: base + "/interventions/new")) }
    if mayChange, !isFull {
        buttons.append(GovUK.button("Add a need", kind: .secondary, href: base + "/support/needs/new"))
    }
    return Page(
        "Needs and support", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(support.contact, record.person, visit), """
        \(buttons.isEmpty ? HTML.empty : GovUK.buttonGroup(buttons))<h2 class="govuk-heading-m">Needs and goals</h2>
        \(unmet.isEmpty ? plain([support.needs.isEmpty ? "None recorded yet." : "None is open."]) : cards(unmet))
        \(settled.isEmpty ? HTML.empty : GovUK.details(
            "Met or no longer wanted (\(settled.count))", cards(settled), open: unmet.isEmpty))
        <h2 class="govuk-heading-m">Support given</h2>\(doneList(support, base))\(countTable(support.counts))
        """)
}

private func needCard(_ need: Need, _ base: String, mayChange: Bool) -> HTML {
    let now = need.now
    let since: HTML = now.state == .open && need.earlier.isEmpty ? "since \(need.openedOn.description)"
        : "since \(now.since.description); known since \(need.openedOn.description)"
    return GovUK.summaryCard(title: need.kind.label, actions: mayChange ? [
        GovUK.Action("Change", href: "\(base)/support/needs/\(need.id.column)"),
    ] : [], rows: [
        GovUK.SummaryRow("What is wanted", now.goal.isEmpty ? "Nothing recorded" : lines(now.goal)),
        GovUK.SummaryRow("How it stands", """
            \(GovUK.tag(now.state.label, colour: now.state.colour)) \(since). Recorded \
            \(London.short(now.recordedAt)), \(now.by)
            """),
    ] + (now.note.isEmpty ? [] : [GovUK.SummaryRow("Note", lines(now.note))])
        + (need.earlier.isEmpty ? [] : [GovUK.SummaryRow("Before", earlier(need))]))
}

private func earlier(_ need: Need) -> HTML {
    let items = need.earlier.map { said -> HTML in
        let goal: HTML? = said.goal.isEmpty ? nil : "<br>\(lines(said.goal))"
        let note: HTML? = said.note.isEmpty ? nil : "<br>\(lines(said.note))"
        return """
            \(said.state.label) since \(said.since.description). \(London.short(said.recordedAt)), \
            \(said.by)\(goal)\(note)
            """
    }
    let title = "\(items.count) earlier version\(items.count == 1 ? "" : "s")"
    return GovUK.details(title, GovUK.list(items))
}

private func doneList(_ support: CaseSupport, _ base: String) -> HTML {
    let shown = Array(support.done.prefix(CaseSupport.perPage))
    if shown.isEmpty { return plain([support.isFirst ? "None recorded yet." : "Nothing earlier."]) }
    let rows = shown.map { one -> [HTML] in
        let agreed: HTML? = one.what.kind == .armyWelfare ? ", with their agreement" : nil
        let note: HTML? = one.note.isEmpty ? nil : "<br>\(lines(one.note))"
        let day = London.day(of: one.recordedAt)
        let late: HTML? = day == one.happenedOn ? nil : "<br>recorded \(day.description)"
        return [
            "\(one.happenedOn.description)", "<strong>\(one.what.label)</strong>\(agreed)\(note)",
            "\(one.need.map(\.label) ?? "")", "\(one.by)\(late)",
        ]
    }
    let more = support.done.count > shown.count
        ? shown.last.map { "\(base)/support?from=\(Keyset(at: $0.happenedAt, id: $0.id).text)" } : nil
    let pages = newestFirstPages("\(base)/support", next: more, isFirst: support.isFirst)
    return """
        \(GovUK.table(caption: "Newest first", captionSize: .s,
                      columns: ["When", "What", "Helps with", "Recorded by"], rows: rows))\(pages)
        """
}

/// Only what was recorded here counts, each record once: a referral or a plan elsewhere on the record adds nothing.
private func countTable(_ counts: InterventionCounts) -> HTML {
    if counts.all.isEmpty { return .empty }
    let rows = counts.all.map { one -> [HTML] in ["\(one.kind.label)", "\(one.times)"] }
    return GovUK.table(
        caption: "How often, over the life of the case", captionSize: .s, columns: ["What", .numeric("Times")],
        rows: rows + [["All together", "\(counts.total)"]])
}

func needPage(
    _ record: CaseRecord, _ left: [NeedKind], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/support"
    return Page("Add a need", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/needs/new", answers, """
            \(GovUK.radios("kind", legend: "What is help needed with?", options: left.map(\.option), small: true,
                           in: answers))
            \(GovUK.textarea("goal", label: "What is wanted?",
                             hint: "In their own words, if they say. May be left empty.", rows: 3, in: answers))
            \(GovUK.dateInput("opened", legend: "Known since", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func needChangePage(
    _ record: CaseRecord, _ need: Need, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/support"
    return Page(
        "Change a need", caption: "\(need.kind.label), \(record.reference)", errors: answers.errors, back: base, """
        \(notice)\(needChangeForm(base, need, answers, visit))
        """)
}

private func needChangeForm(
    _ base: String, _ need: Need, _ answers: Answers, button: String = "Save", _ visit: Visit
) -> HTML {
    visit.form("\(base)/needs/\(need.id.column)", answers, """
        \(GovUK.hidden("version", answers["version"]))
        \(GovUK.radios("state", legend: "How does it stand?", options: NeedState.options, small: true, in: answers))
        \(GovUK.dateInput("since", legend: "Since when?",
                           hint: "Left empty: today, or as before where it stands as before.", in: answers))
        \(GovUK.textarea("goal", label: "What is wanted?", rows: 3, in: answers))
        \(GovUK.textarea("note", label: "Note", hint: "What came of it, or what is missing. May be left empty.",
                         rows: 3, in: answers))
        \(GovUK.button(button))
        """)
}

/// A colleague saved while this was being written: both are shown, and neither is lost.
func needConflictPage(_ record: CaseRecord, _ theirs: Need, _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)/support"
    let again = answers.again(over: theirs.now.version)
    return Page("Someone else changed this too", caption: theirs.kind.label, back: base, """
        <p class="govuk-body">While you were writing, \(theirs.now.by) saved this. Yours is not saved yet.</p>
        \(needCard(theirs, base, mayChange: false))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: base)), or check yours below and save it
        instead. Theirs stays among the earlier versions.</p>
        \(needChangeForm(base, theirs, again, button: "Save mine", visit))
        """)
}

func interventionPage(
    _ record: CaseRecord, _ needs: [Need], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)"
    let helps: HTML = needs.isEmpty ? .empty : GovUK.radios(
        "need", legend: "Which need does it help with?", options: needs.map {
            GovUK.Choice($0.id.column, $0.kind.label)
        } + [GovUK.Choice(value: "none", label: "None of these", divider: "or")], small: true, in: answers)
    return Page("Record support given", caption: record.reference, errors: answers.errors, back: base + "/support", """
        \(notice)\(visit.form(base + "/interventions/new", answers, """
            \(GovUK.radios("what", legend: "What was done?", options: InterventionAnswer.all.map {
                GovUK.Choice($0.value, $0.label, hint: $0.kind.hint)
            }, small: true, in: answers))
            \(GovUK.checkboxes("agreed", legend: "For Army Welfare only", options: [
                GovUK.Choice("yes", "They agreed to it"),
            ], small: true, in: answers))
            \(GovUK.dateInput("happened", legend: "When did it happen?", in: answers))
            \(helps)
            \(GovUK.textarea("note", label: "Note", hint: "Short. May be left empty.", rows: 3, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

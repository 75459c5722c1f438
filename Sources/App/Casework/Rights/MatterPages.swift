import Foundation
import Pages
import Postgres

/// On the case's page: what stands and what is due, and the way to all of it.
func matterSummary(_ matters: MattersInBrief, of record: CaseRecord, _ today: Day) -> HTML {
    let items = matters.lines.map { line -> HTML in
        let due: HTML? = line.due.map { " \(MatterClock(label: "by", due: $0).tag(on: today))" }
        return "\(line.kind.label): \(line.step.label)\(due)"
    }
    let link = GovUK.link("Court, rights and safeguarding", href: "/cases/\(record.id.column)/rights")
    let words = matters.lines.isEmpty && matters.over == 0 ? "Nothing recorded yet. "
        : matters.over == 0 ? "" : "\(matters.over) over. "
    return "\(items.isEmpty ? HTML.empty : GovUK.list(items))\(GovUK.paragraph("\(words)\(link)"))"
}

/// What stands on the page of a case's matters.
struct CaseRights: Sendable {
    let record: CaseRecord
    let contact: SafeContact?
    let matters: [Matter]
    /// Sent from the case, newest first.
    let referrals: [Referral]

    var base: String { "/cases/\(record.id.column)" }
}

func rightsPage(_ rights: CaseRights, _ visit: Visit) -> Page {
    let base = rights.base
    let mayChange = visit.viewer.may(.writeNotes) && rights.record.isOpen
    func cards(_ matters: [Matter]) -> HTML {
        .joined(matters.map { matterCard($0, base, visit.today, mayChange: mayChange) })
    }
    let (standing, over) = (rights.matters.filter { !$0.isOver }, rights.matters.filter(\.isOver))
    let add: HTML = mayChange ? """
        \(GovUK.button("Refer to safeguarding or another service", href: base + "/referrals/new"))
        \(GovUK.details("Record something new", GovUK.list(MatterKind.allCases.map {
            GovUK.link($0.label, href: "\(base)/rights/new?kind=\($0.rawValue)")
        })))
        """ : ""
    return Page(
        "Court and rights",
        caption: "\(rights.record.personName ?? "Person not shared"), \(rights.record.reference)", back: base,
        above: safeContactBanner(rights.contact, rights.record.person, visit), """
        \(add)\(GovUK.paragraph(GovUK.link("Orders, service and breaches", href: base + "/orders")))
        \(standing.isEmpty ? plain([rights.matters.isEmpty ? "Nothing recorded yet." : "Nothing is open."])
            : cards(standing))
        \(over.isEmpty ? HTML.empty : GovUK.details(
            "Over or withdrawn (\(over.count))", cards(over), open: standing.isEmpty))
        \(referralTable(rights.referrals, visit))
        """)
}

private func referralTable(_ referrals: [Referral], _ visit: Visit) -> HTML {
    if referrals.isEmpty { return .empty }
    return GovUK.table(
        caption: "Referred from this case", columns: ["What for", "To", "Receipt", "Sent", "Outcome"],
        rows: referrals.map { one -> [HTML] in
            let state = one.state(at: visit.now)
            let outcome: HTML = one.answer.map { "\($0.summary), \(London.short($0.at))" }
                ?? "\(state.label). Due \(London.short(one.dueAt))"
            return [
                GovUK.link(one.kind.label, href: "/referrals/\(one.id.column)", visuallyHidden: one.reference),
                "\(one.toName)", "\(one.reference)", "\(London.short(one.receivedAt))", outcome,
            ]
        })
}

func matterCard(_ matter: Matter, _ base: String, _ today: Day, mayChange: Bool) -> HTML {
    let here = "\(base)/rights/\(matter.id.column)"
    let actions = mayChange && matter.withdrawal == nil ? [
        GovUK.Action("Move on or correct", href: here), GovUK.Action("Withdraw", href: here + "/withdraw"),
    ] : []
    var rows = [GovUK.SummaryRow("Stands at", "\(stepTag(matter.now)) since \(matter.now.happenedOn.description)")]
    if !matter.clocks.isEmpty {
        rows.append(GovUK.SummaryRow("Due", GovUK.list(matter.clocks.map { $0.tag(on: today) }, .plain)))
    }
    rows += facts(matter.kind, matter.now).map { GovUK.SummaryRow($0.0, $0.1) }
    rows.append(GovUK.SummaryRow("Recorded", "\(London.short(matter.now.recordedAt)), \(matter.now.by)"))
    if let withdrawal = matter.withdrawal { rows.append(GovUK.SummaryRow("Withdrawn", withdrawal.words)) }
    if !matter.earlier.isEmpty { rows.append(GovUK.SummaryRow("Before", earlier(matter))) }
    return GovUK.summaryCard(title: matter.name, actions: actions, rows: rows)
}

private func stepTag(_ entry: MatterEntry) -> HTML {
    GovUK.tag(entry.step.label, colour: entry.step.ends ? .grey : .blue)
}

private func facts(_ kind: MatterKind, _ entry: MatterEntry) -> [(String, HTML)] {
    var rows: [(String, HTML)] = []
    if !entry.who.isEmpty { rows.append((kind.whoLabel, "\(entry.who)")) }
    if !entry.reference.isEmpty { rows.append(("Reference", "\(entry.reference)")) }
    for group in kind.groups {
        let given = group.options.filter { entry.facts.contains($0.code) }.map(\.label)
        if !given.isEmpty { rows.append((group.label, "\(given.joined(separator: ", "))")) }
    }
    if !entry.words.isEmpty { rows.append((kind.wordsLabel, lines(entry.words))) }
    return rows
}

private func earlier(_ matter: Matter) -> HTML {
    let items = matter.earlier.map { entry -> HTML in
        let due: HTML? = entry.due.map { ", due \($0.description)" }
        let more = facts(matter.kind, entry).map { label, value -> HTML in "<br>\(label): \(value)" }
        return """
            \(entry.step.label) since \(entry.happenedOn.description)\(due). \(London.short(entry.recordedAt)), \
            \(entry.by)\(.joined(more))
            """
    }
    return GovUK.details("\(items.count) earlier entr\(items.count == 1 ? "y" : "ies")", GovUK.list(items))
}

func newMatterPage(
    _ record: CaseRecord, _ kind: MatterKind, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/rights"
    return Page("Record something new", caption: record.reference, errors: answers.errors, back: base, """
        <h2 class="govuk-heading-m">\(kind.label)</h2>\(plain([kind.advice]))\(notice)
        \(visit.form(base + "/new", answers, """
            \(GovUK.hidden("kind", kind.rawValue))\(fields(kind, answers))\(GovUK.button("Save"))
            """))
        """)
}

func moveMatterPage(
    _ record: CaseRecord, _ matter: Matter, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/rights"
    return Page("Move on or correct", caption: record.reference, errors: answers.errors, back: base, """
        <h2 class="govuk-heading-m">\(matter.name)</h2>
        \(plain([matter.kind.advice, "What stood before is kept."]))\(notice)\(moveForm(base, matter, answers, visit))
        """)
}

private func moveForm(
    _ base: String, _ matter: Matter, _ answers: Answers, button: String = "Save", _ visit: Visit
) -> HTML {
    visit.form("\(base)/\(matter.id.column)", answers, """
        \(GovUK.hidden("version", answers["version"]))\(fields(matter.kind, answers))\(GovUK.button(button))
        """)
}

private func fields(_ kind: MatterKind, _ answers: Answers) -> HTML {
    let groups = kind.groups.map { group -> HTML in
        let options = group.options.map { GovUK.Choice($0.code, $0.label) }
        return group.isMany
            ? GovUK.checkboxes(group.name, legend: group.label, options: options, small: true, in: answers)
            : GovUK.radios(group.name, legend: group.label, options: options, small: true, in: answers)
    }
    let named = kind.steps.filter(\.asksDay).map(\.label).joined(separator: "; ")
    let due: HTML? = named.isEmpty ? nil : GovUK.dateInput(
        "due", legend: "Which day?", hint: "Only for: \(named).", in: answers)
    return """
        \(GovUK.radios("step", legend: "Where does it stand?", options: kind.steps.map {
            GovUK.Choice($0.code, $0.label)
        }, small: true, in: answers))
        \(GovUK.dateInput("happened", legend: "Since when?", in: answers))\(due)
        \(GovUK.input("who", label: kind.whoLabel, autocomplete: "off", in: answers))
        \(GovUK.input("reference", label: "Reference", hint: "Theirs, if there is one.", autocomplete: "off",
                      in: answers))
        \(.joined(groups))
        \(GovUK.textarea("words", label: kind.wordsLabel, rows: 3, in: answers))
        """
}

/// A colleague saved while this was being written: both are shown, and neither is lost.
func matterConflictPage(_ record: CaseRecord, _ theirs: Matter, _ answers: Answers, _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    let again = answers.again(over: theirs.now.version)
    return Page("Someone else changed this too", caption: theirs.kind.label, back: base + "/rights", """
        <p class="govuk-body">While you were writing, \(theirs.now.by) saved this. Yours is not saved yet.</p>
        \(matterCard(theirs, base, visit.today, mayChange: false))
        <p class="govuk-body">\(GovUK.link("Keep the saved one", href: base + "/rights")), or check yours below and save
        it instead. Theirs stays among the earlier entries.</p>
        \(moveForm(base + "/rights", theirs, again, button: "Save mine", visit))
        """)
}

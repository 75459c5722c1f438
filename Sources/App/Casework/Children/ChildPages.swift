import Foundation
import Pages
import Postgres

/// A child's own record: the child first, and nothing of any other household.
func childRecordPage(
    _ child: Person, _ contact: SafeContact?, _ entries: [ChildEntry], _ requests: [ChildRequest], _ visit: Visit
) -> Page {
    let holding = entries.filter(\.holds)
    let base = "/people/\(child.id.column)/child"
    let mayEdit = visit.viewer.may(.editPeople)
    func of(_ kind: ChildEntryKind) -> [ChildEntry] { holding.filter { $0.kind == kind } }
    func add(_ text: String, _ kind: ChildEntryKind) -> HTML {
        mayEdit ? GovUK.paragraph(GovUK.link(text, href: "\(base)/\(kind.rawValue)")) : .empty
    }
    func cards(_ kind: ChildEntryKind) -> HTML {
        .joined(of(kind).map { childCard($0, base, mayEdit: mayEdit, visit) })
    }
    func section(_ kind: ChildEntryKind, _ none: String, _ text: String?) -> HTML {
        """
        <h2 class="govuk-heading-m">\(kind.label)</h2>\(of(kind).isEmpty ? plain([none]) : cards(kind))
        \(text.map { add($0, kind) })
        """
    }
    let born = child.birth.words(on: visit.today)
    return Page(
        "Person", heading: child.name, caption: "Their own record", back: "/people/\(child.id.column)",
        above: safeContactBanner(contact, child.id, visit), """
        <p class="govuk-body">Date of birth: \(born). What stands here is about this child alone.</p>
        \(section(.worker, "Nobody works with them in their own right yet.",
                  of(.worker).isEmpty ? "Say who their worker is" : nil))
        \(section(.voice, "Nothing yet of what they say themselves.", "Write down what they said"))
        \(section(.harm, "Nothing recorded yet.", "Add what they saw, heard or went through"))
        <h2 class="govuk-heading-m">Their plan</h2>
        \(of(.goal).isEmpty ? plain(["Nothing yet that they want."]) : cards(.goal))
        \(add("Add something they want", .goal))
        \(GovUK.paragraph(GovUK.link("Their plan for staying out of it, and the page to hand over",
                                     href: "/people/\(child.id.column)/plan")))
        \(section(.contact, "No arrangement recorded yet.", "Add an arrangement with a parent"))
        \(section(.setting, "None recorded yet.", "Add a school or other setting"))
        \(section(.care, "Not recorded yet.", of(.care).isEmpty ? "Say how social care works with them" : nil))
        \(requestsAbout(requests, visit))
        \(pastEntries(entries.filter { !$0.holds }))
        """)
}

private func childCard(_ entry: ChildEntry, _ base: String, mayEdit: Bool, _ visit: Visit) -> HTML {
    let here = "\(base)/entries/\(entry.id.column)"
    let what = "\(entry.kind.label.lowercased()), \(entry.day)"
    let actions = mayEdit ? [
        GovUK.Action("Change", visuallyHidden: what, href: here),
        GovUK.Action("Take back", visuallyHidden: what, href: here + "/withdraw"),
    ] : []
    return GovUK.summaryCard(title: cardTitle(entry), actions: actions, rows: rows(entry) + [
        settingRow(entry, here, visit),
        GovUK.SummaryRow("Recorded", "\(London.short(entry.recordedAt)), \(entry.by)"),
    ].compactMap(\.self))
}

private func cardTitle(_ entry: ChildEntry) -> String {
    switch entry.kind {
    case .worker: entry.workerName ?? "A colleague"
    case .voice: "Said on \(entry.day)"
    case .harm: "\(entry.kind.label(of: entry.word)), \(entry.day)"
    case .setting, .care: entry.kind.label(of: entry.word)
    case .contact: "With \(entry.adultName ?? "somebody")"
    case .goal: entry.body["words"] ?? ""
    }
}

private func rows(_ entry: ChildEntry) -> [GovUK.SummaryRow] {
    var rows: [GovUK.SummaryRow] = []
    func add(_ key: String, _ field: String) {
        if let text = entry.body[field] { rows.append(GovUK.SummaryRow(key, lines(text))) }
    }
    switch entry.kind {
    case .worker: rows.append(GovUK.SummaryRow("From", "\(entry.day.description)"))
    case .voice:
        rows.append(GovUK.SummaryRow("In their words", "“\(lines(entry.body["words"] ?? ""))”"))
        rows.append(GovUK.SummaryRow("Heard by", "\(entry.body["heard"] ?? entry.by)"))
    case .harm:
        add("What it was", "words")
        add("Told by", "heard")
    case .setting: rows.append(GovUK.SummaryRow("Since", "\(entry.day.description)"))
    case .care:
        let care = SocialCare(rawValue: entry.word) ?? .notKnown
        rows.append(GovUK.SummaryRow(
            "Since", "\(entry.day.description) \(GovUK.tag(care.label, colour: care.colour))"))
        add("Lead", "name")
        add("How to reach them", "reach")
        add("What is agreed", "note")
    case .contact:
        rows.append(GovUK.SummaryRow(
            "Time together", "\(entry.kind.label(of: entry.word)), since \(entry.day.description)"))
        let order: HTML? = entry.order.map { "<br>\($0.words)" }
        rows.append(GovUK.SummaryRow("Rests on", "\(entry.basis?.label ?? "")\(order)"))
        add("What it says", "note")
    case .goal:
        let state = GoalState(rawValue: entry.word) ?? .wanted
        rows.append(GovUK.SummaryRow("How it stands", GovUK.tag(state.label, colour: state.colour)))
        add("What we do", "steps")
    }
    return rows
}

/// Never its name: that there is one, whether it must stay hidden, and a button.
private func settingRow(_ entry: ChildEntry, _ here: String, _ visit: Visit) -> GovUK.SummaryRow? {
    guard entry.kind == .setting else { return nil }
    let tag: HTML? = entry.isProtected ? GovUK.tag("Protected", colour: .red) : nil
    let show: HTML? = visit.viewer.may(.revealContactDetails)
        ? visit.buttonForm(here + "/reveal", "Show its name", kind: .secondary) : nil
    return GovUK.SummaryRow("Which", "\(tag)\(show)")
}

func revealedSettingPage(_ child: Person, _ entry: ChildEntry) -> Page {
    let rows = ChildEntryKind.setting.fields.compactMap { field in
        entry.body[field.name].map { GovUK.SummaryRow(field.label, lines($0)) }
    }
    let warning: HTML? = entry.isProtected
        ? GovUK.warningText("Protected: its name can tell where the child lives.") : nil
    return Page("Address", heading: child.name, caption: entry.kind.label(of: entry.word),
                back: "/people/\(child.id.column)/child", """
        \(warning)\(rows.isEmpty ? plain(["Nothing more is recorded."]) : GovUK.summaryList(rows))
        <p class="govuk-body">That you looked at this has been recorded.</p>
        """)
}

/// What somebody asked for about the child, and how it was decided; for colleagues of the record's agency.
private func requestsAbout(_ requests: [ChildRequest], _ visit: Visit) -> HTML {
    let items = requests.map { request -> HTML in
        let state: HTML = request.decision.map { "\($0.outcome.label). \(lines($0.reason))" }
            ?? "\(GovUK.tag("To be decided by \(request.due)", colour: request.due < visit.today ? .red : .yellow))"
        return """
            <strong>\(request.received.description)</strong>, \(request.askerName) \
            (\(request.asker.label.lowercased())): \(lines(request.what))<br>\(state)
            """
    }
    let note: HTML? = visit.viewer.may(.recordContacts) ? GovUK.paragraph("""
        If somebody asks, tell them nothing, not even that there is a record. \
        \(GovUK.link("Put the request down", href: "/child-requests/new"))
        """) : nil
    return """
        <h2 class="govuk-heading-m">Requests for information</h2>
        \(items.isEmpty ? plain(["None that anybody found to be about this child."]) : GovUK.list(items))\(note)
        """
}

/// What was changed or taken back stays to be read.
private func pastEntries(_ entries: [ChildEntry]) -> HTML {
    if entries.isEmpty { return .empty }
    let items = entries.map { entry -> HTML in
        let words: HTML? = entry.body["words"].map { "<br>\(lines($0))" }
            ?? entry.body["note"].map { "<br>\(lines($0))" }
        let why: HTML = entry.end.map { end in
            end.reason.isEmpty ? "Changed \(London.short(end.at)), \(end.by)"
                : "Taken back \(London.short(end.at)), \(end.by): \(lines(end.reason))"
        } ?? ""
        let what = [entry.kind.label(of: entry.word), entry.workerName ?? "", entry.adultName ?? ""]
            .filter { !$0.isEmpty }.joined(separator: ", ")
        return """
            <strong>\(entry.kind.label)</strong>, \(entry.day.description)\(what.isEmpty ? "" : ": \(what)")\
            \(words)<br>Recorded \(London.short(entry.recordedAt)), \(entry.by). \(why)
            """
    }
    return GovUK.details("Changed or taken back (\(items.count))", GovUK.list(items))
}

func childrenPage(_ mine: [ChildLine], _ without: [ChildLine], _ visit: Visit) -> Page {
    func rows(_ lines: ArraySlice<ChildLine>) -> [[HTML]] {
        lines.map { line in
            let age = line.birth.map { "\($0.years(until: visit.today))" } ?? "Not known"
            return [GovUK.link(line.name, href: "/people/\(line.id.column)/child"), "\(age)",
                    "\(line.since?.description ?? "Nobody yet")"]
        }
    }
    func table(_ caption: String, _ lines: [ChildLine], most: Int, _ last: String, _ none: String) -> HTML {
        if lines.isEmpty { return "<h2 class=\"govuk-heading-m\">\(caption)</h2>\(plain([none]))" }
        let more: HTML = lines.count > most ? plain(["These are \(most) of more."]) : .empty
        let columns = ["Child", "Age", GovUK.Column(last)]
        return "\(GovUK.table(caption: caption, columns: columns, rows: rows(lines.prefix(most))))\(more)"
    }
    return Page("Children", wide: true, """
        \(table("I am their worker", mine, most: 100, "Since", "You are no child’s worker."))
        \(table("No worker of their own yet, newest first", without, most: 25, "Worker", "Every child has one."))
        """)
}

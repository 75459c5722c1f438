import Foundation
import Pages
import Postgres

/// For whom support is asked: the front door's list.
func askingsPage(_ askings: [WallAsking], _ visit: Visit) -> Page {
    let rows = askings.map { asking -> [HTML] in
        let state = asking.supports > 0 ? GovUK.tag("Arranged", colour: .green)
            : GovUK.tag("Nobody yet", colour: .orange)
        return [
            GovUK.link(asking.told?.name ?? "Not readable here", href: "/across/\(asking.note.id.column)"),
            "\(asking.harmingName)", "\(London.short(asking.note.sentAt))", state,
        ]
    }
    return Page("From the other side", wide: true, """
        <p class="govuk-body">Somebody is to start on a programme, and may not before support for the partner is \
        arranged here. The other side learns that it is arranged, and nothing else.</p>
        \(rows.isEmpty ? plain(["Nothing was asked yet."]) : GovUK.table(
            caption: "Support asked for", columns: ["Who is to start", "Asked by", "Asked", "Support"], rows: rows))
        """)
}

func askingPage(
    _ asking: WallAsking, _ cases: [NamedCase], _ workers: [Colleague], _ supports: [IntegratedSupport],
    _ notes: [WallNote], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let path = "/across/\(asking.note.id.column)"
    let told = asking.told
    let options = cases.map { one in
        GovUK.Choice(one.id.column, "\(one.personName), \(one.reference)", hint: one.worker.map { "With \($0)" })
    } + [GovUK.Choice("elsewhere", "Another agency supports the partner")]
    let given = supports.map { support -> HTML in
        let end: HTML = support.endedAt == nil && support.caseID == nil ? visit.buttonForm(
            path + "/end", "End it", kind: .secondary, fields: ["support": support.id.column]) : .empty
        let forWhom: HTML = support.caseID.map { GovUK.link("A case", href: "/cases/\($0.column)/across") }
            ?? "\(support.elsewhere)"
        let ended: HTML? = support.endedAt.map { " Ended \(London.short($0)): \(support.reason)." }
        return "\(forWhom), \(support.worker), since \(London.short(support.recordedAt)).\(ended)\(end)"
    }
    return Page(
        "Arrange support", caption: "Asked by \(asking.harmingName), \(London.short(asking.note.sentAt))",
        errors: answers.errors, back: "/across", """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Who is to start", "\(told?.name ?? "Not readable here")"),
            GovUK.SummaryRow("Date of birth", "\(told.map { $0.born.isEmpty ? "Not known" : $0.born } ?? "")"),
            GovUK.SummaryRow("Whom they named", "\(told?.partner ?? "")"),
        ]))
        \(given.isEmpty ? HTML.empty : "<h2 class=\"govuk-heading-m\">Support so far</h2>\(GovUK.list(given))")
        \(noteList(notes))
        \(notice)\(visit.form(path, answers, """
            \(GovUK.radios("case", legend: "Whom is the support for?",
                hint: cases.isEmpty ? "No open case that you can see names somebody of this name." : nil,
                options: options, small: true, in: answers))
            \(GovUK.input("elsewhere", label: "Which agency?", hint: "Only if another agency supports the partner.",
                          in: answers))
            \(GovUK.radios("worker", legend: "Who gives the support, or answers for it here?", options: workers.map {
                GovUK.Choice($0.id.column, $0.name)
            }, small: true, in: answers))
            \(GovUK.button("Arrange support"))
            """))
        <p class="govuk-body">No case yet? Reach the person safely first, open one, and come back.</p>
        """)
}

private func noteList(_ notes: [WallNote]) -> HTML {
    if notes.isEmpty { return .empty }
    return """
        <h2 class="govuk-heading-m">What came, and what went back</h2>
        \(GovUK.list(notes.map { note -> HTML in
            let instruction: HTML? = note.instruction.map { ". \($0.label)" }
            let words: HTML? = note.words.isEmpty ? nil : ": \(note.words)"
            return """
                <strong>\(note.day.description)</strong> \(GovUK.tag(note.kind.label, colour: note.kind.colour))\
                \(instruction)\(words)<br>Sent \(London.short(note.sentAt))
                """
        }))
        """
}

/// On the case's page: that something came.
func acrossSummary(_ times: Int, of record: CaseRecord) -> HTML {
    if times == 0 { return .empty }
    let link = GovUK.link("From the other side", href: "/cases/\(record.id.column)/across")
    return GovUK.paragraph("\(link): \(times == 1 ? "1 notice" : "\(times) notices").")
}

/// On a case: what came across about whoever harms, and what goes back.
func acrossPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ supports: [IntegratedSupport], _ notes: [WallNote], _ visit: Visit
) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayChange = visit.viewer.may(.writeNotes) && record.isOpen
    let cards = supports.map { support -> HTML in
        let own = notes.filter { $0.place == support.place }
        let here = "\(base)/across/\(support.id.column)"
        let held = own.first { $0.kind == .instruction || $0.kind == .instructionEnded }
        let instruction: HTML = held?.instruction.map { "\($0.label): \(held?.words ?? "")" } ?? "None holds"
        var actions: [GovUK.Action] = []
        if mayChange, support.endedAt == nil {
            actions = [
                GovUK.Action("Agree an instruction", href: here), GovUK.Action("End support", href: here + "/end"),
            ]
        }
        let ended: HTML? = support.endedAt.map { ", ended \(London.short($0)): \(support.reason)" }
        return """
            \(GovUK.summaryCard(title: "Integrated support since \(London.short(support.recordedAt))", actions: actions,
                rows: [
                    GovUK.SummaryRow("Given by", "\(support.worker)\(ended)"),
                    GovUK.SummaryRow("Instruction to the other side", instruction),
                ]))
            \(noteList(own))
            """
    }
    let event = GovUK.link("record the event", href: "/people/\(record.person.column)/events/new")
    let review: HTML? = mayChange && visit.viewer.may(.assessRisk) ? GovUK.paragraph("""
        If it may change the risk, \(event): \
        a review is proposed then.
        """) : nil
    return Page(
        "From the other side", caption: "\(record.personName ?? "Person not shared"), \(record.reference)", back: base,
        above: safeContactBanner(contact, record.person, visit), """
        <p class="govuk-body">What the programme of whoever harms passes on. Nothing of this case goes there but that \
        support is arranged, and an instruction that was agreed.</p>
        \(review)\(cards.isEmpty ? plain(["Nothing yet."]) : HTML.joined(cards))
        """)
}

func instructionPage(
    _ record: CaseRecord, _ support: IntegratedSupport, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/across"
    return Page("Agree an instruction", caption: record.reference, errors: answers.errors, back: base, """
        <p class="govuk-body">It is read on the other side by whoever works with the other person, and replaces the \
        one before. Leave out names, numbers and places.</p>
        \(notice)\(visit.form("\(base)/\(support.id.column)", answers, """
            \(GovUK.radios("instruction", legend: "What must they do, or not do?", options: RiskInstruction.options + [
                GovUK.Choice("none", "No instruction holds any more"),
            ], small: true, in: answers))
            \(GovUK.input("words", label: "In a few words", hint: "For example, “not on Tuesday evenings”",
                          in: answers))
            \(GovUK.checkboxes("agreed", legend: "Is it agreed?", options: [
                GovUK.Choice("yes", "The person knows what is passed on, and agrees"),
            ], small: true, in: answers))
            \(GovUK.button("Pass it on"))
            """))
        """)
}

func supportEndPage(
    _ record: CaseRecord, _ support: IntegratedSupport, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/across"
    return Page("End support", caption: record.reference, errors: answers.errors, back: base, """
        <p class="govuk-body">When nobody gives support any more, the other side sees that it has ended, and nobody \
        new starts there.</p>
        \(notice)\(visit.form("\(base)/\(support.id.column)/end", answers, """
            \(GovUK.input("reason", label: "Why does it end?", hint: "Stays on this side.", in: answers))
            \(GovUK.button("End support"))
            """))
        """)
}

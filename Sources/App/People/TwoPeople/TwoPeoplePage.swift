import Foundation
import Pages
import Postgres

/// Two people: what is said in each direction, who is at risk as it was last decided, and the decisions before.
func twoPeoplePage(_ two: TwoPeople, _ answers: Answers, _ visit: Visit, isLate: Bool = false) -> Page {
    let late: HTML = isLate ? GovUK.warningText("""
        A colleague saved something else while you were writing. What they saved is shown here, and yours is in the \
        form: check it and save again.
        """) : .empty
    let mayEdit = visit.viewer.may(.editPeople)
    return Page("Between two people", errors: answers.errors, back: "/people/\(two.one.id.column)", """
        \(late)
        <p class="govuk-body">\(GovUK.link(two.one.name, href: "/people/\(two.one.id.column)")) and \
        \(GovUK.link(two.other.name, href: "/people/\(two.other.id.column)"))</p>
        \(decision(two))
        \(two.allegations.map { card($0, two) })
        \(mayEdit && !two.isMutual ? counter(two, visit) : HTML.empty)
        \(visit.viewer.may(.assessRisk) ? decisionForm(two, answers, visit) : HTML.empty)
        \(mayEdit ? connectionForm(two, answers, visit) : HTML.empty)
        \(history(two))
        """)
}

private func decision(_ two: TwoPeople) -> HTML {
    guard let latest = two.decisions.first else {
        return two.isMutual ? GovUK.warningText(
            "Each says that the other harms them, and nobody has decided who is at risk from whom.") : .empty
    }
    return GovUK.insetText("""
        <strong>\(latest.atRisk.words(two.one.name, two.other.name)).</strong> Decided by \(latest.decidedBy) on \
        \(London.dateAndTime(latest.decidedAt)).<br>\(lines(latest.reason))
        """)
}

private func names(_ item: Allegation, _ two: TwoPeople) -> (harmed: String, harming: String) {
    item.harmed == two.one.id ? (two.one.name, two.other.name) : (two.other.name, two.one.name)
}

private func card(_ item: Allegation, _ two: TwoPeople) -> HTML {
    let (harmed, harming) = names(item, two)
    return GovUK.summaryCard(title: "\(harmed), by \(harming)", rows: [
        GovUK.SummaryRow(item.harmedAs.label, "\(harmed)"),
        GovUK.SummaryRow("Harming", "\(harming)"),
        GovUK.SummaryRow("Connection", "\(item.connection.label)"),
        GovUK.SummaryRow("Recorded", "\(London.dateAndTime(item.recordedAt)), by \(item.recordedBy)"),
    ])
}

/// The other says the same: a second record, which changes nothing of the first.
private func counter(_ two: TwoPeople, _ visit: Visit) -> HTML {
    guard let known = two.allegations.first else { return .empty }
    let (harmed, harming) = names(known, two)
    return GovUK.details("\(harming) says that \(harmed) harms them", """
        <p class="govuk-body">It is recorded beside what is there, as a record of its own. Then decide who is at risk \
        from whom.</p>
        \(visit.buttonForm(two.path + "/counter", "Record that too", kind: .secondary))
        """)
}

private func decisionForm(_ two: TwoPeople, _ answers: Answers, _ visit: Visit) -> HTML {
    let number = two.decisions.first?.number ?? 0
    let choices = RiskDirectionForm.choices.map { value, atRisk in
        GovUK.Choice(value, atRisk.words(two.one.name, two.other.name))
    }
    return """
        <h2 class="govuk-heading-m">\(number == 0 ? "Decide" : "Decide anew")</h2>
        \(visit.form(two.path + "/decision", answers, """
            \(GovUK.hidden("version", String(number)))
            \(GovUK.radios("at-risk", legend: "Who is at risk from whom?", options: choices, small: true, in: answers))
            \(GovUK.textarea("reason", label: "Why?", hint: "Your name and the time are kept with it.", rows: 4,
                             in: answers))
            \(GovUK.button("Save decision"))
            """))
        """
}

/// One form for either record: two of them would share the ids of their fields.
private func connectionForm(_ two: TwoPeople, _ answers: Answers, _ visit: Visit) -> HTML {
    var own = answers
    var which: HTML = .empty
    if let only = two.allegations.first, !two.isMutual {
        if own["connection"].isEmpty { own.set("connection", only.connection.rawValue) }
        if own["role"].isEmpty { own.set("role", only.harmedAs.rawValue) }
        which = GovUK.hidden("relationship", RelationshipVersion(only).text)
    } else {
        which = GovUK.radios("relationship", legend: "Which of the two records?", options: two.allegations.map { item in
            let (harmed, harming) = names(item, two)
            return GovUK.Choice(RelationshipVersion(item).text, "\(harmed), by \(harming)")
        }, small: true, in: own)
    }
    let isWrong = ["relationship", "connection"].contains { answers.error(for: $0) != nil }
    return GovUK.details("Change how the two are connected", """
        \(visit.form(two.path, own, keepsDraft: false, """
            \(which)
            \(GovUK.radios("connection", legend: "How are the two connected?", options: Connectedness.options,
                           small: true, in: own))
            \(GovUK.radios("role", legend: "The one who is harmed is", options: [
                GovUK.Choice("harmed", "An adult or young person"), GovUK.Choice("childVictim", "A child victim"),
            ], small: true, in: own))
            \(GovUK.button("Save connection", kind: .secondary))
            """))
        """, open: isWrong)
}

private func history(_ two: TwoPeople) -> HTML {
    let earlier = two.decisions.dropFirst()
    if earlier.isEmpty { return .empty }
    return GovUK.table(caption: "Earlier decisions", columns: ["When", "Who decided", "Decision", "Why"],
                       rows: earlier.map { item -> [HTML] in
        ["\(London.short(item.decidedAt))", "\(item.decidedBy)", "\(item.atRisk.words(two.one.name, two.other.name))",
         lines(item.reason)]
    })
}

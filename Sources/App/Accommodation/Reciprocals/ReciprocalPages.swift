import Foundation
import Pages
import Postgres

/// What other landlords were asked for the tenant of a case.
struct ReciprocalAround: Sendable {
    let record: CaseRecord
    let contact: SafeContact?
    let reciprocals: [Reciprocal]

    var base: String { "/cases/\(record.id.column)/reciprocals" }
    var caption: String { "\(record.personName ?? "Person not shared"), \(record.reference)" }
    func mayChange(_ visit: Visit) -> Bool { visit.viewer.may(.writeNotes) && record.isOpen }
}

func reciprocalsPage(_ around: ReciprocalAround, _ visit: Visit) -> Page {
    let add: HTML = around.mayChange(visit)
        ? GovUK.button("Record that a landlord is asked", href: around.base + "/new") : .empty
    return Page(
        "Homes from other landlords", caption: around.caption, back: "/cases/\(around.record.id.column)",
        above: safeContactBanner(around.contact, around.record.person, visit), """
        <p class="govuk-body">A social tenant who has to leave keeps a social tenancy: their landlord asks another for \
        a home of as many bedrooms, under the same kind of tenancy.</p>
        \(add)\(around.reciprocals.isEmpty ? plain(["No landlord was asked yet."]) : GovUK.table(
            caption: "Asked so far, newest first", columns: ["When", "Who is asked", "Whose tenant", "State"],
            rows: around.reciprocals.map { one -> [HTML] in
                [GovUK.link(one.askedOn.description, href: one.path), "\(one.giving.name)", "\(one.receiving.name)",
                 stateTag(one)]
            }))
        """)
}

private func stateTag(_ one: Reciprocal) -> HTML {
    "\(GovUK.tag(one.state.label, colour: one.state.colour)) \(one.last.description)"
}

func reciprocalPage(_ around: ReciprocalAround, _ one: Reciprocal, _ visit: Visit) -> Page {
    let next: HTML = !around.mayChange(visit) || one.state.following.isEmpty ? .empty : GovUK.buttonGroup([
        GovUK.button("Put down what became of it", href: one.path + "/next"),
        GovUK.button("Correct what was asked", kind: .secondary, href: one.path + "/edit"),
    ])
    return Page(
        "Home from another landlord", caption: around.caption, back: around.base,
        above: safeContactBanner(around.contact, around.record.person, visit), """
        \(next)\(HTML.joined(one.losses.map { GovUK.warningText("\($0).") }))\(GovUK.summaryList(rows(one, visit)))
        """)
}

private func rows(_ one: Reciprocal, _ visit: Visit) -> [GovUK.SummaryRow] {
    var rows = [
        GovUK.SummaryRow("Stands at", stateTag(one)),
        GovUK.SummaryRow("Their landlord now", "\(one.receiving.name), \(one.receiving.whereabouts.lowercased())"),
        GovUK.SummaryRow("Asked for a home", "\(one.giving.name), \(one.giving.whereabouts.lowercased())"),
        GovUK.SummaryRow("They have now", "\(bedroomWords(one.bedrooms).capitalisedFirst). \(one.tenancy.label)"),
        GovUK.SummaryRow("Not to be housed in", "\(one.excluded.isEmpty ? "Nothing recorded" : one.excluded)"),
        GovUK.SummaryRow("Asked", "\(one.askedOn.description)"),
    ]
    if one.state == .asked, let day = one.answerBy {
        let late: HTML = day < visit.today ? GovUK.tag("Overdue", colour: .red) : .empty
        rows.append(GovUK.SummaryRow("To be answered by", "\(day.description) \(late)"))
    }
    if let offer = one.offer {
        let like: HTML = one.losses.isEmpty ? " \(GovUK.tag("Like for like", colour: .green))" : .empty
        rows.append(GovUK.SummaryRow("Offered", """
            \(offer.on.description): \(bedroomWords(offer.bedrooms)). \(offer.tenancy.label)\(like)
            """))
    }
    if let day = one.acceptedOn { rows.append(GovUK.SummaryRow("They said yes", "\(day.description)")) }
    if let day = one.movedOn { rows.append(GovUK.SummaryRow("Moved in", "\(day.description)")) }
    if let because = one.because { rows.append(GovUK.SummaryRow("Why not", "\(because.label)")) }
    if !one.words.isEmpty { rows.append(GovUK.SummaryRow("What else", lines(one.words))) }
    rows.append(GovUK.SummaryRow("Recorded", "\(London.short(one.recordedAt)), \(one.by)"))
    return rows
}

func newReciprocalPage(
    _ around: ReciprocalAround, _ landlords: [Landlord], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let open = landlords.filter { $0.endedOn == nil }
    let none: HTML? = open.count > 1 ? nil : GovUK.insetText(
        "There is no list of landlords to choose from yet. Your manager, or whoever runs accommodation, keeps it.")
    return Page(
        "Another landlord is asked", caption: around.record.reference, errors: answers.errors, back: around.base, """
        \(notice)\(none)\(visit.form(around.base + "/new", answers, """
            \(whoIsAsked(open, answers))\(whatIsAsked(answers))
            \(GovUK.button("Save"))
            """))
        """)
}

/// Once a home is offered, it is one of theirs: who asks whom is shown, and not asked.
func editReciprocalPage(
    _ around: ReciprocalAround, _ one: Reciprocal, _ landlords: [Landlord], _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    let open = landlords.filter { $0.endedOn == nil || [one.receiving.id, one.giving.id].contains($0.id) }
    let who: HTML = one.state == .asked ? whoIsAsked(open, answers)
        : GovUK.paragraph("\(one.receiving.name) asked \(one.giving.name), which has offered a home.")
    return Page(
        "Correct what was asked", caption: around.record.reference, errors: answers.errors, back: one.path, """
        \(notice)\(visit.form(one.path + "/edit", answers, """
            \(GovUK.hidden("version", answers["version"]))\(who)\(whatIsAsked(answers))
            \(GovUK.button("Save"))
            """))
        """)
}

private func whoIsAsked(_ landlords: [Landlord], _ answers: Answers) -> HTML {
    let options = [GovUK.Choice("", "")] + landlords.map {
        GovUK.Choice($0.id.column, "\($0.name) (\($0.whereabouts.lowercased()))")
    }
    return """
        \(GovUK.select("receiving", label: "Whose tenant are they?", options: options, in: answers))
        \(GovUK.select("giving", label: "Which landlord is asked for a home?", options: options, in: answers))
        """
}

private func whatIsAsked(_ answers: Answers) -> HTML {
    """
    \(GovUK.input("bedrooms", label: "How many bedrooms do they have now?", width: .two, inputmode: "numeric",
                  in: answers))
    \(GovUK.radios("tenancy", legend: "What tenancy do they hold?", options: Tenancy.options, small: true, in: answers))
    \(GovUK.textarea("excluded", label: "Where must they not be housed?",
                     hint: "Towns or districts. May be left empty.", rows: 3, in: answers))
    \(GovUK.dateInput("asked", legend: "When was it asked?", in: answers))
    \(GovUK.dateInput("answer", legend: "By when is the landlord to answer?",
                      hint: "Leave empty for five working days after it was asked.", in: answers))
    """
}

func reciprocalStepPage(
    _ around: ReciprocalAround, _ one: Reciprocal, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let may = one.state.following
    let offering: HTML = !may.contains(.offered) ? .empty : """
        \(GovUK.heading(2, "If a home is offered"))
        \(GovUK.input("bedrooms", label: "How many bedrooms does it have?",
                      hint: "They have now: \(bedroomWords(one.bedrooms)).", width: .two, inputmode: "numeric",
                      in: answers))
        \(GovUK.radios("tenancy", legend: "Which tenancy is offered?", hint: "They hold: \(one.tenancy.label).",
                       options: Tenancy.options, small: true, in: answers))
        """
    let knowing: HTML = !(may.contains(.accepted) && one.losesLife) ? .empty : GovUK.checkboxes(
        "knows", legend: "If they said yes: do they know what they lose?",
        options: [GovUK.Choice("yes", "They know that they would lose a tenancy for life, and that they may say no")],
        small: true, in: answers)
    return Page("What became of it", caption: around.record.reference, errors: answers.errors, back: one.path, """
        \(notice)\(HTML.joined(one.losses.map { GovUK.warningText("\($0).") }))
        \(visit.form(one.path + "/next", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("state", legend: "What became of it?", options: may.map(\.option), small: true, in: answers))
            \(GovUK.dateInput("day", legend: "On which day?", in: answers))\(offering)\(knowing)
            \(GovUK.select("because", label: "Why was it refused?", hint: "Only if it was.",
                           options: [GovUK.Choice("", "It was not refused")] + ReciprocalReason.options, in: answers))
            \(GovUK.textarea("words", label: "What else?", hint: "May be left empty. No address.", rows: 3,
                             in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

extension String {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}

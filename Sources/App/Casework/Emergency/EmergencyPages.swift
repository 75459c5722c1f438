import Foundation
import Pages
import Postgres

/// What the viewer may open, has opened, and what others opened of their agency's cases.
struct EmergencyDay: Sendable {
    let partners: [Partner]
    let own: [EmergencyAccess]
    let here: [EmergencyAccess]
}

func emergencyPage(_ day: EmergencyDay, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let agencies = [GovUK.Choice("", "Choose one")] + day.partners.map { GovUK.Choice($0.id.column, $0.name) }
    return Page("Open in an emergency", errors: answers.errors, back: "/cases", """
        \(GovUK.warningText("Only while somebody is in danger and the agency with the case can’t be reached in time."))
        \(GovUK.paragraph("""
            The case opens to read for \(EmergencyAccess.minutes) minutes. Its agency sees your name and your reason \
            at once, and somebody else reviews it.
            """))
        \(notice)\(visit.form("/emergency", answers, """
            \(GovUK.select("agency", label: "Whose case is it?", options: agencies, in: answers))
            \(GovUK.input("reference", label: "Reference of the case", hint: "Such as HAR-2026-0012.", width: .twenty,
                          autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.textarea("reason", label: "What happens now, and why can’t it wait?", rows: 3, in: answers))
            \(GovUK.button("Open the case"))
            """))
        \(day.own.isEmpty ? HTML.empty : "<h2 class=\"govuk-heading-m\">You opened</h2>")
        \(HTML.joined(day.own.map { emergencyCard($0, visit, isOwn: true) }))
        <h2 class="govuk-heading-m">Others opened of your agency’s cases</h2>
        \(day.here.isEmpty ? GovUK.paragraph("None.") : HTML.empty)
        \(HTML.joined(day.here.map { emergencyCard($0, visit, isOwn: false) }))
        """)
}

func emergencyCard(_ one: EmergencyAccess, _ visit: Visit, isOwn: Bool) -> HTML {
    var actions: [GovUK.Action] = []
    if isOwn, one.isOpen(at: visit.now), let caseID = one.caseID {
        actions.append(GovUK.Action("Go to the case", href: "/cases/\(caseID.column)"))
    }
    let times = one.extended == 1 ? "once" : "\(one.extended) times"
    let longer: HTML? = one.extended == 0 ? nil : ", made longer \(times)"
    var rows = [
        GovUK.SummaryRow("By", "\(one.by), \(London.short(one.openedAt))"),
        GovUK.SummaryRow("Why", lines(one.reason)),
        GovUK.SummaryRow("Until", "\(London.short(one.endsAt))\(longer)"),
        GovUK.SummaryRow("Review", reviewState(one, visit)),
    ]
    if let review = one.review {
        rows.append(GovUK.SummaryRow("What was found", """
            \(lines(review.words))<br>\(review.by), \(London.short(review.at))
            """))
    }
    if isOwn, one.isOpen(at: visit.now) {
        rows.append(GovUK.SummaryRow("Still on the call?", visit.buttonForm(
            "/emergency/\(one.id.column)/extend", "An hour more", kind: .secondary)))
    }
    return GovUK.summaryCard(title: "\(one.reference), \(one.agency)", actions: actions, rows: rows)
}

private func reviewState(_ one: EmergencyAccess, _ visit: Visit) -> HTML {
    if let review = one.review { return GovUK.tag(review.outcome.label, colour: review.outcome.colour) }
    return one.isOverdue(at: visit.now)
        ? "\(GovUK.tag("Overdue", colour: .red)) With the data protection officer"
        : "\(GovUK.tag("Waits", colour: .yellow)) Due \(London.short(one.reviewDue))"
}

func emergencyReviewsPage(_ list: [EmergencyAccess], _ visit: Visit) -> Page {
    let rows = list.map { one -> [HTML] in
        [GovUK.link("\(one.reference), \(one.agency)", href: "/emergency/reviews/\(one.id.column)"), "\(one.by)",
         "\(London.short(one.openedAt))", reviewState(one, visit)]
    }
    return Page("Emergency reviews", wide: true, """
        \(teamTabs(.emergencies, for: visit))
        \(list.isEmpty ? GovUK.paragraph("No case was opened in an emergency.") : GovUK.table(
            caption: "Cases opened in an emergency: those to review first", columns: ["Case", "By", "When", "Review"],
            rows: rows))
        """)
}

func emergencyReviewPage(
    _ one: EmergencyAccess, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let form: HTML = one.review != nil ? .empty
        : one.account == visit.viewer.account && !answers.areRefused
        ? GovUK.insetText("You opened it: somebody else must review it.")
        : visit.form("/emergency/reviews/\(one.id.column)", answers, """
            \(GovUK.radios("outcome", legend: "What do you find?", options: EmergencyOutcome.options, in: answers))
            \(GovUK.textarea("words", label: "What did you look at, and whom did you ask?", rows: 4, in: answers))
            \(GovUK.button("Save"))
            """)
    return Page(
        "Review an emergency", caption: one.reference, errors: answers.errors, back: "/emergency/reviews", """
        \(emergencyCard(one, visit, isOwn: false))\(notice)\(form)
        """)
}

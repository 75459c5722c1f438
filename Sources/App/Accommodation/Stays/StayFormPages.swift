import Pages
import Postgres

/// A page with one form of a stay.
private func stayForm(
    _ title: String, _ part: String, _ stay: Stay, _ answers: Answers, _ visit: Visit, notice: HTML?, _ fields: HTML
) -> Page {
    Page(title, caption: stay.caption, errors: answers.errors, back: stay.path, """
        \(notice)\(visit.form("\(stay.path)/\(part)", answers, "\(fields)\(GovUK.button("Save"))"))
        """)
}

private func dayField(_ field: String, _ legend: String, hint: String? = nil, _ answers: Answers) -> HTML {
    GovUK.dateInput(field, legend: legend, hint: hint, in: answers)
}

private func version(_ answers: Answers) -> HTML { GovUK.hidden("version", answers["version"]) }

func stayPlanPage(_ stay: Stay, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let empty = "Leave empty if it is not known yet."
    return stayForm("Plan of a stay", "plan", stay, answers, visit, notice: notice, """
        \(version(answers))
        \(dayField("plan", "When was the support plan recorded?",
                   hint: "Due \(stay.planDue): five working days after they moved in. Leave empty until it is.",
                   answers))
        \(dayField("expected", "Until when are they expected to stay?", hint: empty, answers))
        \(dayField("review", "When is the next review?", hint: empty, answers))
        \(GovUK.select("wants", label: "Where do they want to move on to?",
                       options: [GovUK.Choice("", "Not asked yet")] + LeftTo.options, in: answers))
        \(dayField("moves", "For when is the move planned?", hint: empty, answers))
        """)
}

func staySupportPage(
    _ stay: Stay, _ workers: [StayWorker], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    stayForm("Support given", "support", stay, answers, visit, notice: notice, """
        \(GovUK.checkboxes("kinds", legend: "Which support was given?", options: StaySupportKind.options, small: true,
                           in: answers))
        \(GovUK.select("member", label: "For whom?", options: [GovUK.Choice("", "Choose")] + stay.members, in: answers))
        \(GovUK.select("by", label: "Who gave it?", options: [GovUK.Choice("", "Choose")] + workers.map {
            GovUK.Choice($0.id.column, $0.name)
        }, in: answers))
        \(dayField("day", "On which day?", answers))
        """)
}

func stayServicesPage(_ stay: Stay, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let asItIs = [GovUK.Choice("", "As it stands")]
    let fields = StayService.allCases.map { service -> HTML in
        GovUK.select(service.rawValue, label: service.label + (service.isChilds ? ", of a child" : ""),
                     options: asItIs + StayServiceState.options, in: answers)
    }
    return stayForm("What is in place", "services", stay, answers, visit, notice: notice, """
        \(GovUK.select("member", label: "For whom?", hint: "Children keep their number: the eldest first.",
                       options: [GovUK.Choice("", "Choose")] + stay.members, in: answers))
        \(HTML.joined(fields))\(dayField("day", "On which day did it stand like this?", answers))
        """)
}

func stayReviewPage(_ stay: Stay, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    stayForm("Review of a stay", "review", stay, answers, visit, notice: notice, """
        \(version(answers))\(dayField("day", "On which day was it held?", answers))
        \(GovUK.radios("decision", legend: "What was decided?", options: StayDecision.options, small: true,
                       in: answers))
        \(dayField("until", "Until when is the stay extended?", hint: "Only if it is.", answers))
        \(dayField("next", "When is the next review?", hint: "May be left empty if they are ready to move on.",
                   answers))
        """)
}

func stayTransferPage(
    _ stay: Stay, _ free: [ProvidedUnit], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    if free.isEmpty {
        return Page("Move to another unit", caption: stay.caption, back: stay.path, """
            <p class="govuk-body">No other unit of yours is free today.</p>
            """)
    }
    return stayForm("Move to another unit", "transfer", stay, answers, visit, notice: notice, """
        \(version(answers))
        \(GovUK.insetText("""
            Their stay goes on: its plan, support and reviews go with it, and its length counts as one. This unit is \
            free from that day.
            """))
        \(GovUK.radios("unit", legend: "To which unit?", options: free.map {
            GovUK.Choice($0.id.column, "\($0.name), \($0.service.terms.name)", hint: $0.size.line)
        }, small: true, in: answers))
        \(dayField("day", "On which day did they move?", answers))
        """)
}

func stayFollowUpPage(_ stay: Stay, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    stayForm("After a stay", "follow-up", stay, answers, visit, notice: notice, """
        \(version(answers))
        \(GovUK.radios("followed", legend: "What came of asking how they are?", options: StayFollowUp.options,
                       small: true, in: answers))
        \(dayField("day", "On which day?", answers))
        """)
}

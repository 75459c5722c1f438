import Foundation
import Pages
import Postgres

/// The grade as a tag.
func riskTag(_ level: RiskLevel?) -> HTML {
    switch level {
    case .high: GovUK.tag("High risk", colour: .red)
    case .medium: GovUK.tag("Medium risk", colour: .yellow)
    case .standard: GovUK.tag("Standard risk", colour: .grey)
    case .notAssessed, nil: GovUK.tag("Risk not assessed", colour: .blue)
    }
}

/// What stands and what waits: the assessment in force, then what somebody has to do.
func riskSummary(_ standing: RiskStanding, on today: Day) -> HTML {
    let base = "/people/\(standing.person.column)"
    let waiting: HTML? = standing.waiting.map { id in
        GovUK.insetText("""
            A lower grade waits for a second person. Until then the grade above stands. \
            \(standing.isOurs ? GovUK.link("See what waits", href: "\(base)/risk/\(id.column)") : HTML.empty)
            """)
    }
    let marac: HTML? = standing.maracDue.map { due in
        GovUK.insetText("""
            MARAC: referred, repeat, or not? Due \(London.dateAndTime(due)). \
            \(standing.isOurs ? GovUK.link("Answer", href: base + "/marac", visuallyHidden: "for MARAC") : HTML.empty)
            """)
    }
    let escalating: HTML? = standing.isEscalating && standing.inForce?.bases.contains(.escalation) != true
        ? GovUK.insetText("\(standing.incidents) police incidents in 12 months: assess again.") : nil
    let more: HTML? = standing.isOurs
        ? GovUK.paragraph(GovUK.link("All assessments and police incidents", href: base + "/risk")) : nil
    let review: HTML? = standing.review.map { reviewSummary($0, of: standing.person, on: today) }
    return "\(riskSummary(standing.inForce))\(waiting)\(escalating)\(review)\(marac)\(more)"
}

/// Score as a range, both thresholds, the grade and what it rests on, and the critical answers whatever the score.
func riskSummary(_ risk: RiskAssessment?) -> HTML {
    guard let risk else { return "<p class=\"govuk-body\">No assessment yet.</p>" }
    let flags: HTML? = risk.flags.isEmpty ? nil : """
        <p class="govuk-body">Whatever the score: \(.joined(risk.flags.map { topic -> HTML in
            "\(GovUK.tag(topic.flag ?? "", colour: .red)) "
        }))</p>
        """
    let isOpen = risk.score.map { score in risk.threshold.map(score.mightReach) ?? false } ?? false
    return """
        <p class="govuk-body">\(riskTag(risk.level)) by \(risk.basisWords). \(scoreWords(risk))\(madeWords(risk))</p>
        \(isOpen
            ? GovUK.insetText("The threshold lies inside the range: the missing answers could decide.") : HTML.empty)
        \(flags)
        """
}

private func scoreWords(_ risk: RiskAssessment) -> HTML {
    let tool: HTML? = risk.instrument.code == .safeLivesDash ? nil : "\(risk.instrument.code.label). "
    guard let score = risk.score else { return "\(tool)No score was given. " }
    let open: String = score.open == 0 ? "" : ", \(score.open) not known"
    let local: HTML? = risk.threshold.map { "Local threshold \($0)" }
    let word = risk.threshold == nil ? "National threshold" : ", national"
    let national: HTML? = risk.nationalThreshold.map { "\(word) \($0)" }
    let end: HTML? = local == nil && national == nil ? nil : ". "
    return """
        \(tool)Score \(score.words) of \(risk.instrument.items.count) (\(score.yes) \(risk.instrument.unit)\(open)). \
        \(local)\(national)\(end)
        """
}

/// When and by whom; both days where another agency made it.
private func madeWords(_ risk: RiskAssessment) -> HTML {
    guard let received = risk.received else { return "\(London.short(risk.assessedAt)), \(risk.assessedBy)." }
    return """
        Made on \(received.day.description) by \(received.assessor). \
        Received \(London.short(risk.assessedAt)), \(risk.assessedBy).
        """
}

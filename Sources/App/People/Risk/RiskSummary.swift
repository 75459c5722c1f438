import Foundation
import Pages

/// The grade as a tag.
func riskTag(_ level: RiskLevel?) -> HTML {
    switch level {
    case .high: GovUK.tag("High risk", colour: .red)
    case .medium: GovUK.tag("Medium risk", colour: .yellow)
    case .standard: GovUK.tag("Standard risk", colour: .grey)
    case .notAssessed, nil: GovUK.tag("Risk not assessed", colour: .blue)
    }
}

/// Score as a range, both thresholds, the grade and what it rests on, and the critical answers whatever the score.
func riskSummary(_ risk: RiskAssessment?) -> HTML {
    guard let risk else { return "<p class=\"govuk-body\">No assessment yet.</p>" }
    let open = risk.score.open == 0 ? "" : ", \(risk.score.open) not known"
    let flags: HTML? = risk.flags.isEmpty ? nil : """
        <p class="govuk-body">Whatever the score: \(.joined(risk.flags.map { flag -> HTML in
            "\(GovUK.tag(flag.flag, colour: .red)) "
        }))</p>
        """
    return """
        <p class="govuk-body">\(riskTag(risk.level)) by \(risk.basis.label). \
        Score \(risk.score.words) of 24 (\(risk.score.yes) yes\(open)). \
        Local threshold \(risk.threshold), national \(risk.nationalThreshold). \
        \(London.short(risk.assessedAt)), \(risk.assessedBy).</p>
        \(risk.score.mightReach(risk.threshold)
            ? GovUK.insetText("The threshold lies inside the range: the missing answers could decide.") : HTML.empty)
        \(flags)
        """
}

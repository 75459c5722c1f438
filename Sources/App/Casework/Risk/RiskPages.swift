import Foundation
import Pages
import Postgres

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
        \(risk.score.mightReach(risk.threshold) ? GovUK.insetText("The threshold lies inside the range: the missing answers could decide.") : HTML.empty)
        \(flags)
        """
}

func dashPage(
    _ person: Person, _ thresholds: [RiskThreshold], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)"
    let areas = [GovUK.Choice("", "Choose one")] + thresholds.map {
        GovUK.Choice($0.area.column, "\($0.areaName) (threshold \($0.local))")
    }
    return Page("Assessment", heading: "Assess risk (Dash)", errors: answers.errors, back: base, """
        <p class="govuk-body">Ask in her own words and order. What you leave open stays open and shows as a range.</p>
        \(notice)\(visit.form(base + "/risk/new", answers, """
            \(.joined(DashItem.allCases.map { item in
                GovUK.radios(item.field, legend: "\(item.rawValue). \(item.prompt)", options: DashAnswer.options,
                             inline: true, small: true, in: answers)
            }))
            \(GovUK.select("area", label: "Where do they live?", options: areas, in: answers))
            \(GovUK.radios("judgement", legend: "Your own judgement of the risk",
                           options: RiskJudgement.offered, in: answers))
            \(GovUK.textarea("rationale", label: "Why?", hint: "Needed when your judgement differs from the score.",
                             rows: 4, in: answers))
            \(GovUK.button("Save assessment"))
            """))
        """)
}

func riskPage(_ person: Person, _ contact: SafeContact?, _ risk: RiskAssessment, _ visit: Visit) -> Page {
    let rows = DashItem.allCases.map { item -> [HTML] in
        let answer = risk.answers[item] ?? .notAsked
        return ["\(item.rawValue). \(item.prompt)", answer == .yes ? GovUK.tag("Yes", colour: .red) : "\(answer.label)"]
    }
    let base = "/people/\(person.id.column)"
    return Page(
        "Assessment", heading: "Risk assessment", back: base,
        above: safeContactBanner(contact, person.id, visit), """
        \(riskSummary(risk))
        \(risk.rationale.isEmpty ? HTML.empty : GovUK.insetText(lines(risk.rationale)))
        \(visit.viewer.may(.openCases) ? GovUK.button("Open a case", href: base + "/cases/new") : HTML.empty)
        \(GovUK.table(caption: "Answers", columns: ["Question", "Answer"], rows: rows, firstCellIsHeader: false))
        """)
}

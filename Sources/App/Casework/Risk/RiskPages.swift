import Foundation
import Pages
import Postgres

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

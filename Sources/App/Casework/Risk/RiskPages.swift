import Foundation
import Pages
import Postgres

func assessPage(_ person: Person, _ asking: Asking, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let known = asking.circumstances
    let tool = known.instrument
    let base = "/people/\(person.id.column)"
    let scale = tool.scale.answers.map { GovUK.Choice($0.rawValue, $0.label) }
    let area: HTML? = known.thresholds.isEmpty ? nil : GovUK.select(
        "area", label: "Where do they live?", options: [GovUK.Choice("", "Choose one")] + known.thresholds.map {
            GovUK.Choice($0.area.column, $0.words)
        }, in: answers)
    let escalation: HTML? = known.incidents < Escalation.incidents ? nil : GovUK.insetText(
        "\(known.incidents) police incidents in 12 months are on record: high by escalation.")
    let name = tool.code == .safeLivesDash ? "Assess risk (Dash)" : "Assess risk: \(tool.code.label)"
    return Page("Assessment", heading: name, errors: answers.errors, back: base, """
        \(instrumentMark(tool, asking.wording))
        <p class="govuk-body">\(tool.guidance) Ask in their own words and order. What you leave open stays open and \
        shows as a range; it is never counted as no.</p>
        \(otherTools(tool.code, base))
        \(escalation)\(notice)\(visit.form("\(base)/risk/\(tool.code.path)", answers, """
            \(.joined(tool.items.map { item in
                GovUK.radios(item.field, legend: "\(item.number). \(tool.words(item, asking.wording))", options: scale,
                             inline: true, small: true, in: answers)
            }))
            \(area)
            \(GovUK.radios("judgement", legend: "Your own judgement of the risk",
                           options: RiskJudgement.offered(tool.grading), in: answers))
            \(GovUK.textarea("rationale", label: "Why?", hint: whyHint(tool), rows: 4, in: answers))
            \(GovUK.button("Save assessment"))
            """))
        """)
}

private func whyHint(_ tool: Instrument) -> String {
    tool.grading == .count
        ? "Needed when your judgement differs from the score. "
            + "A lower grade than the one in force waits for a second person."
        : "A lower grade than the one in force waits for a second person."
}

/// Whether the words on the page are the licensed instrument or ours: never left open.
func instrumentMark(_ tool: Instrument, _ wording: InstrumentWording?) -> HTML {
    guard let wording, wording.lines.count == tool.items.count else {
        return GovUK.insetText("""
            <strong>Prompts, not the instrument.</strong> These are our own words for its topics (version \
            \(tool.version)). For live use load the licensed wording of your agency: see \
            \(GovUK.link("tools", href: "/risk-tools")).
            """)
    }
    return GovUK.insetText("""
        The wording that your agency has loaded: \(wording.version), from \(wording.from.description)\
        \(wording.until.map { " until \($0)" } ?? "").
        """)
}

private func otherTools(_ current: InstrumentCode, _ base: String) -> HTML {
    let others = InstrumentCode.allCases.filter { $0 != current }
    let links = others.map { GovUK.link($0.label, href: "\(base)/risk/\($0.path)") }
        + [GovUK.link("One that was received", href: base + "/risk/received")]
    return GovUK.details("Another tool", GovUK.list(links))
}

/// What stands around one assessment.
struct RiskAround: Sendable {
    let contact: SafeContact?
    let standing: RiskStanding
    let wording: InstrumentWording?
    let documents: [Attachment]
    let hasEarlier: Bool
}

func riskPage(_ person: Person, _ risk: RiskAssessment, _ around: RiskAround, _ visit: Visit) -> Page {
    let base = "/people/\(person.id.column)"
    let here = "\(base)/risk/\(risk.id.column)"
    let rows = risk.answers.isEmpty ? [] : risk.instrument.items.map { item -> [HTML] in
        let answer = risk.answers[item.number] ?? .notAsked
        return [
            "\(item.number). \(risk.instrument.words(item, around.wording))",
            answer.isPresent ? GovUK.tag(answer.label, colour: .red) : "\(answer.label)",
        ]
    }
    var ways = [GovUK.link("All assessments and police incidents", href: base + "/risk")]
    if around.hasEarlier { ways.insert(GovUK.link("Compare with the one before", href: here + "/compare"), at: 0) }
    let mayOpen = visit.viewer.may(.openCases) && risk.hasEffect
    return Page(
        "Assessment", heading: "Risk assessment", back: base,
        above: safeContactBanner(around.contact, person.id, visit), """
        \(loweringNotice(risk, around.standing, here))\(riskSummary(risk))
        \(risk.rationale.isEmpty ? HTML.empty : GovUK.insetText(lines(risk.rationale)))
        \(attachmentList(around.documents, of: person.id, visit))
        \(mayOpen ? GovUK.button("Open a case", href: base + "/cases/new") : HTML.empty)
        \(GovUK.list(ways, .plain))
        \(rows.isEmpty ? "<p class=\"govuk-body\">No answers came with it.</p>"
            : instrumentMark(risk.instrument, around.wording))
        \(rows.isEmpty ? HTML.empty : GovUK.table(
            caption: "Answers", columns: ["Question", "Answer"], rows: rows, firstCellIsHeader: false))
        """)
}

/// What becomes of a lower grade, and of one that is no longer the newest.
private func loweringNotice(_ risk: RiskAssessment, _ standing: RiskStanding, _ here: String) -> HTML? {
    switch risk.lowering {
    case .none:
        return standing.inForce?.id == risk.id ? nil : GovUK.insetText("A later assessment is in force.")
    case .waiting where standing.waiting == risk.id:
        return GovUK.warningText("""
            This grade is lower than the one in force, \(standing.level.label.lowercased()), and has no effect until a \
            second person has agreed. \(GovUK.link("Agree or not", href: here + "/confirm"))
            """)
    case .waiting:
        return GovUK.insetText(
            "Nobody agreed to this lower grade before a later assessment was made. It had no effect.")
    case .agreed(let by, let at):
        return GovUK.insetText("The lower grade was agreed by \(by), \(London.short(at)).")
    case .notAgreed(let by, let at, let because):
        return GovUK.insetText("""
            The lower grade was not agreed: \(by), \(London.short(at)). It had no effect. \(lines(because))
            """)
    }
}

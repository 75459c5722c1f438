import Foundation
import Pages
import Postgres

extension Site {
    /// All of a person's assessments, one of them, and one beside the one before.
    mutating func addRiskHistory() {
        get("people/:id/risk", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let (person, page) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                try db.audit(.riskViewed, .person, id)
                let follows = try db.followUps(of: id)
                return (person, RiskHistory(
                    contact: try db.safeContact(of: id, visit), standing: try db.riskStanding(of: id, on: visit.today),
                    risks: try db.risks(of: id), incidents: follows.incidents, decisions: follows.decisions,
                    events: try db.riskEvents(of: id)))
            }
            return .page(riskHistoryPage(person, page, visit))
        }
        get("people/:id/risk/:risk", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let riskID = try visit.id("risk")
            let (person, risk, around) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                let risk = try db.risk(riskID, of: id).orNotFound()
                try db.auditLook(atRisk: riskID, of: id)
                return (person, risk, RiskAround(
                    contact: try db.safeContact(of: id, visit), standing: try db.riskStanding(of: id, on: visit.today),
                    wording: try risk.wording.flatMap(db.wording),
                    // Only what was received came with a file; it has no wording of ours.
                    documents: risk.received == nil ? [] : try db.attachments(ofRisk: riskID),
                    hasEarlier: try db.risk(before: risk, of: id) != nil))
            }
            return .page(riskPage(person, risk, around, visit))
        }
        get("people/:id/risk/:risk/compare", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let riskID = try visit.id("risk")
            let (person, contact, risk, before) = try await visit.write { db in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                let risk = try db.risk(riskID, of: id).orNotFound()
                try db.auditLook(atRisk: riskID, of: id)
                return (person, try db.safeContact(of: id, visit), risk, try db.risk(before: risk, of: id))
            }
            return .page(comparePage(person, contact, risk, before, visit))
        }
    }
}

/// What the page of a person's risk shows.
struct RiskHistory: Sendable {
    let contact: SafeContact?
    let standing: RiskStanding
    let risks: [RiskAssessment]
    let incidents: [PoliceIncident]
    let decisions: [MaracDecision]
    let events: [RiskEvent]
}

private func riskHistoryPage(_ person: Person, _ history: RiskHistory, _ visit: Visit) -> Page {
    let base = "/people/\(person.id.column)"
    let mayAssess = visit.viewer.agencies(.assessRisk).contains(person.agency)
    let assess = InstrumentCode.allCases.map { GovUK.link($0.label, href: "\(base)/risk/\($0.path)") }
        + [GovUK.link("Record one that was received", href: base + "/risk/received")]
    let tools: HTML? = mayAssess ? "<h2 class=\"govuk-heading-m\">Assess again</h2>\(GovUK.list(assess))" : nil
    let add: HTML? = mayAssess
        ? "<p class=\"govuk-body\">\(GovUK.link("Record a police incident", href: base + "/incidents/new"))</p>" : nil
    let marac: HTML? = mayAssess
        ? "<p class=\"govuk-body\">\(GovUK.link("Record a MARAC decision", href: base + "/marac"))</p>" : nil
    return Page(
        "Assessment", heading: "Risk over time", back: base,
        above: safeContactBanner(history.contact, person.id, visit), wide: true, """
        \(riskSummary(history.standing, on: visit.today))
        \(history.standing.planReview.map { planSummary(of: person.id, review: $0, visit) })
        \(RiskTrend(history.risks).picture)
        \(riskTable(history.risks, base, visit))
        \(tools)
        <h2 class="govuk-heading-m">Events that may change the risk</h2>
        \(eventList(history.events, visit.today))\(mayAssess ? eventLink(of: person.id, visit) : HTML.empty)
        <h2 class="govuk-heading-m">Police incidents</h2>
        \(incidentList(history.incidents, visit.today))\(add)
        <h2 class="govuk-heading-m">MARAC</h2>
        \(decisionList(history.decisions))\(marac)
        """)
}

private func riskTable(_ risks: [RiskAssessment], _ base: String, _ visit: Visit) -> HTML {
    if risks.isEmpty { return .empty }
    return GovUK.table(
        caption: risks.count < 25 ? "Assessments, newest first" : "The newest 25 assessments",
        columns: ["When", "Grade", "By", "Tool", "Score", "Assessed by"],
        rows: risks.map { risk -> [HTML] in
            [
                GovUK.link(London.short(risk.assessedAt), href: "\(base)/risk/\(risk.id.column)"),
                "\(riskTag(risk.level))\(effectTag(risk))", "\(risk.basisWords)", "\(risk.instrument.code.label)",
                "\(risk.score?.words ?? "None given")",
                "\(risk.received.map { "\($0.assessor), received by \(risk.assessedBy)" } ?? risk.assessedBy)",
            ]
        })
}

private func effectTag(_ risk: RiskAssessment) -> HTML? {
    switch risk.lowering {
    case .none, .agreed: nil
    case .waiting: " \(GovUK.tag("Not agreed yet", colour: .purple))"
    case .notAgreed: " \(GovUK.tag("Not agreed", colour: .grey))"
    }
}

private func comparePage(
    _ person: Person, _ contact: SafeContact?, _ risk: RiskAssessment, _ before: RiskAssessment?, _ visit: Visit
) -> Page {
    let here = "/people/\(person.id.column)/risk/\(risk.id.column)"
    let banner = safeContactBanner(contact, person.id, visit)
    guard let before else {
        return Page("Assessment", heading: "Compare", back: here, above: banner, plain(["There is none before it."]))
    }
    return Page("Assessment", heading: "What has changed", back: here, above: banner, """
        \(GovUK.summaryList([
            GovUK.SummaryRow("Before", "\(riskTag(before.level)) \(comparedWords(before))"),
            GovUK.SummaryRow("Now", "\(riskTag(risk.level)) \(comparedWords(risk))"),
        ]))
        \(comparison(before, risk))
        """)
}

private func comparedWords(_ risk: RiskAssessment) -> HTML {
    """
    \(risk.instrument.code.label), score \(risk.score?.words ?? "not given"). \(London.short(risk.assessedAt)), \
    \(risk.received?.assessor ?? risk.assessedBy).
    """
}

/// What changed, and below it what didn't; also on the page of the second person.
func comparison(_ before: RiskAssessment, _ now: RiskAssessment) -> HTML {
    let compared = RiskComparison(before, now)
    func rows(_ lines: [RiskComparison.Line]) -> [[HTML]] {
        lines.map { line in
            [
                "\(line.prompt)\(line.isCritical ? " \(GovUK.tag("Critical", colour: .red))" : HTML.empty)",
                "\(line.before?.label ?? "Not in that tool")", "\(line.now?.label ?? "Not in this tool")",
            ]
        }
    }
    func table(_ caption: String, _ lines: [RiskComparison.Line]) -> HTML {
        GovUK.table(caption: caption, columns: ["Question", "Before", "Now"], rows: rows(lines),
                    firstCellIsHeader: false)
    }
    if compared.lines.isEmpty { return "<p class=\"govuk-body\">Neither came with answers.</p>" }
    let isSame = before.instrument.code == now.instrument.code
    let other: HTML? = isSame ? nil : "<p class=\"govuk-body\">Two different tools: compared by topic.</p>"
    let same = compared.lines.filter { !$0.hasChanged }
    return """
        \(other)\(compared.changed.isEmpty ? "<p class=\"govuk-body\">No answer has changed.</p>"
            : table("\(compared.changed.count) answers changed", compared.changed))
        \(same.isEmpty ? HTML.empty : GovUK.details("\(same.count) answers are the same", table("The same", same)))
        """
}

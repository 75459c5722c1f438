import Foundation
import Pages
import Postgres

/// What stands around a person's record on their page.
struct PersonAround: Sendable {
    let safeContact: SafeContact?
    let addresses: [AddressLine]
    let related: [Related]
    let cases: [CaseOfPerson]
    let risk: RiskAssessment?

    init(_ db: isolated Connection, _ person: Person, _ visit: Visit) throws {
        safeContact = try db.safeContact(of: person.id, visit)
        addresses = try db.addresses(of: person.id)
        related = try db.related(to: person.id)
        cases = try db.cases(of: person.id)
        risk = try db.latestRisk(of: person.id)
    }
}

func personPage(_ person: Person, _ around: PersonAround, _ visit: Visit) -> Page {
    let base = "/people/\(person.id.column)"
    let mayEdit = visit.viewer.may(.editPeople)
    let otherNames = person.otherNames.joined(separator: ", ")
    return Page(
        "Person", heading: person.name, above: safeContactBanner(around.safeContact, person.id, visit), """
        \(GovUK.summaryCard(title: "Details", actions: mayEdit ? [
            GovUK.Action("Change", visuallyHidden: "details", href: base + "/edit"),
        ] : [], rows: [
            GovUK.SummaryRow("Date of birth", "\(person.birth.words(on: visit.today))"),
            GovUK.SummaryRow("Sex", "\(person.sex.label)"),
            GovUK.SummaryRow("Ethnic group", "\(person.ethnicity.label)"),
            GovUK.SummaryRow("Language", "\(person.language)\(person.needsInterpreter ? ", interpreter needed" : "")"),
            GovUK.SummaryRow("Other names", "\(person.otherNames.isEmpty ? "None recorded" : otherNames)"),
        ]))
        <h2 class="govuk-heading-m">Addresses</h2>
        \(addressList(around.addresses, of: person.id, visit))
        \(mayEdit ? "<p class=\"govuk-body\">\(GovUK.link("Add an address", href: base + "/addresses/new"))</p>" : HTML.empty)
        <h2 class="govuk-heading-m">People</h2>
        \(relatedList(around.related))
        \(mayEdit ? "<p class=\"govuk-body\">\(GovUK.link("Add someone who is harming them", href: base + "/harming/new"))</p>" : HTML.empty)
        <h2 class="govuk-heading-m">Risk</h2>
        \(riskSummary(around.risk))
        \(visit.viewer.may(.assessRisk) ? "<p class=\"govuk-body\">\(GovUK.link("Assess risk (Dash)", href: base + "/risk/new"))</p>" : HTML.empty)
        <h2 class="govuk-heading-m">Cases</h2>
        \(caseList(around.cases))
        \(visit.viewer.may(.openCases) ? "<p class=\"govuk-body\">\(GovUK.link("Open a case", href: base + "/cases/new"))</p>" : HTML.empty)
        """)
}

private func relatedList(_ related: [Related]) -> HTML {
    if related.isEmpty { return "<p class=\"govuk-body\">Nobody recorded yet.</p>" }
    return GovUK.list(related.map { other -> HTML in
        """
        \(GovUK.link(other.name, href: "/people/\(other.person.column)")): \
        \(other.harmsThisPerson ? "harming" : "harmed by this person"). \(other.connection.label).
        """
    })
}

private func caseList(_ cases: [CaseOfPerson]) -> HTML {
    if cases.isEmpty { return "<p class=\"govuk-body\">No case.</p>" }
    return GovUK.list(cases.map { item -> HTML in
        """
        \(GovUK.link(item.reference, href: "/cases/\(item.id.column)")) \(riskTag(item.risk)) \
        \(item.isOpen ? "Opened" : "Closed, opened") \(London.short(item.openedAt))
        """
    })
}

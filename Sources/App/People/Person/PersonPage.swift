import Foundation
import Pages
import Postgres

/// What stands around a person's record on their page.
struct PersonAround: Sendable {
    let safeContact: SafeContact?
    let addresses: [AddressLine]
    let related: [Related]
    let cases: [CaseOfPerson]
    let risk: RiskStanding

    init(_ db: isolated Connection, _ person: Person, _ visit: Visit) throws {
        safeContact = try db.safeContact(of: person.id, visit)
        addresses = try db.addresses(of: person.id)
        related = try db.related(to: person.id)
        cases = try db.cases(of: person.id)
        risk = try db.riskStanding(of: person.id, on: visit.today)
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
        \(offer("Add an address", base + "/addresses/new", when: mayEdit))
        <h2 class="govuk-heading-m">People</h2>
        \(relatedList(around.related))
        \(offer("Add someone who is harming them", base + "/harming/new", when: mayEdit))
        <h2 class="govuk-heading-m">Risk</h2>
        \(riskSummary(around.risk))
        \(offer("Assess risk (Dash)", base + "/risk/new", when: visit.viewer.may(.assessRisk)))
        <h2 class="govuk-heading-m">Cases</h2>
        \(caseList(around.cases))
        \(offer("Open a case", base + "/cases/new", when: visit.viewer.may(.openCases)))
        """)
}

/// A link to the next step, for those who may take it.
private func offer(_ words: String, _ href: String, when allowed: Bool) -> HTML {
    allowed ? "<p class=\"govuk-body\">\(GovUK.link(words, href: href))</p>" : .empty
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

import Foundation
import Pages
import Postgres

/// What stands around a person's record on their page.
struct PersonAround: Sendable {
    let safeContact: SafeContact?
    let addresses: [AddressLine]
    let people: [NearPerson]
    let cases: [CaseOfPerson]
    let risk: RiskStanding
    /// Other records of theirs, known or asked about.
    let linked: [LinkedRecord]

    init(_ db: isolated Connection, _ person: Person, _ visit: Visit) throws {
        safeContact = try db.safeContact(of: person.id, visit)
        addresses = try db.addresses(of: person.id)
        (people, linked) = try db.peopleAndRecords(person.id)
        cases = try db.cases(of: person.id)
        risk = try db.riskStanding(of: person.id, on: visit.today)
    }
}

func personPage(_ person: Person, _ around: PersonAround, _ visit: Visit) -> Page {
    let base = "/people/\(person.id.column)"
    let mayEdit = visit.viewer.may(.editPeople)
    return Page(
        "Person", heading: person.name, above: safeContactBanner(around.safeContact, person.id, visit), """
        \(around.cases.contains(where: \.isUseRestricted) ? useRestricted : HTML.empty)
        \(alsoOnRecord(around.linked, of: person.id, visit))
        <p class="govuk-body">\(GovUK.link("Timeline: everything that happened", href: base + "/timeline"))</p>
        <p class="govuk-body">\(GovUK.link("Who saw this record", href: base + "/seen"))</p>
        \(childLink(person, around.people, base, on: visit.today))
        \(visit.viewer.may(.viewTeam)
            ? GovUK.paragraph(GovUK.link("How many people are harmed by them", href: base + "/serial")) : HTML.empty)
        \(whoTheyAre(person, base, mayEdit: mayEdit, on: visit.today))
        \(aboutThem(person, base, mayEdit: mayEdit))
        <h2 class="govuk-heading-m">People</h2>
        \(peopleSection(around.people, base, visit))
        <h2 class="govuk-heading-m">Addresses</h2>
        \(addressList(around.addresses, of: person.id, visit))
        \(mayEdit ? GovUK.paragraph(GovUK.link("Add an address", href: base + "/addresses/new")) : HTML.empty)
        <h2 class="govuk-heading-m">Risk</h2>
        \(riskSummary(around.risk, on: visit.today))
        \(visit.viewer.may(.assessRisk)
            ? GovUK.paragraph(GovUK.link("Assess risk (Dash)", href: base + "/risk/new")) : HTML.empty)
        \(eventLink(of: person.id, visit))
        <h2 class="govuk-heading-m">Safety plan</h2>
        \(planSummary(of: person.id, review: around.risk.planReview, visit))
        <h2 class="govuk-heading-m">Cases</h2>
        \(caseList(around.cases))
        \(visit.viewer.may(.openCases)
            ? GovUK.paragraph(GovUK.link("Open a case", href: base + "/cases/new")) : HTML.empty)
        """)
}

/// A child has a record of their own, whichever family's page leads here.
private func childLink(_ person: Person, _ people: [NearPerson], _ base: String, on today: Day) -> HTML {
    let isChild = person.birth.day.map { $0.years(until: today) < 18 } ?? people.contains { near in
        if case .adult = near.tie { true } else { false }
    }
    return isChild ? GovUK.paragraph(GovUK.link("Their own record, as a child", href: base + "/child")) : .empty
}

private func whoTheyAre(_ person: Person, _ base: String, mayEdit: Bool, on today: Day) -> HTML {
    let names = person.otherNames.map { name -> HTML in "\(name.words)" }
    let band = person.birth.ageBand(on: today).map { ". Age band: \($0.label)" } ?? ""
    return GovUK.summaryCard(title: "Details", actions: mayEdit ? [
        GovUK.Action("Change", visuallyHidden: "details", href: base + "/edit"),
    ] : [], rows: [
        GovUK.SummaryRow("Date of birth", "\(person.birth.words(on: today))\(band)"),
        GovUK.SummaryRow("Language", "\(person.language)\(person.needsInterpreter ? ", interpreter needed" : "")"),
        GovUK.SummaryRow(
            "Other names", names.isEmpty ? "None recorded" : GovUK.list(names, .plain), actions: mayEdit ? [
                GovUK.Action("Add or end", visuallyHidden: "other names", href: base + "/names"),
            ] : []),
    ])
}

/// What was not asked is one line, with the day by which it is to be asked.
private func aboutThem(_ person: Person, _ base: String, mayEdit: Bool) -> HTML {
    let known = person.details.inWords.filter { $0.answer != "Not asked" }
    var rows = known.map { GovUK.SummaryRow($0.question, "\($0.answer)") }
    let missing = person.details.inWords.filter { $0.answer == "Not asked" && $0.question != "Main condition" }
    if !missing.isEmpty {
        let due = person.detailsDue.map { " Ask by \(London.day(of: $0).description)." } ?? ""
        rows.append(GovUK.SummaryRow("Not asked yet", "\(missing.map(\.question).joined(separator: ", ")).\(due)"))
    }
    return GovUK.summaryCard(title: "About them", actions: mayEdit ? [
        GovUK.Action(missing.isEmpty ? "Change" : "Ask", visuallyHidden: "about them", href: base + "/about"),
    ] : [], rows: rows)
}

private func caseList(_ cases: [CaseOfPerson]) -> HTML {
    if cases.isEmpty { return "<p class=\"govuk-body\">No case.</p>" }
    return GovUK.list(cases.map { item -> HTML in
        """
        \(GovUK.link(item.reference, href: "/cases/\(item.id.column)")) \(riskTag(item.risk)) \
        \(item.isOpen ? "Opened" : "Closed, opened") \(London.short(item.openedAt))\
        \(item.isUseRestricted ? " \(GovUK.tag("Use restricted", colour: .purple))" : HTML.empty)
        """
    })
}

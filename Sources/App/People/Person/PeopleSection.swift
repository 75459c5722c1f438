import Foundation
import Pages
import Postgres

/// The people around a person: harm in either direction, children and those whose child they are, who lives together.
func peopleSection(_ people: [NearPerson], _ base: String, _ visit: Visit) -> HTML {
    let harm = people.filter { other in
        if case .harming = other.tie { true } else if case .harmed = other.tie { true } else { false }
    }
    let family = people.filter { if case .child = $0.tie { true } else if case .adult = $0.tie { true } else { false } }
    let home = people.filter { if case .household = $0.tie { true } else { false } }
    let mayEdit = visit.viewer.may(.editPeople)
    func link(_ text: String, _ path: String) -> HTML {
        mayEdit ? GovUK.paragraph(GovUK.link(text, href: base + path)) : .empty
    }
    return """
        <h3 class="govuk-heading-s">Harm</h3>
        \(harmList(harm, base))\(link("Add someone who is harming them", "/harming/new"))
        <h3 class="govuk-heading-s">Children and parents</h3>
        \(listed(family, visit))\(link("Add a child", "/children/new"))
        <h3 class="govuk-heading-s">Who lives together</h3>
        \(listed(home, visit))\(link("Change who lives together", "/household"))
        """
}

private func harmList(_ harm: [NearPerson], _ base: String) -> HTML {
    if harm.isEmpty { return GovUK.paragraph("Nobody recorded yet.") }
    let counts = Dictionary(grouping: harm, by: \.person).mapValues(\.count)
    return GovUK.list(harm.map { other -> HTML in
        let isMutual = counts[other.person, default: 0] > 1
        return """
            \(GovUK.link(other.name, href: "/people/\(other.person.column)")): \(harmWords(other)) \
            \(direction(other, isMutual: isMutual)) \
            <a class="govuk-link" href="\(base)/related/\(other.person.column)">More\
            <span class="govuk-visually-hidden"> about \(other.name) and this person</span></a>
            """
    })
}

private func harmWords(_ other: NearPerson) -> String {
    switch other.tie {
    case .harming(let role, let connection):
        "\(role == .childVictim ? "harming, this child is a victim too" : "harming"). \(connection.label)."
    case .harmed(let role, let connection):
        "\(role == .childVictim ? "harmed by this person, as a child" : "harmed by this person"). \(connection.label)."
    default: ""
    }
}

/// Where each says that the other harms them, or where somebody decided: who is at risk.
private func direction(_ other: NearPerson, isMutual: Bool) -> HTML {
    switch other.atRisk {
    case .this: GovUK.tag("This person is at risk", colour: .red)
    case .other: GovUK.tag("The other is at risk", colour: .orange)
    case .both: GovUK.tag("Each is at risk", colour: .red)
    case .unclear: GovUK.tag("Not clear who is at risk", colour: .yellow)
    case nil: isMutual ? GovUK.tag("Decide who is at risk", colour: .yellow) : .empty
    }
}

private func listed(_ people: [NearPerson], _ visit: Visit) -> HTML {
    if people.isEmpty { return GovUK.paragraph("Nobody recorded yet.") }
    return GovUK.list(people.map { other -> HTML in
        let age = other.birth.map { day -> String in
            let years = day.years(until: visit.today)
            return years < 18 ? " (\(years))" : ""
        } ?? ""
        return "\(GovUK.link(other.name, href: "/people/\(other.person.column)"))\(age): \(tieWords(other.tie))"
    })
}

private func tieWords(_ tie: NearPerson.Tie) -> String {
    switch tie {
    case .child(let kind): "child. This person: \(kind.label.lowercased())."
    case .adult(let kind): "\(kind.label.lowercased())."
    case .household(let from, let until): period(from, until) + "."
    default: ""
    }
}

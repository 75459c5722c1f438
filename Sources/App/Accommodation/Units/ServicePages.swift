import Foundation
import Pages
import Postgres

/// A question that may go unanswered: yes, no, not known.
func factField(_ name: String, _ legend: String, hint: String? = nil, in answers: Answers) -> HTML {
    GovUK.radios(name, legend: legend, hint: hint, options: HomeFact.options, inline: true, small: true, in: answers)
}

func serviceFormPage(
    _ title: String, _ action: String, back: String, _ choices: ServiceChoices, _ answers: Answers, isNew: Bool,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    let whose: HTML? = !isNew || choices.providers.count < 2 ? nil : GovUK.radios(
        "agency", legend: "Whose service is it?",
        options: choices.providers.map { GovUK.Choice($0.id.column, $0.name) }, small: true, in: answers)
    let ended: HTML? = isNew ? nil : GovUK.checkboxes(
        "ended", legend: "Has it ended?", options: [GovUK.Choice("yes", "It has ended: nobody new comes")], small: true,
        in: answers)
    return Page(title, errors: answers.errors, back: back, """
        \(notice)\(visit.form(action, answers, """
            \(isNew ? HTML.empty : GovUK.hidden("version", answers["version"]))\(whose)
            \(whatItIs(choices, answers))\(whomItTakes(choices, answers))\(ended)\(GovUK.button("Save"))
            """))
        """)
}

private func whatItIs(_ choices: ServiceChoices, _ answers: Answers) -> HTML {
    """
    \(GovUK.input("name", label: "What is it called?",
                  hint: "Others read it: a neutral name, without a street, a village or a house.", in: answers))
    \(GovUK.radios("kind", legend: "What kind is it?", options: AccommodationKind.options, small: true, in: answers))
    \(GovUK.radios("provider", legend: "Who provides it?", options: ProviderClass.options, small: true, in: answers))
    \(factField("shares", "Do households share a toilet, washing or cooking?", in: answers))
    \(factField("supported", "Does support come with it?", in: answers))
    \(GovUK.input("landlord", label: "Landlord", hint: "May be left empty.", in: answers))
    \(GovUK.input("commissioner", label: "Commissioned by", hint: "May be left empty.", in: answers))
    \(GovUK.select("area", label: "In which area is it?", hint: "As coarse as it stands here is all that others see.",
                   options: [GovUK.Choice("", "Choose an area")] + choices.areas.map {
                       GovUK.Choice($0.id.column, $0.name)
                   }, in: answers))
    \(GovUK.checkboxes("own-area", legend: "Who may come?", options: [
        GovUK.Choice("yes", "Only people of that area",
                     hint: "The law lets nobody who flees abuse be refused for where they lived."),
    ], small: true, in: answers))
    """
}

private func whomItTakes(_ choices: ServiceChoices, _ answers: Answers) -> HTML {
    let needs = NeedTaken.allCases.map { need -> HTML in factField(need.rawValue, need.label, in: answers) }
    return """
    \(GovUK.radios("takes", legend: "Whom is it for?", options: Residents.options, small: true, in: answers))
    \(factField("trans", "Are trans people taken, by its own policy?", in: answers))
    \(GovUK.radios("sons", legend: "Which sons may come with their mother?", options: SonRule.options, small: true,
                   in: answers))
    \(GovUK.input("oldest-son", label: "Up to which age?", hint: "Only if sons come up to an age.", width: .two,
                  inputmode: "numeric", in: answers))
    \(factField("shares-room", "May a family share one room?", in: answers))
    \(GovUK.heading(2, "Taken with"))\(HTML.joined(needs))
    \(GovUK.checkboxes("nrpf", legend: "Can somebody without recourse to public funds come?",
                       hint: "Leave empty if nobody has asked yet.",
                       options: NRPFFunding.options + [
                           GovUK.Choice(value: "none", label: "No, they can’t come", divider: "or", exclusive: true),
                       ], small: true, in: answers))
    \(GovUK.radios("staffing", legend: "When are staff there?", options: Staffing.options, small: true, in: answers))
    \(GovUK.input("languages", label: "Languages that staff speak", hint: "May be left empty.", in: answers))
    \(GovUK.input("by-and-for", label: "By and for whom?",
                  hint: "For example, Black and minoritised women. May be left empty.", in: answers))
    \(GovUK.checkboxes("unsafe", legend: "From which areas is it not safe to come?", hint: "May be left empty.",
                       options: choices.areas.map { GovUK.Choice($0.id.column, $0.name) }, small: true, in: answers))
    """
}

func servicePage(
    _ service: AccommodationService, _ units: [ProvidedUnit], unsafe: [String], _ visit: Visit
) -> Page {
    let terms = service.terms
    let eligibility = Eligibility(
        kind: terms.kind, provider: terms.provider, shares: terms.shares, isSupported: terms.isSupported)
    return Page(
        "Service", caption: "\(terms.name), \(service.agencyName)", back: "/units", wide: true, """
        \(GovUK.buttonGroup([
            GovUK.button("Add a unit", href: service.path + "/units/new"),
            GovUK.button("Change the service", kind: .secondary, href: service.path + "/edit"),
        ]))
        \(eligibilityPart(eligibility))
        \(units.isEmpty ? plain(["No unit yet."]) : unitTable("Units", units, visit))
        \(GovUK.heading(2, "What it is and whom it takes"))\(GovUK.summaryList(serviceRows(service, unsafe: unsafe)))
        """)
}

/// Whether it counts as safe accommodation under the duty, and why.
private func eligibilityPart(_ eligibility: Eligibility) -> HTML {
    let verdict: HTML = switch eligibility.verdict {
    case .counts: GovUK.tag("Counts as relevant accommodation", colour: .green)
    case .doesNotCount: GovUK.tag("Does not count as relevant accommodation", colour: .red)
    case .ask: GovUK.tag("Not decided yet", colour: .orange)
    }
    return """
        <p class="govuk-body">\(verdict)</p>\(GovUK.list(eligibility.reasons.map { reason -> HTML in "\(reason)." }))
        """
}

func serviceRows(_ service: AccommodationService, unsafe: [String]) -> [GovUK.SummaryRow] {
    let terms = service.terms
    let needs = NeedTaken.allCases.map { need -> HTML in
        "\(need.label): \((terms.needs[need] ?? .notKnown).label.lowercased())"
    }
    func row(_ title: String, _ text: String) -> GovUK.SummaryRow? {
        text.isEmpty ? nil : GovUK.SummaryRow(title, "\(text)")
    }
    return [
        row("Kind", terms.kind.label), row("Provider", terms.provider.label), row("Landlord", terms.landlord),
        row("Commissioned by", terms.commissioner),
        row("Area", service.areaName + (terms.isOwnAreaOnly ? ". Only for people of that area" : "")),
        row("For", terms.takes.label), row("Trans people", terms.takesTrans.label), row("Sons", terms.sonsLabel),
        row("A family may share a room", terms.familySharesRoom.label),
        GovUK.SummaryRow("Taken with", GovUK.list(needs)),
        row("Without recourse to public funds", terms.nrpfLabel), row("Staff", terms.staffing.label),
        row("Languages", terms.languages), row("By and for", terms.byAndFor),
        row("Not safe from", unsafe.joined(separator: ", ")),
        row("Ended", service.endedOn.map(\.description) ?? ""),
    ].compactMap(\.self)
}

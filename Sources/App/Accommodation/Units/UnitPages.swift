import Foundation
import Pages
import Postgres

/// What a provider runs: its services and units, how each stands, and one press that says it is all so.
func unitsPage(
    _ services: [AccommodationService], _ units: [ProvidedUnit], _ asked: [HousingOffer], _ due: [Stay],
    _ visit: Visit
) -> Page {
    let free = units.count(where: \.isFree)
    let confirm: HTML = units.isEmpty ? .empty : visit.buttonForm(
        "/units/confirm", "All of this is so today", kind: .secondary)
    let byService = services.map { service -> HTML in
        let own = units.filter { $0.service.id == service.id }
        let ended: HTML? = service.endedOn.map { GovUK.tag("Ended \($0)", colour: .grey) }
        return """
            <h2 class="govuk-heading-m">\(GovUK.link(service.terms.name, href: service.path)) \(ended)</h2>
            <p class="govuk-body">\(service.terms.kind.label), \(service.areaName)</p>
            \(own.isEmpty ? plain(["No unit yet."]) : unitTable("Units of \(service.terms.name)", own, visit))
            """
    }
    return Page("Units", wide: true, """
        \(asked.isEmpty ? HTML.empty : askedTable(asked, visit))
        \(due.isEmpty ? HTML.empty : staysDueTable(due, visit))
        \(GovUK.button("Add a service", href: "/units/services/new"))
        <p class="govuk-body">\(free) of \(units.count) free today. \
        \(GovUK.link("What others see", href: "/vacancies")). \
        \(GovUK.link("Vacancies for Routes to Support", href: "/units/routes-to-support")). \
        \(GovUK.link("Landlords for reciprocals", href: "/landlords")). \
        \(GovUK.link("How many spaces are needed", href: "/capacity")). \
        \(GovUK.link("Enquiries", href: "/units/enquiries")). \
        \(GovUK.link("What was asked for", href: "/units/figures")) and \
        \(GovUK.link("stays and empty days", href: "/units/occupancy")) in figures</p>\(confirm)
        \(byService.isEmpty ? plain(["No service yet."]) : HTML.joined(byService))
        """)
}

func unitTable(_ caption: String, _ units: [ProvidedUnit], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: caption, captionHidden: true, columns: ["Unit", "State", "Since", "Takes", "Last confirmed"],
        rows: units.map { unit -> [HTML] in
            [GovUK.link(unit.name, href: unit.path), unit.state, "\(unit.now?.from.description ?? "")",
             "\(unit.size.line)", unit.freshness(visit.now)]
        })
}

func unitPage(_ unit: ProvidedUnit, _ times: [UnitTime], _ visit: Visit) -> Page {
    var buttons: [HTML] = []
    if (unit.endedOn == nil || unit.now != nil) && unit.now?.kind != .hold {
        buttons.append(GovUK.button("Put down what happened", href: unit.path + "/next"))
    }
    buttons.append(GovUK.button("Change the unit", kind: .secondary, href: unit.path + "/edit"))
    let since: HTML = unit.now.map { "\($0.kind.label) since \($0.from.description)" } ?? unit.state
    return Page(
        "Unit", caption: "\(unit.name), \(unit.service.terms.name)", back: "/units", wide: true, """
        \(GovUK.buttonGroup(buttons))
        \(GovUK.summaryList([
            GovUK.SummaryRow("State", since), GovUK.SummaryRow("Takes", "\(unit.size.line)"),
            GovUK.SummaryRow("Has and takes", "\(unit.size.offered.isEmpty ? "Nothing recorded" : unit.size.offered)"),
            GovUK.SummaryRow("Nobody has asked yet", "\(unit.size.unknown.isEmpty ? "Nothing" : unit.size.unknown)"),
            GovUK.SummaryRow("Last confirmed", unit.freshness(visit.now)),
            GovUK.SummaryRow("Where it is", visit.buttonForm(unit.path + "/address", "Show address", kind: .secondary)),
        ]))
        \(times.isEmpty ? plain(["Nothing was put down of it yet: it is free since it was added."])
            : timeTable(times, visit))
        """)
}

private func timeTable(_ times: [UnitTime], _ visit: Visit) -> HTML {
    GovUK.table(
        caption: "Where its time went, newest first",
        columns: ["From", "Until", .numeric("Nights"), "What", "Who, and how it ended"],
        rows: times.map { time -> [HTML] in
            ["\(time.from.description)", "\(time.until?.description ?? "")", "\(time.nights(until: visit.today))",
             GovUK.tag(time.kind.label, colour: time.kind.colour), stayCell(time)]
        })
}

private func stayCell(_ time: UnitTime) -> HTML {
    guard let stay = time.stay else { return .empty }
    guard let id = time.stayID else { return stayWords(stay) }
    let link = GovUK.link("The stay", href: "/units/stays/\(id.column)", visuallyHidden: "that began \(time.from)")
    let moved = time.until != nil && stay.leftTo == nil ? " Moved on to another unit." : ""
    let came = id == time.id ? "" : " Came from another unit."
    return "\(stayWords(stay)).\(came)\(moved) \(link)"
}

private func stayWords(_ stay: UnitStay) -> HTML {
    let people = stay.people
    let outside = stay.isFromOutside == .yes ? ", from outside the area" : ""
    let ended = [stay.leftTo?.label, stay.leftBecause?.label].compactMap(\.self).joined(separator: ". ")
    return "\(people). \(stay.cameBy.label)\(outside)\(ended.isEmpty ? "" : ". Left: \(ended)")"
}

func unitFormPage(
    _ title: String, _ action: String, back: String, caption: String, _ answers: Answers, isNew: Bool, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    func number(_ field: String, _ label: String, hint: String? = nil) -> HTML {
        GovUK.input(field, label: label, hint: hint, width: .two, inputmode: "numeric", in: answers)
    }
    func facts(_ title: String, _ features: [UnitFeature]) -> HTML {
        "\(GovUK.heading(2, title))\(HTML.joined(features.map { factField($0.rawValue, $0.label, in: answers) }))"
    }
    let ended: HTML? = isNew ? nil : GovUK.checkboxes(
        "ended", legend: "Is it given up?", options: [GovUK.Choice("yes", "It is given up: it is no longer ours")],
        small: true, in: answers)
    return Page(title, caption: caption, errors: answers.errors, back: back, """
        \(notice)\(visit.form(action, answers, """
            \(isNew ? HTML.empty : GovUK.hidden("version", answers["version"]))
            \(number("bedspaces", "How many people can sleep there?"))
            \(number("bedrooms", "In how many rooms?", hint: "A living room counts if a household may sleep in it."))
            \(number("adults", "How many adults does it take?"))\(number("children", "How many children does it take?"))
            \(number("cots", "How many cots are there?", hint: "May be left empty."))
            \(facts("Access", UnitFeature.allCases.filter { !$0.isPet }))
            \(facts("Pets", UnitFeature.allCases.filter(\.isPet)))
            \(GovUK.paragraph("An assistance dog is no pet: it may always come."))
            \(GovUK.heading(2, "Where it is"))
            \(GovUK.paragraph("Sealed: only those who run it can open it, and each look is recorded."))
            \(GovUK.textarea("address", label: "Address",
                             hint: isNew ? nil : "Leave empty if it is still where it was.", rows: 4, in: answers))
            \(GovUK.input("inside", label: "What do staff call it?", hint: "May be left empty.", in: answers))
            \(ended)\(GovUK.button("Save"))
            """))
        """)
}

func unitStepPage(_ unit: ProvidedUnit, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let steps = UnitStep.following(unit.now?.kind)
    if steps.isEmpty {
        return Page("What happened to a unit", caption: "\(unit.name), \(unit.service.terms.name)", back: unit.path, """
            <p class="govuk-body">It is held for a household. Answer who asks first, on the page of your units.</p>
            """)
    }
    let moving: HTML = !steps.contains(.movedIn) ? .empty : """
        \(GovUK.heading(2, "If a household moved in"))
        \(GovUK.input("came-adults", label: "How many adults?", width: .two, inputmode: "numeric", in: answers))
        \(GovUK.input("came-children", label: "How many children?", width: .two, inputmode: "numeric", in: answers))
        \(GovUK.radios("came-by", legend: "How did they come?", options: CameBy.options, small: true, in: answers))
        \(factField("outside", "Do they come from outside the partnership’s area?", in: answers))
        """
    let leaving: HTML = !steps.contains(.movedOut) ? .empty : """
        \(GovUK.radios("left-to", legend: "Where did they go?", options: LeftTo.options, small: true, in: answers))
        \(GovUK.radios("left-because", legend: "Why did they leave?", options: LeftBecause.options, small: true,
                       in: answers))
        \(factField("contact-after", "May they be asked in four weeks how they are?",
                    hint: "Not answered counts as not known: it is then due.", in: answers))
        """
    return Page(
        "What happened to a unit", caption: "\(unit.name), \(unit.service.terms.name)", errors: answers.errors,
        back: unit.path, """
        \(notice)\(visit.form(unit.path + "/next", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("step", legend: "What happened?", options: steps.map(\.option), small: true, in: answers))
            \(GovUK.dateInput("day", legend: "On which day?",
                              hint: "For example, \(visit.today.day) \(visit.today.month) \(visit.today.year)",
                              in: answers))
            \(moving)\(leaving)\(GovUK.button("Save"))
            """))
        """)
}

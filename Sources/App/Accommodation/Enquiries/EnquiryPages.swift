import Foundation
import Pages
import Postgres

/// What was put down of enquiries, newest first: 25 and one more.
func enquiriesPage(_ enquiries: [Enquiry], isFirst: Bool, hasServices: Bool, _ visit: Visit) -> Page {
    let base = "/units/enquiries"
    let shown = Array(enquiries.prefix(25))
    let next = enquiries.count > 25 ? shown.last.map { "\(base)?before=\($0.place.text)" } : nil
    let add: HTML = hasServices ? GovUK.button("Put down an enquiry", href: base + "/new")
        : plain(["Add a service first: an enquiry is one of a service."])
    return Page("Enquiries", back: "/units", wide: true, """
        <p class="govuk-body">Who else asked for a home, without a name. What a case of this partnership asked for \
        counts by itself. \(GovUK.link("Figures", href: "/units/figures"))</p>\(add)
        \(shown.isEmpty ? plain(["No enquiry was put down yet."]) : GovUK.table(
            caption: "Enquiries, newest first", captionHidden: true,
            columns: ["Asked on", "Service", "Who asked", "Household", "From", "What came of it"],
            rows: shown.map { one -> [HTML] in
                [GovUK.link(one.askedOn.description, href: one.path), "\(one.serviceName)", "\(one.route.label)",
                 "\(one.household)", "\(one.fromWords)",
                 "\(GovUK.tag(one.state.label, colour: one.state.colour)) \(one.mainReason?.label ?? "")"]
            }))
        \(GovUK.pagination(previous: isFirst ? nil : base, next: next, previousLabel: "From the start",
                           nextLabel: "More"))
        """)
}

extension Enquiry {
    var fromWords: String { areaName ?? (from == .outside ? "Outside" : "Not known") }
    /// Where it stands in the list.
    var place: Keyset { Keyset(at: London.moment(askedOn, minute: 0) ?? .distantPast, id: id) }
}

func enquiryPage(
    _ title: String, _ action: String, _ services: [AccommodationService.Named], _ areas: [AreaChoice],
    _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let which: HTML? = services.count < 2 ? nil : GovUK.radios(
        "service", legend: "Which service was asked?",
        options: services.map { GovUK.Choice($0.id.column, $0.name) }, small: true, in: answers)
    return Page(title, errors: answers.errors, back: "/units/enquiries", """
        \(notice)<p class="govuk-body">No names and no addresses: numbers alone are kept.</p>
        \(visit.form(action, answers, """
            \(answers["version"].isEmpty ? HTML.empty : GovUK.hidden("version", answers["version"]))\(which)
            \(GovUK.dateInput("asked", legend: "When was it asked?", in: answers))
            \(GovUK.radios("route", legend: "Who asked?", options: EnquiryRoute.options, small: true, in: answers))
            \(GovUK.select("from", label: "Where do they come from?",
                           options: [GovUK.Choice("", "Choose where")] + ComesFrom.options(areas), in: answers))
            \(GovUK.input("adults", label: "How many adults would come?", hint: "May be left empty.", width: .two,
                          inputmode: "numeric", in: answers))
            \(GovUK.input("children", label: "How many children?", hint: "May be left empty.", width: .two,
                          inputmode: "numeric", in: answers))
            \(GovUK.radios("state", legend: "What came of it?", options: OfferState.ofEnquiries.map(\.option),
                           small: true, in: answers))
            \(GovUK.dateInput("answered", legend: "If it was answered: on which day?",
                              hint: "Or on which day they moved in.", in: answers))
            \(GovUK.details("If it came to nothing: why?", whyNotFields(answers),
                            open: answers.areRefused || !answers.all("reasons").isEmpty))
            \(GovUK.button("Save"))
            """))
        """)
}

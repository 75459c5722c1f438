import Foundation
import Pages
import Postgres

func landlordsPage(_ landlords: [Landlord], _ visit: Visit) -> Page {
    Page("Landlords", back: visit.viewer.may(.viewTeam) ? "/team/reciprocals" : "/units", """
        <p class="govuk-body">Landlords of social homes, here and elsewhere, that house one another’s tenants who have \
        to leave. Every agency of the partnership that looks for homes chooses from this list.</p>
        \(GovUK.button("Add a landlord", href: "/landlords/new"))
        \(landlords.isEmpty ? plain(["No landlord yet."]) : GovUK.table(
            caption: "Landlords, by name", captionHidden: true, columns: ["Landlord", "What it is", "Where", "State"],
            rows: landlords.map { one -> [HTML] in
                let ended: HTML = one.endedOn.map { GovUK.tag("Asked no longer since \($0)", colour: .grey) } ?? "Asked"
                let name = GovUK.link(one.name, href: one.path + "/edit")
                return [name, "\(one.kind.label)", "\(one.whereabouts)", ended]
            }))
        """)
}

func landlordFormPage(
    _ title: String, _ action: String, _ answers: Answers, isNew: Bool, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let ended: HTML? = isNew ? nil : GovUK.checkboxes(
        "ended", legend: "Is it asked no longer?", options: [GovUK.Choice("yes", "It is asked no longer")], small: true,
        in: answers)
    let here = [GovUK.Choice("yes", "Yes"), GovUK.Choice("no", "No, only elsewhere")]
    return Page(title, errors: answers.errors, back: "/landlords", """
        \(notice)\(visit.form(action, answers, """
            \(isNew ? HTML.empty : GovUK.hidden("version", answers["version"]))
            \(GovUK.input("name", label: "What is the landlord called?", in: answers))
            \(GovUK.radios("kind", legend: "What is it?", hint: "A council must keep a tenancy for life where somebody "
                + "moves because of abuse.", options: LandlordKind.options, small: true, in: answers))
            \(GovUK.radios("here", legend: "Does it let homes in this partnership’s area?", options: here, small: true,
                           in: answers))
            \(ended)\(GovUK.button("Save"))
            """))
        """)
}

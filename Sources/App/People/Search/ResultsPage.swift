import Foundation
import Pages
import Postgres

/// Who was found and why. What a partner knows is said in the same place and in the same words for everybody.
func resultsPage(
    _ form: SearchForm, tiedTo person: Person?, _ results: SearchResults, _ id: UUID, _ visit: Visit
) -> Page {
    let matches = results.matches
    let found: HTML = matches.isEmpty
        ? "<p class=\"govuk-body\">Nobody on record that you can see. Someone may still be known to a partner.</p>"
        : GovUK.table(caption: matches.count == 20 ? "The 20 closest" : "\(matches.count) found", columns: [
            "Name", "Born", "Why", "Case", "With",
        ] + (form.isChoosing ? ["Choose"] : []), rows: matches.map { row($0, form, person, visit) })
    let add: HTML? = form.newPerson.map { path -> HTML in
        """
        <h2 class="govuk-heading-m">Not here?</h2>
        \(GovUK.button("Add a new person", kind: matches.isEmpty ? .primary : .secondary,
                       href: "\(path)?search=\(id.column)"))
        """
    }
    return Page("Search results", back: form.origin.page ?? "/search", wide: true, """
        \(results.isKnownToPartner ? knownToPartner : HTML.empty)\(found)\(form.isExact ? HTML.empty : exactly)\(add)
        """)
}

/// All that is ever said: not which partner, and nothing about the person.
private let knownToPartner: HTML = GovUK.insetText("Known to a partner: ask the partnership’s duty contact.")

private let exactly: HTML = """
    <p class="govuk-hint">For the front door, partners that agreed to it are asked too: by exact first and last name \
    with the date of birth.</p>
    """

extension SearchForm {
    /// Whether one of those found is chosen for something.
    fileprivate var isChoosing: Bool { contact != nil || tie != nil }

    /// Where somebody is recorded who was not found; nil for a search that only looks.
    fileprivate var newPerson: String? {
        contact.map { "/contacts/\($0.column)/people/new" } ?? tie.flatMap { $0.kind == .same ? nil : $0.base + "/new" }
    }
}

private func row(_ match: Match, _ form: SearchForm, _ tiedTo: Person?, _ visit: Visit) -> [HTML] {
    let choose = form.contact.map { contact in
        [visit.buttonForm("/contacts/\(contact.column)/person", "This is them", kind: .secondary,
                          fields: ["person": match.person.id.column])]
    } ?? form.tie.map { [choosing(match, $0, tiedTo)] } ?? []
    return [
        .joined([GovUK.link(match.person.name, href: "/people/\(match.person.id.column)")]
            + match.alsoAs.map { name -> HTML in "<br>Also on record as \(name)" }),
        "\(match.person.birth.words(on: visit.today))",
        .joined(match.why.enumerated().map { index, reason -> HTML in
            index == 0 ? "\(reason.label)" : "<br>\(reason.label)"
        }),
        match.openCase.map { GovUK.link($0.reference, href: "/cases/\($0.id.column)") } ?? "No open case",
        "\(match.worker ?? "")",
    ] + choose
}

/// Nobody is tied to themselves, nor to a record of another agency.
private func choosing(_ match: Match, _ tie: PersonTie, _ tiedTo: Person?) -> HTML {
    if match.person.id == tie.person { return "The same person" }
    if match.person.agency != tiedTo?.agency { return "Another agency’s record" }
    return GovUK.link("Choose \(match.person.name)", href: "\(tie.base)/\(match.person.id.column)")
}

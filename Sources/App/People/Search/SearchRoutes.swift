import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSearch() {
        get("search", .needs(.searchPeople)) { visit in .page(searchPage(Answers(), visit)) }
        post("search", .needs(.searchPeople)) { visit in
            var answers = visit.typed
            guard let form = SearchForm(&answers, purpose: nil) else { return .invalid(searchPage(answers, visit)) }
            return try await visit.saveSearch(form)
        }
        get("search/:id", .needs(.searchPeople)) { visit in
            let id = try visit.id()
            // A write: the search is in the audit log before its first row is shown.
            let (form, matches) = try await visit.write { db in
                let form = try db.search(id, visit).orNotFound()
                return (form, try db.matches(id, form, visit))
            }
            return .page(resultsPage(form, matches, id, visit))
        }
    }
}

extension Visit {
    /// Keeps what is looked for, and leads to what is found.
    func saveSearch(_ form: SearchForm) async throws -> Reply {
        let id = UUID()
        try await write { db in try db.saveSearch(id, form, self) }
        return .seeOther("/search/\(id.column)")
    }
}

/// What to look for; out of a contact, nobody is asked why.
func searchPage(_ answers: Answers, _ visit: Visit, contact: UUID? = nil) -> Page {
    let action = contact.map { "/contacts/\($0.column)/search" } ?? "/search"
    let why = contact == nil ? GovUK.radios(
        "purpose", legend: "Why are you looking?", options: SearchPurpose.options, small: true, in: answers) : .empty
    return Page(
        contact == nil ? "Find a person" : "Who is this?", errors: answers.errors,
        back: contact.map { "/contacts/\($0.column)" }, """
        \(visit.form(action, answers, keepsDraft: false, """
            \(why)\(SearchForm.fields(answers))
            <p class="govuk-hint">Every search is recorded with your name and its purpose.</p>
            \(GovUK.button("Search"))
            """))
        """)
}

private func resultsPage(_ form: SearchForm, _ matches: [Match], _ id: UUID, _ visit: Visit) -> Page {
    let rows = matches.map { match -> [HTML] in
        [
            GovUK.link(match.person.name, href: "/people/\(match.person.id.column)"),
            "\(match.person.birth.words(on: visit.today))",
            match.openCase.map { GovUK.link($0.reference, href: "/cases/\($0.id.column)") } ?? "No open case",
            "\(match.worker ?? "")",
            form.contact.map { contact in
                visit.buttonForm("/contacts/\(contact.column)/person", "This is them", kind: .secondary,
                                 fields: ["person": match.person.id.column])
            } ?? .empty,
        ]
    }
    let found: HTML = matches.isEmpty
        ? "<p class=\"govuk-body\">Nobody on record that you can see. Someone may still be known to a partner.</p>"
        : GovUK.table(caption: matches.count == 20 ? "The 20 closest" : "\(matches.count) found", columns: [
            "Name", "Born", "Case", "With", "Choose",
        ], rows: rows)
    let add: HTML? = form.contact.map { contact -> HTML in
        """
        <h2 class="govuk-heading-m">Not here?</h2>
        \(GovUK.button("Add a new person", kind: matches.isEmpty ? .primary : .secondary,
                       href: "/contacts/\(contact.column)/people/new?search=\(id.column)"))
        """
    }
    return Page("Search results", back: form.contact.map { "/contacts/\($0.column)" } ?? "/search", wide: true, """
        \(found)\(add)
        """)
}

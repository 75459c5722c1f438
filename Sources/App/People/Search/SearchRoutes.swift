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
            let (form, tied, results) = try await visit.write { db in
                let form = try db.search(id, visit).orNotFound()
                let tied = try form.tie.map { tie in
                    try db.person(tie.person, within: visit.viewer, to: .editPeople).orNotFound()
                }
                return (form, tied, try db.results(id, form, visit))
            }
            return .page(resultsPage(form, tiedTo: tied, results, id, visit))
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

/// What to look for; out of a contact or a case, nobody is asked why.
func searchPage(_ answers: Answers, _ visit: Visit, from origin: SearchOrigin = .nowhere) -> Page {
    let why = origin == .nowhere ? GovUK.radios(
        "purpose", legend: "Why are you looking?", options: SearchPurpose.options, small: true, in: answers) : .empty
    return Page(
        origin == .nowhere ? "Find a person" : "Who is this?", errors: answers.errors, back: origin.page, """
        \(visit.form(origin.action, answers, keepsDraft: false, """
            \(why)\(SearchForm.fields(answers))
            <p class="govuk-hint">Every search is recorded with your name and its purpose.</p>
            \(GovUK.button("Search"))
            """))
        """)
}

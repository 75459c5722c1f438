import Foundation
import Pages
import Postgres

extension Site {
    mutating func addSearch() {
        get("search", .needs(.searchPeople)) { visit in
            let used = try await visit.read { db in try db.freeSearches() }
            return .page(searchPage(Answers(), visit, asksEnquiry: used >= SearchBudget.daily))
        }
        post("search", .needs(.searchPeople)) { visit in
            var answers = visit.typed
            guard let form = SearchForm(&answers, purpose: nil) else { return .invalid(searchPage(answers, visit)) }
            return try await visit.saveSearch(form, answers)
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
    /// Keeps what is looked for, and leads to what is found. A free search over the day's number has to say for which
    /// enquiry it is; one out of an open case, or out of a contact of the last day, never waits.
    func saveSearch(_ form: SearchForm, _ answers: Answers) async throws -> Reply {
        let id = UUID()
        var enquired = answers
        let enquiry = enquired.text("enquiry", most: 200, name: "Which enquiry it is for")
        let isLong = enquiry.count >= SearchBudget.enquiryLetters && enquired.errors.isEmpty
        let isSaved = try await write { db -> Bool in
            var form = form
            let isFree = try !db.isReason(form.origin)
            if isFree, try db.freeSearches() >= SearchBudget.daily {
                guard isLong else { return false }
                form.enquiry = enquiry
                try db.audit(.searchOverBudget, .search, id, purpose: enquiry)
            }
            try db.saveSearch(id, form, isFree: isFree, self)
            return true
        }
        if isSaved { return .seeOther("/search/\(id.column)") }
        if enquired.errors.isEmpty {
            enquired.refuse("enquiry", "You have searched \(SearchBudget.daily) times today outside an open "
                + "contact or case. Enter which enquiry this one is for, in \(SearchBudget.enquiryLetters) letters or "
                + "more")
        }
        return .invalid(searchPage(enquired, self, from: form.origin, asksEnquiry: true))
    }
}

/// What to look for; out of a contact or a case, nobody is asked why.
func searchPage(
    _ answers: Answers, _ visit: Visit, from origin: SearchOrigin = .nowhere, asksEnquiry: Bool = false
) -> Page {
    let why = origin == .nowhere ? GovUK.radios(
        "purpose", legend: "Why are you looking?", options: SearchPurpose.options, small: true, in: answers) : .empty
    return Page(
        origin == .nowhere ? "Find a person" : "Who is this?", errors: answers.errors, back: origin.page, """
        \(visit.form(origin.action, answers, keepsDraft: false, """
            \(why)\(asksEnquiry ? SearchBudget.field(answers) : HTML.empty)\(SearchForm.fields(answers))
            <p class="govuk-hint">Every search is recorded with your name and its purpose.</p>
            \(GovUK.button("Search"))
            """))
        """)
}

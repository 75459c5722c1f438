import Foundation
import Pages
import Postgres

extension Site {
    mutating func addPeople() {
        get("people/:id", .needs(.viewPeople)) { visit in
            let id = try visit.id()
            let shown = try await visit.write { db -> (Person, PersonAround) in
                let person = try db.person(id, within: visit.viewer).orNotFound()
                try db.audit(.personViewed, .person, id)
                return (person, try PersonAround(db, person, visit))
            }
            return .page(personPage(shown.0, shown.1, visit))
        }
        get("people/:id/edit", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.keptAnswers(visit))
            }
            let answers = kept.over(PersonForm.answers(from: person))
            return .page(editPersonPage(person, answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/edit", .needs(.editPeople)) { visit in try await visit.changePerson() }
    }
}

extension Visit {
    fileprivate func changePerson() async throws -> Reply {
        let id = try id()
        let person = try await read { db in try db.person(id, within: viewer, to: .editPeople).orNotFound() }
        let version = try typed.version
        var answers = typed
        guard let form = PersonForm(&answers, today: today) else {
            return .invalid(editPersonPage(person, answers, self))
        }
        let location = "/people/\(id.column)"
        let saved = try await write { db -> Bool in
            guard try db.changePerson(person, form, basedOn: version, self) else { return false }
            try db.audit(.personChanged, .person, id)
            try db.dropDraft(account: viewer.account, form: path)
            return true
        }
        if saved { return .seeOther(location) }
        let theirs = try await read { db in try db.person(id, within: viewer).orNotFound() }
        return .conflict(personConflictPage(theirs, answers, self))
    }
}

func editPersonPage(_ person: Person, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Change details", errors: answers.errors, back: "/people/\(person.id.column)", """
        \(notice)\(visit.form("/people/\(person.id.column)/edit", answers, """
            \(GovUK.hidden("version", answers["version"]))\(PersonForm.fields(answers))\(GovUK.button("Save"))
            """))
        """)
}

/// Two people edited at once: both texts, side by side, and a choice. Nothing of either is lost.
func personConflictPage(_ theirs: Person, _ answers: Answers, _ visit: Visit) -> Page {
    let saved = PersonForm.answers(from: theirs)
    let names = [("given-name", "First name"), ("family-name", "Last name"), ("birth-day", "Day of birth"),
                 ("birth-month", "Month of birth"), ("birth-year", "Year of birth"), ("sex", "Sex"),
                 ("ethnicity", "Ethnic group"), ("language", "Language"), ("interpreter", "Interpreter needed")]
    let rows = names.filter { saved[$0.0] != answers[$0.0] }.map { field, name -> [HTML] in
        ["\(name)", "\(PersonForm.words(saved, field))", "\(PersonForm.words(answers, field))"]
    }
    let again = answers.again(over: theirs.version)
    return Page("Someone else changed this too", back: "/people/\(theirs.id.column)", """
        <p class="govuk-body">While you were writing, a colleague saved other details. Yours are not saved yet.</p>
        \(GovUK.table(
            caption: "What differs", columns: ["Detail", "Saved by your colleague", "Typed by you"], rows: rows))
        <p class="govuk-body">\(GovUK.link("Keep your colleague’s", href: "/people/\(theirs.id.column)")), or check \
        yours below and save them instead.</p>
        \(visit.form("/people/\(theirs.id.column)/edit", again, """
            \(GovUK.hidden("version", again["version"]))\(PersonForm.fields(again))\(GovUK.button("Save mine"))
            """))
        """)
}

import Foundation
import Pages
import Postgres

extension Site {
    /// Asked in their own time, on a page of its own.
    mutating func addPersonalDetails() {
        get("people/:id/about", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, contact, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(),
                 try db.safeContact(of: id, visit), try db.keptAnswers(visit))
            }
            let answers = kept.over(person.details.answers(version: person.version))
            return .page(detailsPage(person, contact, answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/about", .needs(.editPeople)) { visit in try await visit.changeDetails() }
    }
}

extension Visit {
    fileprivate func changeDetails() async throws -> Reply {
        let id = try id()
        let (person, contact) = try await read { db in
            (try db.person(id, within: viewer, to: .editPeople).orNotFound(), try db.safeContact(of: id, self))
        }
        let version = try typed.version
        var answers = typed
        guard let details = PersonalDetails(&answers) else {
            return .invalid(detailsPage(person, contact, answers, self))
        }
        let saved = try await write { db -> Bool in
            guard try db.changeDetails(of: id, details, basedOn: version) else { return false }
            if details.stillToAsk(age: person.birth.age(on: today)) == 0 { try db.finishAskingDetails(of: id, self) }
            try db.audit(.personChanged, .person, id)
            try db.dropDraft(account: viewer.account, form: path)
            return true
        }
        if saved { return .seeOther("/people/\(id.column)") }
        let theirs = try await read { db in try db.person(id, within: viewer).orNotFound() }
        return .conflict(detailsConflictPage(theirs, details, answers, self))
    }
}

private func detailsPage(
    _ person: Person, _ contact: SafeContact?, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)"
    return Page("About them", errors: answers.errors, back: base,
                above: safeContactBanner(contact, person.id, visit), """
        <p class="govuk-body">Ask when it suits them, as few at a time as they like. Nothing waits for it, and \
        “declined” is an answer.</p>
        \(notice)\(visit.form(base + "/about", answers, """
            \(GovUK.hidden("version", answers["version"]))\
            \(PersonalDetails.fields(answers, age: person.birth.age(on: visit.today)))\(GovUK.button("Save"))
            """))
        """)
}

/// Two people edited at once: both texts, side by side, and a choice.
private func detailsConflictPage(
    _ theirs: Person, _ mine: PersonalDetails, _ answers: Answers, _ visit: Visit
) -> Page {
    let rows = zip(theirs.details.inWords, mine.inWords).filter { $0.answer != $1.answer }.map { saved, typed in
        ["\(saved.question)", "\(saved.answer)", "\(typed.answer)"] as [HTML]
    }
    let again = answers.again(over: theirs.version)
    let base = "/people/\(theirs.id.column)"
    return Page("Someone else changed this too", back: base, """
        <p class="govuk-body">While you were writing, a colleague saved other details. Yours are not saved yet.</p>
        \(GovUK.table(caption: "What differs", columns: ["Detail", "Saved by your colleague", "Typed by you"],
                      rows: rows))
        <p class="govuk-body">\(GovUK.link("Keep your colleague’s", href: base)), or check yours below and save them \
        instead.</p>
        \(visit.form(base + "/about", again, """
            \(GovUK.hidden("version", again["version"]))\
            \(PersonalDetails.fields(again, age: theirs.birth.age(on: visit.today)))\(GovUK.button("Save mine"))
            """))
        """)
}

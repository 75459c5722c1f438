import Foundation
import Pages
import Postgres

/// A name that somebody had or is called by, as typed.
struct OtherNameForm: Equatable, Sendable {
    /// A name of the past; otherwise one that is used beside the present name.
    let isFormer: Bool
    let given: String
    let family: String

    init?(_ answers: inout Answers) {
        let kind = answers["kind"]
        if kind != "alias", kind != "former" { answers.refuse("kind", "Select what kind of name it is") }
        let given = answers.text("given-name", most: 100, name: "First name")
        let family = answers.text("family-name", most: 100, name: "Last name")
        if given.isEmpty { answers.refuse("given-name", "Enter a first name, or what they are called") }
        guard answers.errors.isEmpty else { return nil }
        (isFormer, self.given, self.family) = (kind == "former", given, family)
    }
}

extension Site {
    mutating func addNames() {
        get("people/:id/names", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, names, kept) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.names(of: id),
                 try db.keptAnswers(visit))
            }
            return .page(namesPage(person, names, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/names", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, names) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.names(of: id))
            }
            var answers = visit.typed
            guard let form = OtherNameForm(&answers) else { return .invalid(namesPage(person, names, answers, visit)) }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)/names") { db in
                    try db.addName(of: id, kind: form.isFormer ? "former" : "alias", form.given, form.family,
                                   agency: person.agency, visit)
                    try db.audit(.nameAdded, .person, id)
                }
            })
        }
        post("people/:id/names/:name/end", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let name = try visit.id("name")
            return .seeOther(try await visit.write { db in
                _ = try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
                let known = try db.names(of: id).contains { $0.id == name && $0.kind != "current" }
                guard known else { throw Refusal.notFound }
                if try db.endName(name, of: id, on: visit.today) { try db.audit(.nameEnded, .person, id) }
                return "/people/\(id.column)/names"
            })
        }
    }
}

private func namesPage(
    _ person: Person, _ names: [RecordedName], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)"
    let rows = names.map { name -> GovUK.SummaryRow in
        switch (name.kind, name.endedOn) {
        case ("current", _): return GovUK.SummaryRow("Name now", "\(name.name)")
        case ("former", _): return GovUK.SummaryRow("Former name", "\(name.name)")
        case (_, let ended?):
            return GovUK.SummaryRow(
                "Also known as", "\(name.name), until \(ended.description). Searches still find it.")
        default:
            return GovUK.SummaryRow("Also known as", """
                <p class="govuk-body">\(name.name)</p>\(visit.buttonForm(
                    base + "/names/\(name.id.column)/end", "No longer used", kind: .secondary))
                """)
        }
    }
    return Page("Names", errors: answers.errors, back: base, """
        \(GovUK.summaryList(rows))
        <h2 class="govuk-heading-m">Add another name</h2>
        \(notice)\(visit.form(base + "/names", answers, """
            \(GovUK.radios("kind", legend: "What kind of name is it?", options: [
                GovUK.Choice("alias", "Also known as", hint: "A nickname, a spelling, another name in use."),
                GovUK.Choice("former", "Former name", hint: "For example from before a marriage."),
            ], small: true, in: answers))
            \(GovUK.input("given-name", label: "First name", width: .twenty, autocomplete: "off", spellcheck: false,
                          in: answers))
            \(GovUK.input("family-name", label: "Last name", width: .twenty, autocomplete: "off", spellcheck: false,
                          in: answers))
            \(GovUK.button("Add name"))
            """))
        """)
}

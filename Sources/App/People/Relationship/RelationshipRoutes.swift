import Foundation
import Pages
import Postgres

/// Who is harming this person: a name, which may be all that is known, and how the two are connected.
struct HarmingPersonForm: Equatable, Sendable {
    let person: PersonForm
    let connection: Connectedness

    init?(_ answers: inout Answers, today: Day) {
        let person = PersonForm(&answers, today: today)
        let connection = Connectedness.required(
            "connection", "Select how they are connected, or that it was not asked", in: &answers)
        guard let person, let connection, answers.errors.isEmpty else { return nil }
        (self.person, self.connection) = (person, connection)
    }
}

extension Site {
    mutating func addRelationships() {
        get("people/:id/harming/new", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, kept, looked) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.keptAnswers(visit),
                 try db.lookedFor(visit))
            }
            return .page(harmingPersonPage(
                person, looked.overlaid(with: kept.answers), visit, notice: kept.notice(visit)))
        }
        post("people/:id/harming/new", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let harmed = try await visit.read { db in
                try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
            }
            var answers = visit.typed
            guard let form = HarmingPersonForm(&answers, today: visit.today) else {
                return .invalid(harmingPersonPage(harmed, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)") { db in
                    let (harming, relationship) = (UUID(), UUID())
                    try db.addPerson(harming, form.person, agency: harmed.agency, visit)
                    try db.audit(.personRecorded, .person, harming)
                    try db.addRelationship(
                        relationship, harmed: id, harming: harming, form.connection, agency: harmed.agency, visit)
                    try db.audit(.relationshipRecorded, .person, id)
                }
            })
        }
    }
}

private func harmingPersonPage(_ person: Person, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/people/\(person.id.column)"
    return Page("Other person", heading: "Who is harming them?", errors: answers.errors, back: base, """
        \(notice)\(onRecord(base + "/harming/search"))\(visit.form(base + "/harming/new", answers, """
            \(GovUK.radios(
                "connection", legend: "How are the two connected?", options: Connectedness.options, in: answers))
            \(PersonForm.fields(answers))\(GovUK.button("Save"))
            """))
        """)
}

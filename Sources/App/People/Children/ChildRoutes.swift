import Foundation
import Pages
import Postgres

/// A child of somebody: a person in their own right, and a victim of those who harm that somebody where it is so.
struct ChildForm: Equatable, Sendable {
    let person: PersonForm
    let tie: ChildTieForm

    init?(_ answers: inout Answers, harming: [UUID], today: Day) {
        let person = PersonForm(&answers, today: today)
        let tie = ChildTieForm(&answers, harming: harming)
        guard let person, let tie, answers.errors.isEmpty else { return nil }
        (self.person, self.tie) = (person, tie)
    }
}

/// What is said of a child and an adult, whoever the child is.
struct ChildTieForm: Equatable, Sendable {
    let tie: ChildTie
    /// Those who harm the adult and of whose harm the child is a victim too.
    let harmedBy: [UUID]
    let livesWithThem: Bool

    init?(_ answers: inout Answers, harming: [UUID]) {
        let tie = ChildTie.required("tie", "Select what they are to the child, or that it is not known", in: &answers)
        let harmedBy = answers.all("harmed-by").compactMap(UUID.init(uuidString:))
        if !harmedBy.allSatisfy(harming.contains) { answers.refuse("harmed-by", "Select from the people shown") }
        guard let tie, answers.errors.isEmpty else { return nil }
        (self.tie, self.harmedBy) = (tie, harmedBy)
        livesWithThem = answers.all("lives").contains("yes")
    }
}

extension Site {
    mutating func addChildren() {
        get("people/:id/children/new", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (person, around, kept, looked) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.peopleAround(id),
                 try db.keptAnswers(visit), try db.lookedFor(visit))
            }
            return .page(childPage(
                person, around, looked.overlaid(with: kept.answers), visit, notice: kept.notice(visit)))
        }
        post("people/:id/children/new", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (adult, around) = try await visit.read { db in
                (try db.person(id, within: visit.viewer, to: .editPeople).orNotFound(), try db.peopleAround(id))
            }
            var answers = visit.typed
            let harming = around.filter(\.isHarming)
            guard let form = ChildForm(&answers, harming: harming.map(\.person), today: visit.today) else {
                return .invalid(childPage(adult, around, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)") { db in
                    let child = UUID()
                    try db.addPerson(child, form.person, agency: adult.agency, visit)
                    try db.tie(child, to: adult, form.tie, visit)
                    try db.audit(.personRecorded, .person, child)
                    try db.audit(.childRecorded, .person, id)
                }
            })
        }
    }
}

extension Connection {
    /// Records whose child somebody is, and what comes with it; false when it is recorded already.
    @discardableResult
    func tie(_ child: UUID, to adult: Person, _ form: ChildTieForm, _ visit: Visit) throws -> Bool {
        guard try addChildTie(child, of: adult, form.tie, visit) else { return false }
        for other in form.harmedBy where other != child {
            try addRelationship(
                UUID(), harmed: child, harming: other, .notAsked, as: .childVictim, agency: adult.agency, visit)
        }
        if form.livesWithThem { try addToHousehold(child, of: adult, from: nil, visit) }
        return true
    }
}

extension NearPerson {
    /// They harm the person of the page.
    var isHarming: Bool { if case .harming = tie { true } else { false } }
}

private func childPage(
    _ person: Person, _ around: [NearPerson], _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)"
    return Page("Add a child", errors: answers.errors, back: base, """
        <p class="govuk-body">A child has a record of their own. Only what concerns this family is shown with it.</p>
        \(notice)\(onRecord(base + "/children/search"))\(visit.form(base + "/children/new", answers, """
            \(PersonForm.fields(answers))\(childTieFields(person, around, answers))
            \(GovUK.button("Save child"))
            """))
        """)
}

/// What the adult is to the child, of whose harm it is a victim, and where it lives.
func childTieFields(_ person: Person, _ around: [NearPerson], _ answers: Answers) -> HTML {
    let harming = around.filter(\.isHarming)
    let harmedBy: HTML = harming.isEmpty ? .empty : GovUK.checkboxes(
        "harmed-by", legend: "Is the child a victim of their harm too?",
        hint: "A child who sees, hears or feels it is a victim in their own right.",
        options: harming.map { GovUK.Choice($0.person.column, $0.name) }, in: answers)
    return """
        \(GovUK.radios("tie", legend: "What is \(person.name) to the child?", options: ChildTie.options,
                       small: true, in: answers))
        \(harmedBy)
        \(GovUK.checkboxes("lives", legend: "Where do they live?", options: [
            GovUK.Choice("yes", "With \(person.name)"),
        ], small: true, in: answers))
        """
}

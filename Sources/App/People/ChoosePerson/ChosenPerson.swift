import Foundation
import Pages
import Postgres

/// Two people are tied so already.
private struct TiedAlready: Error {}

extension Site {
    /// Somebody on record, found by the same search as ever, is the one who harms a person, or a child of theirs. Two
    /// records stay two records: nothing is merged.
    mutating func addChosenPeople() {
        addTieSearch(.harming)
        addTieSearch(.children)
        get("people/:id/harming/:other", .needs(.editPeople)) { visit in
            let two = try await visit.twoToTie()
            return .page(chosenHarmingPage(two, Answers(), visit))
        }
        post("people/:id/harming/:other", .needs(.editPeople)) { visit in try await visit.tieHarming() }
        get("people/:id/children/:other", .needs(.editPeople)) { visit in
            let two = try await visit.twoToTie()
            return .page(chosenChildPage(two, Answers(), visit))
        }
        post("people/:id/children/:other", .needs(.editPeople)) { visit in try await visit.tieChild() }
    }

    /// The search for somebody on record, of whom one is chosen.
    mutating func addTieSearch(_ kind: PersonTie.Kind) {
        get("people/:id/\(kind.rawValue)/search", .needs(.editPeople)) { visit in
            let person = try await visit.personToTie()
            return .page(searchPage(Answers(), visit, from: .tie(PersonTie(kind: kind, person: person.id))))
        }
        post("people/:id/\(kind.rawValue)/search", .needs(.editPeople)) { visit in
            let tie = PersonTie(kind: kind, person: try await visit.personToTie().id)
            var answers = visit.typed
            guard var form = SearchForm(&answers, purpose: SearchOrigin.tie(tie).purpose) else {
                return .invalid(searchPage(answers, visit, from: .tie(tie)))
            }
            form.tie = tie
            return try await visit.saveSearch(form, answers)
        }
    }
}

private let areOnePerson = "The two records are linked as one person: undo the link first"

/// A person, and somebody on record who is to be tied to them.
private struct TwoToTie: Sendable {
    let person: Person
    let other: Person
    let around: [NearPerson]
    /// Somebody confirmed that the two records are one person's.
    let areOne: Bool

    var isSame: Bool { person.id == other.id }
    func path(_ kind: PersonTie.Kind) -> String {
        "\(PersonTie(kind: kind, person: person.id).base)/\(other.id.column)"
    }
}

extension Visit {
    fileprivate func personToTie() async throws -> Person {
        let id = try id()
        return try await read { db in try db.person(id, within: viewer, to: .editPeople).orNotFound() }
    }

    fileprivate func twoToTie() async throws -> TwoToTie {
        let (id, other) = (try id(), try self.id("other"))
        return try await read { db in
            let person = try db.person(id, within: viewer, to: .editPeople).orNotFound()
            let chosen = try db.person(other, within: viewer, to: .editPeople).orNotFound()
            // Whoever works for two agencies ties the records of neither to the other's.
            guard person.agency == chosen.agency else { throw Refusal.notFound }
            return TwoToTie(person: person, other: chosen, around: try db.peopleAround(id),
                            areOne: try db.areOnePerson(id, other))
        }
    }

    fileprivate func tieHarming() async throws -> Reply {
        let two = try await twoToTie()
        var answers = typed
        if two.isSame { answers.refuse("connection", "Nobody can be recorded as harming themselves") }
        if two.areOne { answers.refuse("connection", areOnePerson) }
        let connection = Connectedness.required(
            "connection", "Select how they are connected, or that it was not asked", in: &answers)
        guard let connection, answers.errors.isEmpty else { return .invalid(chosenHarmingPage(two, answers, self)) }
        let (person, other) = (two.person, two.other)
        // The other way round is on record already: each says it of the other, and somebody decides who is at risk.
        let isMutual = two.around.contains { near in
            if case .harmed = near.tie { near.person == other.id } else { false }
        }
        let page = "/people/\(person.id.column)"
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: isMutual ? "\(page)/related/\(other.id.column)" : page) { db in
                    guard try db.addRelationship(
                        UUID(), harmed: person.id, harming: other.id, connection, agency: person.agency, self)
                    else { throw TiedAlready() }
                    try db.audit(.relationshipRecorded, .person, person.id)
                    try db.audit(.relationshipRecorded, .person, other.id)
                }
            })
        } catch is TiedAlready {
            answers.refuse("connection", "\(other.name) is recorded as harming \(person.name) already")
            return .conflict(chosenHarmingPage(two, answers, self))
        }
    }

    fileprivate func tieChild() async throws -> Reply {
        let two = try await twoToTie()
        var answers = typed
        if two.isSame { answers.refuse("tie", "Nobody can be recorded as their own child") }
        if two.areOne { answers.refuse("tie", areOnePerson) }
        let form = ChildTieForm(&answers, harming: two.around.filter(\.isHarming).map(\.person))
        guard let form, answers.errors.isEmpty else { return .invalid(chosenChildPage(two, answers, self)) }
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/people/\(two.person.id.column)") { db in
                    guard try db.tie(two.other.id, to: two.person, form, self) else { throw TiedAlready() }
                    try db.audit(.childRecorded, .person, two.person.id)
                    try db.audit(.childRecorded, .person, two.other.id)
                }
            })
        } catch is TiedAlready {
            answers.refuse("tie", "\(two.other.name) and \(two.person.name) are recorded as child and adult already")
            return .conflict(chosenChildPage(two, answers, self))
        }
    }
}

private func chosenHarmingPage(_ two: TwoToTie, _ answers: Answers, _ visit: Visit) -> Page {
    Page("Other person", heading: "Who is harming them?", errors: answers.errors,
         back: PersonTie(kind: .harming, person: two.person.id).base + "/search", """
        \(chosen(two, visit))\(visit.form(two.path(.harming), answers, """
            \(GovUK.radios(
                "connection", legend: "How are the two connected?", options: Connectedness.options, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

private func chosenChildPage(_ two: TwoToTie, _ answers: Answers, _ visit: Visit) -> Page {
    Page("Add a child", errors: answers.errors,
         back: PersonTie(kind: .children, person: two.person.id).base + "/search", """
        \(chosen(two, visit))\(visit.form(two.path(.children), answers, """
            \(childTieFields(two.person, two.around, answers))\(GovUK.button("Save child"))
            """))
        """)
}

private func chosen(_ two: TwoToTie, _ visit: Visit) -> HTML {
    """
    <p class="govuk-body">\(two.other.name), born: \(two.other.birth.words(on: visit.today)). They keep their own \
    record. Nothing is merged with another.</p>
    """
}

/// The way to somebody who may have a record already, above a form that makes a new one.
func onRecord(_ path: String) -> HTML {
    "<p class=\"govuk-body\">\(GovUK.link("Look whether they are on record already", href: path))</p>"
}

extension Connection {
    /// What the search that led here looked for, as answers about a new person.
    func lookedFor(_ visit: Visit) throws -> Answers {
        let id = UUID(uuidString: visit.query["search"]?.first ?? "")
        return try id.flatMap { try search($0, visit) }?.personAnswers ?? Answers()
    }
}

extension Answers {
    /// These, and where `newer` has some, those.
    func overlaid(with newer: Answers) -> Answers {
        var all = self
        for (field, values) in newer.typed { all.set(field, values) }
        return all
    }
}

extension SearchForm {
    /// What was searched for, as answers about a new person.
    var personAnswers: Answers {
        var answers = Answers()
        answers.set("given-name", given)
        answers.set("family-name", family)
        if let day = bornDay {
            answers.setDay("birth", day)
        }
        return answers
    }
}

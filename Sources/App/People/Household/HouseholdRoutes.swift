import Foundation
import Pages
import Postgres

/// Who came to live with somebody: one of those already on record around them, or somebody new.
struct HouseholdForm: Equatable, Sendable {
    enum Newcomer: Equatable, Sendable {
        case known(UUID)
        case new(given: String, family: String)
    }

    let newcomer: Newcomer
    let from: Day?

    init?(_ answers: inout Answers, known: [UUID], today: Day) {
        let given = answers.text("given-name", most: 100, name: "First name")
        let family = answers.text("family-name", most: 100, name: "Last name")
        let from = answers.day("from", name: "The day")
        if let from, from > today { answers.refuse("from", "The day must be in the past") }
        var newcomer: Newcomer?
        if let person = UUID(uuidString: answers["person"]), known.contains(person) {
            newcomer = .known(person)
        } else if answers["person"] == "new" || known.isEmpty {
            if given.isEmpty { answers.refuse("given-name", "Enter a first name, or what they are called") }
            newcomer = .new(given: given, family: family)
        } else {
            answers.refuse("person", "Select who lives with them")
        }
        guard let newcomer, answers.errors.isEmpty else { return nil }
        (self.newcomer, self.from) = (newcomer, from)
    }
}

extension Site {
    mutating func addHouseholds() {
        get("people/:id/household", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let (shown, kept) = try await visit.read { db in
                (try HouseholdView(db, id, visit), try db.keptAnswers(visit))
            }
            return .page(householdPage(shown, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/household", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let shown = try await visit.read { db in try HouseholdView(db, id, visit) }
            var answers = visit.typed
            guard let form = HouseholdForm(&answers, known: shown.others.map(\.person), today: visit.today) else {
                return .invalid(householdPage(shown, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(id.column)/household") { db in
                    let newcomer = try db.newcomer(form, agency: shown.person.agency, visit)
                    try db.addToHousehold(newcomer, of: shown.person, from: form.from, visit)
                    try db.audit(.householdChanged, .person, id)
                }
            })
        }
        post("people/:id/household/:member/end", .needs(.editPeople)) { visit in
            let id = try visit.id()
            let member = try visit.id("member")
            return .seeOther(try await visit.write { db in
                _ = try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
                guard try db.household(of: id).contains(where: { $0.id == member }) else { throw Refusal.notFound }
                if try db.endMembership(member, on: visit.today) { try db.audit(.householdChanged, .person, id) }
                return "/people/\(id.column)"
            })
        }
    }
}

extension Connection {
    /// Who is meant; somebody new gets a record.
    fileprivate func newcomer(_ form: HouseholdForm, agency: UUID, _ visit: Visit) throws -> UUID {
        switch form.newcomer {
        case .known(let person): return person
        case .new(let given, let family):
            var answers = Answers(["given-name": [given], "family-name": [family]])
            guard let person = PersonForm(&answers, today: visit.today) else { throw Refusal.unreadable }
            let id = UUID()
            try addPerson(id, person, agency: agency, visit)
            try audit(.personRecorded, .person, id)
            return id
        }
    }
}

/// What the household's page shows.
struct HouseholdView: Sendable {
    let person: Person
    let members: [HouseholdMember]
    /// Those around the person who do not live there now.
    let others: [NearPerson]

    init(_ db: isolated Connection, _ id: UUID, _ visit: Visit) throws {
        person = try db.person(id, within: visit.viewer, to: .editPeople).orNotFound()
        let members = try db.household(of: id)
        let living = Set(members.filter { $0.until == nil }.map(\.person))
        var seen = living
        others = try db.peopleAround(id).filter { seen.insert($0.person).inserted }
        self.members = members
    }
}

private func householdPage(_ shown: HouseholdView, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/people/\(shown.person.id.column)"
    let rows = shown.members.map { member -> GovUK.SummaryRow in
        let end: HTML = member.until == nil ? visit.buttonForm(
            base + "/household/\(member.id.column)/end", "Moved out today", kind: .secondary) : .empty
        return GovUK.SummaryRow(member.name, "<p class=\"govuk-body\">\(period(member.from, member.until))</p>\(end)")
    }
    let who: HTML = shown.others.isEmpty ? .empty : GovUK.radios(
        "person", legend: "Who lives with them?", options: shown.others.map { GovUK.Choice($0.person.column, $0.name) }
            + [GovUK.Choice(value: "new", label: "Somebody else", divider: "or")], small: true, in: answers)
    return Page("Who lives together", errors: answers.errors, back: base, """
        \(rows.isEmpty ? GovUK.paragraph("Nobody recorded.") : GovUK.summaryList(rows))
        <h2 class="govuk-heading-m">Add somebody</h2>
        \(notice)\(visit.form(base + "/household", answers, """
            \(who)
            \(GovUK.input("given-name", label: shown.others.isEmpty ? "First name" : "If somebody else, first name",
                          width: .twenty, autocomplete: "off", spellcheck: false, in: answers))
            \(GovUK.input("family-name", label: "Last name", width: .twenty, autocomplete: "off", spellcheck: false,
                          in: answers))
            \(GovUK.dateInput("from", legend: "Since when?", hint: "Leave empty if it is not known.", in: answers))
            \(GovUK.button("Add to household"))
            """))
        """)
}

/// "Since 1 June 2015", "1 June 2015 to 28 February 2021", "Until 28 February 2021".
func period(_ from: Day?, _ until: Day?) -> String {
    switch (from, until) {
    case (let from?, let until?): "\(from) to \(until)"
    case (let from?, nil): "Since \(from)"
    case (nil, let until?): "Until \(until)"
    case (nil, nil): "Now"
    }
}

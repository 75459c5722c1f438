import Foundation
import Pages
import Postgres

/// The needs of a household, in one short form. What nobody has asked stays not known: a search by night must not wait
/// for it.
struct HousingRequestForm: Equatable, Sendable {
    let needs: HouseholdNeeds

    /// How far ahead a place is asked for, in days.
    static let reach = 180

    init?(_ answers: inout Answers, areas: [AreaChoice], today: Day) {
        let day = answers.dayAhead(
            "needed", name: "The day", missing: "Enter the day from which they need it", today: today,
            last: today.adding(Self.reach), far: "half a year")
        func count(_ field: String, _ most: Int, _ message: String, _ answers: inout Answers) -> Int? {
            answers[field].isEmpty ? 0 : answers.number(field, 0...most, message)
        }
        let wait = count("wait", 90, "Enter how many days they could wait safely, up to 90", &answers)
        let women = count("women", 6, "Enter how many women come, up to 6", &answers)
        let men = count("men", 6, "Enter how many men come, up to 6", &answers)
        let others = count("others", 6, "Enter how many other adults come, up to 6", &answers)
        let children = Self.children(&answers)
        if let women, let men, let others, women + men + others == 0 {
            answers.refuse("women", "Enter how many adults come: at least one")
        }
        let kinds = AccommodationKind.allCases.filter { answers.all("kinds").contains($0.rawValue) && $0 != .sanctuary }
        if kinds.isEmpty { answers.refuse("kinds", "Select what they would take: at least one") }
        let words = answers.text("words", most: 1_000, name: "What else")
        let unsafe = areas.map(\.id).filter { answers.all("unsafe").contains($0.column) }
        let hasAskedWhere = !unsafe.isEmpty || answers.all("unsafe").contains("none")
        if answers.all("unsafe").contains("none"), !unsafe.isEmpty {
            answers.refuse("unsafe", "Select where they are not safe, or that there is nowhere")
        }
        guard let day, let wait, let women, let men, let others, let children, answers.errors.isEmpty
        else { return nil }
        needs = HouseholdNeeds(
            neededOn: day, canWait: wait, women: women, men: men, others: others, children: children,
            expecting: HomeFact(rawValue: answers["expecting"]) ?? .notKnown,
            access: Self.some(UnitFeature.allCases.filter { !$0.isPet }, "access", answers),
            pets: Self.some(HouseholdPet.allCases, "pets", answers),
            needs: Self.some(NeedTaken.allCases, "needs", answers),
            funds: HouseholdFunds(rawValue: answers["funds"]) ?? .notKnown,
            staffing: Staffing(rawValue: answers["staffing"]) ?? .notKnown, kinds: kinds,
            homeArea: areas.first { $0.id.column == answers["home"] }?.id, unsafeAreas: hasAskedWhere ? unsafe : nil,
            asksTransPolicy: answers["trans"] == "yes", consents: HomeFact(rawValue: answers["consents"]) ?? .notKnown,
            words: words)
    }

    /// Up to how many children there are fields.
    static let mostChildren = 8

    /// A line for each child; an empty line is nobody.
    private static func children(_ answers: inout Answers) -> [HousedChild]? {
        var children: [HousedChild] = []
        for line in 1...mostChildren {
            let (age, sex) = (answers["age-\(line)"].trimmingCharacters(in: .whitespaces), answers["sex-\(line)"])
            if age.isEmpty, sex.isEmpty { continue }
            if age.isEmpty {
                children.append(HousedChild(age: nil, sex: ChildSex(rawValue: sex) ?? .notKnown))
            } else if let years = answers.number(
                "age-\(line)", 0...17, "Enter the child’s age in years, from 0 to 17") {
                children.append(HousedChild(age: years, sex: ChildSex(rawValue: sex) ?? .notKnown))
            }
        }
        return answers.errors.contains { $0.field.hasPrefix("age-") } ? nil : children
    }

    /// Nothing chosen: nobody has asked. “None of these” is an answer.
    private static func some<Fact: RawRepresentable<String>>(
        _ all: [Fact], _ field: String, _ answers: Answers
    ) -> [Fact]? {
        let chosen = answers.all(field)
        return chosen.isEmpty ? nil : all.filter { chosen.contains($0.rawValue) }
    }
}

extension Answers {
    /// The form as it opens: what the record says of the person and their children today, and what was said of the
    /// household when a home was last asked for.
    static func opening(_ household: RecordedHousehold, last: HouseholdNeeds?, on today: Day) -> Answers {
        var answers = Answers()
        answers.setDay("needed", today)
        switch household.sex {
        case .female: answers.set("women", "1")
        case .male: answers.set("men", "1")
        case .notAsked, .declined, .notKnown: break
        }
        for (line, child) in zip(1...HousingRequestForm.mostChildren, household.children) {
            answers.set("age-\(line)", child.age.map(String.init) ?? "")
            answers.set("sex-\(line)", child.sex.rawValue)
        }
        answers.set("home", household.area?.column ?? "")
        answers.set("kinds", AccommodationKind.allCases.filter { $0 != .sanctuary }.map(\.rawValue))
        answers.set("needs", household.needs.map(\.rawValue))
        if household.hasConcession { answers.set("funds", HouseholdFunds.mvdac.rawValue) }
        if let last { answers.setLasting(of: last, beside: household) }
        return answers
    }

    /// What doesn't change from one search to the next. Who comes, when and whether they agree is asked anew.
    private mutating func setLasting(of last: HouseholdNeeds, beside household: RecordedHousehold) {
        func chosen(_ facts: [some RawRepresentable<String>]?) -> [String] {
            facts.map { $0.isEmpty ? ["none"] : $0.map(\.rawValue) } ?? []
        }
        set("access", chosen(last.access))
        set("pets", chosen(last.pets))
        // What the case says of needs is newer than a search that said there are none.
        let needs = (last.needs ?? []) + household.needs.filter { last.needs?.contains($0) != true }
        set("needs", needs.isEmpty ? chosen(last.needs) : needs.map(\.rawValue))
        set("unsafe", last.unsafeAreas.map { $0.isEmpty ? ["none"] : $0.map(\.column) } ?? [])
        if !household.hasConcession { set("funds", last.funds.rawValue) }
        set("staffing", last.staffing.rawValue)
        if last.asksTransPolicy { set("trans", "yes") }
    }
}

/// What the record says of who may come along.
struct RecordedHousehold: Equatable, Sendable {
    let sex: Sex
    let area: UUID?
    /// Those recorded as somebody's children, under 18 today, the oldest first.
    let children: [HousedChild]
    /// Open on a case of theirs, as services ask about them.
    let needs: [NeedTaken]
    /// Whether they asked for the Migrant Victims of Domestic Abuse Concession.
    let hasConcession: Bool
}

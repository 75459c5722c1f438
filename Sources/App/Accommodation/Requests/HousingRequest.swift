import Foundation
import Pages
import Postgres
import Statistics

/// What can pay for a place.
enum HouseholdFunds: String, Choice {
    case publicFunds, mvdac, section17, none, notKnown
    var label: String {
        switch self {
        case .publicFunds: "They have recourse to public funds"
        case .mvdac: "The Migrant Victims of Domestic Abuse Concession"
        case .section17: "Children’s social care (section 17)"
        case .none: "Nothing: no recourse to public funds, and no concession"
        case .notKnown: "Not known"
        }
    }
}

/// Animals that come along. The law lets no service refuse an assistance animal (Equality Act 2010, section 20).
enum HouseholdPet: String, Choice {
    case dog, cat, other, assistance
    var label: String {
        switch self {
        case .dog: "A dog"
        case .cat: "A cat"
        case .other: "Another animal"
        case .assistance: "An assistance dog or animal"
        }
    }
}

/// A child's sex, as far as rooms are shared by it.
enum ChildSex: String, Choice {
    case girl, boy, notKnown
    var label: String {
        switch self {
        case .girl: "Girl"
        case .boy: "Boy"
        case .notKnown: "Not said"
        }
    }
}

/// A child who comes along.
struct HousedChild: Equatable, Sendable {
    /// Whole years; nil: not known.
    let age: Int?
    let sex: ChildSex
}

/// How a request ended without a place here. Bed and breakfast and general temporary accommodation do not count as
/// safe accommodation (SI 2021/991): the request ended, and the need was not met.
enum SearchOutcome: String, Choice {
    case withdrawn, noContact, elsewhereSafe, otherRefuge, bedAndBreakfast, generalTemporary, womenOnlyTemporary
    case hiddenHomeless, street, returned, placed
    var label: String {
        switch self {
        case .withdrawn: "They no longer ask for it"
        case .noContact: "Contact was lost"
        case .elsewhereSafe: "They found somewhere safe themselves"
        case .otherRefuge: "A place in safe accommodation elsewhere"
        case .bedAndBreakfast: "Bed and breakfast"
        case .generalTemporary: "Temporary accommodation for anyone"
        case .womenOnlyTemporary: "Temporary accommodation for women only"
        case .hiddenHomeless: "With friends or family, without a home"
        case .street: "On the street"
        case .returned: "Back with the person who harms them"
        case .placed: "They moved in"
        }
    }
    /// Whether they have somewhere that counts, or need none.
    var isMet: Bool { [.withdrawn, .elsewhereSafe, .otherRefuge, .placed].contains(self) }
    /// What somebody may put down: a placement follows from its own answer.
    static var endings: [SearchOutcome] { allCases.filter { $0 != .placed } }
}

/// What a household needs, as one form asks it.
struct HouseholdNeeds: Equatable, Sendable {
    var neededOn: Day
    var canWait: Int
    var women: Int
    var men: Int
    var others: Int
    var children: [HousedChild]
    var expecting: HomeFact
    /// Nil: nobody has asked.
    var access: [UnitFeature]?
    var pets: [HouseholdPet]?
    var needs: [NeedTaken]?
    var funds: HouseholdFunds
    var staffing: Staffing
    var kinds: [AccommodationKind]
    var homeArea: UUID?
    var unsafeAreas: [UUID]?
    var asksTransPolicy: Bool
    var consents: HomeFact
    var words: String

    var adults: Int { women + men + others }
    var people: Int { adults + children.count }

    /// "1 woman, 3 children (7, 12, 15)".
    var line: String {
        func some(_ count: Int, _ one: String, _ many: String) -> String? {
            count == 0 ? nil : "\(count) \(count == 1 ? one : many)"
        }
        let ages = children.map { $0.age.map(String.init) ?? "?" }.joined(separator: ", ")
        let kids = some(children.count, "child", "children").map { "\($0) (\(ages))" }
        return [some(women, "woman", "women"), some(men, "man", "men"), some(others, "adult", "adults"), kids]
            .compactMap(\.self).joined(separator: ", ")
    }
}

/// A request of a case.
struct HousingRequest: Sendable {
    let id: UUID
    let caseID: UUID
    let agency: UUID
    let needs: HouseholdNeeds
    let risk: RiskLevel
    let outcome: SearchOutcome?
    let recordedAt: Date
    let version: Int
    /// Read by the agency that asks alone.
    var travel: Travel?

    var path: String { "/cases/\(caseID.column)/housing/\(id.column)" }
    var isOpen: Bool { outcome == nil }
}

// What matching is told: ids and plain facts, never a name or an address.

extension HouseholdNeeds {
    func need(_ id: UUID, risk: RiskLevel, since recorded: Date) -> HousingNeed {
        var need = HousingNeed(id: id.column)
        func adults(_ count: Int, _ sex: HousingNeed.Sex) -> [HousingNeed.Adult] {
            Array(repeating: HousingNeed.Adult(.known(sex)), count: count)
        }
        need.adults = .known(adults(women, .female) + adults(men, .male) + adults(others, .other))
        need.children = .known(children.map { child in
            let sex: HousingNeed.Sex? = switch child.sex {
            case .girl: .female
            case .boy: .male
            case .notKnown: nil
            }
            return HousingNeed.Child(age: Known(child.age), Known(sex))
        })
        need.expecting = Known(expecting.bool)
        need.needsTransPolicy = asksTransPolicy
        need.access = access.map { .known(CaseSet($0.compactMap(\.access))) } ?? .unknown
        need.pets = pets.map { .known(CaseSet($0.map(\.pet))) } ?? .unknown
        need.supports = needs.map { .known(CaseSet($0.map(\.support))) } ?? .unknown
        need.funds = Known(funds.funds)
        need.staffing = Known(staffing.staffing)
        need.kinds = .known(CaseSet(kinds.map(\.kind)))
        need.homeArea = Known(homeArea?.column)
        need.unsafeAreas = Known(unsafeAreas.map { Set($0.map(\.column)) })
        // Nothing compares addresses yet: who runs the unit is asked.
        need.risk = Known(risk.needRisk)
        need.consents = Known(consents.bool)
        need.from = .known(neededOn.daysSince1970)
        need.canWait = canWait
        need.waitingSince = .known(London.day(of: recorded).daysSince1970)
        return need
    }
}

extension HousingRequest {
    /// What matching says of one unit.
    func verdict(on unit: ProvidedUnit, _ visit: Visit) -> MatchVerdict {
        Matching().verdict(for: needs.need(id, risk: risk, since: recordedAt), on: unit.unit(on: visit.today))
    }
}

import Foundation
import Postgres
import Statistics

// The same facts in the words of matching (decision 25): what is not known stays not known.

extension HomeFact {
    var bool: Bool? {
        switch self {
        case .yes: true
        case .no: false
        case .notKnown: nil
        }
    }
}

extension UnitFeature {
    var access: HousingUnit.Access? {
        switch self {
        case .wheelchair: .wheelchair
        case .stepFree: .stepFree
        case .groundFloor: .groundFloor
        case .wetRoom: .wetRoom
        case .hearing: .hearing
        case .sight: .sight
        case .dogs, .cats: nil
        }
    }
}

extension HouseholdPet {
    var pet: HousingUnit.Pet {
        switch self {
        case .dog: .dog
        case .cat: .cat
        case .other: .other
        case .assistance: .assistance
        }
    }
}

extension NeedTaken {
    var support: HousingUnit.Support {
        switch self {
        case .mentalHealth: .mentalHealth
        case .substances: .substanceUse
        case .offending: .offending
        case .arson: .arson
        }
    }
}

extension HouseholdFunds {
    var funds: HousingNeed.Funds? {
        switch self {
        case .publicFunds: .publicFunds
        case .mvdac: .mvdac
        case .section17: .section17
        case .none: HousingNeed.Funds.none
        case .notKnown: nil
        }
    }
}

extension Staffing {
    var staffing: HousingUnit.Staffing? {
        switch self {
        case .roundTheClock: .roundTheClock
        case .daytime: .daytime
        case .floating: .floating
        case .notKnown: nil
        }
    }
}

extension AccommodationKind {
    var kind: HousingUnit.Kind {
        switch self {
        case .refuge: .refuge
        case .specialist: .specialist
        case .dispersed: .dispersed
        case .sanctuary: .sanctuary
        case .secondStage: .secondStage
        case .otherEmergency: .otherEmergency
        }
    }
}

extension RiskLevel {
    var needRisk: HousingNeed.Risk? {
        switch self {
        case .notAssessed: nil
        case .standard: .standard
        case .medium: .medium
        case .high: .high
        }
    }
}

extension Day {
    /// Days are counted for households and units alike.
    var daysSince1970: Int { Day(since1970: 0).days(until: self) }
}

extension ProvidedUnit {
    /// Of a unit and its service; free today, or from the day after what takes it.
    func unit(on today: Day) -> HousingUnit {
        let terms = service.terms
        var unit = HousingUnit(id: id.column, provider: agency.column, kind: terms.kind.kind)
        unit.area = .known(terms.area.column)
        unit.bedspaces = .known(size.bedspaces)
        unit.bedrooms = .known(size.bedrooms)
        unit.familySharesRoom = Known(terms.familySharesRoom.bool)
        unit.maxAdults = .known(size.adults)
        unit.maxChildren = .known(size.children)
        unit.cots = .known(size.cots)
        unit.takes = .known(terms.takes.takes)
        unit.takesTrans = Known(terms.takesTrans.bool)
        unit.oldestBoy = Known(terms.boyLimit)
        unit.access = Features(of: UnitFeature.allCases) { feature in
            feature.access.map { ($0, size.features[feature]) }
        }
        unit.pets = Features(of: [UnitFeature.dogs, .cats]) { feature in
            (feature == .dogs ? HousingUnit.Pet.dog : .cat, size.features[feature])
        }
        unit.funding = terms.nrpf.map { .known(CaseSet($0.map(\.funding))) } ?? .unknown
        unit.supports = Features(of: NeedTaken.allCases) { ($0.support, terms.needs[$0]) }
        unit.staffing = Known(terms.staffing.staffing)
        unit.languages = .known(Set(terms.languages.split(separator: ",").map {
            $0.trimmingCharacters(in: .whitespaces)
        }))
        unit.groups = .known(terms.byAndFor.isEmpty ? [] : [terms.byAndFor])
        unit.exclusionAreas = .known(Set(terms.unsafeAreas.map(\.column)))
        unit.asksLocalConnection = .known(terms.isOwnAreaOnly)
        unit.availability = .known(availability(on: today))
        return unit
    }

    private func availability(on today: Day) -> HousingUnit.Availability {
        guard endedOn == nil, service.endedOn == nil else { return .closed }
        guard let now else { return .freeNow }
        if let until = now.until { return .freeFrom(day: until.daysSince1970) }
        return switch now.kind {
        case .stay: .occupied
        case .hold: .held
        case .repair: .void
        case .closed: .closed
        }
    }
}

extension Features {
    /// A yes, a no or nothing for each of a list; what isn't in it is not known.
    fileprivate init<Fact>(of facts: [Fact], _ answer: (Fact) -> (Case, HomeFact?)?) {
        var (has, known) = (CaseSet<Case>(), CaseSet<Case>())
        for fact in facts {
            guard let (one, said) = answer(fact), let isSo = said?.bool else { continue }
            known.insert(one)
            if isSo { has.insert(one) }
        }
        self.init(has, unknown: CaseSet.all.subtracting(known))
    }
}

extension CaseSet {
    fileprivate init() { self.init(bits: 0) }
}

extension Residents {
    fileprivate var takes: HousingUnit.Takes {
        switch self {
        case .women: .women
        case .men: .men
        case .anyone: .anyone
        }
    }
}

extension NRPFFunding {
    fileprivate var funding: HousingUnit.Funding {
        switch self {
        case .mvdac: .mvdac
        case .section17: .section17
        case .bedFund: .bedFund
        }
    }
}

extension ServiceTerms {
    fileprivate var boyLimit: HousingUnit.BoyLimit? {
        switch sons {
        case .anyAge: .noLimit
        case .upTo: .upTo(oldestSon ?? 0)
        case .none: .upTo(-1)
        case .notKnown: nil
        }
    }
}

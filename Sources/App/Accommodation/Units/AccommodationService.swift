import Foundation
import Pages
import Postgres

/// The kinds of safe accommodation (SI 2021/991, regulation 2), and sanctuary, which is made safe where they live.
enum AccommodationKind: String, Choice {
    case refuge, specialist, dispersed, sanctuary, secondStage, otherEmergency
    var label: String {
        switch self {
        case .refuge: "Refuge"
        case .specialist: "Specialist safe accommodation"
        case .dispersed: "Dispersed accommodation"
        case .sanctuary: "Sanctuary scheme"
        case .secondStage: "Second stage accommodation"
        case .otherEmergency: "Other designated emergency accommodation"
        }
    }
    var hint: String? {
        switch self {
        case .refuge: "Single sex, the support comes with the home, the address is confidential."
        case .specialist: "By and for people with a shared characteristic or need, and confidential."
        case .dispersed: "Self-contained, with support like a refuge’s."
        case .sanctuary: "Their own home, made safer."
        case .secondStage: "For a time after a refuge, with less support."
        case .otherEmergency: "Named by the authority, with support."
        }
    }
}

/// Who provides it.
enum ProviderClass: String, Choice {
    case localHousingAuthority, registeredProvider, charity, other
    var label: String {
        switch self {
        case .localHousingAuthority: "A local housing authority"
        case .registeredProvider: "A private registered provider of social housing"
        case .charity: "A registered charity for people who are abused"
        case .other: "Somebody else"
        }
    }
}

/// A fact of a home that somebody may not have asked yet: unknown means ask, never yes and never no.
enum HomeFact: String, Choice {
    case yes, no, notKnown
    var label: String {
        switch self {
        case .yes: "Yes"
        case .no: "No"
        case .notKnown: "Not known"
        }
    }
}

/// Whom a service is for.
enum Residents: String, Choice {
    case women, men, anyone
    var label: String {
        switch self {
        case .women: "Women and their children"
        case .men: "Men and their children"
        case .anyone: "Anyone"
        }
    }
}

/// Until which age a son may come with his mother.
enum SonRule: String, Choice {
    case anyAge, upTo, none, notKnown
    var label: String {
        switch self {
        case .anyAge: "Sons of any age"
        case .upTo: "Up to an age"
        case .none: "No sons"
        case .notKnown: "Not known"
        }
    }
}

/// How a household without recourse to public funds may be paid for.
enum NRPFFunding: String, Choice {
    case mvdac, section17, bedFund
    var label: String {
        switch self {
        case .mvdac: "With the Migrant Victims of Domestic Abuse Concession"
        case .section17: "Paid by children’s social care (section 17)"
        case .bedFund: "From a fund for beds"
        }
    }
}

/// When staff are there.
enum Staffing: String, Choice {
    case roundTheClock, daytime, floating, notKnown
    var label: String {
        switch self {
        case .roundTheClock: "Round the clock"
        case .daytime: "By day"
        case .floating: "They visit"
        case .notKnown: "Not known"
        }
    }
}

/// What a service takes people with.
enum NeedTaken: String, CaseIterable {
    case mentalHealth, substances, offending, arson
    var label: String {
        switch self {
        case .mentalHealth: "Mental health needs"
        case .substances: "Drug or alcohol use"
        case .offending: "A history of offending"
        case .arson: "A history of arson"
        }
    }
}

/// What a provider offers under one set of rules.
struct AccommodationService: Sendable {
    let id: UUID
    let agency: UUID
    let agencyName: String
    let areaName: String
    let terms: ServiceTerms
    let endedOn: Day?
    let version: Int

    var path: String { "/units/services/\(id.column)" }
}

/// All that may change about a service.
struct ServiceTerms: Equatable, Sendable {
    var name: String
    var kind: AccommodationKind
    var provider: ProviderClass
    var landlord: String
    var commissioner: String
    var area: UUID
    var isOwnAreaOnly: Bool
    var shares: HomeFact
    var isSupported: HomeFact
    var takes: Residents
    var takesTrans: HomeFact
    var sons: SonRule
    var oldestSon: Int?
    /// Nil: not known. Empty: none.
    var nrpf: [NRPFFunding]?
    var needs: [NeedTaken: HomeFact]
    var staffing: Staffing
    var languages: String
    var byAndFor: String
    var familySharesRoom: HomeFact
    /// Areas from which it is not safe to come.
    var unsafeAreas: [UUID]

    var sonsLabel: String { sons == .upTo ? "Sons up to \(oldestSon ?? 0)" : sons.label }
    var nrpfLabel: String {
        guard let nrpf else { return HomeFact.notKnown.label }
        return nrpf.isEmpty ? "No" : nrpf.map(\.label).joined(separator: ". ")
    }
}

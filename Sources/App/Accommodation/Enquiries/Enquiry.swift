import Foundation
import Pages
import Postgres

/// Who asked a service for a home, where no case here did.
enum EnquiryRoute: String, Choice {
    case helpline, marac, domesticAbuseService, housingServices, localAuthority, police, socialCare, routesToSupport
    case `self`, other
    var label: String {
        switch self {
        case .helpline: "Helpline"
        case .marac: "MARAC"
        case .domesticAbuseService: "Domestic abuse service"
        case .housingServices: "Housing services"
        case .localAuthority: "Local authority"
        case .police: "Police"
        case .socialCare: "Social care"
        case .routesToSupport: "Routes to Support"
        case .self: "They asked themselves"
        case .other: "Another way"
        }
    }
}

extension OfferState {
    /// What may come of an enquiry: nothing is held for it here.
    static let ofEnquiries: [OfferState] = [
        .asked, .placed, .refusedByService, .declinedByClient, .noContact, .withdrawn,
    ]
}

/// Where a household comes from, as coarse as returns ask.
enum ComesFrom: Equatable, Sendable {
    case area(UUID)
    case outside, notKnown

    init(_ answer: String, areas: [AreaChoice]) {
        let area = areas.first { $0.id.column == answer }
        self = area.map { .area($0.id) } ?? (answer == "outside" ? .outside : .notKnown)
    }

    init(outside: HomeFact, area: UUID?) {
        self = area.map(ComesFrom.area) ?? (outside == .yes ? .outside : .notKnown)
    }

    var area: UUID? { if case .area(let id) = self { id } else { nil } }
    /// As it is stored.
    var isOutside: HomeFact {
        switch self {
        case .area: .no
        case .outside: .yes
        case .notKnown: .notKnown
        }
    }
    var answer: String {
        switch self {
        case .area(let id): id.column
        case .outside: "outside"
        case .notKnown: "notKnown"
        }
    }

    static func options(_ areas: [AreaChoice]) -> [GovUK.Choice] {
        areas.map { GovUK.Choice($0.id.column, $0.name) }
            + [GovUK.Choice("outside", "Outside these areas"), GovUK.Choice("notKnown", "Not known")]
    }
}

/// What a service was asked by somebody who keeps no case here, and what came of it. Nobody's name.
struct Enquiry: Sendable {
    let id: UUID
    let service: UUID
    let serviceName: String
    let kind: AccommodationKind
    let askedOn: Day
    let route: EnquiryRoute
    let from: ComesFrom
    let areaName: String?
    let adults: Int?
    let children: Int?
    let state: OfferState
    let reasons: [HousingReason]
    let mainReason: HousingReason?
    let answeredOn: Day?
    let version: Int

    var path: String { "/units/enquiries/\(id.column)" }

    /// "1 adult, 2 children", or that nobody put it down.
    var household: String { householdWords(adults: adults, children: children) }
}

/// "1 adult, 2 children", or that nobody put it down.
func householdWords(adults: Int?, children: Int?) -> String {
    guard let adults else { return "Not put down" }
    let first = adults == 1 ? "1 adult" : "\(adults) adults"
    guard let children, children > 0 else { return first }
    return first + (children == 1 ? ", 1 child" : ", \(children) children")
}

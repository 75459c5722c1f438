import Foundation
import Pages
import Postgres

/// What came of what a provider was asked: each counts events by the day on which they were asked, so that the quarters
/// add up to the year.
enum ProviderFigure: String, CaseIterable, Sendable {
    case asked, placed, refused, declined, otherwise, waiting

    var label: String {
        switch self {
        case .asked: "Asked for"
        case .placed: "Placed"
        case .refused: "The service said no"
        case .declined: "The household said no"
        case .otherwise: "Came to nothing otherwise"
        case .waiting: "Not answered yet"
        }
    }
    var definition: String {
        switch self {
        case .asked:
            "Times that a home of this agency’s services was asked for: through the partnership, by holding a unit "
                + "for a household, and by enquiries that were put down. A household that asks twice counts twice."
        case .placed: "Of them, those that ended with moving in."
        case .refused: "Of them, those to which the service said no, whatever the reason."
        case .declined: "Of them, those that the household did not want. They were able to be supported."
        case .otherwise: "Of them, those that were taken back, where nobody could be reached, or whose hold ran out."
        case .waiting: "Of them, those that nobody has answered."
        }
    }
    /// The states of an offer or an enquiry that count in it; nil: all.
    var states: [OfferState]? {
        switch self {
        case .asked: nil
        case .placed: [.placed]
        case .refused: [.refusedByService]
        case .declined: [.declinedByClient]
        case .otherwise: [.withdrawn, .noContact, .ranOut]
        case .waiting: [.asked, .held, .accepted]
        }
    }
    var colour: String {
        switch self {
        case .asked, .waiting: "#6F777B"
        case .placed: "#28A197"
        case .refused: "#12436D"
        case .declined: "#F46A25"
        case .otherwise: "#A285D1"
        }
    }
    /// Those that add up to what was asked for.
    static var outcomes: [ProviderFigure] { allCases.filter { $0 != .asked } }
}

/// By what the year's figures are taken apart.
enum ProviderPart: String, Choice {
    case reason, size, from, route, kind
    var label: String {
        switch self {
        case .reason: "Why it came to nothing"
        case .size: "Household"
        case .from: "Where they come from"
        case .route: "Who asked"
        case .kind: "Kind of accommodation"
        }
    }

    /// A part's stored word in the words of the page; areas stand under their names.
    func words(_ part: String) -> String {
        switch self {
        case .reason: HousingReason(rawValue: part)?.label ?? "No reason put down"
        case .size: Self.sizes.first { $0.code == part }?.words ?? "Not put down"
        case .from: part == "yes" ? "Outside these areas" : part.isEmpty ? "Not known" : part
        case .route: part == "partnership" ? "A case of this partnership" : EnquiryRoute(rawValue: part)?.label ?? part
        case .kind: AccommodationKind(rawValue: part)?.label ?? part
        }
    }

    /// Households by whom units are made for.
    static let sizes = [
        (code: "1.0", words: "1 adult alone"), (code: "1.1", words: "1 adult, 1 child"),
        (code: "1.2", words: "1 adult, 2 children"), (code: "1.3", words: "1 adult, 3 children"),
        (code: "1.4", words: "1 adult, 4 children or more"), (code: "2", words: "2 adults or more"),
    ]
}

/// What is looked at: a year or days, of households from anywhere or from one place, by one part.
struct ProviderFiguresAsked: Sendable {
    let period: OutputsAsked
    let from: ComesFrom?
    let part: ProviderPart

    init(_ visit: Visit, areas: [AreaChoice]) {
        period = OutputsAsked(visit)
        let place = visit.query["place"]?.first ?? ""
        from = place.isEmpty ? nil : ComesFrom(place, areas: areas)
        part = ProviderPart(rawValue: visit.query["by"]?.first ?? "") ?? .reason
    }
}

/// How often something of one part, in one period, ended in one way.
struct ProviderCount: Sendable {
    /// The period's place, from 0.
    let period: Int
    let part: String
    let state: OfferState
    let amount: Int
}

extension [ProviderCount] {
    func amount(_ figure: ProviderFigure) -> Int {
        reduce(0) { sum, one in figure.states.map { $0.contains(one.state) } ?? true ? sum + one.amount : sum }
    }
}

/// Something behind a figure.
struct ProviderRow: Sendable {
    let id: UUID
    let day: Day
    let isEnquiry: Bool
    let household: String
    let from: String
    let state: OfferState
    let reason: HousingReason?

    /// Whoever said no no longer reads what the household needs.
    var href: String? {
        isEnquiry ? "/units/enquiries/\(id.column)"
            : state.waits || state == .placed ? "/units/asked/\(id.column)" : nil
    }
}

/// "8 of 13 (62%)": half up, exact; of nothing there is no share.
func outcomeShare(_ amount: Int, of all: Int) -> String {
    all == 0 ? "none" : "\(amount) of \(all) (\((200 * amount + all) / (2 * all))%)"
}

import Foundation

/// The tables that are made of a quarter. Each counts events of the ledger of homes asked for, so that refused by three
/// and then placed is one search that ended well and three refusals.
enum FigureTable: String, CaseIterable, Codable, Sendable {
    case searches, soon, asked, reasons, households, movedIn, movedOut, nights

    var title: String {
        switch self {
        case .searches: "How searches for somewhere safe ended"
        case .soon: "How soon households were safe"
        case .asked: "What services answered"
        case .reasons: "Why services said no"
        case .households: "Who services were asked for"
        case .movedIn: "Households that moved in"
        case .movedOut: "How long those stayed who moved out"
        case .nights: "Nights of units"
        }
    }
    /// What is counted, of what, and when.
    var definition: String {
        switch self {
        case .searches:
            "Searches begun in the quarter for a household of a case, by how they had ended on the day on which the "
                + "figures were handed in. A second search counts again."
        case .soon:
            "Of the searches that ended with a move into safe accommodation: days from the beginning of the search to "
                + "moving in."
        case .asked:
            "Times in the quarter that a service was asked for a home: of any service for a case of the partnership, "
                + "and by others of the partnership’s own services. By where the household comes from."
        case .reasons: "Of them, those to which the service said no: the reason that weighed most."
        case .households:
            "The same times that a service was asked, by the household as it was told then: an offer or an enquiry in "
                + "which nobody put it down is counted by itself."
        case .movedIn:
            "Stays begun in the quarter in units of the partnership’s services. A move between units is one stay."
        case .movedOut:
            "Stays that ended in the quarter in units of the partnership’s services, by their length from the first "
                + "night to the last, however many units it was in."
        case .nights:
            "Nights of the quarter that units of the partnership’s services had, but for those on which a unit was not "
                + "let at all: lived in, being repaired or made ready, or free."
        }
    }

    /// Where a count stands in its table, in the words of the page.
    func words(_ code: String) -> String {
        switch self {
        case .searches: SearchEnding(rawValue: code)?.label ?? code
        case .soon: HousingFigure(rawValue: code)?.label ?? code
        case .asked: AskedOutcome(rawValue: code)?.label ?? code
        case .reasons: HousingReason(rawValue: code)?.label ?? "No reason put down"
        case .households: ProviderPart.sizes.first { $0.code == code }?.words ?? "Not put down"
        case .movedIn: AccommodationKind(rawValue: code)?.label ?? code
        case .movedOut: StayLength(rawValue: code)?.label ?? code
        case .nights: UnitNight(rawValue: code)?.label ?? code
        }
    }

    /// The codes that stand in the table whatever was counted; the others only once they were.
    var always: [String] {
        switch self {
        case .searches: SearchEnding.allCases.map(\.rawValue)
        case .soon: [HousingFigure.sameNight, .within1, .within3, .within7, .later].map(\.rawValue)
        case .asked: AskedOutcome.allCases.map(\.rawValue)
        case .reasons, .households, .movedIn, .movedOut, .nights: []
        }
    }
}

extension FigureTable {
    /// Codes that have an order of their own, where it isn't the alphabet's.
    var inOrder: [String] {
        switch self {
        case .households: ProviderPart.sizes.map(\.code)
        case .movedOut: StayLength.allCases.map(\.rawValue)
        case .nights: UnitNight.allCases.map(\.rawValue)
        case .searches, .soon, .asked, .reasons, .movedIn: []
        }
    }
}

/// How a search ended, each in one way.
enum SearchEnding: String, CaseIterable, Sendable {
    case placedHere, placedAway, notCounting, withoutHome, otherwise, waiting
    var label: String {
        switch self {
        case .placedHere: HousingFigure.placedHere.label
        case .placedAway: HousingFigure.placedAway.label
        case .notCounting: HousingFigure.notCounting.label
        case .withoutHome: HousingFigure.withoutHome.label
        case .otherwise: "Safe in another way, given up or not reached"
        case .waiting: HousingFigure.waiting.label
        }
    }
}

/// How long somebody stayed.
enum StayLength: String, CaseIterable, Sendable {
    case week1, week4, week13, week26, longer
    var label: String {
        switch self {
        case .week1: "A week or less"
        case .week4: "Up to 4 weeks"
        case .week13: "Up to 13 weeks"
        case .week26: "Up to 26 weeks"
        case .longer: "Longer"
        }
    }
}

/// What became of a night of a unit that could be let.
enum UnitNight: String, CaseIterable, Sendable {
    case `let`, repair, free
    var label: String {
        switch self {
        case .let: "Lived in"
        case .repair: "Being repaired or made ready"
        case .free: "Free"
        }
    }
}

/// What a service answered.
enum AskedOutcome: String, CaseIterable, Sendable {
    case placed, refused, declined, otherwise, waiting
    var label: String { ProviderFigure(rawValue: rawValue)?.label ?? rawValue }
}

/// One number of a return: of which table, from where, of what.
struct FigureCount: Codable, Equatable, Sendable {
    let table: FigureTable
    /// The area that a household comes from; empty where the table has no areas.
    let area: String
    let code: String
    let amount: Int
}

/// What an agency handed in of a quarter.
struct FigureReturn: Sendable {
    let agency: UUID
    let agencyName: String
    let number: Int
    let counts: [FigureCount]
    let at: Date
    let by: String
}

extension [FigureCount] {
    func amount(_ table: FigureTable, _ code: String? = nil, from area: String? = nil) -> Int {
        filter { $0.table == table && (code ?? $0.code) == $0.code && (area ?? $0.area) == $0.area }
            .reduce(0) { $0 + $1.amount }
    }

    /// The codes of a table that stand in it, in their order.
    func codes(of table: FigureTable) -> [String] {
        let counted = Set(filter { $0.table == table && $0.amount > 0 }.map(\.code)).subtracting(table.always)
        let known = table.inOrder.filter(counted.contains)
        return table.always + known + counted.subtracting(known).sorted()
    }
}

/// Who signs a return or a release, and when.
struct FigureSigner: Sendable {
    let partnership: UUID
    let account: UUID
    let at: Date
}

extension Visit {
    var signer: FigureSigner { FigureSigner(partnership: viewer.partnership, account: viewer.account, at: now) }
}

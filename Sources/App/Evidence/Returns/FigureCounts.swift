import Foundation

/// The tables that are made of a quarter. Each counts events of the ledger of homes asked for, so that refused by three
/// and then placed is one search that ended well and three refusals.
enum FigureTable: String, CaseIterable, Codable, Sendable {
    case searches, soon, asked, reasons, movedIn

    var title: String {
        switch self {
        case .searches: "How searches for somewhere safe ended"
        case .soon: "How soon households were safe"
        case .asked: "What services answered"
        case .reasons: "Why services said no"
        case .movedIn: "Households that moved in"
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
        case .movedIn:
            "Stays begun in the quarter in units of the partnership’s services. A move between units is one stay."
        }
    }

    /// Where a count stands in its table, in the words of the page.
    func words(_ code: String) -> String {
        switch self {
        case .searches: SearchEnding(rawValue: code)?.label ?? code
        case .soon: HousingFigure(rawValue: code)?.label ?? code
        case .asked: AskedOutcome(rawValue: code)?.label ?? code
        case .reasons: HousingReason(rawValue: code)?.label ?? "No reason put down"
        case .movedIn: AccommodationKind(rawValue: code)?.label ?? code
        }
    }

    /// The codes that stand in the table whatever was counted; the others only once they were.
    var always: [String] {
        switch self {
        case .searches: SearchEnding.allCases.map(\.rawValue)
        case .soon: [HousingFigure.sameNight, .within1, .within3, .within7, .later].map(\.rawValue)
        case .asked: AskedOutcome.allCases.map(\.rawValue)
        case .reasons, .movedIn: []
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
        return table.always + counted.sorted()
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

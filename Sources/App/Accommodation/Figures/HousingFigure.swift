import Foundation

/// What the ledger of requests counts, each with what it means: refused by three and then placed is one household
/// placed and three refusals, and a household that said no was able to be supported.
enum HousingFigure: String, CaseIterable, Sendable {
    case asked, placed, placedHere, placedAway, notCounting, withoutHome, turnedAway, declined, waiting
    case sameNight, within1, within3, within7, later
    case services, refusals, declines, ranOut, noLocalConnection
    case movedIn, cameIn

    var label: String {
        switch self {
        case .asked: "Households that looked for somewhere safe"
        case .placed: "Placed in safe accommodation"
        case .placedHere: "In a home of this partnership"
        case .placedAway: "In safe accommodation elsewhere"
        case .notCounting: "Placed where it does not count"
        case .withoutHome: "Still without a safe home"
        case .turnedAway: "Not placed, refused at least once"
        case .declined: "Not placed, never refused, said no"
        case .waiting: "Still looking"
        case .sameNight: "Safe the same night"
        case .within1: "The night after"
        case .within3: "Within 3 days"
        case .within7: "Within 7 days"
        case .later: "Later than 7 days"
        case .services: "Services asked"
        case .refusals: "The service said no"
        case .declines: "The household said no"
        case .ranOut: "Nobody said in time"
        case .noLocalConnection: "Refused for no local connection"
        case .movedIn: "Households that moved into our homes"
        case .cameIn: "From outside the partnership’s area"
        }
    }

    /// The numerator, in words. All are counts of events, so that the quarters add up to the year.
    var definition: String {
        switch self {
        case .asked: "Searches begun for a household of a case here, by when they began. A second search counts again."
        case .placed:
            "Of them, those that ended with a move into a home of this partnership or safe accommodation elsewhere."
        case .placedHere: "Of them, those that moved into a unit of a service of this partnership."
        case .placedAway: "Of them, those that moved into safe accommodation outside the partnership."
        case .notCounting:
            "Of them, those that ended in bed and breakfast or temporary accommodation for anyone or for women only. "
                + "It is not safe accommodation (SI 2021/991, regulation 2)."
        case .withoutHome:
            "Of them, those that ended with friends or family, on the street, or back with who harms them."
        case .turnedAway:
            "Of those that ended without a placement or anything safe of their own: refused by one service or more. "
                + "The need that was not met."
        case .declined:
            "Of those that ended without a placement or anything safe of their own: never refused by a service, and "
                + "they said no to one or more. They were able to be supported."
        case .waiting: "Of them, those that have not ended."
        case .sameNight: "Of those placed: moved in on the day on which the search began."
        case .within1: "Of those placed: moved in on the day after."
        case .within3: "Of those placed: moved in on the second or third day after."
        case .within7: "Of those placed: moved in from the fourth to the seventh day after."
        case .later: "Of those placed: moved in after more than seven days."
        case .services: "Services asked for a home, in this partnership or outside, by when they were asked."
        case .refusals: "Of them, those that said no."
        case .declines: "Of them, those to whom the household said no."
        case .ranOut: "Of them, homes that were held until their hour had passed."
        case .noLocalConnection:
            "Refusals with “no local connection” among the reasons. The law does not allow it where somebody flees "
                + "abuse (Housing Act 1996, section 198)."
        case .movedIn: "Stays begun in the units that your agency runs, by the day on which a household moved in."
        case .cameIn:
            "Of them, those that came from outside the partnership’s area, as whoever runs the unit put it down. Not "
                + "known is not counted. Households of ours that went elsewhere are counted above."
        }
    }

    /// Whether it counts what was asked of a service, and not a search.
    var isOfOffers: Bool { [.services, .refusals, .declines, .ranOut, .noLocalConnection].contains(self) }
    /// Whether it counts stays in own homes: who lives there nobody but their provider knows.
    var isOfStays: Bool { self == .movedIn || self == .cameIn }
    /// A part of the figure above it.
    var isPart: Bool { ![.asked, .services, .movedIn].contains(self) }
}

/// The figures of one period.
struct HousingColumn: Sendable {
    let title: String
    let period: Period
    let amounts: [HousingFigure: Int]
}

/// Why something came to nothing, and how often that weighed most.
struct ReasonCount: Sendable {
    let reason: HousingReason
    let state: OfferState
    let amount: Int
}

/// Something behind a figure.
struct HousingRow: Sendable {
    let id: UUID
    let at: Date
    let words: String
    /// Nil: nothing of it may be opened from here.
    let href: String?
}

import Foundation
import Pages
import Postgres

/// How what was asked for stands. `asked` is of somebody outside the partnership, who holds nothing here.
enum OfferState: String, Choice {
    case asked, held, accepted, placed, declinedByClient, refusedByService, withdrawn, noContact, ranOut
    var label: String {
        switch self {
        case .asked: "Asked"
        case .held: "Held for them"
        case .accepted: "The service said yes"
        case .placed: "They moved in"
        case .declinedByClient: "They said no"
        case .refusedByService: "The service said no"
        case .withdrawn: "Taken back"
        case .noContact: "They could not be reached"
        case .ranOut: "The time ran out"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .asked, .held: .yellow
        case .accepted, .placed: .green
        case .refusedByService, .ranOut: .red
        case .declinedByClient, .withdrawn, .noContact: .grey
        }
    }
    /// Whether somebody still has to answer or to move in.
    var waits: Bool { [.asked, .held, .accepted].contains(self) }
}

/// Why it came to nothing, and of whose side that is: a household that says no was able to be supported.
enum HousingReason: String, Choice {
    case noSpace, size, access, staff, mentalHealth, substances, otherNeed, riskArea, riskNetwork, arsonOffence, noFunds
    case olderSon, sexMismatch, pets, noLocalConnection, ineligible, inappropriate
    case declinedLocation, declinedCommunal, declinedOther, wantsNoSupport, disengaged
    case noContact, placedElsewhere, metElsewhere, other

    enum Side: Sendable { case service, client, neither }

    var side: Side {
        switch self {
        case .declinedLocation, .declinedCommunal, .declinedOther, .wantsNoSupport, .disengaged: .client
        case .noContact, .placedElsewhere, .metElsewhere, .other: .neither
        default: .service
        }
    }
    var label: String {
        switch self {
        case .noSpace: "No space"
        case .size: "The household is too large for it"
        case .access: "It can’t give the access they need"
        case .staff: "Too few staff"
        case .mentalHealth: "Mental health needs"
        case .substances: "Drug or alcohol use"
        case .otherNeed: "Another need that can’t be met"
        case .riskArea: "Not safe in that area"
        case .riskNetwork: "Somebody who harms them, or who knows them, is near"
        case .arsonOffence: "Arson or another offence"
        case .noFunds: "No recourse to public funds"
        case .olderSon: "A son is too old for it"
        case .sexMismatch: "It is not for their sex"
        case .pets: "Animals"
        case .noLocalConnection: "No local connection"
        case .ineligible: "They are not eligible"
        case .inappropriate: "It would not be right for them"
        case .declinedLocation: "Not where they want to be"
        case .declinedCommunal: "They would not share a house"
        case .declinedOther: "Something else they did not want"
        case .wantsNoSupport: "They want no support with it"
        case .disengaged: "They broke off"
        case .noContact: "They could not be reached"
        case .placedElsewhere: "They were placed elsewhere"
        case .metElsewhere: "They got what they need in another way"
        case .other: "Another reason"
        }
    }
    var hint: String? {
        self == .noLocalConnection
            ? "The law does not allow it where somebody flees abuse (Housing Act 1996, section 198)." : nil
    }
}

/// What was asked of one service, or of somebody outside the partnership, for a household.
struct HousingOffer: Sendable {
    let id: UUID
    let request: UUID
    let caseID: UUID
    let agency: UUID
    let agencyName: String
    let unit: UUID?
    let unitNumber: Int?
    let provider: UUID?
    let providerName: String?
    /// Somebody outside, and the reference of the search there.
    let askedOf: String
    let reference: String
    let although: String
    let recorded: OfferState
    let heldUntil: Date?
    let askedAt: Date
    let askedBy: String
    let answeredAt: Date?
    let answeredBy: String?
    let reasons: [HousingReason]
    let mainReason: HousingReason?
    let words: String
    let movedInOn: Day?
    let version: Int
    /// How and when they were last told where it is.
    let toldHow: ToldHow?
    let toldAt: Date?
    /// For whoever runs the unit alone.
    let nearness: Nearness

    /// How it stands: what is held is no longer so once its time has run out, whoever has noticed.
    func state(at now: Date) -> OfferState {
        guard [.held, .accepted].contains(recorded), let heldUntil, heldUntil <= now else { return recorded }
        return .ranOut
    }

    /// Of whom.
    var whom: String { unitNumber.map { "Unit \($0), \(providerName ?? "")" } ?? askedOf }

    var askersPath: String { "/cases/\(caseID.column)/housing/\(request.column)/offers/\(id.column)" }
    var providersPath: String { "/units/asked/\(id.column)" }

    /// All that was said of it, a line each.
    var said: String { [although, why, words].filter { !$0.isEmpty }.joined(separator: "\n") }

    /// Why, with the main reason first.
    var why: String {
        let others = reasons.filter { $0 != mainReason }.map(\.label)
        return ([mainReason?.label].compactMap(\.self) + others).joined(separator: ". ")
    }
}

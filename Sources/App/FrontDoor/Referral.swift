import Foundation

/// Somebody who was sent to the front door, or on from it. Whoever keeps it answers for it; none can vanish.
struct Referral: Sendable {
    enum Direction: String, Choice {
        case `in`, out
        var label: String { self == .in ? "Received" : "Sent on" }
    }

    let id: UUID
    let agency: UUID
    let agencyName: String
    /// The receipt: random, so that it says nothing and can't be guessed.
    let reference: String
    let direction: Direction
    let source: ReferralSource
    let kind: ReferralKind
    let fromAgency: UUID?
    let fromAgencyName: String?
    let fromName: String?
    let toName: String
    let person: UUID?
    let contact: UUID?
    let caseID: UUID?
    let basis: ReferralBasis
    let isUrgent: Bool
    let isGradedHigh: Bool
    let isQuarantined: Bool
    let receivedAt: Date
    let dueAt: Date
    let owner: UUID?
    let ownerName: String?
    let answer: ReferralAnswer?
    let version: Int

    /// Where it stands, in the words that the sender reads too.
    func state(at now: Date) -> ReferralState {
        if answer != nil { return .answered }
        if isQuarantined { return .quarantined }
        if dueAt < now { return .escalated }
        return owner == nil ? .waiting : .taken
    }
}

/// The end of a referral: typed, dated, and signed.
struct ReferralAnswer: Sendable, Equatable {
    let outcome: ReferralOutcome
    let declineReason: DeclineReason?
    let declinedBy: Decliner?
    /// For whoever sent it; never anything of the casework.
    let words: String
    let at: Date
    let by: String

    /// "Declined by the client: does not want support"
    var summary: String {
        guard outcome == .declined, let declineReason, let declinedBy else { return outcome.label }
        return "Declined by \(declinedBy.label.lowercased()): \(declineReason.label.lowercased())"
    }
}

enum ReferralState: Sendable, Equatable {
    case quarantined, waiting, taken, escalated, answered

    var label: String {
        switch self {
        case .quarantined: "To be read first"
        case .waiting: "Received"
        case .taken: "Being worked on"
        case .escalated: "Overdue: with the supervisor"
        case .answered: "Answered"
        }
    }
}

enum ReferralSource: String, Choice {
    case selfReferral, thirdParty, professional, police
    var label: String {
        switch self {
        case .selfReferral: "Themselves"
        case .thirdParty: "A friend, relative or neighbour"
        case .professional: "A professional"
        case .police: "Police"
        }
    }
}

/// What it asks for. The first two come to the front door; the others go out from it.
enum ReferralKind: String, Choice {
    case support, behaviour, childSafeguarding, adultSafeguarding, housing, health, substanceUse,
         counselling, legal, other
    var label: String {
        switch self {
        case .support: "Support for someone who is harmed"
        case .behaviour: "Help for someone to change their behaviour"
        case .childSafeguarding: "Child safeguarding (MASH)"
        case .adultSafeguarding: "Adult safeguarding (Care Act s.42)"
        case .housing: "Housing"
        case .health: "Health"
        case .substanceUse: "Drugs and alcohol"
        case .counselling: "Counselling"
        case .legal: "Legal advice"
        case .other: "Something else"
        }
    }

    /// Sent from a contact or a person's record to another service.
    static let outgoing: [ReferralKind] = allCases.filter { $0 != .support && $0 != .behaviour }

    /// Hours until an answer is due. A children's services decision is due within one working day (Working Together
    /// 2023); safeguarding adults within two days and the others within three are this partnership's own norm.
    var hoursToAnswer: Double {
        switch self {
        case .support, .behaviour, .childSafeguarding: 24
        case .adultSafeguarding: 48
        default: 72
        }
    }

    /// Danger now: somebody looks within the hour, whatever the service.
    static let urgentHours = 1.0

    func due(from received: Date, urgent: Bool) -> Date {
        received.addingTimeInterval((urgent ? Self.urgentHours : hoursToAnswer) * 3_600)
    }
}

/// Why the information may be shared without breaking the law or her trust.
enum ReferralBasis: String, Choice {
    case consent, vitalInterests, safeguarding, legalObligation, notAsked
    var label: String {
        switch self {
        case .consent: "They agreed"
        case .vitalInterests: "Someone's life is in danger"
        case .safeguarding: "To safeguard a child or an adult at risk"
        case .legalObligation: "The law requires it"
        case .notAsked: "They have not been asked"
        }
    }
}

enum ReferralOutcome: String, Choice {
    case caseOpened, openAlready, adviceGiven, referredOn, accepted, declined, unableToContact, duplicate, withdrawn
    case notGenuine
    var label: String {
        switch self {
        case .caseOpened: "Taken on"
        case .openAlready: "Taken on with work that was open already"
        case .adviceGiven: "Advice given"
        case .referredOn: "Referred on"
        case .accepted: "Accepted by the service it was sent to"
        case .declined: "Declined"
        case .unableToContact: "Unable to contact"
        case .duplicate: "The same as another referral"
        case .withdrawn: "Withdrawn by whoever sent it"
        case .notGenuine: "Not genuine"
        }
    }

    /// What a reader may choose; a case that is opened writes its outcome itself.
    static func offered(_ referral: Referral) -> [ReferralOutcome] {
        if referral.direction == .out { return [.accepted, .declined, .referredOn, .withdrawn] }
        let all: [ReferralOutcome] = [.openAlready, .adviceGiven, .referredOn, .declined, .unableToContact, .duplicate,
                                      .withdrawn]
        return referral.isQuarantined ? all + [.notGenuine] : all
    }
}

/// Domain reference, section 5, and what services add.
enum DeclineReason: String, Choice {
    case ineligible, outOfArea, doesNotWantSupport, disengaged, needsMetElsewhere, noCapacity,
         underAge, noConsent, other
    var label: String {
        switch self {
        case .ineligible: "Ineligible for support"
        case .outOfArea: "Outside the area"
        case .doesNotWantSupport: "Does not want support"
        case .disengaged: "Disengaged"
        case .needsMetElsewhere: "Needs better met elsewhere"
        case .noCapacity: "No capacity"
        case .underAge: "Under the age of the service"
        case .noConsent: "Did not agree to the referral"
        case .other: "Another reason"
        }
    }
}

enum Decliner: String, Choice {
    case client, service, referrer
    var label: String {
        switch self {
        case .client: "The client"
        case .service: "The service"
        case .referrer: "Whoever referred"
        }
    }
}

/// Receipts such as "R7K3-9QXT": letters and digits that are not mistaken for one another on the telephone.
enum ReferralReference {
    static let letters = Array("23456789BCDFGHJKMNPQRSTVWXYZ")

    static func random() -> String { made { letters[Int.random(in: 0..<letters.count)] } }

    /// A receipt of the letters that `draw` gives, one at a time.
    static func made(_ draw: () -> Character) -> String {
        let drawn = String((0..<8).map { _ in draw() })
        return "\(drawn.prefix(4))-\(drawn.suffix(4))"
    }
}

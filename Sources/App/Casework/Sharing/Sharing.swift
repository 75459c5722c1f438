import Foundation
import Pages

/// The usual ways to share. Each presets all but one sentence: why now, for this person.
enum SharingRoute: String, Choice {
    case marac, mash, housing, police, health, adultSafeguarding, other, earlier, plan
    var label: String {
        switch self {
        case .marac: "MARAC"
        case .mash: "Children’s services (MASH)"
        case .housing: "Housing"
        case .police: "Police"
        case .health: "Health"
        case .adultSafeguarding: "Adult safeguarding"
        case .other: "Another way"
        case .earlier: "Shared before this was recorded"
        case .plan: "Safety plan"
        }
    }

    /// Those that can be chosen. A plan is shared from its own page.
    static let offered = allCases.filter { $0 != .earlier && $0 != .plan }

    /// What is usual on this route; nil where nothing is.
    var preset: SharingPreset? {
        switch self {
        case .marac: SharingPreset(
            purpose: "To agree with other agencies how to keep a person at high risk, and any children, safe",
            basis: .preventCrime,
            necessity: "The risk is high and no agency can lower it alone. Only what bears on the risk is shared, with "
                + "agencies bound by the MARAC’s confidentiality.",
            parts: [.summary, .risk, .timeline], days: 90)
        case .mash: SharingPreset(
            purpose: "To protect a child who may suffer significant harm",
            basis: .safeguarding,
            necessity: "Children’s services must decide what the child needs and can’t do so without it. What isn’t "
                + "about the child’s safety stays out.",
            parts: [.summary, .risk], days: 60)
        case .housing: SharingPreset(
            purpose: "A homelessness application or a safer home",
            basis: .legalObligation,
            necessity: "The council must decide priority need on evidence of abuse. It is told that and what makes an "
                + "area unsafe, and nothing else.",
            parts: [.summary], days: 56)
        case .police: SharingPreset(
            purpose: "To prevent or investigate a crime",
            basis: .preventCrime,
            necessity: "The police can act on it and nobody else can. Only what bears on the crime or on somebody’s "
                + "safety is shared.",
            parts: [.summary, .risk, .orders], days: 28)
        case .health: SharingPreset(
            purpose: "Treatment or care that takes the abuse into account",
            basis: .health, necessity: "Care would be unsafe without it. Only what the clinician needs is shared.",
            parts: [.summary], days: 90)
        case .adultSafeguarding: SharingPreset(
            purpose: "To protect an adult with care and support needs (Care Act 2014, section 42)",
            basis: .safeguarding,
            necessity: "The council must decide whether to enquire and can’t do so without it. What isn’t about the "
                + "adult’s safety stays out.",
            parts: [.summary, .risk], days: 60)
        case .plan: SharingPreset(
            purpose: "That whoever else keeps them safe does what the plan says",
            basis: .safeguarding,
            necessity: "A plan that others don’t know of can’t be followed. The plan alone is shared, as it is now, "
                + "and nothing else of the case.",
            parts: [.plan], days: 90)
        case .other, .earlier: nil
        }
    }
}

/// What a route presets.
struct SharingPreset: Sendable {
    let purpose: String
    let basis: SharingBasis
    let necessity: String
    let parts: [SharedPart]
    let days: Int
}

/// The lawful basis of a disclosure, with the condition for what is sensitive (domain.md 22).
enum SharingBasis: String, Choice {
    case safeguarding, preventCrime, legalObligation, vitalInterests, health, legitimateInterests, explicitConsent
    case earlier
    var label: String {
        switch self {
        case .safeguarding: "Safeguarding a child or an adult at risk"
        case .preventCrime: "Preventing or detecting crime"
        case .legalObligation: "The law requires it"
        case .vitalInterests: "To save a life"
        case .health: "Health or social care"
        case .legitimateInterests: "Our own or somebody else’s legitimate interests"
        case .explicitConsent: "Explicit consent"
        case .earlier: "Not recorded"
        }
    }
    var hint: String? {
        switch self {
        case .safeguarding: "Articles 6(1)(e) and 9(2)(g); Data Protection Act 2018, Schedule 1, paragraph 18."
        case .preventCrime:
            "Articles 6(1)(e) and 9(2)(g); Schedule 1, paragraph 10; Crime and Disorder Act 1998, section 115."
        case .legalObligation: "Article 6(1)(c)."
        case .vitalInterests: "Articles 6(1)(d) and 9(2)(c)."
        case .health: "Articles 6(1)(e) and 9(2)(h)."
        case .legitimateInterests: "Article 6(1)(f). Not for public bodies at their task."
        case .explicitConsent: "Articles 6(1)(a) and 9(2)(a). Only where they could say no and lose nothing by it."
        case .earlier: nil
        }
    }

    static let offered = allCases.filter { $0 != .earlier }
}

/// What a partner may read of a case.
enum SharedPart: String, Choice {
    case summary, risk, orders, timeline, plan
    var label: String {
        switch self {
        case .summary: "Name, date of birth, grade, and who holds the case"
        case .risk: "Risk assessments, answer by answer"
        case .orders: "Orders and their breaches"
        case .timeline: "What happened when"
        case .plan: "The safety plan, as it was then"
        }
    }
    /// Those that a share of the case may name.
    static let offered = allCases.filter { $0 != .plan }
    var hint: String? {
        switch self {
        case .timeline: "The kinds of events with their days, not the notes."
        default: nil
        }
    }
    /// In a list of what is shared.
    var brief: String {
        switch self {
        case .summary: "who it is and the grade"
        case .risk: "risk assessments"
        case .orders: "orders"
        case .timeline: "the timeline"
        case .plan: "the safety plan, as it was then"
        }
    }
}

/// What the person said of it, where no consent is on record.
enum AskedAgreement: String, Choice {
    case consent, notAsked, refused, unable, earlier
    var label: String {
        switch self {
        case .consent: "They agreed"
        case .notAsked: "Not asked: to ask would add to the danger"
        case .refused: "Asked, and they said no"
        case .unable: "They can’t be asked now"
        case .earlier: "Not recorded"
        }
    }

    static let without: [AskedAgreement] = [.notAsked, .refused, .unable]
}

/// What is told in words, with the name that it is about. Sealed where it is kept.
struct SharedWords: Codable, Equatable, Sendable {
    var name = ""
    var born = ""
    var words = ""
}

/// An agency of the partnership to which something may be told: on the same side of the wall.
struct Partner: Equatable, Sendable {
    let id: UUID
    let name: String
}

/// What somebody agreed to: to whom, for what, until when.
struct Consent: Sendable {
    let id: UUID
    let toAgency: UUID?
    let to: String
    let purpose: String
    let given: ConsentGiven
    let words: String
    let endsAt: Date
    let recordedAt: Date
    let by: String
    let withdrawnAt: Date?
    let withdrawnBy: String?
    let withdrawnBecause: ConsentEnd?
    let withdrawnWords: String

    func isInForce(at now: Date) -> Bool { withdrawnAt == nil && endsAt > now }

    /// Whether it is for telling this agency, or somebody of this name.
    func covers(_ agency: UUID?, _ name: String) -> Bool {
        agency == nil ? toAgency == nil && to.lowercased() == name.lowercased() : toAgency == agency
    }
}

enum ConsentGiven: String, Choice {
    case spoken, written, throughSomebody
    var label: String {
        switch self {
        case .spoken: "They said so"
        case .written: "In writing"
        case .throughSomebody: "Through an interpreter or an advocate"
        }
    }
}

enum ConsentEnd: String, Choice {
    case theirWish, mistake
    var label: String {
        switch self {
        case .theirWish: "They no longer agree"
        case .mistake: "It was recorded by mistake"
        }
    }
}

/// A disclosure: what was told to whom, why, on which basis, until when, and who decided it.
struct Disclosure: Sendable {
    let id: UUID
    let route: SharingRoute
    let toAgency: UUID?
    let to: String
    let parts: [SharedPart]
    let told: SharedWords?
    let purpose: String
    let basis: SharingBasis
    let because: String
    let necessity: String
    let asked: AskedAgreement
    let endsAt: Date
    let proposedAt: Date
    let proposedBy: UUID
    let proposer: String
    /// Nil while a second person is waited for.
    let agreed: Bool?
    let decider: String?
    let decisionReason: String
    let revokedAt: Date?
    let revoker: String?
    let revokeReason: String
    let consentWithdrawnAt: Date?

    enum State: Equatable, Sendable {
        case waiting, lapsed, refused, inForce, ended, revoked, consentWithdrawn
    }

    func state(at now: Date) -> State {
        if revokedAt != nil { return .revoked }
        if consentWithdrawnAt != nil { return .consentWithdrawn }
        switch agreed {
        case nil: return endsAt > now ? .waiting : .lapsed
        case false: return .refused
        default: return endsAt > now ? .inForce : .ended
        }
    }
}

extension Disclosure.State {
    var label: String {
        switch self {
        case .waiting: "Waits for a second person"
        case .lapsed: "Nobody answered in time"
        case .refused: "Not agreed"
        case .inForce: "In force"
        case .ended: "Ended"
        case .revoked: "Taken back"
        case .consentWithdrawn: "Consent withdrawn"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .waiting: .yellow
        case .inForce: .green
        case .consentWithdrawn, .refused: .red
        case .lapsed, .ended, .revoked: .grey
        }
    }
}

/// What another agency shares with the reader's, as their page of the case says it.
struct ReceivedShare: Sendable {
    let from: String
    let purpose: String
    let parts: [SharedPart]
    let told: SharedWords?
    let endsAt: Date
}

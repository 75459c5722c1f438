import Foundation
import Pages
import Postgres

/// A case that is to move: to another agency, or to a colleague. It stays where it is until the answer.
struct Transfer: Sendable {
    let id: UUID
    let agency: UUID
    let agencyName: String
    let caseID: UUID
    /// Nil where the case itself can't be read (yet, or any more).
    let reference: String?
    let person: UUID
    let kind: TransferKind
    let toAgency: UUID
    let toName: String
    /// The colleague to whom a step-down goes.
    let colleague: UUID?
    let colleagueName: String?
    /// What was told of safe contact has changed: it waits to be told anew.
    let isStale: Bool
    let risk: RiskLevel
    let purpose: String
    let basis: SharingBasis
    let necessity: String
    let asked: TransferAgreement
    let tailDays: Int
    let dueAt: Date
    let proposedAt: Date
    let proposedBy: UUID
    let proposer: String
    let outcome: TransferOutcome?
    let answeredAt: Date?
    let answerer: String?
    let reason: String
    let workerName: String?
    let newCase: UUID?
    let tailEndsAt: Date?

    /// "To Lighthouse", "To Ivy Marchetti"
    var to: String { "To \(colleagueName ?? toName)" }
}

enum TransferKind: String, Choice {
    case agency, stepDown
    var label: String {
        switch self {
        case .agency: "To another agency"
        case .stepDown: "To a colleague: a step-down or a hand-over"
        }
    }
}

enum TransferOutcome: String, Choice {
    case accepted, rejected, revoked
    var label: String {
        switch self {
        case .accepted: "Taken over"
        case .rejected: "Not taken over"
        case .revoked: "Taken back"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .accepted: .green
        case .rejected: .red
        case .revoked: .grey
        }
    }
}

/// What the person said of it.
enum TransferAgreement: String, Choice {
    case consent, notAsked, refused, unable, within
    var label: String {
        switch self {
        case .consent: "They agreed"
        case .notAsked: "Not asked: to ask would add to the danger"
        case .refused: "Asked, and they said no"
        case .unable: "They can’t be asked now"
        case .within: "It stays within the agency"
        }
    }

    static let without: [TransferAgreement] = [.notAsked, .refused, .unable]
}

/// When somebody has to have answered, by the grade: hours at high risk. Our own norms; the middle one is that of a
/// referral.
enum TransferDue {
    static func hours(_ risk: RiskLevel) -> Double {
        switch risk {
        case .high: 4
        case .medium, .notAssessed: 24
        case .standard: 72
        }
    }

    static func due(_ risk: RiskLevel, from moment: Date) -> Date {
        moment.addingTimeInterval(hours(risk) * 3_600)
    }
}

/// Days for which the sender still reads what has moved.
enum TransferTail {
    static let usual = 28
    static let range = 0...90
}

/// What whoever is asked has to know, and what goes over with the case. Sealed where it is kept, and gone once it is
/// answered.
struct TransferTold: Codable, Equatable, Sendable {
    /// Somebody on record, as far as it goes over.
    struct Somebody: Codable, Equatable, Sendable {
        var given: String
        var family: String
        var birthState: String
        /// ISO
        var birth: String
        var sex: String
    }

    struct Harming: Codable, Equatable, Sendable {
        var who: Somebody
        var connection: String
    }

    var who: Somebody
    var ethnicity: String
    var language: String
    var interpreter: Bool
    var rule: SafeContactRule?
    var detail: SafeContactDetail?
    /// ISO; empty: no end.
    var holdsUntil: String
    var askedAt: Date?
    var harming: [Harming]
    /// What must be known before anybody is in touch.
    var words: String

    var name: String { [who.given, who.family].filter { !$0.isEmpty }.joined(separator: " ") }
}

extension TransferTold.Somebody {
    init(_ person: Person) {
        self.init(
            given: person.givenName, family: person.familyName, birthState: person.birth.state,
            birth: person.birth.day?.column ?? "", sex: person.sex.rawValue)
    }

    var bornOn: Birth { Birth(state: birthState, day: Day(column: birth)) }
}

extension PersonForm {
    /// Somebody as the sender has them on record.
    init(
        _ who: TransferTold.Somebody, ethnicity: String = "", language: String = "English", interpreter: Bool = false
    ) {
        (givenName, familyName, birth) = (who.given, who.family, who.bornOn)
        sex = Sex(rawValue: who.sex) ?? .notAsked
        self.ethnicity = Ethnicity(rawValue: ethnicity) ?? .notAsked
        (self.language, needsInterpreter) = (language, interpreter)
    }
}

extension SafeContactForm {
    /// The answer that came with a case.
    init(_ told: TransferTold) {
        (rule, detail, holdsUntil) = (told.rule, told.detail, Day(column: told.holdsUntil))
    }
}

extension OpenCaseForm {
    /// A case that goes on from another agency's.
    init(takenBy worker: UUID) { (self.worker, isRestricted) = (worker, false) }
}

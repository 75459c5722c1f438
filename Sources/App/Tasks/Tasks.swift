import Foundation
import Postgres

/// Something that is due: about a case, a person or a contact.
enum TaskKind: String, Choice {
    case firstContact, contact, review
    /// Ring back somebody whose call ended suddenly, by the fallback that was agreed.
    case callBack
    /// What was promised on the telephone.
    case promise
    /// The other person of a case was in touch with the partnership.
    case warning
    /// A high grade asks for a decision: referred, repeat, or not, because.
    case maracDecision
    case reassess
    /// What happened, or will, proposes a new assessment.
    case riskReview
    /// What was not asked on the first call, in her own time.
    case askDetails
    /// A partner's front door holds somebody of the same name and date of birth.
    case dutyContact
    /// A high-risk case is closed by two people.
    case closing
    /// What a worker put on a case's list.
    case toDo
    /// An intake, a review or an exit is to be taken.
    case dataSet
    /// MARAC has met: they are told what was decided.
    case tellBack
    /// A clock of a matter of law or rights.
    case matter
    /// Works that make a home safe are to be in by then.
    case sanctuary
    /// A case of somebody else's is to be taken over.
    case transfer
    /// A home is held, and somebody has to say whether they take it.
    case housing
    /// What a service answered that was asked for a home, for whoever asked.
    case housingNews
    /// A landlord that was asked for a home is to answer.
    case reciprocal
    /// An agency is asked for data and has not sent it.
    case dataCall
    var label: String {
        switch self {
        case .firstContact: "First contact"
        case .contact: "Contact"
        case .review: "Review"
        case .callBack: "Ring back"
        case .promise: "Promised"
        case .warning: "Warning"
        case .maracDecision: "MARAC decision"
        case .reassess: "Assess again"
        case .riskReview: "Review the risk"
        case .askDetails: "Ask what is missing"
        case .dutyContact: "Known to a partner"
        case .closing: "Close a case"
        case .toDo: "To do"
        case .dataSet: "Data set"
        case .tellBack: "Told back"
        case .matter: "Rights"
        case .sanctuary: "Sanctuary"
        case .transfer: "Take a case over"
        case .housing: "A home is held until then"
        case .housingNews: "News of a home"
        case .reciprocal: "A landlord is to answer"
        case .dataCall: "Data asked for"
        }
    }

    /// The same where it stands in a list: what is held no longer is once its time has run out.
    func label(due: Date, at now: Date) -> String {
        self == .housing && due <= now ? "The time of a home that was held ran out" : label
    }

    /// Whether a press of "Done" ends it. Clocks end by a contact; a decision, an assessment and a second person's word
    /// by their own answers.
    var isEndedByPress: Bool {
        switch self {
        case .firstContact, .contact, .review, .maracDecision, .reassess, .riskReview, .closing, .dataSet, .matter,
             .sanctuary, .transfer, .reciprocal, .dataCall:
            false
        case .callBack, .promise, .warning, .askDetails, .dutyContact, .toDo, .tellBack, .housing, .housingNews:
            true
        }
    }
}

extension TaskKind {
    /// How long before it is due a data set stands on Today, in seconds: every open case has one that is due some day.
    static let ahead: TimeInterval = 14 * 86_400
    /// The same for the clocks of matters, as for an order that ends.
    static let farAhead: TimeInterval = 28 * 86_400

    /// Where on a case's pages it is answered.
    fileprivate var room: String {
        switch self {
        case .closing: "/close/confirm"
        case .dataSet: "/outcomes"
        case .matter: "/rights"
        case .housing, .housingNews: "/housing"
        case .sanctuary: "/sanctuary"
        case .reciprocal: "/reciprocals"
        default: ""
        }
    }
}

/// Something to be put on somebody's list; nobody's yet when there is no owner.
struct NewTask: Sendable {
    let kind: TaskKind
    let agency: UUID
    var caseID: UUID?
    var person: UUID?
    var contact: UUID?
    /// The matter whose clock it is.
    var matter: UUID?
    /// The search for a home that it belongs to.
    var request: UUID?
    /// What was asked of a landlord.
    var reciprocal: UUID?
    var owner: UUID?
    let due: Date
    var detail = ""
}

/// Something that waits, as a list shows it.
struct WaitingTask: Sendable {
    let id: UUID
    let kind: TaskKind
    let detail: String
    let due: Date
    let caseID: UUID?
    let person: UUID?
    let contact: UUID?
    var transfer: UUID?
    /// The search, or what was asked of a landlord.
    var part: UUID?
    let personName: String?
    let owner: String?

    /// Where it is answered, or the record that it is about.
    var path: String {
        if let transfer { return "/transfers/\(transfer.column)" }
        if kind == .dataCall { return "/team/data/\(id.column)" + (part.map { "?agency=\($0.column)" } ?? "") }
        if !kind.isEndedByPress, caseID == nil, let person {
            return "/people/\(person.column)/\(kind == .maracDecision ? "marac" : "risk")"
        }
        if let caseID, let part { return "/cases/\(caseID.column)\(kind.room)/\(part.column)" }
        if let caseID { return "/cases/\(caseID.column)\(kind.room)" }
        if let contact { return "/contacts/\(contact.column)" }
        return person.map { "/people/\($0.column)" } ?? (kind == .warning ? "/across" : "/")
    }
}

/// Something that waits, as the page of its own case shows it.
struct DueLine: Sendable {
    let id: UUID
    let kind: TaskKind
    let detail: String
    let due: Date
    let owner: String?
}

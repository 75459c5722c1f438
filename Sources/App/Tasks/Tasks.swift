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
    /// What was not asked on the first call, in her own time.
    case askDetails
    /// A partner's front door holds somebody of the same name and date of birth.
    case dutyContact
    /// A high-risk case is closed by two people.
    case closing
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
        case .askDetails: "Ask what is missing"
        case .dutyContact: "Known to a partner"
        case .closing: "Close a case"
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
    let personName: String?
    let owner: String?

    /// Only its own answer ends it, never a press of "Done": a MARAC decision, an assessment, a second person's word.
    var isEndedByItsAnswer: Bool { [.maracDecision, .reassess, .review, .closing].contains(kind) }

    /// Where it is answered, or the record that it is about.
    var path: String {
        if isEndedByItsAnswer, caseID == nil, let person {
            return "/people/\(person.column)/\(kind == .maracDecision ? "marac" : "risk")"
        }
        if let caseID { return "/cases/\(caseID.column)\(kind == .closing ? "/close/confirm" : "")" }
        if let contact { return "/contacts/\(contact.column)" }
        return person.map { "/people/\($0.column)" } ?? "/"
    }
}

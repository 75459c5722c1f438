import Foundation
import Postgres

/// How records come: encoded unless somebody has agreed to more.
enum DataCallKind: String, Choice {
    case encoded, clear
    var label: String {
        switch self {
        case .encoded: "As keyed encodings"
        case .clear: "In the clear"
        }
    }
    var hint: String? {
        switch self {
        case .encoded:
            "Each agency encodes its file on its own machine: no name leaves it. They are personal data all the same"
        case .clear: "Only where an impact assessment and an agreement say so"
        }
    }
}

/// What the partnership's analyst asks agencies for.
struct DataCall: Sendable {
    let id: UUID
    let title: String
    let specification: DataSpecification
    let period: Period
    let due: Day
    let kind: DataCallKind
    /// The impact assessment of records in the clear, and the agreement.
    let assessment: String?
    let agreement: String?
    /// From this day nobody reads what was sent, and it is deleted.
    let keepUntil: Day
    let words: String?
    let closedAt: Date?

    /// For the analyst.
    var path: String { "/data/\(id.column)" }
    /// For the manager of an agency that is asked.
    var ownPath: String { "/team/data/\(id.column)" }
}

/// An agency that a call asks.
struct AskedAgency: Sendable, Equatable {
    let id: UUID
    let name: String
    /// It supplies health care.
    let isHealth: Bool
}

/// How far something that was sent has come.
enum SentState: String, Choice {
    case sending, waiting, reading, received, refused
    var label: String {
        switch self {
        case .sending: "Being sent"
        case .waiting, .reading: "Being read"
        case .received: "Received"
        case .refused: "Could not be used"
        }
    }
}

/// How a supplier of health care applied the national data opt-out.
enum OptOut: String, Choice {
    case notHealth, applied, notApplicable
    var label: String {
        switch self {
        case .notHealth: "Not health care"
        case .applied: "It was applied: records of those who opted out are not in the file"
        case .notApplicable: "It does not apply to this file"
        }
    }
    /// What a supplier of health care may answer.
    static let answers: [OptOut] = [.applied, .notApplicable]
}

/// What an agency sent.
struct DataReturn: Sendable {
    let id: UUID
    let call: UUID
    let callTitle: String
    let agency: UUID
    let agencyName: String
    let number: Int
    let kind: DataCallKind
    let state: SentState
    let optOut: OptOut
    let optOutWords: String?
    let seriesBreak: String?
    let keyID: String?
    let layout: FileLayout?
    let profile: DataProfile?
    let problem: FileProblem?
    let isUTF8: Bool
    let bytes: Int
    let parts: Int
    let rowsDone: Int
    let rowsBad: Int
    let keepUntil: Day
    let at: Date
    let by: String
    let movedAt: Date
    let deletedAt: Date?

    var ownPath: String { "/team/data/returns/\(id.column)" }
    var isUnderWay: Bool { [.sending, .waiting, .reading].contains(state) }
    /// Nothing has come of it for a while: whoever sent it, or the server that read it, went away.
    func isStuck(at now: Date) -> Bool { isUnderWay && movedAt < now.addingTimeInterval(-60) }
}

/// Where one agency stands with a call.
struct CallStanding: Sendable {
    let agency: AskedAgency
    /// The newest first.
    let returns: [DataReturn]

    /// What counts: the last that was received with a row that can be used, also while it is read again; else the
    /// last that was received.
    var current: DataReturn? {
        let received = returns.filter { $0.state == .received || $0.state == .reading && $0.profile != nil }
        return received.first { one in one.profile.map { $0.rows > $0.bad } ?? false } ?? received.first
    }
    var newest: DataReturn? { returns.first }

    /// In a word. What was never sent is never nought.
    var words: String {
        guard let current else {
            guard let newest else { return "No return yet" }
            return newest.state == .refused ? "No return yet: what was sent could not be used" : newest.state.label
        }
        if let newest, newest.isUnderWay, newest.id != current.id {
            return "\(newest.state.label), replaces number \(current.number)"
        }
        if current.isUnderWay { return "Received, and being read again" }
        if let newest, newest.state == .received, newest.id != current.id {
            return "Received; of number \(newest.number) no row can be used"
        }
        return current.rowsBad > 0 ? "Received, with rows set aside" : "Received"
    }

    static func all(_ agencies: [AskedAgency], _ returns: [DataReturn]) -> [CallStanding] {
        agencies.map { agency in
            CallStanding(agency: agency, returns: returns.filter { $0.agency == agency.id })
        }
    }
}

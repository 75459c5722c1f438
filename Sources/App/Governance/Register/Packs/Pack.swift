import Foundation
import Pages
import Postgres

/// Why a piece, or words of it, doesn't leave.
enum PackGround: String, Choice {
    case thirdParty, seriousHarm, childAbuse, crime, privilege, intercept, notAsked
    var label: String {
        switch self {
        case .thirdParty: "It is about somebody else"
        case .seriousHarm: "Serious harm"
        case .childAbuse: "Child abuse data"
        case .crime: "Crime"
        case .privilege: "Legal privilege"
        case .intercept: "It would confirm somebody else’s record"
        case .notAsked: "It is not what was asked for"
        }
    }
    var hint: String? {
        switch self {
        case .thirdParty: "They have not agreed, and it isn’t reasonable to give it without (Schedule 2, paragraph 16)."
        case .seriousHarm: "Likely to cause serious harm to somebody’s body or mind (Schedule 3)."
        case .childAbuse: "Not in the best interests of the child (Schedule 3, paragraph 21)."
        case .crime: "It would get in the way of preventing or finding crime (Schedule 2, paragraph 2)."
        case .privilege: "Advice of a lawyer, or written for a case in court (Schedule 2, paragraph 19)."
        case .intercept: "Neither confirmed nor denied."
        case .notAsked: "A court or the police asked for something else."
        }
    }
}

/// What becomes of a piece.
enum PackDecision: String, Choice {
    case include, redact, leaveOut
    var label: String {
        switch self {
        case .include: "Include it as it is"
        case .redact: "Include it with words taken out"
        case .leaveOut: "Leave it out"
        }
    }
}

/// How a pack goes to whom it is for.
enum PackWay: String, Choice {
    case inPerson, post, secureEmail, portal
    var label: String {
        switch self {
        case .inPerson: "Handed over in person"
        case .post: "By post, signed for"
        case .secureEmail: "By secure email"
        case .portal: "Through their own secure system"
        }
    }
}

/// A piece of what is on record, as it stood when it was gathered. Sealed where it is kept.
struct PackPiece: Codable, Equatable, Sendable {
    struct Found: Codable, Equatable, Sendable {
        let kind: String
        let words: String
        let whose: String?
        /// Never leaves, whoever decides otherwise.
        let mustGo: Bool
    }

    let title: String
    let when: String
    /// What whoever wrote it does, never their name.
    let role: String
    let text: String
    /// What the check of everything that leaves found in it.
    let found: [Found]

    init(title: String, when: String, role: String, text: String, _ search: GateSearch) {
        (self.title, self.when, self.role, self.text) = (title, when, role, text)
        found = search.findings(in: text).map {
            Found(kind: $0.kind.label, words: $0.words, whose: $0.whose, mustGo: $0.mustGo)
        }
    }
}

/// What leaves of a piece, and why not all of it. Sealed.
struct PackLeft: Codable, Equatable, Sendable {
    var text = ""
    var reason = ""
}

/// Whom it went to, and why it came back. Sealed.
struct PackWords: Codable, Equatable, Sendable {
    var recipient = ""
    /// Why the second person sent it back last.
    var sentBack = ""
    var revoked = ""
}

struct PackItem: Sendable {
    let id: UUID
    let number: Int
    let piece: PackPiece
    let decision: PackDecision?
    let ground: PackGround?
    let left: PackLeft
    let by: String
    let decidedAt: Date?
    let version: Int

    var heading: String { "\(piece.title), \(piece.when)" }
    var writtenBy: String { "Written by: \(piece.role.lowercased())" }
}

extension [PackItem] {
    /// What leaves, in its order. What is left out leaves no trace: not even its number.
    var leaving: [PackItem] { filter { $0.decision != nil && $0.decision != .leaveOut } }
}

/// What answers a request for information.
struct Pack: Sendable {
    struct Step: Sendable {
        let at: Date
        let by: String
        let account: UUID
    }
    enum State: String, Sendable {
        case begun, deciding, waits, signed, released, revoked
        var label: String {
            switch self {
            case .begun: "Waits for what is on record"
            case .deciding: "Being decided"
            case .waits: "Waits for a second signature"
            case .signed: "Signed, to be released"
            case .released: "Released"
            case .revoked: "Revoked"
            }
        }
    }

    let id: UUID
    let matter: UUID
    let kind: DataMatterKind
    let number: Int
    let agency: UUID
    let agencyName: String
    let subject: UUID
    let reference: String
    let intercept: Bool
    let begun: Step
    let gathered: Step?
    let prepared: Step?
    let signed: Step?
    let released: Step?
    let revoked: Step?
    let way: PackWay?
    let told: PackWords
    let version: Int
    let items: Int
    let undecided: Int

    var state: State {
        if revoked != nil { return .revoked }
        if released != nil { return .released }
        if signed != nil { return .signed }
        if prepared != nil { return .waits }
        return gathered == nil ? .begun : .deciding
    }
    /// On each of its pages, and in its answer: says nothing of what it holds.
    var label: String { "P-\(id.column.prefix(8).uppercased())" }
    /// On each sheet that leaves, printed or in a file: for whom it is.
    var mark: String { "For \(told.recipient) only. \(label)" }
    /// Whether its pages may be read as they leave.
    var isReadable: Bool { state == .signed || state == .released }
    var href: String { "/packs/\(id.column)" }

    /// The most pieces that one pack holds.
    static let most = 2_000
}

/// What stands above the pieces. The same for everybody of whom it is asked: nobody can tell from it whether anything
/// else is on record.
enum PackLetter {
    static func lines(_ kind: DataMatterKind, isEmpty: Bool) -> [String] {
        guard kind == .access else {
            return [
                "This is what we hold that was asked for and that we may give. It is for the purpose that was stated "
                    + "and for nobody else.",
                "\(ReleaseGate.withheld) stands where words were taken out.",
            ]
        }
        let held = isEmpty
            ? "We hold nothing about you that we have to give you."
            : "This is what we hold about you that we have to give you. \(ReleaseGate.withheld) stands where words "
                + "were taken out because they are about other people, or because the law says so."
        return [
            held,
            "To every request we answer in the same way: we neither confirm nor deny whether we hold anything else, "
                + "about you or about anybody.",
            "If you are not content, tell us; or complain to the Information Commissioner’s Office (ico.org.uk), or go "
                + "to court. You may ask for what is wrong to be put right.",
        ]
    }
}

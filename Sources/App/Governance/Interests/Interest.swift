import Foundation
import Pages

/// Whom a declaration is about.
enum InterestAbout: String, Choice {
    case other, myself
    var label: String {
        switch self {
        case .other: "Somebody you know"
        case .myself: "Yourself"
        }
    }
    var hint: String? {
        switch self {
        case .other: "Family, friends, neighbours, partners and former partners, people you work or worked with."
        case .myself: "A former name, and where and when you could be somebody on record."
        }
    }
}

/// A declaration as whoever made it sees it, and the officer. The number and the postcode are not kept.
struct Interest: Sendable {
    let id: UUID
    let about: InterestAbout
    let name: String
    let born: Day?
    let how: String
    let declaredAt: Date
    let hasPhone: Bool
    let hasPostcode: Bool
}

/// Somebody whom a worker knows, as typed.
struct InterestForm: Equatable, Sendable {
    let about: InterestAbout
    let given: String
    let family: String
    let born: Day?
    let phone: String
    let postcode: String
    let how: String

    init?(_ answers: inout Answers, today: Day) {
        let about = InterestAbout.required("about", "Select whom it is about", in: &answers)
        given = answers.text("given-name", most: 100, name: "First name")
        family = answers.text("family-name", most: 100, name: "Last name")
        if given.isEmpty { answers.refuse("given-name", "Enter a first name") }
        born = answers.day("birth", name: "Date of birth")
        if let born, born > today { answers.refuse("birth", "Date of birth must be in the past") }
        phone = answers.text("phone", most: 40, name: "Telephone number")
        postcode = answers.text("postcode", most: 10, name: "Postcode")
        let how = answers.text("how", most: Self.most, name: "How you know them")
        if about == .other, how.isEmpty { answers.refuse("how", "Enter how you know them") }
        guard let about, answers.errors.isEmpty else { return nil }
        (self.about, self.how) = (about, how.isEmpty ? "Myself" : how)
    }

    /// Characters that the database takes.
    static let most = 1_000
}

/// How sure it is that somebody on record is one whom a worker knows.
enum MatchStrength: String, Choice {
    case strong, weak
    var label: String {
        switch self {
        case .strong: "Strong"
        case .weak: "Weak"
        }
    }
}

/// Where a match stands.
enum MatchState: String, Choice {
    case open, sealed, notSame, ended
    var label: String {
        switch self {
        case .open: "To decide"
        case .sealed: "Sealed"
        case .notSame: "Not the same person"
        case .ended: "Sealing ended"
        }
    }
}

/// A worker and somebody on record, as the data protection officer sees it: what agreed, and nothing of the record.
struct InterestMatch: Sendable {
    let id: UUID
    let worker: String
    /// What they declared; nil where the name of the account matched.
    let interest: Interest?
    let isTakenBack: Bool
    let agency: String
    /// The person on record.
    let subject: UUID
    let strength: MatchStrength
    let agrees: [String]
    let state: MatchState
    let matchedAt: Date
    let isUncovered: Bool
    /// What was decided first, and what ended it: who, when and why.
    let decided: MatchWord?
    let ended: MatchWord?

    /// "name and year of birth"
    var agreesInWords: String {
        let words = agrees.compactMap { Self.words[$0] }
        guard let last = words.last, words.count > 1 else { return words.first ?? "" }
        return words.dropLast().joined(separator: ", ") + " and " + last
    }

    private static let words = [
        "name": "name", "birth": "date of birth", "birthYear": "year of birth", "phone": "telephone number",
        "postcode": "postcode",
    ]
}

/// What an officer decided.
struct MatchWord: Sendable {
    let by: String
    let at: Date
    let reason: String
}

/// What an officer does with a match: of an open one seal it or not, of a sealed one end it.
enum MatchDecision: String, Choice {
    case seal, notSame, end
    var label: String {
        switch self {
        case .seal: "Seal the record from them"
        case .notSame: "Not the same person"
        case .end: "End the sealing"
        }
    }

    /// What may be decided where a match stands so.
    static func open(to state: MatchState) -> [MatchDecision] {
        switch state {
        case .open: [.seal, .notSame]
        case .sealed: [.end]
        case .notSame, .ended: []
        }
    }
}

/// An officer's decision with its reason.
struct MatchDecisionForm: Equatable, Sendable {
    let decision: MatchDecision
    let reason: String

    init?(_ answers: inout Answers, of match: InterestMatch) {
        let offered = MatchDecision.open(to: match.state)
        let decision = MatchDecision(rawValue: answers["decision"]).flatMap { offered.contains($0) ? $0 : nil }
        if decision == nil { answers.refuse("decision", "Select what you decide") }
        reason = answers.text("reason", most: InterestForm.most, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter the reason") }
        guard let decision, answers.errors.isEmpty else { return nil }
        self.decision = decision
    }
}

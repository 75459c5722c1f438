import Foundation
import Pages

/// A legal order or notice that protects somebody, or that a court made around them (domain.md 18).
enum OrderKind: String, Choice {
    case nonMolestation, occupation, dapn, dapo, dvpn, dvpo, stalkingProtection, restraining, bail, licence
    case forcedMarriage, fgm, section91, other
    var label: String {
        switch self {
        case .nonMolestation: "Non-molestation order"
        case .occupation: "Occupation order"
        case .dapn: "Domestic abuse protection notice (DAPN)"
        case .dapo: "Domestic abuse protection order (DAPO)"
        case .dvpn: "Domestic violence protection notice (DVPN)"
        case .dvpo: "Domestic violence protection order (DVPO)"
        case .stalkingProtection: "Stalking protection order"
        case .restraining: "Restraining order"
        case .bail: "Bail conditions"
        case .licence: "Licence conditions"
        case .forcedMarriage: "Forced marriage protection order"
        case .fgm: "Female genital mutilation (FGM) protection order"
        case .section91: "Barring order under section 91(14)"
        case .other: "Another order"
        }
    }
    var hint: String? {
        switch self {
        case .dapn, .dvpn: "From the police. The magistrates hear the order that follows within 48 hours."
        case .dvpo: "14 to 28 days."
        case .stalkingProtection: "Two years or longer, unless it is an interim one."
        case .restraining: "From a criminal court, on conviction or acquittal."
        case .section91: "No further applications about the children without the court’s leave."
        case .other: "Say which below, with its conditions."
        default: nil
        }
    }
}

/// Who asked for it.
enum OrderApplicant: String, Choice {
    case person, police, thirdParty, court
    var label: String {
        switch self {
        case .person: "The person themselves"
        case .police: "The police"
        case .thirdParty: "Somebody else, such as a local authority"
        case .court: "The court itself, or the prosecution"
        }
    }
}

/// Whether it was served on whoever it binds. Until it is, it can't be enforced.
enum OrderService: String, Choice {
    case served, notServed, notKnown
    var label: String {
        switch self {
        case .served: "Served"
        case .notServed: "Not served"
        case .notKnown: "Not known if served"
        }
    }
    var hint: String? { self == .notServed ? "Until it is, it can’t be enforced." : nil }
    var colour: GovUK.TagColour {
        switch self {
        case .served: .green
        case .notServed: .red
        case .notKnown: .yellow
        }
    }
}

/// From when and until when an order holds.
struct OrderTerm: Equatable, Sendable {
    let from: Day
    /// The last day; nil: until further order.
    let until: Day?

    /// How many days before its end an order is warned about.
    static let warning = 28

    /// How it stands on a day.
    enum State: Equatable, Sendable {
        case notYet, inForce, endsSoon, ended
    }

    func state(on today: Day) -> State {
        if let until, until < today { return .ended }
        if let until, until <= today.adding(Self.warning) { return .endsSoon }
        return from > today ? .notYet : .inForce
    }

    /// "Ended 3 May 2026", "Ends 3 May 2026".
    func tag(on today: Day) -> (words: String, colour: GovUK.TagColour) {
        let end = until.map(\.description) ?? ""
        return switch state(on: today) {
        case .notYet: ("In force from \(from)", .blue)
        case .inForce: ("In force", .green)
        case .endsSoon: ("Ends \(end)", .orange)
        case .ended: ("Ended \(end)", .grey)
        }
    }
}

/// What holds of an order: all that may change about it.
struct OrderTerms: Equatable, Sendable {
    let applicant: OrderApplicant
    let court: String
    let madeOn: Day
    let service: OrderService
    /// Nil where it isn't served, or nobody knows.
    let servedOn: Day?
    let term: OrderTerm
    let conditions: String

    /// Characters that the conditions may have, and a court's name.
    static let most = (conditions: 4_000, court: 200)

    /// `isOther`: of an order that has no name on our list, the conditions say which it is.
    init?(_ answers: inout Answers, isOther: Bool, today: Day) {
        let applicant = OrderApplicant.required("applicant", "Select who asked for it", in: &answers)
        court = answers.text("court", most: Self.most.court, name: "Court or police force")
        let made = answers.pastDay(
            "made", name: "Day it was made", missing: "Enter the day on which it was made", today: today)
        let service = OrderService.required("service", "Select whether it has been served", in: &answers)
        servedOn = Self.served(&answers, service, made: made, today: today)
        let term = made.flatMap { OrderTerm(&answers, made: $0) }
        conditions = answers.text("conditions", most: Self.most.conditions, name: "Conditions")
        if isOther, conditions.isEmpty { answers.refuse("conditions", "Enter which order it is, and its conditions") }
        guard let applicant, let made, let service, let term, answers.errors.isEmpty else { return nil }
        (self.applicant, madeOn, self.service, self.term) = (applicant, made, service, term)
    }

    init(
        applicant: OrderApplicant, court: String, madeOn: Day, service: OrderService, servedOn: Day?, term: OrderTerm,
        conditions: String
    ) {
        (self.applicant, self.court, self.madeOn, self.service) = (applicant, court, madeOn, service)
        (self.servedOn, self.term, self.conditions) = (servedOn, term, conditions)
    }

    private static func served(
        _ answers: inout Answers, _ service: OrderService?, made: Day?, today: Day
    ) -> Day? {
        let name = "Day it was served"
        guard service == .served else {
            if answers.day("served", name: name) != nil, service != nil {
                answers.refuse("served", "Leave the day empty, or select that it has been served")
            }
            return nil
        }
        let day = answers.pastDay("served", name: name, missing: "Enter the day on which it was served", today: today)
        if let day, let made, day < made {
            answers.refuse("served", "\(name) must be \(made) or later: it was made then")
        }
        return day
    }

    /// The form as it opens for a change: what holds now.
    func answers(version: Int) -> Answers {
        var answers = Answers(["version": [String(version)]])
        answers.set("applicant", applicant.rawValue)
        answers.set("court", court)
        answers.setDay("made", madeOn)
        answers.set("service", service.rawValue)
        if let servedOn { answers.setDay("served", servedOn) }
        answers.setDay("from", term.from)
        answers.set("lasts", term.until == nil ? "furtherOrder" : "day")
        if let until = term.until { answers.setDay("until", until) }
        answers.set("conditions", conditions)
        return answers
    }
}

extension OrderTerm {
    /// Nil, with what is wrong said beside its field.
    fileprivate init?(_ answers: inout Answers, made: Day) {
        let said = answers.day("from", name: "First day")
        let from = said ?? (answers.error(for: "from") == nil ? made : nil)
        if let from, from < made {
            answers.refuse("from", "First day must be \(made) or later: it was made then")
        }
        let until = answers.day("until", name: "Last day")
        switch answers["lasts"] {
        case "day":
            if until == nil { answers.refuse("until", "Enter the last day on which it holds") }
            if let until, let from, until < from {
                answers.refuse("until", "Last day must be on or after the first, \(from)")
            }
        case "furtherOrder":
            if until != nil { answers.refuse("until", "Leave the day empty, or select that it ends on a day") }
        default: answers.refuse("lasts", "Select how long it holds")
        }
        guard let from, !answers.areRefused else { return nil }
        (self.from, self.until) = (from, until)
    }
}

/// What somebody recorded of an order: once for each change.
struct OrderChange: Sendable {
    let version: Int
    let terms: OrderTerms
    let recordedAt: Date
    let by: String
}

/// An order of a case, with all that was said of it and every breach.
struct LegalOrder: Sendable {
    let id: UUID
    let kind: OrderKind
    /// What holds.
    let now: OrderChange
    /// What held before, newest first.
    var earlier: [OrderChange]
    /// Newest first.
    var breaches: [OrderBreach] = []

    /// "Non-molestation order, made 3 May 2026": tells two of a kind apart.
    var name: String { "\(kind.label), made \(now.terms.madeOn)" }
}

/// An order that is recorded for the first time.
struct OrderForm: Equatable, Sendable {
    let kind: OrderKind
    let terms: OrderTerms

    init?(_ answers: inout Answers, today: Day) {
        let kind = OrderKind.required("kind", "Select what kind of order it is", in: &answers)
        let terms = OrderTerms(&answers, isOther: kind == .other, today: today)
        guard let kind, let terms else { return nil }
        (self.kind, self.terms) = (kind, terms)
    }
}

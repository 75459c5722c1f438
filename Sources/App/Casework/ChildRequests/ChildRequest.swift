import Foundation
import Pages

/// Who asks for information about a child, as they say.
enum RequestAsker: String, Choice {
    case parent, child, relative, solicitor, school, professional, other
    var label: String {
        switch self {
        case .parent: "Says they are a parent"
        case .child: "Says they are the child"
        case .relative: "Says they are a relative"
        case .solicitor: "A solicitor, for somebody"
        case .school: "A school or other setting"
        case .professional: "Another professional"
        case .other: "Somebody else"
        }
    }
}

/// How a request was decided.
enum RequestOutcome: String, Choice {
    case disclosed, partly, refused, notConfirmed, takenBack, mistake
    var label: String {
        switch self {
        case .disclosed: "Given what they asked for"
        case .partly: "Given a part of it"
        case .refused: "Refused"
        case .notConfirmed: "Answered that nothing is confirmed or denied"
        case .takenBack: "The request was taken back"
        case .mistake: "Recorded by mistake"
        }
    }
    var hint: String? {
        self == .notConfirmed ? "What an alleged perpetrator is told, whether or not there is a record." : nil
    }

    /// Whether anything of the record leaves.
    var gives: Bool { self == .disclosed || self == .partly }
}

/// Whether whoever asks is entitled to anything: found out for each request, never from what they say of themselves.
enum RequestEntitlement: String, Choice {
    case responsibility, child, childAgrees, court, nobody, notKnown
    var label: String {
        switch self {
        case .responsibility: "Yes: a parent with responsibility, which was checked"
        case .child: "Yes: the child, who understands what they ask for"
        case .childAgrees: "Yes: the child, who understands it, agrees to their asking"
        case .court: "Yes: by a court’s order, or by law"
        case .nobody: "No"
        case .notKnown: "Not known"
        }
    }
    var entitles: Bool { self != .nobody && self != .notKnown }
}

/// What the child says to it.
enum RequestChildView: String, Choice {
    case wants, doesNotWant, notAsked, tooYoung
    var label: String {
        switch self {
        case .wants: "Agrees"
        case .doesNotWant: "Doesn’t want it"
        case .notAsked: "Not asked: say why below"
        case .tooYoung: "Too young to be asked"
        }
    }
}

/// How a request was decided, by whom and why.
struct RequestDecision: Sendable {
    let outcome: RequestOutcome
    let entitled: RequestEntitlement
    let childView: RequestChildView
    let reason: String
    let at: Date
    let by: String
}

/// Somebody asked for information about a child.
struct ChildRequest: Sendable {
    let id: UUID
    let agency: String
    /// The child on record; nil while nobody has found who is meant, or where nobody is.
    let child: UUID?
    /// Nil too where the reader may not see the child.
    let childName: String?
    let asker: RequestAsker
    let askerName: String
    let replyTo: String
    /// The child's name as they gave it.
    let about: String
    let what: String
    let received: Day
    let due: Day
    let recordedBy: UUID
    let recordedByName: String
    let decision: RequestDecision?

    /// Within a month; where that month has no such day, by its last (UK GDPR, article 12(3)).
    static func due(_ received: Day) -> Day { received.months(ahead: 1) }
}

/// A request as it is put down by whoever took it.
struct ChildRequestForm: Equatable, Sendable {
    let asker: RequestAsker
    let askerName: String
    let replyTo: String
    let about: String
    let what: String
    let received: Day

    init?(_ answers: inout Answers, today: Day) {
        let asker = RequestAsker.required("asker", "Select who asks", in: &answers)
        askerName = answers.text("asker-name", most: 200, name: "Their name")
        if askerName.isEmpty { answers.refuse("asker-name", "Enter their name, or that they gave none") }
        replyTo = answers.text("reply-to", most: 500, name: "Where the answer goes")
        about = answers.text("about", most: 200, name: "The child’s name")
        if about.isEmpty { answers.refuse("about", "Enter the child’s name as they gave it") }
        what = answers.text("what", most: 2_000, name: "What they asked for")
        if what.isEmpty { answers.refuse("what", "Enter what they asked for") }
        let received = answers.pastDay(
            "received", name: "The day", missing: "Enter the day on which they asked", today: today)
        guard let asker, let received, answers.errors.isEmpty else { return nil }
        (self.asker, self.received) = (asker, received)
    }
}

/// What somebody decides on a request.
struct RequestDecisionForm: Equatable, Sendable {
    let outcome: RequestOutcome
    let entitled: RequestEntitlement
    let childView: RequestChildView
    let reason: String

    init?(_ answers: inout Answers, on request: ChildRequest) {
        let outcome = RequestOutcome.required("outcome", "Select what you decide", in: &answers)
        let entitled = RequestEntitlement.required("entitled", "Select whether they are entitled", in: &answers)
        let childView = RequestChildView.required("child-view", "Select what the child says", in: &answers)
        reason = answers.text("reason", most: 2_000, name: "The reason")
        if reason.isEmpty { answers.refuse("reason", "Enter the reason") }
        if let outcome, outcome.gives {
            if let entitled, !entitled.entitles {
                answers.refuse(
                    "entitled", "Select why they are entitled, or decide otherwise: without it nothing is given")
            }
            if request.child == nil {
                answers.refuse("outcome", "Nobody has found which child is meant, so nothing can be given")
            }
        }
        guard let outcome, let entitled, let childView, answers.errors.isEmpty else { return nil }
        (self.outcome, self.entitled, self.childView) = (outcome, entitled, childView)
    }
}

import Foundation

/// A case, worked out in full and not yet written.
struct DemoCase: Sendable {
    let id: UUID
    /// Names its streams of chance.
    let key: Int
    var harmed: DemoPerson
    /// True when this case is the reason that the person is on record.
    var harmedIsNew = true
    var harming: DemoPerson?
    var harmingIsNew = true
    /// False when an earlier case of the same two has recorded it.
    var relationshipIsNew = true
    /// The twin, harmed by the same person, who has no case.
    var twin: DemoPerson?
    var tie: DemoTie
    var traits: DemoTraits
    var words: DemoWords
    var opened: DemoMoment
    var closed: DemoMoment?
    var isUnreached = false
    /// Index of the worker; nil while nobody has been given the case.
    var worker: Int?
    /// When it was given.
    var allocated: DemoMoment?
    var isRestricted = false
    var opener: DemoContact
    var later: [DemoContact] = []
    var assessments: [DemoAssessment] = []
    var attempts: [DemoAttempt] = []
    /// Notes that were written for this case; others are made up to its share.
    var notes: [(at: DemoMoment, text: String)] = []
    var reference = ""
    /// The name of the agency to which it has moved.
    var movedTo: String?
    /// The agency with which the case is shared, and until when.
    var share: (agency: Int, ends: DemoMoment)?

    /// The agency's index.
    var agency: Int { harmed.agency }
    /// When the person was first spoken to.
    var firstContact: DemoMoment? { attempts.first(where: \.isContact)?.at }
    /// When risk was graded high, or medium with judgement, before anybody had spoken with the person.
    var clockStarted: DemoMoment? {
        assessments.first { assessment in
            let (level, basis) = (RiskLevel(rawValue: assessment.level), RiskBasis(rawValue: assessment.basis))
            guard let level, let basis, level.startsClock(by: [basis]) else { return false }
            return firstContact.map { assessment.at <= $0 } ?? true
        }?.at
    }
    /// 48 clock hours after that (report of 2016/17 to scrutiny).
    var firstContactDue: DemoMoment? { clockStarted.map { $0 + 48 * 3_600 } }

    /// No safe time to ring falls within the 48 hours, by the answer that holds.
    var hasNoSafeTime: Bool {
        guard let start = clockStarted, let due = firstContactDue, firstContact.map({ $0 >= due }) ?? true,
            let answer = harmed.safeContacts.last(where: { $0.askedAt <= due }) else { return false }
        let until = answer.holdsUntil.map(\.civil).flatMap { Day(year: $0.year, month: $0.month, day: $0.day) }
        let contact = SafeContact(
            id: .zero, person: harmed.id, rule: answer.rule, holdsUntil: until, askedAt: answer.askedAt.date)
        return !contact.hasSafeTime(from: start.date, until: due.date)
    }
}

/// Something that came through the front door.
struct DemoContact: Sendable {
    let id: UUID
    var channel: String
    var caller: String
    var at: DemoMoment
    /// Index of the colleague who recorded it.
    var by: Int
    /// safe to talk, other person nearby, children present, injured, weapon, suicidal.
    var answers = ["notAsked", "notAsked", "notAsked", "notAsked", "notAsked", "notAsked"]
    var reason: String
    var advice = ""
    var outcome: String
    var promised = ""
}

/// One risk assessment.
struct DemoAssessment: Sendable {
    let id: UUID
    var dash: DemoDash
    var level: String
    /// "score", "judgement" or "escalation".
    var basis: String
    var rationale = ""
    var at: DemoMoment
    /// Index of the colleague.
    var by: Int
    /// Done during the contact that opened the case.
    var isFirst: Bool
}

/// One attempt to reach the person.
struct DemoAttempt: Sendable {
    let id: UUID
    var channel: String
    var outcome: String
    var at: DemoMoment
    /// "allowed", "firstSafeCall" or "overridden".
    var rule: String
    var reason = ""
    var note: String
    /// Index of the colleague.
    var by: Int

    /// She was reached.
    var isContact: Bool { AttemptOutcome(rawValue: outcome)?.isContact ?? false }
}

import Foundation
import Pages
import Postgres

/// What is asked of a unit for a household: for how long it is held, and why although it is not for them.
struct UnitHoldForm: Equatable, Sendable {
    /// For so many hours.
    let hours: Int
    let although: String

    /// Usually a day; a night where somebody else waits for it.
    static let choices = [24, 2, 6, 12, 48, 72]

    init?(_ answers: inout Answers, isAgainst: Bool) {
        let hours = Int(answers["hours"]).flatMap { Self.choices.contains($0) ? $0 : nil }
        if hours == nil { answers.refuse("hours", "Select for how long it is held") }
        although = answers.text("although", most: 300, name: "Why")
        if isAgainst, although.isEmpty {
            answers.refuse("although", "Enter why you ask although the program says that it is not for them")
        }
        guard let hours, answers.errors.isEmpty else { return nil }
        self.hours = hours
    }
}

/// Somebody outside the partnership who was asked.
struct ElsewhereForm: Equatable, Sendable {
    let askedOf: String
    let reference: String
    let askedAt: Date

    init?(_ answers: inout Answers, for request: HousingRequest, now: Date) {
        askedOf = answers.text("whom", most: 120, name: "Whom you asked")
        if askedOf.isEmpty { answers.refuse("whom", "Enter whom you asked") }
        reference = answers.text("reference", most: 60, name: "The reference")
        let moment = Self.moment(&answers, since: request.recordedAt, now: now)
        guard let moment, answers.errors.isEmpty else { return nil }
        askedAt = moment
    }

    /// By night it is put down later than it was asked; empty: just now. No search is older than itself.
    private static func moment(_ answers: inout Answers, since begun: Date, now: Date) -> Date? {
        let day = answers.day("called", name: "The day")
        let typed = answers["called-time"].trimmingCharacters(in: .whitespaces)
        if day == nil, typed.isEmpty { return answers.error(for: "called") == nil ? now : nil }
        guard let minute = Clock.minute(typed) else {
            answers.refuse("called-time", "Enter the time at which you asked, like 3:15am or 14:00")
            return nil
        }
        guard let moment = London.moment(day ?? London.day(of: now), minute: minute), moment <= now else {
            answers.refuse("called-time", "The time must be in the past")
            return nil
        }
        guard moment.addingTimeInterval(86_400) > begun else {
            answers.refuse("called", "The search began on \(London.day(of: begun)): enter a later day")
            return nil
        }
        return moment
    }
}

/// What came of it.
struct AnswerForm: Equatable, Sendable {
    let state: OfferState
    let reasons: [HousingReason]
    let main: HousingReason?
    let words: String
    let movedIn: Day?

    /// What may come next of one that waits. Who is asked can't know whether the household still wants it; and whoever
    /// is placed by now is placed nowhere else.
    static func answers(
        to offer: HousingOffer, for request: HousingRequest, byAsker: Bool, at now: Date
    ) -> [OfferState] {
        let told: [OfferState] = [.refusedByService, .noContact]
        let asker: [OfferState] = byAsker ? [.declinedByClient, .withdrawn] : []
        let yes: [OfferState] = switch offer.state(at: now) {
        case .asked, .accepted: [.placed]
        // Late is better than never, if nobody else has it by now.
        case .held, .ranOut: [.accepted, .placed]
        default: []
        }
        return offer.recorded.waits ? (request.isOpen ? yes : []) + told + asker : []
    }

    init?(
        _ answers: inout Answers, to offer: HousingOffer, for request: HousingRequest, byAsker: Bool, now: Date,
        today: Day
    ) {
        let state = OfferState.required("state", "Select what came of it", in: &answers)
        if let state, !Self.answers(to: offer, for: request, byAsker: byAsker, at: now).contains(state) {
            let stands = offer.state(at: now).label
            answers.refuse("state", "It stands at “\(stands)” now. Select something that may follow")
        }
        let given = GivenReasons(&answers, for: state)
        words = answers.text("words", most: 500, name: "What else")
        movedIn = state != .placed ? nil
            : answers.pastDay("moved", name: "The day", missing: "Enter the day on which they moved in", today: today)
        guard let state, answers.errors.isEmpty else { return nil }
        (self.state, self.reasons, self.main) = (state, given.all, given.main)
    }
}

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

    init?(_ answers: inout Answers) {
        askedOf = answers.text("whom", most: 120, name: "Whom you asked")
        if askedOf.isEmpty { answers.refuse("whom", "Enter whom you asked") }
        reference = answers.text("reference", most: 60, name: "The reference")
        guard answers.errors.isEmpty else { return nil }
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
        reasons = HousingReason.allCases.filter { answers.all("reasons").contains($0.rawValue) }
        let chosen = HousingReason(rawValue: answers["main"])
        let main = reasons.count == 1 ? reasons.first : chosen
        if reasons.count > 1, main.map(reasons.contains) != true {
            answers.refuse("main", "Select which of these reasons weighs most")
        }
        Self.check(state, reasons, main, &answers)
        words = answers.text("words", most: 500, name: "What else")
        movedIn = state != .placed ? nil
            : answers.pastDay("moved", name: "The day", missing: "Enter the day on which they moved in", today: today)
        guard let state, answers.errors.isEmpty else { return nil }
        let gives = [.accepted, .placed].contains(state)
        (self.state, self.main) = (state, gives ? nil : main)
        if gives, !reasons.isEmpty {
            answers.refuse("reasons", "Reasons are for a no. Take them away, or select what came of it again")
            return nil
        }
    }

    /// A refusal has a reason of the service's, and that weighs most; the household's no has one of theirs.
    private static func check(
        _ state: OfferState?, _ reasons: [HousingReason], _ main: HousingReason?, _ answers: inout Answers
    ) {
        let side: HousingReason.Side? = switch state {
        case .refusedByService: .service
        case .declinedByClient: .client
        default: nil
        }
        guard let side else { return }
        if reasons.isEmpty {
            answers.refuse("reasons", "Select why: at least one reason")
        } else if let main, main.side != side, main.side != .neither {
            let field = reasons.count == 1 ? "reasons" : "main"
            answers.refuse(field, side == .service
                ? "Where the service says no, a reason of the service weighs most"
                : "Where they say no, a reason of theirs weighs most")
        }
    }
}

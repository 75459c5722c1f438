import Foundation
import Pages
import Postgres

/// What another landlord is asked.
struct ReciprocalForm: Equatable, Sendable {
    let receiving: UUID
    let giving: UUID
    let bedrooms: Int
    let tenancy: Tenancy
    let excluded: String
    let askedOn: Day
    let answerBy: Day
    let givingName: String

    /// `one`: what is corrected. Once a home is offered, it is one of theirs: who asks whom stays.
    init?(_ answers: inout Answers, landlords: [Landlord], correcting one: Reciprocal? = nil, today: Day) {
        if let one, one.state != .asked {
            answers.set("receiving", one.receiving.id.column)
            answers.set("giving", one.giving.id.column)
        }
        let may = landlords.filter { $0.endedOn == nil || [one?.receiving.id, one?.giving.id].contains($0.id) }
        let receiving = may.first { $0.id.column == answers["receiving"] }
        if receiving == nil { answers.refuse("receiving", "Select whose tenant they are") }
        let giving = may.first { $0.id.column == answers["giving"] }
        if giving == nil { answers.refuse("giving", "Select which landlord is asked") }
        if let giving, giving == receiving { answers.refuse("giving", "Select another landlord than their own") }
        let bedrooms = answers.number("bedrooms", 0...9, "Enter how many bedrooms they have, from 0 to 9")
        let tenancy = Tenancy.required("tenancy", "Select what tenancy they hold", in: &answers)
        excluded = answers.text("excluded", most: 500, name: "Where they must not be housed")
        let asked = answers.pastDay("asked", name: "The day", missing: "Enter the day on which it was asked",
                                    today: today)
        if let asked, let offer = one?.offer, asked > offer.on {
            answers.refuse("asked", "The day must be \(offer.on) or earlier: a home was offered then")
        }
        let answer = Self.answerDay(&answers, asked: asked)
        guard let receiving, let giving, let bedrooms, let tenancy, let asked, answers.errors.isEmpty
        else { return nil }
        (self.receiving, self.giving, self.bedrooms) = (receiving.id, giving.id, bedrooms)
        (self.tenancy, askedOn, givingName) = (tenancy, asked, giving.name)
        answerBy = answer ?? WorkingDays.after(asked, Reciprocal.answerDays)
    }

    private static func answerDay(_ answers: inout Answers, asked: Day?) -> Day? {
        let answer = answers.day("answer", name: "The day of the answer")
        guard let answer, let asked else { return answer }
        if answer < asked { answers.refuse("answer", "The day of the answer must be \(asked) or later") }
        if answer > asked.adding(180) {
            answers.refuse("answer", "The day of the answer must be within half a year of asking")
        }
        return answer
    }
}

/// What became of it next.
struct ReciprocalStepForm: Equatable, Sendable {
    let state: ReciprocalState
    let day: Day
    /// Of an offer.
    let offer: ReciprocalOffer?
    let because: ReciprocalReason?
    let words: String

    /// `isCurrent`: nothing was put down since the form was opened; else what may follow is not asked here.
    init?(_ answers: inout Answers, of one: Reciprocal, isCurrent: Bool, today: Day) {
        let state = ReciprocalState.required("state", "Select what became of it", in: &answers)
        if let state, isCurrent, !one.state.following.contains(state) {
            answers.refuse("state", "It stands at “\(one.state.label)” now. Select something that may follow")
        }
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day on which it was", today: today)
        if let day, day < one.last {
            answers.refuse("day", "The day must be \(one.last) or later: it stands so since then")
        }
        offer = state == .offered ? Self.offer(&answers, day) : nil
        because = state == .refused
            ? ReciprocalReason.required("because", "Select why it was refused", in: &answers) : nil
        if state != .refused, !answers["because"].isEmpty {
            answers.refuse("because", "Leave this open, or select that it was refused")
        }
        if state == .accepted, isCurrent, one.losesLife, answers["knows"] != "yes" {
            answers.refuse("knows", "Tell them that they would lose a tenancy for life, and that they may say no")
        }
        words = answers.text("words", most: 1_000, name: "What else")
        guard let state, let day, answers.errors.isEmpty else { return nil }
        (self.state, self.day) = (state, day)
    }

    private static func offer(_ answers: inout Answers, _ day: Day?) -> ReciprocalOffer? {
        let bedrooms = answers.number("bedrooms", 0...9, "Enter how many bedrooms the home has, from 0 to 9")
        let tenancy = Tenancy.required("tenancy", "Select which tenancy is offered", in: &answers)
        guard let bedrooms, let tenancy, let day else { return nil }
        return ReciprocalOffer(on: day, bedrooms: bedrooms, tenancy: tenancy)
    }
}

import Foundation
import Pages
import Postgres

/// Puts somebody on the waiting list of a programme.
struct PlaceForm: Equatable, Sendable {
    let programme: Programme
    let source: PlaceSource
    let referredOn: Day
    let words: String
    /// Of a behaviour programme: whom it is about, for whoever arranges support for the partner.
    let told: WallTold?

    static func == (one: PlaceForm, other: PlaceForm) -> Bool {
        one.programme.id == other.programme.id && one.source == other.source && one.referredOn == other.referredOn
            && one.words == other.words && one.told == other.told
    }

    static let neverForTwo = """
        Couple work and Reducing Parental Conflict are never offered where abuse is recorded: neither of them would \
        be free to speak. Choose work with one of them alone
        """

    /// `hasAbuse`: anything of abuse is on record about the person.
    init?(_ answers: inout Answers, programmes: [Programme], hasAbuse: Bool, person: WallPerson, today: Day) {
        let programme = programmes.first { $0.id.column == answers["programme"] }
        if programme == nil { answers.refuse("programme", "Select a programme") }
        if let programme, programme.kind.isForTwo, hasAbuse { answers.refuse("programme", Self.neverForTwo) }
        let source = PlaceSource.required("source", "Select how they came to it", in: &answers)
        let day = answers.pastDay(
            "referred", name: "The day", missing: "Enter the day from which they wait", today: today)
        words = answers.text("words", most: 2_000, name: "Why")
        let partner = answers.text("partner", most: 500, name: "The partner")
        told = programme?.kind.isIntegrated == true ? WallTold(person: person, partner: partner) : nil
        if programme?.kind.isIntegrated == true, partner.isEmpty {
            answers.refuse("partner", "Enter whom they named as their partner or former partners, or “named nobody”")
        }
        guard let programme, let source, let day, answers.errors.isEmpty else { return nil }
        (self.programme, self.source, referredOn) = (programme, source, day)
    }
}

/// What is said next of a place.
struct StepForm: Equatable, Sendable {
    let step: PlaceStep
    let reasons: [StepReason]
    let day: Day
    let group: UUID?
    let words: String

    /// Support for the partner isn't arranged yet.
    static let supportFirst = """
        Nobody starts before support for the partner is arranged. It is asked for; you will see here when it is
        """
    /// The one refusal of every group that has no place, whatever the reason.
    static let noPlace = "There is no place in this group for them. Choose another group, or let them wait"

    /// `groups`: those that are open. `isSupported`: what came back across the wall, of a programme that asks for it.
    /// `isCurrent`: nothing was said since the form was opened; else what may follow is not asked here.
    init?(
        _ answers: inout Answers, of place: ProgrammePlace, groups: [ProgrammeGroup], isSupported: Bool,
        isCurrent: Bool, today: Day
    ) {
        let step = PlaceStep.required("step", "Select what happened", in: &answers)
        if let step, isCurrent, !place.state.steps.contains(step) {
            answers.refuse("step", "Their place is “\(place.state.label)” now. Select something that may follow")
        }
        if step == .started, isCurrent, place.programme.kind.isIntegrated, !isSupported {
            answers.refuse("step", Self.supportFirst)
        }
        let chosen = answers.all("reasons").compactMap(StepReason.init(rawValue:))
        reasons = StepReason.allCases.filter { chosen.contains($0) && step?.reasons.contains($0) == true }
        if let step, step.asksWhy, reasons.isEmpty { answers.refuse("reasons", "Select why") }
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day on which it was", today: today)
        if let day, day < place.referredOn {
            answers.refuse("day", "The day must be \(place.referredOn) or later: they wait since then")
        }
        let group = groups.first { $0.id.column == answers["group"] }?.id
        if let step, step.choosesGroup, !groups.isEmpty, group == nil { answers.refuse("group", "Select a group") }
        if step == .moved, isCurrent, group != nil, group == place.group {
            answers.refuse("group", "They are in this group already")
        }
        if step == .moved, groups.isEmpty { answers.refuse("step", "The programme has no other group") }
        self.group = step?.choosesGroup == true ? group : nil
        words = answers.text("words", most: 2_000, name: "Note")
        if step?.asksWords == true, words.isEmpty { answers.refuse("words", "Enter what was wrong") }
        if reasons.contains(.other), words.isEmpty { answers.refuse("words", "Enter which other reason it is") }
        guard let step, let day, answers.errors.isEmpty else { return nil }
        (self.step, self.day) = (step, day)
    }
}

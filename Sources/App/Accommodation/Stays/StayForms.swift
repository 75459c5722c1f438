import Foundation
import Pages
import Postgres

extension Answers {
    /// A day of a stay's plan, which may be left empty.
    fileprivate mutating func plannedDay(_ field: String, name: String, from first: Day, today: Day) -> Day? {
        let day = day(field, name: name)
        if let day, day < first { refuse(field, "\(name) must be \(first) or later") }
        if let day, day > today.adding(3 * 366) { refuse(field, "\(name) must be within three years") }
        return day
    }

    /// A day that has been, while they lived there.
    fileprivate mutating func dayOfStay(_ field: String, _ stay: Stay, missing: String, today: Day) -> Day? {
        let day = pastDay(field, name: "The day", missing: missing, today: today)
        if let day, day < stay.from { refuse(field, "The day must be \(stay.from) or later: they moved in then") }
        if let day, let until = stay.until, day > until {
            refuse(field, "The day must be \(until) or earlier: they moved out then")
        }
        return day
    }
}

/// The support plan and the move-on plan.
struct StayPlanForm: Equatable, Sendable {
    let planOn: Day?
    let expectedUntil: Day?
    let reviewOn: Day?
    let wants: LeftTo?
    let movesOn: Day?

    init?(_ answers: inout Answers, of stay: Stay, today: Day) {
        planOn = answers.plannedDay("plan", name: "The day of the support plan", from: stay.from, today: today)
        if let planOn, planOn > today {
            answers.refuse("plan", "The day of the support plan must be today or in the past")
        }
        expectedUntil = answers.plannedDay("expected", name: "The expected end", from: stay.from, today: today)
        reviewOn = answers.plannedDay("review", name: "The next review", from: stay.from, today: today)
        wants = LeftTo(rawValue: answers["wants"])
        movesOn = answers.plannedDay("moves", name: "The planned move", from: stay.from, today: today)
        guard answers.errors.isEmpty else { return nil }
    }

    /// The form as it opens on what is recorded.
    static func answers(from stay: Stay) -> Answers {
        var answers = Answers(["version": [String(stay.version)]])
        let course = stay.course
        for (field, day) in [
            ("plan", course.planOn), ("expected", course.expectedUntil), ("review", course.reviewOn),
            ("moves", course.movesOn),
        ] { if let day { answers.setDay(field, day) } }
        answers.set("wants", course.wants?.rawValue ?? "")
        return answers
    }
}

/// Support that was given on a day to one of the household.
struct StaySupportForm: Equatable, Sendable {
    let kinds: [StaySupportKind]
    let member: Int
    let day: Day
    let by: UUID

    init?(_ answers: inout Answers, of stay: Stay, workers: [StayWorker], today: Day) {
        let chosen = answers.all("kinds").compactMap(StaySupportKind.init(rawValue:))
        kinds = StaySupportKind.allCases.filter(chosen.contains)
        if kinds.isEmpty { answers.refuse("kinds", "Select at least one kind of support") }
        let member = answers.number("member", 0...stay.household.children, "Select for whom it was")
        let day = answers.dayOfStay("day", stay, missing: "Enter the day on which it was given", today: today)
        let by = workers.first { $0.id.column == answers["by"] }?.id
        if by == nil { answers.refuse("by", "Select who gave it") }
        guard let member, let day, let by, answers.errors.isEmpty else { return nil }
        (self.member, self.day, self.by) = (member, day, by)
    }
}

/// What is in place for one of the household.
struct StayServicesForm: Equatable, Sendable {
    let member: Int
    let states: [StayService: StayServiceState]
    let day: Day

    init?(_ answers: inout Answers, of stay: Stay, today: Day) {
        let member = answers.number("member", 0...stay.household.children, "Select for whom it is")
        var states: [StayService: StayServiceState] = [:]
        for service in StayService.allCases {
            guard let state = StayServiceState(rawValue: answers[service.rawValue]) else { continue }
            states[service] = state
            if member == 0, service.isChilds {
                answers.refuse(service.rawValue, "Leave this open: it is for a child. Select which child")
            }
        }
        self.states = states
        if states.isEmpty { answers.refuse("gp", "Select how at least one thing stands") }
        let day = answers.dayOfStay("day", stay, missing: "Enter the day on which it stood like this", today: today)
        guard let member, let day, answers.errors.isEmpty else { return nil }
        (self.member, self.day) = (member, day)
    }
}

/// A review, and what it decided.
struct StayReviewForm: Equatable, Sendable {
    let day: Day
    let decision: StayDecision
    let until: Day?
    let next: Day?

    init?(_ answers: inout Answers, of stay: Stay, today: Day) {
        let day = answers.dayOfStay("day", stay, missing: "Enter the day on which it was held", today: today)
        let decision = StayDecision.required("decision", "Select what was decided", in: &answers)
        let first = day ?? stay.from
        until = answers.plannedDay("until", name: "The new end", from: first, today: today)
        next = answers.plannedDay("next", name: "The next review", from: first.adding(1), today: today)
        if decision == .extended, until == nil { answers.refuse("until", "Enter until when it is extended") }
        if let decision, decision != .extended, until != nil {
            answers.refuse("until", "Leave this empty, or select that the stay is extended")
        }
        if let decision, decision != .moveOn, next == nil {
            answers.refuse("next", "Enter when the next review is to be held")
        }
        guard let day, let decision, answers.errors.isEmpty else { return nil }
        (self.day, self.decision) = (day, decision)
    }
}

/// A move to another unit of the same provider.
struct StayTransferForm: Equatable, Sendable {
    let unit: UUID
    let day: Day

    /// `isCurrent`: nothing was put down since the form was opened; else what may follow is not asked here.
    init?(_ answers: inout Answers, of stay: Stay, free: [ProvidedUnit], isCurrent: Bool, today: Day) {
        let unit = UUID(uuidString: answers["unit"])
        if unit == nil || isCurrent && !free.contains(where: { $0.id == unit }) {
            let isChosen = !answers["unit"].isEmpty
            answers.refuse("unit", isChosen ? "It is taken by now. Select another unit" : "Select a unit")
        }
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day on which they moved", today: today)
        if let day, isCurrent, day <= stay.last.from {
            answers.refuse("day", "The day must be after \(stay.last.from): they moved into this unit then")
        }
        guard let unit, let day, answers.errors.isEmpty else { return nil }
        (self.unit, self.day) = (unit, day)
    }
}

/// What came of asking how they are.
struct StayFollowUpForm: Equatable, Sendable {
    let followed: StayFollowUp
    let day: Day

    init?(_ answers: inout Answers, of stay: Stay, today: Day) {
        let followed = StayFollowUp.required("followed", "Select what came of it", in: &answers)
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day on which it was", today: today)
        if let day, let until = stay.until, day < until {
            answers.refuse("day", "The day must be \(until) or later: they moved out then")
        }
        guard let followed, let day, answers.errors.isEmpty else { return nil }
        (self.followed, self.day) = (followed, day)
    }
}

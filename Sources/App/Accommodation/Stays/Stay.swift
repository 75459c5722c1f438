import Foundation
import Pages
import Postgres

/// A household's stay with one provider: the units it lived in one after the other, and its course. No names: a
/// provider knows it by its unit and by how many came.
struct Stay: Sendable {
    /// The household in one unit.
    struct Time: Sendable {
        let id: UUID
        let unit: UUID
        let number: Int
        let service: String
        let from: Day
        let until: Day?

        var unitPath: String { "/units/\(unit.column)" }
    }

    /// That of its first time.
    let id: UUID
    let agency: UUID
    /// Oldest first; never empty.
    let times: [Time]
    let household: UnitStay
    let course: StayCourse
    let version: Int

    var path: String { "/units/stays/\(id.column)" }
    var first: Time { times[0] }
    var last: Time { times[times.count - 1] }
    var from: Day { first.from }
    var until: Day? { last.until }
    var isOpen: Bool { until == nil }
    var caption: String { "Unit \(last.number), \(last.service)" }
    /// A move from unit to unit counts as one stay.
    func nights(until today: Day) -> Int { max(0, from.days(until: until ?? today)) }

    /// When the support plan is due: within five working days of the move (domain reference, section 16).
    var planDue: Day { Self.planDue(from: from) }
    static func planDue(from day: Day) -> Day { WorkingDays.after(day, 5) }

    /// How long after the stay somebody asks how they are, in days.
    static let followUp = 28

    /// What is to be done of it, soonest first.
    var due: [StayDue] {
        var due: [StayDue] = []
        if let until {
            let mayAsk = course.contactAfter == .yes || course.contactAfter == .notKnown
            if mayAsk, course.followed == nil {
                due.append(StayDue(what: .followUp, on: until.adding(Self.followUp)))
            }
        } else {
            if course.planOn == nil { due.append(StayDue(what: .plan, on: planDue)) }
            if let day = course.reviewOn { due.append(StayDue(what: .review, on: day)) }
            if let day = course.expectedUntil { due.append(StayDue(what: .expected, on: day)) }
            if let day = course.movesOn { due.append(StayDue(what: .move, on: day)) }
        }
        return due.sorted { $0.on < $1.on }
    }

    /// Of the household, by number: 0 are the adults.
    var members: [GovUK.Choice] { (0...household.children).map { GovUK.Choice(String($0), Self.name(of: $0)) } }
    static func name(of member: Int) -> String { member == 0 ? "The adults" : "Child \(member)" }
}

/// Something that is due of a stay.
struct StayDue: Equatable, Sendable {
    enum What: Sendable {
        case plan, review, expected, move, followUp
        var label: String {
            switch self {
            case .plan: "Support plan"
            case .review: "Review"
            case .expected: "Expected end"
            case .move: "Planned move"
            case .followUp: "Follow-up"
            }
        }
    }
    let what: What
    let on: Day

    func tag(_ today: Day) -> HTML {
        if on < today { return GovUK.tag("Overdue since \(on)", colour: .red) }
        return GovUK.tag(on == today ? "Due today" : "Due \(on)", colour: on == today ? .orange : .grey)
    }
}

/// What may change in the course of a stay.
struct StayCourse: Equatable, Sendable {
    let planOn: Day?
    let expectedUntil: Day?
    let reviewOn: Day?
    let wants: LeftTo?
    let movesOn: Day?
    /// Nil: they live there, or left before anybody asked this.
    let contactAfter: HomeFact?
    let followedOn: Day?
    let followed: StayFollowUp?
}

/// Support that was given.
struct StaySupport: Sendable {
    /// Who took it back, when and why.
    struct TakenBack: Sendable {
        let at: Date
        let by: String
        let because: StaySupportMistake
    }

    let id: UUID
    let kind: StaySupportKind
    let member: Int
    let day: Day
    let by: String
    /// Put down wrongly: it stays on record and does not count.
    let takenBack: TakenBack?
}

/// How something stands for one of the household.
struct StayServiceLine: Sendable {
    let member: Int
    let kind: StayService
    let state: StayServiceState
    let day: Day
}

/// A review that was held.
struct StayReview: Sendable {
    let day: Day
    let decision: StayDecision
    let until: Day?
    let next: Day?
    let by: String
}

/// All that is kept of a stay.
struct StayRecordPage: Sendable {
    let stay: Stay
    let support: [StaySupport]
    let services: [StayServiceLine]
    let reviews: [StayReview]
    /// A case of the same agency, where the reader may open it.
    let caseID: UUID?
}

/// Who may have given support.
struct StayWorker: Sendable {
    let id: UUID
    let name: String
}

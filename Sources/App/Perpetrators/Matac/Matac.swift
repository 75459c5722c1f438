import Foundation
import Pages
import Postgres

/// The gravest that somebody did within the window.
enum MatacGravity: String, Choice {
    case verbal, damage, stalking, injury, lifeThreatening
    var label: String {
        switch self {
        case .verbal: "Abuse in words"
        case .damage: "Damage, or a breach of an order"
        case .stalking: "Stalking, harassment or controlling behaviour"
        case .injury: "Injury, or a sexual offence"
        case .lifeThreatening: "Danger to life: a weapon, strangling, grave injury"
        }
    }
    var points: Int { (Self.allCases.firstIndex(of: self) ?? 0) + 1 }
}

/// Whether the tasking takes somebody up.
enum MatacStanding: String, Choice {
    case selected, notSelected, removed
    var label: String {
        switch self {
        case .selected: "Taken up, with a plan"
        case .notSelected: "Not taken up"
        case .removed: "Removed: the risk is lower"
        }
    }
}

/// What the plan does.
enum MatacPlan: String, Choice {
    case prevent, divert, disrupt, prosecute
    var label: String {
        switch self {
        case .prevent: "Prevent"
        case .divert: "Divert"
        case .disrupt: "Disrupt"
        case .prosecute: "Prosecute"
        }
    }
}

/// Recency, frequency, gravity and victims, nought to five points each. The source names the four and no scale: this
/// one is ours, a partnership's own may differ (docs/guide/casework.md).
enum MatacScale {
    static func recency(days: Int) -> Int {
        switch days {
        case ...28: 5
        case ...91: 4
        case ...182: 3
        case ...365: 2
        case ...730: 1
        default: 0
        }
    }

    static func frequency(_ incidents: Int) -> Int {
        switch incidents {
        case ...0: 0
        case 1: 1
        case 2: 2
        case 3...4: 3
        case 5...9: 4
        default: 5
        }
    }

    static func victims(_ number: Int) -> Int {
        switch number {
        case ...0: 0
        case 1: 1
        case 2: 3
        case 3: 4
        default: 5
        }
    }

    /// In this order: recency, frequency, gravity, victims.
    static func points(lastDaysAgo days: Int, incidents: Int, gravity: MatacGravity, victims number: Int) -> [Int] {
        [recency(days: days), frequency(incidents), incidents > 0 ? gravity.points : 0, victims(number)]
    }
}

/// What is said when somebody is scored.
struct MatacForm: Equatable, Sendable {
    let months: Int
    let lastOn: Day
    let incidents: Int
    let gravity: MatacGravity
    let victims: Int
    let points: [Int]
    let standing: MatacStanding
    let plan: [MatacPlan]
    let words: String
    let reviewOn: Day?

    var score: Int { points.reduce(0, +) }

    init?(_ answers: inout Answers, today: Day) {
        let months = [12, 24].first { String($0) == answers["months"] }
        if months == nil { answers.refuse("months", "Select over which time") }
        let last = answers.pastDay(
            "last", name: "The last day", missing: "Enter the day of the last incident", today: today)
        let incidents = answers.number("incidents", 0...999, "Enter how many incidents there were, from 0 to 999")
        let gravity = MatacGravity.required("gravity", "Select the gravest of them", in: &answers)
        let victims = answers.number("victims", 0...99, "Enter how many people were harmed, from 0 to 99")
        if let months, let last, let incidents {
            let isWithin = last.months(ahead: months) >= today
            if incidents > 0, !isWithin {
                answers.refuse(
                    "last", "The last of them lies before these \(months) months. Enter 0 incidents, or the day")
            }
            if incidents == 0, isWithin {
                answers.refuse("incidents", "The last one lies within these months: enter at least 1")
            }
        }
        let standing = MatacStanding.required("standing", "Select whether they are taken up", in: &answers)
        let chosen = answers.all("plan").compactMap(MatacPlan.init(rawValue:))
        plan = standing == .selected ? MatacPlan.allCases.filter(chosen.contains) : []
        if standing == .selected, plan.isEmpty { answers.refuse("plan", "Select what the plan does") }
        words = answers.text("words", most: 2_000, name: "The plan")
        var review: Day?
        if standing == .selected {
            review = answers.dayAhead(
                "review", name: "The review", missing: "Enter the day of the review", today: today,
                last: today.adding(365), far: "a year")
        } else if answers.day("review", name: "The review") != nil {
            answers.refuse("review", "Leave the day empty, or take them up")
        }
        reviewOn = review
        guard let months, let last, let incidents, let gravity, let victims, let standing, answers.errors.isEmpty
        else { return nil }
        (self.months, lastOn, self.incidents, self.gravity) = (months, last, incidents, gravity)
        (self.victims, self.standing) = (victims, standing)
        points = MatacScale.points(
            lastDaysAgo: last.days(until: today), incidents: incidents, gravity: gravity, victims: victims)
    }
}

/// A scoring as it was recorded.
struct MatacScore: Sendable {
    let caseID: UUID
    let personName: String
    let version: Int
    let months: Int
    let lastOn: Day
    let incidents: Int
    let gravity: MatacGravity
    let victims: Int
    let points: [Int]
    let score: Int
    let standing: MatacStanding
    let plan: [MatacPlan]
    let words: String
    let reviewOn: Day?
    let recordedAt: Date
    let by: String
}

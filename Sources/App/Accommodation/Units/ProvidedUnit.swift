import Foundation
import Pages
import Postgres

/// What a home has or takes, by the column that holds it.
enum UnitFeature: String, CaseIterable, Sendable {
    case wheelchair, stepFree = "step_free", groundFloor = "ground_floor", wetRoom = "wet_room"
    case hearing, sight, dogs, cats
    var label: String {
        switch self {
        case .wheelchair: "Fit for a wheelchair"
        case .stepFree: "Without steps"
        case .groundFloor: "On the ground floor"
        case .wetRoom: "With a wet room"
        case .hearing: "For people who are deaf or hard of hearing"
        case .sight: "For people with little or no sight"
        case .dogs: "Dogs"
        case .cats: "Cats"
        }
    }
    var isPet: Bool { self == .dogs || self == .cats }
}

/// What a unit can take.
struct UnitSize: Equatable, Sendable {
    var bedspaces: Int
    var bedrooms: Int
    var adults: Int
    var children: Int
    var cots: Int
    var features: [UnitFeature: HomeFact]

    var line: String {
        "\(bedspaces) bedspace\(bedspaces == 1 ? "" : "s") in \(bedrooms) room\(bedrooms == 1 ? "" : "s"). "
            + "Up to \(adults) adult\(adults == 1 ? "" : "s") and \(children) "
            + (children == 1 ? "child" : "children") + (cots == 0 ? "" : ". \(cots) cot\(cots == 1 ? "" : "s")")
    }

    /// What is known to be there, in words.
    var offered: String { named(.yes) }
    /// What nobody has asked yet.
    var unknown: String { named(.notKnown) }

    private func named(_ fact: HomeFact) -> String {
        UnitFeature.allCases.filter { features[$0] == fact }.map(\.label).joined(separator: ", ")
    }
}

/// Why a unit's time is taken.
enum UnitTimeKind: String, Choice {
    case stay, hold, repair, closed
    var label: String {
        switch self {
        case .stay: "Somebody lives there"
        case .hold: "Held for a household"
        case .repair: "Being repaired or made ready"
        case .closed: "Not let"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .stay: .blue
        case .hold: .yellow
        case .repair: .orange
        case .closed: .grey
        }
    }
}

/// What takes a unit's time: from a day on, to the day without it.
struct UnitTime: Sendable {
    let id: UUID
    let kind: UnitTimeKind
    let from: Day
    let until: Day?
    /// Of a hold: its hour.
    let heldUntil: Date?
    let version: Int
    let stay: UnitStay?
    /// The stay that it is a part of: that of its first unit.
    var stayID: UUID?

    func nights(until today: Day) -> Int { max(0, from.days(until: until ?? today)) }
}

/// A household in a unit, as its provider keeps it: how many, never who.
struct UnitStay: Equatable, Sendable {
    let adults: Int
    let children: Int
    let cameBy: CameBy
    let isFromOutside: HomeFact
    let leftTo: LeftTo?
    let leftBecause: LeftBecause?

    var people: String {
        "\(adults) adult\(adults == 1 ? "" : "s"), \(children) \(children == 1 ? "child" : "children")"
    }
}

/// How a household came.
enum CameBy: String, Choice {
    case partnership, routesToSupport, `self`, police, housing, socialCare, other
    var label: String {
        switch self {
        case .partnership: "A service of this partnership"
        case .routesToSupport: "Routes to Support"
        case .self: "They asked themselves"
        case .police: "Police"
        case .housing: "A housing authority"
        case .socialCare: "Social care"
        case .other: "Another way"
        }
    }
}

/// Where a household went.
enum LeftTo: String, Choice {
    case socialTenancy, privateTenancy, family, otherRefuge, secondStage, ownHomeSafe, returned, hospital, temporary
    case notKnown, other
    var label: String {
        switch self {
        case .socialTenancy: "A social tenancy"
        case .privateTenancy: "A private tenancy"
        case .family: "Family or friends"
        case .otherRefuge: "Another refuge"
        case .secondStage: "Second stage accommodation"
        case .ownHomeSafe: "Their own home, where it is safe now"
        case .returned: "Back to the person who harmed them"
        case .hospital: "Hospital"
        case .temporary: "Temporary accommodation"
        case .notKnown: "Not known"
        case .other: "Somewhere else"
        }
    }
}

/// Why a household left.
enum LeftBecause: String, Choice {
    case plannedMove, noLongerNeeded, lostContact, evicted, unsafe, returned, other
    var label: String {
        switch self {
        case .plannedMove: "A planned move"
        case .noLongerNeeded: "It was no longer needed"
        case .lostContact: "Contact was lost"
        case .evicted: "They were asked to leave"
        case .unsafe: "It was no longer safe"
        case .returned: "They chose to go back"
        case .other: "Another reason"
        }
    }
}

/// A unit and how it stands today.
struct ProvidedUnit: Sendable {
    let id: UUID
    let agency: UUID
    let service: AccommodationService
    let number: Int
    let size: UnitSize
    let endedOn: Day?
    let confirmedAt: Date
    let version: Int
    /// What takes it today; nil: it is free.
    let now: UnitTime?

    var name: String { "Unit \(number)" }
    /// What others call it.
    var calledBy: String { "\(name), \(service.agencyName)" }
    var path: String { "/units/\(id.column)" }
    var isFree: Bool { now == nil && endedOn == nil }

    /// How it stands, as a tag.
    var state: HTML {
        if endedOn != nil { return GovUK.tag("Given up", colour: .grey) }
        guard let now else { return GovUK.tag("Free", colour: .green) }
        let until = now.heldUntil.map { " until \(London.short($0))" } ?? ""
        return GovUK.tag(now.kind.label + until, colour: now.kind.colour)
    }

    /// How long nobody has said that it is still so.
    func freshness(_ now: Date) -> HTML {
        let hours = Int(now.timeIntervalSince(confirmedAt) / 3_600)
        switch hours {
        case ..<24: return "Today or yesterday"
        case ..<72: return "\(hours / 24) day\(hours < 48 ? "" : "s") ago"
        default: return GovUK.tag("\(hours / 24) days ago", colour: .orange)
        }
    }
}

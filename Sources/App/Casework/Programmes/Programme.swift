import Foundation
import Pages
import Postgres

/// What a programme is for. Of one engine: a place on it, sessions, and who was there.
enum ProgrammeKind: String, Choice {
    case behaviourChange, behaviourOneToOne, survivorGroup, childrensGroup, counselling, coupleWork, parentConflict
    var label: String {
        switch self {
        case .behaviourChange: "Behaviour change, in a group"
        case .behaviourOneToOne: "Behaviour change, one to one"
        case .survivorGroup: "Survivors’ group"
        case .childrensGroup: "Children’s group"
        case .counselling: "Counselling"
        case .coupleWork: "Couple work"
        case .parentConflict: "Reducing Parental Conflict"
        }
    }
    var hint: String? {
        switch self {
        case .behaviourChange, .behaviourOneToOne: "Nobody starts before support for the partner is arranged."
        case .coupleWork, .parentConflict: "Never offered where abuse is recorded."
        default: nil
        }
    }

    /// Support for the partner comes first.
    var isIntegrated: Bool { self == .behaviourChange || self == .behaviourOneToOne }
    /// Done with two people together, who both would have to be free to speak.
    var isForTwo: Bool { self == .coupleWork || self == .parentConflict }

    /// Which an agency runs: those of its side of the wall.
    static func offered(harming: Bool) -> [ProgrammeKind] {
        allCases.filter { $0.isForTwo || $0.isIntegrated == harming }
    }
}

/// A programme of an agency.
struct Programme: Sendable {
    let id: UUID
    let agency: UUID
    let kind: ProgrammeKind
    let name: String
    let sessions: Int
    let endedOn: Day?
    let version: Int
    /// How many wait for it, or were found suitable and have not started.
    var waiting = 0

    var path: String { "/programmes/\(id.column)" }
}

/// One of its groups.
struct ProgrammeGroup: Sendable {
    let id: UUID
    let programme: UUID
    let agency: UUID
    let programmeName: String
    let kind: ProgrammeKind
    let name: String
    let places: Int
    let startsOn: Day
    let endedOn: Day?
    let version: Int

    var path: String { "/groups/\(id.column)" }
}

/// How somebody came to a programme (domain.md 15: voluntary, criminal-justice and IOM routes).
enum PlaceSource: String, Choice {
    case `self`, professional, criminalJustice, iom, ownService
    var label: String {
        switch self {
        case .self: "They asked for it themselves"
        case .professional: "A professional"
        case .criminalJustice: "Police, probation or a court"
        case .iom: "Integrated offender management (IOM)"
        case .ownService: "Our own service"
        }
    }
}

/// How a place stands.
enum PlaceState: String, Choice {
    case waiting, suitable, started, completed, droppedOut, notSuitable, withdrawn
    var label: String {
        switch self {
        case .waiting: "Waiting"
        case .suitable: "Suitable, waiting to start"
        case .started: "Started"
        case .completed: "Completed"
        case .droppedOut: "Dropped out"
        case .notSuitable: "Not suitable"
        case .withdrawn: "Recorded by mistake"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .waiting: .yellow
        case .suitable: .blue
        case .started, .completed: .green
        case .droppedOut: .red
        case .notSuitable, .withdrawn: .grey
        }
    }
    var isLive: Bool { self == .waiting || self == .suitable || self == .started }
    var isWaiting: Bool { self == .waiting || self == .suitable }

    /// What may be said next.
    var steps: [PlaceStep] {
        switch self {
        case .waiting: [.riskCheck, .suitable, .notSuitable, .droppedOut, .withdrawn]
        case .suitable: [.riskCheck, .started, .notSuitable, .droppedOut, .withdrawn]
        case .started: [.moved, .completed, .droppedOut, .withdrawn]
        case .completed, .droppedOut, .notSuitable, .withdrawn: [.reopened]
        }
    }
}

/// What is said of a place, one after another.
enum PlaceStep: String, Choice {
    case referred, riskCheck, suitable, notSuitable, started, moved, droppedOut, completed, withdrawn, reopened
    var label: String {
        switch self {
        case .referred: "Put on the waiting list"
        case .riskCheck: "Risk checked while they wait"
        case .suitable: "Assessed: suitable"
        case .notSuitable: "Assessed: not suitable"
        case .started: "Started"
        case .moved: "Moved to another group"
        case .droppedOut: "Dropped out"
        case .completed: "Completed"
        case .withdrawn: "Recorded by mistake"
        case .reopened: "Reopened: its end was recorded by mistake"
        }
    }

    /// How the place stands after it; nil: as before.
    var leadsTo: PlaceState? {
        switch self {
        case .referred, .reopened: .waiting
        case .riskCheck, .moved: nil
        case .suitable: .suitable
        case .notSuitable: .notSuitable
        case .started: .started
        case .droppedOut: .droppedOut
        case .completed: .completed
        case .withdrawn: .withdrawn
        }
    }

    /// Why, as far as there is a list.
    var reasons: [StepReason] {
        switch self {
        case .suitable: [.acceptsResponsibility, .motivated, .other]
        case .notSuitable: [.denies, .riskTooHigh, .needsFirst, .language, .notReady, .courtForbids, .other]
        case .droppedOut: [.moved, .work, .disengaged, .risk, .reoffended, .support, .other]
        case .riskCheck: [.safeToWait, .needsSooner]
        default: []
        }
    }
    /// Why must be said.
    var asksWhy: Bool { !reasons.isEmpty }
    /// Words must be given.
    var asksWords: Bool { self == .withdrawn || self == .reopened }
    /// A group may be chosen.
    var choosesGroup: Bool { self == .started || self == .moved }
}

/// Why a step was taken.
enum StepReason: String, Choice {
    case acceptsResponsibility, motivated, denies, riskTooHigh, needsFirst, language, notReady, courtForbids
    case moved, work, disengaged, risk, reoffended, support, safeToWait, needsSooner, other
    var label: String {
        switch self {
        case .acceptsResponsibility: "Accepts responsibility"
        case .motivated: "Wants to change, and can take part"
        case .denies: "Denies what they did"
        case .riskTooHigh: "The risk is too high for this programme"
        case .needsFirst: "Other needs come first, such as drink, drugs or mental health"
        case .language: "Not in a language that they follow"
        case .notReady: "Not ready yet"
        case .courtForbids: "A court or a condition forbids it"
        case .moved: "Moved away"
        case .work: "Work, care or health"
        case .disengaged: "Stopped coming, without a reason"
        case .risk: "Excluded: a risk to others"
        case .reoffended: "Arrested or recalled"
        case .support: "Gets support elsewhere"
        case .safeToWait: "Safe to wait"
        case .needsSooner: "Can’t wait: needs something sooner"
        case .other: "Another reason"
        }
    }
}

/// Somebody's place on a programme.
struct ProgrammePlace: Sendable {
    let id: UUID
    let agency: UUID
    let caseID: UUID
    let person: UUID
    let personName: String
    let programme: Programme
    let group: UUID?
    let groupName: String?
    let source: PlaceSource
    let state: PlaceState
    let referredOn: Day
    let checkedOn: Day
    let version: Int

    /// After so many days on the list somebody looks whether it is still safe to wait.
    static let checkEvery = 28

    func daysWaited(on today: Day) -> Int { referredOn.days(until: today) }
    func needsCheck(on today: Day) -> Bool { state.isWaiting && checkedOn.days(until: today) >= Self.checkEvery }
    var path: String { "/cases/\(caseID.column)/places/\(id.column)" }
}

/// One step, as it was recorded.
struct StepLine: Sendable {
    let step: PlaceStep
    let reasons: [StepReason]
    let on: Day
    let groupName: String?
    let words: String
    let recordedAt: Date
    let by: String
}

/// Whether somebody was there.
enum AttendanceState: String, Choice {
    case attended, late, apologies, missed, sentAway, notRecorded
    var label: String {
        switch self {
        case .attended: "Came"
        case .late: "Came late"
        case .apologies: "Sent apologies"
        case .missed: "Missed it"
        case .sentAway: "Sent away"
        case .notRecorded: "Not recorded"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .attended: .green
        case .late, .apologies: .yellow
        case .missed, .sentAway: .red
        case .notRecorded: .grey
        }
    }
}

/// A session of a group, or of one place.
struct ProgrammeSession: Sendable {
    let id: UUID
    let agency: UUID
    let heldAt: Date
    let topic: String
    let cancelled: String
    let version: Int
    /// How many came, and of how many something is recorded.
    var came = 0
    var recorded = 0
}

/// Somebody at a session; the version is 0 where nothing is recorded yet.
struct Attendee: Sendable {
    let place: UUID
    let caseID: UUID
    let person: UUID
    let name: String
    let state: AttendanceState
    let words: String
    let version: Int
    let isIntegrated: Bool
}

extension Day {
    /// Days from this one to `other`; negative when that is earlier.
    func days(until other: Day) -> Int {
        Int(CivilDay.number(year: Int64(other.year), month: Int64(other.month), day: Int64(other.day)))
            - Int(CivilDay.number(year: Int64(year), month: Int64(month), day: Int64(day)))
    }
}

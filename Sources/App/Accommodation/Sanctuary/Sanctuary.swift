import Foundation
import Pages
import Postgres

/// By what right they live there.
enum Tenure: String, Choice {
    case social, privateRented, owner, notKnown
    var label: String {
        switch self {
        case .social: "Rented from a council or housing association"
        case .privateRented: "Rented privately"
        case .owner: "Owned"
        case .notKnown: "Not known"
        }
    }
}

/// Whether the landlord allows the works.
enum LandlordPermission: String, Choice {
    case notAsked, notNeeded, asked, given, refused
    var label: String {
        switch self {
        case .notAsked: "Not asked yet"
        case .notNeeded: "Not needed"
        case .asked: "Asked, no answer yet"
        case .given: "Given"
        case .refused: "Refused"
        }
    }
    /// It was said on a day.
    var hasDay: Bool { [.asked, .given, .refused].contains(self) }
}

/// How soon it has to be in (domain reference, section 16).
enum SanctuaryUrgency: String, Choice {
    case standard, urgent
    var label: String {
        switch self {
        case .standard: "Standard: within 5 working days of the order"
        case .urgent: "Urgent: within 24 to 48 hours of the order"
        }
    }

    /// When it has to be in. Of an order of an earlier day nobody knows the hour: its day counts from the start.
    func due(ordered day: Day, at now: Date) -> Date {
        switch self {
        case .standard: WorkingDays.end(of: WorkingDays.after(day, 5))
        case .urgent:
            (day == London.day(of: now) ? now : London.moment(day, minute: 0) ?? now).addingTimeInterval(48 * 3_600)
        }
    }
}

/// What is put in.
enum SanctuaryItemKind: String, Choice {
    case locks, doorAlarm, windowAlarm, letterbox, safeRoom, cctv, alarm, lighting, other
    var label: String {
        switch self {
        case .locks: "Locks"
        case .doorAlarm: "Door alarms"
        case .windowAlarm: "Window alarms"
        case .letterbox: "Fireproof letterboxes"
        case .safeRoom: "Safe rooms"
        case .cctv: "CCTV"
        case .alarm: "Alarms"
        case .lighting: "Lights"
        case .other: "Other"
        }
    }

    /// On the contractor's paper: the work, and never what it is for.
    var onOrder: String {
        switch self {
        case .locks: "Locks: change or fit"
        case .doorAlarm: "Door contact alarm"
        case .windowAlarm: "Window contact alarm"
        case .letterbox: "Letterbox: fire-rated cover"
        case .safeRoom: "Solid internal door with frame and bolts"
        case .cctv: "Camera"
        case .alarm: "Intruder alarm"
        case .lighting: "Outside light with sensor"
        case .other: "Other work, as told on the telephone"
        }
    }
}

/// So many of something, and what they cost together.
struct SanctuaryItem: Equatable, Sendable {
    let kind: SanctuaryItemKind
    let number: Int
    /// In pence; nil: not known yet.
    let cost: Int?
}

/// What was done.
enum SanctuaryStepKind: String, Choice {
    case riskAssessed, fireSurveyed, ordered, installed, signedOff, supportAttached, reviewed, removed, declined
    var label: String {
        switch self {
        case .riskAssessed: "The risk in the home was assessed"
        case .fireSurveyed: "Fire safety was surveyed"
        case .ordered: "The works were ordered"
        case .installed: "It was installed"
        case .signedOff: "It was checked and signed off"
        case .supportAttached: "Support comes with it"
        case .reviewed: "It was reviewed with them"
        case .removed: "It was taken out"
        case .declined: "It does not go ahead"
        }
    }
    var ends: Bool { self == .removed || self == .declined }
    /// It happens once.
    var isOnce: Bool { ![.riskAssessed, .fireSurveyed, .reviewed].contains(self) }
}

/// Why it does not go ahead.
enum SanctuaryDeclined: String, Choice {
    case theirChoice, harmerThere, permissionRefused, notSafeEnough, moved, noFunds, other
    var label: String {
        switch self {
        case .theirChoice: "They don’t want it"
        case .harmerThere: "Whoever harms them lives there or is let in"
        case .permissionRefused: "The landlord refused"
        case .notSafeEnough: "The home can’t be made safe enough"
        case .moved: "They moved"
        case .noFunds: "Nobody pays for it"
        case .other: "Another reason"
        }
    }
}

/// One thing that was done, as it was recorded.
struct SanctuaryStep: Sendable {
    let kind: SanctuaryStepKind
    let day: Day
    let who: String
    let words: String
    let because: SanctuaryDeclined?
    let recordedAt: Date
    let by: String
}

/// Where it stands, worked out from what was done.
enum SanctuaryStage: Sendable {
    case requested, surveyed, ordered, installed, signedOff, ended
    var label: String {
        switch self {
        case .requested: "Requested"
        case .surveyed: "Surveyed"
        case .ordered: "Ordered"
        case .installed: "Installed"
        case .signedOff: "Signed off"
        case .ended: "Ended"
        }
    }
    var colour: GovUK.TagColour {
        switch self {
        case .requested: .yellow
        case .surveyed, .ordered: .blue
        case .installed, .signedOff: .green
        case .ended: .grey
        }
    }
}

/// A home that is made safe enough to stay in.
struct Sanctuary: Sendable {
    let id: UUID
    let caseID: UUID
    let reference: String
    let terms: SanctuaryTerms
    let endedOn: Day?
    let version: Int
    let recordedAt: Date
    let by: String
    /// Newest first.
    var steps: [SanctuaryStep] = []
    /// Those of which there is at least one, or whose cost is known.
    var items: [SanctuaryItem] = []

    var path: String { "/cases/\(caseID.column)/sanctuary/\(id.column)" }
    var name: String { "Sanctuary requested \(terms.requestedOn)" }
    var isOpen: Bool { endedOn == nil }

    func newest(_ kind: SanctuaryStepKind) -> SanctuaryStep? { steps.first { $0.kind == kind } }
    func has(_ kind: SanctuaryStepKind) -> Bool { newest(kind) != nil }

    var stage: SanctuaryStage {
        if !isOpen { return .ended }
        if has(.signedOff) { return .signedOff }
        if has(.installed) { return .installed }
        if has(.ordered) { return .ordered }
        return has(.riskAssessed) && has(.fireSurveyed) ? .surveyed : .requested
    }

    /// What has to be there before anything is ordered, in the order in which it is done.
    var missing: [String] {
        var missing: [String] = []
        switch terms.wants {
        case .yes: break
        case .no: missing.append("They don’t want to stay there: it is theirs to choose")
        case .notKnown: missing.append("Ask whether they want to stay there")
        }
        switch terms.harmerThere {
        case .no: break
        case .yes: missing.append("Whoever harms them lives there")
        case .notKnown: missing.append("Ask whether whoever harms them lives there")
        }
        switch terms.permission {
        case .notNeeded, .given: break
        case .notAsked: missing.append("Ask the landlord, or record that it isn’t needed")
        case .asked: missing.append("The landlord has not answered")
        case .refused: missing.append("The landlord refused")
        }
        if !has(.riskAssessed) { missing.append("Nobody has assessed the risk in the home") }
        if !has(.fireSurveyed) { missing.append("Nobody has surveyed fire safety") }
        if !items.contains(where: { $0.number > 0 }) { missing.append("No item is chosen") }
        if terms.phone.isEmpty { missing.append("No telephone number for the contractor to ring") }
        return missing
    }

    /// When it has to be in; nil before the order, and once it is in.
    var due: Date? {
        guard let order = newest(.ordered), !has(.installed), isOpen else { return nil }
        return terms.urgency.due(ordered: order.day, at: order.recordedAt)
    }

    /// From when on it counts as safe accommodation of somebody who is supported: installed, and support comes with it
    /// (domain reference, section 10: once, when both are so). Nil: it doesn't yet.
    var countsFrom: Day? {
        guard let installed = newest(.installed)?.day, let supported = newest(.supportAttached)?.day else { return nil }
        return max(installed, supported)
    }

    /// Why it doesn't count; empty when it does.
    var countsNot: [String] {
        [has(.installed) ? nil : "It is not installed",
         has(.supportAttached) ? nil : "No support comes with it"].compactMap(\.self)
    }

    /// What it costs, in pence, as far as that is known; nil when nothing is.
    var cost: Int? {
        let known = items.compactMap(\.cost) + [terms.fitting].compactMap(\.self)
        return known.isEmpty ? nil : known.reduce(0, +)
    }

    /// Some of what it costs nobody knows yet.
    var costIsPartial: Bool { terms.fitting == nil || items.contains { $0.number > 0 && $0.cost == nil } }
}

/// "£1,234.50", or "£40" without pence.
func pounds(_ pence: Int) -> String {
    let digits = String(pence / 100)
    var grouped = ""
    for (place, digit) in digits.enumerated() {
        if place > 0, (digits.count - place) % 3 == 0 { grouped.append(",") }
        grouped.append(digit)
    }
    let rest = pence % 100
    return "£\(grouped)\(rest == 0 ? "" : rest < 10 ? ".0\(rest)" : ".\(rest)")"
}

import Foundation
import Pages
import Postgres

/// A unit as it is put down: what it can take, and where it is.
struct UnitForm: Equatable, Sendable {
    let size: UnitSize
    /// Nil: it stays where it is recorded to be.
    let location: UnitLocation?
    let isEnded: Bool

    init?(_ answers: inout Answers, isNew: Bool) {
        let bedspaces = answers.number("bedspaces", 1...20, "Enter how many people can sleep there, from 1 to 20")
        let bedrooms = answers.number("bedrooms", 1...10, "Enter how many rooms they sleep in, from 1 to 10")
        let adults = answers.number("adults", 1...10, "Enter how many adults it takes, from 1 to 10")
        let children = answers.number("children", 0...15, "Enter how many children it takes, from 0 to 15")
        let cots = answers["cots"].isEmpty ? 0 : answers.number("cots", 0...6, "Enter how many cots there are, up to 6")
        if let bedspaces, let bedrooms, bedrooms > bedspaces {
            answers.refuse("bedrooms", "There can’t be more rooms than bedspaces")
        }
        if let bedspaces, let adults, adults > bedspaces {
            answers.refuse("adults", "It can’t take more adults than it has bedspaces")
        }
        let inside = answers.text("inside", most: 80, name: "What staff call it")
        let address = answers.text("address", most: 500, name: "The address")
        if address.isEmpty, isNew || !inside.isEmpty { answers.refuse("address", "Enter where it is") }
        isEnded = answers["ended"] == "yes"
        guard let bedspaces, let bedrooms, let adults, let children, let cots, answers.errors.isEmpty
        else { return nil }
        size = UnitSize(
            bedspaces: bedspaces, bedrooms: bedrooms, adults: adults, children: children, cots: cots,
            features: Dictionary(uniqueKeysWithValues: UnitFeature.allCases.map { feature in
                (feature, HomeFact(rawValue: answers[feature.rawValue]) ?? .notKnown)
            }))
        location = address.isEmpty ? nil : UnitLocation(inside: inside, address: address)
    }
}

extension UnitSize {
    /// The form as it opens on what is recorded; where it is stands apart.
    var answers: Answers {
        var answers = Answers()
        for (field, number) in [
            "bedspaces": bedspaces, "bedrooms": bedrooms, "adults": adults, "children": children, "cots": cots,
        ] { answers.set(field, String(number)) }
        for (feature, fact) in features { answers.set(feature.rawValue, fact.rawValue) }
        return answers
    }
}

/// Where a unit is: sealed, and opened by whoever runs it alone.
struct UnitLocation: Codable, Equatable, Sendable {
    /// What staff call it among themselves.
    let inside: String
    let address: String
}

/// What happened to a unit.
enum UnitStep: String, Choice {
    case movedIn, movedOut, repair, closed, ready
    var label: String {
        switch self {
        case .movedIn: "A household moved in"
        case .movedOut: "The household moved out"
        case .repair: "It is being repaired or made ready"
        case .closed: "It is not let for now"
        case .ready: "It is ready again"
        }
    }

    /// What may follow on what takes the unit today; nil: it is free.
    static func following(_ now: UnitTimeKind?) -> [UnitStep] {
        switch now {
        case .stay: [.movedOut]
        // Whoever asked is answered first.
        case .hold: []
        case .repair: [.ready, .closed]
        case .closed: [.ready, .repair]
        case nil: [.movedIn, .repair, .closed]
        }
    }
}

/// How a household left.
struct LeftUnit: Equatable, Sendable {
    let to: LeftTo
    let because: LeftBecause
    /// Whether they may be asked afterwards how they are.
    let contactAfter: HomeFact
}

/// What is put down of a unit next.
struct UnitStepForm: Equatable, Sendable {
    let step: UnitStep
    let day: Day
    /// Of a household that moved in.
    let stay: UnitStay?
    /// Of one that moved out.
    let left: LeftUnit?

    /// `isCurrent`: nothing was put down since the form was opened; else what may follow is not asked here.
    init?(_ answers: inout Answers, of unit: ProvidedUnit, isCurrent: Bool, today: Day) {
        let step = UnitStep.required("step", "Select what happened", in: &answers)
        let mayFollow = step.map(UnitStep.following(unit.now?.kind).contains) ?? false
        if step != nil, isCurrent, !mayFollow {
            let stands = unit.now?.kind.label ?? "It is free"
            answers.refuse("step", "“\(stands)” is how it stands now. Select something that may follow")
        }
        let day = answers.pastDay("day", name: "The day", missing: "Enter the day on which it was", today: today)
        if let day, let from = unit.now?.from, day < from {
            answers.refuse("day", "The day must be \(from) or later: it stands like this since then")
        }
        stay = step == .movedIn && mayFollow ? Self.stay(&answers) : nil
        left = step == .movedOut && mayFollow ? Self.left(&answers) : nil
        guard let step, let day, answers.errors.isEmpty else { return nil }
        (self.step, self.day) = (step, day)
    }

    private static func stay(_ answers: inout Answers) -> UnitStay? {
        let adults = answers.number("came-adults", 1...10, "Enter how many adults moved in, from 1 to 10")
        let children = answers["came-children"].isEmpty ? 0
            : answers.number("came-children", 0...15, "Enter how many children moved in, from 0 to 15")
        let cameBy = CameBy.required("came-by", "Select how they came", in: &answers)
        let outside = HomeFact(rawValue: answers["outside"]) ?? .notKnown
        guard let adults, let children, let cameBy else { return nil }
        return UnitStay(
            adults: adults, children: children, cameBy: cameBy, isFromOutside: outside, leftTo: nil, leftBecause: nil)
    }

    private static func left(_ answers: inout Answers) -> LeftUnit? {
        let to = LeftTo.required("left-to", "Select where they went", in: &answers)
        let because = LeftBecause.required("left-because", "Select why they left", in: &answers)
        guard let to, let because else { return nil }
        return LeftUnit(
            to: to, because: because, contactAfter: HomeFact(rawValue: answers["contact-after"]) ?? .notKnown)
    }
}

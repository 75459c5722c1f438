import Foundation
import Pages
import Postgres

/// How a household travels.
enum TravelMeans: String, Choice {
    case train, coach, taxi, ownCar, driven, otherWay, notNeeded
    var label: String {
        switch self {
        case .train: "By train"
        case .coach: "By coach or bus"
        case .taxi: "By taxi"
        case .ownCar: "In their own car"
        case .driven: "Somebody drives them"
        case .otherWay: "Another way"
        case .notNeeded: "Nothing to arrange"
        }
    }
}

/// Who pays for it.
enum TravelPayer: String, Choice {
    case railToRefuge, theService, receivingService, council, police, themselves, otherPayer, notKnown
    var label: String {
        switch self {
        case .railToRefuge: "Rail to Refuge (free train travel)"
        case .theService: "Our service"
        case .receivingService: "The service where they go"
        case .council: "A council"
        case .police: "Police"
        case .themselves: "They do"
        case .otherPayer: "Somebody else"
        case .notKnown: "Not known"
        }
    }
}

/// How a household travels to somewhere safe. Closed words only: where to is told by voice.
struct Travel: Sendable, Equatable {
    let how: TravelMeans
    let payer: TravelPayer
    let booked: HomeFact
    let version: Int

    var line: String {
        how == .notNeeded ? how.label
            : "\(how.label). Who pays: \(payer.label). Booked: \(booked.label.lowercased())"
    }
}

struct TravelForm: Equatable, Sendable {
    let how: TravelMeans
    let payer: TravelPayer
    let booked: HomeFact

    init?(_ answers: inout Answers) {
        let how = TravelMeans.required("how", "Select how they travel", in: &answers)
        let payer = TravelPayer.required("payer", "Select who pays", in: &answers)
        let booked = HomeFact.required("booked", "Select whether it is booked", in: &answers)
        guard let how, let payer, let booked, answers.errors.isEmpty else { return nil }
        (self.how, self.payer, self.booked) = (how, payer, booked)
    }
}

extension Travel {
    /// The form as it opens on what is recorded; version 0: nothing is.
    static func answers(_ travel: Travel?) -> Answers {
        var answers = Answers(["version": [String(travel?.version ?? 0)]])
        guard let travel else { return answers }
        for (field, value) in [
            "how": travel.how.rawValue, "payer": travel.payer.rawValue, "booked": travel.booked.rawValue,
        ] { answers.set(field, value) }
        return answers
    }
}

import Pages
import Postgres

/// The nine kinds of support in safe accommodation (statutory guidance to the Domestic Abuse Act 2021, part 4).
/// Specialist support is one of them, of two sorts that are counted apart.
enum StaySupportKind: String, Choice {
    case management, dayToDay, advocacy, prevention, characteristics, complexNeeds, children, housing, advice
    case counselling
    var label: String {
        switch self {
        case .management: "Overall management of the service"
        case .dayToDay: "Day-to-day running of the service"
        case .advocacy: "Advocacy"
        case .prevention: "Prevention advice"
        case .characteristics: "Specialist support: protected characteristics"
        case .complexNeeds: "Specialist support: complex needs"
        case .children: "Children’s support"
        case .housing: "Support with housing"
        case .advice: "Advice"
        case .counselling: "Counselling and therapy"
        }
    }
    var hint: String? {
        switch self {
        case .management: "For example, coordinating what is done for them."
        case .dayToDay: "For example, the keywork of every day."
        case .advocacy: "Speaking for them to other services."
        case .prevention: "How to stay safe, and to recognise abuse."
        case .characteristics: "Faith, language, interpreters, immigration, deaf or LGBTQ+ people."
        case .complexNeeds: "Mental health, drugs or alcohol."
        case .children: "Play therapy, a child’s advocate, a children’s worker."
        case .housing: "A tenancy, and keeping it."
        case .advice: "Money, benefits, the law, work."
        case .counselling: "For adults or children, alone or in a group."
        }
    }
}

/// Why support that was put down is taken back.
enum StaySupportMistake: String, Choice {
    case wrongStay, wrongMember, wrongKind, wrongDay, wrongGiver, twice, notGiven
    var label: String {
        switch self {
        case .wrongStay: "It was given to another household"
        case .wrongMember: "It was for somebody else of the household"
        case .wrongKind: "It was of another kind"
        case .wrongDay: "It was on another day"
        case .wrongGiver: "Somebody else gave it"
        case .twice: "It was put down twice"
        case .notGiven: "It was not given"
        }
    }
}

/// What a household that moved needs to have in place.
enum StayService: String, Choice {
    case gp, midwife, healthVisitor, schoolNurse, schoolPlace
    var label: String {
        switch self {
        case .gp: "GP"
        case .midwife: "Midwife"
        case .healthVisitor: "Health visitor"
        case .schoolNurse: "School nurse"
        case .schoolPlace: "School place"
        }
    }
    /// Of a child only.
    var isChilds: Bool { self != .gp && self != .midwife }
}

enum StayServiceState: String, Choice {
    case inPlace, askedFor, notNeeded, notKnown
    var label: String {
        switch self {
        case .inPlace: "In place"
        case .askedFor: "Asked for"
        case .notNeeded: "Not needed"
        case .notKnown: "Not known"
        }
    }
}

/// What a review decided.
enum StayDecision: String, Choice {
    case goesOn, extended, moveOn
    var label: String {
        switch self {
        case .goesOn: "The stay goes on as planned"
        case .extended: "The stay is extended"
        case .moveOn: "They are ready to move on"
        }
    }
}

/// What came of asking how they are after the stay.
enum StayFollowUp: String, Choice {
    case reached, notReached, notSafe
    var label: String {
        switch self {
        case .reached: "They were reached"
        case .notReached: "They could not be reached"
        case .notSafe: "It was not safe to try"
        }
    }
}

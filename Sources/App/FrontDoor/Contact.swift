import Foundation

/// One contact with the front door. It need not become a case, and the caller may be nobody known.
struct Contact: Sendable {
    let id: UUID
    let agency: UUID
    let person: UUID?
    let personName: String?
    let openCase: UUID?
    let channel: ContactChannel
    let caller: CallerKind
    let happenedAt: Date
    let recordedAt: Date
    let recordedBy: String
    let answers: [SafetyQuestion: YesNo]
    let reason: String
    let advice: String
    let outcome: ContactOutcome
    let promised: String
    let speaking: Speaking
    let fallback: String
    let version: Int
    /// Its agency works with those who harm: nothing of the other side is shown or linked.
    let isOtherSide: Bool

    /// A professional who asked for advice and named nobody.
    var isConsultation: Bool { person == nil && (caller == .professional || channel == .professional) }
}

/// How the two understand each other.
enum Speaking: String, Choice {
    case directly, interpreter, bsl, relayUK
    var label: String {
        switch self {
        case .directly: "Directly"
        case .interpreter: "With an interpreter"
        case .bsl: "In British Sign Language"
        case .relayUK: "By Relay UK"
        }
    }
}

enum ContactChannel: String, Choice {
    case helpline, text, webForm, webchat, email, letter, inPerson, voicemail, professional
    var label: String {
        switch self {
        case .helpline: "Helpline call"
        case .text: "Text message"
        case .webForm: "Web form"
        case .webchat: "Webchat"
        case .email: "Email"
        case .letter: "Letter"
        case .inPerson: "In person"
        case .voicemail: "Voicemail"
        case .professional: "Professional"
        }
    }
}

enum CallerKind: String, Choice {
    case harmedPerson, thirdParty, professional, ownBehaviour, posing, silent, wrongNumber, notKnown
    var label: String {
        switch self {
        case .harmedPerson: "The person who is being harmed"
        case .thirdParty: "A friend, relative or neighbour"
        case .professional: "A professional"
        case .ownBehaviour: "Someone worried about their own behaviour"
        case .posing: "Someone who may be posing as a victim"
        case .silent: "A silent caller"
        case .wrongNumber: "A wrong number"
        case .notKnown: "Not known"
        }
    }
}

extension CallerKind {
    /// Recorded on the other side of the wall.
    var isOtherSide: Bool { self == .ownBehaviour || self == .posing }
}

enum ContactOutcome: String, Choice {
    case openCase, adviceGiven, referredOn, callAgain, emergencyServices, endedSuddenly, noFurtherAction
    var label: String {
        switch self {
        case .openCase: "A case will be opened"
        case .adviceGiven: "Advice given"
        case .referredOn: "Referred on"
        case .callAgain: "We or they will be in touch again"
        case .emergencyServices: "Emergency services called"
        case .endedSuddenly: "The call ended suddenly"
        case .noFurtherAction: "No further action"
        }
    }
}

/// The first questions of a call, in the order in which they are asked.
enum SafetyQuestion: String, CaseIterable, Sendable {
    case safeToTalk, otherPersonNearby, childrenPresent, injured, weapon, suicidal

    var words: String {
        switch self {
        case .safeToTalk: "Is it safe to talk now?"
        case .otherPersonNearby: "Is the other person there or nearby?"
        case .childrenPresent: "Are children there?"
        case .injured: "Is anyone injured?"
        case .weapon: "Is there a weapon?"
        case .suicidal: "Thoughts of suicide or self-harm?"
        }
    }

    /// The answer that means danger now.
    func isAlarming(_ answer: YesNo) -> Bool { self == .safeToTalk ? answer == .no : answer == .yes }
}

import Foundation
import Postgres

/// What can stand on a case's timeline.
enum TimelineKind: String, Choice {
    case caseOpened, caseAllocated, riskAssessed, contactAttempted, noteWritten, noteChanged, contactRecorded, warned
    case riskLowering, riskLowered, riskNotLowered, policeIncident, maracDecided
    case closingProposed, closingRefused, caseClosed, planWritten
    case needRecorded, needChanged, supportGiven
    case orderRecorded, orderChanged, orderBreached
    case riskEvent, reviewDismissed
    case documentRecorded, documentWithdrawn, letterWritten, letterReleased, letterCame
    case sharingProposed, shared, sharingRefused, sharingEnded, consentGiven, consentWithdrawn
    case placeChanged, acrossChanged, matacScored, decided
    case outcomeTaken, outcomeWithdrawn, maracReferred, maracWithdrawn, housingSought
    case housingAsked, housingAnswered, housingEnded
    case matterRecorded, matterChanged, matterWithdrawn, referredOn
    case sanctuaryRecorded, sanctuaryMoved, reciprocalAsked, reciprocalMoved
    case transferProposed, transferRejected, transferRevoked, caseMoved, caseTakenOver, handedOver
    var label: String {
        switch self {
        case .caseOpened: "Case opened"
        case .caseAllocated: "Case allocated"
        case .riskAssessed: "Risk assessed"
        case .contactAttempted: "Contact attempted"
        case .noteWritten: "Note written"
        case .noteChanged: "Note changed"
        case .contactRecorded: "Contact recorded"
        case .warned: "The other person was in touch"
        case .riskLowering: "Lower grade waits for a second person"
        case .riskLowered: "Lower grade agreed"
        case .riskNotLowered: "Lower grade not agreed"
        case .policeIncident: "Police incident recorded"
        case .maracDecided: "MARAC decision"
        case .closingProposed: "Closing waits for a second person"
        case .closingRefused: "Closing not agreed"
        case .caseClosed: "Case closed"
        case .planWritten: "Safety plan written"
        case .needRecorded: "Need recorded"
        case .needChanged: "Need changed"
        case .supportGiven: "Support given"
        case .orderRecorded: "Order recorded"
        case .orderChanged: "Order changed"
        case .orderBreached: "Order breached"
        case .riskEvent: "Event that may change the risk"
        case .reviewDismissed: "Review of the risk set aside"
        case .documentRecorded: "Document recorded"
        case .documentWithdrawn: "Document taken back"
        case .letterWritten: "Letter written"
        case .letterReleased: "Letter left"
        case .letterCame: "What came of a letter"
        case .sharingProposed: "Sharing waits for a second person"
        case .shared: "Shared"
        case .sharingRefused: "Sharing not agreed"
        case .sharingEnded: "Sharing taken back"
        case .consentGiven: "Consent recorded"
        case .consentWithdrawn: "Consent withdrawn"
        case .placeChanged: "Programme or group"
        case .acrossChanged: "Other side of the wall"
        case .matacScored: "MATAC scoring"
        case .decided: "Decided in supervision"
        case .outcomeTaken: "Data set taken"
        case .outcomeWithdrawn: "Data set withdrawn"
        case .maracReferred: "MARAC referral written"
        case .housingSought: "Somewhere safe looked for"
        case .housingAsked: "A service asked for a home"
        case .housingAnswered: "What a service answered"
        case .housingEnded: "Search for somewhere safe ended"
        case .maracWithdrawn: "MARAC referral withdrawn"
        case .matterRecorded: "Matter of law or rights recorded"
        case .matterChanged: "Matter of law or rights moved on"
        case .matterWithdrawn: "Matter of law or rights withdrawn"
        case .referredOn: "Referred on"
        case .sanctuaryRecorded: "Sanctuary asked for"
        case .sanctuaryMoved: "Sanctuary"
        case .reciprocalAsked: "Another landlord asked for a home"
        case .reciprocalMoved: "Home from another landlord"
        case .transferProposed: "To be moved: waits for an answer"
        case .transferRejected: "Not taken over"
        case .transferRevoked: "No longer to be moved"
        case .caseMoved: "Moved to another agency"
        case .caseTakenOver: "Taken over from another agency"
        case .handedOver: "Handed over to a colleague"
        }
    }
}

/// One line of the timeline.
struct TimelineLine: Sendable {
    let kind: TimelineKind
    let at: Date
    let by: String
    let summary: String
}

import Foundation
import Postgres

/// What can stand on a case's timeline.
enum TimelineKind: String, Choice {
    case caseOpened, caseAllocated, riskAssessed, contactAttempted, noteWritten, noteChanged, contactRecorded, warned
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

import Foundation

/// A case as its page shows it.
struct CaseRecord: Sendable {
    let id: UUID
    let agency: UUID
    let agencyName: String
    let reference: String
    let person: UUID
    /// Nil when the case is shared with the viewer's agency, but the person's own record is not.
    let personName: String?
    let risk: RiskLevel
    let worker: UUID?
    let workerName: String?
    let isRestricted: Bool
    let openedAt: Date
    let clock: ContactClock
    let closedAt: Date?
    let version: Int
}

/// A line of a list of cases.
struct CaseLine: Sendable {
    let id: UUID
    let reference: String
    let personName: String
    let risk: RiskLevel
    let workerName: String?
    let clock: ContactClock
    let nextDue: Date?
    let openedAt: Date
}

/// Which cases a list shows.
enum CaseList: String, CaseIterable, Sendable {
    case mine, unallocated, all
    var label: String {
        switch self {
        case .mine: "My cases"
        case .unallocated: "Not allocated"
        case .all: "All open cases"
        }
    }
}

/// A colleague who may hold a case.
struct Colleague: Sendable {
    let id: UUID
    let name: String
    let openCases: Int
}

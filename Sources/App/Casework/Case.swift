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
    /// The closing that waits for a second person or, of a closed case, the one that closed it.
    let closing: UUID?
    /// Somebody else did something on it since whoever holds it last opened it.
    let hasNews: Bool
    let version: Int

    var isOpen: Bool { closedAt == nil }
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
    /// Somebody else did something on it since the reader, who holds it, last opened it.
    let hasNews: Bool
}

/// Which cases a list shows.
enum CaseList: String, CaseIterable, Sendable {
    case mine, changed, covered, unallocated, overdue, all
    var label: String {
        switch self {
        case .mine: "My cases"
        case .changed: "Changed since I looked"
        case .covered: "I cover"
        case .unallocated: "Not allocated"
        case .overdue: "First contact overdue"
        case .all: "All open cases"
        }
    }

    /// The label with the order of the list.
    var caption: String {
        switch self {
        case .mine: "My cases, next due first"
        case .changed: "Mine that a colleague worked on since I last opened them, next due first"
        case .covered: "Cases of colleagues whom I cover for, next due first"
        case .unallocated: "Not allocated, oldest first"
        case .overdue: "First contact overdue, longest first"
        case .all: "All open cases, newest first"
        }
    }
}

/// A colleague who may hold a case.
struct Colleague: Sendable {
    let id: UUID
    let name: String
    /// Open cases by risk.
    let open: [RiskLevel: Int]
    /// First contacts that are overdue though there was a safe time, and those for which there was none.
    let late: Int
    let noSafeTime: Int
    let nextDue: Date?
    let awayUntil: Date?
    let coveredBy: String?

    var openCases: Int { open.values.reduce(0, +) }
    func count(_ risk: RiskLevel) -> Int { open[risk] ?? 0 }

    /// How much there is to do, for comparing colleagues: a high-risk case counts three, medium and not yet graded two,
    /// standard one. Our own measure; it decides nothing.
    var weight: Int { count(.high) * 3 + (count(.medium) + count(.notAssessed)) * 2 + count(.standard) }

    /// "7 open cases: 3 high, 2 medium, 2 standard (load 15). Away until ..."
    var words: String {
        let names: [(RiskLevel, String)] = [
            (.high, "high"), (.medium, "medium"), (.standard, "standard"), (.notAssessed, "not graded"),
        ]
        let parts = names.filter { count($0.0) > 0 }.map { "\(count($0.0)) \($0.1)" }
        let detail = parts.isEmpty ? "" : ": \(parts.joined(separator: ", ")) (load \(weight))"
        let cover = coveredBy.map { ", covered by \($0)" } ?? ""
        let away = awayUntil.map { ". Away until \(London.dateAndTime($0))\(cover)" } ?? ""
        return "\(openCases) open case\(openCases == 1 ? "" : "s")\(detail)\(away)"
    }
}

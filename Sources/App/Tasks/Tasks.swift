import Foundation

/// Something that is due.
enum TaskKind: String, Choice {
    case firstContact, contact, review
    var label: String {
        switch self {
        case .firstContact: "First contact"
        case .contact: "Contact"
        case .review: "Review"
        }
    }
}

/// The clock of a first contact: 48 clock hours from opening, whatever the helpline's hours (source rule R2).
struct ContactClock: Equatable, Sendable {
    let due: Date
    let done: Date?

    static let hours = 48.0

    static func due(from opened: Date) -> Date { opened.addingTimeInterval(hours * 3_600) }

    /// "31 hours left", "Overdue by 2 hours", "Done".
    func words(at now: Date) -> String {
        if done != nil { return "Done" }
        let seconds = due.timeIntervalSince(now)
        let hours = Int(abs(seconds) / 3_600)
        let minutes = Int(abs(seconds) / 60)
        let amount = hours >= 72 ? "\(hours / 24) days" : hours >= 1 ? "\(hours) hour\(hours == 1 ? "" : "s")"
            : "\(minutes) minute\(minutes == 1 ? "" : "s")"
        return seconds >= 0 ? "\(amount) left" : "Overdue by \(amount)"
    }

    func isOverdue(at now: Date) -> Bool { done == nil && due < now }
}

import Foundation

/// The clock of a first contact: 48 clock hours from the grade, whatever the team's hours, with 24 as the norm (source
/// rule R2: high risk, or medium with professional judgement). Only contact stops it; attempts don't.
struct ContactClock: Equatable, Sendable {
    let opened: Date
    /// Risk has been graded; until then no 48 hours run, but the grade is due.
    let isGraded: Bool
    /// When risk was graded so that a first contact is due; nil: no 48 hours run.
    let started: Date?
    let due: Date?
    let done: Date?
    /// No safe time to ring falls inside the 48 hours.
    let noSafeTime: Bool

    static let hours = 48.0
    static let normHours = 24.0
    /// Hours until a case that came without a grade is due to have one: the norm for a first contact, since it can't
    /// be told before whether one is due.
    static let gradeHours = 24.0
    /// Days until somebody is in touch where no 48 hours run: this partnership's own norm.
    static let withoutClockDays = 7.0

    static func due(from started: Date) -> Date { started.addingTimeInterval(hours * 3_600) }
    static func gradeDue(from opened: Date) -> Date { opened.addingTimeInterval(gradeHours * 3_600) }

    /// When the norm of 24 hours ends.
    var norm: Date? { started?.addingTimeInterval(Self.normHours * 3_600) }

    /// "31 hours left", "Overdue by 2 hours", "Done", "Not graded yet", "No 48-hour clock".
    func words(at now: Date) -> String {
        if done != nil { return "Done" }
        guard let due else { return isGraded ? "No 48-hour clock" : "Not graded yet" }
        return Self.words(due: due, at: now)
    }

    static func words(due: Date, at now: Date) -> String {
        let seconds = due.timeIntervalSince(now)
        let hours = Int(abs(seconds) / 3_600)
        let minutes = Int(abs(seconds) / 60)
        let amount = hours >= 72 ? "\(hours / 24) days" : hours >= 1 ? "\(hours) hour\(hours == 1 ? "" : "s")"
            : "\(minutes) minute\(minutes == 1 ? "" : "s")"
        return seconds >= 0 ? "\(amount) left" : "Overdue by \(amount)"
    }

    var isRunning: Bool { due != nil && done == nil }

    func isOverdue(at now: Date) -> Bool { isRunning && breach(at: now) != nil }

    /// Whether the 48 hours went by without contact, and why; nil while they run, or when she was reached in time.
    func breach(at now: Date) -> Breach? {
        guard let due, due < done ?? now else { return nil }
        return noSafeTime ? .noSafeTime : .late
    }

    /// Two things that are never counted together: nobody got to it, and nobody could have without putting her at risk.
    enum Breach: Equatable, Sendable { case late, noSafeTime }
}

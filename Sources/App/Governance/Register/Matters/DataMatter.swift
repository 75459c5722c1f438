import Foundation
import Pages

/// Who asks or reports, and what they say. Sealed where it is kept.
struct DataWords: Codable, Equatable, Sendable {
    var who = ""
    /// How an answer reaches them.
    var reach = ""
    var words = ""
    /// Why the Information Commissioner was told late.
    var delay = ""
    /// By which right they ask for information, where they do.
    var capacity: String?
}

/// A breach, a request or a complaint as a list shows it: without what was said.
struct DataMatterLine: Sendable {
    let id: UUID
    let kind: DataMatterKind
    let agency: String
    let since: Date
    let step: String
    let due: Date?
    let restricts: Bool
    let endedAt: Date?
    let by: String
    let recordedAt: Date

    var state: String { kind.label(of: step) }

    /// The day, and for a breach the hour as well.
    func when(_ moment: Date) -> String {
        kind == .breach ? London.short(moment) : London.day(of: moment).description
    }
}

/// All of it.
struct DataMatter: Sendable {
    let line: DataMatterLine
    let agency: UUID
    /// The case of whoever asks, or the matter's own id.
    let subject: UUID
    let told: DataWords
    let version: Int
    /// Oldest first.
    let steps: [DataMatterStep]

    var id: UUID { line.id }
    var kind: DataMatterKind { line.kind }
    var caseID: UUID? { subject == id ? nil : subject }
    var isOpen: Bool { line.endedAt == nil }
    /// What was said last of how great the danger is: "unlikely", "likely" or "high".
    var danger: String? {
        steps.last { $0.step == "assessed" }.flatMap { one in
            ["unlikely", "likely", "high"].first(where: one.facts.contains)
        }
    }

    /// What may be recorded next.
    var offered: [DataStep] {
        guard isOpen else { return [] }
        let known = Set(steps.map(\.step))
        return kind.steps.filter { step in
            if step.isByItself { return false }
            if step.isOnce, known.contains(step.code) { return false }
            if step.code == "icoNot", danger != "unlikely" { return false }
            return step.after.allSatisfy { !known.isDisjoint(with: $0) } && known.isDisjoint(with: step.notAfter)
        }
    }

    /// The request is made by, or for, somebody who is said to have harmed; nil while nobody has said.
    var alleged: Bool? {
        steps.last { $0.step == "intercept" }.map { $0.facts.contains("alleged") }
    }
    var isAlleged: Bool { alleged == true }

    /// What has to be recorded before a pack is begun.
    var missingForPack: String? {
        let known = Set(steps.map(\.step))
        if !known.contains("identified") { return "First record how you made sure who asks." }
        if kind == .access, alleged == nil {
            return "First decide whether they ask for themselves or for somebody who is said to have harmed."
        }
        return nil
    }

    /// From when its months count: the day on which it was known who asks, or on which it came.
    var counted: Day {
        let known = kind == .access ? steps.last { $0.step == "identified" }?.happenedAt : nil
        return London.day(of: known ?? line.since)
    }

    /// When the Information Commissioner must have been told.
    var icoDue: Date { line.since.addingTimeInterval(Double(DataMatterKind.breachHours) * 3_600) }
}

struct DataMatterStep: Sendable {
    let number: Int
    let step: String
    let happenedAt: Date
    let reference: String
    let facts: Set<String>
    let told: DataWords
    let recordedAt: Date
    let by: String
}

/// Clocks of matters.
enum DataClock {
    /// What runs from the moment it was put down.
    static func first(_ kind: DataMatterKind, since: Date) -> Date {
        let day = London.day(of: since)
        return switch kind {
        case .breach: since.addingTimeInterval(Double(DataMatterKind.breachHours) * 3_600)
        case .complaint: end(of: day.adding(DataMatterKind.complaintDays))
        // Where that month has no such day, its last (UK GDPR, article 12(3)).
        default: end(of: day.months(ahead: 1))
        }
    }

    /// What runs after a step; `day` is what was said.
    static func next(
        _ step: DataStep, of matter: DataMatter, facts: Set<String>, day: Day?, happened: Date? = nil
    ) -> Date? {
        switch step.clock {
        // A risk that was unlikely and no longer is: the hours count from the beginning.
        case .keeps where step.code == "assessed" && !facts.contains("unlikely"):
            matter.steps.contains { $0.step == "icoTold" } ? nil : matter.icoDue
        case .keeps: matter.line.due
        case .stops: nil
        case .extends: end(of: matter.counted.months(ahead: 3))
        case .begins: end(of: London.day(of: happened ?? matter.line.since).months(ahead: 1))
        case .asked: day.map(end)
        }
    }

    /// The last minute of a day.
    static func end(of day: Day) -> Date { London.moment(day, minute: 24 * 60 - 1) ?? .distantFuture }

    /// "3 days and 4 hours left", "overdue by 2 hours".
    static func words(_ due: Date, at now: Date) -> String {
        let hours = Int(abs(due.timeIntervalSince(now)) / 3_600)
        let (days, rest) = (hours / 24, hours % 24)
        func count(_ number: Int, _ unit: String) -> String { "\(number) \(unit)\(number == 1 ? "" : "s")" }
        let parts = days >= 7 ? [count(days, "day")]
            : days > 0 ? [count(days, "day"), count(rest, "hour")] : [count(hours, "hour")]
        let time = hours == 0 ? "less than an hour" : parts.joined(separator: " and ")
        return due < now ? "Overdue by \(time)" : "\(time.prefix(1).uppercased())\(time.dropFirst()) left"
    }
}

/// How much waits for the officer.
struct RegisterWaiting: Sendable {
    let toAssess: Int
    let overdue: Int
    let reviewsDue: Int
}

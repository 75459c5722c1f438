import Foundation
import Pages
import Postgres

/// In which order a list of cases stands.
enum CaseOrder: String, Choice {
    case due, newest, oldest, risk, name
    var label: String {
        switch self {
        case .due: "Next due first"
        case .newest: "Newest first"
        case .oldest: "Oldest first"
        case .risk: "Highest risk first"
        case .name: "By name"
        }
    }
}

/// What is asked of the list of open cases. It stands in an address: codes and days only.
struct CaseFilter: Equatable, Sendable {
    enum Whose: String, Choice {
        case mine, all, nobody
        var label: String {
            switch self {
            case .mine: "Mine"
            case .all: "Everybody’s"
            case .nobody: "Nobody’s yet"
            }
        }
    }

    var answers: Answers
    let whose: Whose
    /// Among everybody's, those of one colleague.
    let worker: UUID?
    /// None: any.
    let risks: [RiskLevel]
    let onlyOverdue: Bool
    let onlyChanged: Bool
    let from: Day?
    let until: Day?
    let order: CaseOrder
    let page: Int

    static let perPage = 25
    /// Further on nobody turns pages: ask for less.
    static let lastPage = 40

    init(_ query: [String: [String]]) {
        var answers = Answers(query)
        whose = Whose(rawValue: answers["whose"]) ?? .mine
        let worker = UUID(uuidString: answers["worker"])
        self.worker = whose == .all ? worker : nil
        risks = RiskLevel.allCases.filter { answers.all("risk").contains($0.rawValue) }
        onlyOverdue = answers.all("only").contains("overdue")
        onlyChanged = answers.all("only").contains("changed")
        from = answers.day("from", name: "Opened from")
        until = answers.day("until", name: "Opened until")
        if let from, let until, until < from { answers.refuse("until", "Until must be on or after the first day") }
        order = CaseOrder(rawValue: answers["order"]) ?? .due
        page = min(max(Int(answers["page"]) ?? 0, 0), Self.lastPage)
        if answers["whose"].isEmpty { answers.set("whose", whose.rawValue) }
        if answers["order"].isEmpty { answers.set("order", order.rawValue) }
        self.answers = answers
    }

    /// From an address's query, as it is kept.
    init(kept query: String) {
        var parts: [String: [String]] = [:]
        for pair in query.split(separator: "&") {
            let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
            if sides.count == 2 { parts[sides[0], default: []].append(sides[1]) }
        }
        self.init(parts)
    }

    /// The same question as part of an address, without its page: written anew, so that nothing else can stand there.
    var query: String {
        var parts = ["whose=\(whose.rawValue)", "order=\(order.rawValue)"]
        if let worker { parts.append("worker=\(worker.column)") }
        parts += risks.map { "risk=\($0.rawValue)" }
        if onlyOverdue { parts.append("only=overdue") }
        if onlyChanged { parts.append("only=changed") }
        for (name, day) in [("from", from), ("until", until)] {
            if let day { parts += ["\(name)-day=\(day.day)", "\(name)-month=\(day.month)", "\(name)-year=\(day.year)"] }
        }
        return parts.joined(separator: "&")
    }

    var words: String {
        let days = [from.map { "opened from \($0)" }, until.map { "opened until \($0)" }].compactMap(\.self)
        let only = (onlyOverdue ? ["first contact overdue"] : []) + (onlyChanged ? ["changed since I looked"] : [])
        let levels = risks.isEmpty ? [] : [risks.map { $0.label.lowercased() }.joined(separator: " or ") + " risk"]
        let rest = levels + (worker == nil ? [] : ["one colleague’s"]) + only + days + [order.label.lowercased()]
        return ([whose.label] + rest).joined(separator: ", ")
    }
}

/// A view that somebody keeps.
struct SavedView: Sendable {
    let id: UUID
    let name: String
    let query: String

    /// How many somebody may keep.
    static let most = 20
}

/// The name under which a view is kept.
struct SavedViewForm: Equatable, Sendable {
    let name: String
    let filter: CaseFilter

    init?(_ answers: inout Answers, kept: Int) {
        name = answers.text("name", most: 60, name: "Name")
        if name.isEmpty { answers.refuse("name", "Enter a name for this view") }
        if kept >= SavedView.most { answers.refuse("name", "You keep \(SavedView.most) views: remove one first") }
        filter = CaseFilter(kept: answers["view"])
        if filter.answers.areRefused { answers.refuse("name", "This view can’t be kept: its days are wrong") }
        if !answers.errors.isEmpty { return nil }
    }
}

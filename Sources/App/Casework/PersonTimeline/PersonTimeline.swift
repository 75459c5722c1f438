import Foundation
import Pages

/// Kinds of things that happen to do with a person, as a reader chooses among them.
enum HappeningKind: String, Choice {
    case contacts, cases, attempts, notes, support, orders, risk, plans, safeContact, referrals, tasks
    var label: String {
        switch self {
        case .contacts: "Contacts"
        case .cases: "Cases"
        case .attempts: "Contact attempts"
        case .notes: "Notes"
        case .support: "Needs and support given"
        case .orders: "Orders, court and rights"
        case .risk: "Risk"
        case .plans: "Safety plans"
        case .safeContact: "Safe contact"
        case .referrals: "Referrals"
        case .tasks: "Tasks done"
        }
    }

    /// What a reader needs to be allowed besides reading the person's record.
    var needs: Permission {
        switch self {
        case .contacts: .recordContacts
        case .referrals: .makeReferrals
        case .cases, .attempts, .notes, .support, .orders, .tasks: .viewCases
        case .risk, .plans, .safeContact: .viewPeople
        }
    }
}

/// One thing that happened.
struct Happening: Sendable {
    let id: UUID
    let at: Date
    /// What happened, in a few words of ours.
    let title: String
    let by: String
    /// Closed answers: never typed by anybody.
    let facts: String
    /// What somebody typed. It may hold a number, an address or a name that must not be known: never printed.
    let words: String
    let href: String?
    /// It happened on a day; at what time nobody said.
    let isOfDay: Bool

    var when: String { isOfDay ? London.day(of: at).description : London.short(at) }
}

/// What is asked of a timeline.
struct TimelineAsked: Sendable {
    var answers: Answers
    let kind: HappeningKind?
    let since: Day?
    let until: Day?
    let before: Keyset?

    init(_ query: [String: [String]]) {
        var answers = Answers(query)
        kind = HappeningKind(rawValue: answers["kind"])
        since = answers.day("since", name: "From")
        until = answers.day("until", name: "Until")
        if let since, let until, until < since { answers.refuse("until", "Until must be on or after the first day") }
        before = Keyset(answers["before"])
        self.answers = answers
    }

    /// The kinds asked for that this reader may see.
    func kinds(for viewer: Viewer) -> [HappeningKind] {
        HappeningKind.allCases.filter { (kind == nil || kind == $0) && viewer.may($0.needs) }
    }

    var from: Date? { since.flatMap { London.moment($0, minute: 0) } }
    var to: Date? { until.map { Period(from: $0, until: $0).moments.until } }

    /// The same question, as part of an address: kinds and days only.
    var query: String {
        let names = ["kind"] + ["since", "until"].flatMap { name in ["day", "month", "year"].map { "\(name)-\($0)" } }
        let parts = names.compactMap { name -> String? in
            let value = answers[name].filter { $0.isASCII && ($0.isLetter || $0.isNumber) }
            return value.isEmpty ? nil : "\(name)=\(value)"
        }
        return parts.joined(separator: "&")
    }

    var description: String {
        let days = [since.map { "from \($0)" }, until.map { "until \($0)" }].compactMap(\.self)
        return ([kind?.label ?? "Everything"] + days).joined(separator: ", ")
    }
}

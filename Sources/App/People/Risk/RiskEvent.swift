import Foundation
import Pages
import Postgres

/// Something that moves the risk, and so proposes that it is assessed again.
enum RiskEventKind: String, Choice {
    case separation, pregnancy, release, contactHearing, move, newIncident, orderBreached, orderEnding
    var label: String {
        switch self {
        case .separation: "Separation"
        case .pregnancy: "Pregnancy"
        case .release: "Release from prison or custody"
        case .contactHearing: "Hearing about contact with the children"
        case .move: "Move to another home"
        case .newIncident: "New incident"
        case .orderBreached: "Order breached"
        case .orderEnding: "Order ends"
        }
    }
    var hint: String? { self == .newIncident ? "One that the police recorded: record that instead." : nil }

    /// What somebody records as such; breaches, police incidents and orders that end propose by themselves.
    static let byHand: [RiskEventKind] = [.separation, .pregnancy, .release, .contactHearing, .move, .newIncident]
}

/// What proposes a review, from which day on.
struct ProposingEvent: Equatable, Sendable {
    let kind: RiskEventKind
    /// When it happened, or is expected.
    let day: Day
    let proposesOn: Day

    /// "Separation, 3 May 2026"
    var words: String { "\(kind.label), \(day)" }

    /// From "separation 2026-05-03 2026-05-03".
    init?(stored: Substring) {
        let parts = stored.split(separator: " ").map(String.init)
        guard parts.count == 3, let kind = RiskEventKind(rawValue: parts[0]), let day = Day(column: parts[1]),
            let proposesOn = Day(column: parts[2]) else { return nil }
        (self.kind, self.day, self.proposesOn) = (kind, day, proposesOn)
    }

    init(kind: RiskEventKind, day: Day, proposesOn: Day) {
        (self.kind, self.day, self.proposesOn) = (kind, day, proposesOn)
    }
}

/// The one review of a person's risk that all their events propose together.
struct RiskReview: Equatable, Sendable {
    /// Of all events that nobody has answered yet, the earliest due.
    let due: Date
    let events: [ProposingEvent]

    /// What is expected proposes a review so many days before its day.
    static let ahead = 28

    /// From when on an event proposes: at once, or four weeks before it is expected.
    static func proposesOn(_ day: Day, today: Day) -> Day { max(today, day.adding(-ahead)) }

    /// Due by the risk in force: high on the next working day, medium within five, standard within ten. Who was never
    /// graded is as urgent as high: nothing says that it is less.
    static func due(_ level: RiskLevel, from day: Day) -> Date {
        let days = switch level {
        case .high, .notAssessed: 1
        case .medium: 5
        case .standard: 10
        }
        return WorkingDays.end(of: WorkingDays.after(day, days))
    }

    /// Those that propose it now; the others will.
    func now(on today: Day) -> [ProposingEvent] { events.filter { $0.proposesOn <= today } }
    func later(on today: Day) -> [ProposingEvent] { events.filter { $0.proposesOn > today } }

    /// What the task says: kinds and days, never what somebody typed.
    static func words(_ events: [ProposingEvent]) -> String {
        let rest = events.count - most
        return events.prefix(most).map(\.words).joined(separator: "; ") + (rest > 0 ? "; and \(rest) more" : "")
    }
    private static let most = 8

    /// The same where a safety plan was written before some of them.
    static func words(risk: [ProposingEvent], plan: [ProposingEvent]) -> String {
        if plan.isEmpty { return words(risk) }
        return risk.isEmpty ? "The safety plan, written before: \(words(plan))" : words(risk) + ". The safety plan too"
    }
}

/// The way to record an event, for whoever may.
func eventLink(of person: UUID, _ visit: Visit) -> HTML {
    guard visit.viewer.may(.assessRisk) else { return .empty }
    let href = "/people/\(person.column)/events/new"
    return GovUK.paragraph(GovUK.link("Record an event that may change the risk", href: href))
}

/// On whatever shows a person's risk: the review that is proposed, why, and what will propose one.
func reviewSummary(_ review: RiskReview, of person: UUID, on today: Day) -> HTML {
    let base = "/people/\(person.column)"
    let (now, later) = (review.now(on: today), review.later(on: today))
    let proposed: HTML? = now.isEmpty ? nil : GovUK.insetText("""
        <p class="govuk-body">A review of the risk is proposed, due \(London.dateAndTime(review.due)). \
        \(RiskReview.words(now)).</p><p class="govuk-body">\
        \(GovUK.link("Assess again", href: base + "/risk/new", visuallyHidden: "because of what happened")), or \
        \(GovUK.link("set it aside", href: base + "/events/dismiss", visuallyHidden: "the review, with a reason")).</p>
        """)
    let coming = later.map { "\($0.words) (a review from \($0.proposesOn))" }
    return "\(proposed)\(coming.isEmpty ? HTML.empty : plain(["Coming: " + coming.joined(separator: "; ") + "."]))"
}

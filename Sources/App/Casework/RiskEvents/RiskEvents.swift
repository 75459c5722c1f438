import Foundation
import Pages
import Postgres

/// How it came that an event no longer proposes a review.
enum EventEnd: String, Choice {
    case assessed, dismissed, overtaken, caseClosed
    var label: String {
        switch self {
        case .assessed: "Assessed again"
        case .dismissed: "Set aside"
        case .overtaken: "Changed"
        case .caseClosed: "Case closed"
        }
    }
}

/// Something that moved the risk or will, with how it was answered.
struct RiskEvent: Sendable {
    let event: ProposingEvent
    let words: String
    let recordedAt: Date
    let by: String
    /// Nil while it proposes a review, or will.
    let end: EventEnd?
    let endedAt: Date?
    let endedBy: String
    let reason: String
}

/// What is said of an event.
struct RiskEventForm: Equatable, Sendable {
    let kind: RiskEventKind
    let day: Day
    let words: String

    /// Characters that the words may have; how far ahead something may be expected, in days.
    static let most = (words: 500, ahead: 730)

    init?(_ answers: inout Answers, today: Day) {
        let kind = RiskEventKind.required("kind", "Select what happened or is expected", in: &answers)
        if let kind, !RiskEventKind.byHand.contains(kind) {
            answers.refuse("kind", "Select what happened or is expected")
        }
        let day = answers.day("day", name: "The day")
        if day == nil { answers.refuse("day", "Enter the day on which it happened or is expected") }
        if let day, day > today.adding(Self.most.ahead) { answers.refuse("day", "The day must be within two years") }
        if kind == .newIncident, let day, day > today {
            answers.refuse("day", "The day of an incident must be today or in the past")
        }
        words = answers.text("words", most: Self.most.words, name: "In a few words")
        if kind == .newIncident, words.isEmpty { answers.refuse("words", "Enter what happened") }
        guard let kind, let day, answers.errors.isEmpty else { return nil }
        (self.kind, self.day) = (kind, day)
    }
}

/// On the page of a person's risk.
func eventList(_ events: [RiskEvent], _ today: Day) -> HTML {
    if events.isEmpty { return plain(["None recorded."]) }
    return GovUK.table(
        caption: "Newest first", captionHidden: true, columns: ["What", "Day", "Review", "Recorded by"],
        rows: events.map { one -> [HTML] in
            let words: HTML? = one.words.isEmpty ? nil : "<br>\(lines(one.words))"
            return [
                "\(one.event.kind.label)\(words)", "\(one.event.day.description)", answer(one, today),
                "\(one.by)<br>\(London.short(one.recordedAt))",
            ]
        })
}

private func answer(_ one: RiskEvent, _ today: Day) -> HTML {
    guard let end = one.end else {
        return one.event.proposesOn <= today ? GovUK.tag("Proposed", colour: .yellow)
            : "From \(one.event.proposesOn.description)"
    }
    let reason: HTML? = one.reason.isEmpty ? nil : "<br>\(lines(one.reason))"
    return "\(end.label)<br>\(one.endedAt.map(London.short) ?? ""), \(one.endedBy)\(reason)"
}

func eventPage(_ person: Person, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/people/\(person.id.column)"
    let soon = visit.today.adding(14)
    return Page(
        "Assessment", heading: "Record an event that may change the risk", errors: answers.errors, back: base + "/risk",
        """
        <p class="govuk-body">It proposes that the risk is assessed again: at once or, of something expected, from \
        four weeks before. Nothing waits for it.</p>
        \(notice)\(visit.form(base + "/events/new", answers, """
            \(GovUK.radios("kind", legend: "What happened, or is expected?",
                           options: RiskEventKind.byHand.map(\.option), in: answers))
            \(GovUK.dateInput("day", legend: "On which day?",
                              hint: "For example, \(soon.day) \(soon.month) \(soon.year)", in: answers))
            \(GovUK.textarea("words", label: "In a few words", hint: "Needed for an incident only.", rows: 3,
                             in: answers))
            \(GovUK.button("Save event"))
            """))
        """)
}

/// What `dismissPage` shows: the review, and how many events there were when it was shown.
struct Dismissal: Sendable {
    let person: Person
    let review: RiskReview?
    let seen: Int
}

func dismissPage(
    _ dismissal: Dismissal, _ answers: Answers, _ visit: Visit, hasMore: Bool = false, notice: HTML? = nil
) -> Page {
    let base = "/people/\(dismissal.person.id.column)"
    let now = dismissal.review?.now(on: visit.today) ?? []
    let more: HTML? = hasMore
        ? GovUK.insetText("Something else has happened since you opened this page. Yours is not saved yet.") : nil
    let form: HTML = now.isEmpty ? plain(["Nothing proposes a review of the risk now."]) : visit.form(
        base + "/events/dismiss", answers, """
        \(GovUK.hidden("version", String(dismissal.seen)))
        \(GovUK.textarea("reason", label: "Why is no new assessment needed?", rows: 4, in: answers))
        \(GovUK.button("Set aside"))
        """)
    return Page(
        "Assessment", heading: "Set the review aside", errors: answers.errors, back: base + "/risk", """
        \(more)\(now.isEmpty ? HTML.empty : GovUK.list(now.map { event -> HTML in "\(event.words)" }))\(notice)\(form)
        """)
}

import Foundation
import Pages
import Postgres

/// The clock in words: the 48 hours and the norm of 24, what it waits for, and how it ended.
func clockFacts(_ clock: ContactClock, at now: Date) -> HTML {
    let tag = clockTag(clock, at: now)
    guard let started = clock.started, let due = clock.due, let norm = clock.norm else {
        if let done = clock.done { return "\(tag) \(London.dateAndTime(done))" }
        if clock.isGraded { return "\(tag) At this grade none runs. Be in touch within a week of opening." }
        let due = ContactClock.gradeDue(from: clock.opened)
        return """
            \(tag) Grade due \(London.dateAndTime(due)) (\(ContactClock.words(due: due, at: now))). \
            If it is high, or medium by judgement, the 48 hours run from then.
            """
    }
    if let done = clock.done {
        let how = switch clock.breach(at: now) {
        case nil where done <= norm: "Within the norm of 24 hours."
        case nil: "Within 48 hours, after the norm of 24."
        case .late: "Late: after 48 hours."
        case .noSafeTime: "After 48 hours: there was no safe time within them."
        }
        return "\(tag) \(London.dateAndTime(done)). \(how)"
    }
    return """
        \(tag) Due \(London.dateAndTime(due)) (48 hours). Norm \(London.dateAndTime(norm)) (24 hours)\
        \(norm < now ? ", passed" : ""). Graded \(London.dateAndTime(started)).
        """
}

/// What to do about a clock that can't be met safely, or is over. It never urges a call that is not safe.
func clockAdvice(_ record: CaseRecord, _ around: CaseAround, _ visit: Visit) -> HTML {
    guard let help = around.help, let due = record.clock.due else { return .empty }
    let overdue: HTML? = record.clock.isOverdue(at: visit.now)
        ? "<p class=\"govuk-body\">Overdue: \(help.onCall.words(at: visit.now)).</p>" : nil
    guard let contact = around.safeContact, case .refused = contact.verdict(.telephone, at: visit.now) else {
        return overdue.map(GovUK.insetText) ?? .empty
    }
    let next = contact.nextSafeCall(after: visit.now)
    let moment = next.map { "The next safe moment is \(London.dateAndTime($0))." }
        ?? "No safe moment to ring is known."
    if let next, next < due {
        return GovUK.insetText(GovUK.paragraph("\(moment) It is within the 48 hours."))
    }
    let referrer = help.referrer.map { "\($0), who referred" } ?? "no referrer is on record"
    let isOver = due <= visit.now
    let why: HTML = isOver ? "<strong>Do not ring now.</strong>"
        : "<strong>No safe time to ring falls within what is left of the 48 hours.</strong>"
    let count: HTML = record.clock.noSafeTime ? " This counts as “no safe time”, not as late." : .empty
    return GovUK.insetText("""
        <p class="govuk-body">\(why) \(moment) Wait for it.\(count)</p>
        <p class="govuk-body">A safe go-between may reach them sooner: \(referrer), or somebody whom they named as \
        safe. \
        \(visit.viewer.may(.recordAttempts) ? GovUK.link(
            "Record a contact through somebody", href: "/cases/\(record.id.column)/attempts/new") : HTML.empty)</p>
        \(overdue)
        """)
}

func personTimelineLink(_ record: CaseRecord, isOurs: Bool) -> HTML {
    guard isOurs, record.personName != nil else { return .empty }
    return """
        <p class="govuk-body">\(GovUK.link(
            "Everything about this person", href: "/people/\(record.person.column)/timeline"))</p>
        """
}

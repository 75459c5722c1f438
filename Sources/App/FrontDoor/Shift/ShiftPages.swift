import Foundation
import Pages
import Postgres

func shiftPage(_ shift: Shift, _ visit: Visit) -> Page {
    Page("Shift", wide: true, """
        \(GovUK.buttonGroup([
            GovUK.button("Record a contact", href: "/contacts/new"),
            GovUK.button("Hand over", kind: .secondary, href: "/shift/handover"),
        ]))
        \(shift.handovers.prefix(1).map { latest($0, visit) })
        <h2 class="govuk-heading-m">Waiting</h2>
        \(GovUK.list(waiting(shift)))
        \(taskTable("Promised, cut off, to be told", shift.tasks, back: "/shift", visit))
        <p class="govuk-body">\(shift.counts.contacts) contacts in the last 12 hours, \
        \(shift.counts.cutOff) of them cut off.</p>
        <p class="govuk-body">For when the system is down: \
        \(GovUK.link("tonight's calls to print", href: "/shift/calls")), \
        \(GovUK.link("blank form to print", href: "/shift/blank")).</p>
        """)
}

private func waiting(_ shift: Shift) -> [HTML] {
    func line(_ count: Int, _ one: String, _ many: String, _ path: String) -> HTML {
        let words = count == 0 ? "No \(many)" : "\(count) \(count == 1 ? one : many)"
        return GovUK.link(words, href: path)
    }
    return [
        line(shift.referrals.waiting, "referral that nobody has taken", "referrals that nobody has taken",
             "/referrals/waiting"),
        line(shift.referrals.overdue, "referral overdue", "referrals overdue", "/referrals/waiting"),
        line(shift.referrals.unread, "message of the public form to read", "messages of the public form to read",
             "/referrals/quarantine"),
        line(min(shift.counts.unallocated, 25), "case not allocated",
             shift.counts.unallocated > 25 ? "or more cases not allocated" : "cases not allocated",
             "/cases?list=unallocated"),
    ]
}

/// Things that wait, each with what ends it.
func taskTable(
    _ caption: String, _ tasks: [WaitingTask], back: String, _ visit: Visit, most: Int = 50, more way: HTML? = nil
) -> HTML {
    if tasks.isEmpty { return "<p class=\"govuk-body\">Nothing else waits.</p>" }
    let more = tasks.count > most ? GovUK.paragraph(way ?? "There are more: finish these first.") : nil
    return """
        \(GovUK.table(caption: caption, columns: ["What", "About", "Due", "With", "Done"],
                      rows: tasks.prefix(most).map { task in
            let late: HTML = task.due < visit.now ? GovUK.tag("Overdue", colour: .red) : .empty
            return [
                "\(GovUK.link(task.kind.label(due: task.due, at: visit.now), href: task.path)) \(task.detail)",
                "\(task.personName ?? "Nobody known yet")",
                "\(London.short(task.due)) \(late)", "\(task.owner ?? "The shift")",
                !task.kind.isEndedByPress ? GovUK.link("Answer", href: task.path, visuallyHidden: task.kind.label)
                    : visit.buttonForm("/tasks/\(task.id.column)/done", "Done", kind: .secondary,
                                       fields: ["back": back]),
            ]
        }))\(more)
        """
}

private func latest(_ handover: Handover, _ visit: Visit) -> HTML {
    let read: HTML = handover.readAt.map {
        "<p class=\"govuk-body-s\">Read by \(handover.readBy ?? ""), \(London.short($0)).</p>" }
        ?? visit.buttonForm("/shift/handover/\(handover.id.column)/read", "I have read this", kind: .secondary)
    return GovUK.insetText("""
        <p class="govuk-body-s">Handed over by \(handover.writtenBy), \(London.short(handover.writtenAt))</p>
        <p class="govuk-body">\(lines(handover.note))</p>\(read)
        """)
}

func handoverPage(_ shift: Shift, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let promised = shift.tasks.map { task -> HTML in
        "\(task.kind.label): \(task.detail) (\(task.personName ?? "nobody known yet"), due \(London.short(task.due)))"
    }
    return Page("Hand over", errors: answers.errors, back: "/shift", """
        <h2 class="govuk-heading-m">What was promised, and to whom</h2>
        \(promised.isEmpty ? plain(["Nothing is open."]) : GovUK.list(promised))
        <p class="govuk-body">It stays on the shift's list: you need not write it again.</p>
        \(notice)\(visit.form("/shift/handover", answers, """
            \(GovUK.textarea("note", label: "What should the next shift know?", rows: 6, in: answers))
            \(GovUK.button("Hand over"))
            """))
        """)
}

/// Printed and put into a sealed envelope: references, times and rules, no name, number or address.
func callListPage(_ calls: [(DueCall, SafeContactRule?)], _ visit: Visit) -> Page {
    let rows = calls.map { call, rule -> [HTML] in
        ["\(call.reference)", "\(call.kind.label)", "\(London.short(call.due))",
         "\(rule?.words ?? "Not asked: a first safe call only")", "Withheld"]
    }
    return Page("Calls", back: "/shift", wide: true, """
        <p class="govuk-body">Until \(London.short(visit.now.addingTimeInterval(86_400))). Print this, and keep \
        it in a sealed envelope. Numbers are withheld: the duty manager's envelope has them.</p>
        \(rows.isEmpty ? plain(["No calls are due."]) : GovUK.table(
            caption: "Calls", captionHidden: true,
            columns: ["Reference", "For", "Due", "When and how", "Number"], rows: rows))
        """)
}

let blankPage = Page("Contact form", back: "/shift", """
    <p class="govuk-body">Print this for when the system is down. Copy it in afterwards: the time of the contact and \
    the time of recording are kept apart.</p>
    \(GovUK.table(caption: "To be filled in by hand", captionHidden: true, columns: ["Ask", "Answer"], rows: (
        ["Date and time", "How (call, text, letter, in person)", "In danger now? Ring 999"]
        + SafetyQuestion.allCases.map(\.words)
        + ["Who is in contact?", "First name, last name, date of birth",
           "How, when and on which number is it safe to be in touch?",
           "Who must not know?", "Why are they in contact?", "Advice given", "What happens next?",
           "What did we promise, by when?",
           "Taken by"]).map { ["\($0)", "<br><br>"] }))
    """)

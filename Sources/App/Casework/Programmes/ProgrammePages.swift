import Foundation
import Pages
import Postgres

func programmesPage(_ programmes: [Programme], _ visit: Visit) -> Page {
    let mayChange = visit.viewer.may(.writeNotes)
    let rows = programmes.map { programme -> [HTML] in
        let ended: HTML? = programme.endedOn.map { GovUK.tag("Ended \($0)", colour: .grey) }
        return [
            "\(GovUK.link(programme.name, href: programme.path)) \(ended)", "\(programme.kind.label)",
            "\(programme.sessions)", "\(programme.waiting)",
        ]
    }
    return Page("Programmes and groups", """
        \(mayChange ? GovUK.button("Add a programme", href: "/programmes/new") : HTML.empty)
        \(rows.isEmpty ? plain(["None yet."]) : GovUK.table(
            caption: "Programmes", captionHidden: true,
            columns: ["Name", "Kind", .numeric("Sessions"), .numeric("Waiting")], rows: rows))
        \(programmes.contains(where: \.kind.isIntegrated)
            ? GovUK.paragraph(GovUK.link("MATAC ranking", href: "/matac")) : HTML.empty)
        """)
}

func programmeForm(_ agencies: [RunningAgency], _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let sides = Set(agencies.map(\.isHarming))
    let kinds = ProgrammeKind.allCases.filter { kind in
        sides.contains { ProgrammeKind.offered(harming: $0).contains(kind) }
    }
    let whose: HTML? = agencies.count < 2 ? nil : GovUK.radios(
        "agency", legend: "Whose is it?", options: agencies.map { GovUK.Choice($0.id.column, $0.name) }, small: true,
        in: answers)
    return Page("Add a programme", errors: answers.errors, back: "/programmes", """
        \(notice)\(visit.form("/programmes/new", answers, """
            \(whose)\(GovUK.radios("kind", legend: "What kind is it?", options: kinds.map(\.option), small: true,
                                   in: answers))
            \(programmeFields(answers))\(GovUK.button("Save"))
            """))
        """)
}

private func programmeFields(_ answers: Answers) -> HTML {
    """
    \(GovUK.input("name", label: "What is it called?", hint: "Neutral words: people read it on screens and walls.",
                  in: answers))
    \(GovUK.input("sessions", label: "How many sessions does it have?", width: .three, inputmode: "numeric",
                  in: answers))
    """
}

private func endedField(_ answers: Answers) -> HTML {
    GovUK.checkboxes("ended", legend: "Has it ended?", options: [GovUK.Choice("yes", "It has ended: nobody new comes")],
                     small: true, in: answers)
}

func programmeChangePage(_ programme: Programme, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Change a programme", caption: programme.kind.label, errors: answers.errors, back: programme.path, """
        \(notice)\(visit.form(programme.path + "/edit", answers, """
            \(GovUK.hidden("version", answers["version"]))\(programmeFields(answers))\(endedField(answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func programmePage(
    _ programme: Programme, _ groups: [ProgrammeGroup], _ waiting: [ProgrammePlace], isFirst: Bool, _ visit: Visit
) -> Page {
    let mayChange = visit.viewer.agencies(.writeNotes).contains(programme.agency)
    let buttons: HTML = mayChange ? GovUK.buttonGroup([
        GovUK.button("Add a group", href: programme.path + "/groups/new"),
        GovUK.button("Change the programme", kind: .secondary, href: programme.path + "/edit"),
    ]) : .empty
    let shown = Array(waiting.prefix(25))
    let next = waiting.count > 25 ? shown.last.map {
        let at = London.moment($0.referredOn, minute: 720) ?? visit.now
        return "\(programme.path)?from=\(Keyset(at: at, id: $0.id).text)"
    } : nil
    return Page(
        "Programme", caption: "\(programme.name). \(programme.kind.label), \(programme.sessions) sessions",
        back: "/programmes", wide: true, """
        \(buttons)
        \(groups.isEmpty ? plain(["No group yet."]) : GovUK.table(
            caption: "Groups", columns: ["Group", "First session", "State"], rows: groups.map { group -> [HTML] in
                [GovUK.link(group.name, href: group.path), "\(group.startsOn.description)",
                 group.endedOn == nil ? GovUK.tag("Open", colour: .green) : GovUK.tag("Ended", colour: .grey)]
            }))
        \(waitingTable(shown, visit))
        \(GovUK.pagination(previous: isFirst ? nil : programme.path, next: next, previousLabel: "From the start",
                           nextLabel: "Who waits less long"))
        """)
}

/// How long each waits, and when somebody last looked whether they may.
private func waitingTable(_ places: [ProgrammePlace], _ visit: Visit) -> HTML {
    if places.isEmpty { return plain(["Nobody waits."]) }
    return GovUK.table(
        caption: "Waiting, longest first", columns: ["Who", "State", .numeric("Days waited"), "Risk last checked"],
        rows: places.map { place -> [HTML] in
            let due: HTML? = place.needsCheck(on: visit.today) ? GovUK.tag("Check the risk", colour: .orange) : nil
            return [
                GovUK.link(place.personName, href: place.path),
                GovUK.tag(place.state.label, colour: place.state.colour), "\(place.daysWaited(on: visit.today))",
                "\(place.checkedOn.description) \(due)",
            ]
        })
}

func groupFormPage(
    _ title: String, _ action: String, _ back: String, _ programme: String, _ answers: Answers, isNew: Bool,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page(title, caption: programme, errors: answers.errors, back: back, """
        \(notice)\(visit.form(action, answers, """
            \(isNew ? HTML.empty : GovUK.hidden("version", answers["version"]))
            \(GovUK.input("name", label: "What is the group called?", hint: "For example, “Tuesday evenings”",
                          in: answers))
            \(GovUK.input("places", label: "How many may come?",
                          hint: "Places may be kept back: a group can have none before it looks full.",
                          width: .three, inputmode: "numeric", in: answers))
            \(GovUK.dateInput("starts", legend: "When is its first session?", in: answers))
            \(isNew ? HTML.empty : endedField(answers))\(GovUK.button("Save"))
            """))
        """)
}

func groupPage(
    _ group: ProgrammeGroup, _ members: [ProgrammePlace], _ sessions: [ProgrammeSession], _ visit: Visit
) -> Page {
    let mayChange = visit.viewer.agencies(.writeNotes).contains(group.agency)
    let state = group.endedOn.map { "Ended \($0)" } ?? "First session \(group.startsOn)"
    var buttons: [HTML] = []
    if mayChange, group.endedOn == nil {
        buttons.append(GovUK.button("Plan a session", href: group.path + "/sessions/new"))
    }
    if mayChange { buttons.append(GovUK.button("Change the group", kind: .secondary, href: group.path + "/edit")) }
    return Page(
        "Group", caption: "\(group.name), \(group.programmeName). \(state)",
        back: "/programmes/\(group.programme.column)", wide: true, """
        \(GovUK.buttonGroup(buttons))
        \(members.isEmpty ? plain(["Nobody is in it yet."]) : GovUK.table(
            caption: "Who is in it", columns: ["Who", "State"], rows: members.map { place -> [HTML] in
                [GovUK.link(place.personName, href: place.path),
                 GovUK.tag(place.state.label, colour: place.state.colour)]
            }))
        \(sessions.isEmpty ? plain(["No session is planned yet."]) : GovUK.table(
            caption: "Sessions, newest first", columns: ["When", "About", "Who came"],
            rows: sessions.map { session -> [HTML] in
                [GovUK.link(London.dateAndTime(session.heldAt), href: "\(group.path)/sessions/\(session.id.column)"),
                 "\(session.topic)", came(session, visit)]
            }))
        """)
}

private func came(_ session: ProgrammeSession, _ visit: Visit) -> HTML {
    if !session.cancelled.isEmpty { return GovUK.tag("Did not take place", colour: .grey) }
    if session.recorded > 0 { return "\(session.came) of \(session.recorded)" }
    return session.heldAt > visit.now ? "To come" : GovUK.tag("Not recorded yet", colour: .orange)
}

func sessionFields(_ answers: Answers, _ visit: Visit) -> HTML {
    """
    \(GovUK.dateInput("day", legend: "On which day is it?",
                      hint: "For example, \(visit.today.day) \(visit.today.month) \(visit.today.year)", in: answers))
    \(GovUK.timeInput("time", label: "When does it begin?", in: answers))
    \(GovUK.input("topic", label: "What is it about?", hint: "May be left empty.", in: answers))
    """
}

func sessionPage(_ group: ProgrammeGroup, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page(
        "Plan a session", caption: "\(group.name), \(group.programmeName)", errors: answers.errors,
        back: group.path, """
        \(notice)\(visit.form(group.path + "/sessions/new", answers, """
            \(sessionFields(answers, visit))\(GovUK.button("Save"))
            """))
        """)
}

func attendancePage(
    _ group: ProgrammeGroup, _ session: ProgrammeSession, _ attendees: [Attendee], _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    let path = "\(group.path)/sessions/\(session.id.column)"
    let people = attendees.map { one -> HTML in
        let hint = one.isIntegrated ? "A session that is missed is passed on to whoever supports the partner." : nil
        return """
            \(GovUK.hidden("version-\(one.place.column)", answers["version-\(one.place.column)"]))
            \(GovUK.radios(AttendanceForm.field(one), legend: one.name, hint: hint, options: AttendanceState.options,
                           inline: true, small: true, in: answers))
            \(GovUK.input("words-\(one.place.column)", label: "Note on \(one.name)", in: answers))
            """
    }
    return Page(
        "Who was there", caption: "\(London.dateAndTime(session.heldAt)), \(group.name), \(group.programmeName)",
        errors: answers.errors, back: group.path, """
        \(notice)\(visit.form(path, answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(people.isEmpty ? plain(["Nobody is in the group yet."]) : HTML.joined(people))
            \(GovUK.input("topic", label: "What was it about?", in: answers))
            \(GovUK.input("cancelled", label: "Why did it not take place?",
                          hint: "Only if it did not, or was planned by mistake.", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

extension AttendanceForm {
    /// The form as it opens: what is recorded.
    static func answers(_ session: ProgrammeSession, _ attendees: [Attendee]) -> Answers {
        var answers = Answers(["version": [String(session.version)]])
        answers.set("topic", session.topic)
        answers.set("cancelled", session.cancelled)
        for one in attendees {
            answers.set(field(one), one.state.rawValue)
            answers.set("words-\(one.place.column)", one.words)
            answers.set("version-\(one.place.column)", String(one.version))
        }
        return answers
    }
}

import Foundation
import Pages
import Postgres

/// Above all else on the page of whoever harms: what must not be done. It is all that comes from the other side.
func instructionBanner(_ instructions: [(kind: RiskInstruction, words: String)]) -> HTML {
    .joined(instructions.map { one -> HTML in
        GovUK.warningText("Risk instruction. \(one.kind.label): \(one.words)")
    })
}

/// On the case's page: the places and the way to them.
func placeSummary(_ places: PlacesInBrief, of record: CaseRecord) -> HTML {
    let items = places.lines.map { line -> HTML in
        "\(line.name) \(GovUK.tag(line.state.label, colour: line.state.colour))"
    }
    let link = GovUK.link("Programmes and groups", href: "/cases/\(record.id.column)/places")
    return """
        <h2 class="govuk-heading-m">Programmes and groups</h2>\(items.isEmpty ? HTML.empty : GovUK.list(items))
        \(GovUK.paragraph(items.isEmpty ? "On none yet. \(link)" : "\(link)"))
        """
}

func placesPage(_ record: CaseRecord, _ contact: SafeContact?, _ places: [ProgrammePlace], _ visit: Visit) -> Page {
    let base = "/cases/\(record.id.column)"
    let mayChange = visit.viewer.may(.writeNotes) && record.isOpen
    let rows = places.map { place -> [HTML] in
        let due: HTML? = place.needsCheck(on: visit.today) ? GovUK.tag("Check the risk", colour: .orange) : nil
        let waited: HTML = place.state.isWaiting ? "\(place.daysWaited(on: visit.today)) days"
            : "\(place.referredOn.description)"
        return [
            GovUK.link(place.programme.name, href: place.path),
            "\(GovUK.tag(place.state.label, colour: place.state.colour)) \(due)", "\(place.groupName ?? "")", waited,
        ]
    }
    return Page(
        "Programmes and groups", caption: "\(record.personName ?? "Person not shared"), \(record.reference)",
        back: base, above: safeContactBanner(contact, record.person, visit), """
        \(mayChange ? GovUK.button("Put on a waiting list", href: base + "/places/new") : HTML.empty)
        \(rows.isEmpty ? plain(["On none yet."]) : GovUK.table(
            caption: "Places", captionHidden: true, columns: ["Programme", "State", "Group", "Waits, or since"],
            rows: rows))
        """)
}

func placeFormPage(
    _ record: CaseRecord, _ programmes: [Programme], isHarming: Bool, _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    let base = "/cases/\(record.id.column)/places"
    let partner: HTML? = isHarming ? GovUK.input(
        "partner", label: "Whom did they name as partner or former partners?",
        hint: "For a behaviour programme. It goes to whoever arranges support, and is not kept on this side.",
        in: answers)
        : nil
    let fields: HTML = programmes.isEmpty ? plain(["There is no programme to wait for yet."]) : visit.form(
        base + "/new", answers, """
        \(GovUK.radios("programme", legend: "Which programme?", options: programmes.map {
            GovUK.Choice($0.id.column, $0.name, hint: $0.kind.label)
        }, small: true, in: answers))
        \(GovUK.radios("source", legend: "How did they come to it?", options: PlaceSource.options, small: true,
                       in: answers))
        \(GovUK.dateInput("referred", legend: "From which day do they wait?", in: answers))\(partner)
        \(GovUK.textarea("words", label: "Why this programme?", hint: "May be left empty.", rows: 4, in: answers))
        \(GovUK.button("Save"))
        """)
    return Page("Put on a waiting list", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(fields)
        """)
}

func placePage(
    _ record: CaseRecord, _ place: ProgrammePlace, _ standing: WallStanding, _ steps: [StepLine],
    _ attended: [Attended], _ visit: Visit
) -> Page {
    let mayChange = visit.viewer.may(.writeNotes) && record.isOpen
    var buttons: [HTML] = []
    if mayChange {
        buttons.append(GovUK.button("Record what happened next", href: place.path + "/next"))
        if place.state.isLive {
            buttons.append(GovUK.button("Record a session", kind: .secondary, href: place.path + "/sessions/new"))
        }
        if place.programme.kind.isIntegrated {
            buttons.append(GovUK.button("Pass something on", kind: .secondary, href: place.path + "/notices/new"))
        }
    }
    let waited = place.daysWaited(on: visit.today)
    let wait: HTML? = !place.state.isWaiting ? nil : """
        \(waited) day\(waited == 1 ? "" : "s"). Risk last checked \(place.checkedOn.description) \
        \(place.needsCheck(on: visit.today) ? GovUK.tag("Check the risk", colour: .orange) : HTML.empty)
        """
    let held = attended.count { $0.cancelled.isEmpty && [.attended, .late].contains($0.state) }
    var rows = [
        GovUK.SummaryRow("State", GovUK.tag(place.state.label, colour: place.state.colour)),
        GovUK.SummaryRow("Group", "\(place.groupName ?? "None yet")"),
        GovUK.SummaryRow("Came by", "\(place.source.label), \(place.referredOn.description)"),
        GovUK.SummaryRow("Sessions", "Came to \(held) of \(place.programme.sessions)"),
    ]
    if let wait { rows.append(GovUK.SummaryRow("Waits", wait)) }
    if place.programme.kind.isIntegrated {
        rows.append(GovUK.SummaryRow("Integrated support", standing.isArranged
            ? GovUK.tag("Arranged", colour: .green) : GovUK.tag("Not yet", colour: .yellow)))
    }
    return Page(
        "Place on a programme", caption: "\(place.personName), \(place.programme.name)",
        back: "/cases/\(record.id.column)/places", above: instructionBanner(standing.instructions), """
        \(GovUK.buttonGroup(buttons))\(GovUK.summaryList(rows))
        \(attendedTable(attended, place, mayChange: mayChange))
        \(stepList(steps))\(passedOn(standing))
        """)
}

private func attendedTable(_ attended: [Attended], _ place: ProgrammePlace, mayChange: Bool) -> HTML {
    if attended.isEmpty { return plain(["No session is recorded yet."]) }
    return GovUK.table(
        caption: "Sessions, newest first", columns: ["When", "About", "Came", "Note", "Change"],
        rows: attended.map { one -> [HTML] in
            let state = one.cancelled.isEmpty ? GovUK.tag(one.state.label, colour: one.state.colour)
                : GovUK.tag("Did not take place", colour: .grey)
            let change: HTML = one.isOwn && mayChange ? GovUK.link(
                "Change", href: "\(place.path)/sessions/\(one.session.column)",
                visuallyHidden: "the session of \(London.short(one.at))") : .empty
            return ["\(London.dateAndTime(one.at))", "\(one.topic)", state, "\(one.words) \(one.cancelled)", change]
        })
}

private func stepList(_ steps: [StepLine]) -> HTML {
    let items = steps.map { step -> HTML in
        let why: HTML? = step.reasons.isEmpty ? nil
            : "<br>\(step.reasons.map(\.label).joined(separator: ". "))"
        let group: HTML? = step.groupName.map { ", \($0)" }
        let words: HTML? = step.words.isEmpty ? nil : "<br>\(lines(step.words))"
        return """
            <strong>\(step.on.description)</strong> \(step.step.label)\(group)\(why)\(words)<br>\
            \(London.short(step.recordedAt)), \(step.by)
            """
    }
    return "<h2 class=\"govuk-heading-m\">What happened</h2>\(GovUK.list(items))"
}

/// What this side has passed on: its own words, never what came of them.
private func passedOn(_ standing: WallStanding) -> HTML {
    let sent = standing.notes.filter { note in
        ![.supportArranged, .supportEnded, .instruction, .instructionEnded].contains(note.kind)
    }
    if sent.isEmpty { return .empty }
    return GovUK.details("Passed on to the other side (\(sent.count))", GovUK.list(sent.map { note -> HTML in
        let words: HTML? = note.words.isEmpty ? nil : ". \(note.words)"
        return "\(note.day.description): \(note.kind.label)\(words)"
    }))
}

func stepPage(
    _ record: CaseRecord, _ place: ProgrammePlace, _ groups: [ProgrammeGroup], isSupported: Bool, _ answers: Answers,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    let steps = place.state.steps
    let waits = place.programme.kind.isIntegrated && !isSupported && steps.contains(.started)
    let reasons = StepReason.allCases.filter { reason in steps.contains { $0.reasons.contains(reason) } }
    let why: HTML? = reasons.isEmpty ? nil : GovUK.checkboxes(
        "reasons", legend: "Why?", hint: "Of an assessment, a drop-out or a risk check.", 
        options: reasons.map(\.option), small: true, in: answers)
    let group: HTML? = groups.isEmpty || !steps.contains(where: \.choosesGroup) ? nil : GovUK.radios(
        "group", legend: "Which group?", hint: "Only if they start or move. Places may be kept back: a group can "
            + "have none before it looks full.",
        options: groups.map { GovUK.Choice($0.id.column, $0.name) }, small: true, in: answers)
    return Page(
        "Record what happened next", caption: "\(place.programme.name), \(record.reference)", errors: answers.errors,
        back: place.path, """
        \(waits ? GovUK.insetText("\(StepForm.supportFirst).") : HTML.empty)
        \(notice)\(visit.form(place.path + "/next", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.radios("step", legend: "What happened?", options: steps.map(\.option), small: true, in: answers))
            \(why)\(group)\(GovUK.dateInput("day", legend: "On which day?", in: answers))
            \(GovUK.textarea("words", label: "Note", hint: "May be left empty, unless something was a mistake.",
                             rows: 4, in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

func ownSessionPage(_ place: ProgrammePlace, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Record a session", caption: place.programme.name, errors: answers.errors, back: place.path, """
        \(notice)\(visit.form(place.path + "/sessions/new", answers, """
            \(sessionFields(answers, visit))\(wasThere(answers))\(GovUK.button("Save"))
            """))
        """)
}

func ownSessionChangePage(
    _ place: ProgrammePlace, _ session: ProgrammeSession, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    Page(
        "Change a session", caption: "\(London.dateAndTime(session.heldAt)), \(place.programme.name)",
        errors: answers.errors, back: place.path, """
        \(notice)\(visit.form("\(place.path)/sessions/\(session.id.column)", answers, """
            \(GovUK.hidden("version", answers["version"]))\(wasThere(answers))
            \(GovUK.input("cancelled", label: "Why did it not take place?",
                          hint: "Only if it did not, or was recorded by mistake.", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

private func wasThere(_ answers: Answers) -> HTML {
    """
    \(GovUK.radios("was", legend: "Did they come?", options: AttendanceState.options, small: true, in: answers))
    \(GovUK.input("words", label: "Note", hint: "May be left empty.", in: answers))
    """
}

func wallFactPage(_ place: ProgrammePlace, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    Page("Pass something on", caption: place.programme.name, errors: answers.errors, back: place.path, """
        <p class="govuk-body">It goes to whoever supports the partner, at once. Nothing comes back but an instruction. \
        In danger now, ring 999 first.</p>
        \(notice)\(visit.form(place.path + "/notices/new", answers, """
            \(GovUK.radios("kind", legend: "What is passed on?", options: WallKind.byHand.map(\.option), small: true,
                           in: answers))
            \(GovUK.dateInput("day", legend: "On which day did it happen, or will it?", in: answers))
            \(GovUK.input("words", label: "What do they need to know?", hint: "May be left empty.", in: answers))
            \(GovUK.button("Pass it on"))
            """))
        """)
}

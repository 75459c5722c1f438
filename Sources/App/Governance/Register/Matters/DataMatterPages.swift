import Foundation
import Pages
import Postgres

/// The register's first page: what is open of what the reader may see.
struct DataMatterList: Sendable {
    let kind: DataMatterKind?
    let open: [DataMatterLine]
    let over: [DataMatterLine]
    /// For the officer alone.
    let waiting: RegisterWaiting?

    static let most = 50
    static let latest = 20
}

func registerPage(_ list: DataMatterList, _ visit: Visit) -> Page {
    var answers = Answers()
    answers.set("kind", list.kind?.rawValue ?? "")
    let open = list.open.prefix(DataMatterList.most)
    let more: HTML? = list.open.count > DataMatterList.most
        ? GovUK.paragraph("There are more than \(DataMatterList.most). These come first.") : nil
    let record: HTML? = visit.viewer.may(.recordRequests)
        ? GovUK.button("Record a request or complaint", kind: .secondary, href: "/register/requests/new") : nil
    let whose: HTML = visit.viewer.keepsRegister ? HTML.empty : GovUK.paragraph("""
        You see what you put down yourself, and what concerns records that you work with; a service manager sees all \
        of their agency. The data protection officer answers it.
        """)
    return Page("Register", wide: true, """
        \(registerTabs(.matters))\(list.waiting.map(waits))\(whose)
        \(GovUK.buttonGroup([GovUK.button("Report a data breach", href: "/report-a-breach"), record].compactMap { $0 }))
        <form method="get" action="/register">\(GovUK.select(
            "kind", label: "Show", options: [GovUK.Choice("", "All kinds")] + DataMatterKind.options.map {
                GovUK.Choice($0.value, $0.label)
            }, in: answers))\(GovUK.button("Show", kind: .secondary))</form>
        \(open.isEmpty ? plain(["Nothing is open."]) : GovUK.table(
            caption: "Open, whichever is due first", columns: ["What", "Agency", "Since", "Stands at", "Due"],
            rows: open.map { row($0, visit.now) }))\(more)
        \(list.over.isEmpty ? HTML.empty : GovUK.details("Closed last (\(list.over.count))", GovUK.table(
            caption: "Closed", captionSize: .s, columns: ["What", "Agency", "Since", "How", "Closed"],
            rows: list.over.map { row($0, visit.now) })))
        """)
}

/// What the officer has to do, in a sentence each.
private func waits(_ waiting: RegisterWaiting) -> HTML {
    func count(_ number: Int, _ one: String, _ many: String) -> HTML? {
        if number == 0 { return nil }
        return number == 1 ? "1 \(one)" : "\(number) \(many)"
    }
    let items = [
        count(waiting.toAssess, "breach was reported and waits to be assessed",
              "breaches were reported and wait to be assessed"),
        count(waiting.overdue, "matter is overdue", "matters are overdue"),
        waiting.reviewsDue == 0 ? nil : GovUK.link(
            waiting.reviewsDue == 1 ? "1 impact assessment is to be looked at again"
                : "\(waiting.reviewsDue) impact assessments are to be looked at again", href: "/register/assessments"),
    ].compactMap { $0 }
    if items.isEmpty { return .empty }
    return GovUK.notificationBanner("To do", GovUK.list(items))
}

private func row(_ line: DataMatterLine, _ now: Date) -> [HTML] {
    let last: HTML = line.endedAt.map { "\(London.day(of: $0).description)" } ?? dueTag(line, now)
    let restricts: HTML? = line.restricts ? GovUK.tag("In force", colour: .purple) : nil
    return [
        GovUK.link(line.kind.label, href: "/register/matters/\(line.id.column)",
                   visuallyHidden: "recorded \(London.short(line.recordedAt))"),
        "\(line.agency)", "\(line.when(line.since))", "\(line.state) \(restricts)", last,
    ]
}

private func dueTag(_ line: DataMatterLine, _ now: Date) -> HTML {
    guard let due = line.due else { return "" }
    let words = DataClock.words(due, at: now)
    let isNear = due < now.addingTimeInterval(line.kind == .breach ? 24 * 3_600 : 7 * 86_400)
    return "\(GovUK.tag(words, colour: due < now ? .red : isNear ? .orange : .blue))<br>\(line.when(due))"
}

func dataMatterPage(_ matter: DataMatter, packs: [Pack] = [], _ visit: Visit, notice: HTML? = nil) -> Page {
    let line = matter.line
    let mayStep = visit.viewer.keepsRegister
    var rows = [
        GovUK.SummaryRow(matter.kind == .breach ? "Noticed" : "Received", "\(line.when(line.since))"),
        GovUK.SummaryRow("Stands at", "\(line.state)"),
    ]
    if line.due != nil { rows.append(GovUK.SummaryRow("Due", dueTag(line, visit.now))) }
    if let ended = line.endedAt { rows.append(GovUK.SummaryRow("Closed", "\(London.short(ended))")) }
    rows.append(GovUK.SummaryRow(matter.kind == .breach ? "Reported by" : "Who asks", "\(matter.told.who)"))
    if let capacity = matter.told.capacity { rows.append(GovUK.SummaryRow("By which right", lines(capacity))) }
    if !matter.told.reach.isEmpty { rows.append(GovUK.SummaryRow("Answer goes by", lines(matter.told.reach))) }
    rows.append(GovUK.SummaryRow(
        matter.kind == .breach ? "What happened" : "What they say", lines(matter.told.words)))
    if let caseID = matter.caseID {
        rows.append(GovUK.SummaryRow("Case", visit.viewer.may(.viewCases)
            ? GovUK.link("Go to the case", href: "/cases/\(caseID.column)") : "There is one, at \(line.agency)"))
    }
    rows.append(GovUK.SummaryRow("Recorded", "\(line.by), \(London.short(line.recordedAt)), \(line.agency)"))
    let next: HTML = mayStep && !matter.offered.isEmpty ? """
        <h2 class="govuk-heading-m">What was done next?</h2>
        \(GovUK.list(matter.offered.map {
            GovUK.link($0.label, href: "/register/matters/\(matter.id.column)/next?step=\($0.code)")
        }))
        """ : .empty
    let steps = matter.steps.reversed().map { stepCard($0, matter) }
    return Page(matter.kind.label, back: "/register", """
        \(notice)\(GovUK.summaryList(rows))
        \(mayStep ? GovUK.details("What the law asks", plain(matter.kind.advice), open: matter.isOpen) : HTML.empty)
        \(packsOfMatter(matter, packs, visit))\(next)
        \(steps.isEmpty ? HTML.empty : "<h2 class=\"govuk-heading-m\">What was done, latest first</h2>")\
        \(.joined(steps))
        """)
}

private func stepCard(_ one: DataMatterStep, _ matter: DataMatter) -> HTML {
    let step = matter.kind.steps.first { $0.code == one.step }
    var rows = [GovUK.SummaryRow("When", "\(matter.line.when(one.happenedAt))")]
    if !one.reference.isEmpty { rows.append(GovUK.SummaryRow("Reference", "\(one.reference)")) }
    for group in step?.groups ?? [] {
        let said = group.options.filter { one.facts.contains($0.code) }.map(\.label)
        if !said.isEmpty { rows.append(GovUK.SummaryRow(group.label, "\(said.joined(separator: ", "))")) }
    }
    if !one.told.words.isEmpty { rows.append(GovUK.SummaryRow(step?.words ?? "Words", lines(one.told.words))) }
    if !one.told.delay.isEmpty { rows.append(GovUK.SummaryRow("Why late", lines(one.told.delay))) }
    rows.append(GovUK.SummaryRow("Recorded", "\(one.by), \(London.short(one.recordedAt))"))
    return GovUK.summaryCard(title: "\(one.number). \(step?.label ?? one.step)", rows: rows)
}

func dataStepPage(
    _ matter: DataMatter, _ step: DataStep, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let here = "/register/matters/\(matter.id.column)"
    let groups = step.groups.map { group -> HTML in
        let options = group.options.map { GovUK.Choice($0.code, $0.label) }
        return group.isMany
            ? GovUK.checkboxes(group.name, legend: group.label, options: options, small: true, in: answers)
            : GovUK.radios(group.name, legend: group.label, options: options, small: true, in: answers)
    }
    let time: HTML? = matter.kind == .breach
        ? GovUK.timeInput("happened-time", label: "At what time?", in: answers) : nil
    let reference = step.reference.map { GovUK.input("reference", label: $0, autocomplete: "off", in: answers) }
    let delay: HTML? = step.code == "icoTold" ? GovUK.textarea(
        "delay", label: "Why later than 72 hours?",
        hint: "Needed where they were told after \(London.short(matter.icoDue)).", rows: 3, in: answers) : nil
    var next: HTML?
    if case .asked(let legend) = step.clock {
        next = GovUK.dateInput("next", legend: legend, hint: "If you know.", in: answers)
    }
    return Page("What was done", caption: matter.kind.label, errors: answers.errors, back: here, """
        <h2 class="govuk-heading-m">\(step.label)</h2>
        \(["peopleTold", "peopleNot"].contains(step.code) ? GovUK.warningText("""
            Only by a way that is on record as safe for each of them. Ask their worker first.
            """) : HTML.empty)
        \(notice)\(visit.form(here + "/next", answers, """
            \(GovUK.hidden("step", step.code))\(GovUK.hidden("version", answers["version"]))
            \(GovUK.dateInput("happened", legend: "When was it done?", in: answers))\(time)
            \(.joined(groups))\(reference)
            \(GovUK.textarea("words", label: step.words, rows: 5, in: answers))\(delay)\(next)
            \(GovUK.button("Save"))
            """))
        """)
}

/// One small form for anybody who works here.
func reportBreachPage(_ agencies: [AgencyChoice], _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let form: HTML = agencies.isEmpty
        ? plain(["You have no role here today. Tell the data protection officer yourself."])
        : visit.form("/report-a-breach", answers, """
            \(GovUK.textarea("what", label: "What happened?", hint: """
                For example: sent to the wrong person, left lying, lost, seen by somebody who had no business with it. \
                As few names as you can.
                """, rows: 6, in: answers))
            \(GovUK.dateInput("noticed", legend: "When did you notice it?", in: answers))
            \(GovUK.timeInput("noticed-time", label: "At what time?", hint: "About. For example, 9:30am or 14:00",
                              in: answers))
            \(agencyField(agencies, answers))\(GovUK.button("Report"))
            """)
    return Page("Report a data breach", errors: answers.errors, back: "/account", """
        <p class="govuk-body">Personal data that was lost, changed, seen or sent where it should not be. Report it at \
        once, also when you are not sure, and when it was yourself: the law gives us 72 hours. Don’t tell the people \
        whom it is about: that is done in a way that is safe for them.</p>
        <p class="govuk-body">If somebody may be in danger because of it, ring 999 or their worker first.</p>
        \(notice)\(form)
        """)
}

func breachReceivedPage() -> Page {
    Page("Reported", back: "/account", plain([
        "The data protection officer sees it now, and decides what is done and who is told.",
        "If you can stop it going further, do: ask for a wrong message to be deleted, change a password, lock a "
            + "door.",
    ]))
}

func agencyField(_ agencies: [AgencyChoice], _ answers: Answers) -> HTML? {
    agencies.count < 2 ? nil : GovUK.select(
        "agency", label: "At which agency?",
        options: [GovUK.Choice("", "Choose one")] + agencies.map { GovUK.Choice($0.id.column, $0.name) }, in: answers)
}

func dataRequestPage(_ agencies: [AgencyChoice], _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let options = DataMatterKind.asked.map { GovUK.Choice($0.rawValue, $0.label, hint: $0.hint) }
    let reference: HTML? = visit.viewer.may(.viewCases) ? GovUK.input(
        "reference", label: "Reference of their case", hint: "If they have one here.", width: .twenty,
        autocomplete: "off", spellcheck: false, in: answers) : nil
    return Page("Record a request or complaint", errors: answers.errors, back: "/register", """
        <p class="govuk-body">Anybody may ask in any way, and need not name a law. Never say whether somebody is on \
        record here.</p>
        \(notice)\(visit.form("/register/requests/new", answers, """
            \(GovUK.radios("kind", legend: "What is it?", options: options, small: true, in: answers))
            \(GovUK.input("who", label: "Who asks?", autocomplete: "off", spellcheck: false, in: answers))
            \(reference)
            \(GovUK.textarea("capacity", label: "By which right do they ask for information?", hint: """
                For themselves; for a child or a client, with which authority; which order, which investigation.
                """, rows: 2, in: answers))
            \(GovUK.textarea("words", label: "What do they ask or complain about?", rows: 5, in: answers))
            \(GovUK.textarea("reach", label: "How does an answer reach them safely?", rows: 2, in: answers))
            \(GovUK.dateInput("received", legend: "When was it received?", in: answers))
            \(GovUK.dateInput("answer", legend: "By when is it to be answered?", hint: """
                For a court order, the police or a review: as it says. Others have their time by law.
                """, in: answers))
            \(agencyField(agencies, answers))\(GovUK.button("Save"))
            """))
        """)
}

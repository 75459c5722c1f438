import Foundation
import Pages
import Postgres

/// What is decided about a case, and what is to be done for it.
struct DecisionForm: Equatable, Sendable {
    let decision: String
    let task: String
    let dueOn: Day?

    init?(_ answers: inout Answers, today: Day) {
        decision = answers.text("decision", most: 2_000, name: "What is decided")
        if decision.isEmpty { answers.refuse("decision", "Enter what is decided") }
        task = answers.text("task", most: 300, name: "What is to be done")
        var due: Day?
        if task.isEmpty {
            if answers.day("due", name: "Due") != nil {
                answers.refuse("due", "Leave the day empty, or enter what is to be done")
            }
        } else {
            due = answers.dayAhead(
                "due", name: "Due", missing: "Enter the day by which it is to be done", today: today,
                last: today.adding(ToDoForm.farthest), far: "two years")
        }
        dueOn = due
        guard answers.errors.isEmpty else { return nil }
    }
}

func supervisedPage(_ workers: [Supervised], _ visit: Visit) -> Page {
    Page("Supervision", wide: true, """
        \(teamTabs(.supervision))
        \(workers.isEmpty ? plain(["Nobody to supervise."]) : GovUK.table(
            caption: "Longest ago first", columns: ["Who", "Last supervision"], rows: workers.map { worker -> [HTML] in
                [GovUK.link(worker.name, href: "/team/supervision/\(worker.id.column)"),
                 "\(worker.lastOn?.description ?? "None yet")"]
            }))
        """)
}

func supervisionsPage(
    _ worker: Supervised, _ supervisions: [Supervision], _ cases: [CaseLine], _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    let path = "/team/supervision/\(worker.id.column)"
    let rows = supervisions.map { one -> HTML in
        let mistake: HTML? = one.mistake.isEmpty ? nil : GovUK.tag("Recorded by mistake", colour: .grey)
        return """
            \(GovUK.link(one.heldOn.description, href: "\(path)/\(one.id.column)")), with \(one.by) \(mistake)
            """
    }
    return Page("Supervision of a worker", caption: worker.name, errors: answers.errors, back: "/team/supervision", """
        \(rows.isEmpty ? plain(["No supervision is recorded yet."]) : GovUK.list(rows))
        \(notice)\(visit.form(path, answers, """
            \(GovUK.dateInput("held", legend: "On which day is the supervision?",
                hint: "For example, \(visit.today.day) \(visit.today.month) \(visit.today.year)", in: answers))
            \(GovUK.button("Start a supervision"))
            """))
        \(cases.isEmpty ? plain(["They hold no open case."]) : caseTable("Cases that they hold", cases, visit))
        """)
}

func supervisionPage(
    _ worker: Supervised, _ supervision: Supervision, _ cases: [CaseLine], _ decisions: [SupervisionDecision],
    _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let back = "/team/supervision/\(worker.id.column)"
    let path = "\(back)/\(supervision.id.column)"
    let mistake: HTML? = supervision.mistake.isEmpty ? nil
        : GovUK.insetText("Recorded by mistake: \(supervision.mistake)")
    let rows = cases.map { line -> [HTML] in
        let said = decisions.first { $0.caseID == line.id }
        return [
            "\(GovUK.link(line.personName, href: "/cases/\(line.id.column)")), \(line.reference)", riskTag(line.risk),
            "\(said?.decision ?? "")", GovUK.link(
                said == nil ? "Decide" : "Change", href: "\(path)/\(line.id.column)",
                visuallyHidden: "about \(line.personName)"),
        ]
    }
    return Page(
        "Supervision", heading: "Supervision", caption: "\(worker.name), \(supervision.heldOn)", errors: answers.errors,
        back: back, wide: true, """
        \(mistake)\(rows.isEmpty ? plain(["They hold no open case."]) : GovUK.table(
            caption: "Cases, high risk first", columns: ["Case", "Risk", "Decided", "Decision"], rows: rows))
        \(notice)\(GovUK.details("Change the day, or take it back", visit.form(path, answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.dateInput("held", legend: "On which day was it?", in: answers))
            \(GovUK.input("mistake", label: "Why should it not be here?", hint: "Only if it was recorded by mistake.",
                          in: answers))
            \(GovUK.button("Save", kind: .secondary))
            """), open: answers.areRefused))
        """)
}

func decisionPage(
    _ record: CaseRecord, _ supervision: Supervision, _ before: [SupervisionDecision], _ answers: Answers,
    _ visit: Visit, notice: HTML? = nil
) -> Page {
    let back = "/team/supervision/\(supervision.worker.column)/\(supervision.id.column)"
    return Page(
        "Decide about a case", caption: "\(record.personName ?? "Person not shared"), \(record.reference)",
        errors: answers.errors, back: back, """
        \(decisionList(before))
        \(notice)\(visit.form("\(back)/\(record.id.column)", answers, """
            \(GovUK.hidden("version", answers["version"]))
            \(GovUK.textarea("decision", label: "What is decided?", hint: "It stands on the case.", rows: 4,
                             in: answers))
            \(GovUK.input("task", label: "What is to be done?", hint: "It goes on the case’s list. May be left empty.",
                          in: answers))
            \(GovUK.dateInput("due", legend: "By when?", hint: "Only if something is to be done.", in: answers))
            \(GovUK.button("Save"))
            """))
        """)
}

private func decisionList(_ decisions: [SupervisionDecision]) -> HTML {
    if decisions.isEmpty { return .empty }
    return GovUK.list(decisions.map { one -> HTML in
        let mistake: HTML? = one.mistake.isEmpty ? nil : " \(GovUK.tag("Recorded by mistake", colour: .grey))"
        let task: HTML? = one.dueOn.map { "<br>To do by \($0.description): \(one.task)" }
        return """
            <strong>\(one.heldOn.description)</strong>\(mistake)<br>\(lines(one.decision))\(task)<br>\
            \(London.short(one.recordedAt)), \(one.by)
            """
    })
}

/// On the case's page: that something was decided.
func decisionSummary(_ times: Int, of record: CaseRecord) -> HTML {
    if times == 0 { return .empty }
    let link = GovUK.link("Decisions from supervision", href: "/cases/\(record.id.column)/supervision")
    return GovUK.paragraph("\(link) (\(times)).")
}

func caseDecisionsPage(
    _ record: CaseRecord, _ contact: SafeContact?, _ decisions: [SupervisionDecision], _ visit: Visit
) -> Page {
    Page(
        "Decisions from supervision", caption: "\(record.personName ?? "Person not shared"), \(record.reference)",
        back: "/cases/\(record.id.column)", above: safeContactBanner(contact, record.person, visit), """
        \(decisions.isEmpty ? plain(["None yet."]) : decisionList(decisions))
        """)
}

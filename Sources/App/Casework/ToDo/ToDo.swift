import Foundation
import Pages
import Postgres

/// Something that a worker puts on a case's list.
struct ToDoForm: Equatable, Sendable {
    let words: String
    let day: Day
    /// Not the writer's own: it is whoever's who holds the case, now or when it is done.
    let isForHolder: Bool

    /// How far ahead something may be put, in days: further away nobody relies on a list.
    static let farthest = 730

    init?(_ answers: inout Answers, today: Day) {
        words = answers.text("what", most: 300, name: "What is to be done")
        if words.isEmpty { answers.refuse("what", "Enter what is to be done") }
        let day = answers.dayAhead(
            "due", name: "Due", missing: "Enter the day on which it is due", today: today,
            last: today.adding(Self.farthest), far: "two years")
        let whose = answers["whose"]
        if whose != "mine", whose != "holder" { answers.refuse("whose", "Select whose it is") }
        guard let day, answers.errors.isEmpty else { return nil }
        (self.day, isForHolder) = (day, whose == "holder")
    }
}

extension Site {
    mutating func addToDo() {
        get("cases/:id/tasks/new", .needs(.writeNotes)) { visit in
            let (record, kept) = try await visit.toDo()
            return .page(toDoPage(record, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("cases/:id/tasks/new", .needs(.writeNotes)) { visit in
            let (record, _) = try await visit.toDo()
            var answers = visit.typed
            guard let form = ToDoForm(&answers, today: visit.today) else {
                return .invalid(toDoPage(record, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/cases/\(record.id.column)") { db in
                    try db.startTask(NewTask(
                        kind: .toDo, agency: record.agency, caseID: record.id,
                        owner: form.isForHolder ? record.worker : visit.viewer.account,
                        due: WorkingDays.end(of: form.day), detail: form.words), visit)
                    try db.audit(.taskAdded, .case, record.id)
                }
            })
        }
    }
}

extension Visit {
    /// Whoever may write a note may add to the list; nothing is put on that of a case that is closed.
    fileprivate func toDo() async throws -> (CaseRecord, KeptAnswers) {
        let (record, kept) = try await noting()
        guard record.isOpen else { throw Refusal.notFound }
        return (record, kept)
    }
}

private func toDoPage(_ record: CaseRecord, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let base = "/cases/\(record.id.column)"
    let isHeldByOther = record.worker != visit.viewer.account
    let week = visit.today.adding(7)
    let holder = record.workerName ?? "whoever will hold the case"
    let whose: HTML = isHeldByOther ? GovUK.radios("whose", legend: "Whose is it?", options: [
        GovUK.Choice("mine", "Mine"), GovUK.Choice("holder", "For \(holder)"),
    ], in: answers) : GovUK.hidden("whose", "mine")
    return Page("Add to the list", caption: record.reference, errors: answers.errors, back: base, """
        \(notice)\(visit.form(base + "/tasks/new", answers, """
            \(GovUK.input("what", label: "What is to be done?", in: answers))
            \(GovUK.dateInput("due", legend: "When is it due?",
                hint: "For example, \(week.day) \(week.month) \(week.year)", in: answers))
            \(whose)\(GovUK.button("Save"))
            """))
        """)
}

/// What still waits on a case.
func dueList(_ due: [DueLine], _ record: CaseRecord, _ visit: Visit, isOurs: Bool) -> HTML {
    let add: HTML? = isOurs && record.isOpen && visit.viewer.may(.writeNotes)
        ? "<p class=\"govuk-body\">\(GovUK.link("Add to the list", href: "/cases/\(record.id.column)/tasks/new"))</p>"
        : nil
    if due.isEmpty { return record.isOpen ? "\(plain(["Nothing waits."]))\(add)" : .empty }
    let rows = due.map { line -> [HTML] in
        let late: HTML = line.due < visit.now ? GovUK.tag("Overdue", colour: .red) : .empty
        let done: HTML = isOurs && line.kind.isEndedByPress
            ? visit.buttonForm("/tasks/\(line.id.column)/done", "Done", kind: .secondary,
                               fields: ["back": "/cases/\(record.id.column)"]) : .empty
        return [
            "\(line.kind.label(due: line.due, at: visit.now))\(line.detail.isEmpty ? "" : ": \(line.detail)")",
            "\(London.short(line.due)) \(late)", "\(line.owner ?? "Nobody yet")", done,
        ]
    }
    return "\(GovUK.table(caption: "Waiting", columns: ["What", "Due", "With", "Done"], rows: rows))\(add)"
}

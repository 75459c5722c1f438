import Foundation
import Pages
import Postgres

extension Site {
    mutating func addLowering() {
        get("people/:id/risk/:risk/confirm", .needs(.assessRisk)) { visit in
            let waiting = try await visit.waitingGrade(isRead: true)
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(loweringPage(waiting, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/risk/:risk/confirm", .needs(.assessRisk)) { visit in
            let waiting = try await visit.waitingGrade(isRead: false)
            var answers = visit.typed
            let form = SecondWord(
                &answers, unanswered: "Select whether you agree to the lower grade",
                unexplained: "Enter why you don’t agree")
            if waiting.isOwn(visit) {
                answers.refuse("agree", "You made this assessment: a second person must agree to it")
            } else if !waiting.isOpen {
                answers.refuse("agree", "This no longer waits: somebody has answered, or assessed again")
            }
            guard let form, !answers.areRefused else { return .invalid(loweringPage(waiting, answers, visit)) }
            return .seeOther(try await visit.write { db in
                let here = "/people/\(waiting.person.id.column)/risk/\(waiting.risk.id.column)"
                return try db.once(visit, leadingTo: here) { db in try db.decide(form, waiting, visit) }
            })
        }
    }
}

/// A lower grade with what it would replace.
private struct WaitingGrade: Sendable {
    let person: Person
    let contact: SafeContact?
    let risk: RiskAssessment
    let standing: RiskStanding

    var isOpen: Bool { standing.waiting == risk.id }
    func isOwn(_ visit: Visit) -> Bool { risk.assessedByAccount == visit.viewer.account }
}

extension Visit {
    fileprivate func waitingGrade(isRead: Bool) async throws -> WaitingGrade {
        let id = try id()
        let riskID = try self.id("risk")
        return try await write { db in
            let person = try db.person(id, within: viewer, to: .assessRisk).orNotFound()
            let risk = try db.risk(riskID, of: id).orNotFound()
            if isRead { try db.auditLook(atRisk: riskID, of: id) }
            return WaitingGrade(
                person: person, contact: try db.safeContact(of: id, self), risk: risk,
                standing: try db.riskStanding(of: id, on: today))
        }
    }
}

extension Connection {
    /// Agreed, the grade takes effect from now; not agreed, it never does. Either way the task is done.
    fileprivate func decide(_ form: SecondWord, _ waiting: WaitingGrade, _ visit: Visit) throws {
        let (person, risk) = (waiting.person, waiting.risk)
        try holdRisk(of: person.id)
        // Somebody may have answered or assessed again since the page was read: theirs stands.
        guard try riskStanding(of: person.id, on: visit.today).waiting == risk.id else { return }
        let cases = try openCases(of: person.id)
        try confirmRisk(risk, form, of: person, caseID: cases.first?.id, visit)
        try finishTasks(.review, about: person.id, detail: RiskTask.lowering, visit)
        try note(
            form.agrees ? .riskLowered : .riskNotLowered, onEach: cases, of: person, subject: risk.id, risk.line, visit)
        if form.agrees {
            try takesEffect(risk.level, of: person.id, agency: person.agency, owner: cases.first?.worker, visit)
        }
        try audit(form.agrees ? .riskLowered : .riskNotLowered, .risk, risk.id)
    }
}

private func loweringPage(_ waiting: WaitingGrade, _ answers: Answers, _ visit: Visit, notice: HTML? = nil) -> Page {
    let (risk, standing) = (waiting.risk, waiting.standing)
    let here = "/people/\(waiting.person.id.column)/risk/\(risk.id.column)"
    let form: HTML = if !waiting.isOpen, !answers.areRefused {
        plain(["This doesn’t wait for anybody."])
    } else if waiting.isOwn(visit), !answers.areRefused {
        GovUK.insetText("You made this assessment: a second person must agree to it. It is on your agency’s list.")
    } else {
        visit.form(here + "/confirm", answers, """
            \(GovUK.radios("agree", legend: "Do you agree to the lower grade?", options: [
                GovUK.Choice("yes", "Yes: \(risk.level.label.lowercased()) from now"),
                GovUK.Choice("no", "No: \(standing.level.label.lowercased()) goes on"),
            ], in: answers))
            \(GovUK.textarea("reason", label: "Why?", hint: "Needed when you don’t agree.", rows: 4, in: answers))
            \(GovUK.button("Save"))
            """)
    }
    return Page(
        "Assessment", heading: "A lower grade waits for a second person", errors: answers.errors, back: here,
        above: safeContactBanner(waiting.contact, waiting.person.id, visit), """
        <h2 class="govuk-heading-m">In force</h2>\(riskSummary(standing.inForce))
        <h2 class="govuk-heading-m">Waiting</h2>\(riskSummary(risk))
        \(risk.rationale.isEmpty ? HTML.empty : GovUK.insetText(lines(risk.rationale)))
        \(standing.inForce.map { comparison($0, risk) })
        \(notice)\(form)
        """)
}

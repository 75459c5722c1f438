import Foundation
import Pages
import Postgres

/// A plan that another agency shares with the reader's, as a list shows it: never whose it is.
struct SharedPlanLine: Sendable {
    let id: UUID
    let caseID: UUID
    let agency: String
    let purpose: String
    let endsAt: Date
}

/// A plan that is to be shared, and what its text holds of others and of places.
struct PlanShareCheck: Sendable {
    let person: UUID
    let plan: SafetyPlan
    /// Nil without an open case: nobody is then answerable for the sharing.
    let choices: SharingChoices?
    /// The plan as a text.
    let text: String
    let findings: [GateFinding]

    init(person: UUID, plan: SafetyPlan, choices: SharingChoices?, known: GateKnowledge) {
        (self.person, self.plan, self.choices) = (person, plan, choices)
        text = plan.kind.text(plan.parts)
        findings = ReleaseGate.findings(in: text, known)
    }

    var base: String { "/people/\(person.column)/plan" }

    /// Without what nobody confirmed, and never with what may not leave.
    func text(keeping kept: Set<String>) -> String {
        ReleaseGate.redacted(text, without: findings.filter { $0.mustGo || !kept.contains($0.words) })
    }
}

extension Site {
    /// One version of a plan goes to one agency: a disclosure as any other, of nothing else.
    mutating func addPlanShares() {
        get("people/:id/plan/:plan/share", .needs(.shareCases)) { visit in
            let (check, kept) = try await visit.planToShare()
            let answers = kept.over(SharingForm.opening(.plan, today: visit.today))
            return .page(planSharePage(check, answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/plan/:plan/share", .needs(.shareCases)) { visit in try await visit.sharePlan() }
        // That it is read is on record before it is shown.
        get("shares/:id", .needs(.viewCases)) { visit in
            let id = try visit.id()
            let line = try await visit.write { db in
                let line = try db.receivedPlans(visit, only: id).first.orNotFound()
                try db.audit(.sharedPlanViewed, .case, line.caseID)
                return line
            }
            let told = try await visit.read { db in try db.receivedPlan(id, visit).orNotFound() }
            return .page(sharedPlanPage(line, told, visit))
        }
    }
}

extension Visit {
    /// The check reads protected addresses to compare them: that it does is recorded first.
    fileprivate func planToShare() async throws -> (PlanShareCheck, KeptAnswers) {
        let (id, planID) = (try id(), try id("plan"))
        let record = try await write { db in
            let record = try db.caseToShare(planID, of: id, self)
            try db.audit([.safetyPlanViewed, .textChecked], .person, id)
            return record
        }
        return try await read { db in
            (PlanShareCheck(
                person: id, plan: try db.safetyPlan(planID, of: id, self).orNotFound(),
                choices: try record.map { try db.planChoices($0, at: now) },
                known: try db.gateKnowledge(of: id, self)),
             try db.keptAnswers(self))
        }
    }

    fileprivate func sharePlan() async throws -> Reply {
        if let path = try await read({ db in try db.sentBefore(self) }) { return .seeOther(path) }
        let (check, _) = try await planToShare()
        var answers = typed
        answers.set("route", SharingRoute.plan.rawValue)
        guard let choices = check.choices, var form = SharingForm(&answers, choices, ofPlan: true, now: now) else {
            return .invalid(planSharePage(check, answers, self))
        }
        form.words = check.text(keeping: Set(answers.all("keep")))
        return .seeOther(try await saveShare(form, on: choices.record, SharingRoute.plan.label))
    }

    /// Whether a plan that waits for a second person still may go: an address may have become protected since.
    func mayStillGo(_ one: Disclosure, of person: UUID) async throws -> Bool {
        guard one.parts.contains(.plan), let words = one.told?.words else { return true }
        try await write { db in try db.audit(.textChecked, .person, person) }
        let known = try await read { db in try db.gateKnowledge(of: person, self) }
        return !ReleaseGate.findings(in: words, known).contains(where: \.mustGo)
    }
}

private func planSharePage(
    _ check: PlanShareCheck, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let path = "\(check.base)/\(check.plan.id.column)/share"
    let form: HTML = check.choices.map { choices in
        let agencies = [GovUK.Choice("", "Choose one")] + choices.partners.map { GovUK.Choice($0.id.column, $0.name) }
        return visit.form(path, answers, """
            \(gateFields(check.findings, in: answers) { _, finding in finding.words })
            \(GovUK.select("to", label: "To which agency?", options: agencies, in: answers))
            \(GovUK.textarea("because", label: "Why now, for this person?", hint: "One sentence.", rows: 2,
                             in: answers))
            \(agreementField(choices, answers))
            \(GovUK.paragraph("""
                What they agree to is written down first, in their own words: \
                \(GovUK.link("record consent", href: "/cases/\(choices.record.id.column)/consents/new")).
                """))
            \(groundFields(until: "A year at most.", answers))
            \(GovUK.button("Share the plan"))
            """)
    } ?? GovUK.insetText("There is no open case. A plan is shared by whoever has the case: open one first.")
    let old: HTML? = check.plan.isCurrent ? nil : GovUK.insetText("""
        A newer version has taken its place. \(GovUK.link("The newest", href: check.base))
        """)
    return Page(
        "Share a plan", caption: "\(check.plan.kind.label), version \(check.plan.version)", errors: answers.errors,
        back: check.base, """
        \(old)\(GovUK.paragraph("""
            They read this version, with the name and the date of birth and nothing else of the case. A later version \
            is shared again, if it should be.
            """))
        \(GovUK.insetText(lines(check.text)))\(notice)\(form)
        """)
}

private func sharedPlanPage(_ line: SharedPlanLine, _ told: SharedWords, _ visit: Visit) -> Page {
    Page("A plan that is shared", back: "/shares", """
        \(GovUK.summaryCard(title: "Shared by \(line.agency)", rows: [
            GovUK.SummaryRow("Whose", "\(told.name)"),
            GovUK.SummaryRow("Date of birth", "\(told.born.isEmpty ? "Not recorded" : told.born)"),
            GovUK.SummaryRow("For", "\(line.purpose)"),
            GovUK.SummaryRow("Until", "\(London.lastDay(before: line.endsAt).description)"),
        ]))
        \(GovUK.paragraph("""
            It is as it was when it was shared. Ask \(line.agency) whether it still holds. Don’t speak of it with \
            anybody whom it does not name.
            """))
        \(GovUK.insetText(lines(told.words)))
        """)
}

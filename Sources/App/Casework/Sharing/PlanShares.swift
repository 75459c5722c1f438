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
    let known: GateKnowledge

    var base: String { "/people/\(person.column)/plan" }

    /// The plan as a text.
    var text: String { plan.kind.text(plan.parts) }

    var findings: [GateFinding] { ReleaseGate.findings(in: text, known) }

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
        let (record, filled, isAgreed) = (choices.record, form, form.consent != nil)
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(record.id.column)/shares") { db in
                let id = UUID()
                try db.addDisclosure(id, filled, on: record, self)
                try db.note(
                    isAgreed ? .shared : .sharingProposed, on: record.id, agency: record.agency, subject: id,
                    SharingRoute.plan.label, self)
                try db.audit(isAgreed ? .caseShared : .sharingProposed, .case, record.id, purpose: filled.purpose)
            }
        })
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
        let agreement = choices.consents.map {
            GovUK.Choice("consent-\($0.id.column)", "They agreed: \($0.to), \($0.purpose)")
        } + AskedAgreement.without.map(\.option)
        return visit.form(path, answers, """
            \(findingFields(check.findings, answers))
            \(GovUK.select("to", label: "To which agency?", options: agencies, in: answers))
            \(GovUK.textarea("because", label: "Why now, for this person?", hint: "One sentence.", rows: 2,
                             in: answers))
            \(GovUK.radios("agreement", legend: "Do they agree?",
                           hint: "Without their agreement a second person must agree.", options: agreement, small: true,
                           in: answers))
            \(GovUK.paragraph("""
                What they agree to is written down first, in their own words: \
                \(GovUK.link("record consent", href: "/cases/\(choices.record.id.column)/consents/new")).
                """))
            \(GovUK.input("purpose", label: "What is it for?", in: answers))
            \(GovUK.radios("basis", legend: "Lawful basis", options: SharingBasis.offered.map(\.option), small: true,
                           in: answers))
            \(GovUK.textarea("necessity", label: "Why is it needed, and why no more than is needed?", rows: 3,
                             in: answers))
            \(GovUK.dateInput("until", legend: "Until which day?", hint: "A year at most.", in: answers))
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

/// What the text holds of others and of places: confirmed one by one, it goes; whatever may never leave has no box.
private func findingFields(_ findings: [GateFinding], _ answers: Answers) -> HTML {
    if findings.isEmpty {
        return GovUK.paragraph("""
            No address, number, school or name of somebody around them was found in it. Read it once more.
            """)
    }
    let gone = findings.filter(\.mustGo).map { "\($0.words) (\($0.kind.label.lowercased()))" }
    let always: HTML? = gone.isEmpty ? nil
        : GovUK.warningText("Taken out whatever you choose: \(gone.joined(separator: ", ")).")
    let options = findings.filter { !$0.mustGo }.map { finding in
        GovUK.Choice(finding.words, finding.words, hint: finding.whose.map { "\(finding.kind.label), \($0)" }
            ?? finding.kind.label)
    }
    let choices: HTML? = options.isEmpty ? nil : GovUK.checkboxes(
        "keep", legend: "Which of these must they see?",
        hint: "Whatever is not ticked goes as “\(ReleaseGate.withheld)”.", options: options, in: answers)
    return "\(always)\(choices)"
}

private func sharedPlanPage(_ line: SharedPlanLine, _ told: SharedWords, _ visit: Visit) -> Page {
    Page("A plan that is shared", back: "/shares", """
        \(GovUK.summaryCard(title: "Shared by \(line.agency)", rows: [
            GovUK.SummaryRow("Whose", "\(told.name)"),
            GovUK.SummaryRow("Date of birth", "\(told.born.isEmpty ? "Not recorded" : told.born)"),
            GovUK.SummaryRow("For", "\(line.purpose)"),
            GovUK.SummaryRow("Until", "\(London.day(of: line.endsAt.addingTimeInterval(-1)).description)"),
        ]))
        \(GovUK.paragraph("""
            It is as it was when it was shared. Ask \(line.agency) whether it still holds. Don’t speak of it with \
            anybody whom it does not name.
            """))
        \(GovUK.insetText(lines(told.words)))
        """)
}

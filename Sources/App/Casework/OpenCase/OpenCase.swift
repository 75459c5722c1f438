import Foundation
import Pages
import Postgres

/// Opening a case: who will hold it, and whether only a named team may see it.
struct OpenCaseForm: Equatable, Sendable {
    /// Nil: to be allocated.
    let worker: UUID?
    let isRestricted: Bool

    init?(_ answers: inout Answers, workers: [UUID]) {
        let typed = answers["worker"]
        let worker = UUID(uuidString: typed)
        if typed != "later", worker.map(workers.contains) != true {
            answers.refuse("worker", "Select who will hold the case, or that it will be allocated later")
        }
        isRestricted = answers.all("restricted").contains("yes")
        guard answers.errors.isEmpty else { return nil }
        self.worker = worker
    }
}

func openCasePage(_ person: Person, _ workers: [Colleague], _ answers: Answers, _ visit: Visit, _ around: CaseOpening,
                  notice: HTML? = nil) -> Page {
    let base = "/people/\(person.id.column)"
    let options = workers.map { GovUK.Choice($0.id.column, $0.name, hint: $0.words) }
        + [GovUK.Choice(value: "later", label: "Allocate later", divider: "or")]
    let missing: HTML? = around.safeContact == nil ? GovUK.warningText(
        "How she may be contacted safely is not recorded. Record it before anyone tries to reach her.") : nil
    return Page(
        "Open a case", errors: answers.errors, back: base,
        above: safeContactBanner(around.safeContact, person.id, visit), """
        \(missing)\(repeatNotice(around.earlier))\(riskSummary(around.risk))
        <p class="govuk-body">\(clockNotice(around.risk))</p>
        \(notice)\(visit.form(base + "/cases/new", answers, """
            \(GovUK.radios("worker", legend: "Who will hold the case?", options: options, in: answers))
            \(GovUK.checkboxes("restricted", legend: "Who may see it?", options: [
                GovUK.Choice("yes", "Only its team", hint: "For example when someone at this agency knows a party."),
            ], in: answers))
            \(GovUK.button("Open case"))
            """))
        """)
}

private func repeatNotice(_ earlier: EarlierCase?) -> HTML {
    guard let earlier else { return .empty }
    return GovUK.insetText("\(earlier.words). \(GovUK.link("Read it", href: "/cases/\(earlier.id.column)"))")
}

private func clockNotice(_ risk: RiskAssessment?) -> String {
    guard let risk else {
        return "Risk is not graded yet. The grade is due within 24 hours; if it is high, or medium by judgement, "
            + "48 hours for the first contact run from then."
    }
    if risk.level.startsClock(by: risk.bases) {
        return "The first contact is due within 48 hours of the grade, 24 as the norm. Only contact stops the clock."
    }
    return "At this grade no 48-hour clock runs. Be in touch within a week."
}

/// What stands around the form.
struct CaseOpening: Sendable {
    let safeContact: SafeContact?
    let risk: RiskAssessment?
    /// A case of theirs that ended within twelve months: this one is a repeat.
    let earlier: EarlierCase?
}

extension Visit {
    func opening(_ id: UUID) async throws -> (Person, [Colleague], CaseOpening, KeptAnswers) {
        try await read { db in
            let person = try db.person(id, within: viewer, to: .openCases).orNotFound()
            return (
                person, try db.caseworkers(of: person.agency, self),
                CaseOpening(safeContact: try db.safeContact(of: id, self), risk: try db.latestRisk(of: id),
                            earlier: try db.earlierCase(of: id, self)),
                try db.keptAnswers(self)
            )
        }
    }

    func openCase() async throws -> Reply {
        let personID = try id()
        let (person, workers, around, _) = try await opening(personID)
        var answers = typed
        guard let form = OpenCaseForm(&answers, workers: workers.map(\.id)) else {
            return .invalid(openCasePage(person, workers, answers, self, around))
        }
        let id = UUID()
        return .seeOther(try await write { db in
            try db.once(self, leadingTo: "/cases/\(id.column)") { db in
                let contact = try db.unopenedContact(of: personID)
                let reference = try db.nextCaseReference(agency: person.agency, year: today.year, self)
                try db.addCase(
                    id, reference: reference, of: person, form, risk: around.risk?.level ?? .notAssessed,
                    contact: contact, self)
                let origin = try db.clockOrigin(ofContact: contact, around.risk, opened: now)
                if let start = origin.start {
                    try db.startClock(
                        on: id, agency: person.agency, owner: form.worker, from: start, around.safeContact, self)
                }
                if around.risk == nil {
                    try db.startGrading(of: person, owner: form.worker, self)
                }
                try db.startIntake(of: id, agency: person.agency, owner: form.worker, self)
                try db.askDetailsLater(of: person, for: id, owner: form.worker, self)
                if let contact {
                    try db.linkContact(contact, toCase: id)
                    for referral in try db.answerReferrals(ofContact: contact, case: id, person: personID, self) {
                        try db.audit(.referralAnswered, .referral, referral)
                    }
                }
                try db.note(.caseOpened, on: id, agency: person.agency, around.earlier?.words ?? "", self)
                if let risk = around.risk {
                    try db.putRisk(risk.id, withCase: id)
                    try db.note(.riskAssessed, on: id, agency: person.agency, subject: risk.id,
                                risk.line, self)
                }
                try db.audit(.caseOpened, .case, id)
                if form.worker != nil {
                    try db.giveRiskTasks(about: personID, to: form.worker)
                    try db.note(.caseAllocated, on: id, agency: person.agency, self)
                    try db.audit(.caseAllocated, .case, id)
                }
            }
        })
    }
}

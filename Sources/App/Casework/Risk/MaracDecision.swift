import Foundation
import Pages
import Postgres

/// "MARAC: referred, repeat, or not, because": asked for by every new high grade.
struct MaracDecision: Sendable {
    enum Answer: String, Choice {
        case referred, `repeat`, notReferred
        var label: String {
            switch self {
            case .referred: "Referred"
            case .repeat: "Repeat"
            case .notReferred: "Not referred"
            }
        }

        var hint: String? {
            switch self {
            case .referred: "For the first time, or more than 12 months after the last referral"
            case .repeat: "Within 12 months of the last referral"
            case .notReferred: "Say why below"
            }
        }
    }

    let answer: Answer
    let because: String
    let at: Date
    let by: String
}

struct MaracForm: Equatable, Sendable {
    let answer: MaracDecision.Answer
    let because: String

    init?(_ answers: inout Answers) {
        let answer = MaracDecision.Answer.required("decision", "Select referred, repeat or not referred", in: &answers)
        let because = answers.text("because", most: 4_000, name: "Because")
        if answer == .notReferred, because.isEmpty { answers.refuse("because", "Enter why it is not referred") }
        guard let answer, answers.errors.isEmpty else { return nil }
        (self.answer, self.because) = (answer, because)
    }

    /// What a written referral decides.
    init(answer: MaracDecision.Answer) { (self.answer, because) = (answer, "") }
}

extension Site {
    mutating func addMaracDecisions() {
        get("people/:id/marac", .needs(.assessRisk)) { visit in
            let (person, around) = try await visit.deciding(isRead: true)
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(maracPage(person, around, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/marac", .needs(.assessRisk)) { visit in
            let (person, around) = try await visit.deciding(isRead: false)
            var answers = visit.typed
            guard let form = MaracForm(&answers) else {
                return .invalid(maracPage(person, around, answers, visit))
            }
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(person.id.column)/risk") { db in
                    try db.addMaracDecision(form, of: person, on: around.standing.inForce?.id, visit)
                }
            })
        }
    }
}

private struct MaracAround: Sendable {
    let contact: SafeContact?
    let standing: RiskStanding
    let decisions: [MaracDecision]
    /// Their newest open case: a referral is written from it.
    let caseID: UUID?

    var write: HTML? {
        caseID.map { id in
            GovUK.paragraph("""
                \(GovUK.link("Write the referral", href: "/cases/\(id.column)/marac/new")): it is filled in from the \
                record, and saving it records the decision too.
                """)
        }
    }
}

extension Visit {
    fileprivate func deciding(isRead: Bool) async throws -> (Person, MaracAround) {
        let id = try id()
        return try await write { db in
            let person = try db.person(id, within: viewer, to: .assessRisk).orNotFound()
            if isRead { try db.audit(.riskViewed, .person, id) }
            return (person, MaracAround(
                contact: try db.safeContact(of: id, self), standing: try db.riskStanding(of: id, on: today),
                decisions: try db.followUps(of: id).decisions, caseID: try db.caseToRefer(of: id)))
        }
    }
}

extension Connection {
    fileprivate func addMaracDecision(_ form: MaracForm, of person: Person, on risk: UUID?, _ visit: Visit) throws {
        try holdRisk(of: person.id)
        let id = UUID()
        let cases = try openCases(of: person.id)
        try insertMaracDecision(id, form, of: person, caseID: cases.first?.id, risk: risk, visit)
        try finishTasks(.maracDecision, about: person.id, visit)
        try note(.maracDecided, onEach: cases, of: person, subject: id, form.answer.label, visit)
        try audit(.maracDecided, .person, person.id)
    }
}

func decisionList(_ decisions: [MaracDecision]) -> HTML {
    if decisions.isEmpty { return "<p class=\"govuk-body\">No decision yet.</p>" }
    return GovUK.list(decisions.map { decision -> HTML in
        """
        \(decision.answer.label)\(decision.because.isEmpty ? "" : ", because:") \(lines(decision.because)) \
        \(London.short(decision.at)), \(decision.by).
        """
    })
}

private func maracPage(
    _ person: Person, _ around: MaracAround, _ answers: Answers, _ visit: Visit, notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)"
    let due: HTML? = around.standing.maracDue.map { "<p class=\"govuk-body\">Due \(London.dateAndTime($0)).</p>" }
    return Page(
        "Assessment", heading: "MARAC: referred, repeat, or not?", errors: answers.errors, back: base + "/risk",
        above: safeContactBanner(around.contact, person.id, visit), """
        \(riskSummary(around.standing.inForce))\(due)\(around.write)
        \(notice)\(visit.form(base + "/marac", answers, """
            \(GovUK.radios("decision", legend: "What was decided?", options: MaracDecision.Answer.options, in: answers))
            \(GovUK.textarea("because", label: "Because", hint: "Needed when it is not referred.", rows: 4,
                             in: answers))
            \(GovUK.button("Save decision"))
            """))
        \(around.decisions.isEmpty ? HTML.empty
            : "<h2 class=\"govuk-heading-m\">Earlier decisions</h2>\(decisionList(around.decisions))")
        """)
}

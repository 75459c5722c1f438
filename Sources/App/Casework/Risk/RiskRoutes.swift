import Foundation
import Pages
import Postgres

extension Site {
    mutating func addRisk() {
        for code in InstrumentCode.allCases { addAssessing(code) }
        addReceivedAssessments()
        addRiskHistory()
        addLowering()
        addPoliceIncidents()
        addMaracDecisions()
        addInstruments()
    }

    /// The form of one tool, in the version in force today.
    private mutating func addAssessing(_ code: InstrumentCode) {
        let end = "risk/\(code.path)"
        get("people/:id/\(end)", .needs(.assessRisk)) { visit in
            let (person, asking, kept) = try await visit.assessing(code)
            return .page(assessPage(person, asking, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/\(end)", .needs(.assessRisk)) { visit in
            let (person, asking, _) = try await visit.assessing(code)
            var answers = visit.typed
            guard let form = RiskForm(&answers, asking.circumstances) else {
                return .invalid(assessPage(person, asking, answers, visit))
            }
            let new = NewRisk(
                instrument: asking.circumstances.instrument, wording: asking.wording?.id, answers: form.answers,
                score: form.score, threshold: form.threshold, level: form.level, bases: form.bases,
                rationale: form.rationale)
            let risk = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(person.id.column)/risk/\(risk.column)") { db in
                    try db.record(risk, new, of: person, visit)
                }
            })
        }
    }
}

/// What stands around the form of a tool.
struct Asking: Sendable {
    let circumstances: RiskCircumstances
    /// The agency's licensed wording; nil: our own prompts.
    let wording: InstrumentWording?
}

extension Visit {
    fileprivate func assessing(_ code: InstrumentCode) async throws -> (Person, Asking, KeptAnswers) {
        let id = try id()
        let instrument = try Instrument.inForce(code, on: today).orNotFound()
        return try await read { db in
            let person = try db.person(id, within: viewer, to: .assessRisk).orNotFound()
            let standing = try db.riskStanding(of: id, on: today)
            let circumstances = RiskCircumstances(
                instrument: instrument,
                thresholds: instrument.grading.counts ? try db.riskThresholds(code, on: today) : [],
                incidents: standing.incidents, inForce: standing.level)
            return (
                person,
                Asking(
                    circumstances: circumstances, wording: try db.wording(of: code, agency: person.agency, on: today)),
                try db.keptAnswers(self)
            )
        }
    }
}

import Foundation
import Pages
import Postgres

extension Site {
    /// An assessment that another agency made and sent.
    mutating func addReceivedAssessments() {
        get("people/:id/risk/received", .needs(.assessRisk)) { visit in
            let (person, areas) = try await visit.receiving()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(receivedPage(person, areas, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("people/:id/risk/received", .needs(.assessRisk), file: AttachedDocument.field) { visit in
            let (person, areas) = try await visit.receiving()
            var answers = visit.typed
            let form = ReceivedForm(&answers, thresholds: { areas[$0] ?? [] }, today: visit.today)
            let document = AttachedDocument(visit, &answers)
            answers.askAgain(for: AttachedDocument.field)
            guard let form, !answers.areRefused, let tool = Instrument.inForce(form.code, on: form.day) else {
                return .invalid(receivedPage(person, areas, answers, visit))
            }
            let new = NewRisk(
                instrument: tool, score: form.score, threshold: form.threshold, level: form.level, bases: form.bases,
                rationale: form.note, received: (form.assessor, form.day))
            let risk = UUID()
            return .seeOther(try await visit.write { db in
                try db.once(visit, leadingTo: "/people/\(person.id.column)/risk/\(risk.column)") { db in
                    // The file first: recording holds the person, and others would wait for 10 MB.
                    if let document {
                        try db.addAttachment(UUID(), NewAttachment(document: document, risk: risk), of: person, visit)
                    }
                    try db.record(risk, new, of: person, visit)
                }
            })
        }
    }
}

extension Visit {
    /// The thresholds of the tools that count: those of today, for the grade takes effect today.
    fileprivate func receiving() async throws -> (Person, [InstrumentCode: [RiskThreshold]]) {
        let id = try id()
        return try await read { db in
            let person = try db.person(id, within: viewer, to: .assessRisk).orNotFound()
            var areas: [InstrumentCode: [RiskThreshold]] = [:]
            for code in [InstrumentCode.safeLivesDash, .youngPeoples] {
                areas[code] = try db.riskThresholds(code, on: today)
            }
            return (person, areas)
        }
    }
}

private func receivedPage(
    _ person: Person, _ thresholds: [InstrumentCode: [RiskThreshold]], _ answers: Answers, _ visit: Visit,
    notice: HTML? = nil
) -> Page {
    let base = "/people/\(person.id.column)"
    let areas = [GovUK.Choice("", "Choose one")] + (thresholds[.safeLivesDash] ?? []).map {
        GovUK.Choice($0.area.column, $0.words)
    }
    return Page(
        "Assessment", heading: "Record an assessment that was received", errors: answers.errors,
        back: base + "/risk", """
        <p class="govuk-body">The tool, the day, who assessed and the grade are enough; the form itself may come along \
        as a file. A lower grade than the one in force waits for a second person.</p>
        \(notice)\(visit.form(base + "/risk/received", answers, takesFile: true, """
            \(ReceivedForm.fields(areas, answers))\
            \(AttachedDocument.field("The assessment itself, as a file", answers, visit))\
            \(GovUK.button("Save assessment"))
            """))
        """)
}

import Foundation
import Postgres

extension Connection {
    /// One at a time for each person: which grade is in force decides what the next one does.
    func holdRisk(of person: UUID) throws {
        _ = try first("SELECT id FROM app.person WHERE id = \(person) FOR NO KEY UPDATE") { try $0["id"] as UUID }
    }

    /// Makes the one task of a person say what waits: the earliest due, which events propose that the risk is assessed
    /// again, and whether the safety plan in force was written before them. An assessment leaves the plan to be looked
    /// at; a new version of the plan leaves the assessment. Nothing waits: the task is done.
    func reviseReview(of person: UUID, agency: UUID, _ visit: Visit) throws {
        let waiting = try all("""
            SELECT e.kind, e.day, e.proposes_on, e.due_at, e.settled IS NULL AS moves_risk, g.plan_on,
                   (SELECT c.worker_id FROM app.case_record c WHERE \(Self.openCase) ORDER BY c.opened_at DESC LIMIT 1)
                       AS worker
            FROM app.risk_event e CROSS JOIN LATERAL (
                SELECT min(\(Self.proposesPlan)) AS plan_on FROM app.safety_plan g
                WHERE g.superseded_by IS NULL AND \(Self.movedSince)
                  AND EXISTS (SELECT FROM app.case_record c WHERE \(Self.openCase))) g
            WHERE e.person_id = \(person) AND (e.settled IS NULL OR g.plan_on IS NOT NULL)
            ORDER BY e.due_at, e.day, e.id LIMIT 100
            """) { row in
            Waiting(
                event: try ProposingEvent(row: row), due: try row["due_at"], movesRisk: try row["moves_risk"],
                planOn: try row["plan_on"], worker: try row["worker"])
        }
        guard let due = waiting.map(\.dueAt).min() else { return try finishTasks(.riskReview, about: person, visit) }
        let words = RiskReview.words(
            risk: waiting.filter(\.movesRisk).map(\.event), plan: waiting.filter { $0.planOn != nil }.map(\.event))
        let changed = try run("""
            UPDATE app.task SET due_at = \(due), detail = \(words)
            WHERE person_id = \(person) AND kind = 'riskReview' AND done_at IS NULL
            """)
        if changed > 0 { return }
        try startTask(NewTask(
            kind: .riskReview, agency: agency, person: person, owner: waiting.first?.worker ?? visit.viewer.account,
            due: due, detail: words), visit)
    }

    private static let openCase: SQL = """
        c.person_id = e.person_id AND c.closed_at IS NULL AND c.agency_id = ANY (app.viewer_reach())
        """
}

/// An event that waits for an assessment, for the plan, or for both.
private struct Waiting {
    let event: ProposingEvent
    let due: Date
    let movesRisk: Bool
    /// From which day on it proposes that the plan is looked at.
    let planOn: Day?
    let worker: UUID?

    /// Of one that the plan itself names, its own day: that it would come was known when the plan was written.
    var dueAt: Date {
        guard !movesRisk, let planOn, planOn > event.proposesOn else { return due }
        return max(due, WorkingDays.end(of: planOn))
    }
}

extension ProposingEvent {
    init(row: Row) throws {
        self.init(kind: try row["kind"], day: try row["day"], proposesOn: try row["proposes_on"])
    }
}

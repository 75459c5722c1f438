import Foundation
import Postgres

extension Connection {
    /// The closing that waits for a second person, or that closed the case.
    func closing(of record: CaseRecord) throws -> Closing? {
        guard let id = record.closing else { return nil }
        return try first("""
            SELECT z.id, z.reason, z.abuse, z.feels, z.step_down, z.summary, z.feedback, z.risk, z.proposed_at,
                   z.proposed_by, a.full_name AS proposer, w.full_name AS decider
            FROM app.case_closing z LEFT JOIN app.account a ON a.id = z.proposed_by
            LEFT JOIN app.closing_decision d ON d.closing_id = z.id AND d.agency_id = z.agency_id
            LEFT JOIN app.account w ON w.id = d.decided_by
            WHERE z.id = \(id)
            """) { row in
            Closing(
                id: try row["id"], reason: try row["reason"], abuse: try row["abuse"], feels: try row["feels"],
                stepDown: try row["step_down"], summary: try row["summary"], feedback: try row["feedback"],
                risk: try row["risk"], proposedAt: try row["proposed_at"], proposedBy: try row["proposed_by"],
                proposer: try row["proposer"] ?? "", decider: try row["decider"])
        }
    }

    /// What still waits on a case, most urgent first.
    func openTasks(on caseID: UUID) throws -> [(kind: TaskKind, due: Date)] {
        try all("""
            SELECT kind, due_at FROM app.task WHERE case_id = \(caseID) AND done_at IS NULL ORDER BY due_at, id LIMIT 20
            """) { (kind: try $0["kind"], due: try $0["due_at"]) }
    }

    /// Records a closing and, unless a second person has to agree, closes the case. Throws `Overtaken` when somebody
    /// else changed it since `version`.
    func close(_ record: CaseRecord, _ form: ClosingForm, basedOn version: Int, _ visit: Visit) throws {
        let id = UUID()
        let changed = try run("""
            UPDATE app.case_record SET closing_id = \(id), version = version + 1
            WHERE id = \(record.id) AND version = \(version) AND closed_at IS NULL AND closing_id IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        try run("""
            INSERT INTO app.case_closing (id, partnership_id, agency_id, case_id, person_id, reason, abuse, feels,
                step_down, summary, feedback, risk, proposed_at, proposed_by)
            VALUES (\(id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(form.reason), \(form.abuse), \(form.feels), \(form.stepDown), \(form.summary), \(form.feedback),
                \(record.risk), \(visit.now), \(visit.viewer.account))
            """)
        guard record.needsTwoToClose else { return try end(record, visit) }
        try startTask(NewTask(
            kind: .closing, agency: record.agency, caseID: record.id, due: WorkingDays.nextDue(after: visit.now),
            detail: "A high-risk case waits for a second person to close it"), visit)
    }

    /// The second person's word. Agreed, the case is closed from now; not agreed, it goes on. Throws `Overtaken` when
    /// it waits no longer.
    func decide(_ closing: Closing, _ decision: SecondWord, of record: CaseRecord, _ visit: Visit) throws {
        let changed = try run("""
            UPDATE app.case_record SET closing_id = CASE WHEN \(decision.agrees) THEN closing_id END,
                version = version + 1
            WHERE id = \(record.id) AND closing_id = \(closing.id) AND closed_at IS NULL
            """)
        guard changed == 1 else { throw Overtaken() }
        try run("""
            INSERT INTO app.closing_decision (closing_id, partnership_id, agency_id, case_id, person_id, proposed_by,
                agreed, reason, decided_at, decided_by)
            VALUES (\(closing.id), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                \(closing.proposedBy), \(decision.agrees), \(decision.reason), \(visit.now),
                \(visit.viewer.account))
            """)
        if decision.agrees {
            try end(record, visit)
        } else {
            try finishTasks(.closing, on: record.id, at: visit.now)
        }
    }

    /// The case ends now, and all that waited on it.
    private func end(_ record: CaseRecord, _ visit: Visit) throws {
        try run("UPDATE app.case_record SET closed_at = \(visit.now), next_due = NULL WHERE id = \(record.id)")
        try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE case_id = \(record.id) AND done_at IS NULL
            """)
        try askExit(of: record, visit)
        try endReview(of: record.person, agency: record.agency, visit)
    }

    /// The newest case of a person that was closed within the time in which a new one counts as a repeat.
    func earlierCase(of person: UUID, _ visit: Visit) throws -> EarlierCase? {
        try first("""
            SELECT id, reference, closed_at FROM app.case_record
            WHERE person_id = \(person)
              AND closed_at > \(visit.now)::timestamptz - make_interval(months => \(EarlierCase.repeatMonths))
            ORDER BY closed_at DESC LIMIT 1
            """) { EarlierCase(id: try $0["id"], reference: try $0["reference"], closedAt: try $0["closed_at"]) }
    }
}

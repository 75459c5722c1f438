import Foundation
import Postgres

/// A colleague whom the viewer supervises.
struct Supervised: Sendable {
    let id: UUID
    let name: String
    let agency: UUID
    /// Nil: never yet.
    let lastOn: Day?
}

/// One supervision.
struct Supervision: Sendable {
    let id: UUID
    let agency: UUID
    let worker: UUID
    let heldOn: Day
    let mistake: String
    let version: Int
    let by: String
}

/// A decision, as it was recorded.
struct SupervisionDecision: Sendable {
    let caseID: UUID
    let supervision: UUID
    let heldOn: Day
    let mistake: String
    let version: Int
    let decision: String
    let task: String
    let dueOn: Day?
    let recordedAt: Date
    let by: String
}

extension Connection {
    /// Who holds cases in the viewer's agencies, but for the viewer: whoever was longest without supervision first.
    func supervised(_ visit: Visit, only worker: UUID? = nil) throws -> [Supervised] {
        try all("""
            SELECT a.id, a.full_name, r.agency_id, s.held_on
            FROM (SELECT DISTINCT ON (x.account_id) x.account_id, x.agency_id FROM app.role_assignment x
                  WHERE x.agency_id = ANY (\(visit.viewer.agencies(.viewTeam))::uuid[])
                    AND x.role IN ('idva', 'serviceManager', 'perpetratorWorker')
                    AND x.starts_on <= \(visit.today) AND (x.ends_on IS NULL OR x.ends_on >= \(visit.today))
                    AND (\(worker)::uuid IS NULL OR x.account_id = \(worker))
                  ORDER BY x.account_id, x.agency_id) r
            JOIN app.account a ON a.id = r.account_id AND (a.ended_at IS NULL OR a.ended_at > \(visit.now))
            LEFT JOIN LATERAL (
                SELECT v.held_on FROM app.supervision v
                WHERE v.worker_id = a.id AND v.agency_id = r.agency_id AND v.mistake = ''
                ORDER BY v.held_on DESC, v.id DESC LIMIT 1) s ON true
            WHERE a.id <> \(visit.viewer.account)
            ORDER BY s.held_on NULLS FIRST, a.full_name, a.id LIMIT 200
            """) { row in
            Supervised(
                id: try row["id"], name: try row["full_name"], agency: try row["agency_id"], lastOn: try row["held_on"])
        }
    }

    func supervisions(of worker: Supervised, only supervision: UUID? = nil) throws -> [Supervision] {
        try all("""
            SELECT s.id, s.agency_id, s.worker_id, s.held_on, s.mistake, s.version, a.full_name
            FROM app.supervision s LEFT JOIN app.account a ON a.id = s.recorded_by
            WHERE s.worker_id = \(worker.id) AND s.agency_id = \(worker.agency)
              AND (\(supervision)::uuid IS NULL OR s.id = \(supervision))
            ORDER BY s.held_on DESC, s.id DESC LIMIT 25
            """) { row in
            Supervision(
                id: try row["id"], agency: try row["agency_id"], worker: try row["worker_id"],
                heldOn: try row["held_on"], mistake: try row["mistake"], version: try row["version"],
                by: try row["full_name"] ?? "")
        }
    }

    /// The open cases that somebody holds, by risk and by what is due.
    func caseload(of worker: Supervised) throws -> [CaseLine] {
        try all("""
            SELECT c.id, c.reference, c.risk, c.clock_started_at, c.first_contact_due, c.first_contact_at,
                   c.no_safe_time, c.next_due, c.opened_at, p.given_name, p.family_name, a.full_name
            FROM app.case_record c JOIN app.person p ON p.id = c.person_id
            LEFT JOIN app.account a ON a.id = c.worker_id
            WHERE c.worker_id = \(worker.id) AND c.agency_id = \(worker.agency) AND c.closed_at IS NULL
            ORDER BY c.risk <> 'high', c.risk <> 'medium', c.next_due, c.id LIMIT 100
            """, CaseLine.init(row:))
    }

    func addSupervision(_ id: UUID, of worker: Supervised, on day: Day, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.supervision (id, partnership_id, agency_id, worker_id, held_on, recorded_at, recorded_by)
            VALUES (\(id), \(visit.viewer.partnership), \(worker.agency), \(worker.id), \(day), \(visit.now),
                    \(visit.viewer.account))
            """)
    }

    func change(_ supervision: Supervision, on day: Day, mistake: String, basedOn version: Int) throws {
        let changed = try run("""
            UPDATE app.supervision SET held_on = \(day), mistake = \(mistake), version = version + 1
            WHERE id = \(supervision.id) AND version = \(version)
            """)
        guard changed == 1 else { throw Overtaken() }
    }

    /// Decisions of a supervision, or about a case: newest first.
    func decisions(of supervision: UUID? = nil, about caseID: UUID? = nil) throws -> [SupervisionDecision] {
        try all("""
            SELECT d.case_id, d.supervision_id, s.held_on, s.mistake, d.version, d.decision, d.task, d.due_on,
                   d.recorded_at, a.full_name
            FROM app.supervision_decision d JOIN app.supervision s ON s.id = d.supervision_id
            LEFT JOIN app.account a ON a.id = d.recorded_by
            WHERE (\(supervision)::uuid IS NULL OR d.supervision_id = \(supervision))
              AND (\(caseID)::uuid IS NULL OR d.case_id = \(caseID))
            ORDER BY s.held_on DESC, d.recorded_at DESC, d.id LIMIT 200
            """) { row in
            SupervisionDecision(
                caseID: try row["case_id"], supervision: try row["supervision_id"], heldOn: try row["held_on"],
                mistake: try row["mistake"], version: try row["version"], decision: try row["decision"],
                task: try row["task"], dueOn: try row["due_on"], recordedAt: try row["recorded_at"],
                by: try row["full_name"] ?? "")
        }
    }

    /// Throws `Overtaken` when somebody else decided meanwhile.
    func decide(
        _ form: DecisionForm, over version: Int, in supervision: Supervision, on record: CaseRecord, _ visit: Visit
    ) throws {
        let added = try run("""
            INSERT INTO app.supervision_decision (id, partnership_id, agency_id, case_id, person_id, supervision_id,
                version, decision, task, due_on, recorded_at, recorded_by)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(record.agency), \(record.id), \(record.person),
                    \(supervision.id), \(version + 1), \(form.decision), \(form.task), \(form.dueOn), \(visit.now),
                    \(visit.viewer.account))
            ON CONFLICT (supervision_id, case_id, version, agency_id) DO NOTHING
            """)
        guard added == 1 else { throw Overtaken() }
    }

    /// How many decisions stand on a case, for a statement that its page runs anyway.
    static func decisionCounts(of caseID: UUID) -> SQL {
        "SELECT 'decided' AS what, count(*) AS times FROM app.supervision_decision d WHERE d.case_id = \(caseID)"
    }
}

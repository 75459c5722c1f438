import Foundation
import Postgres

extension Connection {
    func startTask(
        _ kind: TaskKind, on caseID: UUID, agency: UUID, owner: UUID?, from started: Date, due: Date, _ visit: Visit
    ) throws {
        try run("""
            INSERT INTO app.task (id, partnership_id, agency_id, case_id, kind, owner_id, started_at, due_at)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(agency), \(caseID), \(kind), \(owner), \(started), \(due))
            """)
    }

    /// Something due about a person or a contact, with or without a case; `detail` says what is to be done.
    func startTask(_ task: NewTask, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.task (id, partnership_id, agency_id, case_id, person_id, contact_id, kind, detail, owner_id,
                started_at, due_at)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(task.agency), \(task.caseID), \(task.person), \(task.contact),
                \(task.kind), \(task.detail), \(task.owner), \(visit.now), \(task.due))
            """)
    }

    func finishTasks(_ kind: TaskKind, on caseID: UUID, at moment: Date) throws {
        try run("UPDATE app.task SET done_at = \(moment) WHERE case_id = \(caseID) AND kind = \(kind) AND done_at IS NULL")
    }

    func giveTasks(on caseID: UUID, to owner: UUID?) throws {
        try run("UPDATE app.task SET owner_id = \(owner) WHERE case_id = \(caseID) AND done_at IS NULL")
    }
}

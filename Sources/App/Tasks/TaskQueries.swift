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

    func finishTasks(_ kind: TaskKind, on caseID: UUID, at moment: Date) throws {
        try run("UPDATE app.task SET done_at = \(moment) WHERE case_id = \(caseID) AND kind = \(kind) AND done_at IS NULL")
    }

    func giveTasks(on caseID: UUID, to owner: UUID?) throws {
        try run("UPDATE app.task SET owner_id = \(owner) WHERE case_id = \(caseID) AND done_at IS NULL")
    }
}

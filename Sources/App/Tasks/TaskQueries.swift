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
            INSERT INTO app.task (id, partnership_id, agency_id, case_id, person_id, contact_id, matter_id,
                request_id, reciprocal_id, kind, detail, owner_id, started_at, due_at)
            VALUES (\(UUID()), \(visit.viewer.partnership), \(task.agency), \(task.caseID), \(task.person),
                \(task.contact), \(task.matter), \(task.request), \(task.reciprocal), \(task.kind), \(task.detail),
                \(task.owner), \(visit.now), \(task.due))
            """)
    }

    /// What waits for anybody of the viewer's agencies that answer the telephone, most urgent first.
    func shiftTasks(_ visit: Visit) throws -> [WaitingTask] {
        try all(Self.ofShift(visit.viewer.agencies(.workShift)), WaitingTask.init(row:))
    }

    /// What waits for the viewer, apart from the clocks of the cases themselves: an ordered scan for each owner, as of
    /// the shift's.
    func ownTasks(_ visit: Visit, limit: Int) throws -> [WaitingTask] {
        let own = Self.waiting("""
            SELECT t.* FROM unnest(\(visit.viewer.account)::uuid
                                   || \(SQL.coveredColleagues(of: visit.viewer.account, at: visit.now))) AS owner(id)
            CROSS JOIN LATERAL (
                SELECT t.* FROM app.task t
                WHERE t.owner_id = owner.id AND t.kind NOT IN ('firstContact', 'contact', 'review')
                  AND (t.kind <> 'matter' OR t.due_at < \(visit.now.addingTimeInterval(TaskKind.farAhead)))
                  AND (t.kind <> 'dataSet' OR t.due_at < \(visit.now.addingTimeInterval(TaskKind.ahead)))
                  AND t.done_at IS NULL ORDER BY \(Self.mostUrgent) LIMIT \(limit)) t
            ORDER BY \(Self.mostUrgent) LIMIT \(limit)
            """)
        let sends = visit.viewer.agencies(.sendData)
        if sends.isEmpty { return try all(own, WaitingTask.init(row:)) }
        return try all("""
            SELECT * FROM ((\(own)) UNION ALL (\(Self.dataAsked(of: sends, by: visit.today, at: visit.now)))) t
            ORDER BY \(Self.mostUrgent) LIMIT \(limit)
            """, WaitingTask.init(row:))
    }

    /// What agencies are asked for and have not sent: due within a month, or overdue. It waits for no one person, so it
    /// is nobody's row in the list.
    private static func dataAsked(of agencies: [UUID], by today: Day, at now: Date) -> SQL {
        """
        SELECT c.id, \(TaskKind.dataCall)::text, c.title, (c.due_on + time '17:00') AT TIME ZONE 'Europe/London',
               NULL::uuid, NULL::uuid, NULL::uuid, NULL::uuid, a.agency_id, NULL::text, 'Managers of the agency',
               g.name, ''
        FROM app.data_asked a JOIN app.data_call c ON c.id = a.call_id JOIN app.agency g ON g.id = a.agency_id
        WHERE a.agency_id = ANY (\(agencies)::uuid[]) AND c.closed_at IS NULL AND c.keep_until > \(today)
          AND c.due_on < \(today.adding(30)) AND NOT EXISTS (
              SELECT FROM app.data_return r WHERE r.call_id = c.id AND r.agency_id = a.agency_id
                AND (r.state = 'received' OR r.state IN ('waiting', 'reading')
                     AND (r.profile IS NOT NULL OR r.moved_at > \(now.addingTimeInterval(-60)))))
        ORDER BY c.due_on, c.id LIMIT 20
        """
    }

    /// Ends what was waiting; false when a colleague has done so.
    func finishTask(_ id: UUID, _ visit: Visit) throws -> Bool {
        let kinds = TaskKind.allCases.filter(\.isEndedByPress).map(\.column)
        return try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE id = \(id) AND done_at IS NULL AND kind = ANY (\(kinds)::text[])
              AND agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
            """) == 1
    }

    /// An ordered scan for each agency by an index of such tasks alone: the clocks of all the cases are not read.
    static func ofShift(_ agencies: [UUID]) -> SQL {
        waiting("""
            SELECT t.* FROM unnest(\(agencies)::uuid[]) AS agency(id) CROSS JOIN LATERAL (
                SELECT t.* FROM app.task t
                WHERE t.agency_id = agency.id AND t.done_at IS NULL
                  AND (t.kind IN ('callBack', 'promise', 'warning', 'dutyContact', 'closing', 'transfer')
                       OR t.kind = 'review' AND t.case_id IS NULL)
                ORDER BY \(mostUrgent) LIMIT 51) t
            ORDER BY \(mostUrgent) LIMIT 51
            """)
    }

    private static func waiting(_ which: SQL) -> SQL {
        """
        SELECT t.id, t.kind, t.detail, t.due_at, t.case_id, t.person_id, t.contact_id, t.transfer_id,
               coalesce(t.request_id, t.reciprocal_id) AS part, c.reference, o.full_name AS owner,
               coalesce(p.given_name, q.given_name) AS given_name, coalesce(p.family_name, q.family_name) AS family_name
        FROM (\(which)) t LEFT JOIN app.case_record c ON c.id = t.case_id
        LEFT JOIN app.account o ON o.id = t.owner_id
        LEFT JOIN app.person p ON p.id = t.person_id LEFT JOIN app.person q ON q.id = c.person_id
        ORDER BY \(mostUrgent)
        """
    }

    /// What is about danger now before any paperwork, however long overdue that is; then by when it is due. The words
    /// of two indexes, `task_of_own` and `task_of_shift`.
    private static let mostUrgent: SQL = "(t.kind NOT IN ('warning', 'callBack')), t.due_at, t.id"

    func finishTasks(_ kind: TaskKind, on caseID: UUID, at moment: Date) throws {
        try run("""
            UPDATE app.task SET done_at = \(moment) WHERE case_id = \(caseID) AND kind = \(kind) AND done_at IS NULL
            """)
    }

    func finishTasks(_ kind: TaskKind, about person: UUID, detail: String? = nil, _ visit: Visit) throws {
        try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE person_id = \(person) AND kind = \(kind) AND (\(detail)::text IS NULL OR detail = \(detail))
              AND done_at IS NULL
            """)
    }

    /// Ends what is news of a search for whoever waits for it, or covers for them: they read it now.
    static func readNews(of request: UUID, _ visit: Visit) -> SQL {
        """
        UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
        WHERE request_id = \(request) AND kind = \(TaskKind.housingNews) AND done_at IS NULL
          AND (owner_id = \(visit.viewer.account)
               OR owner_id = ANY (\(SQL.coveredColleagues(of: visit.viewer.account, at: visit.now))))
        """
    }

    /// The clock of what was asked of a landlord: moved, or ended where nothing is due any more. Whether there was one.
    func moveClock(of reciprocal: UUID, to due: Date?, _ detail: String, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.task SET due_at = coalesce(\(due), due_at), detail = \(detail),
                   done_at = CASE WHEN \(due)::timestamptz IS NULL THEN \(visit.now)::timestamptz END,
                   done_by = CASE WHEN \(due)::timestamptz IS NULL THEN \(visit.viewer.account)::uuid END
            WHERE reciprocal_id = \(reciprocal) AND done_at IS NULL
            """) > 0
    }

    func giveTasks(on caseID: UUID, to owner: UUID?) throws {
        try run("UPDATE app.task SET owner_id = \(owner) WHERE case_id = \(caseID) AND done_at IS NULL")
    }
}

extension WaitingTask {
    init(row: Row) throws {
        self.init(
            id: try row["id"], kind: try row["kind"], detail: try row["detail"], due: try row["due_at"],
            caseID: try row["case_id"], person: try row["person_id"], contact: try row["contact_id"],
            transfer: try row["transfer_id"], part: try row["part"], personName: try row.personName(),
            owner: try row["owner"])
    }
}

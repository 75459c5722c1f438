import Foundation
import Postgres

/// What one shift left to the next.
struct Handover: Sendable {
    let id: UUID
    let agency: UUID
    let note: String
    let writtenAt: Date
    let writtenBy: String
    let readAt: Date?
    let readBy: String?
}

/// What happened since the shift began, in numbers.
struct ShiftCounts: Sendable {
    let contacts: Int
    let cutOff: Int
    /// Cases that nobody holds; 26 means more than 25.
    let unallocated: Int
}

extension Connection {
    /// The newest hand-overs of the viewer's agencies.
    func handovers(_ visit: Visit) throws -> [Handover] {
        try all("""
            SELECT h.id, h.agency_id, h.note, h.written_at, w.full_name AS writer, h.read_at, r.full_name AS reader
            FROM app.handover h LEFT JOIN app.account w ON w.id = h.written_by
            LEFT JOIN app.account r ON r.id = h.read_by
            WHERE h.agency_id = ANY (\(visit.viewer.agencies(.workShift))::uuid[])
            ORDER BY h.written_at DESC, h.id LIMIT 3
            """) { row in
            Handover(
                id: try row["id"], agency: try row["agency_id"], note: try row["note"],
                writtenAt: try row["written_at"],
                writtenBy: try row["writer"] ?? "", readAt: try row["read_at"], readBy: try row["reader"])
        }
    }

    func addHandover(_ id: UUID, _ note: String, agency: UUID, _ visit: Visit) throws {
        try run("""
            INSERT INTO app.handover (id, partnership_id, agency_id, note, written_at, written_by)
            VALUES (\(id), \(visit.viewer.partnership), \(agency), \(note), \(visit.now), \(visit.viewer.account))
            """)
    }

    /// Whoever starts says that they have read it; false when somebody did already.
    func readHandover(_ id: UUID, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.handover SET read_at = \(visit.now), read_by = \(visit.viewer.account)
            WHERE id = \(id) AND read_at IS NULL AND agency_id = ANY (\(visit.viewer.agencies(.workShift))::uuid[])
            """) == 1
    }

    /// Contacts of the last twelve hours, and cases that wait for a worker.
    func shiftCounts(_ visit: Visit) throws -> ShiftCounts {
        let since = visit.now.addingTimeInterval(-12 * 3_600)
        return try first("""
            SELECT count(*) AS contacts, count(*) FILTER (WHERE outcome = 'endedSuddenly') AS cut,
                   (SELECT count(*) FROM (
                        SELECT FROM app.case_record WHERE agency_id = ANY (\(visit.viewer.agencies(.viewCases))::uuid[])
                          AND worker_id IS NULL AND closed_at IS NULL LIMIT 26) u) AS unallocated
            FROM (
                SELECT outcome FROM app.contact WHERE agency_id = ANY (\(visit.viewer.agencies(.workShift))::uuid[])
                  AND happened_at > \(since) LIMIT 5000) c
            """) { row in
            ShiftCounts(contacts: try row["contacts"], cutOff: try row["cut"], unallocated: try row["unallocated"])
        } ?? ShiftCounts(contacts: 0, cutOff: 0, unallocated: 0)
    }

    /// Calls that are due until tomorrow, with how she may be reached: for a printed list, without numbers or names.
    func dueCalls(_ visit: Visit) throws -> [DueCall] {
        try all("""
            SELECT c.reference, d.kind, d.due_at, c.person_id FROM (
                SELECT d.* FROM unnest(\(visit.viewer.agencies(.workShift))::uuid[]) AS agency(id) CROSS JOIN LATERAL (
                    SELECT t.id, t.case_id, t.kind, t.due_at FROM app.task t
                    WHERE t.agency_id = agency.id AND t.done_at IS NULL AND t.kind IN ('firstContact', 'contact')
                      AND t.due_at < \(visit.now.addingTimeInterval(86_400))
                    ORDER BY t.due_at, t.id LIMIT 40) d
                ORDER BY d.due_at, d.id LIMIT 40) d
            JOIN app.case_record c ON c.id = d.case_id ORDER BY d.due_at, d.id
            """) { row in
            DueCall(
                reference: try row["reference"], kind: try row["kind"], due: try row["due_at"],
                person: try row["person_id"])
        }
    }
}

/// A call to be made, as the printed list knows it.
struct DueCall: Sendable {
    let reference: String
    let kind: TaskKind
    let due: Date
    let person: UUID
}

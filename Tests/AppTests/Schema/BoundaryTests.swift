import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("Where time runs out", .needsClone)
struct BoundaryTests {
    /// Whether Imran sees any note after each of the changes alone.
    private func seesNotes(after changes: [SQL]) async throws -> [Bool] {
        try await Clone.lend { clone in
            try await clone.undone { db in
                try changes.map { change in
                    try db.attempt { db in
                        try db.run("RESET ROLE")
                        try db.run(change)
                        try db.signIn(.imran)
                        return try db.run("SELECT id FROM app.case_note") > 0
                    }.get()
                }
            }
        }
    }

    @Test func `a role holds from its first day to the end of its last, in London`() async throws {
        let today: SQL = "(now() AT TIME ZONE 'Europe/London')::date"
        let role = World.id(.role, World.Staff.imran.rawValue)
        let changes: [SQL] = [
            "starts_on = \(today)", "starts_on = \(today) + 1", "ends_on = \(today)", "ends_on = \(today) - 1",
        ]
        let seen = try await seesNotes(after: changes.map { "UPDATE app.role_assignment SET \($0) WHERE id = \(role)" })
        #expect(seen == [true, false, true, false])
    }

    @Test func `a session ends at its moment, idle or whole, and so does an account`() async throws {
        let session = World.Staff.imran.session(), account = World.Staff.imran.account
        let later: SQL = "now() + interval '1 microsecond'"
        let seen = try await seesNotes(after: [
            "UPDATE app.session SET expires_at = now() WHERE id = \(session)",
            "UPDATE app.session SET expires_at = \(later) WHERE id = \(session)",
            "UPDATE app.session SET ends_at = now() WHERE id = \(session)",
            "UPDATE app.session SET ends_at = \(later) WHERE id = \(session)",
            "UPDATE app.account SET ended_at = now() WHERE id = \(account)",
            "UPDATE app.account SET ended_at = \(later) WHERE id = \(account)",
            "DELETE FROM app.session WHERE id = \(session)",
        ])
        #expect(seen == [false, true, false, true, false, true, false])
    }

    @Test func `a share ends at its moment`() async throws {
        let seen = try await Clone.lend { clone in
            try await clone.undone { db in
                let ends: [SQL] = ["now()", "now() + interval '1 microsecond'"]
                return try ends.map { end in
                    try db.run("RESET ROLE")
                    try db.run("UPDATE app.case_share SET ends_at = \(end) WHERE case_id = \(World.faridasCase)")
                    try db.signIn(.imran)
                    return try db.run("SELECT id FROM app.case_record WHERE id = \(World.faridasCase)")
                }
            }
        }
        #expect(seen == [0, 1])
    }
}

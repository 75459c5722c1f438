import Foundation
import Postgres
import Testing

@Suite("Where time runs out", .needsClone)
struct BoundaryTests {
    /// How many notes Imran sees after the superuser has run `statement`.
    private func notes(after statement: SQL) async throws -> Int {
        try await Clone.use { clone in
            try await clone.undone { db in
                try db.run(statement)
                try db.signIn(.imran)
                return try db.first("SELECT count(*) AS n FROM app.case_note") { try $0["n"] as Int } ?? -1
            }
        }
    }

    @Test func `a role holds from its first day to the end of its last, in London`() async throws {
        let today: SQL = "(now() AT TIME ZONE 'Europe/London')::date"
        func notes(_ change: SQL) async throws -> Int {
            let role = World.id(.role, World.Staff.imran.rawValue)
            return try await self.notes(after: "UPDATE app.role_assignment SET \(change) WHERE id = \(role)")
        }
        #expect(try await notes("starts_on = \(today)") > 0)
        #expect(try await notes("starts_on = \(today) + 1") == 0)
        #expect(try await notes("ends_on = \(today)") > 0)
        #expect(try await notes("ends_on = \(today) - 1") == 0)
    }

    @Test func `a session ends at its moment, idle or whole, and so does an account`() async throws {
        let session = World.Staff.imran.session(), account = World.Staff.imran.account
        let later: SQL = "now() + interval '1 microsecond'"
        #expect(try await notes(after: "UPDATE app.session SET expires_at = now() WHERE id = \(session)") == 0)
        #expect(try await notes(after: "UPDATE app.session SET expires_at = \(later) WHERE id = \(session)") > 0)
        #expect(try await notes(after: "UPDATE app.session SET ends_at = now() WHERE id = \(session)") == 0)
        #expect(try await notes(after: "UPDATE app.session SET ends_at = \(later) WHERE id = \(session)") > 0)
        #expect(try await notes(after: "UPDATE app.account SET ended_at = now() WHERE id = \(account)") == 0)
        #expect(try await notes(after: "UPDATE app.account SET ended_at = \(later) WHERE id = \(account)") > 0)
        #expect(try await notes(after: "DELETE FROM app.session WHERE id = \(session)") == 0)
    }

    @Test func `a share ends at its moment`() async throws {
        let seen = try await Clone.use { clone in
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

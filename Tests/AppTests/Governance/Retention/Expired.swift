import Foundation
import Postgres
@testable import App
@testable import AppTestSupport

extension TestSite {
    /// Makes somebody's record as old as any rule asks: all was done and closed thirty years ago, and nothing is open.
    func expire(_ person: UUID) async throws {
        let cases: SQL = "(SELECT id FROM app.case_record WHERE person_id = \(person))"
        let long: SQL = "now() - interval '30 years'"
        try await alter(
            "UPDATE app.person SET created_at = \(long), date_of_birth = '1940-01-01', birth_known = 'known' WHERE id = \(person)",
            "UPDATE app.case_record SET opened_at = \(long), closed_at = \(long) WHERE person_id = \(person)",
            "UPDATE app.contact SET happened_at = \(long) WHERE person_id = \(person)",
            "UPDATE app.task SET done_at = now() WHERE done_at IS NULL AND (person_id = \(person) OR case_id IN \(cases))",
            "UPDATE app.matter_entry SET due_on = NULL WHERE person_id = \(person)",
            "DELETE FROM app.child_request WHERE person_id = \(person)", "DELETE FROM app.referral WHERE person_id = \(person)",
            "DELETE FROM app.case_share WHERE case_id IN \(cases)", "DELETE FROM app.emergency_access WHERE case_id IN \(cases)",
            "UPDATE app.disclosure SET agreed = false, decided_at = now() WHERE agreed IS NULL AND person_id = \(person)",
            "DELETE FROM app.retention_proposal WHERE subject_id = \(person) OR decision = 'agreed'",
            "DELETE FROM app.legal_hold WHERE subject_id = \(person)")
    }

    /// A deletion of somebody's record that two people agreed to.
    func agreeToDelete(_ person: UUID, agency: UUID = World.harbour) async throws {
        try await alter("""
            INSERT INTO app.retention_proposal (id, partnership_id, agency_id, subject_id, rule, due_on, reason,
                proposed_at, proposed_by, decision, decided_at, decided_by, decided_because)
            VALUES (\(UUID()), \(World.north), \(agency), \(person), 'adult', '2001-01-01', 'Time', now(),
                    \(World.Staff.dilys.account), 'agreed', now(), \(World.Staff.sunita.account), 'Read it')
            """)
    }

    /// What carries out deletions here, with tombstones in a directory of its own that is gone afterwards.
    func deleting(_ body: (Deletion) async throws -> Void) async throws {
        let directory = NSTemporaryDirectory() + "tombstones-" + UUID().uuidString.lowercased()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let migrator = Database(conninfo, options: .patient(size: 1, role: "drystone_migrator"))
        let now = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
        let outcome = await Result {
            try await body(Deletion(database: migrator, tombstones: Tombstones(directory: directory), now: now))
        }
        await migrator.close()
        try outcome.get()
    }
}

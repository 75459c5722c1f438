import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("The audit log's way in", .needsClone)
struct AuditWriteTests {
    @Test func `no role of the server inserts, changes or removes an event by itself`() async throws {
        let statements: [SQL] = [
            "INSERT INTO app.audit_event (id) VALUES (gen_random_uuid())", "UPDATE app.audit_event SET detail = ''",
            "DELETE FROM app.audit_event", "TRUNCATE app.audit_event", "UPDATE app.audit_seal SET n = n + 1",
            "DELETE FROM app.audit_seal", "UPDATE app.audit_checkpoint SET note = ''",
            "DELETE FROM app.audit_checkpoint",
            "UPDATE app.audit_unsealed SET audit_id = audit_id", "INSERT INTO app.audit_unsealed DEFAULT VALUES",
        ]
        try await Clone.lend { clone in
            let allowed = try await clone.undone { db in
                try ["drystone_app", "drystone_auth", "drystone_auditor", "drystone_backup"].flatMap { role in
                    try db.become(role, token: World.Staff.dilys.token())
                    return try statements.filter { try db.refusal(of: $0) != "42501" }.map { "\(role): \($0.text)" }
                }
            }
            #expect(allowed == [])
        }
    }

    @Test func `the loader adds to the audit log and changes nothing in it`() async throws {
        try await Clone.lend { clone in
            let refusals = try await clone.undone { db in
                try db.become("drystone_loader")
                return try ["audit_event", "audit_seal", "audit_checkpoint", "audit_unsealed"].flatMap { table in
                    try [
                        db.refusal(of: "UPDATE app.\(SQL.identifier(table)) SET partnership_id = partnership_id"),
                        db.refusal(of: "DELETE FROM app.\(SQL.identifier(table))"),
                    ]
                }
            }
            #expect(refusals.allSatisfy { $0 == "42501" })
        }
    }

    @Test func `without a viewer nothing can be audited as done by one`() async throws {
        try await Clone.lend { clone in
            let refusals = try await clone.undone { db in
                try (Visitor.nobody.map(\.token)).map { token in
                    try db.become("drystone_app", token: token)
                    return try db.refusal(of: "SELECT app.audit('case-viewed', 'case', \(World.mayasCase), NULL, '')")
                }
            }
            #expect(refusals.allSatisfy { $0 == "42501" })
        }
    }

    @Test func `an event says who did it by the session, and waits to be sealed`() async throws {
        try await Clone.lend { clone in
            let rows = try await clone.undone { db in
                try db.signIn(.imran)
                try db.run("SELECT app.audit('case-viewed', 'case', \(World.mayasCase), 'Ringing back', 'x')")
                try db.run("RESET ROLE")
                return try db.all("""
                    SELECT account_id = \(World.Staff.imran.account) AND partnership_id = \(World.north)
                           AND agency_id = \(World.harbour) AND subject_id = \(World.mayasCase)
                           AND octet_length(leaf) = 32
                           AND EXISTS (SELECT FROM app.audit_unsealed u WHERE u.audit_id = e.id) AS right
                    FROM app.audit_event e WHERE event = 'case-viewed'
                    """) { try $0["right"] as Bool }
            }
            #expect(rows == [true])
        }
    }
}

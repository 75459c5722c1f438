import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("The policies against an independent statement of them", .needsClone)
struct OracleTests {
    @Test func `everyone in both partnerships may do with every row exactly what the design says`() async throws {
        try await Widened.use { world in
            let (count, mismatches) = try await world.clone.undone { db in
                let survey = try db.survey(world.catalogue, Visitor.everyone)
                var mismatches: [Mismatch] = []
                for table in world.catalogue.tables {
                    for deed in Deed.allCases {
                        mismatches += try db.differences(survey, table, deed)
                    }
                }
                return (survey.facts.rows.values.map(\.count).reduce(0, +) * survey.visitors.count, mismatches)
            }
            #expect(mismatches == [])
            #expect(count > 20_000)
        }
    }

    @Test func `the door and the sealer see the tables that are theirs whole, and no others`() async throws {
        let theirs: [String: Set<String>] = [
            "drystone_auth": [
                "partnership", "agency", "account", "role_assignment", "recovery_code", "invitation", "session",
                "throttle", "rate_window", "known_device", "draft", "privacy_notice",
            ],
            "drystone_auditor": ["audit_event", "audit_seal", "audit_checkpoint", "audit_unsealed"],
        ]
        try await Widened.use { world in
            let wrong = try await world.clone.undone { db in
                let facts = try db.facts(world.catalogue)
                return try theirs.flatMap { role, tables in
                    try db.become(role, token: World.Staff.sunita.token())
                    return try world.catalogue.tables.filter { table in
                        let all = facts.of(table.name).count
                        return try db.allowed(.see, table).count != (tables.contains(table.name) ? all : 0) || all == 0
                    }.map { "\(role) \($0.name)" }
                }
            }
            #expect(wrong == [])
        }
    }
}

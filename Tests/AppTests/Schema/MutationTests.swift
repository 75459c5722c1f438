import Foundation
import Postgres
import Testing

@testable import AppTestSupport

/// One policy of the schema.
private struct Policy: Sendable {
    let table: String
    let name: String
    let roles: [String]
    /// The deeds it is about.
    let deeds: [Deed]
    /// It only takes away.
    let isRestrictive: Bool

    var description: String { "\(name) on \(table)" }
}

@Suite("Without any one of the policies", .needsClone)
struct MutationTests {
    @Test func `something is seen or done that should not be, or not that should be`() async throws {
        try await Widened.use { world in
            let (policies, survivors) = try await world.clone.undone { db in
                let survey = try db.survey(world.catalogue, Visitor.everyone)
                let policies = try db.policies()
                var survivors: [String] = []
                for policy in policies {
                    let isKilled = try db.attempt { db in
                        try db.run("DROP POLICY \(SQL.identifier(policy.name)) ON app.\(SQL.identifier(policy.table))")
                        return try db.notices(policy, survey)
                    }.get()
                    if !isKilled { survivors.append(policy.description) }
                }
                return (policies, survivors)
            }
            print("Policies dropped in turn: \(policies.count - survivors.count) of \(policies.count) noticed")
            #expect(survivors == [])
            #expect(policies.count > 100)
        }
    }

    @Test func `rules that take away hold even where another rule gives everything`() async throws {
        try await Widened.use { world in
            let mismatches = try await world.clone.undone { db in
                for table in world.catalogue.tables {
                    try db.run("CREATE POLICY slip ON \(table.sql) FOR SELECT TO drystone_app USING (true)")
                }
                let survey = try db.survey(world.catalogue, Visitor.everyone + Visitor.nobody)
                // The partnership's own row has a rule that gives, so the slip really opens that table.
                return try world.catalogue.tables.filter { $0.name != "partnership" }
                    .flatMap { try db.differences(survey, $0, .see, slip: true) }
            }
            #expect(mismatches == [])
        }
    }
}

extension Connection {
    /// Every policy of the application's tables.
    fileprivate func policies() throws -> [Policy] {
        let deeds: [String: [Deed]] = [
            "ALL": Deed.allCases, "SELECT": [.see], "INSERT": [.add], "UPDATE": [.change], "DELETE": [.remove],
        ]
        return try all("""
            SELECT tablename::text AS table, policyname::text AS name, roles::text[] AS roles, cmd,
                   permissive = 'RESTRICTIVE' AS restrictive
            FROM pg_policies WHERE schemaname = 'app' ORDER BY 1, 2
            """) { row in
            Policy(
                table: try row["table"], name: try row["name"], roles: try row["roles"],
                deeds: deeds[try row["cmd"]] ?? [], isRestrictive: try row["restrictive"])
        }
    }

    /// Whether anything shows that a policy is missing.
    fileprivate func notices(_ policy: Policy, _ survey: Survey) throws -> Bool {
        guard let table = survey.catalogue[policy.table] else { return false }
        for role in policy.roles where role != "drystone_app" {
            // The door and the sealer see all rows of the tables that are theirs.
            try become(role)
            if try allowed(.see, table).count != survey.facts.of(table.name).count { return true }
        }
        guard policy.roles.contains("drystone_app") else { return false }
        for deed in policy.deeds where try !differences(survey, table, deed, first: true).isEmpty { return true }
        guard policy.isRestrictive else { return false }
        if policy.deeds.contains(.change), try !moves(of: table).moved.isEmpty { return true }
        // Nothing is given here that this policy could take away; so give everything, as somebody might one day.
        try run("RESET ROLE")
        try run("CREATE POLICY slip ON \(table.sql) TO drystone_app USING (true)")
        return try !differences(survey, table, .see, slip: true, first: true).isEmpty
    }
}

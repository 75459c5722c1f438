import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("Without a viewer", .needsClone)
struct NoViewerTests {
    @Test func `no row of any table is there, whatever the token is not`() async throws {
        try await Widened.use { world in
            let found = try await world.clone.undone { db in
                let survey = try db.survey(world.catalogue, [])
                return try Visitor.nobody.flatMap { visitor in
                    try db.becomeNobody(visitor.token)
                    return try db.reached(survey).map { "\(visitor.token): \($0)" }
                }
            }
            #expect(found == [])
        }
    }

    @Test func `no row of any table is there where no token was ever set`() async throws {
        try await Widened.use { world in
            let connection = try await Connection.open(world.clone.conninfo)
            let found = try await connection.transaction { @Sendable db in
                let survey = try db.survey(world.catalogue, [])
                try db.run("SET LOCAL ROLE drystone_app")
                let isUnset: Bool? = try db.first("SELECT current_setting('app.session', true) IS NULL AS unset") {
                    try $0["unset"]
                }
                return try (isUnset == true ? [] : ["a token"]) + db.reached(survey)
            }
            await connection.close()
            #expect(found == [])
        }
    }

    @Test func `a token's hash, as the database keeps it, is no token`() async throws {
        try await Widened.use { world in
            let found = try await world.clone.undone { db in
                let survey = try db.survey(world.catalogue, [])
                let hashes = survey.facts.of("session").compactMap { $0["token_hash"] }.prefix(3)
                return try hashes.flatMap { hash in
                    try [hash, String(hash.dropFirst(2))].flatMap { token in
                        try db.becomeNobody(token)
                        return try db.reached(survey)
                    }
                }
            }
            #expect(found == [])
        }
    }

    @Test func `with what is really granted, every table the pages may read is empty`() async throws {
        try await Clone.use { clone in
            let (read, found) = try await clone.undone { db in
                let readable: [String] = try db.all("""
                    SELECT c.relname::text AS name FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace
                      AND c.relkind IN ('r', 'p') AND has_any_column_privilege('drystone_app', c.oid, 'SELECT')
                    ORDER BY 1
                    """) { try $0["name"] }
                try db.becomeNobody("")
                return (readable, try readable.filter { name in
                    try db.first("SELECT count(*) AS n FROM app.\(SQL.identifier(name))") { try $0["n"] as Int } != 0
                })
            }
            #expect(found == [])
            #expect(read.count > 25)
        }
    }
}

extension Connection {
    fileprivate func becomeNobody(_ token: String) throws {
        try become("drystone_app", token: token)
    }

    /// Tables of which the present role reaches a row in any way.
    fileprivate func reached(_ survey: Survey) throws -> [String] {
        var found: [String] = []
        for table in survey.catalogue.tables {
            for deed in Deed.allCases {
                let isReached = deed == .add
                    ? try !admitted(survey.facts.of(table.name).prefix(30).map { Candidate($0) }, to: table).isEmpty
                    : try !allowed(deed, table).isEmpty
                if isReached { found.append("\(deed.rawValue) \(table.name)") }
            }
        }
        return found
    }
}

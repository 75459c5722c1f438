import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("Whether an invisible row exists", .needsClone)
struct ExistenceTests {
    @Test func `an e-mail address of the other partnership is free`() async throws {
        try await Clone.use { clone in
            try await clone.run("""
                INSERT INTO app.account (id, partnership_id, email, full_name)
                SELECT gen_random_uuid(), id, 'only@south.example', 'Only South'
                FROM app.partnership WHERE slug = 'south'
                """)
            let (taken, free) = try await clone.undone { db in
                try db.signIn(.adaeze)
                let refusals = try ["hana@harbour.example", "only@south.example"].map { email in
                    try db.refusal(of: """
                        INSERT INTO app.account (id, partnership_id, email, full_name)
                        VALUES (\(UUID()), \(World.north), \(email), 'New')
                        """)
                }
                return (refusals[0], refusals[1])
            }
            #expect(taken == "23505")
            #expect(free == nil)
        }
    }

    @Test func `a case reference of another agency is free`() async throws {
        try await Clone.use { clone in
            let refusals = try await clone.undone { db in
                try db.signIn(.imran)
                return try ["W-101", "W-201", "W-204"].map { reference in
                    try db.refusal(of: """
                        INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, reference, risk,
                            opened_at, opened_by)
                        VALUES (\(UUID()), \(World.north), \(World.harbour), \(World.maya), \(reference), 'notAssessed',
                            now(), \(World.Staff.imran.account))
                        """)
                }
            }
            #expect(refusals == ["23505", nil, nil] as [String?])
        }
    }

    @Test func `a row that refers to one of another agency is refused as if that were not there`() async throws {
        try await Clone.use { clone in
            let (tried, told) = try await clone.undone { db in
                let catalogue = try db.catalogue()
                let facts = try db.facts(catalogue)
                try db.signIn(.imran)
                // What is checked at the end of a transaction is refused at the same place for all three.
                try db.run("SET CONSTRAINTS ALL IMMEDIATE")
                var tried = 0
                var told: [String] = []
                for reference in try db.references() {
                    guard let table = catalogue[reference.table] else { continue }
                    let refusals = try reference.refusals(table, facts, db)
                    tried += 1
                    if Set(refusals).count != 1 || refusals.first == nil || refusals.first == "accepted" {
                        told.append("\(reference.table).\(reference.column): \(refusals)")
                    }
                }
                return (tried, told)
            }
            #expect(told == [])
            #expect(tried > 20)
        }
    }

    @Test func `a row that refers to a barred person or case of one's own agency is refused too`() async throws {
        // With another code (42501) than for an absent one (23503): what a page answers must be the same for both.
        try await Clone.use { clone in
            let refusals = try await clone.undone { db in
                try db.signIn(.petra)
                return try [World.olive, World.nell, World.absent].map { person in
                    try db.refusal(of: """
                        INSERT INTO app.person_phone
                            (id, partnership_id, agency_id, person_id, number_sealed, number_token)
                        VALUES (\(UUID()), \(World.north), \(World.harbour), \(person), '\\x00', '\\x00')
                        """)
                }
            }
            #expect(refusals == ["42501", "42501", "23503"] as [String?])
        }
    }
}

/// A column of a table that the pages may fill, and that refers to rows which belong to an agency or a partnership.
private struct Reference: Sendable {
    let table: String
    let column: String
    let target: String
    /// What it names there: its id, but for a stay, which has that of its time.
    let named: String

    /// How PostgreSQL refuses a row of Harbour that names a row of Lighthouse, one of south, and one that is absent.
    func refusals(_ table: Catalogue.Table, _ facts: Facts, _ db: isolated Connection) throws -> [String] {
        let own = facts.of(table.name).first { $0["agency_id"] == World.harbour.column }
        guard let own else { return [] }
        var fresh = ["id": UUID().column, "reference": "fresh", column: ""]
        let signatures = [Casework.rules[table.name]?.author, "account_id"].compactMap(\.self)
        for signature in signatures where signature != column {
            fresh[signature] = World.Staff.imran.account.column
        }
        let hidden = facts.of(target).first { $0["agency_id"] == World.lighthouse.column }?[named]
        let south = facts.of(target).first { $0["partnership_id"] == World.south.column }?[named]
        return try [hidden, south, World.absent.column].compactMap(\.self).map { value in
            fresh[column] = value
            let json = Candidate(own, with: fresh.filter { table.has($0.key) }).json
            let name = SQL(stringLiteral: table.writable)
            let refused = try db.attempt { db in
                try db.run("""
                    INSERT INTO \(table.sql) (\(name)) SELECT \(name) FROM jsonb_populate_record(NULL::\(table.sql),
                        (\(json)::jsonb->'row') || (\(json)::jsonb->'with'))
                    """)
            }
            guard case .failure(let error) = refused else { return "accepted" }
            return "\(error.sqlState ?? "?") \(error.constraint ?? "")"
        }
    }
}

extension Connection {
    /// Every reference of a table of an agency that the role of the pages may fill.
    fileprivate func references() throws -> [Reference] {
        try all("""
            SELECT f.conrelid::regclass::text AS table, a.attname::text AS column, f.confrelid::regclass::text AS target,
                   n.attname::text AS named
            FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = f.conkey[1]
            JOIN pg_attribute n ON n.attrelid = f.confrelid AND n.attnum = f.confkey[1]
            JOIN pg_attribute g ON g.attrelid = f.conrelid AND g.attname = 'agency_id'
            WHERE f.contype = 'f' AND f.connamespace = 'app'::regnamespace AND a.attname <> 'agency_id'
              AND has_column_privilege('drystone_app', f.conrelid, a.attnum, 'INSERT') ORDER BY 1, 2
            """) { row in
            let table: String = try row["table"], target: String = try row["target"]
            return Reference(
                table: table.replacing("app.", with: ""), column: try row["column"],
                target: target.replacing("app.", with: ""), named: try row["named"])
        }
    }
}

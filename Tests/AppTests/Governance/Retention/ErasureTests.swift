import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("What is erased of somebody, column by column", .needsClone)
struct ErasureTests {
    @Test func `every table is accounted for once, and every column of rows that stay`() async throws {
        let catalogue = try await Clone.lend { clone in try await clone.undone { db in try db.catalogue() } }
        let stated = Erasure.all.map(\.table) + Erasure.untouched.keys
        #expect(Set(catalogue.tables.map(\.name)).symmetricDifference(stated).sorted() == [])
        #expect(stated.count == Set(stated).count)
        for erasure in Erasure.all {
            guard let columns = erasure.columns, let table = catalogue[erasure.table] else { continue }
            let there = table.columns.filter { !table.generated.contains($0) }
            #expect(columns.sorted() == there.sorted(), "\(erasure.table)")
        }
    }

    @Test func `no table that is left alone names a person, a case or a contact`() async throws {
        let catalogue = try await Clone.lend { clone in try await clone.undone { db in try db.catalogue() } }
        let naming = catalogue.tables.filter { Erasure.untouched[$0.name] != nil }.flatMap { table in
            table.columns.filter {
                ["person_id", "case_id", "contact_id", "place_id", "harmed_id", "child_id"].contains($0)
                    || $0.hasSuffix("_sealed") && !["account", "unit_location"].contains(table.name)
            }.map { "\(table.name).\($0)" }
        }
        #expect(naming == [])
    }

    /// A child, people with cases open and closed, restricted and shared, and a man on the other side of the wall.
    private static let people = [
        World.maya, World.priyanka, World.nell, World.olive, World.rina, World.tomas, World.marcus, World.farida,
        World.marcusHimself,
    ]

    @Test(arguments: people.indices)
    func `nothing that was said or known of somebody is in any table, and what counts is as before`(_ index: Int)
        async throws {
        let person = Self.people[index]
        try await Clone.lend { clone in
            let (planted, found, left, before, after) = try await clone.undone { db in
                let catalogue = try db.catalogue()
                let planted = try db.plant(catalogue, person)
                let found = try db.marked(catalogue)
                let before = try db.countsForManager()
                try db.run("SET LOCAL session_replication_role = origin")
                try db.takeLoaderRole()
                try db.forget(person, on: London.day(of: .now))
                try db.run("SET CONSTRAINTS ALL IMMEDIATE")
                try db.run("RESET ROLE")
                return (planted, found, try db.marked(catalogue), before, try db.countsForManager())
            }
            #expect(planted > 10)
            #expect(found.count > 4)
            #expect(left == [])
            #expect(before == after)
            #expect(before.count > 8)
        }
    }

    @Test func `the key and all that finds somebody is gone, and the band of their age stays`() async throws {
        try await Clone.lend { clone in
            let (key, rows, kept) = try await clone.undone { db in
                try db.takeLoaderRole()
                try db.forget(World.maya, on: London.day(of: .now))
                try db.run("RESET ROLE")
                let key: Bool? = try db.first("""
                    SELECT wrapped IS NULL AS gone FROM app.person_key WHERE person_id = \(World.maya)
                    """) { try $0["gone"] }
                let tables = ["person_name", "person_phone", "person_address", "safe_contact", "safety_plan"]
                let rows = try tables.filter { table in
                    try db.first("""
                        SELECT 1 AS one FROM app.\(SQL.identifier(table)) WHERE person_id = \(World.maya) LIMIT 1
                        """) { _ in true } ?? false
                }
                let kept = try db.first("""
                    SELECT age_band, sex, date_of_birth IS NULL AS unborn, forgotten_on IS NOT NULL AS forgotten
                    FROM app.person WHERE id = \(World.maya)
                    """) { row in
                    [try row["age_band"] as String, try row["sex"], try row["unborn"] ? "unborn" : "",
                     try row["forgotten"] ? "forgotten" : ""]
                }
                return (key, rows, kept)
            }
            #expect(key == true)
            #expect(rows == [])
            #expect(kept?.dropFirst() == ["female", "unborn", "forgotten"])
            #expect(kept.flatMap { AgeBand(rawValue: $0[0]) } != nil)
        }
    }
}

extension Connection {
    private static let mark = "Quillmark-7391"

    /// Puts a mark into every text of every row about somebody that takes one, and a day of birth that nobody else has;
    /// how many texts took it. Whoever plants is the superuser; triggers don't act, checks do.
    fileprivate func plant(_ catalogue: Catalogue, _ person: UUID) throws -> Int {
        try run("SET LOCAL session_replication_role = replica")
        _ = try all("SELECT set_config('app.forgotten', \(person.column), true)") { _ in }
        var planted = 0
        for erasure in Erasure.all {
            let texts: [String] = try all("""
                SELECT column_name::text AS name FROM information_schema.columns
                WHERE table_schema = 'app' AND table_name = \(erasure.table) AND data_type = 'text'
                  AND is_generated = 'NEVER'
                """) { try $0["name"] }
            let said: [String] = switch erasure.deed {
            case .removed: texts
            case .emptied(let words, let values, _): texts.filter { words.contains($0) || values.map(\.key).contains($0) }
            }
            for column in said {
                let name = SQL.identifier(column)
                let statement: SQL = """
                    UPDATE app.\(SQL.identifier(erasure.table)) SET \(name) = left(\(Self.mark) || ' ' || \(name), 60)
                    WHERE (\(erasure.rows)) AND \(name) <> ''
                    """
                // Codes and references of others refuse it: they are in lists of their own.
                if try takes(statement) { planted += 1 }
            }
        }
        try run("""
            UPDATE app.person SET date_of_birth = '1917-01-13', birth_known = 'known' WHERE id = \(person)
            """)
        return planted
    }

    /// Whether a statement changed anything; not where a check refuses it.
    private func takes(_ statement: SQL) throws -> Bool {
        do {
            return try transaction { db in try db.run(statement) > 0 }
        } catch let error as PostgresError {
            guard error.kind == .query else { throw error }
            return false
        }
    }

    /// The tables that hold the mark or the day of birth anywhere, as a dump would show them.
    fileprivate func marked(_ catalogue: Catalogue) throws -> [String] {
        let mark = "%" + Self.mark.lowercased() + "%"
        return try catalogue.tables.filter { table in
            try first("""
                SELECT 1 AS one FROM \(table.sql) AS t
                WHERE lower(t::text) LIKE \(mark) OR t::text LIKE '%1917-01-13%' LIMIT 1
                """) { _ in true } ?? false
        }.map(\.name)
    }

    /// The outputs and the numbers of cases by grade and end, as Harbour's manager counts them.
    fileprivate func countsForManager() throws -> [String] {
        try signIn(.sunita)
        let lines: [String] = try all("""
            SELECT measure || ' ' || amount AS line
            FROM app.team_outputs(ARRAY[now() - interval '10 years'], ARRAY[now() + interval '1 day'])
            UNION ALL
            SELECT concat_ws(' ', risk, closed_at IS NULL, count(*)) FROM app.case_record
            WHERE agency_id = \(World.harbour) GROUP BY risk, closed_at IS NULL
            UNION ALL
            SELECT concat_ws(' ', reason, abuse, feels, count(*)) FROM app.case_closing GROUP BY reason, abuse, feels
            UNION ALL
            SELECT concat_ws(' ', stage, answers, count(*)) FROM app.outcome_set GROUP BY stage, answers
            ORDER BY 1
            """) { try $0["line"] }
        try run("RESET ROLE")
        return lines
    }
}

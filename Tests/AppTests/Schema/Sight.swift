import Foundation
import Postgres

@testable import AppTestSupport

/// One row that the database and the oracle see differently.
struct Mismatch: Sendable, Hashable, CustomStringConvertible {
    let visitor: String
    let deed: Deed
    let table: String
    let row: String
    /// True when the database allows what it should not; false when it refuses what it should allow.
    let leaks: Bool

    var description: String {
        "\(visitor) \(leaks ? "can" : "cannot") \(deed.rawValue) \(table) \(row)"
    }
}

extension Connection {
    /// The keys of the rows with which the present role may do something. Nothing is changed.
    func allowed(_ deed: Deed, _ table: Catalogue.Table) throws -> Set<String> {
        switch deed {
        case .see: try keys("SELECT \(table.keySQL) AS key FROM \(table.sql) AS t")
        // Locking a row asks the same policies as changing it, and changes nothing.
        case .change: try keys("SELECT \(table.keySQL) AS key FROM \(table.sql) AS t FOR UPDATE")
        case .remove:
            try attempt { db in
                try db.keys("DELETE FROM \(table.sql) AS t RETURNING \(table.keySQL) AS key")
            }.get()
        case .add: []
        }
    }

    /// The column `key` of every row.
    private func keys(_ query: SQL) throws -> Set<String> {
        Set(try all(query) { try $0["key"] as String })
    }

    /// Which of the candidates the present role may add to a table, by their places.
    func admitted(_ candidates: [Candidate], to table: Catalogue.Table) throws -> Set<Int> {
        let list = "[" + candidates.map(\.json).joined(separator: ",") + "]"
        let name = "app." + table.name
        let places: [Int]? = try first(
            "SELECT public.admitted(\(name)::regclass, \(table.writable), \(list)::jsonb) AS places"
        ) { try $0["places"] }
        return Set(places ?? [])
    }
}

/// A row that might be added: one that exists, with some values changed.
struct Candidate: Sendable {
    /// The row as it would be added.
    let row: Facts.Row
    /// The values that differ from the row that exists.
    let changed: [String: String]

    init(_ row: Facts.Row, with changed: [String: String] = [:]) {
        var copy = row
        copy.values.merge(changed) { $1 }
        self.row = copy
        self.changed = changed
    }

    /// As the function `admitted` wants it.
    var json: String {
        let pairs = changed.map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        return "{\"row\":\(row.json),\"with\":{\(pairs)}}"
    }

    /// The row's key, and what is changed.
    var description: String {
        let changes = changed.sorted { $0.key < $1.key }.map { " with \($0.key) \($0.value)" }
        return row.key + changes.joined()
    }

    /// Rows that the visitor might try to add: one of theirs, signed by them, and the same with each column that any
    /// rule asks about changed to every value that occurs.
    static func all(for visitor: Visitor, _ table: Catalogue.Table, _ facts: Facts, _ oracle: Oracle) throws
        -> [Candidate] {
        let me = facts.of("session").first { $0["id"] == visitor.session?.column }?["account_id"]
        let rule = Casework.rules[table.name]
        let signatures = ["account_id", "invited_by", "proposed_by", "sent_by", "begun_by", rule?.author ?? "recorded_by"]
            .filter(table.has)
        var signed: [String: String] = [:]
        if let me { for column in signatures { signed[column] = me } }

        let rows = facts.of(table.name)
        // One that names somebody before one that names nobody: with a name put in, that may be no row at all.
        let names = (rule?.people ?? []) + (rule?.cases ?? [])
        let naming = rows.filter { row in names.contains { row[$0] != nil } }
        let own = try (naming + rows).first { try oracle.allows(.add, table.name, Candidate($0, with: signed).row) }
            ?? rows.first
        guard let own else { return [] }
        var candidates = [Candidate(own), Candidate(own, with: signed)]
        func vary(_ column: String, _ values: [String]) {
            guard table.has(column) else { return }
            for value in values { candidates.append(Candidate(own, with: signed.merging([column: value]) { $1 })) }
        }
        vary("partnership_id", facts.of("partnership").map(\.key))
        for column in ["agency_id", "harming_agency_id", "harmed_agency_id"] {
            vary(column, facts.of("agency").map(\.key))
        }
        vary("toward", ["harmed", "harming"])
        // Of a quarter that was released nothing is handed in.
        if table.name == "figure_return" {
            for row in rows {
                let quarter = row.values.filter { ["from_day", "until_day"].contains($0.key) }
                candidates.append(Candidate(own, with: signed.merging(quarter) { $1 }))
            }
        }
        let some = World.Side.allCases.flatMap { side in [1, 2, 14].map { World.id(.account, $0, side).column } }
        for column in signatures { vary(column, some) }
        func near(_ table: String) -> [String] {
            let keys = facts.of(table).map(\.key)
            return keys.filter { $0.prefix(8) == own["partnership_id"]?.prefix(8) } + keys.suffix(1)
        }
        for column in rule?.people ?? [] { vary(column, near("person")) }
        for column in rule?.cases ?? [] { vary(column, near("case_record")) }
        return candidates
    }
}

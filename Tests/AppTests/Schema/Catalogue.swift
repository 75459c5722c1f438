import Foundation
import Postgres

@testable import AppTestSupport

/// The tables of schema `app` as the catalogue knows them, so that a table added later is tested without being named.
struct Catalogue: Sendable {
    /// One table.
    struct Table: Sendable {
        /// The name without its schema.
        let name: String
        /// All columns, in order.
        let columns: [String]
        /// Columns that PostgreSQL computes itself.
        let generated: [String]
        /// The columns of the primary key.
        let key: [String]

        /// The table's name for a statement.
        var sql: SQL { "app.\(SQL.identifier(name))" }
        /// The primary key of row `t` as one text.
        var keySQL: SQL {
            let parts = key.map { "t.\"\($0)\"::text" }.joined(separator: ", ")
            return SQL(stringLiteral: "concat_ws('/', \(parts))")
        }
        /// The columns that a statement may write, with commas between.
        var writable: String {
            columns.filter { !generated.contains($0) }.map { "\"\($0)\"" }.joined(separator: ", ")
        }
        /// Whether the table has a column of that name.
        func has(_ column: String) -> Bool { columns.contains(column) }
    }

    /// In order of their names.
    let tables: [Table]

    /// The table of that name.
    subscript(_ name: String) -> Table? { tables.first { $0.name == name } }
}

extension Connection {
    /// Reads the catalogue, tables in order of their names.
    func catalogue() throws -> Catalogue {
        Catalogue(tables: try all("""
            SELECT c.relname AS name,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                         AND NOT a.attisdropped ORDER BY a.attnum) AS columns,
                   ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0
                         AND a.attgenerated <> '' ORDER BY a.attnum) AS generated,
                   ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey::int[]) WITH ORDINALITY AS k(n, place)
                         JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.n
                         WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY k.place) AS key
            FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1
            """) { row in
            Catalogue.Table(
                name: try row["name"], columns: try row["columns"], generated: try row["generated"],
                key: try row["key"])
        })
    }
}

/// Every row of every table, read by the superuser, to whom no policy applies.
struct Facts: Sendable {
    /// One row: its values as text, without those that are NULL.
    struct Row: Sendable {
        /// The primary key as one text.
        let key: String
        /// Texts, flags, dates and ids by column, as PostgreSQL writes them in JSON.
        var values: [String: String]
        /// All of it, as PostgreSQL's JSON.
        let json: String

        /// The value of a column; nil for NULL.
        subscript(_ column: String) -> String? { values[column] }
    }

    /// By table.
    let rows: [String: [Row]]
    /// When the transaction began: what `now()` answers.
    let now: Date

    /// The rows of a table; none for a name that is no table.
    func of(_ table: String) -> [Row] { rows[table] ?? [] }
}

extension Connection {
    /// Reads all rows. Call it as the superuser, in the transaction whose `now()` counts.
    func facts(_ catalogue: Catalogue) throws -> Facts {
        var rows: [String: [Facts.Row]] = [:]
        let decoder = JSONDecoder()
        for table in catalogue.tables {
            rows[table.name] = try all("""
                SELECT \(table.keySQL) AS key, (to_jsonb(t) - \(table.generated)::text[])::text AS json
                FROM \(table.sql) AS t ORDER BY 1
                """) { row in
                let json: String = try row["json"]
                let cells = try decoder.decode([String: Cell].self, from: Data(json.utf8))
                return Facts.Row(key: try row["key"], values: cells.compactMapValues(\.text), json: json)
            }
        }
        let now: Date? = try first("SELECT now() AS now") { try $0["now"] }
        return Facts(rows: rows, now: now ?? .distantPast)
    }
}

/// A value of a row in JSON; numbers and lists are of no interest to any policy.
private enum Cell: Decodable {
    case value(String), nothing

    var text: String? {
        switch self {
        case .value(let text): text
        case .nothing: nil
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let text = try? container.decode(String.self) {
            self = .value(text)
        } else if let flag = try? container.decode(Bool.self) {
            self = .value(flag ? "true" : "false")
        } else {
            self = .nothing
        }
    }
}

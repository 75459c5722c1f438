import Foundation
import Postgres
import Testing
@testable import App

/// One row of the audit log.
struct AuditLine: Sendable, Equatable, CustomStringConvertible {
    let event: String
    let kind: String
    let subject: UUID?
    let account: UUID?
    let purpose: String?

    var description: String { "\(event) \(kind)" }
}

/// What is really there, past every policy.
extension TestSite {
    /// How many rows a table holds, of both partnerships.
    func count(_ table: String) async throws -> Int {
        try await truth.transaction { db in
            try db.first("SELECT count(*)::int AS n FROM app.\(SQL.identifier(table))") { try $0["n"] } ?? 0
        }
    }

    /// The number that a statement answers as `n`.
    func howMany(_ statement: SQL) async throws -> Int {
        try await truth.transaction { db in try db.first(statement) { try $0["n"] } ?? 0 }
    }

    /// The audit log, oldest first.
    func auditLog() async throws -> [AuditLine] {
        try await truth.transaction { db in
            try db.all("""
                SELECT event, subject_kind, subject_id, account_id, purpose FROM app.audit_event ORDER BY at, id
                """) { row in
                AuditLine(
                    event: try row["event"], kind: try row["subject_kind"], subject: try row["subject_id"],
                    account: try row["account_id"], purpose: try row["purpose"])
            }
        }
    }

    /// Which version of every row of every table there is, in one hash; equal when nothing was written.
    func fingerprint() async throws -> String {
        try await truth.transaction { db in
            let tables = try db.all("""
                SELECT relname FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r' ORDER BY 1
                """) { try $0["relname"] as String }
            // One statement: the tests ask this thousands of times.
            let hashes = tables.enumerated().map { number, table in
                """
                SELECT \(number) AS n,
                    count(*) || ' ' || coalesce(sum(hashtextextended(xmin || ' ' || ctid, 0)), 0) AS hash
                FROM app."\(table)"
                """
            }
            let every = SQL(stringLiteral: hashes.joined(separator: " UNION ALL "))
            return try db.first("SELECT md5(string_agg(hash, ' ' ORDER BY n)) AS hash FROM (\(every)) f") {
                try $0["hash"] as String
            } ?? ""
        }
    }

    /// Runs statements as the superuser.
    func alter(_ statements: SQL...) async throws {
        _ = try await truth.transaction { db in
            for statement in statements { try db.run(statement) }
        }
    }
}

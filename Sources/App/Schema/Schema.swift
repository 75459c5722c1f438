import Crypto
import Foundation
import Postgres

/// The schema's migrations: forward only, each in its own transaction, one program at a time.
public enum Schema {
    /// One file of `Migrations`: its number orders it, its hash shows that nobody has edited it since.
    struct Migration: Sendable {
        let number: Int
        let name: String
        let text: String
        var hash: String { Data(SHA256.hash(data: Data(text.utf8))).hex }
    }

    public struct Mismatch: Error, CustomStringConvertible {
        public let description: String
    }

    /// The statements that a database administrator runs once.
    public static var bootstrap: String {
        get throws { try String(contentsOf: directory.appendingPathComponent("Bootstrap.sql"), encoding: .utf8) }
    }

    private static var directory: URL {
        Bundle.module.resourceURL ?? Bundle.module.bundleURL
    }

    static func migrations() throws -> [Migration] {
        let folder = directory.appendingPathComponent("Migrations")
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".sql") }.sorted()
            .map { name in
                Migration(
                    number: Int(name.prefix(4)) ?? 0, name: name,
                    text: try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8))
            }
    }

    /// Applies what is missing, as the migrator; returns the names applied. A second program waits for the lock.
    public static func migrate(_ database: Database, dryRun: Bool = false) async throws -> [String] {
        let known = try migrations()
        return try await database.transaction { db in
            try db.beginMigrating()
            let applied = try db.appliedMigrations()
            try check(applied, against: known)
            let missing = known.filter { applied[$0.number] == nil }
            if dryRun { return missing.map(\.name) }
            for migration in missing {
                try db.script(migration.text)
                try db.recordMigration(migration)
            }
            return missing.map(\.name)
        }
    }

    /// A server never runs on a schema that it does not know: older would fail in the middle, newer would lose data.
    static func requireCurrent(_ database: Database) async throws {
        let known = try migrations()
        try await database.transaction(readOnly: true) { db in
            let applied = try db.appliedMigrations()
            try check(applied, against: known)
            if applied.count < known.count {
                throw Mismatch(description: "The database's schema is older than this program. Run `drystone migrate` "
                    + "(it backs up first), then start again.")
            }
        }
    }

    private static func check(_ applied: [Int: String], against known: [Migration]) throws {
        let hashes = Dictionary(uniqueKeysWithValues: known.map { ($0.number, $0) })
        for (number, hash) in applied {
            guard let migration = hashes[number] else {
                throw Mismatch(description: "The database's schema is newer than this program (it has migration "
                    + "\(number)). Start the program that made it, or restore an earlier backup.")
            }
            if migration.hash != hash {
                throw Mismatch(description: "Migration \(migration.name) differs from the one that made this database. "
                    + "This program does not belong to it.")
            }
        }
    }
}

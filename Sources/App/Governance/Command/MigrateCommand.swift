import Foundation
import Postgres

/// `drystone migrate`: brings the database to this release, and makes the keys of a new installation.
public enum MigrateCommand {
    /// The names of the migrations that wait. Changes nothing.
    public static func pending(_ settings: Settings) async throws -> [String] {
        try await asMigrator(settings) { database in try await Schema.migrate(database, dryRun: true) }
    }

    /// Applies what waits; returns the names applied, in order.
    public static func run(_ settings: Settings) async throws -> [String] {
        try await asMigrator(settings) { database in
            let missing = Keys.missing(in: settings.keys)
            if !missing.isEmpty {
                let isNew = try await Schema.migrate(database, dryRun: true).count == Schema.migrations().count
                let isInUse = isNew ? false : try await isInUse(database)
                if isInUse {
                    throw CommandFailure(
                        "The database holds a partnership, but \(missing.joined(separator: ", ")) is not in "
                            + "\(settings.keys). New keys could not read what the old ones wrote: restore the keys "
                            + "from where you keep copies of them.")
                }
                try Keys.createMissing(in: settings.keys)
            }
            return try await Schema.migrate(database)
        }
    }

    private static func isInUse(_ database: Database) async throws -> Bool {
        try await database.transaction(readOnly: true) { db in
            try db.takeLoaderRole()
            return try db.partnerships().isEmpty == false
        }
    }
}

/// Runs `work` with a connection of the migrator's, and closes it.
func asMigrator<Value: Sendable>(
    _ settings: Settings, _ work: (Database) async throws -> Value
) async throws -> Value {
    let database = Database(
        settings.database(as: "migrator"), options: .init(size: 1, applicationName: "drystone-migrator"))
    do {
        let value = try await work(database)
        await database.close()
        return value
    } catch {
        await database.close()
        throw error
    }
}

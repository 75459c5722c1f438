import Foundation
import Postgres

/// `drystone retention ...`: carries out deletions that two people agreed to, and repeats them after a restore.
public enum RetentionCommand {
    /// What was done, as a script reads it.
    public struct Outcome: Sendable, Encodable {
        /// How many people were deleted now.
        public var deleted = 0
        /// Agreed, and kept all the same: no longer due, or held.
        public var kept = 0
        /// Of older tombstones: who was deleted already, or is not in this database.
        public var settled = 0
    }

    /// Deletes whoever two people agreed to delete and nothing keeps.
    public static func apply(_ settings: Settings) async throws -> Outcome {
        let applied = try await asMigrator(settings) { database in
            try await Schema.requireCurrent(database)
            let deletion = Deletion(database: database, tombstones: Tombstones(settings), now: wholeSecond)
            return try await deletion.apply()
        }
        if applied.deleted > 0 { try await forgetOldKeys(settings) }
        return Outcome(deleted: applied.deleted, kept: applied.kept)
    }

    /// Deletes again whoever the tombstones name: those of `directory`, or the installation's own.
    public static func reapply(_ settings: Settings, from directory: String?) async throws -> Outcome {
        let own = Tombstones(settings)
        let source = directory.map(Tombstones.init(directory:)) ?? own
        if let directory, !FileManager.default.fileExists(atPath: directory) {
            throw CommandFailure("There is no \(directory).", kind: .unreadable)
        }
        let reapplied = try await asMigrator(settings) { database in
            try await Schema.requireCurrent(database)
            let deletion = Deletion(database: database, tombstones: own, now: wholeSecond)
            return try await deletion.reapply(from: source)
        }
        if reapplied.again > 0 { try await forgetOldKeys(settings) }
        return Outcome(deleted: reapplied.again, kept: reapplied.held, settled: reapplied.settled)
    }

    /// Tombstones hold whole seconds.
    private static var wholeSecond: Date { Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down)) }

    /// A row that was changed leaves its old version in the table's file until the table is written anew. Keys are few,
    /// so theirs is at once.
    private static func forgetOldKeys(_ settings: Settings) async throws {
        let connection = try await Connection.open(
            settings.database(as: "migrator"), applicationName: "drystone-migrator")
        do { try await connection.rewriteKeys() } catch {
            await connection.close()
            throw error
        }
        await connection.close()
    }
}

extension Tombstones {
    /// The installation's own: beside its keys, unless the configuration names another directory.
    init(_ settings: Settings) {
        directory = settings.tombstones ?? (settings.keys as NSString).deletingLastPathComponent + "/tombstones"
    }
}

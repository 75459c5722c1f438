import Crypto
import Foundation
import Postgres

/// `drystone audit export` and `drystone audit key`.
public enum AuditExportCommand {
    /// What was written.
    public struct Outcome: Sendable {
        /// Rows of the log in the file.
        public let rows: Int
        /// Signed checkpoints in the file.
        public let checkpoints: Int
        /// Rows that nobody has sealed yet, and so are not in it.
        public let waiting: Int
    }

    /// The text of the key that signs checkpoints, to publish and to hand to witnesses.
    public static func key(_ settings: Settings) async throws -> String {
        let partnership = try await atDoor(settings) { _, partnership in partnership }
        return try writer(settings, partnership).key.text
    }

    /// Writes the log to a new file, whole or not at all; the log says that it was exported, before anything is read.
    public static func run(
        _ settings: Settings, to path: String, progress: (_ done: Int, _ of: Int) -> Void
    ) async throws -> Outcome {
        guard !FileManager.default.fileExists(atPath: path) else {
            throw CommandFailure("\(path) exists already and is not overwritten. Give another file.", kind: .unreadable)
        }
        let partnership = try await atDoor(settings) { door, partnership in
            try await door.transaction { db in
                try db.auditDoor(.auditExported, account: nil, partnership: partnership, detail: "{}")
            }
            return partnership
        }
        let writer = try writer(settings, partnership)
        let database = Database(
            settings.database(as: "auditor"), options: .init(size: 1, applicationName: "drystone-export"))
        let exporter = AuditExporter(database: database, partnership: partnership, writer: writer)
        do {
            try await waitForSealing(database, partnership)
            let partial = path + ".partial"
            let summary = try await whole(partial, path) { file in
                try await exporter.export(to: { try file.write(contentsOf: Data($0.utf8)) }, progress: progress)
            }
            let waiting = try await database.transaction(readOnly: true) { db in
                try db.waitingToBeSealed(partnership).count
            }
            await database.close()
            return Outcome(rows: summary.rows, checkpoints: summary.checkpoints, waiting: waiting)
        } catch {
            await database.close()
            throw error
        }
    }

    /// Waits, five seconds at most, until a running server has sealed what stands in the log now: then the file has
    /// its own export in it, and is not older than what witnesses hold.
    private static func waitForSealing(_ database: Database, _ partnership: UUID) async throws {
        let begin = Date()
        while begin.timeIntervalSinceNow > -5 {
            let isWaiting = try await database.transaction(readOnly: true) { db in
                let since = try db.waitingToBeSealed(partnership).since ?? begin
                return try since < begin && db.isBeingSealed()
            }
            if !isWaiting { return }
            try await Task.sleep(for: .milliseconds(100))
        }
    }

    /// Writes beside the file and renames; a failure leaves nothing.
    private static func whole(
        _ partial: String, _ path: String, _ write: (FileHandle) async throws -> AuditExporter.Summary
    ) async throws -> AuditExporter.Summary {
        guard FileManager.default.createFile(atPath: partial, contents: nil, attributes: [.posixPermissions: 0o600]),
            let file = FileHandle(forWritingAtPath: partial) else {
            throw CommandFailure(
                "\(path) can't be written. Check the folder and who may write there.", kind: .unreadable)
        }
        var isDone = false
        defer { if !isDone { try? FileManager.default.removeItem(atPath: partial) } }
        let summary = try await write(file)
        if summary.size == 0 {
            throw CommandFailure("Nothing is sealed yet. Start the server, which seals every second, and try again.")
        }
        try file.synchronize()
        try file.close()
        guard rename(partial, path) == 0 else { throw CommandFailure("\(path) can't be written.", kind: .unreadable) }
        isDone = true
        return summary
    }

    private static func writer(_ settings: Settings, _ partnership: UUID) throws -> AuditExportWriter {
        let origin = AuditOrigin.name(partnership)
        let key = try Keys(directory: settings.keys).audit.publicKey
        return AuditExportWriter(origin: origin, key: CheckpointKey(name: origin, publicKey: key))
    }
}

/// Runs `work` with a connection of the door's and the partnership that the configuration means.
func atDoor<Value: Sendable>(
    _ settings: Settings, _ work: (Database, UUID) async throws -> Value
) async throws -> Value {
    let door = Database(settings.database(as: "auth"), options: .init(size: 1, applicationName: "drystone-command"))
    do {
        try await Schema.requireCurrent(door)
        let value = try await work(door, Partnership.find(settings.partnership, door).id)
        await door.close()
        return value
    } catch {
        await door.close()
        throw error
    }
}

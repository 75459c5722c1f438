import Foundation
import Logging
import Postgres
import ServiceLifecycle

/// Puts new audit rows into one gap-free order every second, builds the tree over them, signs a checkpoint and hands
/// it to the witness directory. A chain row in every transaction would cost five sixths of the throughput; this costs
/// one small transaction a second, however many rows there are.
struct Sealer: Service {
    let database: Database
    let services: Services
    /// The most rows sealed in one transaction.
    static let batch = 5_000

    func run() async throws {
        while !Task.isShuttingDownGracefully {
            do {
                while try await sealOnce() == Self.batch {}
            } catch {
                // The rows stay in the queue; sealing goes on when the database is back.
                services.metrics.set("audit_sealer_failing", 1)
            }
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(1)) }
        }
    }

    /// Seals what is waiting; returns how many rows that were.
    @discardableResult
    func sealOnce() async throws -> Int {
        let partnership = services.partnership.id
        let origin = AuditOrigin.name(partnership)
        let sealed = try await database.transaction { db -> (count: Int, note: String)? in
            // One sealer at a time, whichever server it runs in.
            _ = try db.all("SELECT pg_advisory_xact_lock(7239002, hashtext(\(partnership.column)))") { _ in }
            let waiting = try db.unsealed(partnership, limit: Self.batch)
            if waiting.isEmpty { return nil }
            var tree = try db.lastFrontier(partnership)
            let first = tree.size + 1
            for row in waiting { tree.append(row.leaf) }
            try db.seal(waiting.map(\.id), from: first, in: partnership)
            let checkpoint = Checkpoint(origin: origin, size: tree.size, root: tree.root)
            let note = try checkpoint.sign(with: services.keys.audit)
            try db.saveCheckpoint(note, tree, in: partnership)
            return (waiting.count, note)
        }
        services.metrics.set("audit_sealer_failing", 0)
        guard let sealed else { return 0 }
        try Witness.hand(sealed.note, to: services.settings.witness)
        return sealed.count
    }
}

/// The log's name in checkpoints and exports.
enum AuditOrigin {
    static func name(_ partnership: UUID) -> String { "drystone/\(partnership.column)" }
}

/// Copies of checkpoints outside the database. The directory should be another machine's, a partner's or printed
/// weekly: who can write both the database and every copy can rewrite the log.
enum Witness {
    /// Appends to a file per month; a checkpoint is never overwritten.
    static func hand(_ note: String, to directory: String?) throws {
        guard let directory else { return }
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let day = London.day(of: Date())
        let file = "\(directory)/checkpoints-\(day.column.prefix(7)).txt"
        if !FileManager.default.fileExists(atPath: file) { _ = FileManager.default.createFile(atPath: file, contents: nil) }
        guard let handle = FileHandle(forWritingAtPath: file) else { return }
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((note + "\u{1E}\n").utf8))
    }

    /// The checkpoints of a witness file, in order.
    static func read(_ text: String) -> [String] {
        text.split(separator: "\u{1E}\n").map(String.init).filter { !$0.isEmpty }
    }
}

import Crypto
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
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
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
        let key = CheckpointKey(name: origin, publicKey: services.keys.audit.publicKey)
        let sealed = try await database.transaction { db -> Int in
            try db.lockSealing(partnership)
            let waiting = try db.unsealed(partnership, limit: Self.batch)
            if waiting.isEmpty { return 0 }
            var tree = try db.lastFrontier(partnership, key: key)
            let first = tree.size + 1
            for row in waiting { tree.append(row.leaf) }
            try db.seal(waiting.map(\.id), from: first, in: partnership)
            let checkpoint = Checkpoint(origin: origin, size: tree.size, root: tree.root)
            let note = try checkpoint.sign(with: services.keys.audit)
            try db.saveCheckpoint(note, tree, in: partnership)
            return waiting.count
        }
        try await handOver()
        services.metrics.set("audit_sealer_failing", 0)
        return sealed
    }
}

extension Sealer {
    /// Hands the witness every checkpoint that it doesn't hold yet: one that failed, for a full disk or an absent
    /// share, is handed over later, not lost.
    private func handOver() async throws {
        guard let directory = services.settings.witness else { return }
        let partnership = services.partnership.id
        let held = try Witness.lastSize(in: directory)
        let missing = try await database.transaction(readOnly: true) { db in
            try db.checkpoints(partnership, after: held, upTo: .max, limit: 1_000)
        }
        for checkpoint in missing { try Witness.hand(checkpoint.note, size: checkpoint.size, to: directory) }
    }
}

/// The log's name in checkpoints and exports.
enum AuditOrigin {
    static func name(_ partnership: UUID) -> String { "drystone/\(partnership.column)" }
}

/// Copies of checkpoints outside the database. The directory should be another machine's, a partner's or printed
/// weekly: who can write both the database and every copy can rewrite the log.
enum Witness {
    struct Unwritable: Error {}

    /// How many rows the newest checkpoint in the directory covers.
    static func lastSize(in directory: String) throws -> Int {
        guard let text = try? String(contentsOfFile: directory + "/last-size", encoding: .utf8) else { return 0 }
        return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0
    }

    /// Appends to a file per month; a checkpoint is never overwritten. Throws when it can't be written.
    static func hand(_ note: String, size: Int, to directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let file = "\(directory)/checkpoints-\(London.day(of: Date()).column.prefix(7)).txt"
        if !FileManager.default.fileExists(atPath: file) {
            _ = FileManager.default.createFile(atPath: file, contents: nil)
        }
        guard let handle = FileHandle(forWritingAtPath: file) else { throw Unwritable() }
        defer { try? handle.close() }
        try handle.seekToEnd()
        try handle.write(contentsOf: Data((note + "\u{1E}\n").utf8))
        try Data("\(size)\n".utf8).write(to: URL(fileURLWithPath: directory + "/last-size"), options: .atomic)
    }

    /// The checkpoints of a witness file, in order.
    static func read(_ text: String) -> [String] {
        text.split(separator: "\u{1E}\n").map(String.init).filter { !$0.isEmpty }
    }
}

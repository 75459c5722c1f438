import Crypto
import Foundation
import Postgres

/// Replaces the master key: a new one in `master.key`, the old one kept beside it, every agency's key rewrapped.
///
/// The order makes it safe to be killed anywhere. A copy of the old key is on disk before the new one takes its
/// place; from then on both open everything, whatever wraps it. The agencies' keys change in one transaction. Run
/// again, it finishes what was begun and makes no third key.
struct Rotation: Sendable {
    /// The directory of the keys.
    let directory: String
    /// Connected as the migrator.
    let database: Database

    /// What was done.
    struct Outcome: Equatable, Sendable {
        let old: String
        let new: String
        /// How many agencies' keys the new key wraps now.
        let agencies: Int
        /// An earlier rotation had made the new key, and was stopped before it was done.
        let finishedEarlier: Bool
    }

    /// Why it did not go through. What was there before still opens everything.
    enum Stopped: Error {
        /// Another rotation runs.
        case another
        /// Agencies' keys that no key here opens, before anything was changed.
        case unopenable(Int)
        /// A server that holds only the old key made an agency's key meanwhile, again and again.
        case overtaken
        /// What was written does not open with the new key alone.
        case notVerified
    }

    func run() async throws -> Outcome {
        let lock = try lock()
        defer { close(lock) }
        KeyFile.removePartials(in: directory)
        let before = try Keys.masters(in: directory)
        let (stored, openKeys) = try await database.transaction(readOnly: true) { db in
            try db.takeLoaderRole()
            let stored = try db.agencyKeys()
            return (stored, stored.compactMap { try? before.ring.unwrap($0.wrapped) })
        }
        guard openKeys.count == stored.count else { throw Stopped.unopenable(stored.count - openKeys.count) }

        let unfinished = stored.first { $0.wrapped.keyID != before.ring.current.id }?.wrapped.keyID
        let old = unfinished ?? before.ring.current.id
        if unfinished == nil { try exchange(before.ring.current) }
        let after = try Keys.masters(in: directory).ring
        for _ in 1...3 {
            let agencies = try await rewrap(with: after, old: old)
            if try await verify(after.current, against: openKeys) {
                return Outcome(
                    old: old, new: after.current.id, agencies: agencies, finishedEarlier: unfinished != nil)
            }
        }
        throw Stopped.overtaken
    }

    /// One rotation at a time; the lock ends with the process.
    private func lock() throws -> Int32 {
        let opened = open(directory, O_RDONLY | O_DIRECTORY)
        guard opened >= 0 else { throw Keys.Missing(description: "There is no directory of keys \(directory).") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            close(opened)
            throw Stopped.another
        }
        return opened
    }

    /// First the copy of the old key, then the new one in its place; each read back.
    private func exchange(_ current: MasterKey) throws {
        let previous = Keys.previous(current.id, in: directory)
        try KeyFile.add(current, at: previous)
        guard try KeyFile.read(previous).id == current.id else { throw Stopped.notVerified }
        let new = MasterKey.generate()
        try KeyFile.replace(Keys.master(in: directory), with: new)
        guard try KeyFile.read(Keys.master(in: directory)).id == new.id else { throw Stopped.notVerified }
    }

    /// In one transaction, with its audit: every partnership's log says that the key changed.
    private func rewrap(with ring: KeyRing, old: String) async throws -> Int {
        try await database.transaction { db in
            try db.takeLoaderRole()
            try db.lockAgencyKeys()
            let stored = try db.agencyKeys()
            let stale = stored.filter { $0.wrapped.keyID != ring.current.id }
            for key in stale { try db.replaceAgencyKey(key.agency, with: ring.rewrap(key.wrapped)) }
            let counts = Dictionary(grouping: stored, by: \.partnership).mapValues(\.count)
            for partnership in try db.partnershipIDs() {
                let detail = #"{"from":"\#(old)","to":"\#(ring.current.id)","agencies":\#(counts[partnership] ?? 0)}"#
                try db.auditSystem(.masterKeyRotated, .key, nil, in: partnership, detail: detail)
            }
            return stored.count
        }
    }

    /// Reads everything back and opens it with the new key alone: the same keys as before must come out.
    /// False when a key was made meanwhile under the old one.
    private func verify(_ new: MasterKey, against earlier: [SymmetricKey]) async throws -> Bool {
        let stored = try await database.transaction(readOnly: true) { db in
            try db.takeLoaderRole()
            return try db.agencyKeys()
        }
        if stored.contains(where: { $0.wrapped.keyID != new.id }) { return false }
        let alone = KeyRing(current: new)
        let opened = stored.compactMap { try? alone.unwrap($0.wrapped) }
        guard opened.count == stored.count, earlier.allSatisfy(opened.contains) else { throw Stopped.notVerified }
        return true
    }
}

extension Keys {
    /// The master keys of a directory, and where each stands.
    struct Masters: Sendable {
        let ring: KeyRing
        /// Identifiers to paths, the current key's first.
        let files: [(id: String, path: String)]
    }

    /// Reads them; throws when one is missing or damaged.
    static func masters(in directory: String) throws -> Masters {
        let names = try FileManager.default.contentsOfDirectory(atPath: directory)
        let paths = names.filter { $0.hasPrefix("master-previous-") }.sorted().map { directory + "/" + $0 }
        let current = try KeyFile.read(master(in: directory))
        let previous = try paths.map(KeyFile.read)
        return Masters(
            ring: KeyRing(current: current, previous: previous),
            files: [(current.id, master(in: directory))] + zip(previous.map(\.id), paths))
    }

    /// Where the master key stands.
    static func master(in directory: String) -> String { directory + "/master.key" }

    /// Where an earlier master key is kept.
    static func previous(_ id: String, in directory: String) -> String { directory + "/master-previous-\(id).key" }
}

import Foundation
import Postgres

/// `drystone vault ...`: the key outside the database, on which all protected fields depend.
public enum VaultCommands {
    /// What a rotation did, in words.
    public struct Rotated: Sendable {
        /// A sentence each: what was done, and what to do now.
        public let sentences: [String]
    }

    /// Replaces the master key.
    public static func rotate(_ settings: Settings) async throws -> Rotated {
        do {
            return try await asMigrator(settings) { database in
                try await Schema.requireCurrent(database)
                let outcome = try await Rotation(directory: settings.keys, database: database).run()
                let isServing = try await database.transaction(readOnly: true) { db in try db.serverConnections() > 0 }
                return Rotated(sentences: sentences(outcome, settings.keys, isServing: isServing))
            }
        } catch let stopped as Rotation.Stopped {
            throw CommandFailure(words(stopped))
        }
    }

    private static func sentences(_ outcome: Rotation.Outcome, _ directory: String, isServing: Bool) -> [String] {
        [
            outcome.finishedEarlier
                ? "Finished the rotation from key \(outcome.old) to key \(outcome.new), which had been stopped."
                : "Rotated from key \(outcome.old) to key \(outcome.new).",
            "The new key wraps the keys of \(outcome.agencies) agencies; all were read back and opened with it alone.",
            isServing
                ? "The running server reads the new key by itself, at the first detail that the old one does not open."
                : "No server is running; start it as usual.",
            "Copy the new key to where you keep copies of the keys, now: without it no backup made from today can be "
                + "read. (./drystone backup --keys FILE)",
            "Keep \(Keys.previous(outcome.old, in: directory)) and its copies for as long as you keep a backup made "
                + "before today: such a backup needs it. When the last of them is gone, delete the key everywhere; "
                + "`drystone vault status` says first whether anything still needs it.",
            "If the old key may be in the wrong hands, delete the old backups sooner: with the key, they can be read.",
        ]
    }

    private static func words(_ stopped: Rotation.Stopped) -> String {
        switch stopped {
        case .another: "Another rotation is running. Wait for it to end."
        case .unopenable(let count):
            "\(count) agencies' keys can't be opened with the keys here, so nothing was changed. `drystone vault "
                + "status` says which master key is missing: restore it first."
        case .overtaken:
            "The new key is in force, but a running server keeps making keys under the old one. Stop the server, run "
                + "`drystone vault rotate` again, and start it."
        case .notVerified:
            "What was written could not be read back. Delete no key; run `drystone vault status`, and look at the disk."
        }
    }

    /// What the vault looks like.
    public struct Status: Sendable, Encodable {
        /// A master key.
        public struct Key: Sendable, Encodable {
            /// Tells keys apart and says nothing useful about them.
            public let id: String
            /// Its file.
            public let file: String
            /// Whether it wraps new keys.
            public let isCurrent: Bool
            /// How many agencies' keys it wraps.
            public let agencies: Int

            private enum CodingKeys: String, CodingKey {
                case id, file, agencies
                case isCurrent = "is_current"
            }
        }
        /// The keys of the directory, the current one first.
        public let keys: [Key]
        /// Agencies' keys that nothing here opens: their master key is missing, or they were altered.
        public let unopenable: Int
        /// The identifiers of master keys that are missing here.
        public let missing: [String]
    }

    /// Reads every agency's key and tries to open it.
    public static func status(_ settings: Settings) async throws -> Status {
        let masters = try Keys.masters(in: settings.keys)
        let stored = try await asMigrator(settings) { database in
            try await Schema.requireCurrent(database)
            return try await database.transaction(readOnly: true) { db in
                try db.takeLoaderRole()
                return try db.agencyKeys()
            }
        }
        let counts = Dictionary(grouping: stored, by: \.wrapped.keyID).mapValues(\.count)
        let known = Set(masters.files.map(\.id))
        return Status(
            keys: masters.files.enumerated().map { place, file in
                .init(id: file.id, file: file.path, isCurrent: place == 0, agencies: counts[file.id] ?? 0)
            },
            unopenable: stored.count { (try? masters.ring.unwrap($0.wrapped)) == nil },
            missing: counts.keys.filter { !known.contains($0) }.sorted())
    }
}

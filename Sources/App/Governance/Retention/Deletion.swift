import Foundation
import Postgres

/// A deletion that two people agreed to.
struct AgreedDeletion: Sendable {
    let id: UUID
    let partnership: UUID
    let person: UUID
    let rule: String
}

/// Carries out what was agreed, and does it again after a restore. Each person is deleted in a transaction of their
/// own, whose tombstone is on disk before it commits: where a machine stops in between, the next run finishes the work.
struct Deletion: Sendable {
    /// Connected as the migrator.
    let database: Database
    let tombstones: Tombstones
    let now: Date

    /// How many were deleted, and how many were not, because something keeps them now.
    struct Applied: Equatable, Sendable {
        var deleted = 0
        var kept = 0
    }

    /// What came of older tombstones.
    struct Reapplied: Equatable, Sendable {
        var again = 0
        /// Deleted in this database already, or recorded after it was backed up.
        var settled = 0
        /// A hold was placed after the tombstone was written: nothing is deleted.
        var held = 0
    }

    /// What was agreed, one person after the other; whoever is no longer due stays as they are.
    func apply() async throws -> Applied {
        let agreed = try await database.transaction(readOnly: true) { db in
            try db.takeLoaderRole()
            return try db.agreedDeletions()
        }
        var applied = Applied()
        for one in agreed {
            let isDone = try await database.transaction { db in
                try db.takeLoaderRole()
                guard try db.holdForDeletion(one.person) == true,
                    try db.isStillDue(one.person, in: one.partnership, on: London.day(of: now)) else { return false }
                try delete(Tombstone(partnership: one.partnership, person: one.person, at: now, rule: one.rule), db)
                return true
            }
            if isDone { applied.deleted += 1 } else { applied.kept += 1 }
        }
        return applied
    }

    /// Deletes again whoever a directory's tombstones name, in a database that was restored from before.
    func reapply(from source: Tombstones) async throws -> Reapplied {
        var outcome = Reapplied()
        for tombstone in try source.all() {
            let one = try await database.transaction { db in
                try db.takeLoaderRole()
                guard try db.holdForDeletion(tombstone.person) == true else { return Reapplied(settled: 1) }
                if try db.isHeld(tombstone.person, since: tombstone.at) { return Reapplied(held: 1) }
                try delete(tombstone, db, again: true)
                return Reapplied(again: 1)
            }
            outcome.again += one.again
            outcome.settled += one.settled
            outcome.held += one.held
        }
        return outcome
    }

    /// The log comes after the change, since it takes another role, and the tombstone last: nothing can fail after it
    /// but the commit.
    private func delete(_ tombstone: Tombstone, _ db: isolated Connection, again: Bool = false) throws {
        try db.forget(tombstone.person, on: London.day(of: tombstone.at))
        try db.finishDeletion(of: tombstone.person, at: tombstone.at)
        try db.auditSystem(
            .recordDeleted, .person, tombstone.person, in: tombstone.partnership,
            detail: #"{"rule":"\#(tombstone.rule)","again":\#(again)}"#)
        try tombstones.append(tombstone)
    }
}

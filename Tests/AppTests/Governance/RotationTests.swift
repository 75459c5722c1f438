import Crypto
import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Rotating the master key", .needsClone, .serialized)
struct RotationTests {
    @Test func `every agency's key is wrapped by the new key, and is the same key as before`() async throws {
        try await rotating { site, folder, rotation in
            let before = try await openKeys(site, TestSite.keys.ring.ring)
            let old = TestSite.keys.ring.current.id
            let outcome = try await rotation.run()
            let ring = try Keys(directory: folder.path).ring.ring
            #expect(outcome == .init(old: old, new: ring.current.id, agencies: before.count, finishedEarlier: false))
            #expect(old != ring.current.id)
            #expect(try await openKeys(site, KeyRing(current: ring.current)) == before)
            #expect(try await openKeys(site, KeyRing(current: TestSite.keys.ring.current)).isEmpty)
        }
    }

    @Test func `a server that runs meanwhile goes on opening what it keeps`() async throws {
        try await rotating { site, folder, rotation in
            let running = try Keys(directory: folder.path)
            let before = try await openKeys(site, running.ring.ring)
            _ = try await rotation.run()
            let stored = try await site.truth.transaction(readOnly: true) { db in try db.agencyKeys() }
            #expect(stored.allSatisfy { (try? running.ring.ring.unwrap($0.wrapped)) == nil })
            for key in stored {
                let opened = try running.ring.unwrap(key.wrapped).withUnsafeBytes { Data($0) }
                #expect(opened == before[key.agency])
            }
        }
    }

    @Test func `the old key is kept beside the new one, both for their owner alone`() async throws {
        try await rotating { _, folder, rotation in
            let outcome = try await rotation.run()
            let kept = "master-previous-\(outcome.old).key"
            #expect(try folder.names == ["audit.key", kept, "master.key", "server.key"])
            #expect(try folder.mode(kept) == 0o400 && folder.mode("master.key") == 0o400)
            #expect(try KeyFile.read(folder.path + "/" + kept).id == outcome.old)
        }
    }

    @Test func `the log of every partnership says so, as done by the system`() async throws {
        try await rotating { site, _, rotation in
            let outcome = try await rotation.run()
            let rows = try await site.truth.transaction(readOnly: true) { db in
                try db.all("""
                    SELECT partnership_id, account_id IS NULL AS by_system, subject_kind, detail
                    FROM app.audit_event WHERE event = 'master-key-rotated' ORDER BY partnership_id
                    """) { row in
                    let words: [String] = [try row["subject_kind"], try row["detail"]]
                    return (try row["partnership_id"] as UUID, try row["by_system"] as Bool, words)
                }
            }
            #expect(rows.map(\.0) == [World.north, World.south])
            #expect(rows.allSatisfy { $0.1 && $0.2[0] == "key" })
            let half = outcome.agencies / 2
            #expect(rows[0].2[1] == #"{"from":"\#(outcome.old)","to":"\#(outcome.new)","agencies":\#(half)}"#)
        }
    }

    @Test func `stopped after the new key stood in its place, it is finished by the next run`() async throws {
        let new = MasterKey.generate()
        try await rotating(current: new, previous: [TestSite.keys.ring.current]) { site, folder, rotation in
            let before = try await openKeys(site, TestSite.keys.ring.ring)
            let outcome = try await rotation.run()
            #expect(outcome.finishedEarlier && outcome.new == new.id && outcome.old == TestSite.keys.ring.current.id)
            #expect(try folder.names.count == 4)
            #expect(try await openKeys(site, KeyRing(current: new)) == before)
            let again = try await rotation.run()
            #expect(!again.finishedEarlier && again.old == new.id)
        }
    }

    @Test func `stopped before the new key stood in its place, the next run begins anew`() async throws {
        let old = TestSite.keys.ring.current
        try await rotating(previous: [old]) { _, folder, rotation in
            let outcome = try await rotation.run()
            #expect(!outcome.finishedEarlier && outcome.old == old.id)
            #expect(try folder.names.count == 4)
        }
    }

    @Test func `a database that refuses leaves everything to be opened as before`() async throws {
        try await rotating { site, folder, rotation in
            let before = try await openKeys(site, TestSite.keys.ring.ring)
            try await site.truth.transaction { db in
                try db.script("""
                    CREATE FUNCTION app.no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
                    CREATE TRIGGER no BEFORE UPDATE ON app.agency_key FOR EACH ROW EXECUTE FUNCTION app.no()
                    """)
            }
            await #expect(throws: PostgresError.self) { try await rotation.run() }
            #expect(try await openKeys(site, Keys(directory: folder.path).ring.ring) == before)
            try await site.truth.transaction { db in try db.script("DROP TRIGGER no ON app.agency_key") }
            #expect(try await rotation.run().finishedEarlier)
        }
    }

    @Test func `nothing is changed when an agency's key can't be opened`() async throws {
        try await rotating { site, folder, rotation in
            _ = try await site.truth.transaction { db in
                try db.run("""
                    UPDATE app.agency_key SET wrapped = set_byte(wrapped, 3, 255 - get_byte(wrapped, 3))
                    WHERE agency_id = \(World.harbour)
                    """)
            }
            let failure = await #expect(throws: Rotation.Stopped.self) { try await rotation.run() }
            guard case .unopenable(1) = failure else { Issue.record("\(String(describing: failure))"); return }
            #expect(try folder.names.count == 3)
            #expect(try KeyFile.read(Keys.master(in: folder.path)).id == TestSite.keys.ring.current.id)
        }
    }

    @Test func `two at once are one too many`() async throws {
        try await rotating { _, folder, rotation in
            let held = open(folder.path, O_RDONLY | O_DIRECTORY)
            #expect(flock(held, LOCK_EX | LOCK_NB) == 0)
            let failure = await #expect(throws: Rotation.Stopped.self) { try await rotation.run() }
            guard case .another = failure else { Issue.record("\(String(describing: failure))"); return }
            close(held)
            _ = try await rotation.run()
        }
    }

    /// A site on a copy of the World, whose keys are in a directory.
    private func rotating(
        current: MasterKey = TestSite.keys.ring.current, previous: [MasterKey] = [],
        _ body: (TestSite, KeyFolder, Rotation) async throws -> Void
    ) async throws {
        try await TestSite.committed { site in
            try await KeyFolder.use(current, previous: previous) { folder in
                let migrator = Database(site.conninfo, options: .patient(size: 1, role: "drystone_migrator"))
                let outcome = await Result {
                    try await body(site, folder, Rotation(directory: folder.path, database: migrator))
                }
                await migrator.close()
                try outcome.get()
            }
        }
    }

    /// The agencies' keys that a ring opens.
    private func openKeys(_ site: TestSite, _ ring: KeyRing) async throws -> [UUID: Data] {
        let stored = try await site.truth.transaction(readOnly: true) { db in try db.agencyKeys() }
        return Dictionary(uniqueKeysWithValues: stored.compactMap { key in
            (try? ring.unwrap(key.wrapped)).map { (key.agency, $0.withUnsafeBytes { Data($0) }) }
        })
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("Deleting what was agreed, and again after a restore", .needsClone, .serialized)
struct DeletionTests {
    private static func expect(
        _ deletion: Deletion, deletes: Int, keeps: Int, at source: SourceLocation = #_sourceLocation
    ) async throws {
        let applied = try await deletion.apply()
        #expect(applied == Deletion.Applied(deleted: deletes, kept: keeps), sourceLocation: source)
    }

    private static func expect(
        _ deletion: Deletion, from older: Tombstones, again: Int, settled: Int, held: Int,
        at source: SourceLocation = #_sourceLocation
    ) async throws {
        let reapplied = try await deletion.reapply(from: older)
        #expect(
            reapplied == Deletion.Reapplied(again: again, settled: settled, held: held), sourceLocation: source)
    }

    private static func isForgotten(_ person: UUID, _ site: TestSite) async throws -> Bool {
        try await site.howMany("""
            SELECT count(*)::int AS n FROM app.person WHERE id = \(person) AND forgotten_on IS NOT NULL
            """) == 1
    }

    @Test func `who is due, proposed by an officer and agreed to by a manager is deleted, once`() async throws {
        try await TestSite.committed { site in
            try await site.expire(World.priyanka)
            let (dilys, sunita, ivy) = (Browser(site, as: .dilys), Browser(site, as: .sunita), Browser(site, as: .ivy))
            let due = try await dilys.submit(dilys.get("/retention"), to: "/retention/look")
            #expect(due.text.contains("W-107") && !due.text.contains("Priyanka") && !due.text.contains("Lovell"))
            let link = try #require(due.markup.all("a").first { $0.words.contains("W-107") }?["href"])
            _ = try await dilys.submit(dilys.get(link), ["reason": "Thirty years"], to: link)
            let waiting = try await sunita.get("/retention/proposals")
            let one = try #require(waiting.markup.all("a").first { $0.words.contains("W-107") }?["href"])
            let page = try await sunita.get(one)
            #expect(page.text.contains("Priyanka"))
            _ = try await sunita.submit(page, ["decision": "agreed", "reason": "Nobody needs it"], to: one)
            #expect(try await ivy.send(.get, "/people/\(World.priyanka.column)").status == 200)
            try await site.deleting { deletion in
                try await Self.expect(deletion, deletes: 1, keeps: 0)
                try await Self.expect(deletion, deletes: 0, keeps: 0)
                #expect(try deletion.tombstones.all() == [
                    Tombstone(partnership: World.north, person: World.priyanka, at: deletion.now, rule: "adult"),
                ])
            }
            #expect(try await ivy.send(.get, "/people/\(World.priyanka.column)").status == 404)
            #expect(try await ivy.send(.get, "/cases/\(World.priyankasClosedCase.column)").status == 404)
            for path in ["/", "/cases?list=all", "/contacts", "/children"] {
                #expect(try await !ivy.get(path).text.contains("Priyanka"))
            }
            #expect(try await sunita.get(one).text.contains("Deleted"))
            let log = try await site.auditLog().filter { $0.event == "record-deleted" }
            #expect(log.map(\.subject) == [World.priyanka] && log.allSatisfy { $0.account == nil })
            let events = Set(try await site.auditLog().map(\.event))
            #expect(events.isSuperset(of: ["retention-viewed", "deletion-proposed", "deletion-agreed"]))
        }
    }

    @Test func `a hold, here or on the same person elsewhere, keeps everything; lifted, it doesn't`() async throws {
        try await TestSite.committed { site in
            try await site.expire(World.priyanka)
            try await site.agreeToDelete(World.priyanka)
            let sunita = Browser(site, as: .sunita)
            var place = try await sunita.get("/retention/holds").form("/retention/holds")
            #expect(place.fill([
                "agency": World.harbour.column, "reference": World.priyanka.column, "kind": "court",
                "words": "A claim", "review-day": "1", "review-month": "2",
                "review-year": String(London.day(of: .now).year + 1),
            ]).isEmpty)
            _ = try await sunita.submit(place)
            try await site.deleting { deletion in
                try await Self.expect(deletion, deletes: 0, keeps: 1)
                #expect(try deletion.tombstones.all() == [])
                // The same name and day of birth, of another agency.
                try await site.alter(
                    "UPDATE app.legal_hold SET subject_id = \(World.wanda), agency_id = \(World.lighthouse) WHERE words = 'A claim'",
                    """
                    UPDATE app.person_name n SET given_name = m.given_name, family_name = m.family_name
                    FROM app.person_name m WHERE m.person_id = \(World.priyanka) AND n.person_id = \(World.wanda)
                    """,
                    "UPDATE app.person SET date_of_birth = '1940-01-01', birth_known = 'known' WHERE id = \(World.wanda)")
                try await Self.expect(deletion, deletes: 0, keeps: 1)
                try await site.alter("""
                    UPDATE app.legal_hold SET lifted_at = now(), lifted_by = recorded_by, lifted_because = 'Over'
                    WHERE words = 'A claim'
                    """)
                try await Self.expect(deletion, deletes: 1, keeps: 0)
            }
        }
    }

    private static let changes: [(SQL, UUID)] = [
        ("UPDATE app.case_record SET closed_at = NULL WHERE id = ", World.priyankasClosedCase),
        ("UPDATE app.task SET done_at = NULL WHERE person_id = ", World.priyanka),
        ("UPDATE app.case_record SET closed_at = now() - interval '3 years' WHERE person_id = ", World.priyanka),
        ("UPDATE app.person SET date_of_birth = now()::date - 8000, created_at = now() - interval '9 years' WHERE id = ",
         World.priyanka),
    ]

    @Test(arguments: changes.indices)
    func `what is open again, or younger than the rule, is kept`(_ index: Int) async throws {
        let change = Self.changes[index]
        try await TestSite.committed { site in
            try await site.expire(World.priyanka)
            try await site.agreeToDelete(World.priyanka)
            try await site.alter("UPDATE app.contact SET happened_at = now() - interval '8 years' WHERE person_id = \(World.priyanka)")
            try await site.alter("\(change.0)\(change.1)")
            try await site.deleting { deletion in
                try await Self.expect(deletion, deletes: 0, keeps: 1)
            }
            #expect(try await !Self.isForgotten(World.priyanka, site))
        }
    }

    @Test func `an older database is told by the tombstones; a hold placed since is stronger`() async throws {
        let day = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down) - 60)
        let stones = [World.priyanka, World.maya, World.absent].map {
            Tombstone(partnership: World.north, person: $0, at: day, rule: "adult")
        }
        try await TestSite.committed { site in
            // Maya's stood when she was deleted, so it was lifted before; a new one came after.
            try await site.deleting { deletion in
                let source = Tombstones(directory: deletion.tombstones.directory + "-older")
                defer { try? FileManager.default.removeItem(atPath: source.directory) }
                for stone in stones { try source.append(stone) }
                try await site.alter("""
                    UPDATE app.legal_hold SET recorded_at = now() - interval '1 year' WHERE subject_id = \(World.maya)
                    """)
                try await site.alter("""
                    INSERT INTO app.legal_hold (id, partnership_id, agency_id, subject_id, kind, words, review_on,
                        recorded_at, recorded_by)
                    VALUES (\(UUID()), \(World.north), \(World.harbour), \(World.priyanka), 'other', 'New', current_date,
                            now(), \(World.Staff.sunita.account))
                    """)
                try await Self.expect(deletion, from: source, again: 1, settled: 1, held: 1)
                #expect(try await Self.isForgotten(World.maya, site))
                #expect(try await !Self.isForgotten(World.priyanka, site))
                #expect(try deletion.tombstones.all().map(\.person) == [World.maya])
                try await site.alter("DELETE FROM app.legal_hold WHERE words = 'New'")
                try await Self.expect(deletion, from: source, again: 1, settled: 2, held: 0)
                try await Self.expect(deletion, from: source, again: 0, settled: 3, held: 0)
            }
        }
    }

    @Test func `a tombstone that can't be written leaves the record as it was`() async throws {
        try await TestSite.committed { site in
            try await site.expire(World.priyanka)
            try await site.agreeToDelete(World.priyanka)
            let migrator = Database(site.conninfo, options: .patient(size: 1, role: "drystone_migrator"))
            let deletion = Deletion(
                database: migrator, tombstones: Tombstones(directory: "/proc/nothing/here"), now: .now)
            await #expect(throws: (any Error).self) { try await deletion.apply() }
            await migrator.close()
            #expect(try await !Self.isForgotten(World.priyanka, site))
        }
    }

    @Test func `tombstones say whose, when and by which rule, and pass over a line that was cut short`() throws {
        let directory = NSTemporaryDirectory() + "stones-" + UUID().uuidString.lowercased()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let stones = Tombstones(directory: directory)
        #expect(try stones.all() == [])
        let at = Date(timeIntervalSince1970: 1_700_000_000)
        let first = Tombstone(partnership: World.north, person: World.maya, at: at, rule: "adult")
        let second = Tombstone(partnership: World.north, person: World.nell, at: at, rule: "child")
        try stones.append(first)
        try stones.append(first)
        let file = directory + "/tombstones.jsonl"
        let text = try String(contentsOfFile: file, encoding: .utf8)
        #expect(text == """
            {"at":"2023-11-14T22:13:20Z","partnership":"\(World.north.uuidString)","person":"\(World.maya.uuidString)",\
            "rule":"adult"}

            """)
        try (text + "{\"at\":\"2023-1").write(toFile: file, atomically: false, encoding: .utf8)
        try stones.append(second)
        #expect(try stones.all() == [first, second])
    }
}

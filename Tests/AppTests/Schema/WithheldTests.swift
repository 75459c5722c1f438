import Foundation
import Postgres
import Testing

@testable import AppTestSupport

/// `app.withheld` says as rows what `app.viewer_barred()` works out: two statements of one rule.
@Suite("What is withheld, kept as rows", .needsClone)
struct WithheldTests {
    /// Everything from which something follows, changed at random and back again.
    private static let changes: [SQL] = [
        """
        UPDATE app.case_record SET restricted = NOT restricted
        WHERE id = (SELECT id FROM app.case_record ORDER BY random() LIMIT 1)
        """,
        """
        INSERT INTO app.case_team (partnership_id, agency_id, case_id, account_id)
        SELECT c.partnership_id, c.agency_id, c.id, r.account_id FROM app.case_record c
        JOIN app.role_assignment r ON r.agency_id = c.agency_id ORDER BY c.restricted DESC, random() LIMIT 1
        ON CONFLICT DO NOTHING
        """,
        """
        DELETE FROM app.case_team t USING (SELECT case_id, account_id FROM app.case_team ORDER BY random() LIMIT 1) d
        WHERE t.case_id = d.case_id AND t.account_id = d.account_id
        """,
        """
        INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, reason)
        SELECT gen_random_uuid(), p.partnership_id, a.id, p.id, 'Declared' FROM app.person p
        JOIN app.account a ON a.partnership_id = p.partnership_id ORDER BY random() LIMIT 1
        """,
        """
        INSERT INTO app.interest_block (id, partnership_id, account_id, case_id, reason)
        SELECT gen_random_uuid(), c.partnership_id, a.id, c.id, 'Declared' FROM app.case_record c
        JOIN app.account a ON a.partnership_id = c.partnership_id ORDER BY random() LIMIT 1
        """,
        "DELETE FROM app.interest_block WHERE id = (SELECT id FROM app.interest_block ORDER BY random() LIMIT 1)",
        """
        INSERT INTO app.relationship (id, partnership_id, agency_id, harmed_id, harming_id, connection, recorded_by)
        SELECT gen_random_uuid(), p.partnership_id, p.agency_id, p.id, q.id, 'notKnown', p.created_by FROM app.person p
        JOIN app.person q ON q.agency_id = p.agency_id AND q.id <> p.id
        ORDER BY EXISTS (SELECT FROM app.interest_block b WHERE b.person_id = q.id) DESC, random() LIMIT 1
        ON CONFLICT DO NOTHING
        """,
        "DELETE FROM app.relationship WHERE id = (SELECT id FROM app.relationship ORDER BY random() LIMIT 1)",
        """
        INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, reference, risk, opened_at, opened_by,
                                     restricted)
        SELECT gen_random_uuid(), p.partnership_id, p.agency_id, p.id, gen_random_uuid()::text, 'notAssessed', now(),
               p.created_by, random() < 0.3 FROM app.person p
        ORDER BY EXISTS (SELECT FROM app.withheld w WHERE w.because_of = p.id) DESC, random() LIMIT 1
        """,
    ]

    @Test(arguments: [1, 2, 3]) func `after any sequence of changes both say the same for everybody`(seed: Int)
        async throws {
        try await Clone.use { clone in
            let (mismatches, most) = try await clone.undone { db in
                try db.run("SELECT setseed(\(Double(seed) / 10))")
                var mismatches: [String] = []
                var most = 0
                for step in 0..<45 {
                    try db.run(Self.changes[step * 7 % Self.changes.count])
                    if step % 5 == 4 {
                        let (differing, seen) = try db.judgedDifferently()
                        mismatches += differing.map { "step \(step): \($0)" }
                        most = max(most, seen)
                    }
                }
                return (mismatches, most)
            }
            #expect(mismatches == [])
            #expect(most > 10)
        }
    }

    @Test func `a case opened while its person's other case is being restricted is withheld too`() async throws {
        try await Clone.use { clone in
            let restricted = World.mayasCase
            try await clone.run("UPDATE app.case_record SET restricted = false")
            let opens = """
                INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, reference, risk, opened_at,
                    opened_by)
                SELECT gen_random_uuid(), partnership_id, agency_id, person_id, 'another', 'notAssessed', now(),
                       opened_by FROM app.case_record WHERE id = '\(restricted.column)'
                """
            // One has changed a case and not yet committed when the other begins, and has to wait.
            let first = try await Connection.open(clone.conninfo)
            try await first.script(
                "BEGIN; UPDATE app.case_record SET restricted = true WHERE id = '\(restricted.column)'")
            async let opened: Void = clone.run(opens)
            var isWaiting = false
            let begun = ContinuousClock.now
            while !isWaiting, begun.duration(to: .now) < .seconds(300) {
                isWaiting = try await clone.undone { db in try db.isSomebodyWaiting() }
            }
            #expect(isWaiting)
            try await first.script("COMMIT")
            try await opened
            await first.close()
            let open = try await clone.undone { db in
                try db.all("""
                    SELECT c.reference FROM app.case_record c
                    WHERE c.person_id = (SELECT person_id FROM app.case_record WHERE id = \(restricted))
                      AND NOT EXISTS (SELECT FROM app.withheld w WHERE w.subject_id = c.id)
                    """) { try $0["reference"] as String }
            }
            #expect(open == [])
        }
    }
}

extension Connection {
    /// Who sees something else in the rows than the function says, and how much is withheld from anybody at most.
    fileprivate func judgedDifferently() throws -> (differing: [String], most: Int) {
        var (differing, most): ([String], Int) = ([], 0)
        for visitor in Visitor.everyone {
            try become("drystone_app", token: visitor.token)
            let answer = try first("""
                SELECT ARRAY(SELECT DISTINCT b::text FROM app.viewer_barred() AS b ORDER BY 1) AS worked_out,
                       ARRAY(SELECT subject_id::text FROM app.withheld ORDER BY 1) AS kept
                """) { row in (try row["worked_out"] as [String], try row["kept"] as [String]) }
            if let answer, Set(answer.1) != Set(answer.0).subtracting(try entries(answer.0)) {
                differing.append(visitor.token)
            }
            most = max(most, answer?.1.count ?? 0)
        }
        try run("RESET ROLE")
        return (differing + (try flaggedWrongly()), most)
    }

    /// People and cases that say of themselves that they are withheld from somebody and aren't, or the other way.
    private func flaggedWrongly() throws -> [String] {
        try all("""
            SELECT s.id::text AS id FROM (
                SELECT id, withheld FROM app.person UNION ALL SELECT id, withheld FROM app.case_record) s
            WHERE s.withheld <> EXISTS (SELECT FROM app.withheld w WHERE w.subject_id = s.id) LIMIT 5
            """) { try $0["id"] }
    }

    /// Those that are entries of the log, which the function adds for its reviewers.
    private func entries(_ ids: [String]) throws -> [String] {
        try run("RESET ROLE")
        return try all("SELECT id::text AS id FROM app.audit_event WHERE id::text = ANY (\(ids)::text[])") {
            try $0["id"]
        }
    }

    fileprivate func isSomebodyWaiting() throws -> Bool {
        try first("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) AS waiting") { try $0["waiting"] } ?? false
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

@Suite("A statement fails in the middle", .needsClone)
struct StatementFailureTests {
    @Test(arguments: HostileForm.all.filter { !$0.changesNothing && !$0.looksFirst })
    func `whichever change to the database fails, nothing is half-done, and sending it again does it`(
        _ change: HostileForm
    ) async throws {
        try await TestSite.rolledBack(in: .failing) { site in
            let browser = Browser(site, as: change.who)
            var form = try await browser.get(change.path).form()
            _ = form.fill(change.good)
            form.drop("draft-path")
            let before = try await site.fingerprint()
            var failed = 0
            for number in 1...40 {
                try await site.failAtWrite(number)
                let answer = try await browser.post(form)
                if answer.status < 400 { break }
                failed += 1
                #expect(answer.status == 500)
                #expect(try await site.fingerprint() == before, "write \(number)")
            }
            #expect((1..<40).contains(failed))
            #expect(try await site.fingerprint() != before)
        }
    }

    @Test func `a change that can't be audited is not made`() async throws {
        for change in HostileForm.all where !change.changesNothing {
            try await TestSite.rolledBack(in: .failing) { site in
                let browser = Browser(site, as: change.who)
                var form = try await browser.get(change.path).form()
                _ = form.fill(change.good)
                form.drop("draft-path")
                // Searches are audited when they are run, not when they are asked for.
                if change.path.hasSuffix("/search") { return }
                try await site.alter("UPDATE test_faults.plan SET fails_on = 'app.audit_event'::regclass")
                let before = try await site.fingerprint()
                #expect(try await browser.post(form).status == 500, "\(change.path)")
                #expect(try await site.fingerprint() == before, "\(change.path)")
            }
        }
    }
}

extension TestDatabases {
    /// With a trigger on every table that counts changes and fails at the one, or on the table, that the plan names.
    fileprivate static let failing = TestDatabases(most: 2, prepared: """
        CREATE SCHEMA test_faults;
        CREATE SEQUENCE test_faults.writes;
        CREATE TABLE test_faults.plan (fails_at bigint, fails_on oid);
        INSERT INTO test_faults.plan VALUES (NULL, NULL);
        CREATE FUNCTION test_faults.count() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
        DECLARE plan test_faults.plan;
        BEGIN
            SELECT * INTO plan FROM test_faults.plan;
            IF nextval('test_faults.writes') = plan.fails_at OR TG_RELID = plan.fails_on THEN
                RAISE EXCEPTION 'planned' USING ERRCODE = 'XX000';
            END IF;
            RETURN NULL;
        END $$;
        GRANT USAGE ON SCHEMA test_faults TO PUBLIC;
        GRANT EXECUTE ON FUNCTION test_faults.count() TO PUBLIC;
        DO $$
        DECLARE t regclass;
        BEGIN
            FOR t IN SELECT oid FROM pg_class WHERE relnamespace = 'app'::regnamespace AND relkind = 'r'
                AND relname NOT IN ('session', 'draft')
            LOOP
                EXECUTE format('CREATE TRIGGER planned_fault AFTER INSERT OR UPDATE OR DELETE ON %s '
                    'FOR EACH STATEMENT EXECUTE FUNCTION test_faults.count()', t);
            END LOOP;
        END $$
        """)
}

extension TestSite {
    /// The next request's change of that number fails.
    fileprivate func failAtWrite(_ number: Int) async throws {
        _ = try await truth.transaction { db in
            try db.script("""
                SELECT setval('test_faults.writes', 1, false);
                UPDATE test_faults.plan SET fails_at = \(number)
                """)
        }
    }
}

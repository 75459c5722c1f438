import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("Statements that an attacker slipped into a page", .needsClone)
struct ForgedContextTests {
    /// Settings that a schema like this might have trusted, and some that PostgreSQL does.
    private static let settings = [
        "app.user_id", "app.user", "app.account", "app.account_id", "app.viewer", "app.viewer_account",
        "app.viewer_partnership", "app.viewer_reach", "app.viewer_roles", "app.partnership", "app.partnership_id",
        "app.tenant", "app.tenant_id", "app.agency", "app.agency_id", "app.role", "app.roles", "app.reach", "app.admin",
        "app.is_admin", "app.bypass", "app.bypass_rls", "app.system", "app.purpose", "app.token", "app.session_id",
        "request.jwt.claims", "request.jwt.claim.sub", "session.user_id", "drystone.session",
    ]

    @Test func `no setting but the token changes what anybody sees`() async throws {
        try await Clone.lend { clone in
            let changed = try await clone.undone { db in
                try db.signIn(.imran)
                let before = try db.everythingReadable()
                let others = [World.Staff.lucia.account, World.Staff.imran.account(in: .south)]
                let ids = [World.south, World.lighthouse] + others
                let values = ids.map(\.column) + ["true", "administrator", "drystone_owner", World.Staff.lucia.token()]
                var changed: [String] = []
                for setting in Self.settings {
                    for value in values {
                        let after = try db.attempt { db in
                            try db.run("SELECT set_config(\(setting), \(value), true)")
                            return try db.everythingReadable()
                        }.get()
                        if after != before { changed.append("\(setting) = \(value)") }
                    }
                }
                return changed
            }
            #expect(changed == [])
        }
    }

    @Test func `the role cannot be left, and row-level security cannot be switched off`() async throws {
        let statements: [SQL] = [
            "SET ROLE postgres", "SET ROLE drystone_owner", "SET ROLE drystone_definer", "SET ROLE drystone_loader",
            "SET ROLE drystone_migrator", "SET ROLE drystone_auth", "SET ROLE drystone_auditor",
            "SET ROLE drystone_backup",
            "SELECT set_config('role', 'drystone_owner', true)", "SET session_replication_role = replica",
            "ALTER TABLE app.person DISABLE ROW LEVEL SECURITY", "ALTER TABLE app.person NO FORCE ROW LEVEL SECURITY",
            "DROP POLICY own_agency ON app.person", "CREATE POLICY mine ON app.person USING (true)",
            "ALTER FUNCTION app.viewer_account() RESET search_path", "ALTER ROLE drystone_app BYPASSRLS",
            "GRANT drystone_owner TO drystone_app", "GRANT SELECT ON app.account TO drystone_app",
            "CREATE FUNCTION app.viewer_account() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid'",
            "CREATE TABLE app.mine (a int)", "CREATE TABLE public.mine (a int)", "CREATE TEMP TABLE session (a int)",
            "CREATE SCHEMA mine", "CREATE VIEW public.mine AS SELECT 1", "CREATE EXTENSION dblink",
            "DO LANGUAGE plpython3u $$ pass $$", "LOCK TABLE app.person IN ACCESS EXCLUSIVE MODE",
            "TRUNCATE app.person", "COPY app.person TO '/dev/null'", "COPY app.person TO PROGRAM 'cat'",
            "SELECT pg_read_file('/etc/passwd')", "SELECT lo_import('/etc/passwd')", "SELECT * FROM pg_authid",
            "SELECT * FROM pg_statistic", "SELECT * FROM pg_largeobject",
        ]
        try await Clone.lend { clone in
            let allowed = try await clone.undone { db in
                try db.signInForReal(.imran)
                return try statements.filter { try db.refusal(of: $0) == nil }.map(\.text)
            }
            #expect(allowed == [])
        }
    }

    @Test func `a query that asks past the policies fails instead of answering`() async throws {
        try await Clone.lend { clone in
            let refusal = try await clone.undone { db in
                try db.signInForReal(.imran)
                try db.run("SET LOCAL row_security = off")
                return try db.refusal(of: "SELECT id FROM app.person")
            }
            #expect(refusal == "42501")
        }
    }

    @Test func `secrets and the audit log's hands are out of reach`() async throws {
        let statements: [SQL] = [
            "SELECT * FROM app.account", "SELECT password_hash FROM app.account", "SELECT totp_sealed FROM app.account",
            "SELECT token_hash FROM app.session", "SELECT csrf FROM app.session", "SELECT * FROM app.recovery_code",
            "SELECT * FROM app.throttle", "SELECT * FROM app.known_device", "SELECT token_hash FROM app.invitation",
            "SELECT * FROM app.interest_block", "DELETE FROM app.interest_block", "SELECT * FROM app.audit_unsealed",
            "UPDATE app.session SET stage = 'full'", "UPDATE app.session SET ends_at = now() + interval '1 year'",
            "INSERT INTO app.session (id) VALUES (gen_random_uuid())", "UPDATE app.account SET password_hash = NULL",
            "SELECT app.append_audit(gen_random_uuid(), NULL, NULL, NULL, 'x', 'x', NULL, NULL, '')",
            "SELECT app.audit_sign_in(NULL, NULL, 'signed-in', '')", "SELECT app.guard('app.person')",
        ]
        try await Clone.lend { clone in
            let allowed = try await clone.undone { db in
                try db.signInForReal(.gwen)
                return try statements.filter { try db.refusal(of: $0) != "42501" }.map(\.text)
            }
            #expect(allowed == [])
        }
    }

    @Test func `an injected query answers with nothing of another partnership or agency, or of a barred person`()
        async throws {
        let queries: [SQL] = [
            "SELECT p::text AS stolen FROM app.person AS p WHERE given_name = '' OR '1' = '1'",
            "SELECT '' AS stolen WHERE false UNION ALL SELECT c::text FROM app.case_record AS c",
            "SELECT (SELECT string_agg(n::text, ' ') FROM app.person_name AS n) AS stolen",
            "SELECT query_to_xml('SELECT * FROM app.person_address', true, true, '')::text AS stolen",
            "SELECT table_to_xml('app.safe_contact', true, true, '')::text AS stolen",
            "SELECT cursor_to_xml('c', 1000, true, true, '')::text AS stolen",
            "WITH RECURSIVE r AS (SELECT id, harmed_id FROM app.relationship UNION SELECT x.id, x.harmed_id "
                + "FROM app.relationship AS x JOIN r ON x.harming_id = r.harmed_id) SELECT r::text AS stolen FROM r",
            "SELECT coalesce(most_common_vals::text, histogram_bounds::text) AS stolen FROM pg_stats "
                + "WHERE schemaname = 'app'",
            "SELECT coalesce(query, '') AS stolen FROM pg_stat_activity",
            "UPDATE app.person AS p SET given_name = given_name RETURNING p::text AS stolen",
            "UPDATE app.case_note AS n SET body = body RETURNING n::text AS stolen",
            "SELECT s.id || ' ' || s.account_id AS stolen FROM app.session AS s",
        ]
        try await Clone.lend { clone in
            let (answers, stolen) = try await clone.undone { db in
                try db.script("ANALYZE app.person; ANALYZE app.case_record; ANALYZE app.person_name")
                try db.signInForReal(.petra)
                try db.run("DECLARE c CURSOR FOR SELECT * FROM app.person_phone")
                let foreign = [World.Side.south.rawValue, "-0000000002", "-000000000105", "-000000000103"]
                var answers = 0
                var stolen: [String] = []
                for query in queries {
                    let answer = try db.attempt { db in try db.all(query) { try $0["stolen"] as String? } }
                    guard case .success(let rows) = answer else { continue }
                    if !rows.isEmpty { answers += 1 }
                    for case let row? in rows where foreign.contains(where: row.contains) {
                        // Farida's case is shared with Harbour: its row may name it, and nothing else may.
                        let isShared = row.contains("f000-000000000201") && query.text.contains("app.case_record")
                        if !isShared { stolen.append("\(query.text): \(row.prefix(80))") }
                    }
                }
                return (answers, stolen)
            }
            #expect(stolen == [])
            #expect(answers >= 10)
        }
    }
}

extension Connection {
    /// Signs in as somebody of north as after a real login of the pages' role: `SET ROLE` has nowhere to go back to.
    fileprivate func signInForReal(_ staff: World.Staff) throws {
        try run("SELECT set_config('app.session', \(staff.token()), true)")
        try run("SET LOCAL SESSION AUTHORIZATION drystone_app")
    }

    /// Every row that the role of the pages can read, as text, in no order.
    fileprivate func everythingReadable() throws -> Set<String> {
        var rows: Set<String> = []
        let tables = [
            "account", "person", "person_name", "case_record", "case_note", "timeline_event", "relationship",
            "safe_contact", "contact", "session",
        ]
        for name in tables {
            rows.formUnion(try all("SELECT id::text AS id FROM app.\(SQL.identifier(name))") { try $0["id"] })
        }
        return rows
    }
}

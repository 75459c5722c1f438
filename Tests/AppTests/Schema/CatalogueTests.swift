import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("The schema, as the catalogue tells it", .needsClone)
struct CatalogueTests {
    private static let sealed: Set = ["audit_event", "audit_seal", "audit_checkpoint", "audit_unsealed"]

    /// What the catalogue finds against a rule: names, or none.
    func offenders(_ query: SQL) async throws -> [String] {
        try await Clone.lend { clone in
            try await clone.undone { db in try db.all(query) { try $0["offender"] } }
        }
    }

    @Test func `every table enables and forces row-level security and has a policy`() async throws {
        let found = try await offenders("""
            SELECT c.relname::text AS offender FROM pg_class c
            WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p')
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity
                       AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)) ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `every table but the partnership itself carries its partnership, never empty`() async throws {
        let found = try await offenders("""
            SELECT c.relname::text AS offender FROM pg_class c
            WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'partnership'
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'partnership_id'
                              AND a.atttypid = 'uuid'::regtype AND a.attnotnull) ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `every column of casework that names a person or a case is barred from those with an interest`()
        async throws {
        let found = try await offenders("""
            WITH naming AS (
                SELECT f.conrelid AS rel, a.attname FROM pg_constraint f
                JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
                WHERE f.contype = 'f' AND f.confrelid IN ('app.person'::regclass, 'app.case_record'::regclass)
                  AND a.attname <> 'agency_id'
                UNION SELECT a.attrelid, a.attname FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
                WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p') AND NOT a.attisdropped
                  AND a.attname ~ '^(.*_)?(person|case|harmed|harming|child)_id$'
                UNION VALUES ('app.person'::regclass, 'id'), ('app.case_record'::regclass, 'id')
            )
            , barred AS (
                SELECT p.polrelid AS rel, substr(p.polname, 12) AS attname, p.polcmd, c.relname || '.' AS t,
                       regexp_replace(coalesce(pg_get_expr(p.polwithcheck, p.polrelid),
                                               pg_get_expr(p.polqual, p.polrelid)), '\\s+', ' ', 'g') AS rule,
                       '(NOT (EXISTS ( SELECT FROM app.withheld w WHERE (w.subject_id = ' AS opening
                FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
                WHERE p.polname LIKE 'not\\_barred\\_%' AND NOT p.polpermissive
                  AND p.polroles = ARRAY['drystone_app'::regrole::oid]
            ), whole AS (
                SELECT rel, attname FROM barred WHERE polcmd = '*' AND rule IN (
                    opening || t || attname || ') OFFSET 0)))',
                    replace(opening, '(NOT (', '(NOT (withheld AND (') || t || 'id) OFFSET 0))))')
            ), by_case AS (
                -- Read by the case, or the person where there is none: keys hold them together. Added by both.
                SELECT b.rel FROM barred b
                WHERE b.polcmd = '*' AND b.attname = 'case_id' AND b.rule = b.opening || 'CASE WHEN (' || b.t
                      || 'case_id IS NULL) THEN ' || b.t || 'person_id ELSE ' || b.t || 'case_id END) OFFSET 0)))'
                  AND EXISTS (
                      SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = b.rel AND f.convalidated
                      AND pg_get_constraintdef(f.oid) = 'FOREIGN KEY (case_id, person_id, agency_id) '
                          'REFERENCES app.case_record(id, person_id, agency_id)')
                UNION SELECT 'app.case_record'::regclass   -- by its own id, which all those are withheld by too
            ), added AS (
                SELECT rel FROM barred WHERE polcmd = 'a' AND rule = opening || t || 'person_id) OFFSET 0)))'
            )
            SELECT n.rel::regclass || '.' || n.attname AS offender FROM naming n
            WHERE n.rel <> 'app.interest_block'::regclass   -- which nobody can read
              -- the other name of the case in its case_id, which is barred
              AND NOT (n.rel = 'app.emergency_access'::regclass AND n.attname = 'reference')
              AND NOT EXISTS (SELECT FROM whole w WHERE w.rel = n.rel AND w.attname = n.attname)
              AND NOT (n.attname IN ('case_id', 'person_id') AND n.rel IN (SELECT rel FROM by_case)
                       AND n.rel IN (SELECT rel FROM added))
            ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `no policy is for everybody`() async throws {
        let found = try await offenders("""
            SELECT tablename || ' ' || policyname AS offender FROM pg_policies
            WHERE schemaname = 'app' AND 'public' = ANY (roles) ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `views look with their reader's eyes, and nothing is stored from a query`() async throws {
        let found = try await offenders("""
            SELECT c.relname::text AS offender FROM pg_class c WHERE c.relnamespace = 'app'::regnamespace
              AND (c.relkind = 'm' OR c.relkind = 'v' AND NOT coalesce('security_invoker=true' = ANY (c.reloptions)
                   OR 'security_invoker=on' = ANY (c.reloptions), false)) ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `functions that run as their owner have a search path, belong to the definer and are fewer than ten`()
        async throws {
        let found = try await offenders("""
            SELECT p.oid::regprocedure::text AS offender FROM pg_proc p WHERE p.pronamespace = 'app'::regnamespace
              AND p.prosecdef AND (p.proowner <> 'drystone_definer'::regrole OR NOT EXISTS (
                  SELECT FROM unnest(p.proconfig) AS s WHERE s ~ '^search_path=app, (public, )?pg_temp$')) ORDER BY 1
            """)
        #expect(found == [])
        let owned = try await offenders("""
            SELECT oid::regprocedure::text AS offender FROM pg_proc WHERE proowner = 'drystone_definer'::regrole
            """)
        #expect(owned.count < 10)
        #expect(!owned.isEmpty)
    }

    @Test func `the roles of the server own nothing, bypass nothing and belong to nobody`() async throws {
        let found = try await offenders("""
            WITH server AS (SELECT oid, rolname FROM pg_roles
                            WHERE rolname IN ('drystone_app', 'drystone_auth', 'drystone_auditor'))
            SELECT r.rolname || ' owns' AS offender FROM server r
            JOIN pg_shdepend d ON d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid AND d.deptype = 'o'
            UNION SELECT r.rolname || ' bypasses' FROM server r JOIN pg_roles p ON p.oid = r.oid
            WHERE p.rolbypassrls OR p.rolsuper OR p.rolcreatedb OR p.rolcreaterole OR p.rolreplication
            UNION SELECT r.rolname || ' belongs' FROM server r JOIN pg_auth_members m ON m.member = r.oid
            ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `the roles of the server create nothing, not even for a moment`() async throws {
        let template = try Clone.template()
        let found = try await offenders("""
            SELECT r || ' ' || what AS offender
            FROM unnest('{drystone_app,drystone_auth,drystone_auditor}'::text[]) AS r, LATERAL (VALUES
                ('creates schemas', has_database_privilege(r, \(template), 'CREATE')),
                ('makes temporary tables', has_database_privilege(r, \(template), 'TEMP')),
                ('creates in app', has_schema_privilege(r, 'app', 'CREATE')),
                ('creates in public', has_schema_privilege(r, 'public', 'CREATE'))) AS rights(what, has)
            WHERE has ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `no role but the owner may empty a table, refer to it or put a trigger on it`() async throws {
        let found = try await offenders("""
            SELECT c.relname || ' ' || a.privilege_type || ' ' || a.grantee::regrole AS offender
            FROM pg_class c, aclexplode(c.relacl) AS a
            WHERE c.relnamespace = 'app'::regnamespace AND a.grantee <> c.relowner
              AND a.privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER') ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `nothing of the application is granted to everybody, and no grant can be passed on`() async throws {
        let found = try await offenders("""
            WITH grants AS (
                SELECT c.relname::text AS name, a.* FROM pg_class c, aclexplode(c.relacl) AS a
                WHERE c.relnamespace = 'app'::regnamespace
                UNION ALL SELECT c.relname || '.' || t.attname, a.* FROM pg_attribute t
                    JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) AS a
                    WHERE c.relnamespace = 'app'::regnamespace
                UNION ALL SELECT p.oid::regprocedure::text, a.* FROM pg_proc p,
                    aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) AS a
                    WHERE p.pronamespace = 'app'::regnamespace
                UNION ALL SELECT 'schema app', a.* FROM pg_namespace n, aclexplode(n.nspacl) AS a
                    WHERE n.nspname = 'app'
            )
            SELECT name || ' ' || privilege_type AS offender FROM grants
            WHERE grantee = 0 OR is_grantable AND grantee <> grantor ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `the audit log is written by the definer and the sealer only, and never changed`() async throws {
        let allowed: Set<String> = Set([
            "audit_event INSERT drystone_definer", "audit_unsealed INSERT drystone_definer",
            "audit_seal INSERT drystone_auditor", "audit_checkpoint INSERT drystone_auditor",
            "audit_unsealed DELETE drystone_auditor",
        ])
        let found = try await offenders("""
            SELECT c.relname || ' ' || a.privilege_type || ' ' || a.grantee::regrole AS offender
            FROM pg_class c, aclexplode(c.relacl) AS a
            WHERE c.relnamespace = 'app'::regnamespace AND c.relname LIKE 'audit%' AND a.grantee <> c.relowner
              AND a.privilege_type <> 'SELECT'
            UNION SELECT c.relname || '.' || t.attname || ' ' || a.privilege_type || ' ' || a.grantee::regrole
            FROM pg_attribute t JOIN pg_class c ON c.oid = t.attrelid, aclexplode(t.attacl) AS a
            WHERE c.relnamespace = 'app'::regnamespace AND c.relname LIKE 'audit%' AND a.privilege_type <> 'SELECT'
            """)
        #expect(Set(found) == allowed)
    }

    @Test func `sessions are started by the door alone, and nobody may delete an account`() async throws {
        let found = try await offenders("""
            SELECT c.relname || ' ' || a.privilege_type || ' ' || a.grantee::regrole AS offender
            FROM pg_class c, aclexplode(c.relacl) AS a
            WHERE c.relnamespace = 'app'::regnamespace AND a.grantee <> c.relowner
              AND (c.relname = 'session' AND a.privilege_type = 'INSERT' AND a.grantee <> 'drystone_auth'::regrole
                   OR c.relname = 'account' AND a.privilege_type = 'DELETE') ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `whoever signs a row is an account of the partnership`() async throws {
        let found = try await offenders("""
            SELECT a.attrelid::regclass || '.' || a.attname AS offender FROM pg_attribute a
            JOIN pg_class c ON c.oid = a.attrelid AND c.relnamespace = 'app'::regnamespace AND c.relkind = 'r'
            WHERE a.atttypid = 'uuid'::regtype AND (a.attname LIKE '%\\_by' OR a.attname LIKE 'by\\_%') AND NOT EXISTS (
                SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = c.oid AND a.attnum = ANY (f.conkey))
            ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `secrets are not readable by the role of the pages`() async throws {
        let found = try await offenders("""
            SELECT t || '.' || c AS offender FROM (VALUES
                ('account', 'password_hash'), ('account', 'totp_sealed'), ('account', 'totp_last_step'),
                ('session', 'token_hash'), ('session', 'csrf'), ('invitation', 'token_hash'),
                ('recovery_code', 'code_hash'), ('known_device', 'token_hash'), ('throttle', 'bucket'),
                ('rate_window', 'bucket'),
                ('interest_block', 'account_id'), ('interest_block', 'person_id'), ('interest_block', 'case_id')
            ) AS s(t, c)
            WHERE has_column_privilege('drystone_app', 'app.' || t, c, 'SELECT') ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `every foreign key can be followed backwards by an index`() async throws {
        let found = try await offenders("""
            SELECT f.conrelid::regclass || ' ' || f.conname AS offender FROM pg_constraint f
            WHERE f.contype = 'f' AND f.connamespace = 'app'::regnamespace
              -- who signed a row is never looked for from the account, which no role may delete
              AND NOT (f.confrelid = 'app.account'::regclass AND EXISTS (
                  SELECT FROM pg_attribute s WHERE s.attrelid = f.conrelid AND s.attnum = f.conkey[1]
                    AND (s.attname LIKE '%\\_by' OR s.attname = 'by_account')))
              AND NOT EXISTS (
                SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = f.conrelid AND i.indpred IS NULL AND i.indisvalid AND i.indkey[0] = ANY (f.conkey)
                  -- a partnership or an agency is half the table: it finds nothing but itself
                  AND (a.attname NOT IN ('partnership_id', 'agency_id')
                       OR f.confrelid IN ('app.partnership'::regclass, 'app.agency'::regclass)))
            ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `within an agency, one row refers to another only together with their agency`() async throws {
        let found = try await offenders("""
            SELECT f.conrelid::regclass || ' ' || f.conname AS offender FROM pg_constraint f
            JOIN pg_attribute there ON there.attrelid = f.confrelid AND there.attname = 'agency_id' AND there.attnum > 0
            WHERE f.contype = 'f' AND f.connamespace = 'app'::regnamespace AND NOT there.attnum = ANY (f.confkey)
              AND has_any_column_privilege('drystone_app', f.conrelid, 'INSERT') ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `no key that sees past the policies tells of another agency's rows`() async throws {
        // A unique key is checked before a foreign key, and for every row there is. So a key over a column that names
        // a row of an agency needs the agency in it, or a duplicate would tell that the row exists.
        let found = try await offenders("""
            SELECT i.indexrelid::regclass::text AS offender FROM pg_index i
            WHERE i.indisunique AND has_any_column_privilege('drystone_app', i.indrelid, 'INSERT') AND EXISTS (
                SELECT FROM pg_constraint f JOIN pg_attribute a ON a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
                WHERE f.contype = 'f' AND f.conrelid = i.indrelid AND a.attname <> 'agency_id'
                  AND a.attnum = ANY (i.indkey::int[])
                  AND EXISTS (SELECT FROM pg_attribute t WHERE t.attrelid = f.confrelid AND t.attname = 'agency_id'))
              AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attname = 'agency_id'
                              AND a.attnum = ANY (i.indkey::int[])) ORDER BY 1
            """)
        #expect(found == [])
    }
}

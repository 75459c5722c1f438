import Postgres
import Testing

@testable import AppTestSupport

/// Whose partnership a row is: asked, or proved by keys.
extension CatalogueTests {
    @Test func `every table takes away other partnerships' rows, or all but those of agencies held to their partnership`()
        async throws {
        let found = try await offenders("""
            WITH taking AS (
                -- Asked once a statement, or once a row.
                SELECT polrelid AS rel, polname, polcmd, regexp_replace(
                           coalesce(pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid)),
                           '\\( SELECT (app\\.viewer_[a-z]+\\(\\)) AS viewer_[a-z]+\\)(::uuid\\[\\])?', '\\1', 'g') AS rule
                FROM pg_policy WHERE NOT polpermissive AND polroles = ARRAY['drystone_app'::regrole::oid]
            ), asked AS (
                SELECT rel, polcmd FROM taking WHERE polname = 'own_partnership'
                  AND rule = '(partnership_id = app.viewer_partnership())'
            ), reached AS (
                -- For each deed. Of what is read, a share may widen it, and nothing else.
                SELECT rel FROM taking, unnest(CASE polcmd WHEN '*' THEN '{r,a,w,d}' ELSE ARRAY[polcmd] END) AS deed
                WHERE polname ~ '^own_(agency|or_shared)' AND (
                    rule = '(agency_id = ANY (app.viewer_reach()))'
                    OR polname = 'own_or_shared' AND polcmd = 'r'
                       AND starts_with(rule, '((agency_id = ANY (app.viewer_reach())) OR (')
                       AND CASE WHEN rel = 'app.case_share'::regclass
                           THEN rule ~ 'with_agency_id = ANY \\(app\\.viewer_reach\\(\\)\\).*ends_at > now\\(\\)'
                           ELSE strpos(rule, 'SELECT app.shown_to_viewer(') > 0 AND (
                               SELECT strpos(prosrc, 's.with_agency_id = ANY (viewer_reach()) AND s.ends_at > now()') > 0
                               FROM pg_proc WHERE oid = 'app.shares_show'::regproc) END)
                GROUP BY rel HAVING count(DISTINCT deed) = 4
            )
            SELECT c.relname::text AS offender FROM pg_class c
            WHERE c.relnamespace = 'app'::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> 'partnership'
              AND NOT EXISTS (SELECT FROM asked a WHERE a.rel = c.oid AND (a.polcmd = '*' OR a.polcmd = 'a'
                  AND EXISTS (SELECT FROM reached r WHERE r.rel = c.oid)))
            ORDER BY 1
            """)
        #expect(found == [])
    }

    @Test func `an agency's row, a role in an agency and a share with one are held to the agency's partnership`()
        async throws {
        // Directly, or through a row that the row belongs to together with its agency.
        let found = try await offenders("""
            WITH RECURSIVE links AS (
                SELECT f.conrelid, f.confrelid,
                       (SELECT array_agg(a.attname::text ORDER BY a.attname) FROM pg_attribute a
                        WHERE a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)) AS columns,
                       NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = f.conrelid AND a.attnum = ANY (f.conkey)
                                   AND NOT a.attnotnull) AS always
                FROM pg_constraint f WHERE f.contype = 'f' AND f.connamespace = 'app'::regnamespace
            ), held AS (
                SELECT conrelid AS rel FROM links WHERE confrelid = 'app.agency'::regclass
                  AND columns = '{agency_id,partnership_id}' AND always
                UNION SELECT l.conrelid FROM links l JOIN held h ON h.rel = l.confrelid
                WHERE 'agency_id' = ANY (l.columns) AND l.always
            )
            SELECT p.polrelid::regclass::text AS offender FROM pg_policy p
            WHERE p.polname = 'casework' AND p.polrelid NOT IN (SELECT rel FROM held)
            UNION SELECT 'role_assignment' WHERE 'app.role_assignment'::regclass NOT IN (SELECT rel FROM held)
            UNION SELECT 'case_share.with_agency_id' WHERE NOT EXISTS (
                SELECT FROM links WHERE conrelid = 'app.case_share'::regclass AND confrelid = 'app.agency'::regclass
                  AND columns = '{partnership_id,with_agency_id}' AND always)
            ORDER BY 1
            """)
        #expect(found == [])
    }
}

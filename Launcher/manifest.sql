-- What a database holds, a line each, tab-separated: every table with its number of rows and a hash over them all,
-- every sequence, and how many policies, functions, grants ... there are with a hash of what matters in them.
-- Run before a backup, in the snapshot that is dumped, and again after a restore: equal lines are equal databases.
\set QUIET on
SET client_min_messages = warning;
SET row_security = off;
SET search_path = '';
SET "TimeZone" = 'UTC';
SET "DateStyle" = 'ISO, YMD';
SET "IntervalStyle" = 'iso_8601';
SET extra_float_digits = 1;
SET bytea_output = 'hex';
SET statement_timeout = 0;
SET idle_in_transaction_session_timeout = 0;

-- Rows hash one by one and are sorted in 256 heaps, so that no hash list grows beyond what one value can hold.
SELECT format(
    $q$SELECT 'table', %1$L, coalesce(sum(n), 0), md5(coalesce(string_agg(heap || hash, '' ORDER BY heap), ''))
    FROM (SELECT left(h, 2) AS heap, count(*) AS n, md5(string_agg(h, '' ORDER BY h)) AS hash
          FROM (SELECT md5(this_whole_row::text) AS h FROM %1$s AS this_whole_row) AS r GROUP BY 1) AS heaps$q$,
    format('%I.%I', n.nspname, c.relname))
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE c.relkind = 'r' AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
  AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
ORDER BY n.nspname, c.relname
\gexec

SELECT 'sequence', format('%I.%I', schemaname, sequencename), coalesce(last_value, 0), '-'
FROM pg_catalog.pg_sequences WHERE schemaname !~ '^pg_' ORDER BY 2;

SELECT 'structure', 'policies', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', schemaname, tablename, policyname, permissive, roles::text, cmd) AS line
      FROM pg_catalog.pg_policies) AS lines;

SELECT 'structure', 'row security', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', c.oid::regclass, c.relrowsecurity, c.relforcerowsecurity) AS line
      FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS lines;

SELECT 'structure', 'columns', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                       a.attidentity, a.attgenerated, a.atthasdef) AS line
      FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm')
        AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS lines;

SELECT 'structure', 'constraints', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', o.conrelid::regclass, o.conname, o.contype, o.convalidated, o.confrelid::regclass) AS line
      FROM pg_catalog.pg_constraint o JOIN pg_catalog.pg_namespace n ON n.oid = o.connamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS lines;

SELECT 'structure', 'indexes', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', i.indrelid::regclass, i.indexrelid::regclass, i.indisunique, i.indisvalid) AS line
      FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema') AS lines;

SELECT 'structure', 'triggers', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', tgrelid::regclass, tgname, tgenabled, tgfoid::regproc) AS line
      FROM pg_catalog.pg_trigger WHERE NOT tgisinternal) AS lines;

SELECT 'structure', 'functions', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', p.oid::regprocedure, p.proowner::regrole, p.prosecdef, p.proconfig::text, md5(p.prosrc)) AS line
      FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
        AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')) AS lines;

SELECT 'structure', 'grants', count(*), md5(coalesce(string_agg(line, E'\n' ORDER BY line), ''))
FROM (SELECT concat_ws(' ', thing, owner::regrole, g.grantee::regrole, g.privilege_type, g.is_grantable) AS line
      FROM (SELECT c.oid::regclass::text AS thing, c.relowner AS owner,
                   coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's'::"char" ELSE 'r'::"char" END, c.relowner)) AS acl
            FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            UNION ALL
            SELECT c.oid::regclass || '.' || a.attname, c.relowner, a.attacl
            FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE a.attacl IS NOT NULL AND NOT a.attisdropped AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            UNION ALL
            SELECT p.oid::regprocedure::text, p.proowner, coalesce(p.proacl, acldefault('f', p.proowner))
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
            UNION ALL
            SELECT 'schema ' || nspname, nspowner, coalesce(nspacl, acldefault('n', nspowner))
            FROM pg_catalog.pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'
            UNION ALL
            SELECT 'database', datdba, coalesce(datacl, acldefault('d', datdba))
            FROM pg_catalog.pg_database WHERE datname = current_database()) AS things,
           aclexplode(things.acl) AS g) AS lines;

import Foundation
import Postgres

// What doctor asks. The catalogue is open to every role.
extension Connection {
    /// Whom the server takes us for.
    func currentRole() throws -> String {
        try first("SELECT current_user::text AS name") { try $0["name"] } ?? ""
    }

    func clock() throws -> Date { try first("SELECT clock_timestamp() AS now") { try $0["now"] } ?? Date() }

    /// The newest checkpoint's signed text.
    func lastNote(_ partnership: UUID) throws -> String? {
        try first("""
            SELECT note FROM app.audit_checkpoint WHERE partnership_id = \(partnership) ORDER BY size DESC LIMIT 1
            """) { try $0["note"] }
    }

    /// An authenticator's secret, to try a key on.
    func anySealedTotp(in partnership: UUID) throws -> (account: UUID, bytes: Data)? {
        try first("""
            SELECT id, totp_sealed FROM app.account
            WHERE partnership_id = \(partnership) AND totp_sealed IS NOT NULL ORDER BY id LIMIT 1
            """) { row in (account: try row["id"], bytes: try row["totp_sealed"]) }
    }

    /// Settings by name, whether the connection is encrypted, and how far the clocks are apart.
    func serverSettings() throws -> [String: String] {
        try first("""
            SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
                   current_setting('synchronous_commit') AS synchronous_commit,
                   current_setting('data_checksums') AS data_checksums,
                   current_setting('log_error_verbosity') AS log_error_verbosity,
                   current_setting('log_parameter_max_length') AS log_parameter_max_length,
                   current_setting('log_parameter_max_length_on_error') AS log_parameter_max_length_on_error,
                   current_setting('log_statement') AS log_statement,
                   current_setting('log_min_duration_statement') AS log_min_duration,
                   CASE WHEN inet_server_addr() IS NULL OR inet_server_addr() << inet '127.0.0.0/8'
                             OR inet_server_addr() = inet '::1' THEN 'local'
                        WHEN (SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()) THEN 'yes'
                        ELSE 'no' END AS encrypted,
                   round(extract(epoch FROM clock_timestamp() - \(Date())::timestamptz))::int::text AS seconds_off
            """) { row in
            let names = [
                "fsync", "full_page_writes", "synchronous_commit", "data_checksums", "log_error_verbosity",
                "log_parameter_max_length", "log_parameter_max_length_on_error", "log_statement", "log_min_duration",
                "encrypted", "seconds_off",
            ]
            return try Dictionary(uniqueKeysWithValues: names.map { name in (name, try row[name] as String) })
        } ?? [:]
    }

    /// A sentence for each right that a role has and should not: what `Bootstrap.sql` and the migrations gave is
    /// the measure.
    func excessiveRights() throws -> [String] {
        try all("""
            WITH wanted (name, sees_past) AS (VALUES
                ('drystone_owner', false), ('drystone_definer', true), ('drystone_loader', true),
                ('drystone_migrator', false), ('drystone_app', false), ('drystone_auth', false),
                ('drystone_auditor', false), ('drystone_backup', true)),
            roles AS (SELECT r.*, w.sees_past FROM wanted w JOIN pg_roles r ON r.rolname = w.name),
            servers AS (SELECT oid, rolname FROM roles
                        WHERE rolname IN ('drystone_app', 'drystone_auth', 'drystone_auditor', 'drystone_backup')),
            tables AS (SELECT c.oid, c.relname, c.relowner, c.relacl,
                              c.relrowsecurity AND c.relforcerowsecurity AS guarded
                       FROM pg_class c WHERE c.relnamespace = to_regnamespace('app') AND c.relkind IN ('r', 'p')),
            functions AS (SELECT p.oid, p.proname, p.proowner, p.prosecdef,
                                 coalesce(p.proacl, acldefault('f', p.proowner)) AS acl
                          FROM pg_proc p WHERE p.pronamespace = to_regnamespace('app'))
            SELECT rolname || ' is a superuser, may make roles or databases, or may replicate' AS excess FROM roles
                WHERE rolsuper OR rolcreaterole OR rolcreatedb OR rolreplication
            UNION ALL SELECT rolname || ' sees past row-level security' FROM roles WHERE rolbypassrls AND NOT sees_past
            UNION ALL SELECT m.rolname || ' may become ' || g.rolname
                FROM pg_auth_members a JOIN pg_roles m ON m.oid = a.member JOIN roles g ON g.oid = a.roleid
                WHERE NOT m.rolsuper AND NOT (m.rolname = 'drystone_migrator'
                    AND g.rolname IN ('drystone_owner', 'drystone_definer', 'drystone_loader'))
            UNION ALL SELECT m.rolname || ' may become ' || g.rolname
                FROM pg_auth_members a JOIN roles m ON m.oid = a.member JOIN pg_roles g ON g.oid = a.roleid
                WHERE g.rolname NOT IN (SELECT name FROM wanted)
            UNION ALL SELECT s.rolname || ' owns the table ' || t.relname
                FROM servers s JOIN tables t ON t.relowner = s.oid
            UNION ALL SELECT s.rolname || ' owns the function ' || f.proname
                FROM servers s JOIN functions f ON f.proowner = s.oid
            UNION ALL SELECT s.rolname || ' may create in ' || n.nspname FROM servers s, pg_namespace n
                WHERE n.nspname IN ('app', 'public', 'drystone_meta') AND has_schema_privilege(s.oid, n.oid, 'CREATE')
            UNION ALL SELECT s.rolname || ' may create schemas or temporary tables' FROM servers s
                WHERE has_database_privilege(s.oid, current_database(), 'CREATE')
                   OR has_database_privilege(s.oid, current_database(), 'TEMPORARY')
            UNION ALL SELECT s.rolname || ' may empty the table ' || t.relname FROM servers s, tables t
                WHERE has_table_privilege(s.oid, t.oid, 'TRUNCATE')
            UNION ALL SELECT s.rolname || ' may change what stands in ' || t.relname FROM servers s, tables t
                WHERE t.relname IN ('audit_event', 'audit_seal', 'audit_checkpoint')
                  AND (has_any_column_privilege(s.oid, t.oid, 'UPDATE') OR has_table_privilege(s.oid, t.oid, 'DELETE'))
            UNION ALL SELECT s.rolname || ' may write into audit_event past its functions' FROM servers s, tables t
                WHERE t.relname = 'audit_event' AND has_any_column_privilege(s.oid, t.oid, 'INSERT')
            UNION ALL SELECT 'Row-level security is off for the table ' || relname FROM tables WHERE NOT guarded
            UNION ALL SELECT DISTINCT 'Everybody has rights on the table ' || t.relname
                FROM tables t, aclexplode(t.relacl) a WHERE a.grantee = 0
            UNION ALL SELECT DISTINCT 'Everybody may run the function ' || f.proname
                FROM functions f, aclexplode(f.acl) a WHERE a.grantee = 0 AND f.prosecdef
            LIMIT 100
            """) { row in try row["excess"] }
    }
}

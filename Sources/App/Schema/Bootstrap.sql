-- Run once by a database administrator (a superuser), on a managed cluster too. It may be run again.
-- It makes the roles and extensions that `drystone migrate` needs, and nothing else needs a superuser.
-- BYPASSRLS can be given by a superuser only; three roles have it and the server can log in as none of them.
DO $roles$
DECLARE wanted record;
BEGIN
    FOR wanted IN SELECT * FROM (VALUES
        ('drystone_owner',    'NOLOGIN NOBYPASSRLS'),   -- owns every table
        ('drystone_definer',  'NOLOGIN BYPASSRLS'),     -- owns the few audited functions, with narrow grants
        ('drystone_loader',   'NOLOGIN BYPASSRLS'),     -- bulk loading of demonstration data
        ('drystone_migrator', 'LOGIN NOBYPASSRLS'),     -- changes the schema, at deployment only
        ('drystone_app',      'LOGIN NOBYPASSRLS'),     -- the pages
        ('drystone_auth',     'LOGIN NOBYPASSRLS'),     -- signing in: accounts and sessions only
        ('drystone_auditor',  'LOGIN NOBYPASSRLS'),     -- the sealer of the audit log
        ('drystone_backup',   'LOGIN BYPASSRLS')        -- pg_dump, read only
    ) AS roles(name, attributes)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I %s', wanted.name, wanted.attributes);
        END IF;
        EXECUTE format('ALTER ROLE %I NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION %s',
                       wanted.name, wanted.attributes);
    END LOOP;
END $roles$;

GRANT drystone_owner, drystone_definer, drystone_loader TO drystone_migrator;
ALTER ROLE drystone_backup SET default_transaction_read_only = on;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS fuzzystrmatch;
CREATE EXTENSION IF NOT EXISTS btree_gist;

DO $database$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO drystone_migrator, drystone_app, drystone_auth, drystone_auditor, '
                   'drystone_backup', current_database());
    EXECUTE format('GRANT CREATE ON DATABASE %I TO drystone_owner', current_database());
    EXECUTE format('ALTER DATABASE %I SET timezone = ''UTC''', current_database());
END $database$;
REVOKE CREATE ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO PUBLIC;

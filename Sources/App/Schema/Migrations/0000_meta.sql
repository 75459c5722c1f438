-- Which migrations this database has had. No partnership and nothing personal: every role may read it.
SET ROLE drystone_owner;
CREATE SCHEMA drystone_meta;
CREATE TABLE drystone_meta.migration (
    number int PRIMARY KEY,
    name text NOT NULL,
    hash text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
GRANT USAGE ON SCHEMA drystone_meta TO PUBLIC;
GRANT SELECT ON drystone_meta.migration TO PUBLIC;
GRANT INSERT ON drystone_meta.migration TO drystone_migrator;
RESET ROLE;

-- The ground: partnerships, agencies, accounts, roles, sessions, and the functions that say who is asking.
-- Every table carries its partnership. Every policy starts from the session token, which only its holder knows.
SET ROLE drystone_owner;
CREATE SCHEMA app;
GRANT USAGE ON SCHEMA app TO drystone_app, drystone_auth, drystone_auditor, drystone_backup, drystone_loader;
GRANT USAGE, CREATE ON SCHEMA app TO drystone_definer;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON TABLES TO drystone_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT ON SEQUENCES TO drystone_backup;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT SELECT, INSERT, UPDATE ON TABLES TO drystone_loader;
ALTER DEFAULT PRIVILEGES IN SCHEMA app GRANT USAGE, SELECT, UPDATE ON SEQUENCES TO drystone_loader;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

CREATE TABLE app.partnership (
    id uuid PRIMARY KEY,
    slug text NOT NULL CONSTRAINT partnership_slug_taken UNIQUE,
    name text NOT NULL,
    demonstration boolean NOT NULL DEFAULT false,
    helpline_opens time NOT NULL DEFAULT '08:00',
    helpline_closes time NOT NULL DEFAULT '20:00',
    helpline_days int[] NOT NULL DEFAULT '{1,2,3,4,5,6}'
);

CREATE TABLE app.area (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES app.partnership,
    name text NOT NULL,
    parent_id uuid,
    UNIQUE (id, partnership_id),
    CONSTRAINT area_parent FOREIGN KEY (parent_id, partnership_id) REFERENCES app.area (id, partnership_id)
);
CREATE INDEX area_by_partnership ON app.area (partnership_id);
CREATE INDEX area_by_parent ON app.area (parent_id);

-- A rule that changes by area and by date is a row with from and until, never an edited value.
CREATE TABLE app.risk_threshold (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES app.partnership,
    area_id uuid NOT NULL,
    instrument text NOT NULL,
    threshold int NOT NULL CHECK (threshold BETWEEN 1 AND 40),
    from_day date NOT NULL,
    until_day date,
    FOREIGN KEY (area_id, partnership_id) REFERENCES app.area (id, partnership_id),
    CONSTRAINT threshold_overlap EXCLUDE USING gist
        (area_id WITH =, instrument WITH =, daterange(from_day, until_day, '[]') WITH &&)
);
CREATE INDEX risk_threshold_by_partnership ON app.risk_threshold (partnership_id, area_id);

CREATE TABLE app.agency (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES app.partnership,
    name text NOT NULL,
    kind text NOT NULL,
    front_door boolean NOT NULL DEFAULT false,
    UNIQUE (id, partnership_id),
    CONSTRAINT agency_name_taken UNIQUE (partnership_id, name)
);

CREATE TABLE app.account (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES app.partnership,
    email text NOT NULL CHECK (email = lower(email)),
    full_name text NOT NULL,
    password_hash text,
    totp_sealed bytea,
    totp_last_step bigint NOT NULL DEFAULT -1,
    ended_at timestamptz,
    created_at timestamptz NOT NULL DEFAULT now(),
    version int NOT NULL DEFAULT 1,
    -- What an administrator may know of the two columns that only the door reads.
    set_up boolean NOT NULL GENERATED ALWAYS AS (password_hash IS NOT NULL AND totp_sealed IS NOT NULL) STORED,
    UNIQUE (id, partnership_id),
    CONSTRAINT account_email_taken UNIQUE (partnership_id, email)
);

CREATE TABLE app.role_assignment (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    role text NOT NULL CONSTRAINT role_known CHECK (role IN
        ('helplineWorker', 'idva', 'serviceManager', 'housingOfficer', 'administrator', 'dataProtectionOfficer')),
    starts_on date NOT NULL,
    ends_on date,
    -- An end on the day before the start: withdrawn before the role began, or at once on its first day.
    CONSTRAINT role_dates CHECK (ends_on IS NULL OR ends_on >= starts_on - 1),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX role_assignment_by_account ON app.role_assignment (account_id);
CREATE INDEX role_assignment_by_agency ON app.role_assignment (agency_id);

CREATE TABLE app.recovery_code (
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    code_hash bytea NOT NULL,
    used_at timestamptz,
    PRIMARY KEY (account_id, code_hash),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);

CREATE TABLE app.invitation (
    token_hash bytea PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    invited_by uuid NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX invitation_by_account ON app.invitation (account_id);

-- stage: 'code' has given a password only and reaches nothing; 'full' has given both.
CREATE TABLE app.session (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    csrf text NOT NULL,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    stage text NOT NULL CONSTRAINT session_stage CHECK (stage IN ('code', 'full')),
    browser text NOT NULL,
    started_at timestamptz NOT NULL DEFAULT now(),
    seen_at timestamptz NOT NULL DEFAULT now(),
    expires_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX session_by_account ON app.session (account_id);
CREATE INDEX session_by_end ON app.session (expires_at);

-- A bucket is an account, an address or a known device, under a keyed hash: no e-mail or address in the clear.
CREATE TABLE app.throttle (
    bucket bytea PRIMARY KEY,
    partnership_id uuid NOT NULL,
    failures int NOT NULL,
    last_failure_at timestamptz NOT NULL
);

-- Requests in each ten seconds, by account and by address, added up over all servers. Keyed hashes, soon deleted.
CREATE TABLE app.rate_window (
    bucket bytea NOT NULL,
    starts_at timestamptz NOT NULL,
    partnership_id uuid NOT NULL,
    requests int NOT NULL,
    PRIMARY KEY (bucket, starts_at)
);
CREATE INDEX rate_window_by_start ON app.rate_window (starts_at);

CREATE TABLE app.known_device (
    token_hash bytea NOT NULL,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    seen_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (token_hash, account_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX known_device_by_account ON app.known_device (account_id);

-- Who is asking. All are plpgsql (cached plans) and read the one thing that injected SQL can't guess: the token.
CREATE FUNCTION app.viewer_account() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT s.account_id FROM session s JOIN account a ON a.id = s.account_id
            WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
              AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now()
              AND (a.ended_at IS NULL OR a.ended_at > now()));
END $$;

CREATE FUNCTION app.viewer_partnership() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT a.partnership_id FROM session s JOIN account a ON a.id = s.account_id
            WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
              AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now()
              AND (a.ended_at IS NULL OR a.ended_at > now()));
END $$;

-- The agencies whose casework this viewer may see: those where a role that does casework is in force today, London time.
CREATE FUNCTION app.viewer_reach() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT r.agency_id), '{}')
            FROM session s JOIN account a ON a.id = s.account_id JOIN role_assignment r ON r.account_id = a.id
            WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
              AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now()
              AND (a.ended_at IS NULL OR a.ended_at > now())
              AND r.role IN ('helplineWorker', 'idva', 'serviceManager', 'housingOfficer')
              AND r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date
              AND (r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date));
END $$;

-- The roles in force today: for tables that are managed by role rather than by agency.
CREATE FUNCTION app.viewer_roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT r.role), '{}')
            FROM session s JOIN account a ON a.id = s.account_id JOIN role_assignment r ON r.account_id = a.id
            WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
              AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now()
              AND (a.ended_at IS NULL OR a.ended_at > now())
              AND r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date
              AND (r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date));
END $$;
-- The definer role reads past every policy, so it may read only the columns that its functions name.
GRANT SELECT (token_hash, account_id, stage, expires_at, ends_at) ON app.session TO drystone_definer;
GRANT SELECT (id, partnership_id, ended_at) ON app.account TO drystone_definer;
GRANT SELECT (account_id, agency_id, role, starts_on, ends_on) ON app.role_assignment TO drystone_definer;

-- Each table's lock, and the rule that holds on all of them: another partnership's rows do not exist.
CREATE FUNCTION app.guard(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY own_partnership ON %s AS RESTRICTIVE TO drystone_app '
                   'USING (partnership_id = (SELECT app.viewer_partnership()))', guarded);
END $$;
SELECT app.guard(t) FROM unnest(ARRAY['app.area', 'app.risk_threshold', 'app.agency', 'app.account',
    'app.role_assignment', 'app.recovery_code', 'app.invitation', 'app.session', 'app.throttle', 'app.rate_window',
    'app.known_device'
    ]::regclass[]) AS t;
ALTER TABLE app.partnership ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.partnership FORCE ROW LEVEL SECURITY;
CREATE POLICY own_partnership ON app.partnership FOR SELECT TO drystone_app
    USING (id = (SELECT app.viewer_partnership()));
CREATE POLICY signing_in ON app.partnership TO drystone_auth USING (true);

-- Reference data of the partnership: for every colleague, and that is who has a role today. Others see themselves.
CREATE POLICY colleagues ON app.area FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[] <> '{}');
CREATE POLICY colleagues ON app.risk_threshold FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[] <> '{}');
CREATE POLICY colleagues ON app.agency FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[] <> '{}');
CREATE POLICY colleagues ON app.account FOR SELECT TO drystone_app
    USING (id = (SELECT app.viewer_account()) OR (SELECT app.viewer_roles())::text[] <> '{}');
CREATE POLICY colleagues ON app.role_assignment FOR SELECT TO drystone_app
    USING (account_id = (SELECT app.viewer_account()) OR (SELECT app.viewer_roles())::text[] <> '{}');
CREATE POLICY own_sessions ON app.session TO drystone_app USING (account_id = (SELECT app.viewer_account()));
-- Only administrators change accounts, and they see no casework.
CREATE POLICY administrators_add ON app.account FOR INSERT TO drystone_app
    WITH CHECK ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY administrators_change ON app.account FOR UPDATE TO drystone_app
    USING ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY administrators ON app.role_assignment TO drystone_app
    USING ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));
-- An administrator sees no casework, so nobody gives a role to themselves, nor makes their own last longer.
CREATE POLICY never_ones_own_add ON app.role_assignment AS RESTRICTIVE FOR INSERT TO drystone_app
    WITH CHECK (account_id <> (SELECT app.viewer_account()));
CREATE POLICY never_ones_own_change ON app.role_assignment AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (account_id <> (SELECT app.viewer_account()));
CREATE POLICY administrators ON app.invitation TO drystone_app
    USING ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY administrators_see ON app.session FOR SELECT TO drystone_app
    USING ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY administrators_end ON app.session FOR DELETE TO drystone_app
    USING ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));

-- Signing in happens before there is a viewer, in a role that can see these tables and no others.
CREATE POLICY signing_in ON app.account TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.role_assignment FOR SELECT TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.agency FOR SELECT TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.recovery_code TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.invitation TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.session TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.throttle TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.rate_window TO drystone_auth USING (true);
CREATE POLICY signing_in ON app.known_device TO drystone_auth USING (true);

GRANT SELECT ON app.partnership, app.area, app.risk_threshold, app.agency, app.role_assignment TO drystone_app;
GRANT SELECT (id, partnership_id, email, full_name, ended_at, created_at, version, set_up) ON app.account TO drystone_app;
GRANT INSERT (id, partnership_id, email, full_name) ON app.account TO drystone_app;
GRANT UPDATE (full_name, ended_at, version) ON app.account TO drystone_app;
GRANT INSERT (id, partnership_id, account_id, agency_id, role, starts_on, ends_on), UPDATE (ends_on)
    ON app.role_assignment TO drystone_app;
GRANT INSERT, SELECT (partnership_id, account_id, expires_at, used_at), UPDATE (expires_at) ON app.invitation TO drystone_app;
GRANT SELECT (id, partnership_id, account_id, stage, browser, started_at, seen_at, expires_at, ends_at),
    UPDATE (seen_at, expires_at), DELETE ON app.session TO drystone_app;

GRANT SELECT ON app.partnership, app.agency, app.role_assignment TO drystone_auth;
GRANT SELECT, UPDATE (password_hash, totp_sealed, totp_last_step, version) ON app.account TO drystone_auth;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.recovery_code, app.session, app.throttle, app.rate_window,
    app.known_device TO drystone_auth;
GRANT SELECT, UPDATE (used_at) ON app.invitation TO drystone_auth;
GRANT EXECUTE ON FUNCTION app.viewer_account(), app.viewer_partnership(), app.viewer_reach(), app.viewer_roles()
    TO drystone_app;
RESET ROLE;

SET ROLE drystone_migrator;
ALTER FUNCTION app.viewer_account() OWNER TO drystone_definer;
ALTER FUNCTION app.viewer_partnership() OWNER TO drystone_definer;
ALTER FUNCTION app.viewer_reach() OWNER TO drystone_definer;
ALTER FUNCTION app.viewer_roles() OWNER TO drystone_definer;
RESET ROLE;

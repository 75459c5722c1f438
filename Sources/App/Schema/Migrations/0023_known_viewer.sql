-- Who is asking, found by one key. Every table of every statement asks for the viewer's partnership and reach; the
-- answers came from a join over three tables, worked out some fifty times for a page. Now a session keeps them until
-- anything that they follow from changes, and no longer than the day in London, since roles begin and end by the day.
-- A session that keeps none is answered the long way: what is kept only saves time.
SET ROLE drystone_owner;
ALTER TABLE app.session
    ADD COLUMN kept_reach uuid[],
    ADD COLUMN kept_roles text[],
    -- NULL: nothing is kept.
    ADD COLUMN kept_until timestamptz,
    ADD CONSTRAINT session_keeps_all CHECK (kept_until IS NULL OR num_nonnulls(kept_reach, kept_roles) = 2);

-- What an account's roles in force today give (London time), and until when that is known to hold. Only for those who
-- may read roles: it runs as whoever calls it.
CREATE FUNCTION app.posts_of(who uuid, OUT reach uuid[], OUT roles text[], OUT until timestamptz)
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    -- The roles that work with people, whose agencies' rows they may see.
    SELECT coalesce(array_agg(DISTINCT r.agency_id) FILTER (WHERE r.role IN
               ('helplineWorker', 'idva', 'serviceManager', 'housingOfficer', 'perpetratorWorker', 'referrer')), '{}'),
           coalesce(array_agg(DISTINCT r.role) FILTER (WHERE r.role IS NOT NULL), '{}'),
           least((today + 1)::timestamp AT TIME ZONE 'Europe/London', a.ended_at)
    INTO reach, roles, until
    FROM account a LEFT JOIN role_assignment r
        ON r.account_id = a.id AND r.starts_on <= today AND (r.ends_on IS NULL OR r.ends_on >= today)
    WHERE a.id = who AND (a.ended_at IS NULL OR a.ended_at > now()) GROUP BY a.id;
END $$;
GRANT EXECUTE ON FUNCTION app.posts_of(uuid) TO drystone_auth, drystone_definer;
GRANT SELECT (partnership_id, kept_reach, kept_roles, kept_until), UPDATE (kept_until) ON app.session
    TO drystone_definer;
-- PostgreSQL asks for it where a row is locked.
GRANT UPDATE (version) ON app.account TO drystone_definer;
RESET ROLE;

SET ROLE drystone_definer;
CREATE OR REPLACE FUNCTION app.viewer_account() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    who uuid;
    kept boolean;
BEGIN
    SELECT s.account_id, s.kept_until > now() INTO who, kept FROM session s
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now();
    IF kept OR who IS NULL THEN RETURN who; END IF;
    RETURN (SELECT a.id FROM account a WHERE a.id = who AND (a.ended_at IS NULL OR a.ended_at > now()));
END $$;

CREATE OR REPLACE FUNCTION app.viewer_partnership() RETURNS uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    who uuid;
    here uuid;
    kept boolean;
BEGIN
    SELECT s.account_id, s.partnership_id, s.kept_until > now() INTO who, here, kept FROM session s
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now();
    IF kept OR who IS NULL THEN RETURN here; END IF;
    RETURN (SELECT a.partnership_id FROM account a WHERE a.id = who AND (a.ended_at IS NULL OR a.ended_at > now()));
END $$;

CREATE OR REPLACE FUNCTION app.viewer_reach() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    who uuid;
    held uuid[];
    kept boolean;
BEGIN
    SELECT s.account_id, s.kept_reach, s.kept_until > now() INTO who, held, kept FROM session s
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now();
    IF kept THEN RETURN held; END IF;
    RETURN coalesce((SELECT p.reach FROM posts_of(who) p), '{}');
END $$;

CREATE OR REPLACE FUNCTION app.viewer_roles() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    who uuid;
    held text[];
    kept boolean;
BEGIN
    SELECT s.account_id, s.kept_roles, s.kept_until > now() INTO who, held, kept FROM session s
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now();
    IF kept THEN RETURN held; END IF;
    RETURN coalesce((SELECT p.roles FROM posts_of(who) p), '{}');
END $$;

-- What a viewer did (0002): who, where and when in one look instead of three.
CREATE OR REPLACE FUNCTION app.audit(event text, subject_kind text, subject_id uuid, purpose text, detail text)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    who uuid;
    here uuid;
    held uuid[];
    kept boolean;
BEGIN
    SELECT s.account_id, s.partnership_id, s.kept_reach, s.kept_until > now() INTO who, here, held, kept FROM session s
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now();
    IF kept IS NOT TRUE THEN
        who := viewer_account();
        here := viewer_partnership();
        held := viewer_reach();
    END IF;
    IF who IS NULL THEN RAISE EXCEPTION 'no viewer' USING ERRCODE = '42501'; END IF;
    PERFORM append_audit(gen_random_uuid(), here, who, held[1], event, subject_kind, subject_id, purpose, detail);
END $$;

-- What one call is worth in plans: about that of reading a thousand rows in memory.
ALTER FUNCTION app.viewer_account() COST 1000;
ALTER FUNCTION app.viewer_partnership() COST 1000;
ALTER FUNCTION app.viewer_reach() COST 1000;
ALTER FUNCTION app.viewer_roles() COST 1000;

-- Whoever makes a trigger must be allowed to call its function.
GRANT EXECUTE ON FUNCTION app.keep_derived() TO drystone_owner;
RESET ROLE;

SET ROLE drystone_owner;
-- Of nearly everybody who looks, the first half is true.
ALTER POLICY colleagues ON app.account
    USING ((SELECT app.viewer_roles()) <> '{}' OR id = app.viewer_account());
CREATE TRIGGER forgets_posts AFTER INSERT OR DELETE OR UPDATE ON app.role_assignment
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER forgets_posts AFTER UPDATE OF ended_at ON app.account
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
RESET ROLE;

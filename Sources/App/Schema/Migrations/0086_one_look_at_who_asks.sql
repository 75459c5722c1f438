-- Who asks, and of which partnership, is looked up by one function that runs as its owner instead of two: nine of those
-- are left. Both names stay, for the policies that ask by them.
SET ROLE drystone_definer;
CREATE FUNCTION app.viewer(OUT who uuid, OUT here uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER COST 1000 SET search_path = app, pg_temp AS $$
DECLARE kept boolean;
BEGIN
    SELECT s.account_id, s.partnership_id, s.kept_until > now() INTO who, here, kept FROM session s
    WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
      AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now();
    IF kept OR who IS NULL THEN RETURN; END IF;
    SELECT a.id, a.partnership_id INTO who, here FROM account a
    WHERE a.id = who AND (a.ended_at IS NULL OR a.ended_at > now());
END $$;
REVOKE ALL ON FUNCTION app.viewer() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.viewer() TO drystone_app, drystone_owner;

-- Of SQL, as their caller and without a setting: PostgreSQL puts what they say in their place, and they cost nothing.
CREATE OR REPLACE FUNCTION app.viewer_account() RETURNS uuid LANGUAGE sql STABLE SECURITY INVOKER COST 1000
RETURN (app.viewer()).who;
CREATE OR REPLACE FUNCTION app.viewer_partnership() RETURNS uuid LANGUAGE sql STABLE SECURITY INVOKER COST 1000
RETURN (app.viewer()).here;
RESET ROLE;

SET ROLE drystone_migrator;
ALTER FUNCTION app.viewer_account() OWNER TO drystone_owner;
ALTER FUNCTION app.viewer_partnership() OWNER TO drystone_owner;
RESET ROLE;

SET ROLE drystone_owner;
GRANT EXECUTE ON FUNCTION app.viewer_account(), app.viewer_partnership() TO drystone_definer;
RESET ROLE;

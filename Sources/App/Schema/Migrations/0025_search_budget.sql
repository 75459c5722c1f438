-- Who looks people up outside a contact or a case has so many searches a day; each one more says for which enquiry it
-- is. Nobody is kept from a search that somebody's safety needs, and the reviewer of the log sees every one.
SET ROLE drystone_owner;
ALTER TABLE app.search_request
    -- Not out of an open contact or case.
    ADD COLUMN free boolean NOT NULL DEFAULT false,
    ADD COLUMN enquiry text NOT NULL DEFAULT '' CHECK (length(enquiry) <= 200);
CREATE INDEX search_request_free ON app.search_request (account_id, at) WHERE free;

-- The viewer's free searches since midnight, London time. One at a time for each of them, so that a burst is counted.
CREATE FUNCTION app.free_searches() RETURNS int
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    me uuid := viewer_account();
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended(me::text, 25));
    RETURN (SELECT count(*)::int FROM search_request r
            WHERE r.account_id = me AND r.free
              AND r.at >= date_trunc('day', now() AT TIME ZONE 'Europe/London') AT TIME ZONE 'Europe/London');
END $$;
GRANT EXECUTE ON FUNCTION app.free_searches() TO drystone_app;

-- SearchBudget.daily. Whatever the program does: the one after these is not kept without an enquiry, and so finds nothing.
CREATE FUNCTION app.keep_search_budget() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF free_searches() >= 30 THEN
        RAISE EXCEPTION 'more free searches today than go without an enquiry' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER keeps_search_budget BEFORE INSERT ON app.search_request
    FOR EACH ROW WHEN (NEW.free AND length(NEW.enquiry) < 10) EXECUTE FUNCTION app.keep_search_budget();
RESET ROLE;

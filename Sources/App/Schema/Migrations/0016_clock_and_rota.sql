-- The clock of a first contact runs from the grade, not from the opening; who is on call and who is away; and the
-- counts behind the table of outputs.
SET ROLE drystone_owner;
ALTER TABLE app.case_record
    -- When risk was graded high, or medium with judgement (or the referral came that was graded already). Nothing: no
    -- 48 hours run.
    ADD COLUMN clock_started_at timestamptz,
    -- No safe time to ring her falls inside the 48 hours: a breach is then counted apart from lateness.
    ADD COLUMN no_safe_time boolean NOT NULL DEFAULT false,
    ALTER COLUMN first_contact_due DROP NOT NULL;

-- Cases from before this: those whose grade starts a clock keep the one they had, from the opening.
ALTER TABLE app.case_record NO FORCE ROW LEVEL SECURITY;
UPDATE app.case_record SET clock_started_at = first_contact_due - interval '48 hours' WHERE risk IN ('medium', 'high');
UPDATE app.case_record SET first_contact_due = NULL WHERE clock_started_at IS NULL;
ALTER TABLE app.case_record FORCE ROW LEVEL SECURITY;
ALTER TABLE app.case_record
    ADD CONSTRAINT case_clock CHECK ((clock_started_at IS NULL) = (first_contact_due IS NULL));
CREATE INDEX case_overdue ON app.case_record (agency_id, first_contact_due, id)
    WHERE closed_at IS NULL AND first_contact_at IS NULL AND first_contact_due IS NOT NULL;
GRANT UPDATE (clock_started_at, first_contact_due, no_safe_time) ON app.case_record TO drystone_app;

-- Who is on call for an agency, and who is away. Two people are never on call at once; what was wrong is taken off and
-- stays on record.
CREATE TABLE app.rota_entry (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT rota_kind CHECK (kind IN ('onCall', 'away')),
    account_id uuid NOT NULL,
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    set_by uuid NOT NULL,
    set_at timestamptz NOT NULL DEFAULT now(),
    taken_off_at timestamptz,
    CONSTRAINT rota_ends_after_start CHECK (ends_at > starts_at),
    CONSTRAINT rota_overlap EXCLUDE USING gist (agency_id WITH =, tstzrange(starts_at, ends_at) WITH &&)
        WHERE (kind = 'onCall' AND taken_off_at IS NULL),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (set_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX rota_by_agency ON app.rota_entry (agency_id, ends_at);
CREATE INDEX rota_by_account ON app.rota_entry (account_id, ends_at);
CREATE INDEX rota_by_setter ON app.rota_entry (set_by);
SELECT app.guard_casework('app.rota_entry', NULL, '{}');
SELECT app.guard_author('app.rota_entry', 'set_by');
GRANT SELECT, INSERT, UPDATE (taken_off_at) ON app.rota_entry TO drystone_app;

-- What the outputs count, by when it happened.
CREATE INDEX contact_counted ON app.contact (agency_id, channel, happened_at);
CREATE INDEX assessment_counted ON app.risk_assessment (agency_id, assessed_at, id) WHERE received_day IS NULL;
CREATE INDEX case_opening_counted ON app.case_record (agency_id, opened_at, id);
CREATE INDEX case_closing_counted ON app.case_record (agency_id, closed_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX attempt_counted ON app.contact_attempt (agency_id, channel, outcome, happened_at);

-- How much was done in each period, for a service manager of the agencies, under the manager's own policies: a
-- restricted case counts for those who may see it. (What reads past the policies is kept under ten functions.)
CREATE FUNCTION app.team_outputs(froms timestamptz[], untils timestamptz[])
RETURNS TABLE (period int, measure text, amount bigint)
LANGUAGE plpgsql STABLE ROWS 50 SECURITY INVOKER SET search_path = app, pg_temp AS $$
DECLARE
    me uuid := viewer_account();
    managed uuid[] := ARRAY(
        SELECT DISTINCT r.agency_id FROM role_assignment r
        WHERE r.account_id = me AND r.role = 'serviceManager'
          AND r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date
          AND (r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date));
BEGIN
    IF me IS NULL THEN RETURN; END IF;
    RETURN QUERY
        SELECT p.ordinality::int, c.measure, c.amount
        FROM unnest(froms, untils) WITH ORDINALITY AS p(since, til, ordinality),
        LATERAL (
            SELECT 'helpline' AS measure, count(*) AS amount FROM contact k
            WHERE k.agency_id = ANY (managed) AND k.channel = 'helpline' AND k.happened_at >= p.since AND k.happened_at < p.til
            UNION ALL SELECT 'assessments', count(*) FROM risk_assessment a
            WHERE a.agency_id = ANY (managed) AND a.received_day IS NULL AND a.assessed_at >= p.since AND a.assessed_at < p.til
            UNION ALL SELECT 'opened', count(*) FROM case_record o
            WHERE o.agency_id = ANY (managed) AND o.opened_at >= p.since AND o.opened_at < p.til
            UNION ALL SELECT 'closed', count(*) FROM case_record d
            WHERE d.agency_id = ANY (managed) AND d.closed_at >= p.since AND d.closed_at < p.til
            UNION ALL SELECT 'telephone', count(*) FROM contact_attempt t
            WHERE t.agency_id = ANY (managed) AND t.channel = 'telephone' AND t.outcome = 'spoke'
              AND t.happened_at >= p.since AND t.happened_at < p.til
            UNION ALL SELECT 'faceToFace', count(*) FROM contact_attempt f
            WHERE f.agency_id = ANY (managed) AND f.channel = 'inPerson' AND f.outcome = 'spoke'
              AND f.happened_at >= p.since AND f.happened_at < p.til
        ) AS c;
END $$;
GRANT EXECUTE ON FUNCTION app.team_outputs(timestamptz[], timestamptz[]) TO drystone_app;
RESET ROLE;

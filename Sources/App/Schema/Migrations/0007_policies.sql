-- Who reaches casework. One permissive rule gives (own agency), one more reads (a share), one restrictive
-- rule takes away (a declared interest, a restricted case). The same three stand on every table of casework.
SET ROLE drystone_owner;

-- Everything withheld from this viewer. People: those blocked for a declared interest, those whom a blocked person
-- harms, the person of a blocked case, and people with restricted cases where the viewer is on the team of none.
-- Cases: every case of those people, blocked cases, and restricted cases where the viewer is not on the team.
-- (Two statements, so that the second looks each person up: one joined statement would read all cases.)
CREATE FUNCTION app.viewer_barred() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me uuid := viewer_account();
    here uuid := (SELECT a.partnership_id FROM account a WHERE a.id = me);
    people uuid[];
BEGIN
    IF me IS NULL THEN RETURN; END IF;
    people := ARRAY(
        SELECT b.person_id FROM interest_block b WHERE b.account_id = me AND b.person_id IS NOT NULL
        UNION SELECT c.person_id FROM interest_block b JOIN case_record c ON c.id = b.case_id WHERE b.account_id = me
        UNION SELECT r.harmed_id FROM interest_block b JOIN relationship r ON r.harming_id = b.person_id
              WHERE b.account_id = me
        UNION (SELECT c.person_id FROM case_record c WHERE c.restricted AND c.partnership_id = here
               EXCEPT SELECT c.person_id FROM case_team t JOIN case_record c ON c.id = t.case_id
               WHERE t.account_id = me AND c.restricted));
    RETURN QUERY
        SELECT unnest(people)
        UNION SELECT c.id FROM case_record c WHERE c.person_id = ANY (people)
        UNION SELECT b.case_id FROM interest_block b WHERE b.account_id = me AND b.case_id IS NOT NULL
        UNION SELECT c.id FROM case_record c WHERE c.restricted AND c.partnership_id = here
              AND NOT EXISTS (SELECT FROM case_team t WHERE t.case_id = c.id AND t.account_id = me);
END $$;

-- Cases that another agency shares with one of the viewer's, while the share lasts.
CREATE FUNCTION app.viewer_shares() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE reach uuid[] := viewer_reach();
BEGIN
    RETURN QUERY SELECT s.case_id FROM case_share s WHERE s.with_agency_id = ANY (reach) AND s.ends_at > now();
END $$;
GRANT SELECT (account_id, person_id, case_id) ON app.interest_block TO drystone_definer;
GRANT SELECT (id, partnership_id, person_id, restricted) ON app.case_record TO drystone_definer;
GRANT SELECT (case_id, account_id) ON app.case_team TO drystone_definer;
GRANT SELECT (case_id, with_agency_id, ends_at) ON app.case_share TO drystone_definer;
GRANT SELECT (harmed_id, harming_id) ON app.relationship TO drystone_definer;

CREATE FUNCTION app.guard_casework(guarded regclass, case_column text, person_columns text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE named text;
BEGIN
    PERFORM app.guard(guarded);
    EXECUTE format('CREATE POLICY own_agency ON %s TO drystone_app '
                   'USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]))', guarded);
    FOREACH named IN ARRAY array_remove(person_columns || case_column, NULL) LOOP
        EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE TO drystone_app '
                       'USING (%I IS NULL OR %I NOT IN (SELECT app.viewer_barred()))',
                       'not_barred_' || named, guarded, named, named);
    END LOOP;
END $$;
SELECT app.guard_casework('app.person', NULL, '{id}');
SELECT app.guard_casework('app.person_name', NULL, '{person_id}');
SELECT app.guard_casework('app.person_key', NULL, '{person_id}');
SELECT app.guard_casework('app.person_phone', NULL, '{person_id}');
SELECT app.guard_casework('app.person_address', NULL, '{person_id}');
SELECT app.guard_casework('app.safe_contact', NULL, '{person_id}');
SELECT app.guard_casework('app.relationship', NULL, '{harmed_id,harming_id}');
SELECT app.guard_casework('app.contact', 'case_id', '{person_id}');
SELECT app.guard_casework('app.case_record', 'id', '{person_id}');
SELECT app.guard_casework('app.case_team', 'case_id', '{}');
SELECT app.guard_casework('app.case_share', 'case_id', '{}');
SELECT app.guard_casework('app.risk_assessment', 'case_id', '{person_id}');
SELECT app.guard_casework('app.contact_attempt', 'case_id', '{person_id}');
SELECT app.guard_casework('app.case_note', 'case_id', '{}');
SELECT app.guard_casework('app.task', 'case_id', '{}');
SELECT app.guard_casework('app.timeline_event', 'case_id', '{}');

-- Whoever writes a row signs it with their own name.
CREATE FUNCTION app.guard_author(guarded regclass, author text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY in_own_name ON %s AS RESTRICTIVE FOR INSERT TO drystone_app '
                   'WITH CHECK (%I = (SELECT app.viewer_account()))', guarded, author);
END $$;
SELECT app.guard_author('app.invitation', 'invited_by');
SELECT app.guard_author('app.person', 'created_by');
SELECT app.guard_author('app.person_address', 'recorded_by');
SELECT app.guard_author('app.safe_contact', 'recorded_by');
SELECT app.guard_author('app.relationship', 'recorded_by');
SELECT app.guard_author('app.contact', 'recorded_by');
SELECT app.guard_author('app.case_record', 'opened_by');
SELECT app.guard_author('app.risk_assessment', 'assessed_by');
SELECT app.guard_author('app.contact_attempt', 'recorded_by');
SELECT app.guard_author('app.case_note', 'written_by');
SELECT app.guard_author('app.timeline_event', 'by_account');

-- An assessment is never changed: all that may happen to it is to be put with a case, once.
CREATE POLICY put_with_a_case_once ON app.risk_assessment AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (case_id IS NULL) WITH CHECK (case_id IS NOT NULL);

-- A shared case is read, never written, by the agency it is shared with.
CREATE POLICY shared ON app.case_record FOR SELECT TO drystone_app USING (id IN (SELECT app.viewer_shares()));
CREATE POLICY shared ON app.risk_assessment FOR SELECT TO drystone_app USING (case_id IN (SELECT app.viewer_shares()));
CREATE POLICY shared ON app.timeline_event FOR SELECT TO drystone_app USING (case_id IN (SELECT app.viewer_shares()));

SELECT app.guard('app.agency_key');
CREATE POLICY own_agency ON app.agency_key TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
SELECT app.guard('app.case_counter');
CREATE POLICY own_agency ON app.case_counter TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
SELECT app.guard('app.interest_block');
CREATE POLICY declared_by_oneself ON app.interest_block FOR INSERT TO drystone_app
    WITH CHECK (account_id = (SELECT app.viewer_account()));
SELECT app.guard(t) FROM unnest('{app.draft,app.submission,app.search_request}'::regclass[]) AS t;
CREATE POLICY own_words ON app.draft TO drystone_app USING (account_id = (SELECT app.viewer_account()));
-- A form sent after its session ended: the door keeps the owner's words (sealed; it can't read them back).
CREATE POLICY session_ended ON app.draft TO drystone_auth USING (true);
GRANT SELECT (account_id, form), INSERT, UPDATE (fields_sealed, saved_at) ON app.draft TO drystone_auth;
CREATE POLICY own_words ON app.submission TO drystone_app USING (account_id = (SELECT app.viewer_account()));
CREATE POLICY own_words ON app.search_request TO drystone_app USING (account_id = (SELECT app.viewer_account()));

GRANT SELECT, INSERT ON app.person, app.person_name, app.person_key, app.safe_contact, app.person_phone,
    app.person_address, app.relationship, app.contact, app.case_record, app.case_team, app.risk_assessment,
    app.contact_attempt, app.case_note, app.task, app.timeline_event, app.agency_key, app.submission,
    app.search_request, app.case_counter TO drystone_app;
GRANT SELECT ON app.case_share TO drystone_app;
GRANT INSERT ON app.interest_block TO drystone_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON app.draft TO drystone_app;
GRANT UPDATE (given_name, family_name, date_of_birth, birth_known, sex, ethnicity, language, interpreter, area_id,
    protected, version) ON app.person TO drystone_app;
GRANT UPDATE (given_name, family_name, kind) ON app.person_name TO drystone_app;
GRANT UPDATE (superseded_by) ON app.safe_contact TO drystone_app;
GRANT UPDATE (until_day) ON app.person_address TO drystone_app;
GRANT UPDATE (person_id, case_id, channel, caller, reason, advice, outcome, promised, safe_to_talk,
    other_person_nearby, children_present, injured, weapon, suicidal, version) ON app.contact TO drystone_app;
GRANT UPDATE (risk, worker_id, restricted, first_contact_at, next_due, closed_at, version) ON app.case_record TO drystone_app;
GRANT UPDATE (case_id) ON app.risk_assessment TO drystone_app;
GRANT UPDATE (body, version) ON app.case_note TO drystone_app;
GRANT UPDATE (owner_id, done_at, due_at) ON app.task TO drystone_app;
GRANT UPDATE (last) ON app.case_counter TO drystone_app;
GRANT EXECUTE ON FUNCTION app.viewer_barred(), app.viewer_shares() TO drystone_app;
RESET ROLE;
SET ROLE drystone_migrator;
ALTER FUNCTION app.viewer_barred() OWNER TO drystone_definer;
ALTER FUNCTION app.viewer_shares() OWNER TO drystone_definer;
RESET ROLE;

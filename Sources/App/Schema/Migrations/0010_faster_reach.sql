-- What is withheld, found in less than half the time: every statement on casework asks for it, often three times.
-- The three indexes hold all that the function reads, so it reads no rows.
SET ROLE drystone_owner;
DROP INDEX app.case_restricted;
CREATE INDEX case_restricted ON app.case_record (partnership_id) INCLUDE (id, person_id) WHERE restricted;
DROP INDEX app.case_team_by_account;
CREATE INDEX case_team_by_account ON app.case_team (account_id, case_id);
DROP INDEX app.case_by_person;
CREATE INDEX case_by_person ON app.case_record (person_id) INCLUDE (id);
RESET ROLE;

-- The same answer as before. People: those blocked for a declared interest, those whom a blocked person harms, the
-- person of a blocked case, and people with restricted cases where the viewer is on the team of none (`known` are
-- those where on one). Cases: every case of those people, blocked cases, and restricted cases of the known whose team
-- the viewer is not on. Interests are rare, so they are only looked through when there is one.
SET ROLE drystone_definer;
CREATE OR REPLACE FUNCTION app.viewer_barred() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 200 SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me uuid := viewer_account();
    here uuid := (SELECT a.partnership_id FROM account a WHERE a.id = me);
    ours uuid[];
    known uuid[];
    people uuid[];
BEGIN
    IF me IS NULL THEN RETURN; END IF;
    SELECT coalesce(array_agg(c.id), '{}'), coalesce(array_agg(c.person_id), '{}') INTO ours, known
    FROM case_team t JOIN case_record c ON c.id = t.case_id
    WHERE t.account_id = me AND c.restricted;
    people := ARRAY(SELECT c.person_id FROM case_record c
        WHERE c.restricted AND c.partnership_id = here AND c.person_id <> ALL (known));
    IF EXISTS (SELECT FROM interest_block own WHERE own.account_id = me) THEN  -- only saves time
        people := people || ARRAY(
            SELECT b.person_id FROM interest_block b WHERE b.account_id = me AND b.person_id IS NOT NULL
            UNION SELECT c.person_id FROM interest_block b JOIN case_record c ON c.id = b.case_id
                  WHERE b.account_id = me
            UNION SELECT r.harmed_id FROM interest_block b JOIN relationship r ON r.harming_id = b.person_id
                  WHERE b.account_id = me);
    END IF;
    RETURN QUERY
        SELECT unnest(people)
        UNION ALL SELECT c.id FROM case_record c WHERE c.person_id = ANY (people)
        UNION ALL SELECT b.case_id FROM interest_block b WHERE b.account_id = me AND b.case_id IS NOT NULL
        UNION ALL SELECT c.id FROM case_record c
            WHERE c.person_id = ANY (known) AND c.restricted AND c.id <> ALL (ours);
END $$;
RESET ROLE;

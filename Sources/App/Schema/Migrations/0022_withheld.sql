-- What is withheld from whom, kept as rows rather than worked out again for every table of every statement: a page
-- reads some thirty tables, and each asked `viewer_barred` two or three times. Now a policy looks one key up, and for
-- most people and cases finds nothing. The function stays for the search and for the log.
SET ROLE drystone_owner;
CREATE TABLE app.withheld (
    -- A person or a case.
    subject_id uuid,
    -- False: withheld from these accounts. True: from all but these.
    opens boolean,
    accounts uuid[] NOT NULL,
    partnership_id uuid NOT NULL,
    -- The person whose interests and restricted cases it follows from.
    because_of uuid NOT NULL,
    PRIMARY KEY (subject_id, opens)
);
CREATE INDEX withheld_by_person ON app.withheld (because_of);
SELECT app.guard('app.withheld');
-- A viewer finds here what is withheld from them, by its key and nothing else: that is what the other policies ask.
CREATE POLICY anybody ON app.withheld FOR SELECT TO drystone_app USING (true);
-- Who asks is asked for each row found, not as `(SELECT ...)`: most often none is found, and PostgreSQL would prepare
-- the question for each table of a statement.
CREATE POLICY from_viewer ON app.withheld AS RESTRICTIVE FOR SELECT TO drystone_app
    USING ((app.viewer_account() = ANY (accounts)) <> opens);
ALTER POLICY own_partnership ON app.withheld USING (partnership_id = app.viewer_partnership());
GRANT SELECT (subject_id) ON app.withheld TO drystone_app;
REVOKE INSERT, UPDATE ON app.withheld FROM drystone_loader;
GRANT SELECT, INSERT, DELETE ON app.withheld TO drystone_definer;
-- Whether there is anything to look up: a person and all their cases are withheld from somebody, or none is.
ALTER TABLE app.person ADD COLUMN withheld boolean NOT NULL DEFAULT false;
ALTER TABLE app.case_record ADD COLUMN withheld boolean NOT NULL DEFAULT false;
GRANT SELECT (withheld), UPDATE (withheld) ON app.person, app.case_record TO drystone_definer;

-- Works out anew what is withheld about one person. From whoever declared an interest in them, in a case of theirs or
-- in somebody who harms them: they and all their cases. A restricted case: from all but its team. They themselves and
-- their other cases then: from those who are on no team of a restricted case of theirs.
CREATE FUNCTION app.withhold(whom uuid) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    declared uuid[];
    teams uuid[];
    held boolean;
BEGIN
    -- One at a time for each person. Whatever follows sees what the one before has committed.
    PERFORM FROM person p WHERE p.id = whom FOR NO KEY UPDATE;
    declared := ARRAY(
        SELECT b.account_id FROM interest_block b WHERE b.person_id = whom
        UNION SELECT b.account_id FROM interest_block b JOIN case_record c ON c.id = b.case_id WHERE c.person_id = whom
        UNION SELECT b.account_id FROM interest_block b JOIN relationship r ON r.harming_id = b.person_id
              WHERE r.harmed_id = whom);
    IF EXISTS (SELECT FROM case_record c WHERE c.person_id = whom AND c.restricted) THEN
        teams := ARRAY(SELECT DISTINCT t.account_id FROM case_record c JOIN case_team t ON t.case_id = c.id
                       WHERE c.person_id = whom AND c.restricted);
    END IF;
    held := declared <> '{}' OR teams IS NOT NULL;
    UPDATE person p SET withheld = held WHERE p.id = whom AND p.withheld <> held;
    UPDATE case_record c SET withheld = held WHERE c.person_id = whom AND c.withheld <> held;
    DELETE FROM withheld w WHERE w.because_of = whom;
    IF NOT held THEN RETURN; END IF;
    INSERT INTO withheld (subject_id, opens, accounts, partnership_id, because_of)
    SELECT s.id, l.opens, l.accounts, s.partnership_id, whom
    FROM (
        SELECT p.id, p.partnership_id, teams FROM person p WHERE p.id = whom
        UNION ALL
        SELECT c.id, c.partnership_id,
               CASE WHEN c.restricted THEN ARRAY(SELECT t.account_id FROM case_team t WHERE t.case_id = c.id)
                    ELSE teams END
        FROM case_record c WHERE c.person_id = whom
    ) AS s(id, partnership_id, open_to)
    CROSS JOIN LATERAL (VALUES (false, nullif(declared, '{}')), (true, s.open_to)) AS l(opens, accounts)
    WHERE l.accounts IS NOT NULL;
END $$;
GRANT EXECUTE ON FUNCTION app.withhold(uuid) TO drystone_definer;

-- Keeps true what is kept from other rows: what is withheld, and what sessions keep of their accounts' roles (0023).
-- Whoever changes it, also from two sides at once. Each branch first locks the person or the account that it is about,
-- so that of two changes the later one sees the earlier.
CREATE FUNCTION app.keep_derived() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    changed record;
    whom uuid;
BEGIN
    FOR changed IN SELECT (OLD).* WHERE TG_OP <> 'INSERT' UNION ALL SELECT (NEW).* WHERE TG_OP <> 'DELETE' LOOP
        CASE TG_TABLE_NAME
        WHEN 'case_record' THEN
            PERFORM FROM person p WHERE p.id = changed.person_id FOR NO KEY UPDATE;
            IF TG_OP <> 'INSERT' OR changed.restricted
               OR EXISTS (SELECT FROM withheld w WHERE w.because_of = changed.person_id) THEN
                PERFORM withhold(changed.person_id);
            END IF;
        WHEN 'case_team' THEN
            SELECT c.person_id INTO whom FROM case_record c WHERE c.id = changed.case_id;
            PERFORM FROM person p WHERE p.id = whom FOR NO KEY UPDATE;
            IF EXISTS (SELECT FROM case_record c WHERE c.id = changed.case_id AND c.restricted) THEN
                PERFORM withhold(whom);
            END IF;
        WHEN 'relationship' THEN
            PERFORM FROM person p WHERE p.id = changed.harming_id FOR NO KEY UPDATE;
            IF EXISTS (SELECT FROM interest_block b WHERE b.person_id = changed.harming_id) THEN
                PERFORM withhold(changed.harmed_id);
            END IF;
        WHEN 'interest_block' THEN
            SELECT c.person_id INTO whom FROM case_record c WHERE c.id = changed.case_id;
            whom := coalesce(changed.person_id, whom);
            PERFORM withhold(whom);
            PERFORM withhold(r.harmed_id) FROM relationship r WHERE r.harming_id = changed.person_id;
        WHEN 'role_assignment' THEN
            PERFORM FROM account a WHERE a.id = changed.account_id FOR NO KEY UPDATE;
            UPDATE session s SET kept_until = NULL WHERE s.account_id = changed.account_id;
        WHEN 'account' THEN
            UPDATE session s SET kept_until = NULL WHERE s.account_id = changed.id;
        END CASE;
    END LOOP;
    RETURN NULL;
END $$;
CREATE INDEX interest_block_by_person ON app.interest_block (person_id);
CREATE INDEX interest_block_by_case ON app.interest_block (case_id);
CREATE TRIGGER keeps_withheld AFTER INSERT OR DELETE OR UPDATE OF restricted, person_id ON app.case_record
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER keeps_withheld AFTER INSERT OR DELETE OR UPDATE ON app.case_team
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER keeps_withheld AFTER INSERT OR DELETE OR UPDATE OF harmed_id, harming_id ON app.relationship
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER keeps_withheld AFTER INSERT OR DELETE OR UPDATE ON app.interest_block
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
RESET ROLE;
SET ROLE drystone_migrator;
ALTER FUNCTION app.keep_derived() OWNER TO drystone_definer;
RESET ROLE;

SET ROLE drystone_definer;
SELECT app.withhold(id) FROM (
    SELECT b.person_id AS id FROM app.interest_block b
    UNION SELECT c.person_id FROM app.interest_block b JOIN app.case_record c ON c.id = b.case_id
    UNION SELECT r.harmed_id FROM app.interest_block b JOIN app.relationship r ON r.harming_id = b.person_id
    UNION SELECT c.person_id FROM app.case_record c WHERE c.restricted) AS concerned
WHERE id IS NOT NULL;
RESET ROLE;

SET ROLE drystone_owner;
-- The rule that takes away, on every column that names a person or a case. A row of a case is read by its case alone,
-- as all cases are withheld of whoever is: keys hold its person to the case's. What is added names its person, and is
-- asked then. (CASE, because PostgreSQL holds that `coalesce` might tell what it is given, and would then not look it up
-- in an index. OFFSET 0, or it would first ask about all that are withheld from anybody, to have them at hand.)
CREATE FUNCTION app.not_barred(guarded regclass, named text, otherwise text DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT format('NOT EXISTS (SELECT FROM app.withheld w WHERE w.subject_id = %s OFFSET 0)',
                  format(CASE WHEN otherwise IS NULL THEN '%1$s.%2$I'
                              ELSE 'CASE WHEN %1$s.%2$I IS NULL THEN %1$s.%3$I ELSE %1$s.%2$I END' END,
                         guarded, named, otherwise))
$$;
ALTER TABLE app.case_record ADD UNIQUE (id, person_id, agency_id);
CREATE FUNCTION app.barred_by_case(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ADD FOREIGN KEY (case_id, person_id, agency_id) '
                   'REFERENCES app.case_record (id, person_id, agency_id)', guarded);
    EXECUTE format('CREATE POLICY not_barred_case_id ON %s AS RESTRICTIVE TO drystone_app USING (%s)',
                   guarded, app.not_barred(guarded, 'case_id', 'person_id'));
    EXECUTE format('CREATE POLICY not_barred_person_id ON %s AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (%s)',
                   guarded, app.not_barred(guarded, 'person_id'));
END $$;
-- A list of people or of cases looks up those only that are withheld from somebody.
CREATE FUNCTION app.not_barred_itself(guarded regclass) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('NOT (withheld AND EXISTS (SELECT FROM app.withheld w WHERE w.subject_id = %s.id OFFSET 0))', guarded)
$$;
DROP POLICY not_barred_person_id ON app.case_record;
CREATE POLICY not_barred_person_id ON app.case_record AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (true);
DO $$
DECLARE p record;
BEGIN
    FOR p IN SELECT polrelid::regclass AS rel, polname, substr(polname, 12) AS named, polcmd AS cmd
             FROM pg_policy
             WHERE polname LIKE 'not\_barred\_%' LOOP
        EXECUTE format('ALTER POLICY %I ON %s %s (%s)', p.polname, p.rel,
                       CASE p.cmd WHEN 'a' THEN 'WITH CHECK' ELSE 'USING' END, app.not_barred(p.rel, p.named));
    END LOOP;
    FOR p IN SELECT polrelid::regclass AS rel FROM pg_policy WHERE polname = 'not_barred_id' LOOP
        EXECUTE format('ALTER POLICY not_barred_id ON %s USING (%s)', p.rel, app.not_barred_itself(p.rel));
        -- A new row says nothing of itself yet.
        EXECUTE format('CREATE POLICY not_barred_id_add ON %s AS RESTRICTIVE FOR INSERT TO drystone_app '
                       'WITH CHECK (%s)', p.rel, app.not_barred(p.rel, 'id'));
    END LOOP;
    FOR p IN SELECT o.polrelid::regclass AS rel FROM pg_policy o JOIN pg_policy q USING (polrelid)
             WHERE o.polname = 'not_barred_case_id' AND q.polname = 'not_barred_person_id'
               -- which may be to reach somebody else than the case is about
               AND o.polrelid <> 'app.contact_attempt'::regclass LOOP
        EXECUTE format('DROP POLICY not_barred_case_id ON %s', p.rel);
        EXECUTE format('DROP POLICY not_barred_person_id ON %s', p.rel);
        PERFORM app.barred_by_case(p.rel);
    END LOOP;
END $$;

-- Of casework, a row is within reach if it is an agency's where the viewer works, or of a case that is shared with one;
-- nobody writes another agency's. This takes away: no rule that gives can widen it. It asks one question, since
-- PostgreSQL prepares each `(SELECT ...)` of each policy for each table of a statement, also those that it never asks,
-- and that was most of what a page cost. Whose partnership the row is needs no other: reach comes from
-- `role_assignment`, and rows, roles and shares are held to their agency's partnership by foreign keys. What is written
-- names its partnership, and is asked then.
ALTER TABLE app.task ADD FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id);
CREATE INDEX task_by_agency ON app.task (agency_id, due_at);
CREATE FUNCTION app.within_reach(guarded regclass, shared_by text DEFAULT NULL) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    own text := 'agency_id = ANY ((SELECT app.viewer_reach())::uuid[])';
    shared text := format(CASE WHEN guarded = 'app.case_share'::regclass
        THEN 'with_agency_id = ANY (app.viewer_reach()) AND ends_at > now()'
        ELSE 'EXISTS (SELECT FROM app.case_share s WHERE s.case_id = %s.%I AND s.ends_at > now()
              AND s.with_agency_id = ANY (app.viewer_reach()))' END, guarded, coalesce(shared_by, 'id'));
BEGIN
    -- Shares are few for a case and asked for by every table that they widen: see `withheld`.
    IF guarded = 'app.case_share'::regclass THEN own := 'agency_id = ANY (app.viewer_reach())'; END IF;
    EXECUTE format('DROP POLICY own_partnership ON %s', guarded);
    EXECUTE format('CREATE POLICY own_partnership ON %s AS RESTRICTIVE FOR INSERT TO drystone_app '
                   'WITH CHECK (partnership_id = (SELECT app.viewer_partnership()))', guarded);
    EXECUTE format('CREATE POLICY own_partnership_kept ON %s AS RESTRICTIVE FOR UPDATE TO drystone_app '
                   'USING (partnership_id = (SELECT app.viewer_partnership()))', guarded);
    EXECUTE format('CREATE POLICY casework ON %s TO drystone_app USING (true)', guarded);
    IF shared_by IS NULL THEN
        EXECUTE format('CREATE POLICY own_agency ON %s AS RESTRICTIVE TO drystone_app USING (%s)', guarded, own);
        RETURN;
    END IF;
    EXECUTE format('CREATE POLICY own_or_shared ON %s AS RESTRICTIVE FOR SELECT TO drystone_app USING (%s OR %s)',
                   guarded, own, shared);
    EXECUTE format('CREATE POLICY own_agency_add ON %s AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (%s)',
                   guarded, own);
    EXECUTE format('CREATE POLICY own_agency_change ON %s AS RESTRICTIVE FOR UPDATE TO drystone_app USING (%s)',
                   guarded, own);
    EXECUTE format('CREATE POLICY own_agency_remove ON %s AS RESTRICTIVE FOR DELETE TO drystone_app USING (%s)',
                   guarded, own);
END $$;
-- A referral is also its sender's, who never works on it: it keeps its rules.
DO $$
DECLARE p record;
BEGIN
    FOR p IN SELECT o.polrelid::regclass AS rel,
                    CASE WHEN o.polrelid = 'app.case_record'::regclass THEN 'id'
                         WHEN o.polrelid = 'app.case_share'::regclass OR s.polname IS NOT NULL THEN 'case_id' END AS shared_by
             FROM pg_policy o LEFT JOIN pg_policy s ON s.polrelid = o.polrelid AND s.polname = 'shared'
             WHERE o.polname = 'own_agency' AND o.polrelid <> 'app.referral'::regclass
             -- the shares first: the others read them
             ORDER BY o.polrelid <> 'app.case_share'::regclass LOOP
        EXECUTE format('DROP POLICY own_agency ON %s', p.rel);
        EXECUTE format('DROP POLICY IF EXISTS shared ON %s', p.rel);
        PERFORM app.within_reach(p.rel, p.shared_by);
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION app.guard_casework(guarded regclass, case_column text, person_columns text[]) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE named text;
BEGIN
    PERFORM app.guard(guarded);
    PERFORM app.within_reach(guarded);
    IF case_column = 'case_id' AND 'person_id' = ANY (person_columns) THEN
        PERFORM app.barred_by_case(guarded);
        case_column := NULL;
        person_columns := array_remove(person_columns, 'person_id');
    END IF;
    FOREACH named IN ARRAY array_remove(person_columns || case_column, NULL) LOOP
        EXECUTE format('CREATE POLICY %I ON %s AS RESTRICTIVE TO drystone_app USING (%s)',
                       'not_barred_' || named, guarded, app.not_barred(guarded, named));
    END LOOP;
END $$;
RESET ROLE;
SET ROLE drystone_definer;
DROP FUNCTION app.viewer_shares();
REVOKE SELECT (case_id, with_agency_id, ends_at) ON app.case_share FROM drystone_definer;
RESET ROLE;

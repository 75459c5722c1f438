-- Who knows whom: what staff declare, what of it matches somebody on record, and what is sealed for it (decision 0016);
-- and who looked at whose record.
-- Matching and sealing run in the one trigger that keeps derived rows; no function more reads past the policies.
SET ROLE drystone_owner;

-- What a worker declares: somebody they know, or themselves under a name or number that the account doesn't have.
CREATE TABLE app.interest (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    about text NOT NULL CONSTRAINT interest_about CHECK (about IN ('other', 'myself')),
    given_name text NOT NULL CHECK (given_name <> ''),
    family_name text NOT NULL,
    -- Spelt as names on record are (0020).
    folded text NOT NULL GENERATED ALWAYS AS (app.fold(given_name || ' ' || family_name)) STORED,
    date_of_birth date,
    -- Blind indexes only: the number and the postcode themselves are not kept.
    phone_token bytea,
    postcode_token bytea,
    how text NOT NULL CHECK (length(how) BETWEEN 1 AND 1000),
    declared_at timestamptz NOT NULL DEFAULT now(),
    -- Off the worker's list, and no longer looked for. What is sealed for it stays.
    ended_at timestamptz,
    UNIQUE (id, partnership_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX interest_by_account ON app.interest (account_id, declared_at DESC);
CREATE INDEX interest_by_name ON app.interest (folded);
CREATE INDEX interest_by_phone ON app.interest (phone_token);
SELECT app.guard('app.interest');
CREATE POLICY declarer_sees ON app.interest FOR SELECT TO drystone_app
    USING (account_id = (SELECT app.viewer_account()));
CREATE POLICY declarer_adds ON app.interest FOR INSERT TO drystone_app
    WITH CHECK (account_id = (SELECT app.viewer_account()));
CREATE POLICY declarer_ends ON app.interest FOR UPDATE TO drystone_app
    USING (account_id = (SELECT app.viewer_account()) AND ended_at IS NULL)
    WITH CHECK (account_id = (SELECT app.viewer_account()));
CREATE POLICY officers_see ON app.interest FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
GRANT SELECT, INSERT (id, partnership_id, account_id, about, given_name, family_name, date_of_birth, phone_token,
    postcode_token, how), UPDATE (ended_at) ON app.interest TO drystone_app;

-- A worker and somebody on record who may be one whom they know. It holds what agreed, and nothing of the record.
CREATE TABLE app.interest_match (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- Nothing where the name of the account itself matched.
    interest_id uuid,
    -- The person on record.
    subject_id uuid NOT NULL,
    strength text NOT NULL CONSTRAINT match_strength CHECK (strength IN ('strong', 'weak')),
    agrees text[] NOT NULL,
    state text NOT NULL CONSTRAINT match_state CHECK (state IN ('open', 'sealed', 'notSame', 'ended')),
    matched_at timestamptz NOT NULL DEFAULT now(),
    -- A case of theirs has nobody in its agency who could take it over.
    uncovered boolean NOT NULL DEFAULT false,
    -- The first decision; nobody's where the match sealed at once.
    decided_by uuid,
    decided_at timestamptz,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
    ended_by uuid,
    ended_at timestamptz,
    ended_reason text NOT NULL DEFAULT '' CHECK (length(ended_reason) <= 1000),
    CONSTRAINT match_once UNIQUE (account_id, subject_id),
    CONSTRAINT match_decided CHECK ((decided_by IS NULL) = (decided_at IS NULL)
        AND (decided_by IS NULL OR reason <> '') AND (state <> 'notSame' OR decided_by IS NOT NULL)),
    CONSTRAINT match_ended CHECK ((state = 'ended') = (ended_by IS NOT NULL)
        AND (ended_by IS NULL) = (ended_at IS NULL) AND (ended_by IS NULL OR ended_reason <> '')),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (interest_id, partnership_id) REFERENCES app.interest (id, partnership_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (ended_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX interest_match_by_agency ON app.interest_match (agency_id);
CREATE INDEX interest_match_by_interest ON app.interest_match (interest_id);
CREATE INDEX interest_match_by_state ON app.interest_match (partnership_id, state, matched_at);

-- What data protection officers decide on or look through: never one's own, and never about somebody who is withheld
-- from the officer for an interest. A restricted case takes nothing away here: the row holds nothing of it.
CREATE FUNCTION app.guard_officers(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM app.guard(guarded);
    EXECUTE format('CREATE POLICY officers_see ON %s FOR SELECT TO drystone_app '
                   'USING (''dataProtectionOfficer'' = ANY ((SELECT app.viewer_roles())::text[]))', guarded);
    EXECUTE format('CREATE POLICY never_ones_own ON %s AS RESTRICTIVE TO drystone_app '
                   'USING (account_id <> (SELECT app.viewer_account()))', guarded);
    EXECUTE format('CREATE POLICY not_of_own_interest ON %1$s AS RESTRICTIVE TO drystone_app USING (NOT EXISTS '
                   '(SELECT FROM app.withheld w WHERE w.subject_id = %1$s.subject_id AND NOT w.opens OFFSET 0))',
                   guarded);
END $$;
GRANT SELECT (opens) ON app.withheld TO drystone_app;
SELECT app.guard_officers('app.interest_match');
CREATE POLICY officers_decide ON app.interest_match FOR UPDATE TO drystone_app
    USING (state IN ('open', 'sealed') AND 'dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]))
    WITH CHECK ((SELECT app.viewer_account()) = CASE state WHEN 'ended' THEN ended_by ELSE decided_by END);
GRANT SELECT, UPDATE (state, decided_by, decided_at, reason, ended_by, ended_at, ended_reason) ON app.interest_match
    TO drystone_app;

-- What the one trigger reads and writes.
CREATE INDEX person_name_by_folded ON app.person_name (folded);
-- Kept, not worked out by the index: whoever signs in changes the account, and may not run the function.
ALTER TABLE app.account ADD COLUMN folded text NOT NULL GENERATED ALWAYS AS (app.fold(full_name)) STORED;
CREATE INDEX account_by_name ON app.account (folded);
GRANT SELECT (folded) ON app.account TO drystone_definer;
GRANT SELECT (partnership_id) ON app.person_name, app.person_phone, app.person_address TO drystone_definer;
GRANT SELECT (id, partnership_id, account_id, folded, date_of_birth, phone_token, postcode_token, ended_at)
    ON app.interest TO drystone_definer;
GRANT SELECT, INSERT, UPDATE (interest_id, strength, agrees, state, matched_at, uncovered) ON app.interest_match
    TO drystone_definer;
GRANT SELECT (id), INSERT (id, partnership_id, account_id, person_id, reason), DELETE ON app.interest_block
    TO drystone_definer;
GRANT SELECT (agency_id, worker_id, closed_at, version), UPDATE (worker_id, version) ON app.case_record
    TO drystone_definer;
GRANT INSERT (partnership_id, agency_id, case_id, account_id) ON app.case_team TO drystone_definer;
GRANT SELECT (agency_id, owner_id), INSERT (case_id, owner_id), UPDATE (owner_id) ON app.task TO drystone_definer;

-- Compares some people on record with everybody of the staff. Strong: a recorded name and the date of birth, or the
-- telephone number with it. Weak: a name and the year of birth or the postcode; a number alone; a name alone that at
-- most three on record have, where nobody knows one of the two dates of birth. Two that match at the same moment are
-- seen: whoever comes second waits for the name.
CREATE FUNCTION app.match_people(people uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(k) FROM (
        SELECT DISTINCT hashtextextended(n.folded, 35) AS k FROM person_name n WHERE n.person_id = ANY (people)
        ORDER BY 1) AS named;
    -- Only saves time: hardly anybody on record has a name or number that one of the staff has or says. (OFFSET 0: looked
    -- up, not all of them read.)
    IF NOT EXISTS (
            SELECT FROM person_name n WHERE n.person_id = ANY (people)
              AND (EXISTS (SELECT FROM interest i WHERE i.folded = n.folded OFFSET 0)
                   OR EXISTS (SELECT FROM account a WHERE a.folded = n.folded OFFSET 0)))
       AND NOT EXISTS (
            SELECT FROM person_phone f JOIN interest i ON i.phone_token = f.number_token
            WHERE f.person_id = ANY (people)) THEN
        RETURN;
    END IF;
    INSERT INTO interest_match (id, partnership_id, agency_id, account_id, interest_id, subject_id, strength, agrees,
                                state)
    SELECT DISTINCT ON (g.account_id, g.person_id) gen_random_uuid(), g.partnership_id, g.agency_id, g.account_id,
           g.interest_id, g.person_id, CASE WHEN g.strong THEN 'strong' ELSE 'weak' END,
           array_remove(ARRAY[CASE WHEN g.named THEN 'name' END,
                              CASE WHEN g.birth THEN 'birth' WHEN g.year THEN 'birthYear' END,
                              CASE WHEN g.phone THEN 'phone' END, CASE WHEN g.postcode THEN 'postcode' END], NULL),
           CASE WHEN g.strong THEN 'sealed' ELSE 'open' END
    FROM (
        SELECT w.*, w.named AND (w.birth OR w.phone) AS strong
        FROM (
            SELECT p.id AS person_id, p.partnership_id, p.agency_id, h.account_id, h.interest_id, h.folded,
                   h.folded IS NOT NULL AS named,
                   coalesce(i.date_of_birth = p.date_of_birth, false) AS birth,
                   coalesce(extract(year FROM i.date_of_birth) = extract(year FROM p.date_of_birth), false) AS year,
                   i.date_of_birth IS NULL OR p.date_of_birth IS NULL AS undated,
                   EXISTS (SELECT FROM person_phone f
                           WHERE f.person_id = p.id AND f.number_token = i.phone_token) AS phone,
                   EXISTS (SELECT FROM person_address d
                           WHERE d.person_id = p.id AND d.postcode_token = i.postcode_token) AS postcode
            FROM (
                SELECT n.person_id, i.account_id, i.id AS interest_id, n.folded
                FROM person_name n JOIN interest i ON i.folded = n.folded AND i.partnership_id = n.partnership_id
                WHERE n.person_id = ANY (people)
                UNION
                SELECT n.person_id, a.id, NULL, n.folded
                FROM person_name n
                JOIN account a ON a.folded = n.folded AND a.partnership_id = n.partnership_id
                WHERE n.person_id = ANY (people)
                UNION
                SELECT f.person_id, i.account_id, i.id, NULL
                FROM person_phone f
                JOIN interest i ON i.phone_token = f.number_token AND i.partnership_id = f.partnership_id
                WHERE f.person_id = ANY (people)
            ) AS h
            JOIN person p ON p.id = h.person_id
            JOIN account a ON a.id = h.account_id AND (a.ended_at IS NULL OR a.ended_at > now())
            LEFT JOIN interest i ON i.id = h.interest_id
            WHERE i.ended_at IS NULL
        ) AS w
    ) AS g
    WHERE g.strong OR g.phone OR g.named AND (g.year OR g.postcode OR g.undated AND 3 >=
        (SELECT count(DISTINCT x.person_id) FROM person_name x
         WHERE x.folded = g.folded AND x.partnership_id = g.partnership_id))
    ORDER BY g.account_id, g.person_id, g.strong DESC, g.named DESC, g.year DESC, g.postcode DESC, g.phone DESC,
             g.interest_id
    -- A weak one grows strong, whatever was decided on what was known then; what an officer ended stays ended.
    ON CONFLICT ON CONSTRAINT match_once DO UPDATE SET strength = 'strong', agrees = excluded.agrees, state = 'sealed',
        interest_id = excluded.interest_id, matched_at = now()
    WHERE excluded.strength = 'strong' AND interest_match.strength = 'weak' AND interest_match.state IN
        ('open', 'notSame');
END $$;
GRANT EXECUTE ON FUNCTION app.match_people(uuid[]) TO drystone_definer;

-- No case is ever without a worker. Open cases of somebody whose worker they are now withheld from: a service manager
-- of the agency holds them (of a restricted case somebody of its team first), with all that was due, and is told.
CREATE FUNCTION app.cover_cases(whom uuid, barred uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    left_by record;
    taker uuid;
    today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    FOR left_by IN SELECT c.id, c.partnership_id, c.agency_id, c.worker_id, c.restricted FROM case_record c
                   WHERE c.person_id = whom AND c.closed_at IS NULL AND c.worker_id = ANY (barred) ORDER BY c.id LOOP
        SELECT r.account_id INTO taker
        FROM role_assignment r JOIN account a ON a.id = r.account_id AND (a.ended_at IS NULL OR a.ended_at > now())
        WHERE r.agency_id = left_by.agency_id AND r.starts_on <= today AND (r.ends_on IS NULL OR r.ends_on >= today)
          AND r.role IN ('serviceManager', 'idva', 'perpetratorWorker', 'helplineWorker', 'housingOfficer')
          AND r.account_id <> ALL (barred)
        ORDER BY left_by.restricted AND EXISTS (SELECT FROM case_team t WHERE t.case_id = left_by.id
                                                AND t.account_id = r.account_id) DESC,
                 r.role = 'serviceManager' DESC, r.role IN ('idva', 'perpetratorWorker') DESC, r.account_id LIMIT 1;
        IF taker IS NULL THEN
            PERFORM append_audit(gen_random_uuid(), left_by.partnership_id, NULL, left_by.agency_id, 'cover-missing',
                'case', left_by.id, NULL, '{}');
            UPDATE interest_match m SET uncovered = true
            WHERE m.account_id = left_by.worker_id AND m.state = 'sealed' AND NOT m.uncovered
              AND (m.subject_id = whom OR m.subject_id IN (SELECT r.harming_id FROM relationship r
                                                           WHERE r.harmed_id = whom));
            CONTINUE;
        END IF;
        UPDATE case_record c SET worker_id = taker, version = c.version + 1 WHERE c.id = left_by.id;
        UPDATE task t SET owner_id = taker
        WHERE t.case_id = left_by.id AND t.owner_id = left_by.worker_id AND t.done_at IS NULL;
        INSERT INTO task (id, partnership_id, agency_id, case_id, kind, detail, owner_id, started_at, due_at)
        VALUES (gen_random_uuid(), left_by.partnership_id, left_by.agency_id, left_by.id, 'toDo',
                'You hold this case for now: its worker can no longer work on it. Allocate it to a colleague. Don’t '
                    || 'speak of it with the worker it had.',
                taker, now(), now() + interval '4 hours');
        IF left_by.restricted THEN
            INSERT INTO case_team (partnership_id, agency_id, case_id, account_id)
            VALUES (left_by.partnership_id, left_by.agency_id, left_by.id, taker) ON CONFLICT DO NOTHING;
        END IF;
        PERFORM append_audit(gen_random_uuid(), left_by.partnership_id, NULL, left_by.agency_id, 'case-covered', 'case',
            left_by.id, NULL, '{}');
    END LOOP;
END $$;
GRANT EXECUTE ON FUNCTION app.cover_cases(uuid, uuid[]) TO drystone_definer;

-- Who looked at a record: its own agency's colleagues see that much of the log, of records that they see themselves.
-- The entries of sealings, decisions and searches are not among them.
CREATE POLICY seen_of_own ON app.audit_event FOR SELECT TO drystone_app USING (
    event IN ('person-viewed', 'timeline-viewed', 'timeline-printed', 'case-viewed', 'support-viewed', 'orders-viewed',
              'risk-viewed', 'safe-contact-revealed', 'address-revealed', 'document-opened', 'letter-opened',
              'safety-plan-viewed', 'safety-plan-opened')
    AND CASE subject_kind
        WHEN 'person' THEN EXISTS (SELECT FROM app.person p WHERE p.id = subject_id)
        WHEN 'case' THEN EXISTS (SELECT FROM app.case_record c JOIN app.person p ON p.id = c.person_id
                                 WHERE c.id = subject_id)
        ELSE false END);

-- Looks at records that somebody should look at, worked out for a day when an officer asks for it.
CREATE TABLE app.unusual_day (
    partnership_id uuid NOT NULL,
    day date NOT NULL,
    worked_out_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    PRIMARY KEY (partnership_id, day),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX unusual_day_by_account ON app.unusual_day (recorded_by);
CREATE TABLE app.unusual_access (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    day date NOT NULL,
    account_id uuid NOT NULL,
    -- The person on record; nothing where it is about how many.
    subject_id uuid,
    reasons text[] NOT NULL,
    -- How often they looked; or at how many people.
    times int NOT NULL,
    first_at timestamptz NOT NULL,
    FOREIGN KEY (partnership_id, day) REFERENCES app.unusual_day (partnership_id, day),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX unusual_access_by_day ON app.unusual_access (day, partnership_id);
CREATE INDEX unusual_access_by_account ON app.unusual_access (account_id);
SELECT app.guard_officers('app.unusual_access');
GRANT SELECT ON app.unusual_access TO drystone_app;
SELECT app.guard('app.unusual_day');
CREATE POLICY officers_see ON app.unusual_day FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY officers_ask ON app.unusual_day FOR INSERT TO drystone_app
    WITH CHECK ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY officers_ask_again ON app.unusual_day FOR UPDATE TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
SELECT app.guard_author('app.unusual_day', 'recorded_by');
GRANT SELECT, INSERT (partnership_id, day, recorded_by), UPDATE (worked_out_at) ON app.unusual_day TO drystone_app;
GRANT SELECT, INSERT, DELETE ON app.unusual_access TO drystone_definer;
GRANT SELECT (partnership_id, at, account_id, event, subject_kind) ON app.audit_event TO drystone_definer;
GRANT SELECT (created_by) ON app.person TO drystone_definer;
GRANT SELECT (recorded_by) ON app.contact TO drystone_definer;
GRANT SELECT (opened_by) ON app.case_record TO drystone_definer;
GRANT SELECT (written_by) ON app.case_note TO drystone_definer;
GRANT SELECT (case_id, recorded_by) ON app.contact_attempt TO drystone_definer;
GRANT SELECT (assessed_by) ON app.risk_assessment TO drystone_definer;
GRANT SELECT (about) ON app.interest TO drystone_definer;

-- Whoever looked that day at somebody of their own surname or postcode, or at somebody with whom they had nothing to do
-- (no case, contact, note, attempt, assessment or task of theirs, and not the record's service manager); and whoever
-- looked at more than forty people.
CREATE FUNCTION app.review_day(here uuid, on_day date) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    DELETE FROM unusual_access u WHERE u.partnership_id = here AND u.day = on_day;
    WITH looks AS (
        SELECT e.account_id, coalesce(c.person_id, e.subject_id) AS person_id, e.at
        FROM audit_event e LEFT JOIN case_record c ON e.subject_kind = 'case' AND c.id = e.subject_id
        WHERE e.partnership_id = here AND e.account_id IS NOT NULL AND e.subject_id IS NOT NULL
          AND e.event IN ('person-viewed', 'timeline-viewed', 'timeline-printed', 'case-viewed', 'address-revealed',
                          'safe-contact-revealed', 'safety-plan-opened', 'document-opened')
          AND e.at >= on_day::timestamp AT TIME ZONE 'Europe/London'
          AND e.at < (on_day + 1)::timestamp AT TIME ZONE 'Europe/London'
    ), pairs AS (
        SELECT l.account_id, l.person_id, count(*)::int AS times, min(l.at) AS first_at
        FROM looks l GROUP BY l.account_id, l.person_id
    ), judged AS (
        SELECT l.*, array_remove(ARRAY[
            CASE WHEN EXISTS (
                SELECT FROM person_name n WHERE n.person_id = l.person_id AND n.family_name <> ''
                  AND fold(n.family_name) = fold(substring(a.full_name FROM '[^ ]+$'))) THEN 'surname' END,
            CASE WHEN EXISTS (
                SELECT FROM person_address d JOIN interest i ON i.postcode_token = d.postcode_token
                WHERE d.person_id = l.person_id AND i.account_id = l.account_id AND i.about = 'myself')
                THEN 'postcode' END,
            CASE WHEN NOT (p.created_by = l.account_id
                OR EXISTS (SELECT FROM role_assignment r WHERE r.account_id = l.account_id
                           AND r.agency_id = p.agency_id AND r.role = 'serviceManager')
                OR EXISTS (SELECT FROM contact k WHERE k.person_id = p.id AND k.recorded_by = l.account_id)
                OR EXISTS (SELECT FROM task t WHERE t.person_id = p.id AND t.owner_id = l.account_id)
                OR EXISTS (SELECT FROM risk_assessment x WHERE x.person_id = p.id AND x.assessed_by = l.account_id)
                OR EXISTS (SELECT FROM case_record c WHERE (c.person_id = p.id
                               OR c.person_id IN (SELECT b.harmed_id FROM relationship b WHERE b.harming_id = p.id))
                           AND (l.account_id IN (c.worker_id, c.opened_by)
                    OR EXISTS (SELECT FROM case_team m WHERE m.case_id = c.id AND m.account_id = l.account_id)
                    OR EXISTS (SELECT FROM case_note n WHERE n.case_id = c.id AND n.written_by = l.account_id)
                    OR EXISTS (SELECT FROM contact_attempt w WHERE w.case_id = c.id AND w.recorded_by = l.account_id)
                    OR EXISTS (SELECT FROM task t WHERE t.case_id = c.id AND t.owner_id = l.account_id))))
                THEN 'nothingToDo' END], NULL) AS reasons
        FROM pairs l JOIN person p ON p.id = l.person_id JOIN account a ON a.id = l.account_id
    )
    INSERT INTO unusual_access (id, partnership_id, day, account_id, subject_id, reasons, times, first_at)
    SELECT gen_random_uuid(), here, on_day, j.account_id, j.person_id, j.reasons, j.times, j.first_at
    FROM judged j WHERE j.reasons <> '{}'
    UNION ALL
    SELECT gen_random_uuid(), here, on_day, l.account_id, NULL, '{bulk}', count(*)::int, min(l.first_at)
    FROM pairs l GROUP BY l.account_id HAVING count(*) > 40;
END $$;
GRANT EXECUTE ON FUNCTION app.review_day(uuid, date) TO drystone_definer;

-- As before (0022); and whoever it is withheld from now holds none of the cases.
CREATE OR REPLACE FUNCTION app.withhold(whom uuid) RETURNS void
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
    IF declared <> '{}' THEN PERFORM cover_cases(whom, declared); END IF;
END $$;
RESET ROLE;

SET ROLE drystone_definer;
-- As before (0022), and what is matched and sealed.
CREATE OR REPLACE FUNCTION app.keep_derived() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    changed record;
    whom uuid;
BEGIN
    -- At the end of a transaction, when all of it is written: whoever records somebody whom they know has then said all
    -- that they had to say.
    IF TG_NAME = 'matches_people' THEN
        CASE TG_TABLE_NAME
        WHEN 'interest' THEN
            PERFORM pg_advisory_xact_lock(hashtextextended(NEW.folded, 35));
            PERFORM match_people(ARRAY(
                SELECT n.person_id FROM person_name n
                WHERE n.folded = NEW.folded AND n.partnership_id = NEW.partnership_id
                UNION SELECT f.person_id FROM person_phone f
                WHERE f.number_token = NEW.phone_token AND f.partnership_id = NEW.partnership_id));
        WHEN 'account' THEN
            PERFORM pg_advisory_xact_lock(hashtextextended(NEW.folded, 35));
            PERFORM match_people(ARRAY(
                SELECT n.person_id FROM person_name n
                WHERE n.folded = NEW.folded AND n.partnership_id = NEW.partnership_id));
        WHEN 'person' THEN PERFORM match_people(ARRAY[NEW.id]);
        ELSE PERFORM match_people(ARRAY[NEW.person_id]);
        END CASE;
        RETURN NULL;
    ELSIF TG_NAME = 'seals_match' THEN
        IF NEW.state = 'sealed' THEN
            INSERT INTO interest_block (id, partnership_id, account_id, person_id, reason)
            VALUES (NEW.id, NEW.partnership_id, NEW.account_id, NEW.subject_id, 'Matched') ON CONFLICT DO NOTHING;
            IF NEW.decided_by IS NULL THEN
                PERFORM append_audit(gen_random_uuid(), NEW.partnership_id, NULL, NEW.agency_id, 'interest-sealed',
                    'person', NEW.subject_id, NULL, '{}');
            END IF;
        ELSE
            DELETE FROM interest_block b WHERE b.id = NEW.id;
        END IF;
        RETURN NULL;
    ELSIF TG_NAME = 'reviews_day' THEN
        PERFORM review_day(NEW.partnership_id, NEW.day);
        RETURN NULL;
    -- What the two call is made where their tables are (0041).
    ELSIF TG_NAME = 'carries_across' THEN
        PERFORM carry_across(NEW);
        RETURN NULL;
    ELSIF TG_NAME = 'checks_group' THEN
        PERFORM check_group(NEW);
        RETURN NULL;
    END IF;
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
RESET ROLE;

SET ROLE drystone_owner;
CREATE TRIGGER seals_match AFTER INSERT OR UPDATE OF state ON app.interest_match
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER reviews_day AFTER INSERT OR UPDATE ON app.unusual_day
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
-- A case that is given to somebody from whom it is withheld goes on to somebody else.
CREATE TRIGGER keeps_cover AFTER UPDATE OF worker_id ON app.case_record
    FOR EACH ROW WHEN (NEW.withheld AND NEW.worker_id IS DISTINCT FROM OLD.worker_id)
    EXECUTE FUNCTION app.keep_derived();
CREATE CONSTRAINT TRIGGER matches_people AFTER INSERT ON app.interest DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
-- Not for what is loaded in bulk: what is declared is loaded after it, and looks through it.
CREATE CONSTRAINT TRIGGER matches_people AFTER INSERT OR UPDATE OF full_name ON app.account
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_user <> 'drystone_loader')
    EXECUTE FUNCTION app.keep_derived();
CREATE CONSTRAINT TRIGGER matches_people AFTER UPDATE OF date_of_birth ON app.person DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user <> 'drystone_loader' AND NEW.date_of_birth IS DISTINCT FROM OLD.date_of_birth)
    EXECUTE FUNCTION app.keep_derived();
CREATE CONSTRAINT TRIGGER matches_people AFTER INSERT OR UPDATE OF given_name, family_name ON app.person_name
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (current_user <> 'drystone_loader')
    EXECUTE FUNCTION app.keep_derived();
CREATE CONSTRAINT TRIGGER matches_people AFTER INSERT ON app.person_phone DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user <> 'drystone_loader') EXECUTE FUNCTION app.keep_derived();
CREATE CONSTRAINT TRIGGER matches_people AFTER INSERT ON app.person_address DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (current_user <> 'drystone_loader') EXECUTE FUNCTION app.keep_derived();
RESET ROLE;

-- Whoever has an account already.
SET ROLE drystone_definer;
SELECT app.match_people(ARRAY(
    SELECT n.person_id FROM app.account a
    JOIN app.person_name n ON n.folded = a.folded AND n.partnership_id = a.partnership_id));
RESET ROLE;

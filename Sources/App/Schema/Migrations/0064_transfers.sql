-- A case goes to another agency, or is handed over to a colleague (decision 22). It stays where it is, with its worker
-- and its clocks, until whoever is to have it says yes. Then the receiver has a case of their own that goes on from it,
-- and all of the old one to read; the sender reads the old one for some days more, and then it is gone from them.
SET ROLE drystone_owner;

CREATE TABLE app.case_transfer (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    -- Whose case it is.
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT transfer_kind CHECK (kind IN ('agency', 'stepDown')),
    to_agency_id uuid NOT NULL,
    -- Within the agency: the colleague who is to have it.
    to_account_id uuid,
    -- Who it is about, how to be in touch safely, and what to know first. Sealed; gone once it is answered.
    told_sealed bytea,
    -- What was told of safe contact no longer holds: it has to be told anew before anybody says yes.
    stale boolean NOT NULL DEFAULT false,
    risk text NOT NULL CHECK (risk IN ('notAssessed', 'standard', 'medium', 'high')),
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 500),
    basis text NOT NULL CONSTRAINT transfer_basis CHECK (basis IN
        ('safeguarding', 'preventCrime', 'legalObligation', 'vitalInterests', 'health', 'legitimateInterests',
         'explicitConsent')),
    necessity text NOT NULL CHECK (length(necessity) BETWEEN 1 AND 2000),
    asked text NOT NULL CONSTRAINT transfer_asked CHECK (asked IN
        ('consent', 'notAsked', 'refused', 'unable', 'within')),
    consent_id uuid,
    -- For so many days after it has moved the sender reads it.
    tail_days int NOT NULL CONSTRAINT transfer_tail CHECK (tail_days BETWEEN 0 AND 90),
    due_at timestamptz NOT NULL,
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    outcome text CONSTRAINT transfer_outcome CHECK (outcome IN ('accepted', 'rejected', 'revoked')),
    answered_at timestamptz,
    answered_by uuid,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
    -- Of one that was accepted. (`move_case` sees to it that the case is the receiver's.)
    worker_id uuid,
    new_case_id uuid,
    tail_ends_at timestamptz,
    CONSTRAINT transfer_to_another CHECK ((kind = 'agency') = (to_agency_id <> agency_id)),
    CONSTRAINT transfer_to_somebody CHECK ((kind = 'stepDown') = (to_account_id IS NOT NULL)),
    CONSTRAINT transfer_within CHECK ((kind = 'stepDown') = (asked = 'within')),
    CONSTRAINT transfer_on_consent CHECK (asked = 'consent' OR consent_id IS NULL),
    CONSTRAINT transfer_answered CHECK (num_nulls(outcome, answered_at, answered_by) IN (0, 3)
        AND (outcome IS NULL OR outcome = 'accepted' OR reason <> '')),
    CONSTRAINT transfer_told CHECK (outcome IS NOT NULL OR told_sealed IS NOT NULL),
    CONSTRAINT transfer_taken CHECK ((outcome IS NOT DISTINCT FROM 'accepted') = (worker_id IS NOT NULL)),
    CONSTRAINT transfer_moved CHECK ((worker_id IS NOT NULL AND kind = 'agency') = (new_case_id IS NOT NULL)
        AND (new_case_id IS NULL) = (tail_ends_at IS NULL)),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (to_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (consent_id, case_id, agency_id) REFERENCES app.consent (id, case_id, agency_id)
        ON DELETE SET NULL (consent_id),
    FOREIGN KEY (to_account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (worker_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (proposed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (answered_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX transfer_waits_once ON app.case_transfer (case_id, agency_id) WHERE outcome IS NULL;
CREATE INDEX transfer_by_case ON app.case_transfer (case_id, proposed_at DESC);
CREATE INDEX transfer_by_person ON app.case_transfer (person_id);
CREATE INDEX transfer_by_sender ON app.case_transfer (agency_id, proposed_at DESC);
CREATE INDEX transfer_by_receiver ON app.case_transfer (to_agency_id, proposed_at DESC);
CREATE INDEX transfer_waiting ON app.case_transfer (to_agency_id, due_at, id) WHERE outcome IS NULL;
CREATE INDEX transfer_by_consent ON app.case_transfer (consent_id);
CREATE INDEX transfer_by_new_case ON app.case_transfer (new_case_id);
CREATE INDEX transfer_by_account ON app.case_transfer (to_account_id);
CREATE INDEX transfer_by_worker ON app.case_transfer (worker_id);

SELECT app.guard('app.case_transfer');
SELECT app.barred_by_case('app.case_transfer');
SELECT app.guard_author('app.case_transfer', 'proposed_by');
DO $$
BEGIN
    EXECUTE format('CREATE POLICY not_barred_new_case_id ON app.case_transfer AS RESTRICTIVE TO drystone_app '
                   'USING (%s)', app.not_barred('app.case_transfer', 'new_case_id'));
END $$;
CREATE POLICY either_side ON app.case_transfer FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR to_agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
CREATE POLICY sender_proposes ON app.case_transfer FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
-- Answered by nobody yet, never across the wall; to another agency with an agreement that is for it, or by a manager.
CREATE POLICY as_proposed ON app.case_transfer AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (
    outcome IS NULL AND new_case_id IS NULL AND worker_id IS NULL AND (asked = 'consent') = (consent_id IS NOT NULL)
    AND (SELECT a.side FROM app.agency a WHERE a.id = case_transfer.to_agency_id)
        = (SELECT g.side FROM app.agency g WHERE g.id = case_transfer.agency_id)
    AND CASE WHEN kind = 'stepDown' THEN true
        WHEN consent_id IS NULL THEN 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])
        ELSE EXISTS (SELECT FROM app.consent k WHERE k.id = case_transfer.consent_id AND k.withdrawn_at IS NULL
                       AND k.ends_at > now() AND k.to_agency_id = case_transfer.to_agency_id) END);
-- Answered once: taken back by the sender, accepted or not by the receiver. Until then the sender tells anew.
CREATE POLICY either_answers ON app.case_transfer FOR UPDATE TO drystone_app
    USING (outcome IS NULL AND (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR to_agency_id = ANY ((SELECT app.viewer_reach())::uuid[])))
    WITH CHECK (CASE WHEN outcome IS NULL THEN agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        ELSE answered_by = (SELECT app.viewer_account())
            AND CASE outcome WHEN 'revoked' THEN agency_id ELSE to_agency_id END
                = ANY ((SELECT app.viewer_reach())::uuid[]) END);
GRANT SELECT, INSERT ON app.case_transfer TO drystone_app;
GRANT UPDATE (told_sealed, stale, outcome, answered_at, answered_by, reason, worker_id, new_case_id, tail_ends_at)
    ON app.case_transfer TO drystone_app;

-- A task may be about a transfer: the receiver has no case yet. Whoever may not see the one sees nothing of the other.
-- (No key leads to it: the transfer is the sender's, the task the receiver's.)
ALTER TABLE app.task ADD COLUMN transfer_id uuid,
    DROP CONSTRAINT task_about_something,
    ADD CONSTRAINT task_about_something
        CHECK (num_nonnulls(case_id, person_id, contact_id, across_id, transfer_id) > 0);
CREATE INDEX task_by_transfer ON app.task (transfer_id);
CREATE POLICY of_seen_transfer ON app.task AS RESTRICTIVE TO drystone_app USING (
    transfer_id IS NULL OR EXISTS (SELECT FROM app.case_transfer t WHERE t.id = task.transfer_id OFFSET 0));
SELECT app.add_task_kinds('transfer');
DROP INDEX app.task_of_shift;
CREATE INDEX task_of_shift ON app.task (agency_id, (kind NOT IN ('warning', 'callBack')), due_at, id)
    WHERE done_at IS NULL
    AND (kind IN ('callBack', 'promise', 'warning', 'dutyContact', 'closing', 'transfer')
         OR kind = 'review' AND case_id IS NULL);

-- What the sender did, as numbers, from the day on which the case itself is gone from them.
CREATE TABLE app.moved_output (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    measure text NOT NULL CHECK (measure IN ('assessments', 'opened', 'closed', 'telephone', 'faceToFace')),
    at timestamptz NOT NULL,
    counts_from timestamptz NOT NULL,
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX moved_output_by_agency ON app.moved_output (agency_id, at);
SELECT app.guard_casework('app.moved_output', NULL, '{}');
GRANT SELECT ON app.moved_output TO drystone_app;
GRANT INSERT ON app.moved_output TO drystone_definer;
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('app.team_outputs(timestamptz[], timestamptz[])'::regprocedure),
        E'AND f.happened_at >= p.since AND f.happened_at < p.til\n        ) AS c;',
        E'AND f.happened_at >= p.since AND f.happened_at < p.til\n        ) AS c;\n'
        '    RETURN QUERY\n'
        '        SELECT p.ordinality::int, m.measure, count(*)\n'
        '        FROM unnest(froms, untils) WITH ORDINALITY AS p(since, til, ordinality)\n'
        '        JOIN moved_output m ON m.agency_id = ANY (managed) AND m.at >= p.since AND m.at < p.til\n'
        '         AND m.counts_from <= now()\n'
        '        GROUP BY 1, 2;');
END $$;

-- Once it has moved, the sender's side writes nothing on it; what stood on somebody's list may still be ticked off.
CREATE FUNCTION app.stays_as_moved() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM case_transfer t
               WHERE t.case_id = (to_jsonb(NEW) ->> TG_ARGV[0])::uuid AND t.new_case_id IS NOT NULL) THEN
        RAISE EXCEPTION 'moved to another agency' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
GRANT EXECUTE ON FUNCTION app.stays_as_moved() TO drystone_app;
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT DISTINCT polrelid::regclass FROM pg_policy WHERE polname = 'not_barred_case_id'
        AND polrelid <> ALL ('{app.case_transfer,app.task,app.emergency_access}'::regclass[]) LOOP
        EXECUTE format('CREATE TRIGGER stays_as_moved BEFORE INSERT OR UPDATE ON %s FOR EACH ROW '
                       'WHEN (current_user = ''drystone_app'' AND NEW.case_id IS NOT NULL) '
                       'EXECUTE FUNCTION app.stays_as_moved(''case_id'')', part);
    END LOOP;
END $$;
CREATE TRIGGER stays_as_moved BEFORE UPDATE ON app.case_record FOR EACH ROW
    WHEN (current_user = 'drystone_app') EXECUTE FUNCTION app.stays_as_moved('id');

-- What waits is over when the case is closed, or withheld from the other agency; and is to be told anew when what she
-- says of safe contact changes. Both as whoever does it, at the sender's.
CREATE FUNCTION app.keep_transfer() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'case_record' THEN
        UPDATE case_transfer t SET outcome = 'revoked', answered_at = now(), answered_by = viewer_account(),
            told_sealed = NULL, reason = CASE WHEN NEW.closed_at IS NULL THEN 'Only its team may see the case now'
                          ELSE 'The case was closed' END
        WHERE t.case_id = NEW.id AND t.outcome IS NULL AND (NEW.closed_at IS NOT NULL OR t.kind = 'agency');
    ELSE
        UPDATE case_transfer t SET stale = true WHERE t.person_id = NEW.person_id AND t.outcome IS NULL;
    END IF;
    RETURN NULL;
END $$;
GRANT EXECUTE ON FUNCTION app.keep_transfer() TO drystone_app;
CREATE TRIGGER keeps_transfer AFTER UPDATE OF closed_at, restricted ON app.case_record FOR EACH ROW
    WHEN (current_user = 'drystone_app' AND (NEW.closed_at IS NOT NULL OR NEW.restricted AND NOT OLD.restricted))
    EXECUTE FUNCTION app.keep_transfer();
CREATE TRIGGER keeps_transfer AFTER INSERT ON app.safe_contact FOR EACH ROW
    WHEN (current_user = 'drystone_app') EXECUTE FUNCTION app.keep_transfer();

-- What the receiver reads of a case that came to them: all that a share or an emergency may show, for as long as it is
-- kept.
CREATE OR REPLACE FUNCTION app.shown_to_viewer(part text) RETURNS uuid[]
LANGUAGE plpgsql STABLE COST 1000 SET search_path = app, pg_temp AS $$
BEGIN
    RETURN shares_show(part) || ARRAY(
        SELECT e.case_id FROM emergency_access e
        WHERE part <> 'agreed' AND e.account_id = viewer_account() AND e.ends_at > now() AND e.case_id IS NOT NULL)
        || ARRAY(
        SELECT t.case_id FROM case_transfer t
        WHERE part <> 'agreed' AND t.new_case_id IS NOT NULL AND t.to_agency_id = ANY (viewer_reach()));
END $$;

-- Gone from the sender: a row of `withheld` that holds from a moment on, for all but the receiver's people.
ALTER TABLE app.withheld DROP CONSTRAINT withheld_pkey,
    ADD COLUMN moved boolean NOT NULL DEFAULT false,
    ADD COLUMN moved_to uuid,
    ADD COLUMN hidden_from timestamptz,
    ADD CONSTRAINT withheld_moved CHECK (moved = (moved_to IS NOT NULL) AND moved = (hidden_from IS NOT NULL)),
    ADD PRIMARY KEY (subject_id, opens, moved);
ALTER POLICY from_viewer ON app.withheld USING (
    CASE WHEN moved THEN hidden_from <= now() AND NOT (moved_to = ANY (app.viewer_reach()))
         ELSE (app.viewer_account() = ANY (accounts)) <> opens END);
GRANT SELECT ON app.case_transfer TO drystone_definer;

-- As before (0035), and cases that have moved: they, and the person when none of theirs is left here.
CREATE OR REPLACE FUNCTION app.withhold(whom uuid) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    declared uuid[];
    teams uuid[];
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
    DELETE FROM withheld w WHERE w.because_of = whom;
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
    INSERT INTO withheld (subject_id, opens, moved, accounts, partnership_id, because_of, moved_to, hidden_from)
    SELECT t.case_id, true, true, '{}'::uuid[], t.partnership_id, whom, t.to_agency_id, t.tail_ends_at
    FROM case_transfer t WHERE t.person_id = whom AND t.new_case_id IS NOT NULL
    UNION ALL
    (SELECT whom, true, true, '{}'::uuid[], t.partnership_id, whom, t.to_agency_id, t.tail_ends_at
     FROM case_transfer t WHERE t.person_id = whom AND t.new_case_id IS NOT NULL AND NOT EXISTS (
         SELECT FROM case_record c WHERE c.person_id = whom AND NOT EXISTS (
             SELECT FROM case_transfer m WHERE m.case_id = c.id AND m.new_case_id IS NOT NULL))
     ORDER BY t.tail_ends_at DESC, t.id LIMIT 1);
    UPDATE person p SET withheld = NOT p.withheld
    WHERE p.id = whom AND p.withheld <> EXISTS (SELECT FROM withheld w WHERE w.subject_id = p.id);
    UPDATE case_record c SET withheld = NOT c.withheld
    WHERE c.person_id = whom AND c.withheld <> EXISTS (SELECT FROM withheld w WHERE w.subject_id = c.id);
    IF declared <> '{}' THEN PERFORM cover_cases(whom, declared); END IF;
END $$;

-- The same, worked out.
CREATE FUNCTION app.moved_from_viewer() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 5 SET search_path = app, pg_temp AS $$
DECLARE
    me uuid := viewer_account();
    reach uuid[] := viewer_reach();
BEGIN
    RETURN QUERY
        SELECT t.case_id FROM case_transfer t JOIN account a ON a.id = me AND a.partnership_id = t.partnership_id
        WHERE t.tail_ends_at <= now() AND t.to_agency_id <> ALL (reach)
        UNION ALL
        SELECT w.person_id FROM (
            SELECT DISTINCT ON (t.person_id) t.person_id, t.to_agency_id, t.tail_ends_at
            FROM case_transfer t JOIN account a ON a.id = me AND a.partnership_id = t.partnership_id
            WHERE t.new_case_id IS NOT NULL ORDER BY t.person_id, t.tail_ends_at DESC, t.id) w
        WHERE w.tail_ends_at <= now() AND w.to_agency_id <> ALL (reach) AND NOT EXISTS (
            SELECT FROM case_record c WHERE c.person_id = w.person_id AND NOT EXISTS (
                SELECT FROM case_transfer m WHERE m.case_id = c.id AND m.new_case_id IS NOT NULL));
END $$;
GRANT EXECUTE ON FUNCTION app.moved_from_viewer() TO drystone_definer;
CREATE INDEX transfer_moved ON app.case_transfer (person_id, tail_ends_at) WHERE new_case_id IS NOT NULL;

-- Asked: on the receiver's list. (All that follows runs as the definer: neither side writes the other's rows.)
CREATE FUNCTION app.ask_transfer(one app.case_transfer) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    INSERT INTO task (id, partnership_id, agency_id, transfer_id, kind, detail, owner_id, started_at, due_at)
    VALUES (gen_random_uuid(), one.partnership_id, one.to_agency_id, one.id, 'transfer',
            CASE one.kind WHEN 'stepDown' THEN 'A colleague hands a case over to you: open it and say yes or no'
                 ELSE 'Another agency asks you to take a case over: open it and say yes or no' END,
            one.to_account_id, one.proposed_at, one.due_at);
END $$;

-- A row as it goes over: the same, of the receiver's case and person, under a number of its own.
CREATE FUNCTION app.carried(part jsonb, one app.case_transfer, whom uuid) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT part || jsonb_build_object('agency_id', (one).to_agency_id, 'person_id', whom) || coalesce((
        SELECT jsonb_object_agg(k, md5((one).id::text || (part ->> k))::uuid)
        FROM unnest('{id,risk_id,need_id,order_id,matter_id}'::text[]) AS k WHERE part ->> k IS NOT NULL), '{}')
        || CASE WHEN part ? 'case_id' THEN jsonb_build_object('case_id', (one).new_case_id) ELSE '{}' END
        || CASE WHEN part ? 'wording_id' THEN '{"wording_id":null,"contact_id":null}'::jsonb ELSE '{}' END
        -- Assessed elsewhere, by whom: it counts with whoever did it.
        || CASE WHEN part ? 'received_day' AND part ->> 'received_day' IS NULL THEN jsonb_build_object(
               'received_day', ((part ->> 'assessed_at')::timestamptz AT TIME ZONE 'Europe/London')::date,
               'assessor', left((SELECT coalesce(a.full_name, '') || ', ' || g.name FROM app.agency g
                                 LEFT JOIN app.account a ON a.id = (part ->> 'assessed_by')::uuid
                                 WHERE g.id = (one).agency_id), 200)) ELSE '{}' END
$$;
CREATE FUNCTION app.carry_rows(part text, one app.case_transfer, whom uuid) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    listed text;
    condition text := 't.person_id = $2';
BEGIN
    SELECT string_agg(quote_ident(attname), ', ') INTO listed FROM pg_attribute
    WHERE attrelid = ('app.' || part)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ('app.' || part)::regclass AND attname = 'case_id') THEN
        condition := '(t.case_id = $1 OR t.case_id IS NULL AND t.person_id = $2)';
    END IF;
    IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = ('app.' || part)::regclass AND attname = 'risk_id') THEN
        condition := condition || ' AND (t.risk_id IS NULL OR EXISTS ('
            || 'SELECT FROM risk_assessment x WHERE x.id = t.risk_id'
            || ' AND (x.case_id = $1 OR x.case_id IS NULL AND x.person_id = $2)))';
    END IF;
    EXECUTE format('INSERT INTO %1$I (%2$s) SELECT %3$s FROM %1$I t CROSS JOIN LATERAL '
                   'jsonb_populate_record(NULL::%1$I, carried(to_jsonb(t), $3, $4)) AS r WHERE %4$s',
                   part, listed, regexp_replace(listed, '(^|, )', '\1r.', 'g'), condition)
    USING one.case_id, one.person_id, one, whom;
END $$;

-- Accepted: the sender's case ends, what was shared of it ends with it; the receiver's goes on with the same grade and
-- clock, assessments, MARAC papers, orders, matters, needs, and what was due.
CREATE FUNCTION app.move_case(one app.case_transfer) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    old case_record;
    whom uuid;
    part text;
    ending uuid := gen_random_uuid();
    receiver text := (SELECT g.name FROM agency g WHERE g.id = one.to_agency_id);
BEGIN
    SELECT * INTO old FROM case_record c WHERE c.id = one.case_id FOR UPDATE;
    SELECT c.person_id INTO whom FROM case_record c WHERE c.id = one.new_case_id AND c.agency_id = one.to_agency_id;
    IF whom IS NULL OR old.closed_at IS NOT NULL OR old.restricted THEN
        RAISE EXCEPTION 'not to be moved' USING ERRCODE = '23514', CONSTRAINT = 'transfer_moved';
    END IF;
    UPDATE case_record c SET risk = old.risk, clock_started_at = old.clock_started_at,
        first_contact_due = old.first_contact_due, first_contact_at = old.first_contact_at,
        no_safe_time = old.no_safe_time, next_due = old.next_due
    WHERE c.id = one.new_case_id;
    FOREACH part IN ARRAY ARRAY['risk_assessment', 'risk_confirmation', 'marac_decision', 'marac_referral',
        'police_incident', 'need', 'need_change', 'legal_order', 'legal_order_change', 'order_breach', 'legal_matter',
        'matter_entry'] LOOP
        PERFORM carry_rows(part, one, whom);
    END LOOP;
    INSERT INTO task (id, partnership_id, agency_id, case_id, person_id, matter_id, kind, detail, owner_id, started_at,
                      due_at)
    SELECT gen_random_uuid(), t.partnership_id, one.to_agency_id,
           CASE WHEN t.case_id IS NOT NULL THEN one.new_case_id END, CASE WHEN t.person_id IS NOT NULL THEN whom END,
           CASE WHEN t.matter_id IS NOT NULL THEN md5(one.id::text || t.matter_id)::uuid END, t.kind, t.detail,
           one.worker_id, t.started_at, t.due_at
    FROM task t
    WHERE (t.case_id = old.id OR t.case_id IS NULL AND t.person_id = old.person_id) AND t.done_at IS NULL
      AND t.contact_id IS NULL AND t.across_id IS NULL AND t.kind NOT IN ('dataSet', 'closing');
    INSERT INTO moved_output (id, partnership_id, agency_id, measure, at, counts_from)
    SELECT gen_random_uuid(), one.partnership_id, one.agency_id, m.measure, m.at, one.tail_ends_at FROM (
        SELECT 'opened' AS measure, old.opened_at AS at
        UNION ALL SELECT 'closed', one.answered_at
        UNION ALL SELECT 'assessments', r.assessed_at FROM risk_assessment r
            WHERE r.case_id = old.id AND r.received_day IS NULL
        UNION ALL SELECT CASE k.channel WHEN 'telephone' THEN 'telephone' ELSE 'faceToFace' END, k.happened_at
            FROM contact_attempt k
            WHERE k.case_id = old.id AND k.outcome = 'spoke' AND k.channel IN ('telephone', 'inPerson')) AS m;
    -- From whom she is withheld there, she is here.
    INSERT INTO interest_block (id, partnership_id, account_id, person_id, reason)
    SELECT gen_random_uuid(), one.partnership_id, b.account_id, whom, 'Moved' FROM (
        SELECT b.account_id FROM interest_block b WHERE b.person_id = old.person_id
        UNION SELECT b.account_id FROM interest_block b JOIN case_record c ON c.id = b.case_id
              WHERE c.person_id = old.person_id
        UNION SELECT b.account_id FROM interest_block b JOIN relationship r ON r.harming_id = b.person_id
              WHERE r.harmed_id = old.person_id) AS b;
    UPDATE case_share s SET ends_at = least(s.ends_at, one.answered_at) WHERE s.case_id = old.id;
    UPDATE task t SET done_at = one.answered_at WHERE t.case_id = old.id AND t.done_at IS NULL;
    INSERT INTO case_closing (id, partnership_id, agency_id, case_id, person_id, reason, abuse, feels, step_down,
                              summary, risk, proposed_at, proposed_by)
    VALUES (ending, old.partnership_id, old.agency_id, old.id, old.person_id, 'transferred', 'notAsked', 'notAsked',
            receiver, 'Moved to ' || receiver, old.risk, one.proposed_at, one.proposed_by);
    UPDATE case_record c SET closed_at = one.answered_at, next_due = NULL, closing_id = ending, has_news = false,
        version = c.version + 1
    WHERE c.id = old.id;
    PERFORM withhold(old.person_id);
END $$;

-- Answered: off the receiver's list; the sender is told.
CREATE FUNCTION app.answer_transfer(one app.case_transfer) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    receiver text := (SELECT g.name FROM agency g WHERE g.id = one.to_agency_id);
BEGIN
    UPDATE task t SET done_at = one.answered_at WHERE t.transfer_id = one.id AND t.done_at IS NULL;
    IF one.new_case_id IS NOT NULL THEN PERFORM move_case(one); END IF;
    INSERT INTO timeline_event (id, partnership_id, agency_id, case_id, kind, at, by_account, subject_id, summary)
    VALUES (gen_random_uuid(), one.partnership_id, one.agency_id, one.case_id,
            CASE one.outcome WHEN 'rejected' THEN 'transferRejected' WHEN 'revoked' THEN 'transferRevoked'
                 ELSE CASE one.kind WHEN 'stepDown' THEN 'handedOver' ELSE 'caseMoved' END END,
            one.answered_at, one.answered_by, one.id, CASE one.kind WHEN 'agency' THEN receiver ELSE '' END);
    IF one.outcome = 'revoked' THEN RETURN; END IF;
    INSERT INTO task (id, partnership_id, agency_id, case_id, kind, detail, owner_id, started_at, due_at)
    VALUES (gen_random_uuid(), one.partnership_id, one.agency_id, one.case_id, 'toDo',
            CASE WHEN one.outcome = 'rejected'
                 THEN 'Not taken over: the case is still yours. Open “Moving this case”'
                 WHEN one.kind = 'stepDown' THEN 'Your colleague has taken the case over'
                 ELSE 'Taken over by ' || receiver || '. You can read it until '
                      || to_char(one.tail_ends_at AT TIME ZONE 'Europe/London', 'FMDD FMMonth YYYY') END,
            one.proposed_by, one.answered_at, one.answered_at + interval '1 day');
END $$;
GRANT EXECUTE ON FUNCTION app.ask_transfer(app.case_transfer), app.answer_transfer(app.case_transfer),
    app.move_case(app.case_transfer), app.carry_rows(text, app.case_transfer, uuid),
    app.carried(jsonb, app.case_transfer, uuid) TO drystone_definer;
GRANT SELECT ON app.case_record, app.task, app.contact_attempt TO drystone_definer;
GRANT SELECT, INSERT ON app.risk_assessment, app.risk_confirmation, app.marac_decision, app.marac_referral,
    app.police_incident, app.need, app.need_change, app.legal_order, app.legal_order_change, app.order_breach,
    app.legal_matter, app.matter_entry TO drystone_definer;
GRANT INSERT ON app.case_closing, app.timeline_event, app.task TO drystone_definer;
GRANT SELECT ON app.agency TO drystone_definer;
GRANT UPDATE (risk, clock_started_at, first_contact_due, first_contact_at, no_safe_time, next_due, closed_at,
    closing_id, version) ON app.case_record TO drystone_definer;
GRANT UPDATE (done_at) ON app.task TO drystone_definer;
GRANT SELECT (case_id, ends_at), UPDATE (ends_at) ON app.case_share TO drystone_definer;
RESET ROLE;

-- `keep_derived` and `viewer_barred` do these as well, whatever else has been added to them meanwhile.
SET ROLE drystone_definer;
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('app.keep_derived()'::regprocedure), E'ELSIF TG_NAME = ''reviews_day'' THEN',
        E'ELSIF TG_NAME = ''asks_transfer'' THEN\n'
        '        PERFORM ask_transfer(NEW);\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''answers_transfer'' THEN\n'
        '        PERFORM answer_transfer(NEW);\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''hides_moved'' THEN\n'
        '        PERFORM withhold(NEW.person_id);\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''reviews_day'' THEN');
    EXECUTE replace(pg_get_functiondef('app.viewer_barred()'::regprocedure), E'IF declared = ''{}''',
        E'RETURN QUERY SELECT moved_from_viewer();\n    IF declared = ''{}''');
END $$;
RESET ROLE;
SET ROLE drystone_owner;
CREATE TRIGGER asks_transfer AFTER INSERT ON app.case_transfer
    FOR EACH ROW WHEN (current_user <> 'drystone_loader') EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER answers_transfer AFTER UPDATE OF outcome ON app.case_transfer
    FOR EACH ROW WHEN (NEW.outcome IS NOT NULL AND current_user <> 'drystone_loader')
    EXECUTE FUNCTION app.keep_derived();
-- What is loaded in bulk says of itself that it has moved.
CREATE TRIGGER hides_moved AFTER INSERT ON app.case_transfer
    FOR EACH ROW WHEN (NEW.new_case_id IS NOT NULL) EXECUTE FUNCTION app.keep_derived();
SELECT app.add_looks('transfer-viewed');
RESET ROLE;

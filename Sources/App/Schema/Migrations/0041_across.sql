-- Across the wall: what a perpetrator worker passes on to whoever supports the partner, and the little that comes back;
-- and who can't be in one group. Each side keeps its own record; a note is all that both see.
SET ROLE drystone_owner;
CREATE TABLE app.wall_note (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    -- The place on a programme that it is about, of the agency that works with those who harm.
    place_id uuid NOT NULL,
    harming_agency_id uuid NOT NULL,
    harmed_agency_id uuid NOT NULL,
    toward text NOT NULL CONSTRAINT note_toward CHECK (toward IN ('harmed', 'harming')),
    kind text NOT NULL CONSTRAINT note_kind CHECK (kind IN
        ('askSupport', 'started', 'completed', 'droppedOut', 'notTakenOn', 'missedSession', 'released', 'threats',
         'movedNearby', 'breach', 'correction', 'supportArranged', 'supportEnded', 'instruction', 'instructionEnded')),
    day date NOT NULL,
    -- Of an instruction: what not to do, out of a closed list.
    instruction text CONSTRAINT note_instruction CHECK (instruction IN
        ('doNotRing', 'doNotVisit', 'doNotWrite', 'doNotMention', 'tellBefore', 'other')),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 500),
    -- Who he is, and whom he named: sealed.
    told_sealed bytea,
    sent_at timestamptz NOT NULL,
    sent_by uuid NOT NULL,
    UNIQUE (id, harmed_agency_id),
    CONSTRAINT note_one_way CHECK ((toward = 'harming') =
        (kind IN ('supportArranged', 'supportEnded', 'instruction', 'instructionEnded'))),
    CONSTRAINT note_told CHECK ((kind = 'askSupport') = (told_sealed IS NOT NULL)),
    CONSTRAINT note_instructs CHECK ((kind = 'instruction') = (instruction IS NOT NULL)),
    -- Back flows an instruction, and else not a word.
    CONSTRAINT note_silent CHECK (words = '' OR toward = 'harmed' OR kind = 'instruction'),
    FOREIGN KEY (place_id, harming_agency_id) REFERENCES app.programme_place (id, agency_id),
    FOREIGN KEY (harming_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (harmed_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (sent_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX wall_note_by_place ON app.wall_note (place_id, sent_at DESC, id DESC);
CREATE INDEX wall_note_by_harmed ON app.wall_note (harmed_agency_id, sent_at DESC, id DESC);
CREATE INDEX wall_note_asking ON app.wall_note (harmed_agency_id, sent_at DESC, id DESC) WHERE kind = 'askSupport';
CREATE INDEX wall_note_by_harming ON app.wall_note (harming_agency_id);
SELECT app.guard('app.wall_note');
CREATE POLICY either_side ON app.wall_note FOR SELECT TO drystone_app
    USING (harming_agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR harmed_agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
CREATE POLICY sent_across ON app.wall_note FOR INSERT TO drystone_app
    WITH CHECK (CASE toward WHEN 'harmed' THEN harming_agency_id ELSE harmed_agency_id END
        = ANY ((SELECT app.viewer_reach())::uuid[]));
SELECT app.guard_author('app.wall_note', 'sent_by');
GRANT SELECT, INSERT ON app.wall_note TO drystone_app;

-- A task may be about what came across, before any case is.
ALTER TABLE app.task ADD COLUMN across_id uuid,
    DROP CONSTRAINT task_about_something,
    ADD CONSTRAINT task_about_something CHECK (num_nonnulls(case_id, person_id, contact_id, across_id) > 0),
    ADD FOREIGN KEY (across_id, agency_id) REFERENCES app.wall_note (id, harmed_agency_id);
CREATE INDEX task_by_across ON app.task (across_id);
GRANT INSERT (across_id) ON app.task TO drystone_definer;

-- Who supports the partner of somebody on a programme: for one of our own cases, or at another agency. Only this side
-- reads it.
CREATE TABLE app.integrated_support (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The note that asked for it.
    asked_id uuid NOT NULL,
    case_id uuid,
    person_id uuid,
    elsewhere text NOT NULL DEFAULT '' CHECK (length(elsewhere) <= 200),
    worker_id uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    ended_at timestamptz,
    ended_by uuid,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 500),
    CONSTRAINT support_of_case CHECK ((case_id IS NULL) = (person_id IS NULL) AND (case_id IS NULL) = (elsewhere <> '')),
    CONSTRAINT support_ended CHECK ((ended_at IS NULL) = (ended_by IS NULL) AND (ended_at IS NULL) = (reason = '')),
    FOREIGN KEY (asked_id, agency_id) REFERENCES app.wall_note (id, harmed_agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (worker_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (ended_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX support_once ON app.integrated_support (asked_id, case_id, agency_id) WHERE ended_at IS NULL;
CREATE INDEX integrated_support_by_asked ON app.integrated_support (asked_id);
CREATE INDEX integrated_support_by_case ON app.integrated_support (case_id);
CREATE INDEX integrated_support_by_person ON app.integrated_support (person_id);
CREATE INDEX integrated_support_by_agency ON app.integrated_support (agency_id);
CREATE INDEX integrated_support_by_worker ON app.integrated_support (worker_id);
SELECT app.guard_casework('app.integrated_support', 'case_id', '{person_id}');
SELECT app.guard_author('app.integrated_support', 'recorded_by');
CREATE POLICY ended_once ON app.integrated_support AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (ended_at IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON app.integrated_support TO drystone_app;
GRANT UPDATE (ended_at, ended_by, reason) ON app.integrated_support TO drystone_app;

-- Nobody starts on a behaviour programme before support for the partner is arranged: asked of what came back across
-- the wall, which says that and nothing else.
CREATE FUNCTION app.support_first() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM programme g WHERE g.id = NEW.programme_id AND g.integrated)
       AND (SELECT w.kind FROM wall_note w
            WHERE w.place_id = NEW.id AND w.kind IN ('supportArranged', 'supportEnded')
            ORDER BY w.sent_at DESC, w.id DESC LIMIT 1) IS DISTINCT FROM 'supportArranged' THEN
        RAISE EXCEPTION 'support for the partner is not arranged'
            USING ERRCODE = '23514', CONSTRAINT = 'support_first';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER support_first BEFORE UPDATE OF state ON app.programme_place
    FOR EACH ROW WHEN (NEW.state = 'started' AND OLD.state <> 'started' AND current_user <> 'drystone_loader')
    EXECUTE FUNCTION app.support_first();

-- What is passed on stands on the list of whoever supports the partner, of each case that it concerns; before support
-- is arranged, on the front door's. Sent by somebody who sees none of these cases.
CREATE FUNCTION app.carry_across(note app.wall_note) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    said text := CASE note.kind
        WHEN 'askSupport' THEN 'Arrange support for the partner of somebody who is to start on a programme'
        WHEN 'started' THEN 'The other person has started on a programme'
        WHEN 'completed' THEN 'The other person has completed a programme'
        WHEN 'droppedOut' THEN 'The other person has dropped out of a programme'
        WHEN 'notTakenOn' THEN 'The other person was not taken on by a programme'
        WHEN 'missedSession' THEN 'The other person missed a session'
        WHEN 'released' THEN 'The other person was released'
        WHEN 'threats' THEN 'The other person made threats'
        WHEN 'movedNearby' THEN 'The other person has moved nearby'
        WHEN 'breach' THEN 'The other person broke an order or a condition'
        ELSE 'A correction of what was passed on about the other person' END;
    support record;
    found_one boolean := false;
BEGIN
    FOR support IN
        SELECT s.case_id, c.worker_id, s.worker_id AS supporter FROM integrated_support s
        JOIN wall_note a ON a.id = s.asked_id AND a.place_id = note.place_id
        LEFT JOIN case_record c ON c.id = s.case_id
        WHERE s.ended_at IS NULL AND s.agency_id = note.harmed_agency_id AND (c.id IS NULL OR c.closed_at IS NULL)
    LOOP
        found_one := true;
        INSERT INTO task (id, partnership_id, agency_id, case_id, across_id, kind, detail, owner_id, started_at,
                          due_at)
        VALUES (gen_random_uuid(), note.partnership_id, note.harmed_agency_id, support.case_id, note.id, 'warning',
                said || ', on ' || to_char(note.day, 'FMDD FMMonth YYYY') || '. Open “From the other side”.',
                support.supporter, note.sent_at, note.sent_at);
        UPDATE case_record c SET has_news = true WHERE c.id = support.case_id AND NOT c.has_news;
    END LOOP;
    IF NOT found_one THEN
        INSERT INTO task (id, partnership_id, agency_id, across_id, kind, detail, started_at, due_at)
        VALUES (gen_random_uuid(), note.partnership_id, note.harmed_agency_id, note.id, 'warning',
                said || ', on ' || to_char(note.day, 'FMDD FMMonth YYYY') || '.', note.sent_at,
                note.sent_at + CASE note.kind WHEN 'askSupport' THEN interval '2 days' ELSE interval '0' END);
    END IF;
END $$;
GRANT EXECUTE ON FUNCTION app.carry_across(app.wall_note) TO drystone_definer;
GRANT SELECT (id, place_id) ON app.wall_note TO drystone_definer;
GRANT SELECT (asked_id, agency_id, case_id, worker_id, ended_at) ON app.integrated_support TO drystone_definer;
GRANT SELECT (has_news), UPDATE (has_news) ON app.case_record TO drystone_definer;

-- By what somebody may be tied to somebody else: themselves and whoever harms them, by the record and by each name with
-- the date of birth, since one man may be on record twice.
CREATE FUNCTION app.ties_of(whom uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT DISTINCT k.tie
        FROM (SELECT whom AS id UNION SELECT r.harming_id FROM relationship r WHERE r.harmed_id = whom) t
        CROSS JOIN LATERAL (
            SELECT t.id::text AS tie
            UNION ALL SELECT n.folded || ' ' || p.date_of_birth FROM person p JOIN person_name n ON n.person_id = p.id
            WHERE p.id = t.id AND p.date_of_birth IS NOT NULL) k);
END $$;
-- There is no place in a group when it is full, and none when somebody in it is tied to the same person: one refusal.
-- Past the policies, since who is in it may be withheld from whoever asks.
CREATE FUNCTION app.check_group(place app.programme_place) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    ties text[] := ties_of(place.person_id);
    most int;
BEGIN
    -- One at a time into each group.
    SELECT g.places INTO most FROM programme_group g WHERE g.id = place.group_id FOR NO KEY UPDATE;
    IF (SELECT count(*) FILTER (WHERE p.id <> place.id) >= most
               OR coalesce(bool_or(p.id <> place.id AND ties_of(p.person_id) && ties), false)
        FROM programme_place p WHERE p.group_id = place.group_id AND p.state = 'started') THEN
        RAISE EXCEPTION 'no place' USING ERRCODE = '23514', CONSTRAINT = 'place_in_group';
    END IF;
END $$;
GRANT EXECUTE ON FUNCTION app.ties_of(uuid), app.check_group(app.programme_place) TO drystone_definer;
GRANT SELECT (id, group_id, state, person_id) ON app.programme_place TO drystone_definer;
GRANT SELECT (id, places), UPDATE (places) ON app.programme_group TO drystone_definer;
RESET ROLE;

SET ROLE drystone_definer;
-- As before (0035); what is passed across the wall reaches its list, and nobody is put into a group beside somebody
-- whom they are tied to.
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
CREATE TRIGGER carries_across AFTER INSERT ON app.wall_note
    FOR EACH ROW WHEN (NEW.toward = 'harmed' AND current_user <> 'drystone_loader')
    EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER checks_group AFTER UPDATE OF group_id, state ON app.programme_place
    FOR EACH ROW WHEN (NEW.state = 'started' AND NEW.group_id IS NOT NULL AND current_user <> 'drystone_loader'
                       AND (OLD.state <> 'started' OR NEW.group_id IS DISTINCT FROM OLD.group_id))
    EXECUTE FUNCTION app.keep_derived();

-- Recency, frequency, gravity and victims of somebody who harms (MATAC): each scoring once, the newest holds.
CREATE TABLE app.matac_score (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    -- Over so many months before.
    months int NOT NULL CHECK (months IN (12, 24)),
    last_on date NOT NULL,
    incidents int NOT NULL CHECK (incidents BETWEEN 0 AND 999),
    gravity text NOT NULL CONSTRAINT matac_gravity CHECK (gravity IN
        ('verbal', 'damage', 'stalking', 'injury', 'lifeThreatening')),
    victims int NOT NULL CHECK (victims BETWEEN 0 AND 99),
    -- Points of each by the scale of the day, kept so that a later scale changes no earlier score.
    points int[] NOT NULL CHECK (array_length(points, 1) = 4),
    score int NOT NULL,
    standing text NOT NULL CONSTRAINT matac_standing CHECK (standing IN ('selected', 'notSelected', 'removed')),
    plan text[] NOT NULL DEFAULT '{}' CONSTRAINT matac_plan CHECK (plan <@
        ARRAY['prevent', 'divert', 'disrupt', 'prosecute']),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
    review_on date,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT matac_selected CHECK ((standing = 'selected') = (review_on IS NOT NULL)
        AND (standing <> 'selected' OR plan <> '{}')),
    UNIQUE (case_id, version, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX matac_score_by_person ON app.matac_score (person_id);
CREATE INDEX matac_score_by_agency ON app.matac_score (agency_id, recorded_at DESC);
SELECT app.guard_casework('app.matac_score', 'case_id', '{person_id}');
SELECT app.guard_author('app.matac_score', 'recorded_by');
GRANT SELECT, INSERT ON app.matac_score TO drystone_app;
RESET ROLE;

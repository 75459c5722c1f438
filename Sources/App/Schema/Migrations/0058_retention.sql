-- Retention: how long records of each kind are kept, what stops a deletion, who is due, and what two people agreed to
-- delete. The deletion itself is the operator's command, as the loader (decision 0018).
SET ROLE drystone_owner;

-- What remains of somebody who was deleted: no name, no day of birth, and no key. For statistics, the band of their age
-- when their last case was opened.
ALTER TABLE app.person
    ADD COLUMN forgotten_on date,
    ADD COLUMN age_band text CONSTRAINT person_age_band CHECK (age_band ~ '^[a-zA-Z0-9]{1,20}$');
ALTER TABLE app.person_key ALTER COLUMN wrapped DROP NOT NULL;

-- A rule from a day on: the newest of those that have begun holds, and each one before it is kept.
CREATE TABLE app.retention_rule (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES app.partnership,
    kind text NOT NULL CONSTRAINT rule_kind CHECK (kind IN ('adult', 'child', 'lookedAfter', 'contact', 'otherSide')),
    version int NOT NULL CHECK (version > 0),
    years int NOT NULL CHECK (years BETWEEN 1 AND 100),
    from_day date NOT NULL,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT rule_version UNIQUE (partnership_id, kind, version),
    CONSTRAINT rule_of_age CHECK (kind NOT IN ('child', 'lookedAfter') OR years >= 18),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX retention_rule_by_account ON app.retention_rule (recorded_by);
SELECT app.guard('app.retention_rule');
CREATE POLICY deciders_see ON app.retention_rule FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[] && '{dataProtectionOfficer,serviceManager}');
CREATE POLICY officers_add ON app.retention_rule FOR INSERT TO drystone_app
    WITH CHECK ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
SELECT app.guard_author('app.retention_rule', 'recorded_by');
GRANT SELECT, INSERT ON app.retention_rule TO drystone_app;

-- What holds where a partnership has said nothing: years after the last case closed, the age that a child would reach,
-- years after the last contact that never became a case.
CREATE FUNCTION app.retention_years(here uuid, on_day date) RETURNS TABLE (kind text, years int)
LANGUAGE sql STABLE SET search_path = app, pg_temp AS $$
    SELECT d.kind, coalesce((SELECT r.years FROM retention_rule r
                             WHERE r.partnership_id = here AND r.kind = d.kind AND r.from_day <= on_day
                             ORDER BY r.from_day DESC, r.version DESC LIMIT 1), d.years)
    FROM (VALUES ('adult', 7), ('child', 25), ('lookedAfter', 75), ('contact', 2), ('otherSide', 7)) AS d(kind, years)
$$;

-- What is about one person of one agency and is decided by its manager or by an officer: never by somebody who has an
-- interest in them; a manager decides only about those whom they may see.
CREATE FUNCTION app.guard_subject(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM app.guard(guarded);
    EXECUTE format('CREATE POLICY not_of_own_interest ON %1$s AS RESTRICTIVE TO drystone_app USING (NOT EXISTS '
                   '(SELECT FROM app.withheld w WHERE w.subject_id = %1$s.subject_id AND NOT w.opens OFFSET 0))',
                   guarded);
END $$;
-- A service manager of the row's agency, from whom the person is not withheld.
CREATE FUNCTION app.managed(guarded regclass) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT format('(''serviceManager'' = ANY ((SELECT app.viewer_roles())::text[]) '
                  'AND agency_id = ANY ((SELECT app.viewer_reach())::uuid[]) AND NOT EXISTS '
                  '(SELECT FROM app.withheld w WHERE w.subject_id = %s.subject_id OFFSET 0))', guarded)
$$;

-- A record that must stay, whatever the schedule says.
CREATE TABLE app.legal_hold (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The person on record: given, or found by the reference of a case of theirs.
    subject_id uuid NOT NULL,
    reference text NOT NULL DEFAULT '' CHECK (length(reference) <= 60),
    kind text NOT NULL CONSTRAINT hold_kind CHECK (kind IN
        ('court', 'police', 'homicideReview', 'complaint', 'other')),
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 1000),
    -- When somebody looks whether it is still needed. It does not end by itself.
    review_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    lifted_at timestamptz,
    lifted_by uuid,
    lifted_because text NOT NULL DEFAULT '' CHECK (length(lifted_because) <= 1000),
    CONSTRAINT hold_lifted CHECK ((lifted_at IS NULL) = (lifted_by IS NULL)
        AND (lifted_at IS NULL) = (lifted_because = '')),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (lifted_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX legal_hold_by_agency ON app.legal_hold (agency_id, review_on);
CREATE INDEX legal_hold_by_subject ON app.legal_hold (subject_id);
CREATE INDEX legal_hold_in_force ON app.legal_hold (partnership_id, review_on) WHERE lifted_at IS NULL;
SELECT app.guard_subject('app.legal_hold');
DO $$
DECLARE
    holder text := '(''dataProtectionOfficer'' = ANY ((SELECT app.viewer_roles())::text[]) OR '
        || app.managed('app.legal_hold') || ')';
BEGIN
    EXECUTE 'CREATE POLICY holders_see ON app.legal_hold FOR SELECT TO drystone_app USING (' || holder || ')';
    EXECUTE 'CREATE POLICY holders_add ON app.legal_hold FOR INSERT TO drystone_app WITH CHECK (' || holder || ')';
    EXECUTE 'CREATE POLICY holders_lift ON app.legal_hold FOR UPDATE TO drystone_app USING (lifted_by IS NULL AND '
        || holder || ') WITH CHECK (lifted_by = (SELECT app.viewer_account()))';
END $$;
SELECT app.guard_author('app.legal_hold', 'recorded_by');
GRANT SELECT, INSERT (id, partnership_id, agency_id, subject_id, reference, kind, words, review_on, recorded_at,
    recorded_by), UPDATE (lifted_at, lifted_by, lifted_because) ON app.legal_hold TO drystone_app;

-- Whom an officer asked about: all whose time had run out that day.
CREATE TABLE app.retention_day (
    partnership_id uuid NOT NULL,
    day date NOT NULL,
    worked_out_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    PRIMARY KEY (partnership_id, day),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX retention_day_by_account ON app.retention_day (recorded_by);
SELECT app.guard('app.retention_day');
CREATE POLICY officers_see ON app.retention_day FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY officers_ask ON app.retention_day FOR INSERT TO drystone_app
    WITH CHECK ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY officers_ask_again ON app.retention_day FOR UPDATE TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
SELECT app.guard_author('app.retention_day', 'recorded_by');
GRANT SELECT, INSERT (partnership_id, day, recorded_by), UPDATE (worked_out_at) ON app.retention_day TO drystone_app;

-- Worked out anew each time. It holds nothing of the record but a case's reference, where there is one.
CREATE TABLE app.retention_due (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    rule text NOT NULL,
    due_on date NOT NULL,
    reference text NOT NULL DEFAULT '',
    CONSTRAINT due_once UNIQUE (subject_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX retention_due_by_agency ON app.retention_due (agency_id);
CREATE INDEX retention_due_in_order ON app.retention_due (partnership_id, due_on, id);
SELECT app.guard_subject('app.retention_due');
CREATE POLICY officers_see ON app.retention_due FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
GRANT SELECT ON app.retention_due TO drystone_app;

-- Proposed by an officer, decided by a manager of the agency whose record it is, and carried out by the command.
CREATE TABLE app.retention_proposal (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    rule text NOT NULL,
    due_on date NOT NULL,
    reference text NOT NULL DEFAULT '',
    reason text NOT NULL CHECK (length(reason) <= 1000),
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    decision text CONSTRAINT proposal_decision CHECK (decision IN ('agreed', 'refused', 'postponed')),
    decided_at timestamptz,
    decided_by uuid,
    decided_because text NOT NULL DEFAULT '' CHECK (length(decided_because) <= 1000),
    -- Not proposed again before that day.
    review_on date,
    -- When the command carried it out.
    done_at timestamptz,
    CONSTRAINT proposal_has_reason CHECK (done_at IS NOT NULL OR reason <> ''),
    CONSTRAINT proposal_decided CHECK (num_nulls(decision, decided_at, decided_by) IN (0, 3)
        AND (done_at IS NOT NULL OR (decision IS NULL) = (decided_because = ''))),
    CONSTRAINT proposal_by_two CHECK (decided_by <> proposed_by),
    CONSTRAINT proposal_waits CHECK ((coalesce(decision, 'agreed') <> 'agreed') = (review_on IS NOT NULL)),
    CONSTRAINT proposal_done CHECK (done_at IS NULL OR decision = 'agreed'),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (proposed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX retention_proposal_by_agency ON app.retention_proposal (agency_id, proposed_at DESC);
CREATE INDEX retention_proposal_by_subject ON app.retention_proposal (subject_id);
CREATE UNIQUE INDEX proposal_once ON app.retention_proposal (subject_id)
    WHERE done_at IS NULL AND (decision IS NULL OR decision = 'agreed');
SELECT app.guard_subject('app.retention_proposal');
DO $$
BEGIN
    EXECUTE 'CREATE POLICY deciders_see ON app.retention_proposal FOR SELECT TO drystone_app USING ('
        '''dataProtectionOfficer'' = ANY ((SELECT app.viewer_roles())::text[]) OR '
        || app.managed('app.retention_proposal') || ')';
    EXECUTE 'CREATE POLICY managers_decide ON app.retention_proposal FOR UPDATE TO drystone_app USING ('
        'decision IS NULL AND ' || app.managed('app.retention_proposal')
        || ') WITH CHECK (decided_by = (SELECT app.viewer_account()))';
END $$;
-- Of those who are due, and of nobody else.
CREATE POLICY officers_propose ON app.retention_proposal FOR INSERT TO drystone_app WITH CHECK (
    'dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]) AND decision IS NULL AND done_at IS NULL
    AND EXISTS (SELECT FROM app.retention_due d WHERE d.subject_id = retention_proposal.subject_id
                AND d.agency_id = retention_proposal.agency_id));
SELECT app.guard_author('app.retention_proposal', 'proposed_by');
GRANT SELECT, INSERT (id, partnership_id, agency_id, subject_id, rule, due_on, reference, reason, proposed_at,
    proposed_by), UPDATE (decision, decided_at, decided_by, decided_because, review_on)
    ON app.retention_proposal TO drystone_app;

-- Everybody of a partnership, or one person, whose every rule has run out by a day and whom nothing keeps. Of what
-- somebody's record needs, the rule that lasts longest counts. Run by the definer for the officer's list, and by the
-- loader before each deletion.
CREATE FUNCTION app.due_people(here uuid, whom uuid, on_day date)
RETURNS TABLE (person_id uuid, agency_id uuid, rule text, due_on date, reference text)
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH known AS (
        SELECT p.id, p.agency_id, p.date_of_birth AS born, g.side, c.closed, c.reference,
               (p.created_at AT TIME ZONE 'Europe/London')::date AS recorded, k.last_contact,
               greatest(c.closed, k.last_contact, (p.created_at AT TIME ZONE 'Europe/London')::date) AS last_day
        FROM person p JOIN agency g ON g.id = p.agency_id
        CROSS JOIN LATERAL (
            SELECT (max(r.closed_at) AT TIME ZONE 'Europe/London')::date AS closed,
                   count(*) FILTER (WHERE r.closed_at IS NULL) AS open,
                   (array_agg(r.reference ORDER BY r.opened_at DESC))[1] AS reference
            FROM case_record r WHERE r.person_id = p.id) c
        CROSS JOIN LATERAL (
            SELECT (max(t.happened_at) AT TIME ZONE 'Europe/London')::date AS last_contact
            FROM contact t WHERE t.person_id = p.id) k
        WHERE p.partnership_id = here AND (whom IS NULL OR p.id = whom) AND p.forgotten_on IS NULL AND c.open = 0
          AND p.created_at < on_day - interval '1 year'
    ), lasting AS (
        SELECT n.*, l.rule, l.due_on
        FROM known n
        CROSS JOIN LATERAL (
            SELECT y.kind AS rule, (CASE WHEN y.kind IN ('child', 'lookedAfter') THEN coalesce(n.born, n.recorded)
                                         WHEN y.kind = 'contact' THEN n.last_day ELSE n.closed END
                                    + make_interval(years => y.years))::date AS due_on
            FROM retention_years(here, on_day) y
            WHERE CASE y.kind
                WHEN 'adult' THEN n.closed IS NOT NULL AND n.side = 'harmed'
                WHEN 'otherSide' THEN n.closed IS NOT NULL AND n.side = 'harming'
                WHEN 'contact' THEN n.closed IS NULL
                WHEN 'child' THEN n.born > n.last_day - interval '18 years' OR n.born IS NULL AND (
                    EXISTS (SELECT FROM child_tie t WHERE t.child_id = n.id)
                    OR EXISTS (SELECT FROM relationship r WHERE r.harmed_id = n.id AND r.harmed_as = 'childVictim'))
                ELSE EXISTS (SELECT FROM child_entry e WHERE e.person_id = n.id AND e.kind = 'care'
                             AND e.word = 'lookedAfter' AND e.settled IS DISTINCT FROM 'withdrawn') END
            ORDER BY 2 DESC, 1 LIMIT 1) l
        WHERE l.due_on <= on_day
    )
    SELECT n.id, n.agency_id, n.rule, n.due_on, coalesce(n.reference, '')
    FROM lasting n
    -- Held here, or by anybody who has the same person on record; in doubt it is the same.
    WHERE NOT EXISTS (
        SELECT FROM legal_hold h
        WHERE h.partnership_id = here AND h.lifted_at IS NULL AND (h.subject_id = n.id OR EXISTS (
            SELECT FROM person q JOIN person_name m ON m.person_id = q.id JOIN person_name o ON o.folded = m.folded
            WHERE q.id = h.subject_id AND o.person_id = n.id
              AND coalesce(q.date_of_birth = n.born, true))))
      -- What is still to be done, asked, answered or shown.
      AND NOT EXISTS (SELECT FROM task t WHERE t.person_id = n.id AND t.done_at IS NULL)
      AND NOT EXISTS (SELECT FROM case_record r JOIN task t ON t.case_id = r.id
                      WHERE r.person_id = n.id AND t.done_at IS NULL)
      AND NOT EXISTS (SELECT FROM child_request q WHERE q.person_id = n.id AND q.outcome IS NULL)
      AND NOT EXISTS (SELECT FROM referral f WHERE f.person_id = n.id AND f.outcome IS NULL)
      AND NOT EXISTS (SELECT FROM disclosure d WHERE d.person_id = n.id AND d.agreed IS NULL)
      AND NOT EXISTS (SELECT FROM case_record r JOIN case_share s ON s.case_id = r.id
                      WHERE r.person_id = n.id AND s.ends_at >= on_day)
      AND NOT EXISTS (SELECT FROM case_record r JOIN emergency_access e ON e.case_id = r.id
                      WHERE r.person_id = n.id AND e.reviewed_at IS NULL)
      AND NOT EXISTS (SELECT FROM matter_entry m WHERE m.person_id = n.id AND m.due_on >= on_day)
      AND NOT EXISTS (SELECT FROM case_record r JOIN data_matter m ON m.subject_id = r.id
                      WHERE r.person_id = n.id AND m.ended_at IS NULL)
      AND NOT EXISTS (SELECT FROM legal_order_change o WHERE o.person_id = n.id AND o.until_on >= on_day)
      AND NOT EXISTS (SELECT FROM programme_place l WHERE l.person_id = n.id AND l.state IN ('suitable', 'started'))
      AND NOT EXISTS (SELECT FROM programme_place l JOIN wall_note w ON w.place_id = l.id
                      JOIN integrated_support s ON s.asked_id = w.id
                      WHERE l.person_id = n.id AND s.ended_at IS NULL)
      -- Who is on record only because of somebody else stays as long as they do.
      AND (n.closed IS NOT NULL OR n.last_contact IS NOT NULL OR NOT EXISTS (
          SELECT FROM (SELECT r.harmed_id AS id FROM relationship r WHERE r.harming_id = n.id
                       UNION ALL SELECT r.harming_id FROM relationship r WHERE r.harmed_id = n.id
                       UNION ALL SELECT t.child_id FROM child_tie t WHERE t.adult_id = n.id
                       UNION ALL SELECT t.adult_id FROM child_tie t WHERE t.child_id = n.id
                       UNION ALL SELECT e.person_id FROM child_entry e WHERE e.adult_id = n.id
                       UNION ALL SELECT b.person_id FROM household_member a
                           JOIN household_member b ON b.household_id = a.household_id
                           WHERE a.person_id = n.id AND b.person_id <> n.id) tied
          JOIN person q ON q.id = tied.id WHERE q.forgotten_on IS NULL));
END $$;
GRANT EXECUTE ON FUNCTION app.retention_years(uuid, date) TO drystone_app, drystone_definer, drystone_loader;
GRANT EXECUTE ON FUNCTION app.due_people(uuid, uuid, date) TO drystone_definer, drystone_loader;

CREATE FUNCTION app.find_due(here uuid, on_day date) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE day date := least(on_day, (now() AT TIME ZONE 'Europe/London')::date);
BEGIN
    DELETE FROM retention_due d WHERE d.partnership_id = here;
    INSERT INTO retention_due (id, partnership_id, agency_id, subject_id, rule, due_on, reference)
    SELECT gen_random_uuid(), here, p.agency_id, p.person_id, p.rule, p.due_on, p.reference
    FROM due_people(here, NULL, day) p
    WHERE NOT EXISTS (
        SELECT FROM retention_proposal x WHERE x.subject_id = p.person_id AND x.done_at IS NULL
          AND (x.review_on IS NULL OR x.review_on > day));
END $$;

-- Finds whom a hold is for, and waits for a deletion of that person that has begun.
CREATE FUNCTION app.place_hold(hold app.legal_hold) RETURNS app.legal_hold
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    hold.subject_id := coalesce(hold.subject_id, (
        SELECT c.person_id FROM case_record c WHERE c.agency_id = hold.agency_id AND c.reference = hold.reference));
    PERFORM FROM person p WHERE p.id = hold.subject_id AND p.agency_id = hold.agency_id AND p.forgotten_on IS NULL
    FOR NO KEY UPDATE;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'nobody to hold' USING ERRCODE = '23514', CONSTRAINT = 'hold_of_somebody';
    END IF;
    RETURN hold;
END $$;
GRANT EXECUTE ON FUNCTION app.find_due(uuid, date), app.place_hold(app.legal_hold) TO drystone_definer;

GRANT SELECT (date_of_birth, created_at, forgotten_on) ON app.person TO drystone_definer;
GRANT SELECT (id, agency_id, person_id, reference, opened_at, closed_at) ON app.case_record TO drystone_definer;
GRANT SELECT (person_id, happened_at) ON app.contact TO drystone_definer;
GRANT SELECT ON app.retention_rule TO drystone_definer;
GRANT SELECT (child_id, adult_id) ON app.child_tie TO drystone_definer;
GRANT SELECT (harmed_as) ON app.relationship TO drystone_definer;
GRANT SELECT (person_id, adult_id, kind, word, settled) ON app.child_entry TO drystone_definer;
GRANT SELECT (partnership_id, subject_id, lifted_at) ON app.legal_hold TO drystone_definer;
GRANT SELECT (person_id, case_id, done_at) ON app.task TO drystone_definer;
GRANT SELECT (person_id, outcome) ON app.child_request, app.referral TO drystone_definer;
GRANT SELECT (person_id, agreed) ON app.disclosure TO drystone_definer;
GRANT SELECT (case_id, ends_at) ON app.case_share TO drystone_definer;
GRANT SELECT (case_id, reviewed_at) ON app.emergency_access TO drystone_definer;
GRANT SELECT (person_id, due_on) ON app.matter_entry TO drystone_definer;
GRANT SELECT (person_id, until_on) ON app.legal_order_change TO drystone_definer;
GRANT SELECT (household_id, person_id) ON app.household_member TO drystone_definer;
GRANT SELECT (side) ON app.agency TO drystone_definer;
GRANT SELECT (subject_id, ended_at) ON app.data_matter TO drystone_definer;
GRANT SELECT, INSERT, DELETE ON app.retention_due TO drystone_definer;
GRANT SELECT (subject_id, done_at, review_on) ON app.retention_proposal TO drystone_definer;

-- What the loader removes when somebody is deleted; the server's role can't become the loader. What is kept for
-- statistics it may change already.
GRANT DELETE ON app.draft, app.search_request, app.handover, app.interest_match, app.interest_block,
    app.unusual_access, app.emergency_access, app.case_share, app.disclosure, app.consent, app.task,
    app.supervision_decision, app.matter_entry, app.legal_matter, app.police_incident, app.attachment, app.letter,
    app.safety_plan, app.child_entry, app.child_request, app.case_note, app.timeline_event, app.relationship,
    app.child_tie, app.household_member, app.risk_direction, app.person_name, app.person_phone, app.person_address,
    app.safe_contact, app.retention_due, app.data_matter_step, app.data_matter TO drystone_loader;
RESET ROLE;

-- `keep_derived` (0035) does these two as well, whatever else has been added to it meanwhile.
SET ROLE drystone_definer;
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('app.keep_derived()'::regprocedure), E'ELSIF TG_NAME = ''reviews_day'' THEN',
        E'ELSIF TG_NAME = ''finds_due'' THEN\n'
        '        PERFORM find_due(NEW.partnership_id, NEW.day);\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''places_hold'' THEN\n'
        '        NEW := place_hold(NEW);\n'
        '        RETURN NEW;\n'
        '    ELSIF TG_NAME = ''reviews_day'' THEN');
END $$;
RESET ROLE;
SET ROLE drystone_owner;
CREATE TRIGGER finds_due AFTER INSERT OR UPDATE ON app.retention_day
    FOR EACH ROW EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER places_hold BEFORE INSERT ON app.legal_hold
    FOR EACH ROW WHEN (current_user <> 'drystone_loader') EXECUTE FUNCTION app.keep_derived();
RESET ROLE;

-- Who is this, and who belongs to whom: names that end, what people say of themselves, children and households,
-- counter-allegations and who decided who is at risk; a search that says why it found somebody, and that tells the
-- front door, for agencies that opted in, that a partner knows them.
SET ROLE drystone_owner;

-- A name that is no longer used is still found.
ALTER TABLE app.person_name ADD COLUMN ended_on date;
GRANT UPDATE (ended_on) ON app.person_name TO drystone_app;

-- ONS harmonised; the ethnic group and sex are there already.
ALTER TABLE app.person
    ADD COLUMN gender_identity text NOT NULL DEFAULT 'notAsked'
        CHECK (gender_identity IN ('sameAsAtBirth', 'different', 'notAsked', 'declined', 'notKnown')),
    ADD COLUMN gender_words text NOT NULL DEFAULT '' CHECK (length(gender_words) <= 100),
    ADD COLUMN orientation text NOT NULL DEFAULT 'notAsked'
        CHECK (orientation IN ('straight', 'gayOrLesbian', 'bisexual', 'other', 'notAsked', 'declined', 'notKnown')),
    ADD COLUMN religion text NOT NULL DEFAULT 'notAsked'
        CHECK (religion IN ('none', 'christian', 'buddhist', 'hindu', 'jewish', 'muslim', 'sikh', 'other', 'notAsked',
                            'declined', 'notKnown')),
    -- A condition of twelve months or more, and how much it limits day-to-day life.
    ADD COLUMN disability text NOT NULL DEFAULT 'notAsked'
        CHECK (disability IN ('limitedALot', 'limitedALittle', 'notLimited', 'noCondition', 'notAsked', 'declined',
                              'notKnown')),
    ADD COLUMN impairment text NOT NULL DEFAULT 'notAsked'
        CHECK (impairment IN ('mobility', 'sensory', 'learning', 'mentalHealth', 'longTermCondition', 'other',
                              'notAsked', 'declined', 'notKnown'));
GRANT UPDATE (gender_identity, gender_words, orientation, religion, disability, impairment) ON app.person
    TO drystone_app;

-- A child who sees, hears or feels it is a victim in their own right (Domestic Abuse Act 2021, s.3).
ALTER TABLE app.relationship
    ADD COLUMN harmed_as text NOT NULL DEFAULT 'harmed' CONSTRAINT harmed_as_known
        CHECK (harmed_as IN ('harmed', 'childVictim')),
    ADD COLUMN version int NOT NULL DEFAULT 1;
GRANT UPDATE (connection, harmed_as, version) ON app.relationship TO drystone_app;

-- Whose child: apart from who harms whom, so that a child's tie to a parent says nothing about harm.
CREATE TABLE app.child_tie (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    child_id uuid NOT NULL,
    adult_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('parent', 'parentalResponsibility', 'relative', 'other', 'notKnown')),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    CONSTRAINT child_tie_of_two CHECK (child_id <> adult_id),
    CONSTRAINT child_tie_once UNIQUE (agency_id, child_id, adult_id),
    FOREIGN KEY (child_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (adult_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX child_tie_by_child ON app.child_tie (child_id);
CREATE INDEX child_tie_by_adult ON app.child_tie (adult_id);
CREATE INDEX child_tie_by_author ON app.child_tie (recorded_by);

-- Who lives, or lived, together. A child may live in two households at once.
CREATE TABLE app.household (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    UNIQUE (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX household_by_agency ON app.household (agency_id);
CREATE TABLE app.household_member (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    household_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- Nil: longer than anybody asked.
    from_day date,
    until_day date,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    CONSTRAINT household_days CHECK (until_day >= from_day),
    FOREIGN KEY (household_id, agency_id) REFERENCES app.household (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX household_member_once ON app.household_member (household_id, person_id, agency_id)
    WHERE until_day IS NULL;
CREATE INDEX household_member_by_household ON app.household_member (household_id);
CREATE INDEX household_member_by_person ON app.household_member (person_id);
CREATE INDEX household_member_by_author ON app.household_member (recorded_by);

-- Where each says that the other harms them: who is at risk from whom, as somebody decided and signed it. The number
-- is the version: whoever decides says which decision they had read. Nothing is changed; a later one counts.
CREATE TABLE app.risk_direction (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    number int NOT NULL CHECK (number > 0),
    at_risk text NOT NULL CHECK (at_risk IN ('first', 'second', 'both', 'unclear')),
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
    decided_at timestamptz NOT NULL,
    decided_by uuid NOT NULL,
    -- One order for each pair, so that a pair has one history.
    CONSTRAINT risk_direction_of_two CHECK (first_id < second_id),
    CONSTRAINT risk_direction_once UNIQUE (agency_id, first_id, second_id, number),
    FOREIGN KEY (first_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (second_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX risk_direction_by_first ON app.risk_direction (first_id, second_id, number DESC);
CREATE INDEX risk_direction_by_second ON app.risk_direction (second_id);
CREATE INDEX risk_direction_by_author ON app.risk_direction (decided_by);

-- An agency lets the front door learn that somebody is known to a partner: opted in, from a day until a day.
CREATE TABLE app.lookup_agreement (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The agreement that says so: its name or number.
    agreement text NOT NULL CHECK (length(agreement) BETWEEN 1 AND 200),
    from_day date NOT NULL,
    until_day date NOT NULL,
    ended_at timestamptz,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    CONSTRAINT lookup_agreement_days CHECK (until_day >= from_day),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX lookup_agreement_by_agency ON app.lookup_agreement (agency_id, until_day DESC);
CREATE INDEX lookup_agreement_by_author ON app.lookup_agreement (recorded_by);

SELECT app.guard_casework('app.child_tie', NULL, '{child_id,adult_id}');
SELECT app.guard_casework('app.household', NULL, '{}');
SELECT app.guard_casework('app.household_member', NULL, '{person_id}');
SELECT app.guard_casework('app.risk_direction', NULL, '{first_id,second_id}');
SELECT app.guard_author('app.child_tie', 'recorded_by');
SELECT app.guard_author('app.household_member', 'recorded_by');
SELECT app.guard_author('app.risk_direction', 'decided_by');
GRANT SELECT, INSERT ON app.child_tie, app.household, app.household_member, app.risk_direction TO drystone_app;
GRANT UPDATE (until_day) ON app.household_member TO drystone_app;

SELECT app.guard('app.lookup_agreement');
CREATE POLICY managers_see ON app.lookup_agreement FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[] && '{administrator,serviceManager,dataProtectionOfficer}');
-- An administrator for any agency, a service manager for their own.
CREATE POLICY managers_add ON app.lookup_agreement FOR INSERT TO drystone_app
    WITH CHECK ('administrator' = ANY ((SELECT app.viewer_roles())::text[])
        OR 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])
           AND agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
CREATE POLICY managers_end ON app.lookup_agreement FOR UPDATE TO drystone_app
    USING (ended_at IS NULL AND ('administrator' = ANY ((SELECT app.viewer_roles())::text[])
        OR 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])
           AND agency_id = ANY ((SELECT app.viewer_reach())::uuid[])))
    WITH CHECK ('administrator' = ANY ((SELECT app.viewer_roles())::text[])
        OR 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])
           AND agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
SELECT app.guard_author('app.lookup_agreement', 'recorded_by');
GRANT SELECT, INSERT ON app.lookup_agreement TO drystone_app;
GRANT UPDATE (ended_at) ON app.lookup_agreement TO drystone_app;

-- How often each worker searched, for the reviewer of the log.
CREATE INDEX audit_event_searches ON app.audit_event (partnership_id, at) WHERE event = 'people-searched';

-- The search as before; each match says why, and by which other name. What a partner knows is asked in the same call:
-- by front-door roles, on an exact name with the date of birth, of agencies of the same side of the wall that opted
-- in, and never about people who are protected, live at a protected address or have a restricted case. Such a hit is
-- one row without a person. Its owner gets a task and the log an entry. All statements run whether there is a hit or not.
RESET ROLE;
SET ROLE drystone_definer;
DROP FUNCTION app.search_people(uuid, text, text, date, bytea, bytea);
RESET ROLE;
SET ROLE drystone_owner;
CREATE FUNCTION app.search_people(request uuid, given text, family text, born date, phone bytea, postcode bytea)
RETURNS TABLE (person_id uuid, score double precision, reasons text[], known_as text)
LANGUAGE plpgsql VOLATILE ROWS 20 SECURITY DEFINER SET search_path = app, public, pg_temp
AS $$
DECLARE
    me uuid := viewer_account();
    here uuid := viewer_partnership();
    reach uuid[] := viewer_reach();
    today date := (now() AT TIME ZONE 'Europe/London')::date;
    barred uuid[] := ARRAY(SELECT viewer_barred());
    purpose text;
    wanted text := trim(fold(coalesce(given, '') || ' ' || coalesce(family, '')));
    given_heard text := dmetaphone(fold(coalesce(given, '')));
    family_heard text := dmetaphone(fold(coalesce(family, '')));
    turned date;
    doors uuid[];
    asking text;
    held uuid[];
BEGIN
    IF me IS NULL THEN RETURN; END IF;
    SELECT r.purpose INTO purpose FROM search_request r
    WHERE r.id = request AND r.account_id = me AND r.at > now() - interval '12 hours';
    IF coalesce(purpose, '') = '' THEN
        PERFORM append_audit(gen_random_uuid(), here, me, reach[1], 'search-refused', 'search', request, NULL, '');
        RETURN;
    END IF;
    PERFORM append_audit(gen_random_uuid(), here, me, reach[1], 'people-searched', 'search', request, purpose, '');
    IF born IS NOT NULL AND extract(day FROM born) <= 12 THEN
        turned := make_date(extract(year FROM born)::int, extract(day FROM born)::int, extract(month FROM born)::int);
    END IF;

    doors := ARRAY(SELECT g.id FROM role_assignment r JOIN agency g ON g.id = r.agency_id
        WHERE r.account_id = me AND r.role IN ('helplineWorker', 'serviceManager') AND g.front_door
          AND r.starts_on <= today AND (r.ends_on IS NULL OR r.ends_on >= today));
    SELECT a.full_name || ', ' || g.name INTO asking FROM account a, agency g WHERE a.id = me AND g.id = doors[1];
    held := ARRAY(SELECT p.id FROM person p JOIN agency g ON g.id = p.agency_id
        WHERE p.date_of_birth = born AND p.partnership_id = here AND length(given) >= 2 AND length(family) >= 2
          AND g.side IN (SELECT d.side FROM agency d WHERE d.id = ANY (doors)) AND p.agency_id <> ALL (reach) AND NOT p.protected AND p.id <> ALL (barred)
          AND EXISTS (SELECT FROM person_name n WHERE n.person_id = p.id AND n.folded = wanted)
          AND EXISTS (SELECT FROM lookup_agreement l WHERE l.agency_id = p.agency_id AND l.ended_at IS NULL
                      AND l.from_day <= today AND l.until_day >= today)
          AND NOT EXISTS (SELECT FROM person_address a WHERE a.person_id = p.id AND a.protected)
          AND NOT EXISTS (SELECT FROM case_record c WHERE c.person_id = p.id AND c.restricted)
        LIMIT 10);
    INSERT INTO task (id, partnership_id, agency_id, person_id, kind, detail, started_at, due_at)
    SELECT gen_random_uuid(), here, p.agency_id, p.id, 'dutyContact',
           'The front door asked for somebody of this name and date of birth (' || asking || '). Expect a call from '
               || 'the partnership''s duty contact.', now(), now() + interval '24 hours'
    FROM person p WHERE p.id = ANY (held) AND NOT EXISTS (
        SELECT FROM task t WHERE t.person_id = p.id AND t.kind = 'dutyContact' AND t.done_at IS NULL
          AND t.detail LIKE '%(' || asking || ')%');
    PERFORM append_audit(gen_random_uuid(), here, me, p.agency_id, 'known-to-partner', 'person', p.id, purpose, '')
    FROM person p WHERE p.id = ANY (held);

    RETURN QUERY
    WITH found AS (
        (SELECT n.person_id, similarity(n.folded, wanted)::double precision AS points, 'name' AS reason, n.kind,
                trim(n.given_name || ' ' || n.family_name) AS named
         FROM person_name n WHERE length(wanted) >= 3 AND n.folded % wanted AND n.agency_id = ANY (reach)
         ORDER BY similarity(n.folded, wanted) DESC LIMIT 60)
        UNION ALL
        (SELECT n.person_id, 0.55, 'soundsLike', n.kind, trim(n.given_name || ' ' || n.family_name)
         FROM person_name n
         WHERE n.agency_id = ANY (reach) AND length(family) >= 2 AND family_heard <> ''
           AND n.family_sound = family_heard
           AND (coalesce(given, '') = '' OR n.given_sound = given_heard) LIMIT 60)
        UNION ALL
        (SELECT p.id, CASE WHEN p.date_of_birth = born THEN 0.5 ELSE 0.35 END,
                CASE WHEN p.date_of_birth = born THEN 'birth' ELSE 'birthTurned' END, NULL, NULL FROM person p
         WHERE p.date_of_birth IN (born, turned) AND p.agency_id = ANY (reach) LIMIT 60)
        UNION ALL
        (SELECT f.person_id, 0.9, 'phone', NULL, NULL FROM person_phone f
         WHERE f.number_token = phone AND f.agency_id = ANY (reach) LIMIT 20)
        UNION ALL
        (SELECT a.person_id, 0.3, 'postcode', NULL, NULL FROM person_address a
         WHERE a.postcode_token = postcode AND a.agency_id = ANY (reach) LIMIT 60)
    ), ranked AS (
        SELECT f.person_id, max(f.points) + 0.3 * (count(DISTINCT f.points) - 1) AS total,
               array_agg(DISTINCT f.reason) AS reasons,
               -- The name that fits best, if it is another than the present one.
               (array_agg(f.kind || ':' || f.named ORDER BY f.points DESC, f.kind = 'current' DESC)
                   FILTER (WHERE f.kind IS NOT NULL))[1] AS best
        FROM found f GROUP BY f.person_id
    )
    SELECT p.id, r.total::double precision, r.reasons, CASE WHEN r.best NOT LIKE 'current:%' THEN r.best END
    FROM ranked r JOIN person p ON p.id = r.person_id
    WHERE p.partnership_id = here AND p.agency_id = ANY (reach) AND p.id <> ALL (barred)
    ORDER BY r.total DESC, p.id LIMIT 20;
    IF held <> '{}' THEN RETURN QUERY SELECT NULL::uuid, 0::double precision, '{knownToPartner}'::text[], NULL; END IF;
END $$;
GRANT SELECT (id, partnership_id, name, front_door, side) ON app.agency TO drystone_definer;
GRANT SELECT (full_name) ON app.account TO drystone_definer;
GRANT SELECT (protected) ON app.person, app.person_address TO drystone_definer;
GRANT SELECT (kind, given_name, family_name) ON app.person_name TO drystone_definer;
GRANT SELECT (agency_id, from_day, until_day, ended_at) ON app.lookup_agreement TO drystone_definer;
GRANT SELECT (person_id, kind, detail, done_at),
    INSERT (id, partnership_id, agency_id, person_id, kind, detail, started_at, due_at) ON app.task TO drystone_definer;
GRANT EXECUTE ON FUNCTION app.search_people(uuid, text, text, date, bytea, bytea) TO drystone_app;
RESET ROLE;
SET ROLE drystone_migrator;
ALTER FUNCTION app.search_people(uuid, text, text, date, bytea, bytea) OWNER TO drystone_definer;
RESET ROLE;

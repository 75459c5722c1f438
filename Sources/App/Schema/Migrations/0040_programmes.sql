-- Programmes and groups of either side of the wall: a behaviour programme, a survivors' or children's group,
-- counselling. One engine: somebody's place on one, from the waiting list to the end, sessions, and who was there.
SET ROLE drystone_owner;
CREATE TABLE app.programme (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT programme_kind CHECK (kind IN
        ('behaviourChange', 'behaviourOneToOne', 'survivorGroup', 'childrensGroup', 'counselling', 'coupleWork',
         'parentConflict')),
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- Nobody starts before support for the partner is arranged.
    integrated boolean NOT NULL GENERATED ALWAYS AS (kind IN ('behaviourChange', 'behaviourOneToOne')) STORED,
    -- How many sessions it has.
    sessions int NOT NULL CHECK (sessions BETWEEN 1 AND 100),
    ended_on date,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    UNIQUE (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX programme_by_agency ON app.programme (agency_id, name);

CREATE TABLE app.programme_group (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    places int NOT NULL CHECK (places BETWEEN 1 AND 60),
    starts_on date NOT NULL,
    ended_on date,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    UNIQUE (id, agency_id),
    FOREIGN KEY (programme_id, agency_id) REFERENCES app.programme (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX programme_group_by_programme ON app.programme_group (programme_id, starts_on);
CREATE INDEX programme_group_by_agency ON app.programme_group (agency_id);

-- Somebody's place, as it stands: the newest of its steps.
CREATE TABLE app.programme_place (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    programme_id uuid NOT NULL,
    group_id uuid,
    source text NOT NULL CONSTRAINT place_source CHECK (source IN
        ('self', 'professional', 'criminalJustice', 'iom', 'ownService')),
    state text NOT NULL CONSTRAINT place_state CHECK (state IN
        ('waiting', 'suitable', 'started', 'completed', 'droppedOut', 'notSuitable', 'withdrawn')),
    referred_on date NOT NULL,
    -- When somebody last looked whether it is safe to wait.
    checked_on date NOT NULL,
    version int NOT NULL CHECK (version > 0),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    UNIQUE (id, agency_id),
    UNIQUE (id, case_id, agency_id),
    FOREIGN KEY (programme_id, agency_id) REFERENCES app.programme (id, agency_id),
    FOREIGN KEY (group_id, agency_id) REFERENCES app.programme_group (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX place_once ON app.programme_place (case_id, programme_id, agency_id)
    WHERE state IN ('waiting', 'suitable', 'started');
CREATE INDEX programme_place_by_case ON app.programme_place (case_id);
CREATE INDEX programme_place_by_person ON app.programme_place (person_id);
CREATE INDEX programme_place_by_programme ON app.programme_place (programme_id, referred_on, id);
CREATE INDEX programme_place_by_group ON app.programme_place (group_id);

-- What was said of it. Never changed: the newest holds.
CREATE TABLE app.place_step (
    place_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    step text NOT NULL CONSTRAINT step_kind CHECK (step IN
        ('referred', 'riskCheck', 'suitable', 'notSuitable', 'started', 'moved', 'droppedOut', 'completed',
         'withdrawn', 'reopened')),
    reasons text[] NOT NULL DEFAULT '{}' CONSTRAINT step_reasons CHECK (reasons <@
        ARRAY['acceptsResponsibility', 'motivated', 'denies', 'riskTooHigh', 'needsFirst', 'language', 'notReady',
              'courtForbids', 'moved', 'work', 'disengaged', 'risk', 'reoffended', 'support', 'safeToWait',
              'needsSooner', 'other']),
    happened_on date NOT NULL,
    group_id uuid,
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT mistake_needs_words CHECK (step NOT IN ('withdrawn', 'reopened') OR words <> ''),
    PRIMARY KEY (place_id, version, agency_id),
    FOREIGN KEY (place_id, case_id, agency_id) REFERENCES app.programme_place (id, case_id, agency_id),
    FOREIGN KEY (group_id, agency_id) REFERENCES app.programme_group (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX place_step_by_case ON app.place_step (case_id);
CREATE INDEX place_step_by_person ON app.place_step (person_id, recorded_at DESC);
CREATE INDEX place_step_by_group ON app.place_step (group_id);

-- A session of a group, or of one person.
CREATE TABLE app.programme_session (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    group_id uuid,
    place_id uuid,
    case_id uuid,
    person_id uuid,
    held_at timestamptz NOT NULL,
    topic text NOT NULL DEFAULT '' CHECK (length(topic) <= 200),
    -- Why it did not take place, or should not be here.
    cancelled text NOT NULL DEFAULT '' CHECK (length(cancelled) <= 500),
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT session_of_one CHECK (num_nulls(group_id, place_id) = 1
        AND num_nonnulls(place_id, case_id, person_id) IN (0, 3)),
    UNIQUE (id, agency_id),
    FOREIGN KEY (group_id, agency_id) REFERENCES app.programme_group (id, agency_id),
    FOREIGN KEY (place_id, case_id, agency_id) REFERENCES app.programme_place (id, case_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX programme_session_by_group ON app.programme_session (group_id, held_at DESC);
CREATE INDEX programme_session_by_place ON app.programme_session (place_id, held_at DESC);
CREATE INDEX programme_session_by_case ON app.programme_session (case_id);
CREATE INDEX programme_session_by_person ON app.programme_session (person_id);
CREATE INDEX programme_session_by_agency ON app.programme_session (agency_id);

-- Who was there. Never changed: the newest of a session and a place holds.
CREATE TABLE app.session_attendance (
    session_id uuid NOT NULL,
    place_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    state text NOT NULL CONSTRAINT attendance_state CHECK (state IN
        ('attended', 'late', 'apologies', 'missed', 'sentAway', 'notRecorded')),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 1000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (session_id, place_id, version, agency_id),
    FOREIGN KEY (session_id, agency_id) REFERENCES app.programme_session (id, agency_id),
    FOREIGN KEY (place_id, case_id, agency_id) REFERENCES app.programme_place (id, case_id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX session_attendance_by_place ON app.session_attendance (place_id);
CREATE INDEX session_attendance_by_case ON app.session_attendance (case_id);
CREATE INDEX session_attendance_by_person ON app.session_attendance (person_id);

SELECT app.guard_casework('app.programme', NULL, '{}');
SELECT app.guard_casework('app.programme_group', NULL, '{}');
SELECT app.guard_casework('app.programme_place', 'case_id', '{person_id}');
SELECT app.guard_casework('app.place_step', 'case_id', '{person_id}');
SELECT app.guard_casework('app.programme_session', 'case_id', '{person_id}');
SELECT app.guard_casework('app.session_attendance', 'case_id', '{person_id}');
SELECT app.guard_author('app.programme', 'recorded_by');
SELECT app.guard_author('app.programme_group', 'recorded_by');
SELECT app.guard_author('app.programme_place', 'recorded_by');
SELECT app.guard_author('app.place_step', 'recorded_by');
SELECT app.guard_author('app.programme_session', 'recorded_by');
SELECT app.guard_author('app.session_attendance', 'recorded_by');
GRANT SELECT ON app.programme TO drystone_app;
GRANT INSERT (id, partnership_id, agency_id, kind, name, sessions, ended_on, version, recorded_at, recorded_by),
    UPDATE (name, sessions, ended_on, version) ON app.programme TO drystone_app;
GRANT SELECT, INSERT ON app.programme_group, app.programme_place, app.place_step, app.programme_session,
    app.session_attendance TO drystone_app;
GRANT UPDATE (name, places, starts_on, ended_on, version) ON app.programme_group TO drystone_app;
GRANT UPDATE (state, group_id, checked_on, version) ON app.programme_place TO drystone_app;
GRANT UPDATE (held_at, topic, cancelled, version) ON app.programme_session TO drystone_app;

-- Couple work and Reducing Parental Conflict are never offered where abuse is recorded. The page says so first.
CREATE FUNCTION app.never_couples() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM programme g WHERE g.id = NEW.programme_id AND g.kind IN ('coupleWork', 'parentConflict'))
       AND (EXISTS (SELECT FROM relationship r WHERE r.harmed_id = NEW.person_id)
            OR EXISTS (SELECT FROM relationship r WHERE r.harming_id = NEW.person_id)
            OR EXISTS (SELECT FROM risk_assessment x WHERE x.person_id = NEW.person_id)
            OR EXISTS (SELECT FROM agency a WHERE a.id = NEW.agency_id AND a.side = 'harming')) THEN
        RAISE EXCEPTION 'abuse is recorded' USING ERRCODE = '23514', CONSTRAINT = 'never_couples';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER never_couples BEFORE INSERT ON app.programme_place
    FOR EACH ROW WHEN (current_user <> 'drystone_loader') EXECUTE FUNCTION app.never_couples();
RESET ROLE;

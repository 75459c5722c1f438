-- The course of a stay: its support plan, the support that was given, what is in place, reviews, a move to another
-- unit, and what came after. Closed words and days; no names. It is its provider's alone.
SET ROLE drystone_owner;
ALTER TABLE app.unit_stay
    -- Whoever moves to another unit of the provider stays on: the first time of that stay. NULL: it begins with this
    -- one, which alone keeps its course.
    ADD COLUMN stay_id uuid,
    -- When the next thing is due of it; NULL: nothing is.
    ADD COLUMN due_on date,
    ADD COLUMN plan_on date,
    ADD COLUMN expected_until date,
    ADD COLUMN review_on date,
    -- Where they want to move on to, and when that is planned.
    ADD COLUMN wants text CONSTRAINT stay_wants CHECK (wants IN
        ('socialTenancy', 'privateTenancy', 'family', 'otherRefuge', 'secondStage', 'ownHomeSafe', 'returned',
         'hospital', 'temporary', 'notKnown', 'other')),
    ADD COLUMN moves_on date,
    -- Whether they may be asked afterwards how they are. NULL: they live there, or left before anybody asked this.
    ADD COLUMN contact_after text CONSTRAINT stay_contact_after CHECK (contact_after IN ('yes', 'no', 'notKnown')),
    ADD COLUMN followed_on date,
    ADD COLUMN followed text CONSTRAINT stay_followed CHECK (followed IN ('reached', 'notReached', 'notSafe')),
    ADD COLUMN version int NOT NULL DEFAULT 1,
    ADD CONSTRAINT stay_followed_day CHECK ((followed IS NULL) = (followed_on IS NULL)),
    ADD CONSTRAINT stay_goes_on CHECK (stay_id IS NULL OR stay_id <> time_id
        AND num_nonnulls(due_on, plan_on, expected_until, review_on, wants, moves_on, contact_after, followed_on) = 0),
    ADD FOREIGN KEY (stay_id, agency_id) REFERENCES app.unit_stay (time_id, agency_id);
CREATE INDEX unit_stay_by_stay ON app.unit_stay (stay_id, agency_id);
CREATE INDEX unit_stay_by_due ON app.unit_stay (agency_id, due_on);
GRANT UPDATE (due_on, plan_on, expected_until, review_on, wants, moves_on, contact_after, followed_on, followed,
    version) ON app.unit_stay TO drystone_app;

-- One piece of support: of which kind, for whom, by whom, when. Of the household 0 are the adults, and each child has a
-- number of its own. Never changed, as all that follows.
CREATE TABLE app.stay_support (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    -- The nine of the statutory guidance (Domestic Abuse Act 2021, part 4).
    kind text NOT NULL CONSTRAINT stay_support_kind CHECK (kind IN
        ('management', 'dayToDay', 'advocacy', 'prevention', 'specialist', 'children', 'housing', 'advice',
         'counselling')),
    member int NOT NULL CHECK (member BETWEEN 0 AND 15),
    given_on date NOT NULL,
    given_by uuid NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    FOREIGN KEY (stay_id, agency_id) REFERENCES app.unit_stay (time_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (given_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX stay_support_by_stay ON app.stay_support (stay_id, agency_id, given_on DESC);
CREATE INDEX stay_support_by_agency ON app.stay_support (agency_id, given_on);
CREATE INDEX stay_support_by_giver ON app.stay_support (given_by);
CREATE INDEX stay_support_by_account ON app.stay_support (recorded_by);

-- What is in place for one of them; the newest says how it stands.
CREATE TABLE app.stay_service (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    member int NOT NULL CHECK (member BETWEEN 0 AND 15),
    kind text NOT NULL CONSTRAINT stay_service_kind CHECK (kind IN
        ('gp', 'midwife', 'healthVisitor', 'schoolNurse', 'schoolPlace')),
    state text NOT NULL CONSTRAINT stay_service_state CHECK (state IN ('inPlace', 'askedFor', 'notNeeded', 'notKnown')),
    on_day date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT stay_service_childs CHECK (member > 0 OR kind IN ('gp', 'midwife')),
    FOREIGN KEY (stay_id, agency_id) REFERENCES app.unit_stay (time_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX stay_service_by_stay ON app.stay_service (stay_id, agency_id, member, kind);
CREATE INDEX stay_service_by_agency ON app.stay_service (agency_id);
CREATE INDEX stay_service_by_account ON app.stay_service (recorded_by);

CREATE TABLE app.stay_review (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    stay_id uuid NOT NULL,
    held_on date NOT NULL,
    decision text NOT NULL CONSTRAINT stay_review_decision CHECK (decision IN ('goesOn', 'extended', 'moveOn')),
    -- Until when it was extended.
    until date,
    next_on date,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT stay_review_until CHECK ((decision = 'extended') = (until IS NOT NULL)),
    CONSTRAINT stay_review_next CHECK (decision = 'moveOn' OR next_on IS NOT NULL),
    FOREIGN KEY (stay_id, agency_id) REFERENCES app.unit_stay (time_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX stay_review_by_stay ON app.stay_review (stay_id, agency_id, held_on DESC);
CREATE INDEX stay_review_by_agency ON app.stay_review (agency_id);
CREATE INDEX stay_review_by_account ON app.stay_review (recorded_by);

-- Seen and added by whoever runs the unit; nobody changes it.
CREATE FUNCTION app.guard_stay(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    runs text := 'agency_id = ANY ((SELECT app.viewer_reach())::uuid[])'
        || ' AND ''accommodationWorker'' = ANY ((SELECT app.viewer_roles())::text[])';
BEGIN
    PERFORM app.guard(guarded);
    PERFORM app.guard_author(guarded, 'recorded_by');
    EXECUTE format('CREATE POLICY seen ON %s FOR SELECT TO drystone_app USING (%s)', guarded, runs);
    EXECUTE format('CREATE POLICY added ON %s FOR INSERT TO drystone_app WITH CHECK (%s)', guarded, runs);
    EXECUTE format('GRANT SELECT, INSERT ON %s TO drystone_app', guarded);
END $$;
SELECT app.guard_stay('app.stay_support');
SELECT app.guard_stay('app.stay_service');
SELECT app.guard_stay('app.stay_review');
RESET ROLE;

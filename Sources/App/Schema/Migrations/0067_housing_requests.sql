-- Who needs somewhere safe: a household's needs at one moment, of a case, and how the search ended.
SET ROLE drystone_owner;
CREATE TABLE app.housing_request (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- The grade of risk on that day.
    risk text NOT NULL CHECK (risk IN ('notAssessed', 'standard', 'medium', 'high')),
    -- The day from which it is needed, and how many days they could still wait safely.
    needed_on date NOT NULL,
    can_wait int NOT NULL CHECK (can_wait BETWEEN 0 AND 90),
    women int NOT NULL CHECK (women BETWEEN 0 AND 6),
    men int NOT NULL CHECK (men BETWEEN 0 AND 6),
    others int NOT NULL CHECK (others BETWEEN 0 AND 6),
    -- A child each, in one order: whole years (-1: not known) and sex.
    child_ages int[] NOT NULL DEFAULT '{}',
    child_sexes text[] NOT NULL DEFAULT '{}' CONSTRAINT request_sexes CHECK (child_sexes <@
        ARRAY['girl', 'boy', 'notKnown']),
    expecting text NOT NULL CHECK (expecting IN ('yes', 'no', 'notKnown')),
    -- What somebody needs because of a disability, animals, needs and histories; NULL: nobody has asked.
    access text[] CONSTRAINT request_access CHECK (access <@
        ARRAY['wheelchair', 'step_free', 'ground_floor', 'wet_room', 'hearing', 'sight']),
    pets text[] CONSTRAINT request_pets CHECK (pets <@ ARRAY['dog', 'cat', 'other', 'assistance']),
    needs text[] CONSTRAINT request_needs CHECK (needs <@
        ARRAY['mentalHealth', 'substances', 'offending', 'arson']),
    funds text NOT NULL CONSTRAINT request_funds CHECK (funds IN
        ('publicFunds', 'mvdac', 'section17', 'none', 'notKnown')),
    staffing text NOT NULL CONSTRAINT request_staffing CHECK (staffing IN
        ('roundTheClock', 'daytime', 'floating', 'notKnown')),
    -- Kinds that they would take; where they come from; where they are not safe (NULL: nobody has asked).
    kinds text[] NOT NULL CONSTRAINT request_kinds CHECK (cardinality(kinds) > 0 AND kinds <@
        ARRAY['refuge', 'specialist', 'dispersed', 'secondStage', 'otherEmergency']),
    home_area_id uuid,
    unsafe_areas uuid[],
    asks_trans_policy boolean NOT NULL DEFAULT false,
    consents text NOT NULL CHECK (consents IN ('yes', 'no', 'notKnown')),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 1000),
    ended_at timestamptz,
    ended_by uuid,
    outcome text CONSTRAINT request_outcome CHECK (outcome IN
        ('withdrawn', 'noContact', 'elsewhereSafe', 'bedAndBreakfast', 'generalTemporary', 'womenOnlyTemporary',
         'hiddenHomeless', 'street', 'returned', 'otherRefuge', 'placed')),
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT request_people CHECK (women + men + others BETWEEN 1 AND 10
        AND cardinality(child_ages) = cardinality(child_sexes) AND cardinality(child_ages) <= 12
        AND -1 <= ALL (child_ages) AND 17 >= ALL (child_ages)),
    CONSTRAINT request_ended CHECK (num_nulls(ended_at, ended_by, outcome) IN (0, 3)),
    UNIQUE (id, agency_id),
    UNIQUE (id, case_id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (home_area_id, partnership_id) REFERENCES app.area (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (ended_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
-- One at a time of each case: what changes is a new one after the old has ended.
CREATE UNIQUE INDEX request_open_once ON app.housing_request (case_id, agency_id) WHERE ended_at IS NULL;
CREATE INDEX housing_request_by_case ON app.housing_request (case_id, recorded_at DESC);
CREATE INDEX housing_request_by_agency ON app.housing_request (agency_id, recorded_at);
CREATE INDEX housing_request_by_person ON app.housing_request (person_id);
CREATE INDEX housing_request_by_area ON app.housing_request (home_area_id);
SELECT app.guard('app.housing_request');
SELECT app.barred_by_case('app.housing_request');
SELECT app.guard_author('app.housing_request', 'recorded_by');
CREATE POLICY asked_here ON app.housing_request FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]) AND (SELECT app.viewer_seeks()) AND outcome IS NULL);
CREATE POLICY ended_once ON app.housing_request AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (ended_at IS NULL) WITH CHECK (ended_by = (SELECT app.viewer_account()));
GRANT SELECT, INSERT ON app.housing_request TO drystone_app;
GRANT UPDATE (ended_at, ended_by, outcome, version) ON app.housing_request TO drystone_app;

SELECT app.add_looks('housing-viewed');
RESET ROLE;

-- Safety plans: what somebody means to do to be safer, in their own words, sealed with their key. A plan is never
-- changed: a new version takes its place, and the old one is kept. Whoever a case is shared with does not see them.
SET ROLE drystone_owner;
CREATE TABLE app.safety_plan (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT safety_plan_kind CHECK (kind IN ('adult', 'child')),
    version int NOT NULL CHECK (version > 0),
    body_sealed bytea NOT NULL,
    review_on date NOT NULL,
    -- What else makes it out of date; NULL for nothing in particular.
    review_when text CONSTRAINT safety_plan_event CHECK (review_when IN
        ('release', 'hearing', 'move', 'separation', 'contactArrangement', 'orderEnds')),
    written_by uuid NOT NULL,
    written_at timestamptz NOT NULL,
    superseded_by uuid,
    UNIQUE (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (written_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (superseded_by, agency_id) REFERENCES app.safety_plan (id, agency_id) DEFERRABLE INITIALLY DEFERRED
);
-- Of two who save at once, one is told: there is one plan of a kind in force, and one of each version.
CREATE UNIQUE INDEX safety_plan_current ON app.safety_plan (person_id, agency_id, kind) WHERE superseded_by IS NULL;
CREATE UNIQUE INDEX safety_plan_by_person ON app.safety_plan (person_id, agency_id, kind, version);
CREATE INDEX safety_plan_by_author ON app.safety_plan (written_by);
CREATE INDEX safety_plan_by_next ON app.safety_plan (superseded_by);
SELECT app.guard_casework('app.safety_plan', NULL, '{person_id}');
SELECT app.guard_author('app.safety_plan', 'written_by');
CREATE POLICY superseded_once ON app.safety_plan AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (superseded_by IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON app.safety_plan TO drystone_app;
GRANT UPDATE (superseded_by) ON app.safety_plan TO drystone_app;
RESET ROLE;

-- Somebody asks for information about a child. Whoever answers the telephone neither says nor looks whether there is a
-- record: the request is put down, and somebody else decides on it by itself, with a reason, within a month. A parent
-- with responsibility, or a child who understands what is asked, may be entitled; nobody is by asking.
SET ROLE drystone_owner;
CREATE TABLE app.child_request (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The child on record, once somebody who decides has found that it is them.
    person_id uuid,
    asker text NOT NULL CONSTRAINT request_asker CHECK (asker IN
        ('parent', 'child', 'relative', 'solicitor', 'school', 'professional', 'other')),
    asker_name text NOT NULL CHECK (length(asker_name) BETWEEN 1 AND 200),
    reply_to text NOT NULL DEFAULT '' CHECK (length(reply_to) <= 500),
    -- The child's name as they gave it.
    about text NOT NULL CHECK (length(about) BETWEEN 1 AND 200),
    what text NOT NULL CHECK (length(what) BETWEEN 1 AND 2000),
    received_on date NOT NULL,
    due_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- How it was decided: once, by somebody else than whoever took it.
    outcome text CONSTRAINT request_outcome CHECK (outcome IN
        ('disclosed', 'partly', 'refused', 'notConfirmed', 'takenBack', 'mistake')),
    entitled text CONSTRAINT request_entitled CHECK (entitled IN
        ('responsibility', 'child', 'childAgrees', 'court', 'nobody', 'notKnown')),
    child_view text CONSTRAINT request_child_view CHECK (child_view IN ('wants', 'doesNotWant', 'notAsked', 'tooYoung')),
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 2000),
    decided_at timestamptz,
    decided_by uuid,
    CONSTRAINT request_decided CHECK (num_nulls(outcome, entitled, child_view, decided_at, decided_by) IN (0, 5)
        AND (outcome IS NULL) = (reason = '')),
    CONSTRAINT request_decided_by_another CHECK (decided_by <> recorded_by),
    -- Nothing is given to whoever is entitled to nothing, nor of a child whom nobody has found.
    CONSTRAINT request_entitles CHECK (outcome NOT IN ('disclosed', 'partly')
        OR person_id IS NOT NULL AND entitled NOT IN ('nobody', 'notKnown')),
    CONSTRAINT request_days CHECK (due_on > received_on),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX child_request_by_agency ON app.child_request (agency_id, due_on);
CREATE INDEX child_request_by_person ON app.child_request (person_id, received_on DESC);
CREATE INDEX child_request_waiting ON app.child_request (due_on, id) WHERE outcome IS NULL;
CREATE INDEX child_request_decided ON app.child_request (decided_at DESC, id) WHERE outcome IS NOT NULL;

-- The agency's own, as casework; and the data protection officers', who see what was asked and nothing of the child.
SELECT app.guard('app.child_request');
CREATE POLICY own_agency ON app.child_request TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
CREATE POLICY officers_see ON app.child_request FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY officers_decide ON app.child_request FOR UPDATE TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
DO $$
BEGIN
    EXECUTE 'CREATE POLICY not_barred_person_id ON app.child_request AS RESTRICTIVE TO drystone_app USING ('
        || app.not_barred('app.child_request', 'person_id') || ')';
END $$;
SELECT app.guard_author('app.child_request', 'recorded_by');
CREATE POLICY decided_once ON app.child_request AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (outcome IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT (id, partnership_id, agency_id, asker, asker_name, reply_to, about, what, received_on, due_on,
    recorded_at, recorded_by), UPDATE (person_id, outcome, entitled, child_view, reason, decided_at, decided_by)
    ON app.child_request TO drystone_app;
RESET ROLE;

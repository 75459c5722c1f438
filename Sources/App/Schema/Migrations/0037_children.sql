-- Children in their own right: a worker of their own, what they say and what they went through, where they spend the
-- day, social care, the time that they have with each parent, and what they want. One entry is one thing that somebody
-- put down: it is never changed. A newer one takes its place, or it is taken back with a reason; both are kept.
SET ROLE drystone_owner;
ALTER TABLE app.role_assignment DROP CONSTRAINT role_known;
ALTER TABLE app.role_assignment ADD CONSTRAINT role_known CHECK (role IN
    ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'housingOfficer', 'perpetratorWorker', 'referrer',
     'administrator', 'dataProtectionOfficer'));

-- As before (0023), and children's workers.
CREATE OR REPLACE FUNCTION app.posts_of(who uuid, OUT reach uuid[], OUT roles text[], OUT until timestamptz)
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    -- The roles that work with people, whose agencies' rows they may see.
    SELECT coalesce(array_agg(DISTINCT r.agency_id) FILTER (WHERE r.role IN
               ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'housingOfficer', 'perpetratorWorker', 'referrer')), '{}'),
           coalesce(array_agg(DISTINCT r.role) FILTER (WHERE r.role IS NOT NULL), '{}'),
           least((today + 1)::timestamp AT TIME ZONE 'Europe/London', a.ended_at)
    INTO reach, roles, until
    FROM account a LEFT JOIN role_assignment r
        ON r.account_id = a.id AND r.starts_on <= today AND (r.ends_on IS NULL OR r.ends_on >= today)
    WHERE a.id = who AND (a.ended_at IS NULL OR a.ended_at > now()) GROUP BY a.id;
END $$;

CREATE TABLE app.child_entry (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The child.
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT child_entry_kind CHECK (kind IN
        ('worker', 'voice', 'harm', 'setting', 'care', 'contact', 'goal')),
    -- What of its kind it is.
    word text NOT NULL DEFAULT '',
    -- When it was said, was so, or began.
    day date NOT NULL,
    -- With whom the child has that contact, and on what it rests.
    adult_id uuid,
    basis text NOT NULL DEFAULT '',
    order_id uuid,
    -- The child's worker.
    account_id uuid,
    -- Where the child spends the day tells where it lives: sealed whatever it is, and hidden when that must not be found.
    protected boolean NOT NULL DEFAULT false,
    body_sealed bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- A newer one took its place, or it was taken back: once, for good.
    settled text CONSTRAINT child_entry_end CHECK (settled IN ('replaced', 'withdrawn')),
    settled_at timestamptz,
    settled_by uuid,
    replaced_by uuid,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
    CONSTRAINT child_entry_word CHECK (CASE kind
        WHEN 'harm' THEN word IN ('saw', 'heard', 'experienced')
        WHEN 'setting' THEN word IN ('nursery', 'childminder', 'school', 'college', 'home', 'other', 'none')
        WHEN 'care' THEN word IN ('none', 'earlyHelp', 'childInNeed', 'childProtection', 'lookedAfter', 'careLeaver',
                                  'notAsked', 'notKnown')
        WHEN 'contact' THEN word IN ('none', 'indirect', 'supervised', 'unsupervised', 'livesWith', 'notAsked', 'notKnown')
        WHEN 'goal' THEN word IN ('wanted', 'started', 'reached', 'letGo')
        ELSE word = '' END),
    CONSTRAINT child_entry_basis CHECK (CASE kind
        WHEN 'contact' THEN basis IN ('order', 'socialCare', 'agreement', 'nothing', 'notKnown')
        ELSE basis = '' END),
    CONSTRAINT child_entry_about CHECK ((kind = 'contact') = (adult_id IS NOT NULL)
        AND (kind = 'worker') = (account_id IS NOT NULL) AND (order_id IS NULL OR basis = 'order')
        AND (kind = 'setting' OR NOT protected)),
    CONSTRAINT child_entry_settled CHECK (num_nulls(settled, settled_at, settled_by) IN (0, 3)
        AND (settled IS NOT DISTINCT FROM 'replaced') = (replaced_by IS NOT NULL)
        AND (settled IS NOT DISTINCT FROM 'withdrawn') = (reason <> '')),
    CONSTRAINT child_entry_of_two CHECK (adult_id <> person_id),
    UNIQUE (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (adult_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (order_id, agency_id) REFERENCES app.legal_order (id, agency_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (settled_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (replaced_by, agency_id) REFERENCES app.child_entry (id, agency_id) DEFERRABLE INITIALLY DEFERRED
);
CREATE INDEX child_entry_by_person ON app.child_entry (person_id, day DESC, recorded_at DESC);
CREATE INDEX child_entry_by_adult ON app.child_entry (adult_id);
CREATE INDEX child_entry_by_order ON app.child_entry (order_id);
CREATE INDEX child_entry_by_worker ON app.child_entry (account_id, day);
CREATE INDEX child_entry_by_next ON app.child_entry (replaced_by);
-- A child has one worker, one standing with social care, and one arrangement with each adult: of two who save at once,
-- one is told.
CREATE UNIQUE INDEX child_entry_current ON app.child_entry (person_id, agency_id, kind, adult_id) NULLS NOT DISTINCT
    WHERE settled IS NULL AND kind IN ('worker', 'care', 'contact');
-- Children who are victims and have no worker yet, newest first.
CREATE INDEX relationship_of_children ON app.relationship (agency_id, recorded_at DESC, harmed_id)
    WHERE harmed_as = 'childVictim';

SELECT app.guard_casework('app.child_entry', NULL, '{person_id,adult_id}');
SELECT app.guard_author('app.child_entry', 'recorded_by');
CREATE POLICY settled_once ON app.child_entry AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (settled IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON app.child_entry TO drystone_app;
GRANT UPDATE (settled, settled_at, settled_by, replaced_by, reason) ON app.child_entry TO drystone_app;

-- Looks at a child's own record stand among who saw it (0035), for the same colleagues.
CREATE POLICY seen_of_own_children ON app.audit_event FOR SELECT TO drystone_app USING (
    event IN ('child-viewed', 'setting-revealed') AND subject_kind = 'person'
    AND EXISTS (SELECT FROM app.person p WHERE p.id = subject_id));
RESET ROLE;

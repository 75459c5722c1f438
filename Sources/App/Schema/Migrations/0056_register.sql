-- The data protection officer's register (decision 0017): the record of processing, impact assessments, privacy notices,
-- and matters of data protection: breaches, requests and complaints. What is said is never overwritten: a version or a
-- step follows what stood before.
SET ROLE drystone_owner;

-- What one kind of record is for, on which basis, who is told, how long it is kept: the newest version that is valid.
CREATE TABLE app.processing_record (
    partnership_id uuid NOT NULL,
    record_type text NOT NULL CHECK (record_type ~ '^[a-zA-Z]{1,40}$'),
    version int NOT NULL CHECK (version > 0),
    valid_from date NOT NULL,
    control text NOT NULL CONSTRAINT processing_control CHECK (control IN ('each', 'joint', 'one')),
    -- The agencies' names as they were then.
    controllers text NOT NULL CHECK (length(controllers) <= 4000),
    arrangement text NOT NULL DEFAULT '' CHECK (length(arrangement) <= 500),
    arranged_on date,
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 2000),
    people text NOT NULL CHECK (length(people) BETWEEN 1 AND 2000),
    data text NOT NULL CHECK (length(data) BETWEEN 1 AND 2000),
    -- Closed answers, with a space between.
    bases text NOT NULL CHECK (bases ~ '^[a-zA-Z0-9 ]{1,200}$'),
    conditions text NOT NULL CHECK (conditions ~ '^[a-zA-Z0-9 ]{1,200}$'),
    criminal text NOT NULL CHECK (criminal ~ '^[a-zA-Z0-9 ]{1,200}$'),
    recipients text NOT NULL CHECK (length(recipients) BETWEEN 1 AND 2000),
    retention text NOT NULL CHECK (length(retention) BETWEEN 1 AND 2000),
    security text NOT NULL CHECK (length(security) BETWEEN 1 AND 2000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT processing_arranged CHECK (control <> 'joint' OR arrangement <> '' AND arranged_on IS NOT NULL),
    PRIMARY KEY (partnership_id, record_type, version),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);

-- A data protection impact assessment (Art. 35), each version of it whole.
CREATE TABLE app.impact_assessment (
    assessment_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 200),
    covers text NOT NULL CHECK (covers ~ '^[a-zA-Z ]+$' AND length(covers) <= 1000),
    risks text NOT NULL CHECK (length(risks) BETWEEN 1 AND 4000),
    measures text NOT NULL CHECK (length(measures) BETWEEN 1 AND 4000),
    outcome text NOT NULL CONSTRAINT assessment_outcome CHECK (outcome IN ('low', 'residualHigh')),
    -- A high risk that remains is put to the regulator before anything is done (Art. 36).
    consulted_on date,
    signed_by text NOT NULL CHECK (length(signed_by) BETWEEN 1 AND 200),
    signed_on date NOT NULL,
    review_on date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT assessment_consulted CHECK ((outcome = 'residualHigh') = (consulted_on IS NOT NULL)),
    CONSTRAINT assessment_review CHECK (review_on > signed_on),
    PRIMARY KEY (assessment_id, version),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);

-- What people of one kind are told of how their data is used. Everything here is public from its day on.
CREATE TABLE app.privacy_notice (
    partnership_id uuid NOT NULL,
    audience text NOT NULL CHECK (audience ~ '^[a-zA-Z]{1,40}$'),
    version int NOT NULL CHECK (version > 0),
    valid_from date NOT NULL,
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (partnership_id, audience, version),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);

DO $$
DECLARE t regclass;
BEGIN
    FOREACH t IN ARRAY '{app.processing_record,app.impact_assessment,app.privacy_notice}'::regclass[] LOOP
        PERFORM app.guard(t);
        EXECUTE format('CREATE POLICY colleagues ON %s FOR SELECT TO drystone_app '
                       'USING ((SELECT app.viewer_roles())::text[] <> ''{}'')', t);
        EXECUTE format('CREATE POLICY officers_add ON %s FOR INSERT TO drystone_app WITH CHECK '
                       '(''dataProtectionOfficer'' = ANY ((SELECT app.viewer_roles())::text[]))', t);
        PERFORM app.guard_author(t, 'recorded_by');
    END LOOP;
END $$;
-- Public pages know nobody: the door reads them.
CREATE POLICY public_reads ON app.privacy_notice FOR SELECT TO drystone_auth USING (true);
GRANT SELECT, INSERT ON app.processing_record, app.impact_assessment, app.privacy_notice TO drystone_app;
GRANT SELECT ON app.privacy_notice TO drystone_auth;

-- A breach, a request about one's data other than to see it, or a complaint about how it is used.
CREATE TABLE app.data_matter (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The case of whoever asks, where somebody who sees it has said which; else the matter's own id.
    subject_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT data_matter_kind CHECK (kind IN
        ('breach', 'rectification', 'restriction', 'objection', 'erasure', 'complaint')),
    -- Became aware of it, or received it.
    since timestamptz NOT NULL,
    -- Who asks and what happened or is asked, in words. Sealed.
    told_sealed bytea NOT NULL,
    -- Where it stands, and how many steps were recorded.
    step text NOT NULL CHECK (step ~ '^[a-zA-Z]{1,40}$'),
    steps int NOT NULL DEFAULT 0 CHECK (steps >= 0),
    -- Nothing runs where there is none.
    due_at timestamptz,
    -- Their data may be kept and not used (Art. 18).
    restricts boolean NOT NULL DEFAULT false,
    ended_at timestamptz,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT data_matter_restricts CHECK (NOT restricts OR kind = 'restriction' AND ended_at IS NULL),
    CONSTRAINT data_matter_ended CHECK (ended_at IS NULL OR due_at IS NULL),
    UNIQUE (id, agency_id, kind, subject_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX data_matter_by_agency ON app.data_matter (agency_id, recorded_at);
CREATE INDEX data_matter_by_subject ON app.data_matter (subject_id);
CREATE INDEX data_matter_open ON app.data_matter (due_at, id) WHERE ended_at IS NULL;
CREATE INDEX data_matter_over ON app.data_matter (ended_at DESC, id) WHERE ended_at IS NOT NULL;

-- What was done, step by step. Never changed.
CREATE TABLE app.data_matter_step (
    matter_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    kind text NOT NULL,
    subject_id uuid NOT NULL,
    number int NOT NULL CHECK (number > 0),
    step text NOT NULL CHECK (step ~ '^[a-zA-Z]{1,40}$'),
    happened_at timestamptz NOT NULL,
    reference text NOT NULL DEFAULT '' CHECK (length(reference) <= 100),
    -- Closed answers, with a space between.
    facts text NOT NULL DEFAULT '' CHECK (length(facts) <= 1000 AND facts ~ '^[a-zA-Z0-9 ]*$'),
    -- Sealed.
    words_sealed bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- The regulator gives a reference to whoever tells it of a breach.
    CONSTRAINT data_step_reference CHECK (kind <> 'breach' OR step <> 'icoTold' OR reference <> ''),
    PRIMARY KEY (matter_id, number, agency_id),
    FOREIGN KEY (matter_id, agency_id, kind, subject_id)
        REFERENCES app.data_matter (id, agency_id, kind, subject_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);

-- Officers see all, but never what is about somebody whom they know. Service managers see their agency's. Whoever put
-- it down sees that it is there; whoever works with the case sees that its data may not be used.
DO $$
DECLARE
    t regclass;
    here constant text := 'agency_id = ANY ((SELECT app.viewer_reach())::uuid[]) AND NOT EXISTS '
        '(SELECT FROM app.withheld w WHERE w.subject_id = %1$s.subject_id OFFSET 0)';
    officer constant text := '''dataProtectionOfficer'' = ANY ((SELECT app.viewer_roles())::text[])';
BEGIN
    FOREACH t IN ARRAY '{app.data_matter,app.data_matter_step}'::regclass[] LOOP
        PERFORM app.guard(t);
        EXECUTE format('CREATE POLICY officers_see ON %s FOR SELECT TO drystone_app USING (%s)', t, officer);
        EXECUTE format('CREATE POLICY officers_add ON %s FOR INSERT TO drystone_app WITH CHECK (%s)', t, officer);
        EXECUTE format('CREATE POLICY managers_see ON %1$s FOR SELECT TO drystone_app USING ('
                       || '''serviceManager'' = ANY ((SELECT app.viewer_roles())::text[]) AND ' || here || ')', t);
        EXECUTE format('CREATE POLICY not_of_own_interest ON %1$s AS RESTRICTIVE TO drystone_app USING (NOT EXISTS '
                       '(SELECT FROM app.withheld w WHERE w.subject_id = %1$s.subject_id AND NOT w.opens OFFSET 0))', t);
        PERFORM app.guard_author(t, 'recorded_by');
    END LOOP;
    EXECUTE format('CREATE POLICY workers_see ON %1$s FOR SELECT TO drystone_app USING (restricts AND ' || here || ')',
                   'app.data_matter');
    EXECUTE format('CREATE POLICY workers_add ON %1$s FOR INSERT TO drystone_app WITH CHECK (' || here || ')',
                   'app.data_matter');
    EXECUTE format('CREATE POLICY officers_change ON %s FOR UPDATE TO drystone_app USING (%s AND ended_at IS NULL) '
                   'WITH CHECK (%s)', 'app.data_matter', officer, officer);
END $$;
CREATE POLICY recorder_sees ON app.data_matter FOR SELECT TO drystone_app
    USING (recorded_by = (SELECT app.viewer_account()));
-- Anybody who works here reports a breach, wherever it happened.
CREATE POLICY anybody_reports ON app.data_matter FOR INSERT TO drystone_app
    WITH CHECK (kind = 'breach' AND subject_id = id);
GRANT SELECT, INSERT (id, partnership_id, agency_id, subject_id, kind, since, told_sealed, step, due_at, recorded_at,
    recorded_by), UPDATE (step, steps, due_at, restricts, ended_at) ON app.data_matter TO drystone_app;
GRANT SELECT, INSERT ON app.data_matter_step TO drystone_app;
RESET ROLE;

-- Cases, risk assessments, contact attempts, notes, tasks with their clocks, and the timeline.
SET ROLE drystone_owner;
CREATE TABLE app.case_counter (
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    year int NOT NULL,
    last int NOT NULL,
    PRIMARY KEY (agency_id, year),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);

CREATE TABLE app.case_record (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    contact_id uuid,
    reference text NOT NULL,
    risk text NOT NULL CONSTRAINT case_risk CHECK (risk IN ('notAssessed', 'standard', 'medium', 'high')),
    worker_id uuid,
    restricted boolean NOT NULL DEFAULT false,
    opened_at timestamptz NOT NULL,
    opened_by uuid NOT NULL,
    first_contact_due timestamptz NOT NULL,
    first_contact_at timestamptz,
    next_due timestamptz,
    closed_at timestamptz,
    version int NOT NULL DEFAULT 1,
    UNIQUE (id, agency_id),
    CONSTRAINT case_reference_taken UNIQUE (agency_id, reference),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (worker_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (contact_id, agency_id) REFERENCES app.contact (id, agency_id)
);
CREATE INDEX case_by_worker ON app.case_record (agency_id, worker_id, next_due, id) WHERE closed_at IS NULL;
CREATE INDEX case_by_agency ON app.case_record (agency_id, opened_at DESC, id DESC) WHERE closed_at IS NULL;
CREATE INDEX case_unallocated ON app.case_record (agency_id, opened_at) WHERE worker_id IS NULL AND closed_at IS NULL;
CREATE INDEX case_by_person ON app.case_record (person_id);
CREATE INDEX case_by_contact ON app.case_record (contact_id);
CREATE INDEX case_of_worker ON app.case_record (worker_id);
CREATE INDEX case_restricted ON app.case_record (partnership_id) WHERE restricted;
ALTER TABLE app.contact ADD CONSTRAINT contact_case
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id);

-- Who is on the team: the only people who reach a restricted case.
CREATE TABLE app.case_team (
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    account_id uuid NOT NULL,
    since timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (case_id, account_id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX case_team_by_account ON app.case_team (account_id);

-- Another agency may read one case, for a purpose and until a date; every share ends.
CREATE TABLE app.case_share (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    with_agency_id uuid NOT NULL,
    purpose text NOT NULL,
    ends_at timestamptz NOT NULL,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (with_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX case_share_by_agency ON app.case_share (with_agency_id, ends_at);
CREATE INDEX case_share_by_case ON app.case_share (case_id);

-- A risk assessment is never changed; a later one supersedes it.
CREATE TABLE app.risk_assessment (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    case_id uuid,
    contact_id uuid,
    instrument text NOT NULL,
    answers text NOT NULL,
    yes_count int NOT NULL,
    open_count int NOT NULL,
    threshold int NOT NULL,
    national_threshold int NOT NULL,
    level text NOT NULL CHECK (level IN ('standard', 'medium', 'high')),
    basis text NOT NULL CHECK (basis IN ('score', 'judgement', 'escalation')),
    rationale text NOT NULL DEFAULT '' CHECK (length(rationale) <= 4000),
    assessed_at timestamptz NOT NULL,
    assessed_by uuid NOT NULL,
    CONSTRAINT judgement_needs_rationale CHECK (basis = 'score' OR rationale <> ''),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (contact_id, agency_id) REFERENCES app.contact (id, agency_id)
);
CREATE INDEX risk_assessment_by_person ON app.risk_assessment (person_id, assessed_at DESC);
CREATE INDEX risk_assessment_by_case ON app.risk_assessment (case_id, assessed_at DESC);
CREATE INDEX risk_assessment_by_contact ON app.risk_assessment (contact_id);

CREATE TABLE app.contact_attempt (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    channel text NOT NULL CHECK (channel IN ('telephone', 'text', 'email', 'post', 'inPerson', 'referrer')),
    outcome text NOT NULL CHECK (outcome IN ('spoke', 'noAnswer', 'unsafeToTalk', 'messageLeft', 'wrongNumber', 'cancelled')),
    happened_at timestamptz NOT NULL,
    rule text NOT NULL CHECK (rule IN ('allowed', 'firstSafeCall', 'overridden')),
    override_reason text NOT NULL DEFAULT '' CHECK (length(override_reason) <= 1000),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 4000),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    CONSTRAINT override_needs_reason CHECK (rule <> 'overridden' OR override_reason <> ''),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX contact_attempt_by_case ON app.contact_attempt (case_id, happened_at DESC);
CREATE INDEX contact_attempt_by_person ON app.contact_attempt (person_id);

CREATE TABLE app.case_note (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 20000),
    written_at timestamptz NOT NULL,
    written_by uuid NOT NULL,
    version int NOT NULL DEFAULT 1,
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id)
);
CREATE INDEX case_note_by_case ON app.case_note (case_id, written_at DESC, id);

CREATE TABLE app.task (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('firstContact', 'contact', 'review')),
    owner_id uuid,
    started_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    done_at timestamptz,
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (owner_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX task_by_owner ON app.task (owner_id, due_at) WHERE done_at IS NULL;
CREATE INDEX task_of_owner ON app.task (owner_id);
CREATE INDEX task_by_case ON app.task (case_id);

CREATE TABLE app.timeline_event (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    kind text NOT NULL,
    at timestamptz NOT NULL,
    by_account uuid NOT NULL,
    subject_id uuid,
    summary text NOT NULL DEFAULT ''
);
ALTER TABLE app.timeline_event ADD FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id);
CREATE INDEX timeline_by_case ON app.timeline_event (case_id, at DESC, id);
RESET ROLE;

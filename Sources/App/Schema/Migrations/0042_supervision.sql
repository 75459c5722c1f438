-- Supervision: a service manager goes through a worker's cases with them. What is decided lands on the case.
SET ROLE drystone_owner;
CREATE TABLE app.supervision (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    worker_id uuid NOT NULL,
    held_on date NOT NULL,
    -- Why it should not be here.
    mistake text NOT NULL DEFAULT '' CHECK (length(mistake) <= 500),
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT supervised_by_another CHECK (worker_id <> recorded_by),
    UNIQUE (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (worker_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX supervision_by_worker ON app.supervision (worker_id, held_on DESC, id DESC);
CREATE INDEX supervision_by_agency ON app.supervision (agency_id);

-- Never changed: of one case in one supervision, the newest holds.
CREATE TABLE app.supervision_decision (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    supervision_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    decision text NOT NULL CHECK (length(decision) BETWEEN 1 AND 2000),
    -- What is to be done, and by when: on the case's list too.
    task text NOT NULL DEFAULT '' CHECK (length(task) <= 300),
    due_on date,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT decision_task CHECK ((task = '') = (due_on IS NULL)),
    UNIQUE (supervision_id, case_id, version, agency_id),
    FOREIGN KEY (supervision_id, agency_id) REFERENCES app.supervision (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX supervision_decision_by_case ON app.supervision_decision (case_id, recorded_at DESC);
CREATE INDEX supervision_decision_by_person ON app.supervision_decision (person_id);
SELECT app.guard_casework('app.supervision', NULL, '{}');
SELECT app.guard_casework('app.supervision_decision', 'case_id', '{person_id}');
SELECT app.guard_author('app.supervision', 'recorded_by');
SELECT app.guard_author('app.supervision_decision', 'recorded_by');
GRANT SELECT, INSERT ON app.supervision, app.supervision_decision TO drystone_app;
GRANT UPDATE (held_on, mistake, version) ON app.supervision TO drystone_app;
RESET ROLE;

-- Matters of law and rights of a case: court, disclosure, immigration, housing, release, health, welfare, safeguarding.
-- One shape for all: what stands is the newest entry, and each entry before it is kept. Whoever a case is shared with
-- sees none of it.
SET ROLE drystone_owner;
CREATE TABLE app.legal_matter (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT matter_kind CHECK (kind IN
        ('hearing', 'disclosure', 'funds', 'concession', 'homelessness', 'release', 'sarc', 'therapyNotes',
         'armyWelfare', 'childSafeguarding', 'adultSafeguarding')),
    opened_on date NOT NULL,
    -- The entry that holds now.
    version int NOT NULL CHECK (version > 0),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_because text NOT NULL DEFAULT '' CHECK (length(withdrawn_because) <= 1000),
    CONSTRAINT matter_withdrawn_whole CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)
        AND (withdrawn_at IS NULL) = (withdrawn_because = '')),
    UNIQUE (id, case_id, agency_id, kind),
    UNIQUE (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (withdrawn_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX legal_matter_by_case ON app.legal_matter (case_id);
CREATE INDEX legal_matter_by_person ON app.legal_matter (person_id);
CREATE INDEX legal_matter_by_account ON app.legal_matter (recorded_by);
CREATE INDEX legal_matter_by_withdrawer ON app.legal_matter (withdrawn_by);

-- Where a matter stood, from each entry on. Never changed: the newest holds.
CREATE TABLE app.matter_entry (
    matter_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL,
    version int NOT NULL CHECK (version > 0),
    step text NOT NULL CHECK (step ~ '^[a-zA-Z0-9]{1,40}$'),
    happened_on date NOT NULL,
    -- The nearest of its clocks; none runs where there is none.
    due_on date,
    who text NOT NULL DEFAULT '' CHECK (length(who) <= 200),
    reference text NOT NULL DEFAULT '' CHECK (length(reference) <= 100),
    -- Closed answers, with a space between.
    facts text NOT NULL DEFAULT '' CHECK (length(facts) <= 1000 AND facts ~ '^[a-zA-Z0-9 ]*$'),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- Army Welfare is never automatic.
    CONSTRAINT army_welfare_agreed CHECK (
        kind <> 'armyWelfare' OR step IN ('agreementEnded', 'ended') OR facts ~ '\magreed\M'),
    -- Notes of therapy leave on a named and narrow request alone, agreed to or ordered.
    CONSTRAINT therapy_notes_narrow CHECK (kind <> 'therapyNotes' OR step <> 'released' OR who <> '' AND words <> ''
        AND facts ~ '\mscope(Dates|Attendance)\M' AND facts ~ '\mground(Agreed|Court)\M'),
    PRIMARY KEY (matter_id, version, agency_id),
    FOREIGN KEY (matter_id, case_id, agency_id, kind) REFERENCES app.legal_matter (id, case_id, agency_id, kind),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX matter_entry_by_case ON app.matter_entry (case_id);
CREATE INDEX matter_entry_by_person ON app.matter_entry (person_id, recorded_at DESC, matter_id DESC);
CREATE INDEX matter_entry_by_account ON app.matter_entry (recorded_by);

SELECT app.guard_casework('app.legal_matter', 'case_id', '{person_id}');
SELECT app.guard_casework('app.matter_entry', 'case_id', '{person_id}');
SELECT app.guard_author('app.legal_matter', 'recorded_by');
SELECT app.guard_author('app.matter_entry', 'recorded_by');
-- Its version moves on while it stands; once withdrawn it stays as it is.
CREATE POLICY withdrawn_once ON app.legal_matter AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (withdrawn_at IS NULL) WITH CHECK (withdrawn_by IS NULL OR withdrawn_by = (SELECT app.viewer_account()));
GRANT SELECT, INSERT ON app.legal_matter, app.matter_entry TO drystone_app;
GRANT UPDATE (version, withdrawn_at, withdrawn_by, withdrawn_because) ON app.legal_matter TO drystone_app;

-- A clock that runs stands on a list.
ALTER TABLE app.task ADD COLUMN matter_id uuid,
    ADD FOREIGN KEY (matter_id, agency_id) REFERENCES app.legal_matter (id, agency_id);
CREATE INDEX task_by_matter ON app.task (matter_id);
SELECT app.add_task_kinds('matter');
SELECT app.add_looks('matters-viewed');
RESET ROLE;

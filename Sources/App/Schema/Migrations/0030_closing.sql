-- How a case ends: why, what came of it, and where she goes next. One of high risk is closed by two people.
SET ROLE drystone_owner;
CREATE TABLE app.case_closing (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    reason text NOT NULL CHECK (reason IN
        ('planned', 'disengaged', 'declined', 'moved', 'transferred', 'unsafeToContinue', 'died')),
    abuse text NOT NULL CHECK (abuse IN ('ceased', 'reduced', 'same', 'worse', 'notKnown', 'notAsked')),
    feels text NOT NULL CHECK (feels IN ('safer', 'same', 'lessSafe', 'declined', 'notAsked')),
    step_down text NOT NULL DEFAULT '' CHECK (length(step_down) <= 200),
    summary text NOT NULL CHECK (length(summary) BETWEEN 1 AND 4000),
    feedback text NOT NULL DEFAULT '' CHECK (length(feedback) <= 4000),
    -- The grade in force when it was closed.
    risk text NOT NULL CHECK (risk IN ('notAssessed', 'standard', 'medium', 'high')),
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    UNIQUE (id, agency_id),
    UNIQUE (id, agency_id, proposed_by),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (proposed_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX case_closing_by_case ON app.case_closing (case_id);
CREATE INDEX case_closing_by_person ON app.case_closing (person_id);
CREATE INDEX case_closing_by_account ON app.case_closing (proposed_by);

-- What the second person said. Not the one who proposed it: the key and the check hold that.
CREATE TABLE app.closing_decision (
    closing_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    proposed_by uuid NOT NULL,
    agreed boolean NOT NULL,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 4000),
    decided_at timestamptz NOT NULL,
    decided_by uuid NOT NULL,
    PRIMARY KEY (closing_id, agency_id),
    CONSTRAINT second_person CHECK (decided_by <> proposed_by),
    CONSTRAINT refusal_needs_reason CHECK (agreed OR reason <> ''),
    FOREIGN KEY (closing_id, agency_id, proposed_by) REFERENCES app.case_closing (id, agency_id, proposed_by),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX closing_decision_by_case ON app.closing_decision (case_id);
CREATE INDEX closing_decision_by_person ON app.closing_decision (person_id);
CREATE INDEX closing_decision_by_account ON app.closing_decision (decided_by);

SELECT app.guard_casework('app.case_closing', 'case_id', '{person_id}');
SELECT app.guard_casework('app.closing_decision', 'case_id', '{person_id}');
SELECT app.guard_author('app.case_closing', 'proposed_by');
SELECT app.guard_author('app.closing_decision', 'decided_by');
GRANT SELECT, INSERT ON app.case_closing, app.closing_decision TO drystone_app;

-- The closing that waits for a second person or, of a closed case, the one that closed it.
ALTER TABLE app.case_record ADD COLUMN closing_id uuid,
    ADD FOREIGN KEY (closing_id, agency_id) REFERENCES app.case_closing (id, agency_id) DEFERRABLE INITIALLY DEFERRED;
CREATE INDEX case_by_closing ON app.case_record (closing_id);
GRANT UPDATE (closing_id) ON app.case_record TO drystone_app;
-- Who was known before: cases of a person by when they ended.
CREATE INDEX case_closed_by_person ON app.case_record (person_id, closed_at DESC) WHERE closed_at IS NOT NULL;

ALTER TABLE app.task DROP CONSTRAINT task_kind, ADD CONSTRAINT task_kind CHECK (kind IN
    ('firstContact', 'contact', 'review', 'callBack', 'promise', 'warning', 'maracDecision', 'reassess', 'askDetails',
     'dutyContact', 'closing'));
DROP INDEX app.task_of_shift;
-- What is about danger now stands before any paperwork.
CREATE INDEX task_of_shift ON app.task (agency_id, (kind NOT IN ('warning', 'callBack')), due_at, id)
    WHERE done_at IS NULL
    AND (kind IN ('callBack', 'promise', 'warning', 'dutyContact', 'closing') OR kind = 'review' AND case_id IS NULL);
RESET ROLE;

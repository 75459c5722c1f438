-- Files: what somebody sent along, sealed with the key of the person whom it is about. Its name is not kept; what it
-- is was found out from its content. Never changed; whoever a case is shared with does not see them.
SET ROLE drystone_owner;
CREATE TABLE app.attachment (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    case_id uuid,
    -- The assessment that it came with.
    risk_id uuid,
    -- For the neutral name under which it is saved: document-1, document-2. Two that come at once may share one.
    number int NOT NULL CHECK (number > 0),
    kind text NOT NULL CHECK (kind IN ('pdf', 'jpeg', 'png', 'docx', 'odt')),
    size int NOT NULL CHECK (size BETWEEN 1 AND 10485760),
    content_sealed bytea NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    -- Looked at when all is done: 10 MB go in before the person is held for the grade, and nobody waits for them.
    FOREIGN KEY (risk_id, agency_id) REFERENCES app.risk_assessment (id, agency_id) DEFERRABLE INITIALLY DEFERRED,
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
-- What is encrypted doesn't get smaller: no time is spent on trying.
ALTER TABLE app.attachment ALTER COLUMN content_sealed SET STORAGE EXTERNAL;
CREATE INDEX attachment_by_person ON app.attachment (person_id, number);
CREATE INDEX attachment_by_case ON app.attachment (case_id);
CREATE INDEX attachment_by_risk ON app.attachment (risk_id);
CREATE INDEX attachment_by_author ON app.attachment (recorded_by);
SELECT app.guard_casework('app.attachment', 'case_id', '{person_id}');
SELECT app.guard_author('app.attachment', 'recorded_by');
GRANT SELECT, INSERT ON app.attachment TO drystone_app;
RESET ROLE;

-- Files on a case: what they are, in a closed word and a few of the worker's. One that was recorded by mistake is taken
-- back with a reason: nobody opens it again, and that it was there stays on record.
SET ROLE drystone_owner;
ALTER TABLE app.attachment
    DROP CONSTRAINT attachment_kind_check,
    ADD CONSTRAINT attachment_kind CHECK (kind IN ('pdf', 'jpeg', 'png', 'docx', 'xlsx', 'odt', 'ods')),
    ADD topic text NOT NULL DEFAULT 'assessment' CONSTRAINT attachment_topic CHECK (topic IN
        ('assessment', 'letter', 'message', 'injury', 'damage', 'court', 'police', 'health', 'housing', 'money',
         'consent', 'other')),
    ADD words text NOT NULL DEFAULT '' CHECK (length(words) <= 200),
    ADD withdrawn_at timestamptz,
    ADD withdrawn_by uuid,
    ADD withdrawn_because text NOT NULL DEFAULT '' CHECK (length(withdrawn_because) <= 1000),
    ADD CONSTRAINT attachment_withdrawn_whole CHECK (
        (withdrawn_at IS NULL) = (withdrawn_by IS NULL) AND (withdrawn_at IS NULL) = (withdrawn_because = '')),
    ADD FOREIGN KEY (withdrawn_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.attachment ALTER COLUMN topic DROP DEFAULT;
DROP INDEX app.attachment_by_case;
CREATE INDEX attachment_by_case ON app.attachment (case_id, recorded_at DESC, id DESC);
CREATE INDEX attachment_by_withdrawer ON app.attachment (withdrawn_by);
CREATE POLICY withdrawn_once ON app.attachment AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (withdrawn_at IS NULL) WITH CHECK (true);
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_because) ON app.attachment TO drystone_app;
RESET ROLE;

-- The shift: what a call leaves behind, what was promised, and handing it over.
SET ROLE drystone_owner;
ALTER TABLE app.contact
    ADD COLUMN speaking text NOT NULL DEFAULT 'directly' CONSTRAINT contact_speaking CHECK (speaking IN
        ('directly', 'interpreter', 'bsl', 'relayUK')),
    -- What may be done if the call is cut off, as agreed with her.
    ADD COLUMN fallback text NOT NULL DEFAULT '' CHECK (length(fallback) <= 1000),
    DROP CONSTRAINT contact_caller,
    ADD CONSTRAINT contact_caller CHECK (caller IN
        ('harmedPerson', 'thirdParty', 'professional', 'ownBehaviour', 'posing', 'silent', 'wrongNumber', 'notKnown'));
GRANT UPDATE (speaking, fallback) ON app.contact TO drystone_app;

-- What one shift leaves to the next.
CREATE TABLE app.handover (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    note text NOT NULL CHECK (length(note) BETWEEN 1 AND 4000),
    written_at timestamptz NOT NULL,
    written_by uuid NOT NULL,
    read_at timestamptz,
    read_by uuid,
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (written_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (read_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX handover_by_agency ON app.handover (agency_id, written_at DESC, id);
CREATE INDEX handover_by_writer ON app.handover (written_by);
CREATE INDEX handover_by_reader ON app.handover (read_by);
SELECT app.guard('app.handover');
CREATE POLICY own_agency ON app.handover TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
SELECT app.guard_author('app.handover', 'written_by');
GRANT SELECT, INSERT, UPDATE (read_at, read_by) ON app.handover TO drystone_app;
RESET ROLE;

-- Letters that an agency wrote itself for its workers to begin from. A row is a wording and is never changed: a later
-- one takes its place, the last may say that it is no longer used, and a letter keeps which wording it began from.
SET ROLE drystone_owner;
CREATE TABLE app.letter_wording (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- What its wordings have in common.
    template_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 80),
    addressee text NOT NULL CONSTRAINT letter_wording_addressee CHECK (addressee IN ('person', 'professional')),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 8000),
    is_used boolean NOT NULL,
    written_at timestamptz NOT NULL,
    written_by uuid NOT NULL,
    UNIQUE (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (written_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX letter_wording_once ON app.letter_wording (agency_id, template_id, version);
CREATE INDEX letter_wording_by_author ON app.letter_wording (written_by);
SELECT app.guard_casework('app.letter_wording', NULL, '{}');
SELECT app.guard_author('app.letter_wording', 'written_by');
GRANT SELECT, INSERT ON app.letter_wording TO drystone_app;

-- NULL: it began from one of the program's.
ALTER TABLE app.letter ADD COLUMN wording_id uuid,
    ADD FOREIGN KEY (wording_id, agency_id) REFERENCES app.letter_wording (id, agency_id);
CREATE INDEX letter_by_wording ON app.letter (wording_id);
RESET ROLE;

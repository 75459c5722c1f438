-- Every risk tool; what a grade rests on; a lower grade waits for a second person; police incidents; the MARAC
-- decision that a high grade asks for; the licensed wording that an agency has loaded.
SET ROLE drystone_owner;

-- An agency's own licensed wording of a tool, one line for each item; never changed, a later one replaces it.
CREATE TABLE app.instrument_wording (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    instrument text NOT NULL CHECK (instrument IN ('safeLivesDash', 'policeDash', 'dara', 'youngPeoples')),
    version text NOT NULL CHECK (length(version) BETWEEN 1 AND 60),
    from_day date NOT NULL,
    until_day date CHECK (until_day >= from_day),
    lines text[] NOT NULL CHECK (cardinality(lines) BETWEEN 1 AND 60),
    loaded_at timestamptz NOT NULL DEFAULT now(),
    loaded_by uuid NOT NULL,
    UNIQUE (id, agency_id),
    FOREIGN KEY (loaded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX instrument_wording_in_force ON app.instrument_wording (agency_id, instrument, from_day DESC, loaded_at DESC);

-- The grounds are a set: score, judgement and escalation are recorded separately. (A change of type rewrites every
-- row; an UPDATE would see none, for the owner is under the policies too.)
ALTER TABLE app.risk_assessment
    DROP CONSTRAINT judgement_needs_rationale,
    DROP CONSTRAINT risk_assessment_basis_check;
ALTER TABLE app.risk_assessment ALTER COLUMN basis TYPE text[] USING ARRAY[basis];
ALTER TABLE app.risk_assessment RENAME COLUMN basis TO bases;
ALTER TABLE app.risk_assessment
    ALTER COLUMN yes_count DROP NOT NULL,
    ALTER COLUMN open_count DROP NOT NULL,
    ALTER COLUMN threshold DROP NOT NULL,
    ALTER COLUMN national_threshold DROP NOT NULL,
    ADD COLUMN instrument_version text NOT NULL DEFAULT '1',
    ADD COLUMN wording_id uuid,
    -- A lower grade than the one in force: without effect until a second person has agreed.
    ADD COLUMN lowers boolean NOT NULL DEFAULT false,
    -- Made elsewhere: by whom, and on which day. It may be a tool, a day, an assessor, a score and a grade alone.
    ADD COLUMN assessor text NOT NULL DEFAULT '' CHECK (length(assessor) <= 200),
    ADD COLUMN received_day date,
    ADD CONSTRAINT risk_bases CHECK (
        cardinality(bases) > 0 AND bases <@ ARRAY['score', 'judgement', 'escalation']),
    ADD CONSTRAINT judgement_needs_rationale CHECK (
        NOT 'judgement' = ANY (bases) OR rationale <> '' OR assessor <> ''),
    ADD CONSTRAINT received_from_somebody CHECK ((received_day IS NULL) = (assessor = '')),
    ADD CONSTRAINT score_whole CHECK ((yes_count IS NULL) = (open_count IS NULL)),
    ADD UNIQUE (id, agency_id),
    ADD UNIQUE (id, agency_id, assessed_by),
    ADD FOREIGN KEY (wording_id, agency_id) REFERENCES app.instrument_wording (id, agency_id);
CREATE INDEX risk_assessment_by_wording ON app.risk_assessment (wording_id);

-- What the second person said of a lower grade. Not the one who assessed: the key and the check hold that.
CREATE TABLE app.risk_confirmation (
    risk_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    case_id uuid,
    assessed_by uuid NOT NULL,
    agreed boolean NOT NULL,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 4000),
    decided_at timestamptz NOT NULL,
    decided_by uuid NOT NULL,
    PRIMARY KEY (risk_id, agency_id),
    CONSTRAINT second_person CHECK (decided_by <> assessed_by),
    CONSTRAINT refusal_needs_reason CHECK (agreed OR reason <> ''),
    FOREIGN KEY (risk_id, agency_id, assessed_by) REFERENCES app.risk_assessment (id, agency_id, assessed_by),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX risk_confirmation_by_person ON app.risk_confirmation (person_id);
CREATE INDEX risk_confirmation_by_case ON app.risk_confirmation (case_id);
CREATE INDEX risk_confirmation_by_account ON app.risk_confirmation (decided_by);

-- An incident that the police recorded: three in twelve months are an escalation.
CREATE TABLE app.police_incident (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    happened_on date NOT NULL,
    reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 60),
    told_by text NOT NULL CHECK (length(told_by) BETWEEN 1 AND 200),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT incident_once UNIQUE (person_id, agency_id, reference),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX police_incident_by_person ON app.police_incident (person_id, happened_on DESC);

-- "MARAC: referred, repeat, or not, because".
CREATE TABLE app.marac_decision (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    case_id uuid,
    risk_id uuid,
    decision text NOT NULL CHECK (decision IN ('referred', 'repeat', 'notReferred')),
    because text NOT NULL DEFAULT '' CHECK (length(because) <= 4000),
    decided_at timestamptz NOT NULL,
    decided_by uuid NOT NULL,
    CONSTRAINT not_needs_because CHECK (decision <> 'notReferred' OR because <> ''),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id),
    FOREIGN KEY (risk_id, agency_id) REFERENCES app.risk_assessment (id, agency_id)
);
CREATE INDEX marac_decision_by_person ON app.marac_decision (person_id, decided_at DESC);
CREATE INDEX marac_decision_by_case ON app.marac_decision (case_id);
CREATE INDEX marac_decision_by_risk ON app.marac_decision (risk_id);

SELECT app.guard_casework('app.instrument_wording', NULL, '{}');
SELECT app.guard_casework('app.risk_confirmation', 'case_id', '{person_id}');
SELECT app.guard_casework('app.police_incident', NULL, '{person_id}');
SELECT app.guard_casework('app.marac_decision', 'case_id', '{person_id}');
SELECT app.guard_author('app.instrument_wording', 'loaded_by');
SELECT app.guard_author('app.risk_confirmation', 'decided_by');
SELECT app.guard_author('app.police_incident', 'recorded_by');
SELECT app.guard_author('app.marac_decision', 'decided_by');
-- Whoever a case is shared with reads the grade that stands, so they need to know whether a lower one was agreed.
CREATE POLICY shared ON app.risk_confirmation FOR SELECT TO drystone_app USING (case_id IN (SELECT app.viewer_shares()));
GRANT SELECT, INSERT ON app.instrument_wording, app.risk_confirmation, app.police_incident, app.marac_decision
    TO drystone_app;
RESET ROLE;

-- Data sets taken at intake, at reviews and at exit; and referrals to MARAC as they were written. Neither is changed:
-- what was recorded by mistake is withdrawn, with a reason, and stays. Whoever a case is shared with sees neither.
SET ROLE drystone_owner;

-- What was withdrawn stays so, in the name of whoever withdrew it.
CREATE FUNCTION app.guard_withdrawal(guarded regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('CREATE POLICY withdrawn_once ON %s AS RESTRICTIVE FOR UPDATE TO drystone_app '
                   'USING (withdrawn_at IS NULL) WITH CHECK (withdrawn_by = (SELECT app.viewer_account()))', guarded);
END $$;

CREATE FUNCTION app.listed(words text[]) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT string_agg(quote_literal(word) || '::text, ', '') FROM unnest(words) AS word
$$;
-- Adds to a list that several migrations add to, in whichever order they come.
CREATE FUNCTION app.add_task_kinds(VARIADIC added text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    rule text;
BEGIN
    SELECT pg_get_constraintdef(oid) INTO rule FROM pg_constraint
    WHERE conrelid = 'app.task'::regclass AND conname = 'task_kind';
    ALTER TABLE app.task DROP CONSTRAINT task_kind;
    EXECUTE 'ALTER TABLE app.task ADD CONSTRAINT task_kind '
        || replace(rule, 'ARRAY[', 'ARRAY[' || app.listed(added));
END $$;
CREATE FUNCTION app.add_looks(VARIADIC added text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    rule text;
BEGIN
    SELECT pg_get_expr(polqual, polrelid) INTO rule FROM pg_policy
    WHERE polrelid = 'app.audit_event'::regclass AND polname = 'seen_of_own';
    EXECUTE 'ALTER POLICY seen_of_own ON app.audit_event USING ('
        || replace(rule, 'ARRAY[', 'ARRAY[' || app.listed(added)) || ')';
END $$;

CREATE TABLE app.outcome_set (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    stage text NOT NULL CONSTRAINT outcome_stage CHECK (stage IN ('intake', 'review', 'exit')),
    taken_on date NOT NULL,
    taken_at timestamptz NOT NULL
        GENERATED ALWAYS AS ((taken_on + time '00:00') AT TIME ZONE 'Europe/London') STORED,
    -- Closed answers, "question:answer" with a space between; what was not asked is not there. The questions and
    -- answers are the program's (docs/guide/data-sets.md).
    answers text NOT NULL CHECK (length(answers) <= 4000 AND answers ~ '^([a-z_]+:[a-zA-Z0-9]+( |$))*$'),
    own_words text NOT NULL DEFAULT '' CHECK (length(own_words) <= 4000),
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_because text NOT NULL DEFAULT '' CHECK (length(withdrawn_because) <= 1000),
    CONSTRAINT outcome_withdrawn_whole CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)
        AND (withdrawn_at IS NULL) = (withdrawn_because = '')),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (withdrawn_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX outcome_set_by_case ON app.outcome_set (case_id, taken_at DESC, id DESC);
CREATE INDEX outcome_set_by_person ON app.outcome_set (person_id, taken_at DESC, id DESC);
CREATE INDEX outcome_set_by_day ON app.outcome_set (agency_id, taken_on, id);
CREATE INDEX outcome_set_by_account ON app.outcome_set (recorded_by);
CREATE INDEX outcome_set_by_withdrawer ON app.outcome_set (withdrawn_by);
-- One intake and one exit of a case.
CREATE UNIQUE INDEX outcome_set_once ON app.outcome_set (case_id, stage, agency_id)
    WHERE stage <> 'review' AND withdrawn_at IS NULL;

-- A referral to MARAC: what only the referrer can say. All else on the paper comes from the record.
CREATE TABLE app.marac_referral (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- By the rule and what was on record then: within twelve months of the last referral.
    is_repeat boolean NOT NULL,
    -- The last referral that the check found.
    last_on date,
    repeat_because text NOT NULL DEFAULT '' CHECK (length(repeat_because) <= 500),
    meets_on date,
    told text NOT NULL CONSTRAINT marac_told CHECK (told IN ('agreed', 'disagreed', 'notTold')),
    told_because text NOT NULL DEFAULT '' CHECK (length(told_because) <= 1000),
    basis text NOT NULL CONSTRAINT marac_basis CHECK (basis IN
        ('consent', 'vitalInterests', 'safeguarding', 'legalObligation')),
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 4000),
    afraid_of text NOT NULL DEFAULT '' CHECK (length(afraid_of) <= 500),
    safe_with text NOT NULL DEFAULT '' CHECK (length(safe_with) <= 500),
    unsafe_with text NOT NULL DEFAULT '' CHECK (length(unsafe_with) <= 500),
    wants text NOT NULL DEFAULT '' CHECK (length(wants) <= 1000),
    schools text NOT NULL DEFAULT '' CHECK (length(schools) <= 500),
    elsewhere text NOT NULL DEFAULT '' CHECK (length(elsewhere) <= 500),
    written_at timestamptz NOT NULL,
    written_by uuid NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_because text NOT NULL DEFAULT '' CHECK (length(withdrawn_because) <= 1000),
    CONSTRAINT marac_withdrawn_whole CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL)
        AND (withdrawn_at IS NULL) = (withdrawn_because = '')),
    CONSTRAINT not_told_needs_reason CHECK (told = 'agreed' OR told_because <> ''),
    CONSTRAINT marac_consent CHECK (basis <> 'consent' OR told = 'agreed'),
    CONSTRAINT repeat_against_record CHECK (is_repeat = (last_on IS NOT NULL) OR repeat_because <> ''),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (written_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (withdrawn_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX marac_referral_by_case ON app.marac_referral (case_id, written_at DESC);
CREATE INDEX marac_referral_by_person ON app.marac_referral (person_id, written_at DESC, id DESC);
CREATE INDEX marac_referral_by_account ON app.marac_referral (written_by);
CREATE INDEX marac_referral_by_withdrawer ON app.marac_referral (withdrawn_by);

SELECT app.guard_casework('app.outcome_set', 'case_id', '{person_id}');
SELECT app.guard_casework('app.marac_referral', 'case_id', '{person_id}');
SELECT app.guard_author('app.outcome_set', 'recorded_by');
SELECT app.guard_author('app.marac_referral', 'written_by');
SELECT app.guard_withdrawal('app.outcome_set');
SELECT app.guard_withdrawal('app.marac_referral');
GRANT SELECT, INSERT, UPDATE (withdrawn_at, withdrawn_by, withdrawn_because) ON app.outcome_set, app.marac_referral
    TO drystone_app;

SELECT app.add_task_kinds('dataSet', 'tellBack');
SELECT app.add_looks('outcomes-viewed', 'marac-referral-viewed', 'marac-referral-printed');
RESET ROLE;

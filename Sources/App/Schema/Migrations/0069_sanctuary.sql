-- Sanctuary: a home is made safe enough to stay in. What is known of it may change; its steps and their days are kept as
-- they were recorded, and where it stands is worked out from them. Whoever a case is shared with sees none of it.
SET ROLE drystone_owner;
CREATE TABLE app.sanctuary (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- What a contractor quotes: drawn at random, so that it leads to no case.
    reference text NOT NULL CHECK (length(reference) BETWEEN 1 AND 60),
    requested_on date NOT NULL,
    -- Whether they want to stay in their home; whether whoever harms them lives there.
    wants text NOT NULL CHECK (wants IN ('yes', 'no', 'notKnown')),
    harmer_there text NOT NULL CHECK (harmer_there IN ('yes', 'no', 'notKnown')),
    tenure text NOT NULL CONSTRAINT sanctuary_tenure CHECK (tenure IN ('social', 'privateRented', 'owner', 'notKnown')),
    permission text NOT NULL CONSTRAINT sanctuary_permission CHECK (permission IN
        ('notAsked', 'notNeeded', 'asked', 'given', 'refused')),
    permission_on date,
    urgency text NOT NULL CONSTRAINT sanctuary_urgency CHECK (urgency IN ('standard', 'urgent')),
    funder text NOT NULL DEFAULT '' CHECK (length(funder) <= 120),
    -- For fitting, in pence; the items have their own. NULL: not known yet.
    fitting_pence int CHECK (fitting_pence BETWEEN 0 AND 10000000),
    -- For the contractor: where to ring, and when somebody is in, in closed words with a space between.
    phone text NOT NULL DEFAULT '' CHECK (phone ~ '^[0-9+() ]{0,25}$'),
    access text NOT NULL DEFAULT '' CHECK (length(access) <= 100 AND access ~ '^[a-z ]*$'),
    -- Taken out, or not gone ahead with.
    ended_on date,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT sanctuary_permission_day CHECK ((permission IN ('asked', 'given', 'refused')) = (permission_on IS NOT NULL)),
    CONSTRAINT sanctuary_reference UNIQUE (agency_id, reference),
    UNIQUE (id, case_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX sanctuary_one_open ON app.sanctuary (case_id, agency_id) WHERE ended_on IS NULL;
CREATE INDEX sanctuary_by_case ON app.sanctuary (case_id, recorded_at DESC);
CREATE INDEX sanctuary_by_person ON app.sanctuary (person_id);
CREATE INDEX sanctuary_by_account ON app.sanctuary (recorded_by);

-- What was done. Never changed.
CREATE TABLE app.sanctuary_step (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    sanctuary_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT sanctuary_step_kind CHECK (kind IN
        ('riskAssessed', 'fireSurveyed', 'ordered', 'installed', 'signedOff', 'supportAttached', 'reviewed', 'removed',
         'declined')),
    happened_on date NOT NULL,
    -- By whom: a survey's service, the contractor.
    who text NOT NULL DEFAULT '' CHECK (length(who) <= 120),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 2000),
    -- Why it is not gone ahead with.
    because text CONSTRAINT sanctuary_because CHECK (because IN
        ('theirChoice', 'harmerThere', 'permissionRefused', 'notSafeEnough', 'moved', 'noFunds', 'other')),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT sanctuary_declined_because CHECK ((kind = 'declined') = (because IS NOT NULL)),
    FOREIGN KEY (sanctuary_id, case_id, agency_id) REFERENCES app.sanctuary (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX sanctuary_step_once ON app.sanctuary_step (sanctuary_id, kind, agency_id)
    WHERE kind NOT IN ('riskAssessed', 'fireSurveyed', 'reviewed');
CREATE INDEX sanctuary_step_by_sanctuary ON app.sanctuary_step (sanctuary_id, recorded_at);
CREATE INDEX sanctuary_step_by_case ON app.sanctuary_step (case_id, recorded_at);
CREATE INDEX sanctuary_step_by_person ON app.sanctuary_step (person_id);
CREATE INDEX sanctuary_step_by_account ON app.sanctuary_step (recorded_by);

CREATE TABLE app.sanctuary_item (
    sanctuary_id uuid,
    kind text CONSTRAINT sanctuary_item_kind CHECK (kind IN
        ('locks', 'doorAlarm', 'windowAlarm', 'letterbox', 'safeRoom', 'cctv', 'alarm', 'lighting', 'other')),
    partnership_id uuid NOT NULL,
    agency_id uuid,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- None any more: 0.
    number int NOT NULL CHECK (number BETWEEN 0 AND 50),
    -- For all of them, in pence; NULL: not known yet.
    cost_pence int CHECK (cost_pence BETWEEN 0 AND 10000000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (sanctuary_id, kind, agency_id),
    FOREIGN KEY (sanctuary_id, case_id, agency_id) REFERENCES app.sanctuary (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX sanctuary_item_by_case ON app.sanctuary_item (case_id);
CREATE INDEX sanctuary_item_by_person ON app.sanctuary_item (person_id);
CREATE INDEX sanctuary_item_by_account ON app.sanctuary_item (recorded_by);

SELECT app.guard_casework('app.sanctuary', 'case_id', '{person_id}');
SELECT app.guard_casework('app.sanctuary_step', 'case_id', '{person_id}');
SELECT app.guard_casework('app.sanctuary_item', 'case_id', '{person_id}');
SELECT app.guard_author('app.sanctuary', 'recorded_by');
SELECT app.guard_author('app.sanctuary_step', 'recorded_by');
SELECT app.guard_author('app.sanctuary_item', 'recorded_by');
-- Never on the side of those who harm; what has ended stays as it is.
CREATE POLICY of_harmed ON app.sanctuary AS RESTRICTIVE FOR INSERT TO drystone_app
    WITH CHECK ((SELECT a.side FROM app.agency a WHERE a.id = sanctuary.agency_id) = 'harmed');
CREATE POLICY ended_stays ON app.sanctuary AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (ended_on IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON app.sanctuary, app.sanctuary_step, app.sanctuary_item TO drystone_app;
GRANT UPDATE (requested_on, wants, harmer_there, tenure, permission, permission_on, urgency, funder, fitting_pence, phone,
    access, ended_on, version) ON app.sanctuary TO drystone_app;
GRANT UPDATE (number, cost_pence) ON app.sanctuary_item TO drystone_app;

-- Nothing is ordered for a home in which they don't want to stay, where whoever harms them lives, that may not be
-- changed, or that nobody surveyed.
CREATE FUNCTION app.sanctuary_ready() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF NEW.kind = 'ordered' AND NOT EXISTS (
        SELECT FROM app.sanctuary s
        WHERE s.id = NEW.sanctuary_id AND s.wants = 'yes' AND s.harmer_there = 'no' AND s.permission IN ('notNeeded', 'given')
          AND EXISTS (SELECT FROM app.sanctuary_step r WHERE r.sanctuary_id = s.id AND r.kind = 'riskAssessed')
          AND EXISTS (SELECT FROM app.sanctuary_step f WHERE f.sanctuary_id = s.id AND f.kind = 'fireSurveyed')) THEN
        RAISE EXCEPTION 'a sanctuary is ordered when everything is there' USING ERRCODE = '23514',
            CONSTRAINT = 'sanctuary_ready';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sanctuary_ready BEFORE INSERT ON app.sanctuary_step
    FOR EACH ROW EXECUTE FUNCTION app.sanctuary_ready();

SELECT app.add_task_kinds('sanctuary');
SELECT app.add_looks('sanctuary-viewed', 'sanctuary-order-printed');

-- What a social tenant shows for the size criteria (SI 2021/991, regulations 3 and 4) is a letter like any other.
ALTER TABLE app.letter DROP CONSTRAINT letter_template, ADD CONSTRAINT letter_template CHECK (template IN
    ('appointment', 'keepingInTouch', 'ending', 'confirmation', 'housing', 'sizeCriteria', 'request', 'blank'));
RESET ROLE;

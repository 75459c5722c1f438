-- What somebody needs and wants, and what was done: needs with every change that was made to them, and the
-- interventions of the contract. Whoever a case is shared with does not see them.
SET ROLE drystone_owner;
CREATE TABLE app.need (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT need_kind CHECK (kind IN
        ('safety', 'housing', 'legal', 'immigration', 'money', 'health', 'mentalHealth', 'selfHarm', 'substances',
         'children', 'work', 'language', 'counselling', 'social', 'other')),
    opened_on date NOT NULL,
    -- The change that holds now.
    version int NOT NULL CHECK (version > 0),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- One of a kind on a case: what comes back is opened again, and is not counted twice.
    CONSTRAINT need_once UNIQUE (case_id, kind, agency_id),
    UNIQUE (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX need_by_person ON app.need (person_id);
CREATE INDEX need_by_account ON app.need (recorded_by);

-- What was wanted and how it stood, from each change on. Never changed: the newest holds.
CREATE TABLE app.need_change (
    need_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    goal text NOT NULL DEFAULT '' CHECK (length(goal) <= 1000),
    state text NOT NULL CONSTRAINT need_state CHECK (state IN ('open', 'partlyMet', 'met', 'noLongerWanted')),
    since date NOT NULL,
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (need_id, version, agency_id),
    FOREIGN KEY (need_id, case_id, agency_id) REFERENCES app.need (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX need_change_by_case ON app.need_change (case_id);
CREATE INDEX need_change_by_person ON app.need_change (person_id, recorded_at DESC, need_id DESC);
CREATE INDEX need_change_by_account ON app.need_change (recorded_by);

CREATE TABLE app.intervention (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT intervention_kind CHECK (kind IN
        ('legal', 'safetyPlan', 'homeSecurity', 'maracReferral', 'maracActions', 'housing', 'refuge', 'oneToOne',
         'armyWelfare', 'onwardReferral', 'stepDown', 'sarcReferral', 'sdvc')),
    leads_to text,
    -- Asked for one kind: whether they agreed to it.
    agreed boolean,
    need_id uuid,
    happened_on date NOT NULL,
    -- Where it stands among what has a time of day: at the start of its day.
    happened_at timestamptz NOT NULL
        GENERATED ALWAYS AS ((happened_on + time '00:00') AT TIME ZONE 'Europe/London') STORED,
    note text NOT NULL DEFAULT '' CHECK (length(note) <= 1000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT intervention_leads_on CHECK (CASE kind
        WHEN 'onwardReferral' THEN coalesce(leads_to, '') IN
            ('substances', 'foodBank', 'citizensAdvice', 'benefits', 'onlineSafety', 'otherService')
        WHEN 'stepDown' THEN coalesce(leads_to, '') IN ('outreach', 'counselling')
        ELSE leads_to IS NULL END),
    CONSTRAINT intervention_agreed CHECK (
        CASE WHEN kind = 'armyWelfare' THEN agreed IS TRUE ELSE agreed IS NULL END),
    FOREIGN KEY (need_id, case_id, agency_id) REFERENCES app.need (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX intervention_by_case ON app.intervention (case_id, happened_at DESC, id DESC);
CREATE INDEX intervention_by_person ON app.intervention (person_id, happened_at DESC, id DESC);
CREATE INDEX intervention_by_need ON app.intervention (need_id);
CREATE INDEX intervention_by_account ON app.intervention (recorded_by);

SELECT app.guard_casework('app.need', 'case_id', '{person_id}');
SELECT app.guard_casework('app.need_change', 'case_id', '{person_id}');
SELECT app.guard_casework('app.intervention', 'case_id', '{person_id}');
SELECT app.guard_author('app.need', 'recorded_by');
SELECT app.guard_author('app.need_change', 'recorded_by');
SELECT app.guard_author('app.intervention', 'recorded_by');
GRANT SELECT, INSERT ON app.need, app.need_change, app.intervention TO drystone_app;
GRANT UPDATE (version) ON app.need TO drystone_app;
RESET ROLE;

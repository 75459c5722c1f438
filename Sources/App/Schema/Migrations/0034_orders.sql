-- Orders that protect somebody, or that a court made around them: every change that was made to them, and every
-- breach. Whoever a case is shared with does not see them.
SET ROLE drystone_owner;
CREATE TABLE app.legal_order (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT order_kind CHECK (kind IN
        ('nonMolestation', 'occupation', 'dapn', 'dapo', 'dvpn', 'dvpo', 'stalkingProtection', 'restraining', 'bail',
         'licence', 'forcedMarriage', 'fgm', 'section91', 'other')),
    -- The change that holds now.
    version int NOT NULL CHECK (version > 0),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    UNIQUE (id, case_id, agency_id),
    UNIQUE (id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX legal_order_by_case ON app.legal_order (case_id);
CREATE INDEX legal_order_by_person ON app.legal_order (person_id);
CREATE INDEX legal_order_by_account ON app.legal_order (recorded_by);

-- What was said of it, from each change on. Never changed: the newest holds.
CREATE TABLE app.legal_order_change (
    order_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    version int NOT NULL CHECK (version > 0),
    applicant text NOT NULL CONSTRAINT order_applicant CHECK (applicant IN ('person', 'police', 'thirdParty', 'court')),
    court text NOT NULL DEFAULT '' CHECK (length(court) <= 200),
    made_on date NOT NULL,
    service text NOT NULL CONSTRAINT order_service CHECK (service IN ('served', 'notServed', 'notKnown')),
    served_on date,
    from_on date NOT NULL,
    -- The last day on which it holds; none: until further order.
    until_on date,
    conditions text NOT NULL DEFAULT '' CHECK (length(conditions) <= 4000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT order_served_on CHECK ((service = 'served') = (served_on IS NOT NULL)),
    CONSTRAINT order_days CHECK (served_on >= made_on AND from_on >= made_on AND until_on >= from_on),
    PRIMARY KEY (order_id, version, agency_id),
    FOREIGN KEY (order_id, case_id, agency_id) REFERENCES app.legal_order (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX legal_order_change_by_case ON app.legal_order_change (case_id);
CREATE INDEX legal_order_change_by_person ON app.legal_order_change (person_id, recorded_at DESC, order_id DESC);
CREATE INDEX legal_order_change_by_account ON app.legal_order_change (recorded_by);

CREATE TABLE app.order_breach (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    order_id uuid NOT NULL,
    happened_on date NOT NULL,
    -- Where it stands among what has a time of day: at the start of its day.
    happened_at timestamptz NOT NULL
        GENERATED ALWAYS AS ((happened_on + time '00:00') AT TIME ZONE 'Europe/London') STORED,
    what text NOT NULL CHECK (length(what) BETWEEN 1 AND 2000),
    report text NOT NULL CONSTRAINT breach_report CHECK (report IN ('reported', 'notReported', 'notKnown')),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    FOREIGN KEY (order_id, case_id, agency_id) REFERENCES app.legal_order (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX order_breach_by_case ON app.order_breach (case_id, happened_at DESC, id DESC);
CREATE INDEX order_breach_by_person ON app.order_breach (person_id, happened_at DESC, id DESC);
CREATE INDEX order_breach_by_order ON app.order_breach (order_id);
CREATE INDEX order_breach_by_account ON app.order_breach (recorded_by);

SELECT app.guard_casework('app.legal_order', 'case_id', '{person_id}');
SELECT app.guard_casework('app.legal_order_change', 'case_id', '{person_id}');
SELECT app.guard_casework('app.order_breach', 'case_id', '{person_id}');
SELECT app.guard_author('app.legal_order', 'recorded_by');
SELECT app.guard_author('app.legal_order_change', 'recorded_by');
SELECT app.guard_author('app.order_breach', 'recorded_by');
GRANT SELECT, INSERT ON app.legal_order, app.legal_order_change, app.order_breach TO drystone_app;
GRANT UPDATE (version) ON app.legal_order TO drystone_app;

-- What moves the risk of a person: it proposes a new assessment from a day on, until somebody answers it. It is the
-- person's, as grades and police incidents are: a kind and a day, whichever case it came from.
CREATE TABLE app.risk_event (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT event_kind CHECK (kind IN
        ('separation', 'pregnancy', 'release', 'contactHearing', 'newIncident', 'orderBreached', 'orderEnding')),
    -- When it happened, or is expected.
    day date NOT NULL,
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 500),
    -- The order that ends.
    order_id uuid,
    proposes_on date NOT NULL,
    due_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- How it was answered: once, for good.
    settled text CONSTRAINT event_settled CHECK (settled IN ('assessed', 'dismissed', 'overtaken', 'caseClosed')),
    settled_at timestamptz,
    settled_by uuid,
    reason text NOT NULL DEFAULT '' CHECK (length(reason) <= 1000),
    CONSTRAINT event_of_order CHECK ((kind = 'orderEnding') = (order_id IS NOT NULL)),
    CONSTRAINT event_settled_whole CHECK (num_nulls(settled, settled_at, settled_by) IN (0, 3)),
    CONSTRAINT dismissal_needs_reason CHECK ((settled IS NOT DISTINCT FROM 'dismissed') = (reason <> '')),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (order_id, agency_id) REFERENCES app.legal_order (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (settled_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX risk_event_by_person ON app.risk_event (person_id, recorded_at DESC, id DESC);
CREATE INDEX risk_event_waiting ON app.risk_event (person_id, due_at) WHERE settled IS NULL;
CREATE INDEX risk_event_by_order ON app.risk_event (order_id);
CREATE INDEX risk_event_by_account ON app.risk_event (recorded_by);
CREATE INDEX risk_event_by_settler ON app.risk_event (settled_by);
SELECT app.guard_casework('app.risk_event', NULL, '{person_id}');
SELECT app.guard_author('app.risk_event', 'recorded_by');
CREATE POLICY settled_once ON app.risk_event AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (settled IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON app.risk_event TO drystone_app;
GRANT UPDATE (settled, settled_at, settled_by, reason) ON app.risk_event TO drystone_app;

-- All events of a person propose one review, which says by when and why.
ALTER TABLE app.task DROP CONSTRAINT task_kind, ADD CONSTRAINT task_kind CHECK (kind IN
    ('firstContact', 'contact', 'review', 'callBack', 'promise', 'warning', 'maracDecision', 'reassess', 'riskReview',
     'askDetails', 'dutyContact', 'closing', 'toDo'));
CREATE UNIQUE INDEX task_one_review ON app.task (person_id, agency_id) WHERE kind = 'riskReview' AND done_at IS NULL;
GRANT UPDATE (detail) ON app.task TO drystone_app;
RESET ROLE;

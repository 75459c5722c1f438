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
RESET ROLE;

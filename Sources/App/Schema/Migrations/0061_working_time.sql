-- How much of a full-time post each colleague works, from a day on: what the benchmark of a year's cases is scaled by.
SET ROLE drystone_owner;
CREATE TABLE app.working_time (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    account_id uuid NOT NULL,
    -- Of a full-time post, in hundredths. The newest that has begun holds; earlier ones stay.
    hundredths int NOT NULL CONSTRAINT working_time_share CHECK (hundredths BETWEEN 5 AND 100),
    from_day date NOT NULL,
    set_at timestamptz NOT NULL,
    set_by uuid NOT NULL,
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (set_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX working_time_by_account ON app.working_time (account_id, agency_id, from_day DESC, set_at DESC);
CREATE INDEX working_time_by_agency ON app.working_time (agency_id);
SELECT app.guard_casework('app.working_time', NULL, '{}');
SELECT app.guard_author('app.working_time', 'set_by');
GRANT SELECT, INSERT ON app.working_time TO drystone_app;

-- Cases of a year by whoever holds or held them last, counted from the index alone.
CREATE INDEX case_of_worker_opened ON app.case_record (agency_id, worker_id, opened_at) INCLUDE (withheld, id);
RESET ROLE;

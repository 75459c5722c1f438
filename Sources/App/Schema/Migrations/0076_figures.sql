-- Figures that leave: what an agency hands in of a quarter, and what of all of it may be read by whoever pays for it and
-- answers for it. Counts, and nobody's record.
SET ROLE drystone_owner;
ALTER TABLE app.role_assignment DROP CONSTRAINT role_known;
ALTER TABLE app.role_assignment ADD CONSTRAINT role_known CHECK (role IN
    ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'accommodationWorker', 'housingOfficer',
     'perpetratorWorker', 'referrer', 'administrator', 'dataProtectionOfficer', 'analyst', 'commissioner'));

-- The counts of a quarter as an agency's manager signed them. Never changed: what is handed in again has the next number.
CREATE TABLE app.figure_return (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    from_day date NOT NULL,
    until_day date NOT NULL,
    number int NOT NULL CHECK (number BETWEEN 1 AND 100),
    -- Small counts among them: for the agency itself and for the partnership's analyst.
    counts jsonb NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT return_quarter CHECK (extract(day FROM from_day) = 1 AND extract(month FROM from_day) IN (1, 4, 7, 10)
        AND until_day = (from_day + interval '3 months - 1 day')::date),
    CONSTRAINT return_numbered UNIQUE (agency_id, from_day, number),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX figure_return_by_partnership ON app.figure_return (partnership_id, from_day);
CREATE INDEX figure_return_by_account ON app.figure_return (recorded_by);

-- What left: nothing else of a quarter ever does.
CREATE TABLE app.figure_release (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    from_day date NOT NULL,
    until_day date NOT NULL,
    -- The agencies whose counts are in it.
    agencies text[] NOT NULL,
    tables jsonb NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT released_once UNIQUE (partnership_id, from_day),
    UNIQUE (id, partnership_id),
    FOREIGN KEY (partnership_id) REFERENCES app.partnership (id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX figure_release_by_account ON app.figure_release (recorded_by);

-- The counts behind it, hidden ones too: what later releases are checked against.
CREATE TABLE app.figure_record (
    release_id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    tables jsonb NOT NULL,
    FOREIGN KEY (release_id, partnership_id) REFERENCES app.figure_release (id, partnership_id)
);
CREATE INDEX figure_record_by_partnership ON app.figure_record (partnership_id);

SELECT app.guard('app.figure_return');
SELECT app.guard_author('app.figure_return', 'recorded_by');
SELECT app.guard('app.figure_release');
SELECT app.guard_author('app.figure_release', 'recorded_by');
SELECT app.guard('app.figure_record');
CREATE POLICY seen ON app.figure_return FOR SELECT TO drystone_app
    USING ('analyst' = ANY ((SELECT app.viewer_roles())::text[])
        OR agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
            AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.figure_return FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY seen ON app.figure_release FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[]
        && ARRAY['serviceManager', 'accommodationWorker', 'analyst', 'commissioner']);
CREATE POLICY added ON app.figure_release FOR INSERT TO drystone_app
    WITH CHECK ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY seen ON app.figure_record FOR SELECT TO drystone_app
    USING ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.figure_record FOR INSERT TO drystone_app
    WITH CHECK ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
-- What has left is not changed behind it.
CREATE POLICY before_release ON app.figure_return AS RESTRICTIVE FOR INSERT TO drystone_app
    WITH CHECK (NOT EXISTS (SELECT FROM app.figure_release r WHERE r.partnership_id = figure_return.partnership_id
        AND r.from_day = figure_return.from_day));
GRANT SELECT, INSERT ON app.figure_return, app.figure_release, app.figure_record TO drystone_app;

-- A manager counts what the agency's own homes were asked for by others: how often, never by whom.
CREATE POLICY counted ON app.housing_enquiry FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
RESET ROLE;

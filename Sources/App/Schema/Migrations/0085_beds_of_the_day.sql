-- A night counts the beds that a unit had then: when their number changes, what it was until that day is kept.
SET ROLE drystone_owner;
CREATE TABLE app.unit_size (
    unit_id uuid,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- The first day on which it no longer was so.
    until_day date,
    bedspaces int NOT NULL CHECK (bedspaces BETWEEN 1 AND 20),
    -- With the agency: a key sees past the policies, and must tell nobody of another agency's unit.
    PRIMARY KEY (unit_id, until_day, agency_id),
    FOREIGN KEY (unit_id, agency_id) REFERENCES app.housing_unit (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX unit_size_by_agency ON app.unit_size (agency_id);
-- Of whoever runs it alone, and never changed.
SELECT app.guard('app.unit_size');
CREATE POLICY seen ON app.unit_size FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.unit_size FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
GRANT SELECT, INSERT ON app.unit_size TO drystone_app;

-- Changed twice on a day, what stood there that morning is what was.
CREATE FUNCTION app.keep_unit_size() RETURNS trigger LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    INSERT INTO unit_size (unit_id, partnership_id, agency_id, until_day, bedspaces)
    VALUES (OLD.id, OLD.partnership_id, OLD.agency_id, (NEW.confirmed_at AT TIME ZONE 'Europe/London')::date,
            OLD.bedspaces)
    ON CONFLICT (unit_id, until_day, agency_id) DO NOTHING;
    RETURN NULL;
END $$;
CREATE TRIGGER keep_unit_size AFTER UPDATE OF bedspaces ON app.housing_unit
    FOR EACH ROW WHEN (OLD.bedspaces <> NEW.bedspaces) EXECUTE FUNCTION app.keep_unit_size();
RESET ROLE;

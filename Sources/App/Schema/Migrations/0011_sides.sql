-- The two-party wall. The work with those who harm is an agency's of its own, so that every rule that keeps one
-- agency's casework from another keeps the two sides apart; whoever works on both sides has a role on each.
-- Referrers are colleagues of partner agencies who send people to the front door and watch what becomes of it.
SET ROLE drystone_owner;
ALTER TABLE app.agency ADD COLUMN side text NOT NULL DEFAULT 'harmed'
    CONSTRAINT agency_side CHECK (side IN ('harmed', 'harming'));
ALTER TABLE app.role_assignment DROP CONSTRAINT role_known;
ALTER TABLE app.role_assignment ADD CONSTRAINT role_known CHECK (role IN
    ('helplineWorker', 'idva', 'serviceManager', 'housingOfficer', 'perpetratorWorker', 'referrer', 'administrator',
     'dataProtectionOfficer'));

-- What is due need not be about a case: a call that ended suddenly, a promise, a warning.
ALTER TABLE app.task
    ALTER COLUMN case_id DROP NOT NULL,
    ADD COLUMN person_id uuid,
    ADD COLUMN contact_id uuid,
    -- What is to be done, in words that only those who may see the row read.
    ADD COLUMN detail text NOT NULL DEFAULT '' CHECK (length(detail) <= 1000),
    ADD COLUMN done_by uuid,
    DROP CONSTRAINT task_kind_check,
    ADD CONSTRAINT task_kind CHECK (kind IN
        ('firstContact', 'contact', 'review', 'callBack', 'promise', 'warning', 'maracDecision', 'reassess', 'askDetails',
         'dutyContact')),
    ADD CONSTRAINT task_about_something CHECK (num_nonnulls(case_id, person_id, contact_id) > 0),
    ADD FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    ADD FOREIGN KEY (contact_id, agency_id) REFERENCES app.contact (id, agency_id),
    ADD FOREIGN KEY (done_by, partnership_id) REFERENCES app.account (id, partnership_id);
CREATE INDEX task_waiting ON app.task (agency_id, due_at, id) WHERE done_at IS NULL;
CREATE INDEX task_by_person ON app.task (person_id);
CREATE INDEX task_by_contact ON app.task (contact_id);
CREATE INDEX task_by_doer ON app.task (done_by);
CREATE POLICY not_barred_person_id ON app.task AS RESTRICTIVE TO drystone_app
    USING (person_id IS NULL OR person_id NOT IN (SELECT app.viewer_barred()));
GRANT UPDATE (done_by) ON app.task TO drystone_app;
RESET ROLE;

SET ROLE drystone_definer;
-- The agencies whose rows this viewer may see: those where a role that works with people is in force today, London time.
CREATE OR REPLACE FUNCTION app.viewer_reach() RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    RETURN (SELECT coalesce(array_agg(DISTINCT r.agency_id), '{}')
            FROM session s JOIN account a ON a.id = s.account_id JOIN role_assignment r ON r.account_id = a.id
            WHERE s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))
              AND s.stage = 'full' AND s.expires_at > now() AND s.ends_at > now()
              AND (a.ended_at IS NULL OR a.ended_at > now())
              AND r.role IN ('helplineWorker', 'idva', 'serviceManager', 'housingOfficer', 'perpetratorWorker', 'referrer')
              AND r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date
              AND (r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date));
END $$;
RESET ROLE;

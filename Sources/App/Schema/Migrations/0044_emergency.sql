-- In an emergency somebody opens a case of another agency by its reference: for an hour, with a reason, on record before
-- anything is read; the agency sees it, and somebody else must review it. What is withheld stays withheld.
SET ROLE drystone_owner;
ALTER TABLE app.case_record ADD UNIQUE (id, agency_id, reference);
CREATE TABLE app.emergency_access (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    -- Whose case it is.
    agency_id uuid NOT NULL,
    reference text NOT NULL,
    account_id uuid NOT NULL,
    -- Found by the reference once that opens it.
    case_id uuid,
    reason text NOT NULL CHECK (length(reason) BETWEEN 1 AND 1000),
    opened_at timestamptz NOT NULL DEFAULT now(),
    ends_at timestamptz NOT NULL,
    extended int NOT NULL DEFAULT 0,
    -- Not reviewed by then, it is the data protection officer's.
    review_due timestamptz NOT NULL,
    reviewed_at timestamptz,
    reviewed_by uuid,
    outcome text CONSTRAINT emergency_outcome CHECK (outcome IN ('justified', 'moreToAsk', 'notJustified')),
    review_words text NOT NULL DEFAULT '' CHECK (length(review_words) <= 2000),
    CONSTRAINT emergency_ends CHECK (ends_at <= opened_at + interval '8 hours'),
    CONSTRAINT emergency_reviewed CHECK (num_nulls(reviewed_at, reviewed_by, outcome) IN (0, 3)
        AND (outcome IS NULL OR review_words <> '')),
    CONSTRAINT emergency_second_person CHECK (reviewed_by <> account_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (agency_id, reference) REFERENCES app.case_record (agency_id, reference),
    FOREIGN KEY (case_id, agency_id, reference) REFERENCES app.case_record (id, agency_id, reference),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (reviewed_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX emergency_by_account ON app.emergency_access (account_id, ends_at);
CREATE INDEX emergency_by_case ON app.emergency_access (case_id);
CREATE INDEX emergency_by_reference ON app.emergency_access (reference, agency_id);
CREATE INDEX emergency_by_agency ON app.emergency_access (agency_id, opened_at DESC);
CREATE INDEX emergency_by_reviewer ON app.emergency_access (reviewed_by);
CREATE INDEX emergency_waiting ON app.emergency_access (partnership_id, review_due) WHERE reviewed_at IS NULL;
SELECT app.guard('app.emergency_access');
DO $$
BEGIN
    EXECUTE format('CREATE POLICY not_barred_case_id ON app.emergency_access AS RESTRICTIVE TO drystone_app USING (%s)',
                   app.not_barred('app.emergency_access', 'case_id'));
END $$;
CREATE POLICY opener_sees ON app.emergency_access FOR SELECT TO drystone_app
    USING (account_id = (SELECT app.viewer_account()));
CREATE POLICY owner_sees ON app.emergency_access FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
CREATE POLICY officers_see ON app.emergency_access FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
-- By those who answer people in danger, for an hour, and never across the wall.
CREATE POLICY opener_adds ON app.emergency_access FOR INSERT TO drystone_app WITH CHECK (
    account_id = (SELECT app.viewer_account()) AND reviewed_by IS NULL AND ends_at <= now() + interval '61 minutes'
    AND (SELECT app.viewer_roles())::text[] && '{helplineWorker,idva,serviceManager}'
    AND (SELECT a.side FROM app.agency a WHERE a.id = emergency_access.agency_id)
        IN (SELECT g.side FROM app.agency g WHERE g.id = ANY (app.viewer_reach())));
CREATE POLICY opener_extends ON app.emergency_access FOR UPDATE TO drystone_app
    USING (account_id = (SELECT app.viewer_account()) AND ends_at > now() AND reviewed_by IS NULL)
    WITH CHECK (account_id = (SELECT app.viewer_account()) AND reviewed_by IS NULL
        AND ends_at <= now() + interval '61 minutes');
CREATE POLICY others_review ON app.emergency_access FOR UPDATE TO drystone_app
    USING (reviewed_by IS NULL AND account_id <> (SELECT app.viewer_account())
        AND ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[])
            OR 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])
               AND agency_id = ANY ((SELECT app.viewer_reach())::uuid[])))
    WITH CHECK (reviewed_by = (SELECT app.viewer_account()));
GRANT SELECT, INSERT (id, partnership_id, agency_id, reference, account_id, reason, ends_at, review_due),
    UPDATE (case_id, ends_at, extended, reviewed_at, reviewed_by, outcome, review_words)
    ON app.emergency_access TO drystone_app;

-- What shares show, and what the viewer opened in an emergency: every part of a case, its notes too, which no share
-- shows.
CREATE OR REPLACE FUNCTION app.shown_to_viewer(part text) RETURNS uuid[]
LANGUAGE plpgsql STABLE COST 1000 SET search_path = app, pg_temp AS $$
BEGIN
    RETURN shares_show(part) || ARRAY(
        SELECT e.case_id FROM emergency_access e
        WHERE part <> 'agreed' AND e.account_id = viewer_account() AND e.ends_at > now() AND e.case_id IS NOT NULL);
END $$;
SELECT app.shared_part('app.case_note', 'case_id', 'shows_notes');
-- The case itself by its reference too: that finds it, once.
CREATE FUNCTION app.opened_by_viewer() RETURNS text[]
LANGUAGE plpgsql STABLE COST 1000 SET search_path = app, pg_temp AS $$
BEGIN
    RETURN ARRAY(SELECT e.agency_id || e.reference FROM emergency_access e
                 WHERE e.account_id = viewer_account() AND e.ends_at > now());
END $$;
GRANT EXECUTE ON FUNCTION app.opened_by_viewer() TO drystone_app;
ALTER POLICY own_or_shared ON app.case_record USING (
    agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
    OR id = ANY ((SELECT app.shown_to_viewer('shows_case'))::uuid[])
    OR agency_id || reference = ANY ((SELECT app.opened_by_viewer())::text[]));
RESET ROLE;

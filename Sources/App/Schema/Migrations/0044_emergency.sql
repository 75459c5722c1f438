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

-- As before (0043), and what somebody opened in an emergency. No share shows notes.
ALTER TABLE app.case_share ADD COLUMN shows_notes boolean NOT NULL DEFAULT false;
CREATE OR REPLACE FUNCTION app.shared_part(guarded regclass, by_column text, part text, named text DEFAULT 'case_id')
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own text := 'agency_id = ANY ((SELECT app.viewer_reach())::uuid[])';
    shared text := format('EXISTS (SELECT FROM app.case_share s WHERE s.%I = %s.%I AND s.ends_at > now() '
                          'AND s.with_agency_id = ANY (app.viewer_reach()) AND s.%I)', named, guarded, by_column, part);
    opened text := CASE
        WHEN guarded = 'app.case_record'::regclass THEN
            'EXISTS (SELECT FROM app.emergency_access e WHERE e.agency_id = app.case_record.agency_id '
            'AND e.reference = app.case_record.reference AND e.account_id = app.viewer_account() AND e.ends_at > now())'
        WHEN named = 'case_id' THEN format(
            'EXISTS (SELECT FROM app.emergency_access e WHERE e.case_id = %s.%I AND e.account_id = app.viewer_account() '
            'AND e.ends_at > now())', guarded, by_column)
        ELSE 'false' END;
    old text;
BEGIN
    FOREACH old IN ARRAY '{own_agency,own_or_shared,own_agency_add,own_agency_change,own_agency_remove}'::text[] LOOP
        EXECUTE format('DROP POLICY IF EXISTS %I ON %s', old, guarded);
    END LOOP;
    EXECUTE format('CREATE POLICY own_or_shared ON %s AS RESTRICTIVE FOR SELECT TO drystone_app USING (%s OR %s OR %s)',
                   guarded, own, shared, opened);
    EXECUTE format('CREATE POLICY own_agency_add ON %s AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (%s)',
                   guarded, own);
    EXECUTE format('CREATE POLICY own_agency_change ON %s AS RESTRICTIVE FOR UPDATE TO drystone_app USING (%s)',
                   guarded, own);
    EXECUTE format('CREATE POLICY own_agency_remove ON %s AS RESTRICTIVE FOR DELETE TO drystone_app USING (%s)',
                   guarded, own);
END $$;
SELECT app.shared_part('app.case_record', 'id', 'shows_case');
SELECT app.shared_part('app.risk_assessment', 'case_id', 'shows_risk');
SELECT app.shared_part('app.risk_confirmation', 'case_id', 'shows_risk');
SELECT app.shared_part('app.timeline_event', 'case_id', 'shows_timeline');
SELECT app.shared_part('app.legal_order', 'case_id', 'shows_orders');
SELECT app.shared_part('app.legal_order_change', 'case_id', 'shows_orders');
SELECT app.shared_part('app.order_breach', 'case_id', 'shows_orders');
SELECT app.shared_part('app.case_note', 'case_id', 'shows_notes');
RESET ROLE;

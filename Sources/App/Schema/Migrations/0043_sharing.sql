-- Sharing: what was told to whom, why, on which basis, until when, and who decided it; and what somebody agreed to.
-- Another agency reads the parts of a case that a share names, and no longer than it lasts.
SET ROLE drystone_owner;

-- What somebody agreed to: to whom, for what, until when. Withdrawn, all that rests on it ends at once.
CREATE TABLE app.consent (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- A partner, or somebody who isn't one.
    to_agency_id uuid,
    to_name text NOT NULL DEFAULT '' CHECK (length(to_name) <= 200),
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 500),
    given text NOT NULL CONSTRAINT consent_given CHECK (given IN ('spoken', 'written', 'throughSomebody')),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 1000),
    ends_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    withdrawn_at timestamptz,
    withdrawn_by uuid,
    withdrawn_because text CONSTRAINT consent_because CHECK (withdrawn_because IN ('theirWish', 'mistake')),
    withdrawn_words text NOT NULL DEFAULT '' CHECK (length(withdrawn_words) <= 1000),
    CONSTRAINT consent_to_somebody CHECK ((to_agency_id IS NULL) = (to_name <> '')),
    CONSTRAINT consent_withdrawn CHECK (num_nulls(withdrawn_at, withdrawn_by, withdrawn_because) IN (0, 3)),
    UNIQUE (id, case_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (to_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (withdrawn_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX consent_by_case ON app.consent (case_id, recorded_at DESC);
CREATE INDEX consent_by_person ON app.consent (person_id);
CREATE INDEX consent_by_agency ON app.consent (to_agency_id);
CREATE INDEX consent_by_account ON app.consent (recorded_by);
CREATE INDEX consent_by_withdrawer ON app.consent (withdrawn_by);
SELECT app.guard_casework('app.consent', 'case_id', '{person_id}');
SELECT app.guard_author('app.consent', 'recorded_by');
CREATE POLICY withdrawn_once ON app.consent AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (withdrawn_at IS NULL) WITH CHECK (withdrawn_by = (SELECT app.viewer_account()));
GRANT SELECT, INSERT ON app.consent TO drystone_app;
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_because, withdrawn_words) ON app.consent TO drystone_app;

-- A disclosure. With consent it holds at once; without, when a second person has agreed.
CREATE TABLE app.disclosure (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    route text NOT NULL CONSTRAINT disclosure_route CHECK (route IN
        ('marac', 'mash', 'housing', 'police', 'health', 'adultSafeguarding', 'other', 'earlier')),
    to_agency_id uuid,
    to_name text NOT NULL DEFAULT '' CHECK (length(to_name) <= 200),
    -- What a partner may read of the case here. None: nothing.
    parts text[] NOT NULL CHECK (parts <@ '{summary,risk,orders,timeline}'),
    -- What is told in words, with the name. Sealed; it may name an address or a number.
    told_sealed bytea,
    purpose text NOT NULL CHECK (length(purpose) BETWEEN 1 AND 500),
    basis text NOT NULL CONSTRAINT disclosure_basis CHECK (basis IN
        ('safeguarding', 'preventCrime', 'legalObligation', 'vitalInterests', 'health', 'legitimateInterests',
         'explicitConsent', 'earlier')),
    -- Why now, for this person: the one sentence that no route presets.
    because text NOT NULL CHECK (length(because) BETWEEN 1 AND 1000),
    necessity text NOT NULL CHECK (length(necessity) BETWEEN 1 AND 2000),
    asked text NOT NULL CONSTRAINT disclosure_asked CHECK (asked IN
        ('consent', 'notAsked', 'refused', 'unable', 'earlier')),
    consent_id uuid,
    ends_at timestamptz NOT NULL,
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    -- Nothing while a second person is waited for.
    agreed boolean,
    decided_at timestamptz,
    decided_by uuid,
    decision_reason text NOT NULL DEFAULT '' CHECK (length(decision_reason) <= 4000),
    revoked_at timestamptz,
    revoked_by uuid,
    revoke_reason text NOT NULL DEFAULT '' CHECK (length(revoke_reason) <= 1000),
    CONSTRAINT disclosure_to_somebody CHECK ((to_agency_id IS NULL) = (to_name <> '')),
    CONSTRAINT disclosure_to_another CHECK (to_agency_id <> agency_id),
    CONSTRAINT disclosure_on_consent CHECK ((asked = 'consent') = (consent_id IS NOT NULL)),
    CONSTRAINT disclosure_decided CHECK ((agreed IS NULL) = (decided_at IS NULL)
        AND (agreed IS NOT FALSE OR decision_reason <> '')),
    CONSTRAINT disclosure_second_person CHECK (decided_by <> proposed_by),
    CONSTRAINT disclosure_agreed CHECK (agreed IS NOT TRUE OR decided_by IS NOT NULL OR consent_id IS NOT NULL
        OR route = 'earlier'),
    CONSTRAINT disclosure_revoked CHECK (num_nulls(revoked_at, revoked_by) IN (0, 2)
        AND (revoked_at IS NULL) = (revoke_reason = '')),
    CONSTRAINT disclosure_ends CHECK (ends_at <= proposed_at + interval '366 days' OR route = 'earlier'),
    UNIQUE (id, agency_id, case_id, to_agency_id, agreed),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (consent_id, case_id, agency_id) REFERENCES app.consent (id, case_id, agency_id),
    FOREIGN KEY (to_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (proposed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (revoked_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX disclosure_by_case ON app.disclosure (case_id, proposed_at DESC);
CREATE INDEX disclosure_by_person ON app.disclosure (person_id);
CREATE INDEX disclosure_by_consent ON app.disclosure (consent_id);
CREATE INDEX disclosure_by_partner ON app.disclosure (to_agency_id);
CREATE INDEX disclosure_by_account ON app.disclosure (proposed_by);
CREATE INDEX disclosure_by_decider ON app.disclosure (decided_by);
CREATE INDEX disclosure_by_revoker ON app.disclosure (revoked_by);
CREATE INDEX disclosure_waiting ON app.disclosure (agency_id, proposed_at) WHERE agreed IS NULL;
SELECT app.guard_casework('app.disclosure', 'case_id', '{person_id}');
SELECT app.guard_author('app.disclosure', 'proposed_by');
-- Never across the wall, never decided by whoever writes it, and with consent only where that holds as long.
CREATE POLICY as_proposed ON app.disclosure AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (
    route <> 'earlier' AND decided_by IS NULL AND revoked_at IS NULL AND (agreed IS NULL OR consent_id IS NOT NULL)
    AND (to_agency_id IS NULL OR (SELECT a.side FROM app.agency a WHERE a.id = disclosure.to_agency_id)
                                 = (SELECT g.side FROM app.agency g WHERE g.id = disclosure.agency_id))
    AND (consent_id IS NULL OR EXISTS (
        SELECT FROM app.consent k WHERE k.id = disclosure.consent_id AND k.withdrawn_at IS NULL
          AND k.ends_at >= disclosure.ends_at AND k.to_agency_id IS NOT DISTINCT FROM disclosure.to_agency_id)));
CREATE POLICY decided_in_own_name ON app.disclosure AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (revoked_at IS NULL) WITH CHECK ((SELECT app.viewer_account()) IN (decided_by, revoked_by));
GRANT SELECT, INSERT ON app.disclosure TO drystone_app;
GRANT UPDATE (agreed, decided_at, decided_by, decision_reason, revoked_at, revoked_by, revoke_reason)
    ON app.disclosure TO drystone_app;

-- What a share opens. It rests on a disclosure that was agreed: the key holds that.
ALTER TABLE app.case_share
    ADD COLUMN disclosure_id uuid,
    ADD COLUMN shows_case boolean NOT NULL DEFAULT false,
    ADD COLUMN shows_risk boolean NOT NULL DEFAULT false,
    ADD COLUMN shows_orders boolean NOT NULL DEFAULT false,
    ADD COLUMN shows_timeline boolean NOT NULL DEFAULT false,
    ADD COLUMN agreed boolean NOT NULL GENERATED ALWAYS AS (true) STORED;
-- Shares from before disclosures were recorded opened the case, its risk and its timeline.
ALTER TABLE app.case_share NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.case_record NO FORCE ROW LEVEL SECURITY;
ALTER TABLE app.disclosure NO FORCE ROW LEVEL SECURITY;
INSERT INTO app.disclosure (id, partnership_id, agency_id, case_id, person_id, route, to_agency_id, parts, purpose, basis,
    because, necessity, asked, ends_at, proposed_at, proposed_by, agreed, decided_at)
SELECT s.id, s.partnership_id, s.agency_id, s.case_id, c.person_id, 'earlier', s.with_agency_id,
       '{summary,risk,timeline}', left(coalesce(nullif(s.purpose, ''), 'Not recorded'), 500), 'earlier', 'Not recorded',
       'Shared before this was asked', 'earlier', s.ends_at, s.created_at, s.created_by, true, s.created_at
FROM app.case_share s JOIN app.case_record c ON c.id = s.case_id;
UPDATE app.case_share SET disclosure_id = id, shows_case = true, shows_risk = true, shows_timeline = true;
ALTER TABLE app.case_share FORCE ROW LEVEL SECURITY;
ALTER TABLE app.case_record FORCE ROW LEVEL SECURITY;
ALTER TABLE app.disclosure FORCE ROW LEVEL SECURITY;
ALTER TABLE app.case_share ALTER COLUMN disclosure_id SET NOT NULL,
    ADD CONSTRAINT share_rests FOREIGN KEY (disclosure_id, agency_id, case_id, with_agency_id, agreed)
        REFERENCES app.disclosure (id, agency_id, case_id, to_agency_id, agreed);
CREATE INDEX case_share_by_disclosure ON app.case_share (disclosure_id);
SELECT app.guard_author('app.case_share', 'created_by');
GRANT INSERT, UPDATE (ends_at) ON app.case_share TO drystone_app;

-- What shares show of a part now, to the agencies within the viewer's reach: cases, or for 'agreed' disclosures.
CREATE FUNCTION app.shares_show(part text) RETURNS uuid[]
LANGUAGE plpgsql STABLE COST 1000 SET search_path = app, pg_temp AS $$
BEGIN
    RETURN ARRAY(
        SELECT CASE part WHEN 'agreed' THEN s.disclosure_id ELSE s.case_id END FROM case_share s
        WHERE s.with_agency_id = ANY (viewer_reach()) AND s.ends_at > now() AND CASE part
            WHEN 'agreed' THEN s.agreed WHEN 'shows_case' THEN s.shows_case WHEN 'shows_risk' THEN s.shows_risk
            WHEN 'shows_timeline' THEN s.shows_timeline WHEN 'shows_orders' THEN s.shows_orders ELSE false END);
END $$;
GRANT EXECUTE ON FUNCTION app.shares_show(text) TO drystone_app;

-- All that opens a part of another agency's case to the viewer: shares, and what 0044 adds. A policy asks once a query,
-- and only where a row is not of the viewer's own agency; as a question inside each policy, with the policies of shares
-- inside that, it made every page start half again as many steps.
CREATE FUNCTION app.shown_to_viewer(part text) RETURNS uuid[]
LANGUAGE plpgsql STABLE COST 1000 SET search_path = app, pg_temp AS $$
BEGIN
    RETURN shares_show(part);
END $$;
GRANT EXECUTE ON FUNCTION app.shown_to_viewer(text) TO drystone_app;

-- A table of a case that a share may open: read by the agency it is shared with where the share says so, and never
-- written by it. `by_column` names the case (or the disclosure); `part` is the share's word for it.
CREATE FUNCTION app.shared_part(guarded regclass, by_column text, part text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own text := 'agency_id = ANY ((SELECT app.viewer_reach())::uuid[])';
    shared text := format('%I = ANY ((SELECT app.shown_to_viewer(%L))::uuid[])', by_column, part);
    old text;
BEGIN
    FOREACH old IN ARRAY '{own_agency,own_or_shared,own_agency_add,own_agency_change,own_agency_remove}'::text[] LOOP
        EXECUTE format('DROP POLICY IF EXISTS %I ON %s', old, guarded);
    END LOOP;
    EXECUTE format('CREATE POLICY own_or_shared ON %s AS RESTRICTIVE FOR SELECT TO drystone_app USING (%s OR %s)',
                   guarded, own, shared);
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
SELECT app.shared_part('app.disclosure', 'id', 'agreed');

-- What ends with what: a disclosure that is revoked, a consent that is withdrawn. From the next statement on nobody
-- reads by it. As whoever ends it: these are rows of their own agency.
CREATE FUNCTION app.end_shares() RETURNS trigger
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'consent' THEN
        UPDATE case_share s SET ends_at = least(s.ends_at, now())
        FROM disclosure d WHERE d.id = s.disclosure_id AND d.consent_id = NEW.id;
    ELSE
        UPDATE case_share s SET ends_at = least(s.ends_at, now()) WHERE s.disclosure_id = NEW.id;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER ends_shares AFTER UPDATE OF withdrawn_at ON app.consent
    FOR EACH ROW EXECUTE FUNCTION app.end_shares();
CREATE TRIGGER ends_shares AFTER UPDATE OF revoked_at ON app.disclosure
    FOR EACH ROW WHEN (NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION app.end_shares();
RESET ROLE;

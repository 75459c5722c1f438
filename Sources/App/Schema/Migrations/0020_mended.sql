-- Names found as people type them; authors who exist; a log that its own reviewer's interest does not open; two
-- administrators for a lost device.
SET ROLE drystone_owner;

-- One spelling for all the ways to write a name: without marks (Zoë), letters with a stroke or joined (Łukasz, Bjørn,
-- Strauß) and apostrophes of any kind (O'Brien, O’Brien). Used when a name is kept and when one is looked for.
-- Immutable, because it computes stored columns; everything it names is PostgreSQL's own, which every search path
-- holds, so a restored dump computes the same.
CREATE FUNCTION app.fold(name text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT pg_catalog.translate(
        pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(pg_catalog.replace(
            pg_catalog.regexp_replace(pg_catalog.lower(pg_catalog.normalize(name, 'NFKD')),
                                      U&'[\0300-\036F''\2018\2019\02BC\02BB\0060\00B4]', '', 'g'),
            'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        'łøđðħıŋ', 'loddhin')
$$;
GRANT EXECUTE ON FUNCTION app.fold(text) TO drystone_app, drystone_loader, drystone_definer;

ALTER TABLE app.person_name DROP COLUMN folded, DROP COLUMN family_sound, DROP COLUMN given_sound;
ALTER TABLE app.person_name
    ADD COLUMN folded text NOT NULL GENERATED ALWAYS AS (app.fold(given_name || ' ' || family_name)) STORED,
    ADD COLUMN family_sound text NOT NULL
        GENERATED ALWAYS AS (coalesce(public.dmetaphone(app.fold(family_name)), '')) STORED,
    ADD COLUMN given_sound text NOT NULL
        GENERATED ALWAYS AS (coalesce(public.dmetaphone(app.fold(given_name)), '')) STORED;
CREATE INDEX person_name_by_sound ON app.person_name (family_sound, given_sound);
CREATE INDEX person_name_by_shape ON app.person_name USING gin (folded public.gin_trgm_ops) WITH (fastupdate = off);
GRANT SELECT (folded, family_sound, given_sound) ON app.person_name TO drystone_definer;

-- Who wrote a row is somebody of the partnership. No index leads back: no role may delete an account.
ALTER TABLE app.invitation ADD CONSTRAINT invitation_author
    FOREIGN KEY (invited_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.person ADD CONSTRAINT person_author
    FOREIGN KEY (created_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.person_address ADD CONSTRAINT person_address_author
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.safe_contact ADD CONSTRAINT safe_contact_author
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.relationship ADD CONSTRAINT relationship_author
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.contact ADD CONSTRAINT contact_author
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.case_record ADD CONSTRAINT case_author
    FOREIGN KEY (opened_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.case_share ADD CONSTRAINT case_share_author
    FOREIGN KEY (created_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.risk_assessment ADD CONSTRAINT risk_assessment_author
    FOREIGN KEY (assessed_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.contact_attempt ADD CONSTRAINT contact_attempt_author
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.case_note ADD CONSTRAINT case_note_author
    FOREIGN KEY (written_by, partnership_id) REFERENCES app.account (id, partnership_id);
ALTER TABLE app.timeline_event ADD CONSTRAINT timeline_author
    FOREIGN KEY (by_account, partnership_id) REFERENCES app.account (id, partnership_id);

-- An answer is superseded before the next one is there, because only one may be current; so this waits for the end.
ALTER TABLE app.safe_contact ADD UNIQUE (id, agency_id);
CREATE INDEX safe_contact_by_next ON app.safe_contact (superseded_by);
ALTER TABLE app.safe_contact ADD CONSTRAINT safe_contact_next FOREIGN KEY (superseded_by, agency_id)
    REFERENCES app.safe_contact (id, agency_id) DEFERRABLE INITIALLY DEFERRED;

-- What she answers in writing is a reply, not a talk.
ALTER TABLE app.contact_attempt DROP CONSTRAINT contact_attempt_outcome_check;
ALTER TABLE app.contact_attempt
    ADD CONSTRAINT attempt_outcome CHECK (outcome IN
        ('spoke', 'replied', 'noAnswer', 'unsafeToTalk', 'messageLeft', 'wrongNumber', 'cancelled')),
    ADD CONSTRAINT attempt_replied CHECK (outcome <> 'replied' OR channel IN ('text', 'email', 'post'));

-- Nobody but the audited functions writes the log, and nobody but the door starts a session: not the loader either.
REVOKE INSERT ON app.audit_event, app.audit_seal, app.audit_checkpoint, app.audit_unsealed FROM drystone_loader;
REVOKE INSERT, UPDATE ON app.session FROM drystone_loader;
CREATE INDEX audit_event_by_event ON app.audit_event (partnership_id, event, at, id);

-- A new link for an account that is set up replaces its password and authenticator: one administrator says how the
-- person was recognised, another one confirms, and only then is there a link.
CREATE TABLE app.renewal (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    recognised text NOT NULL CONSTRAINT renewal_recognised CHECK (recognised IN ('inPerson', 'byVideo', 'byManager')),
    proposed_by uuid NOT NULL,
    proposed_at timestamptz NOT NULL DEFAULT now(),
    decided_by uuid,
    decided_at timestamptz,
    confirmed boolean,
    CONSTRAINT renewal_decided CHECK (num_nonnulls(decided_by, decided_at, confirmed) IN (0, 3)),
    CONSTRAINT renewal_by_two CHECK (confirmed IS NOT TRUE OR decided_by <> proposed_by),
    CONSTRAINT renewal_by_others CHECK (account_id NOT IN (proposed_by, decided_by)),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    CONSTRAINT renewal_proposer FOREIGN KEY (proposed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    CONSTRAINT renewal_decider FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX renewal_by_account ON app.renewal (account_id, proposed_at DESC);
SELECT app.guard('app.renewal');
CREATE POLICY administrators ON app.renewal TO drystone_app
    USING ('administrator' = ANY ((SELECT app.viewer_roles())::text[]));
SELECT app.guard_author('app.renewal', 'proposed_by');
CREATE POLICY decided_in_own_name ON app.renewal AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (decided_by IS NULL) WITH CHECK (decided_by = (SELECT app.viewer_account()));
GRANT SELECT, INSERT (id, partnership_id, account_id, recognised, proposed_by),
    UPDATE (decided_by, decided_at, confirmed) ON app.renewal TO drystone_app;
REVOKE INSERT, UPDATE ON app.renewal FROM drystone_loader;

-- An administrator makes the first link alone. A later one takes a confirmation by the same person in the same
-- transaction, of what another one proposed.
CREATE POLICY renewed_by_two ON app.invitation AS RESTRICTIVE FOR INSERT TO drystone_app
    WITH CHECK (EXISTS (SELECT FROM app.account a WHERE a.id = invitation.account_id AND NOT a.set_up)
                OR EXISTS (SELECT FROM app.renewal r WHERE r.account_id = invitation.account_id AND r.confirmed
                           AND r.decided_by = (SELECT app.viewer_account()) AND r.decided_at = now()));

-- What the definer's functions read of the log and of what its entries may be about.
GRANT SELECT (id, subject_id) ON app.audit_event TO drystone_definer;
GRANT SELECT (id, case_id) ON app.case_note TO drystone_definer;
GRANT SELECT (id, person_id, case_id) ON app.contact, app.risk_assessment TO drystone_definer;
GRANT SELECT (contact_id) ON app.search_request TO drystone_definer;
GRANT SELECT (id, person_id, contact_id, case_id) ON app.referral, app.task TO drystone_definer;
CREATE INDEX search_request_by_contact ON app.search_request (contact_id);
RESET ROLE;

SET ROLE drystone_definer;
-- As before; and for whoever reviews the log, the entries about what they have declared an interest in. A restricted
-- case stays in the log: that is where its reviewer sees who opened it.
CREATE OR REPLACE FUNCTION app.viewer_barred() RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 200 SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    me uuid := viewer_account();
    here uuid := (SELECT a.partnership_id FROM account a WHERE a.id = me);
    ours uuid[];
    known uuid[];
    people uuid[];
    declared uuid[] := '{}';
    about uuid[];
BEGIN
    IF me IS NULL THEN RETURN; END IF;
    SELECT coalesce(array_agg(c.id), '{}'), coalesce(array_agg(c.person_id), '{}') INTO ours, known
    FROM case_team t JOIN case_record c ON c.id = t.case_id
    WHERE t.account_id = me AND c.restricted;
    people := ARRAY(SELECT c.person_id FROM case_record c
        WHERE c.restricted AND c.partnership_id = here AND c.person_id <> ALL (known));
    IF EXISTS (SELECT FROM interest_block own WHERE own.account_id = me) THEN  -- only saves time
        declared := ARRAY(
            SELECT b.person_id FROM interest_block b WHERE b.account_id = me AND b.person_id IS NOT NULL
            UNION SELECT c.person_id FROM interest_block b JOIN case_record c ON c.id = b.case_id
                  WHERE b.account_id = me
            UNION SELECT r.harmed_id FROM interest_block b JOIN relationship r ON r.harming_id = b.person_id
                  WHERE b.account_id = me);
        people := people || declared;
    END IF;
    RETURN QUERY
        SELECT unnest(people)
        UNION ALL SELECT c.id FROM case_record c WHERE c.person_id = ANY (people)
        UNION ALL SELECT b.case_id FROM interest_block b WHERE b.account_id = me AND b.case_id IS NOT NULL
        UNION ALL SELECT c.id FROM case_record c
            WHERE c.person_id = ANY (known) AND c.restricted AND c.id <> ALL (ours);
    IF declared = '{}' OR 'dataProtectionOfficer' <> ALL (viewer_roles()) THEN RETURN; END IF;
    about := declared || ARRAY(SELECT c.id FROM case_record c WHERE c.person_id = ANY (declared));
    about := about
        || ARRAY(SELECT n.id FROM case_note n WHERE n.case_id = ANY (about))
        || ARRAY(SELECT r.id FROM risk_assessment r WHERE r.person_id = ANY (declared))
        || ARRAY(SELECT c.id FROM contact c WHERE c.person_id = ANY (declared));
    about := about
        || ARRAY(SELECT s.id FROM search_request s WHERE s.contact_id = ANY (about))
        || ARRAY(SELECT r.id FROM referral r WHERE r.person_id = ANY (declared) OR r.contact_id = ANY (about)
                 OR r.case_id = ANY (about))
        || ARRAY(SELECT t.id FROM task t WHERE t.person_id = ANY (declared) OR t.contact_id = ANY (about)
                 OR t.case_id = ANY (about));
    RETURN QUERY SELECT e.id FROM audit_event e WHERE e.subject_id = ANY (about);
END $$;

CREATE OR REPLACE FUNCTION app.search_people(request uuid, given text, family text, born date, phone bytea,
    postcode bytea)
RETURNS TABLE (person_id uuid, score double precision)
LANGUAGE plpgsql VOLATILE ROWS 20 SECURITY DEFINER SET search_path = app, public, pg_temp
AS $$
DECLARE
    me uuid := viewer_account();
    reach uuid[] := viewer_reach();
    why text;
    wanted text := trim(fold(coalesce(given, '') || ' ' || coalesce(family, '')));
    given_heard text := dmetaphone(fold(coalesce(given, '')));
    family_heard text := dmetaphone(fold(coalesce(family, '')));
    turned date;
BEGIN
    SELECT r.purpose INTO why FROM search_request r
    WHERE r.id = request AND r.account_id = me AND r.at > now() - interval '12 hours';
    IF why IS NULL OR why = '' THEN RETURN; END IF;
    PERFORM append_audit(gen_random_uuid(), viewer_partnership(), me, reach[1], 'people-searched', 'search', request,
        why, '');
    IF born IS NOT NULL AND extract(day FROM born) <= 12 THEN
        turned := make_date(extract(year FROM born)::int, extract(day FROM born)::int, extract(month FROM born)::int);
    END IF;
    RETURN QUERY
    WITH found AS (
        (SELECT n.person_id, similarity(n.folded, wanted)::double precision AS points
         FROM person_name n WHERE length(wanted) >= 3 AND n.folded % wanted AND n.agency_id = ANY (reach)
         ORDER BY similarity(n.folded, wanted) DESC LIMIT 60)
        UNION ALL
        (SELECT n.person_id, 0.55 FROM person_name n
         WHERE n.agency_id = ANY (reach) AND length(family) >= 2 AND family_heard <> ''
           AND n.family_sound = family_heard
           AND (coalesce(given, '') = '' OR n.given_sound = given_heard) LIMIT 60)
        UNION ALL
        (SELECT p.id, CASE WHEN p.date_of_birth = born THEN 0.5 ELSE 0.35 END FROM person p
         WHERE p.date_of_birth IN (born, turned) AND p.agency_id = ANY (reach) LIMIT 60)
        UNION ALL
        (SELECT f.person_id, 0.9 FROM person_phone f
         WHERE f.number_token = phone AND f.agency_id = ANY (reach) LIMIT 20)
        UNION ALL
        (SELECT a.person_id, 0.3 FROM person_address a
         WHERE a.postcode_token = postcode AND a.agency_id = ANY (reach) LIMIT 60)
    ), ranked AS (
        SELECT f.person_id, max(f.points) + 0.3 * (count(DISTINCT f.points) - 1) AS total
        FROM found f GROUP BY f.person_id
    )
    SELECT p.id, r.total::double precision
    FROM ranked r JOIN person p ON p.id = r.person_id
    WHERE p.partnership_id = viewer_partnership() AND p.agency_id = ANY (reach)
      AND p.id NOT IN (SELECT viewer_barred())
    ORDER BY r.total DESC, p.id LIMIT 20;
END $$;
RESET ROLE;

SET ROLE drystone_owner;
CREATE POLICY not_of_declared_interest ON app.audit_event AS RESTRICTIVE FOR SELECT TO drystone_app
    USING (id NOT IN (SELECT app.viewer_barred()));
RESET ROLE;

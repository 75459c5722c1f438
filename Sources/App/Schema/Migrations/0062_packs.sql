-- What is given to whoever asks for information (decision 0021): a request is a matter of the register; the pack is what
-- answers it. An officer begins it, a manager of the agency gathers what is on record, the officer decides on each piece,
-- a second person signs, and it leaves to somebody named. The pieces are copies: nothing of the record changes.
SET ROLE drystone_owner;
ALTER TABLE app.data_matter DROP CONSTRAINT data_matter_kind;
ALTER TABLE app.data_matter
    ADD CONSTRAINT data_matter_kind CHECK (kind IN
        ('breach', 'access', 'courtOrder', 'police', 'review', 'rectification', 'restriction', 'objection', 'erasure',
         'complaint')),
    ADD CONSTRAINT data_matter_of_agency UNIQUE (id, agency_id);

CREATE TABLE app.pack (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    matter_id uuid NOT NULL,
    -- Of one request the first, or the next after one that was revoked.
    number int NOT NULL CHECK (number > 0),
    -- The person on record, once a manager has found them; else the pack's own id, as for somebody who is not on record.
    subject_id uuid NOT NULL,
    -- Of a case, or a record's number, as the officer wrote it.
    reference text NOT NULL DEFAULT '' CHECK (length(reference) <= 60),
    -- Asked by, or for, somebody who is said to have harmed: nothing but what is their own is gathered.
    intercept boolean NOT NULL,
    begun_at timestamptz NOT NULL,
    begun_by uuid NOT NULL,
    gathered_at timestamptz,
    gathered_by uuid,
    prepared_at timestamptz,
    prepared_by uuid,
    signed_at timestamptz,
    signed_by uuid,
    released_at timestamptz,
    released_by uuid,
    way text CONSTRAINT pack_way CHECK (way IN ('inPerson', 'post', 'secureEmail', 'portal')),
    revoked_at timestamptz,
    revoked_by uuid,
    -- To whom it went, why it was sent back, why it was revoked. Sealed.
    told_sealed bytea NOT NULL,
    version int NOT NULL DEFAULT 1 CHECK (version > 0),
    CONSTRAINT pack_in_order CHECK (
        num_nulls(gathered_at, gathered_by) IN (0, 2) AND num_nulls(prepared_at, prepared_by) IN (0, 2)
        AND num_nulls(signed_at, signed_by) IN (0, 2) AND num_nulls(released_at, released_by, way) IN (0, 3)
        AND num_nulls(revoked_at, revoked_by) IN (0, 2) AND (prepared_at IS NULL OR gathered_at IS NOT NULL)
        AND (signed_at IS NULL OR prepared_at IS NOT NULL) AND (released_at IS NULL OR signed_at IS NOT NULL)),
    CONSTRAINT pack_by_two CHECK (signed_by <> prepared_by),
    CONSTRAINT pack_gathered_for CHECK (gathered_at IS NOT NULL OR subject_id = id),
    UNIQUE (matter_id, agency_id, number),
    UNIQUE (id, agency_id, subject_id),
    FOREIGN KEY (matter_id, agency_id) REFERENCES app.data_matter (id, agency_id),
    FOREIGN KEY (begun_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (gathered_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (prepared_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (signed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (released_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (revoked_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX pack_by_subject ON app.pack (subject_id);
CREATE INDEX pack_by_beginner ON app.pack (begun_by);
CREATE INDEX pack_by_gatherer ON app.pack (gathered_by);
CREATE INDEX pack_by_preparer ON app.pack (prepared_by);
CREATE INDEX pack_by_signer ON app.pack (signed_by);
CREATE INDEX pack_by_releaser ON app.pack (released_by);
CREATE INDEX pack_by_revoker ON app.pack (revoked_by);

-- A piece of what is on record, as it stood when it was gathered, and what was decided of it.
CREATE TABLE app.pack_item (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    pack_id uuid NOT NULL,
    subject_id uuid NOT NULL,
    number int NOT NULL CHECK (number > 0),
    -- Its words, and what of them would lead to somebody. Sealed.
    piece_sealed bytea NOT NULL,
    decision text CONSTRAINT pack_item_decision CHECK (decision IN ('include', 'redact', 'leaveOut')),
    ground text CONSTRAINT pack_item_ground CHECK (ground IN
        ('thirdParty', 'seriousHarm', 'childAbuse', 'crime', 'privilege', 'intercept', 'notAsked')),
    -- What leaves of it, and why. Sealed.
    left_sealed bytea,
    decided_at timestamptz,
    decided_by uuid,
    version int NOT NULL DEFAULT 1 CHECK (version > 0),
    CONSTRAINT pack_item_decided CHECK (num_nulls(decision, left_sealed, decided_at, decided_by) IN (0, 4)
        AND (ground IS NOT NULL) = (decision IN ('redact', 'leaveOut'))),
    UNIQUE (pack_id, agency_id, number),
    FOREIGN KEY (pack_id, agency_id, subject_id) REFERENCES app.pack (id, agency_id, subject_id),
    FOREIGN KEY (decided_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX pack_item_by_subject ON app.pack_item (subject_id);
CREATE INDEX pack_item_by_decider ON app.pack_item (decided_by);

-- Officers see every pack but of people whom they know; managers those of their agency. An officer's pack is about
-- nobody yet, a manager gathers, and what is gathered is decided while nobody has asked for the second signature.
SELECT app.guard_subject('app.pack'), app.guard_subject('app.pack_item');
DO $$
DECLARE
    officer constant text := '''dataProtectionOfficer'' = ANY ((SELECT app.viewer_roles())::text[])';
BEGIN
    EXECUTE 'CREATE POLICY two_see ON app.pack FOR SELECT TO drystone_app USING (' || officer || ' OR '
        || app.managed('app.pack') || ')';
    EXECUTE 'CREATE POLICY officers_begin ON app.pack FOR INSERT TO drystone_app WITH CHECK (' || officer
        || ' AND subject_id = id)';
    EXECUTE 'CREATE POLICY two_change ON app.pack FOR UPDATE TO drystone_app USING (revoked_by IS NULL AND ('
        || officer || ' OR ' || app.managed('app.pack') || ')) WITH CHECK (' || officer || ' OR '
        || app.managed('app.pack') || ')';
    EXECUTE 'CREATE POLICY two_see ON app.pack_item FOR SELECT TO drystone_app USING (' || officer || ' OR '
        || app.managed('app.pack_item') || ')';
    EXECUTE 'CREATE POLICY managers_gather ON app.pack_item FOR INSERT TO drystone_app WITH CHECK ('
        'decided_by IS NULL AND ' || app.managed('app.pack_item') || ')';
    EXECUTE 'CREATE POLICY officers_decide ON app.pack_item FOR UPDATE TO drystone_app USING (' || officer
        || ' AND EXISTS (SELECT FROM app.pack k WHERE k.id = pack_item.pack_id AND k.prepared_by IS NULL'
        '    AND k.revoked_by IS NULL)) WITH CHECK (decided_by = (SELECT app.viewer_account()))';
END $$;
SELECT app.guard_author('app.pack', 'begun_by');
GRANT SELECT, INSERT (id, partnership_id, agency_id, matter_id, number, subject_id, reference, intercept, begun_at,
    begun_by, told_sealed) ON app.pack TO drystone_app;
GRANT UPDATE (subject_id, gathered_at, gathered_by, prepared_at, prepared_by, signed_at, signed_by, released_at,
    released_by, way, revoked_at, revoked_by, told_sealed, version) ON app.pack TO drystone_app;
GRANT SELECT, INSERT (id, partnership_id, agency_id, pack_id, subject_id, number, piece_sealed),
    UPDATE (decision, ground, left_sealed, decided_at, decided_by, version) ON app.pack_item TO drystone_app;
GRANT DELETE ON app.pack, app.pack_item TO drystone_loader;

-- Each step is signed by whoever takes it, nobody takes two that need two, and what has left stays what it was.
CREATE FUNCTION app.pack_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
DECLARE
    me uuid := (SELECT app.viewer_account());
    roles text[] := (SELECT app.viewer_roles());
BEGIN
    IF NEW.gathered_by IS DISTINCT FROM OLD.gathered_by OR NEW.subject_id <> OLD.subject_id THEN
        IF OLD.gathered_by IS NOT NULL OR NEW.gathered_by IS DISTINCT FROM me OR NOT 'serviceManager' = ANY (roles) THEN
            RAISE EXCEPTION 'a pack is gathered once, by a manager' USING ERRCODE = '42501';
        END IF;
    END IF;
    IF NEW.prepared_by IS DISTINCT FROM OLD.prepared_by AND (OLD.signed_by IS NOT NULL OR NEW.prepared_by IS NOT NULL AND (
        NEW.prepared_by IS DISTINCT FROM me OR NOT 'dataProtectionOfficer' = ANY (roles)
        OR EXISTS (SELECT FROM app.pack_item i WHERE i.pack_id = NEW.id AND i.decided_by IS NULL))) THEN
        RAISE EXCEPTION 'an officer prepares a pack whose every piece is decided' USING ERRCODE = '42501';
    END IF;
    IF NEW.signed_by IS DISTINCT FROM OLD.signed_by AND (OLD.signed_by IS NOT NULL OR NEW.signed_by IS DISTINCT FROM me
        OR OLD.prepared_by IS NULL OR NOT 'serviceManager' = ANY (roles) OR NEW.begun_by = me
        OR EXISTS (SELECT FROM app.pack_item i
                   WHERE i.pack_id = NEW.id AND (i.decided_by IS NULL OR i.decided_by = me))) THEN
        RAISE EXCEPTION 'a pack is signed by a manager who has decided on none of its pieces' USING ERRCODE = '42501';
    END IF;
    IF NEW.released_by IS DISTINCT FROM OLD.released_by AND (OLD.released_by IS NOT NULL
        OR NEW.released_by IS DISTINCT FROM me OR OLD.signed_by IS NULL
        OR NOT 'dataProtectionOfficer' = ANY (roles)) THEN
        RAISE EXCEPTION 'an officer releases a pack that is signed' USING ERRCODE = '42501';
    END IF;
    IF NEW.revoked_by IS DISTINCT FROM OLD.revoked_by
        AND (NEW.revoked_by IS DISTINCT FROM me OR NOT 'dataProtectionOfficer' = ANY (roles)) THEN
        RAISE EXCEPTION 'an officer revokes a pack' USING ERRCODE = '42501';
    END IF;
    IF OLD.released_by IS NOT NULL AND (NEW.way, NEW.released_at, NEW.signed_at)
        IS DISTINCT FROM (OLD.way, OLD.released_at, OLD.signed_at) THEN
        RAISE EXCEPTION 'a pack that has left stays as it is' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER pack_stays BEFORE UPDATE ON app.pack
    FOR EACH ROW WHEN (current_user = 'drystone_app') EXECUTE FUNCTION app.pack_stays();

-- Nobody is deleted while a request about them waits.
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('app.due_people(uuid, uuid, date)'::regprocedure),
        '      AND NOT EXISTS (SELECT FROM legal_order_change o',
        E'      AND NOT EXISTS (SELECT FROM pack k JOIN data_matter m ON m.id = k.matter_id\n'
        '                      WHERE k.subject_id = n.id AND m.ended_at IS NULL)\n'
        '      AND NOT EXISTS (SELECT FROM legal_order_change o');
END $$;
GRANT SELECT (matter_id, subject_id) ON app.pack TO drystone_definer;
GRANT SELECT (id) ON app.data_matter TO drystone_definer;
RESET ROLE;

-- The audit log: append-only, through two functions only. Rows carry the hash of their own content;
-- a sealer puts them into one gap-free order and signs the tree over it.
SET ROLE drystone_owner;
CREATE TABLE app.audit_event (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL REFERENCES app.partnership,
    at timestamptz NOT NULL,
    account_id uuid,
    agency_id uuid,
    event text NOT NULL,
    subject_kind text NOT NULL,
    subject_id uuid,
    purpose text,
    detail text NOT NULL DEFAULT '',
    leaf bytea NOT NULL
);
CREATE INDEX audit_event_by_subject ON app.audit_event (subject_id, at);
CREATE INDEX audit_event_by_account ON app.audit_event (account_id, at);
CREATE INDEX audit_event_by_time ON app.audit_event (partnership_id, at);

CREATE TABLE app.audit_seal (
    partnership_id uuid NOT NULL,
    n bigint NOT NULL,
    audit_id uuid NOT NULL CONSTRAINT audit_sealed_once UNIQUE REFERENCES app.audit_event,
    PRIMARY KEY (partnership_id, n)
);
CREATE TABLE app.audit_checkpoint (
    partnership_id uuid NOT NULL,
    size bigint NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    root bytea NOT NULL,
    frontier bytea NOT NULL,
    note text NOT NULL,
    PRIMARY KEY (partnership_id, size)
);
-- What the sealer has still to do: a queue that stays short, so that finding new rows never scans the log.
CREATE TABLE app.audit_unsealed (
    partnership_id uuid NOT NULL,
    audit_id uuid NOT NULL,
    PRIMARY KEY (partnership_id, audit_id)
);

SELECT app.guard('app.audit_event');
SELECT app.guard('app.audit_seal');
SELECT app.guard('app.audit_unsealed');
SELECT app.guard('app.audit_checkpoint');
CREATE POLICY reviewers ON app.audit_event FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY sealing ON app.audit_event FOR SELECT TO drystone_auditor USING (true);
CREATE POLICY sealing ON app.audit_seal TO drystone_auditor USING (true);
CREATE POLICY sealing ON app.audit_checkpoint TO drystone_auditor USING (true);
CREATE POLICY sealing ON app.audit_unsealed TO drystone_auditor USING (true);
GRANT SELECT ON app.audit_event TO drystone_app, drystone_auditor;
GRANT SELECT, INSERT ON app.audit_seal, app.audit_checkpoint TO drystone_auditor;
GRANT SELECT, DELETE ON app.audit_unsealed TO drystone_auditor;
GRANT INSERT ON app.audit_event, app.audit_unsealed TO drystone_definer;
REVOKE UPDATE ON app.audit_event, app.audit_seal, app.audit_checkpoint, app.audit_unsealed FROM drystone_loader;
CREATE POLICY colleagues ON app.audit_checkpoint FOR SELECT TO drystone_app
    USING ('dataProtectionOfficer' = ANY ((SELECT app.viewer_roles())::text[]));
GRANT SELECT ON app.audit_checkpoint TO drystone_app;

-- One field of a leaf (App/Audit/CanonicalBytes.swift): a presence byte, its length in eight bytes, its bytes.
CREATE FUNCTION app.leaf_field(value bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN value IS NULL THEN '\x00'::bytea
                ELSE '\x01'::bytea || int8send(octet_length(value)::bigint) || value END
$$;

CREATE FUNCTION app.append_audit(new_id uuid, in_partnership uuid, by_account uuid, by_agency uuid, event text,
    subject_kind text, subject_id uuid, purpose text, detail text) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    moment timestamptz := clock_timestamp();
    content bytea;
BEGIN
    content := leaf_field(convert_to('drystone-leaf-v1', 'UTF8')) || leaf_field(uuid_send(new_id))
        || leaf_field(int8send((extract(epoch FROM moment) * 1000000)::bigint))
        || leaf_field(uuid_send(in_partnership)) || leaf_field(uuid_send(by_account)) || leaf_field(uuid_send(by_agency))
        || leaf_field(convert_to(event, 'UTF8')) || leaf_field(convert_to(subject_kind, 'UTF8'))
        || leaf_field(uuid_send(subject_id)) || leaf_field(convert_to(purpose, 'UTF8'))
        || leaf_field(convert_to(detail, 'UTF8'));
    INSERT INTO audit_event VALUES (new_id, in_partnership, moment, by_account, by_agency, event, subject_kind,
        subject_id, purpose, detail, sha256('\x00'::bytea || content));
    INSERT INTO audit_unsealed VALUES (in_partnership, new_id);
END $$;

-- What a viewer did. Who, where and when come from the session and the database, never from the caller.
CREATE FUNCTION app.audit(event text, subject_kind text, subject_id uuid, purpose text, detail text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE who uuid := viewer_account();
BEGIN
    IF who IS NULL THEN RAISE EXCEPTION 'no viewer' USING ERRCODE = '42501'; END IF;
    PERFORM append_audit(gen_random_uuid(), viewer_partnership(), who, (viewer_reach())[1], event, subject_kind,
        subject_id, purpose, detail);
END $$;

-- What happened at the door: before there is a viewer, and by the system's own commands.
CREATE FUNCTION app.audit_sign_in(in_partnership uuid, by_account uuid, event text, detail text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = app, pg_temp AS $$
BEGIN
    PERFORM append_audit(gen_random_uuid(), in_partnership, by_account, NULL, event, 'account', by_account, NULL, detail);
END $$;
GRANT EXECUTE ON FUNCTION app.leaf_field(bytea), app.append_audit(uuid, uuid, uuid, uuid, text, text, uuid, text, text)
    TO drystone_definer;
GRANT EXECUTE ON FUNCTION app.audit(text, text, uuid, text, text) TO drystone_app;
GRANT EXECUTE ON FUNCTION app.audit_sign_in(uuid, uuid, text, text) TO drystone_auth;
RESET ROLE;
SET ROLE drystone_migrator;
ALTER FUNCTION app.audit(text, text, uuid, text, text) OWNER TO drystone_definer;
ALTER FUNCTION app.audit_sign_in(uuid, uuid, text, text) OWNER TO drystone_definer;
RESET ROLE;

-- Data that agencies send for the needs assessment: what the partnership's analyst asks for, of whom, by when; and what
-- each sent. Records in the clear are sealed with a key of their own and open within the agency that sent them; the
-- analyst reads rows without names, and how good they are.
SET ROLE drystone_owner;

-- What is asked for: columns, which of them are needed, and the answers that are accepted. Never changed: what changes
-- is the next number, with days from and until which it is asked for.
CREATE TABLE app.data_specification (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    number int NOT NULL CHECK (number BETWEEN 1 AND 1000),
    columns jsonb NOT NULL,
    from_day date NOT NULL,
    until_day date,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT specification_days CHECK (until_day >= from_day),
    CONSTRAINT specification_numbered UNIQUE (partnership_id, name, number),
    UNIQUE (id, partnership_id),
    FOREIGN KEY (partnership_id) REFERENCES app.partnership (id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);

CREATE TABLE app.data_call (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    specification_id uuid NOT NULL,
    title text NOT NULL CHECK (length(title) BETWEEN 1 AND 120),
    from_day date NOT NULL,
    until_day date NOT NULL,
    due_on date NOT NULL,
    -- Keyed encodings unless records in the clear are agreed: with an impact assessment and an agreement.
    kind text NOT NULL CHECK (kind IN ('encoded', 'clear')),
    assessment_id uuid,
    assessment_version int,
    agreement text CHECK (length(agreement) BETWEEN 1 AND 200),
    -- From this day on nobody reads what was sent, and it is deleted.
    keep_until date NOT NULL,
    words text CHECK (length(words) BETWEEN 1 AND 2000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    closed_at timestamptz,
    CONSTRAINT call_period CHECK (until_day >= from_day),
    CONSTRAINT call_kept CHECK (keep_until > due_on),
    CONSTRAINT call_in_the_clear CHECK ((kind = 'clear') = (assessment_id IS NOT NULL)
        AND (kind = 'clear') = (agreement IS NOT NULL) AND (assessment_id IS NULL) = (assessment_version IS NULL)),
    UNIQUE (id, partnership_id),
    FOREIGN KEY (specification_id, partnership_id) REFERENCES app.data_specification (id, partnership_id),
    FOREIGN KEY (assessment_id, assessment_version) REFERENCES app.impact_assessment (assessment_id, version),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX data_call_by_specification ON app.data_call (specification_id);
CREATE INDEX data_call_by_assessment ON app.data_call (assessment_id);
CREATE INDEX data_call_by_partnership ON app.data_call (partnership_id, due_on);

-- Whom a call asks.
CREATE TABLE app.data_asked (
    call_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    -- A supplier of health care says how the national data opt-out was applied.
    is_health boolean NOT NULL,
    PRIMARY KEY (call_id, agency_id),
    FOREIGN KEY (call_id, partnership_id) REFERENCES app.data_call (id, partnership_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX data_asked_by_agency ON app.data_asked (agency_id);

-- What an agency sent: never taken back, replaced by the next number once that is received.
CREATE TABLE app.data_return (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    call_id uuid NOT NULL,
    number int NOT NULL CHECK (number BETWEEN 1 AND 1000),
    kind text NOT NULL CHECK (kind IN ('encoded', 'clear')),
    state text NOT NULL CHECK (state IN ('sending', 'waiting', 'reading', 'received', 'refused')),
    opt_out text NOT NULL CHECK (opt_out IN ('notHealth', 'applied', 'notApplicable')),
    opt_out_words text CHECK (length(opt_out_words) BETWEEN 1 AND 1000),
    -- What changed in how the agency counts, so that numbers before and after are not compared.
    series_break text CHECK (length(series_break) BETWEEN 1 AND 1000),
    -- Of an encoded file, which key it was made with.
    key_id text CHECK (key_id ~ '^[0-9a-f]{16}$'),
    -- The key of what was sent, wrapped: records in the clear by the agency's key.
    wrapped bytea,
    -- What is said of it with words of the file, sealed with that key.
    words bytea,
    layout jsonb,
    profile jsonb,
    problem text CHECK (length(problem) BETWEEN 1 AND 60),
    -- Else it is Windows-1252: known once all of it has come.
    is_utf8 boolean NOT NULL DEFAULT true,
    bytes bigint NOT NULL DEFAULT 0,
    parts int NOT NULL DEFAULT 0,
    rows_done int NOT NULL DEFAULT 0,
    rows_bad int NOT NULL DEFAULT 0,
    keep_until date NOT NULL,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    -- When it last came on, while it is sent or read.
    moved_at timestamptz NOT NULL,
    deleted_at timestamptz,
    CONSTRAINT return_of_call_numbered UNIQUE (call_id, agency_id, number),
    CONSTRAINT return_opt_out CHECK (opt_out <> 'notApplicable' OR opt_out_words IS NOT NULL),
    UNIQUE (id, agency_id, partnership_id),
    FOREIGN KEY (call_id, agency_id) REFERENCES app.data_asked (call_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX data_return_by_agency ON app.data_return (agency_id);

-- The file itself, as it came, in sealed pieces.
CREATE TABLE app.data_part (
    return_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    number int NOT NULL CHECK (number BETWEEN 1 AND 1000),
    partnership_id uuid NOT NULL,
    is_encoded boolean NOT NULL,
    keep_until date NOT NULL,
    sealed bytea NOT NULL,
    PRIMARY KEY (return_id, agency_id, number),
    FOREIGN KEY (return_id, agency_id, partnership_id) REFERENCES app.data_return (id, agency_id, partnership_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
ALTER TABLE app.data_part ALTER COLUMN sealed SET STORAGE EXTERNAL;
CREATE INDEX data_part_by_agency ON app.data_part (agency_id);

-- A row of a file in the clear, without whoever it is about: where it stands in the file, the answers that tell nobody
-- (in the order of the specification), and what is remarkable about it. A row that can't be used is kept too.
CREATE TABLE app.data_row (
    return_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    line int NOT NULL CHECK (line > 0),
    partnership_id uuid NOT NULL,
    keep_until date NOT NULL,
    place bigint NOT NULL,
    bytes int NOT NULL,
    is_bad boolean NOT NULL,
    answers text[] NOT NULL,
    remarks text[] NOT NULL,
    PRIMARY KEY (return_id, agency_id, line),
    FOREIGN KEY (return_id, agency_id, partnership_id) REFERENCES app.data_return (id, agency_id, partnership_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX data_row_remarkable ON app.data_row (return_id, line) WHERE remarks <> '{}';
CREATE INDEX data_row_by_agency ON app.data_row (agency_id);

-- How an agency's own words are read, said by the agency: the last number counts.
CREATE TABLE app.data_mapping (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    specification text NOT NULL CHECK (length(specification) BETWEEN 1 AND 120),
    field text NOT NULL CHECK (length(field) BETWEEN 1 AND 60),
    written text NOT NULL CHECK (length(written) BETWEEN 1 AND 200),
    category text NOT NULL CHECK (length(category) BETWEEN 1 AND 60),
    number int NOT NULL CHECK (number BETWEEN 1 AND 1000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT mapping_numbered UNIQUE (agency_id, specification, field, written, number),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);

SELECT app.guard(t) FROM unnest('{app.data_specification,app.data_call,app.data_asked,app.data_return,app.data_part,
    app.data_row,app.data_mapping}'::regclass[]) AS t;
SELECT app.guard_author(t, 'recorded_by') FROM unnest('{app.data_specification,app.data_call,app.data_return,
    app.data_mapping}'::regclass[]) AS t;

CREATE POLICY seen ON app.data_specification FOR SELECT TO drystone_app
    USING ((SELECT app.viewer_roles())::text[] && ARRAY['analyst', 'serviceManager']);
CREATE POLICY added ON app.data_specification FOR INSERT TO drystone_app
    WITH CHECK ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY seen ON app.data_asked FOR SELECT TO drystone_app
    USING ('analyst' = ANY ((SELECT app.viewer_roles())::text[])
        OR agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
            AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.data_asked FOR INSERT TO drystone_app
    WITH CHECK ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
-- An agency learns of the calls that ask it, and of no others.
CREATE POLICY seen ON app.data_call FOR SELECT TO drystone_app
    USING ('analyst' = ANY ((SELECT app.viewer_roles())::text[])
        OR EXISTS (SELECT FROM app.data_asked a WHERE a.call_id = data_call.id));
CREATE POLICY added ON app.data_call FOR INSERT TO drystone_app
    WITH CHECK ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY closed ON app.data_call FOR UPDATE TO drystone_app
    USING ('analyst' = ANY ((SELECT app.viewer_roles())::text[]) AND closed_at IS NULL)
    WITH CHECK ('analyst' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY seen ON app.data_return FOR SELECT TO drystone_app
    USING ('analyst' = ANY ((SELECT app.viewer_roles())::text[])
        OR agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
            AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.data_return FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY moved ON app.data_return FOR UPDATE TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]) AND deleted_at IS NULL);
-- The file opens within its agency; an encoded one for whoever links too, who has no key of the encodings.
CREATE POLICY seen ON app.data_part FOR SELECT TO drystone_app
    USING (keep_until > (now() AT TIME ZONE 'Europe/London')::date
        AND (is_encoded AND 'analyst' = ANY ((SELECT app.viewer_roles())::text[])
            OR agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
                AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])));
CREATE POLICY added ON app.data_part FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY removed ON app.data_part FOR DELETE TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY seen ON app.data_row FOR SELECT TO drystone_app
    USING (keep_until > (now() AT TIME ZONE 'Europe/London')::date
        AND ('analyst' = ANY ((SELECT app.viewer_roles())::text[])
            OR agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
                AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[])));
CREATE POLICY added ON app.data_row FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY removed ON app.data_row FOR DELETE TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY seen ON app.data_mapping FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.data_mapping FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));

GRANT SELECT, INSERT ON app.data_specification, app.data_call, app.data_asked, app.data_return, app.data_part,
    app.data_row, app.data_mapping TO drystone_app;
GRANT UPDATE (closed_at) ON app.data_call TO drystone_app;
GRANT UPDATE (state, is_utf8, words, layout, profile, problem, key_id, bytes, parts, rows_done,
    rows_bad, moved_at) ON app.data_return TO drystone_app;
GRANT DELETE ON app.data_part, app.data_row TO drystone_app;

-- The door has no viewer: it deletes what nobody may read any more, whole, and reads nothing of it.
CREATE POLICY expired ON app.data_part FOR DELETE TO drystone_auth
    USING (keep_until <= (now() AT TIME ZONE 'Europe/London')::date);
CREATE POLICY expired ON app.data_row FOR DELETE TO drystone_auth
    USING (keep_until <= (now() AT TIME ZONE 'Europe/London')::date);
CREATE POLICY expired ON app.data_return FOR UPDATE TO drystone_auth
    USING (keep_until <= (now() AT TIME ZONE 'Europe/London')::date AND deleted_at IS NULL) WITH CHECK (true);
GRANT DELETE ON app.data_part, app.data_row TO drystone_auth;
GRANT UPDATE (wrapped, words, deleted_at) ON app.data_return TO drystone_auth;
RESET ROLE;

-- People, the keys that encrypt what is dangerous about them, and how they may be contacted.
-- "Not asked", "declined" and "not known" are three values, never NULL and never one.
SET ROLE drystone_owner;

-- Set by a person (a declared interest, a sealed record); read by every policy on casework.
CREATE TABLE app.interest_block (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    person_id uuid,
    case_id uuid,
    reason text NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    CONSTRAINT block_of_something CHECK (num_nonnulls(person_id, case_id) = 1)
);
CREATE INDEX interest_block_by_account ON app.interest_block (account_id);

CREATE TABLE app.agency_key (
    agency_id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    master_key_id text NOT NULL,
    wrapped bytea NOT NULL,
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);

CREATE TABLE app.person (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    given_name text NOT NULL CHECK (given_name <> ''),
    family_name text NOT NULL,
    date_of_birth date,
    birth_known text NOT NULL DEFAULT 'notAsked' CHECK (birth_known IN ('known', 'notAsked', 'declined', 'notKnown')),
    sex text NOT NULL DEFAULT 'notAsked' CHECK (sex IN ('female', 'male', 'notAsked', 'declined', 'notKnown')),
    ethnicity text NOT NULL DEFAULT 'notAsked',
    language text NOT NULL DEFAULT 'English',
    interpreter boolean NOT NULL DEFAULT false,
    area_id uuid,
    protected boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    created_by uuid NOT NULL,
    version int NOT NULL DEFAULT 1,
    UNIQUE (id, agency_id),
    CONSTRAINT birth_date_given CHECK ((birth_known = 'known') = (date_of_birth IS NOT NULL)),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (area_id, partnership_id) REFERENCES app.area (id, partnership_id)
);
CREATE INDEX person_by_agency ON app.person (agency_id, created_at DESC);
CREATE INDEX person_by_area ON app.person (area_id);

-- Every name a person is known by, the present one too; what the search reads.
CREATE TABLE app.person_name (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    kind text NOT NULL CHECK (kind IN ('current', 'former', 'alias')),
    given_name text NOT NULL,
    family_name text NOT NULL,
    folded text NOT NULL GENERATED ALWAYS AS (lower(given_name || ' ' || family_name)) STORED,
    family_sound text NOT NULL GENERATED ALWAYS AS (coalesce(public.dmetaphone(family_name), '')) STORED,
    given_sound text NOT NULL GENERATED ALWAYS AS (coalesce(public.dmetaphone(given_name), '')) STORED,
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX person_name_by_person ON app.person_name (person_id);
CREATE INDEX person_name_by_sound ON app.person_name (family_sound, given_sound);
-- Not fastupdate: a list of rows not yet in the index makes a search read every name until the next vacuum.
CREATE INDEX person_name_by_shape ON app.person_name USING gin (folded public.gin_trgm_ops) WITH (fastupdate = off);
CREATE INDEX person_by_birth ON app.person (date_of_birth);

-- A key per person, so that one person's secrets can be destroyed by destroying one row. (Unique keys see past
-- row-level security: without the agency in it, a duplicate would tell that another agency holds this person.)
CREATE TABLE app.person_key (
    person_id uuid NOT NULL,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    wrapped bytea NOT NULL,
    PRIMARY KEY (person_id, agency_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);

-- The answer to "how may we contact her?". Encrypted: the rule (days, times, channels) apart from
-- the details (number, code word, who must not learn of it), because only the rule is always on show.
CREATE TABLE app.safe_contact (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    status text NOT NULL CONSTRAINT safe_contact_status CHECK (status IN ('asked', 'notYetAsked')),
    rule_sealed bytea,
    detail_sealed bytea,
    holds_until date,
    asked_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    superseded_by uuid,
    CONSTRAINT safe_contact_answer CHECK ((status = 'asked') = (rule_sealed IS NOT NULL)),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE UNIQUE INDEX safe_contact_current ON app.safe_contact (person_id, agency_id) WHERE superseded_by IS NULL;
CREATE INDEX safe_contact_by_person ON app.safe_contact (person_id, recorded_at DESC);

-- A telephone number: sealed, and findable only by its keyed blind index.
CREATE TABLE app.person_phone (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    number_sealed bytea NOT NULL,
    number_token bytea NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX person_phone_by_token ON app.person_phone (number_token);
CREATE INDEX person_phone_by_person ON app.person_phone (person_id);

CREATE TABLE app.person_address (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid NOT NULL,
    protected boolean NOT NULL,
    address_sealed bytea NOT NULL,
    postcode_token bytea,
    from_day date NOT NULL,
    until_day date,
    recorded_by uuid NOT NULL,
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX person_address_by_token ON app.person_address (postcode_token);
CREATE INDEX person_address_by_person ON app.person_address (person_id);

-- Harmed and harming are roles in a relationship, not kinds of person.
-- The connection is one of the seven of the Domestic Abuse Act 2021, s.2(1), or none of them, which bars nobody.
CREATE TABLE app.relationship (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    harmed_id uuid NOT NULL,
    harming_id uuid NOT NULL,
    connection text NOT NULL CONSTRAINT connection_known CHECK (connection IN
        ('married', 'civilPartners', 'agreedToMarry', 'civilPartnershipAgreement', 'intimateRelationship',
         'parentsOfSameChild', 'relatives', 'notPersonallyConnected', 'notAsked', 'notKnown')),
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    CONSTRAINT relationship_of_two CHECK (harmed_id <> harming_id),
    CONSTRAINT relationship_once UNIQUE (agency_id, harmed_id, harming_id),
    FOREIGN KEY (harmed_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (harming_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX relationship_by_harmed ON app.relationship (harmed_id);
CREATE INDEX relationship_by_harming ON app.relationship (harming_id);
RESET ROLE;

-- What was typed is never lost: drafts, and the keys that make a repeated submission one.
SET ROLE drystone_owner;
CREATE TABLE app.draft (
    account_id uuid NOT NULL,
    form text NOT NULL,
    partnership_id uuid NOT NULL,
    fields_sealed bytea NOT NULL,
    saved_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, form),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE TABLE app.submission (
    account_id uuid NOT NULL,
    key uuid NOT NULL,
    partnership_id uuid NOT NULL,
    location text NOT NULL,
    at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (account_id, key),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE TABLE app.search_request (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    criteria_sealed bytea NOT NULL,
    purpose text NOT NULL,
    contact_id uuid,
    at timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX search_request_by_account ON app.search_request (account_id, at DESC);
RESET ROLE;

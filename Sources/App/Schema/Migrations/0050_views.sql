-- Views of the list of cases that somebody keeps for themselves: codes and days, never a name.
SET ROLE drystone_owner;
CREATE TABLE app.saved_view (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    account_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 60),
    query text NOT NULL CHECK (length(query) <= 400 AND query ~ '^[a-zA-Z0-9=&-]*$'),
    saved_at timestamptz NOT NULL,
    CONSTRAINT view_name_once UNIQUE (account_id, name),
    FOREIGN KEY (account_id, partnership_id) REFERENCES app.account (id, partnership_id)
);
SELECT app.guard('app.saved_view');
CREATE POLICY own_view ON app.saved_view TO drystone_app USING (account_id = (SELECT app.viewer_account()));
GRANT SELECT, INSERT, DELETE ON app.saved_view TO drystone_app;
RESET ROLE;

-- Homes beyond the partnership: landlords that house one another's tenants, what was posted elsewhere of own vacancies,
-- and how a household travels to somewhere safe.
SET ROLE drystone_owner;
-- The landlords that may be chosen, of here and of elsewhere. The partnership's: every agency that looks for homes reads it.
CREATE TABLE app.landlord (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    -- A council grants under other rules than an association does (Domestic Abuse Act 2021, section 79).
    kind text NOT NULL CONSTRAINT landlord_kind CHECK (kind IN ('council', 'registeredProvider', 'other')),
    -- Whether it lets in the partnership's area.
    is_here boolean NOT NULL,
    ended_on date,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT landlord_named UNIQUE (partnership_id, name),
    UNIQUE (id, partnership_id),
    FOREIGN KEY (partnership_id) REFERENCES app.partnership (id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX landlord_by_account ON app.landlord (recorded_by);
SELECT app.guard('app.landlord');
SELECT app.guard_author('app.landlord', 'recorded_by');
CREATE POLICY seen ON app.landlord FOR SELECT TO drystone_app USING ((SELECT app.viewer_seeks()));
CREATE POLICY added ON app.landlord FOR INSERT TO drystone_app WITH CHECK ((SELECT app.viewer_seeks())
    AND (SELECT app.viewer_roles())::text[] && ARRAY['serviceManager', 'accommodationWorker']);
CREATE POLICY changed ON app.landlord FOR UPDATE TO drystone_app USING ((SELECT app.viewer_seeks())
    AND (SELECT app.viewer_roles())::text[] && ARRAY['serviceManager', 'accommodationWorker']);
GRANT SELECT, INSERT ON app.landlord TO drystone_app;
GRANT UPDATE (name, kind, is_here, ended_on, version) ON app.landlord TO drystone_app;

-- A social tenant who has to leave: their landlord asks another for a home. Whoever moves in has been given one by it; the
-- ledger between landlords is counted from these rows, and stands nowhere else.
CREATE TABLE app.reciprocal (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    -- Whose tenant they are, which is given a home for them; and who is asked to give it.
    receiving_id uuid NOT NULL,
    giving_id uuid NOT NULL,
    -- 0: a home without a bedroom of its own.
    bedrooms_held int NOT NULL CHECK (bedrooms_held BETWEEN 0 AND 9),
    tenancy_held text NOT NULL CONSTRAINT reciprocal_held CHECK (tenancy_held IN
        ('secure', 'assured', 'flexible', 'fixedTerm', 'introductory', 'starter', 'other', 'notKnown')),
    -- Where they must not be housed.
    excluded text NOT NULL DEFAULT '' CHECK (length(excluded) <= 500),
    state text NOT NULL CONSTRAINT reciprocal_state CHECK (state IN
        ('asked', 'offered', 'accepted', 'moved', 'refused', 'withdrawn')),
    asked_on date NOT NULL,
    offered_on date,
    bedrooms_offered int CHECK (bedrooms_offered BETWEEN 0 AND 9),
    tenancy_offered text CONSTRAINT reciprocal_offered CHECK (tenancy_offered IN
        ('secure', 'assured', 'flexible', 'fixedTerm', 'introductory', 'starter', 'other', 'notKnown')),
    accepted_on date,
    moved_on date,
    -- Refused or withdrawn.
    ended_on date,
    because text CONSTRAINT reciprocal_because CHECK (because IN
        ('noHome', 'noneOfSize', 'hasGivenMore', 'riskNotShown', 'arrears', 'notSafeThere', 'takesNoPart', 'other',
         'wantsElsewhere', 'wantsLarger', 'wantsTenancy')),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 1000),
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT reciprocal_of_two CHECK (receiving_id <> giving_id),
    CONSTRAINT reciprocal_offer_whole CHECK (num_nulls(offered_on, bedrooms_offered, tenancy_offered) IN (0, 3)),
    CONSTRAINT reciprocal_days CHECK (
        (state NOT IN ('offered', 'accepted', 'moved') OR offered_on IS NOT NULL)
        AND (state NOT IN ('accepted', 'moved') OR accepted_on IS NOT NULL)
        AND (state = 'moved') = (moved_on IS NOT NULL)
        AND (state IN ('refused', 'withdrawn')) = (ended_on IS NOT NULL)
        AND (state = 'refused') = (because IS NOT NULL)),
    FOREIGN KEY (receiving_id, partnership_id) REFERENCES app.landlord (id, partnership_id),
    FOREIGN KEY (giving_id, partnership_id) REFERENCES app.landlord (id, partnership_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX reciprocal_by_case ON app.reciprocal (case_id, recorded_at DESC);
CREATE INDEX reciprocal_by_person ON app.reciprocal (person_id);
CREATE INDEX reciprocal_by_agency ON app.reciprocal (agency_id, moved_on);
CREATE INDEX reciprocal_by_receiving ON app.reciprocal (receiving_id);
CREATE INDEX reciprocal_by_giving ON app.reciprocal (giving_id);
CREATE INDEX reciprocal_by_account ON app.reciprocal (recorded_by);
SELECT app.guard_casework('app.reciprocal', 'case_id', '{person_id}');
SELECT app.guard_author('app.reciprocal', 'recorded_by');
-- Never on the side of those who harm; what is over stays as it is.
CREATE POLICY of_harmed ON app.reciprocal AS RESTRICTIVE FOR INSERT TO drystone_app
    WITH CHECK ((SELECT a.side FROM app.agency a WHERE a.id = reciprocal.agency_id) = 'harmed');
CREATE POLICY over_stays ON app.reciprocal AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (state IN ('asked', 'offered', 'accepted')) WITH CHECK (true);
GRANT SELECT, INSERT ON app.reciprocal TO drystone_app;
GRANT UPDATE (state, offered_on, bedrooms_offered, tenancy_offered, accepted_on, moved_on, ended_on, because, words, version)
    ON app.reciprocal TO drystone_app;
SELECT app.add_looks('reciprocal-viewed');

-- How a household travels to somewhere safe: closed words, and never where to.
CREATE TABLE app.housing_travel (
    request_id uuid,
    partnership_id uuid NOT NULL,
    agency_id uuid,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    how text NOT NULL CONSTRAINT travel_how CHECK (how IN
        ('train', 'coach', 'taxi', 'ownCar', 'driven', 'otherWay', 'notNeeded')),
    paid_by text NOT NULL CONSTRAINT travel_paid_by CHECK (paid_by IN
        ('railToRefuge', 'theService', 'receivingService', 'council', 'police', 'themselves', 'otherPayer', 'notKnown')),
    booked text NOT NULL CHECK (booked IN ('yes', 'no', 'notKnown')),
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (request_id, agency_id),
    FOREIGN KEY (request_id, case_id, agency_id) REFERENCES app.housing_request (id, case_id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX housing_travel_by_agency ON app.housing_travel (agency_id);
CREATE INDEX housing_travel_by_case ON app.housing_travel (case_id);
CREATE INDEX housing_travel_by_person ON app.housing_travel (person_id);
CREATE INDEX housing_travel_by_account ON app.housing_travel (recorded_by);
SELECT app.guard_casework('app.housing_travel', 'case_id', '{person_id}');
SELECT app.guard_author('app.housing_travel', 'recorded_by');
GRANT SELECT, INSERT ON app.housing_travel TO drystone_app;
GRANT UPDATE (how, paid_by, booked, version, recorded_at, recorded_by) ON app.housing_travel TO drystone_app;

-- What of a vacancy was put on Routes to Support, word for word, so that a change since then shows. Never changed.
CREATE TABLE app.unit_posting (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT posting_kind CHECK (kind IN ('posted', 'takenDown')),
    said text NOT NULL DEFAULT '' CHECK (length(said) <= 2000),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT posting_said CHECK ((kind = 'posted') = (said <> '')),
    FOREIGN KEY (unit_id, agency_id) REFERENCES app.housing_unit (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX unit_posting_by_unit ON app.unit_posting (unit_id, recorded_at DESC);
CREATE INDEX unit_posting_by_agency ON app.unit_posting (agency_id);
CREATE INDEX unit_posting_by_account ON app.unit_posting (recorded_by);
SELECT app.guard('app.unit_posting');
SELECT app.guard_author('app.unit_posting', 'recorded_by');
CREATE POLICY seen ON app.unit_posting FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY added ON app.unit_posting FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
GRANT SELECT, INSERT ON app.unit_posting TO drystone_app;

-- A manager counts who came from elsewhere into the homes of their own agency: how many, never who.
CREATE POLICY counted ON app.unit_stay FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'serviceManager' = ANY ((SELECT app.viewer_roles())::text[]));
RESET ROLE;

-- Safe accommodation: services and their units, what each can take, and where its time goes. Vacancy is never typed: a
-- unit is free while nothing stands in `unit_time`, and two things can't stand there at one time.
SET ROLE drystone_owner;
ALTER TABLE app.role_assignment DROP CONSTRAINT role_known;
ALTER TABLE app.role_assignment ADD CONSTRAINT role_known CHECK (role IN
    ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'accommodationWorker', 'housingOfficer',
     'perpetratorWorker', 'referrer', 'administrator', 'dataProtectionOfficer'));

-- As before (0037), and whoever runs safe accommodation.
CREATE OR REPLACE FUNCTION app.posts_of(who uuid, OUT reach uuid[], OUT roles text[], OUT until timestamptz)
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
DECLARE today date := (now() AT TIME ZONE 'Europe/London')::date;
BEGIN
    -- The roles that work with people, whose agencies' rows they may see.
    SELECT coalesce(array_agg(DISTINCT r.agency_id) FILTER (WHERE r.role IN
               ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'accommodationWorker', 'housingOfficer',
                'perpetratorWorker', 'referrer')), '{}'),
           coalesce(array_agg(DISTINCT r.role) FILTER (WHERE r.role IS NOT NULL), '{}'),
           least((today + 1)::timestamp AT TIME ZONE 'Europe/London', a.ended_at)
    INTO reach, roles, until
    FROM account a LEFT JOIN role_assignment r
        ON r.account_id = a.id AND r.starts_on <= today AND (r.ends_on IS NULL OR r.ends_on >= today)
    WHERE a.id = who AND (a.ended_at IS NULL OR a.ended_at > now()) GROUP BY a.id;
END $$;

-- Whether the viewer looks for somewhere safe: works with people, for an agency on the side of those who are harmed.
-- Whoever works with those who harm learns nothing of what there is.
CREATE FUNCTION app.viewer_seeks() RETURNS boolean
LANGUAGE plpgsql STABLE COST 1000 SET search_path = app, pg_temp AS $$
BEGIN
    RETURN viewer_roles() && ARRAY['helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'accommodationWorker',
                                   'housingOfficer']
        AND EXISTS (SELECT FROM agency a WHERE a.id = ANY (viewer_reach()) AND a.side = 'harmed');
END $$;
GRANT EXECUTE ON FUNCTION app.viewer_seeks() TO drystone_app;

-- What a provider offers under one set of rules. What others read of it never says where it is.
CREATE TABLE app.accommodation_service (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    -- Neutral: others read it.
    name text NOT NULL CHECK (length(name) BETWEEN 1 AND 120),
    kind text NOT NULL CONSTRAINT service_kind CHECK (kind IN
        ('refuge', 'specialist', 'dispersed', 'sanctuary', 'secondStage', 'otherEmergency')),
    -- Who provides it (SI 2021/991, regulation 2).
    provider text NOT NULL CONSTRAINT service_provider CHECK (provider IN
        ('localHousingAuthority', 'registeredProvider', 'charity', 'other')),
    landlord text NOT NULL DEFAULT '' CHECK (length(landlord) <= 120),
    commissioner text NOT NULL DEFAULT '' CHECK (length(commissioner) <= 120),
    -- The area in which it lies, coarse on purpose; and whether only people of that area may come.
    area_id uuid NOT NULL,
    own_area_only boolean NOT NULL DEFAULT false,
    -- Whether a household shares a toilet, washing or cooking with another; whether support comes with it.
    shares text NOT NULL CHECK (shares IN ('yes', 'no', 'notKnown')),
    supported text NOT NULL CHECK (supported IN ('yes', 'no', 'notKnown')),
    takes text NOT NULL CONSTRAINT service_takes CHECK (takes IN ('women', 'men', 'anyone')),
    takes_trans text NOT NULL CHECK (takes_trans IN ('yes', 'no', 'notKnown')),
    sons text NOT NULL CONSTRAINT service_sons CHECK (sons IN ('anyAge', 'upTo', 'none', 'notKnown')),
    oldest_son int CHECK (oldest_son BETWEEN 0 AND 17),
    -- How somebody without recourse to public funds may be paid for; NULL: not known.
    nrpf text[] CONSTRAINT service_nrpf CHECK (nrpf <@ ARRAY['mvdac', 'section17', 'bedFund']),
    mental_health text NOT NULL CHECK (mental_health IN ('yes', 'no', 'notKnown')),
    substances text NOT NULL CHECK (substances IN ('yes', 'no', 'notKnown')),
    offending text NOT NULL CHECK (offending IN ('yes', 'no', 'notKnown')),
    arson text NOT NULL CHECK (arson IN ('yes', 'no', 'notKnown')),
    staffing text NOT NULL CONSTRAINT service_staffing CHECK (staffing IN
        ('roundTheClock', 'daytime', 'floating', 'notKnown')),
    languages text NOT NULL DEFAULT '' CHECK (length(languages) <= 300),
    by_and_for text NOT NULL DEFAULT '' CHECK (length(by_and_for) <= 300),
    family_shares_room text NOT NULL CHECK (family_shares_room IN ('yes', 'no', 'notKnown')),
    -- Areas from which it is not safe to come.
    unsafe_areas uuid[] NOT NULL DEFAULT '{}',
    ended_on date,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT service_son_age CHECK ((sons = 'upTo') = (oldest_son IS NOT NULL)),
    UNIQUE (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (area_id, partnership_id) REFERENCES app.area (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX accommodation_service_by_agency ON app.accommodation_service (agency_id, name);
CREATE INDEX accommodation_service_by_area ON app.accommodation_service (area_id);
CREATE INDEX accommodation_service_by_partnership ON app.accommodation_service (partnership_id, kind);

-- A unit: one household lives in it.
CREATE TABLE app.housing_unit (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    service_id uuid NOT NULL,
    -- What it is called to others: a number, and nothing of the house.
    number int NOT NULL CHECK (number > 0),
    bedspaces int NOT NULL CHECK (bedspaces BETWEEN 1 AND 20),
    bedrooms int NOT NULL CHECK (bedrooms BETWEEN 1 AND 10),
    most_adults int NOT NULL CHECK (most_adults BETWEEN 1 AND 10),
    most_children int NOT NULL CHECK (most_children BETWEEN 0 AND 15),
    cots int NOT NULL CHECK (cots BETWEEN 0 AND 6),
    wheelchair text NOT NULL CHECK (wheelchair IN ('yes', 'no', 'notKnown')),
    step_free text NOT NULL CHECK (step_free IN ('yes', 'no', 'notKnown')),
    ground_floor text NOT NULL CHECK (ground_floor IN ('yes', 'no', 'notKnown')),
    wet_room text NOT NULL CHECK (wet_room IN ('yes', 'no', 'notKnown')),
    hearing text NOT NULL CHECK (hearing IN ('yes', 'no', 'notKnown')),
    sight text NOT NULL CHECK (sight IN ('yes', 'no', 'notKnown')),
    dogs text NOT NULL CHECK (dogs IN ('yes', 'no', 'notKnown')),
    cats text NOT NULL CHECK (cats IN ('yes', 'no', 'notKnown')),
    ended_on date,
    -- When somebody of the provider last said that all of this is so.
    confirmed_at timestamptz NOT NULL,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT unit_number_taken UNIQUE (partnership_id, number),
    UNIQUE (id, agency_id),
    FOREIGN KEY (service_id, agency_id) REFERENCES app.accommodation_service (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX housing_unit_by_service ON app.housing_unit (service_id, number);
CREATE INDEX housing_unit_by_agency ON app.housing_unit (agency_id, number);

-- Where it is: for whoever runs it, and nobody else.
CREATE TABLE app.unit_location (
    unit_id uuid,
    partnership_id uuid NOT NULL,
    agency_id uuid,
    -- A key of its own, wrapped under the agency's.
    wrapped bytea NOT NULL,
    location_sealed bytea NOT NULL,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    PRIMARY KEY (unit_id, agency_id),
    FOREIGN KEY (unit_id, agency_id) REFERENCES app.housing_unit (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX unit_location_by_agency ON app.unit_location (agency_id);

-- Where a unit's time goes: somebody lives there, it is repaired, it is not let. Never two at once.
CREATE TABLE app.unit_time (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    unit_id uuid NOT NULL,
    kind text NOT NULL CONSTRAINT unit_time_kind CHECK (kind IN ('stay', 'repair', 'closed')),
    -- Days, the last without it: whoever moves out in the morning leaves the night to somebody else.
    during daterange NOT NULL CHECK (NOT isempty(during) AND lower(during) IS NOT NULL),
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT unit_taken EXCLUDE USING gist (unit_id WITH =, during WITH &&),
    UNIQUE (id, agency_id),
    FOREIGN KEY (unit_id, agency_id) REFERENCES app.housing_unit (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX unit_time_by_unit ON app.unit_time (unit_id, recorded_at DESC);
CREATE INDEX unit_time_by_agency ON app.unit_time (agency_id);

-- What the provider keeps of a stay: how many came, from where, and how it ended. No names.
CREATE TABLE app.unit_stay (
    time_id uuid,
    partnership_id uuid NOT NULL,
    agency_id uuid,
    adults int NOT NULL CHECK (adults BETWEEN 1 AND 10),
    children int NOT NULL CHECK (children BETWEEN 0 AND 15),
    came_by text NOT NULL CONSTRAINT stay_came_by CHECK (came_by IN
        ('partnership', 'routesToSupport', 'self', 'police', 'housing', 'socialCare', 'other')),
    from_outside text NOT NULL CHECK (from_outside IN ('yes', 'no', 'notKnown')),
    left_to text CONSTRAINT stay_left_to CHECK (left_to IN
        ('socialTenancy', 'privateTenancy', 'family', 'otherRefuge', 'secondStage', 'ownHomeSafe', 'returned', 'hospital',
         'temporary', 'notKnown', 'other')),
    left_because text CONSTRAINT stay_left_because CHECK (left_because IN
        ('plannedMove', 'noLongerNeeded', 'lostContact', 'evicted', 'unsafe', 'returned', 'other')),
    CONSTRAINT stay_left CHECK ((left_to IS NULL) = (left_because IS NULL)),
    PRIMARY KEY (time_id, agency_id),
    FOREIGN KEY (time_id, agency_id) REFERENCES app.unit_time (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id)
);
CREATE INDEX unit_stay_by_agency ON app.unit_stay (agency_id);

-- What others may know: what there is, what it can take, and whether it is free. Its provider alone adds and changes.
CREATE FUNCTION app.guard_unit(guarded regclass, others boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    own text := 'agency_id = ANY ((SELECT app.viewer_reach())::uuid[])';
    runs text := own || ' AND ''accommodationWorker'' = ANY ((SELECT app.viewer_roles())::text[])';
BEGIN
    PERFORM app.guard(guarded);
    EXECUTE format('CREATE POLICY seen ON %s FOR SELECT TO drystone_app USING (%s)', guarded,
                   CASE WHEN others THEN '(SELECT app.viewer_seeks())' ELSE runs END);
    EXECUTE format('CREATE POLICY added ON %s FOR INSERT TO drystone_app WITH CHECK (%s)', guarded, runs);
    EXECUTE format('CREATE POLICY changed ON %s FOR UPDATE TO drystone_app USING (%s)', guarded, runs);
END $$;
SELECT app.guard_unit('app.accommodation_service', true);
SELECT app.guard_unit('app.housing_unit', true);
SELECT app.guard_unit('app.unit_time', true);
SELECT app.guard_unit('app.unit_location', false);
SELECT app.guard_unit('app.unit_stay', false);
SELECT app.guard_author('app.accommodation_service', 'recorded_by');
SELECT app.guard_author('app.housing_unit', 'recorded_by');
SELECT app.guard_author('app.unit_time', 'recorded_by');
SELECT app.guard_author('app.unit_location', 'recorded_by');
GRANT SELECT, INSERT ON app.accommodation_service, app.housing_unit, app.unit_time, app.unit_location, app.unit_stay
    TO drystone_app;
GRANT UPDATE (name, kind, provider, landlord, commissioner, area_id, own_area_only, shares, supported, takes, takes_trans,
    sons, oldest_son, nrpf, mental_health, substances, offending, arson, staffing, languages, by_and_for,
    family_shares_room, unsafe_areas, ended_on, version) ON app.accommodation_service TO drystone_app;
GRANT UPDATE (bedspaces, bedrooms, most_adults, most_children, cots, wheelchair, step_free, ground_floor, wet_room,
    hearing, sight, dogs, cats, ended_on, confirmed_at, version) ON app.housing_unit TO drystone_app;
GRANT UPDATE (during, version) ON app.unit_time TO drystone_app;
GRANT UPDATE (location_sealed, wrapped, version, recorded_at, recorded_by) ON app.unit_location TO drystone_app;
GRANT UPDATE (left_to, left_because) ON app.unit_stay TO drystone_app;
RESET ROLE;

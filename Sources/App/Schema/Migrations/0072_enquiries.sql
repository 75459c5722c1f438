-- Who else asks a provider for a home: referrals from outside the cases that are kept here, as the provider puts them
-- down, without a name. With what was asked through the partnership they are all that a service was asked for.
SET ROLE drystone_owner;
CREATE TABLE app.housing_enquiry (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    service_id uuid NOT NULL,
    asked_on date NOT NULL,
    -- Who asked.
    route text NOT NULL CONSTRAINT enquiry_route CHECK (route IN
        ('helpline', 'marac', 'domesticAbuseService', 'housingServices', 'localAuthority', 'police', 'socialCare',
         'routesToSupport', 'self', 'other')),
    -- Where the household comes from: an area of the partnership, outside it, or not known.
    from_outside text NOT NULL CHECK (from_outside IN ('yes', 'no', 'notKnown')),
    home_area_id uuid,
    -- Who would come; NULL: not put down.
    adults int CHECK (adults BETWEEN 1 AND 10),
    children int CHECK (children BETWEEN 0 AND 15),
    state text NOT NULL CONSTRAINT enquiry_state CHECK (state IN
        ('asked', 'placed', 'declinedByClient', 'refusedByService', 'withdrawn', 'noContact')),
    reasons text[] NOT NULL DEFAULT '{}' CONSTRAINT enquiry_reasons CHECK (reasons <@ ARRAY[
        'noSpace', 'size', 'access', 'staff', 'mentalHealth', 'substances', 'otherNeed', 'riskArea', 'riskNetwork',
        'arsonOffence', 'noFunds', 'olderSon', 'sexMismatch', 'pets', 'noLocalConnection', 'ineligible', 'inappropriate',
        'declinedLocation', 'declinedCommunal', 'declinedOther', 'wantsNoSupport', 'disengaged', 'noContact',
        'placedElsewhere', 'metElsewhere', 'other']),
    main_reason text CHECK (main_reason IS NULL OR main_reason = ANY (reasons)),
    -- The day on which it was answered, or they moved in.
    answered_on date,
    version int NOT NULL DEFAULT 1,
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    CONSTRAINT enquiry_area CHECK (home_area_id IS NULL OR from_outside = 'no'),
    CONSTRAINT enquiry_answered CHECK ((state = 'asked') = (answered_on IS NULL) AND answered_on >= asked_on),
    CONSTRAINT enquiry_main_reason CHECK ((cardinality(reasons) = 0) = (main_reason IS NULL)
        AND (state NOT IN ('declinedByClient', 'refusedByService') OR main_reason IS NOT NULL)),
    FOREIGN KEY (service_id, agency_id) REFERENCES app.accommodation_service (id, agency_id),
    FOREIGN KEY (home_area_id, partnership_id) REFERENCES app.area (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX housing_enquiry_by_agency ON app.housing_enquiry (agency_id, asked_on DESC, id DESC);
CREATE INDEX housing_enquiry_by_service ON app.housing_enquiry (service_id);
CREATE INDEX housing_enquiry_by_area ON app.housing_enquiry (home_area_id);
SELECT app.guard_unit('app.housing_enquiry', false);
SELECT app.guard_author('app.housing_enquiry', 'recorded_by');
GRANT SELECT, INSERT ON app.housing_enquiry TO drystone_app;
GRANT UPDATE (service_id, asked_on, route, from_outside, home_area_id, adults, children, state, reasons, main_reason,
    answered_on, version) ON app.housing_enquiry TO drystone_app;

-- What who is asked keeps of a household that asked through the partnership: how many, and from where. And how near the
-- unit is to anybody whom they must not meet: keyed tokens of postcode districts and sectors on either side, compared
-- where the unit is run, so that neither side learns the other's address.
ALTER TABLE app.housing_offer
    ADD COLUMN adults int CHECK (adults BETWEEN 1 AND 10),
    ADD COLUMN children int CHECK (children BETWEEN 0 AND 15),
    ADD COLUMN home_area_id uuid,
    ADD COLUMN near text[],
    ADD FOREIGN KEY (home_area_id, partnership_id) REFERENCES app.area (id, partnership_id);
CREATE INDEX housing_offer_by_area ON app.housing_offer (home_area_id);
ALTER TABLE app.person_address ADD COLUMN near text[];
ALTER TABLE app.unit_location ADD COLUMN near text[];
GRANT UPDATE (near) ON app.unit_location TO drystone_app;

-- How a household was told where a home is: by voice, in sign language, through an interpreter whom they trust, or they
-- were met and taken there. Never in writing.
CREATE TABLE app.address_told (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    how text NOT NULL CONSTRAINT told_how CHECK (how IN ('voice', 'signLanguage', 'interpreter', 'met')),
    told_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX address_told_by_offer ON app.address_told (offer_id, told_at);
CREATE INDEX address_told_by_agency ON app.address_told (agency_id);
SELECT app.guard('app.address_told');
SELECT app.guard_author('app.address_told', 'recorded_by');
-- Seen by both sides of the offer; put down by whoever runs the home, while it is held for
-- them or theirs. (No key leads to the offer: it
-- is the asker's, this the provider's.)
CREATE POLICY either_side ON app.address_told FOR SELECT TO drystone_app
    USING (EXISTS (SELECT FROM app.housing_offer o WHERE o.id = offer_id OFFSET 0));
CREATE POLICY told_here ON app.address_told FOR INSERT TO drystone_app
    WITH CHECK (EXISTS (SELECT FROM app.housing_offer o WHERE o.id = offer_id AND o.provider_id = address_told.agency_id
            AND o.state IN ('held', 'accepted', 'placed') OFFSET 0)
        AND agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
GRANT SELECT, INSERT ON app.address_told TO drystone_app;
RESET ROLE;

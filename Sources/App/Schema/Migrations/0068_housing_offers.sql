-- What was asked for a household: of whom, what they answered and why. A unit that is asked for is held for them, for so
-- many hours, where the database lets nothing else take its time; and the same ledger says what was refused.
SET ROLE drystone_owner;
CREATE TABLE app.housing_offer (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    -- Who asks.
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    request_id uuid NOT NULL,
    -- A unit of the partnership and whose it is; or somebody outside, with the reference of the search there.
    unit_id uuid,
    provider_id uuid,
    asked_of text NOT NULL DEFAULT '' CHECK (length(asked_of) <= 120),
    reference text NOT NULL DEFAULT '' CHECK (length(reference) <= 60),
    -- Why it was asked although the program said that it is not for them.
    although text NOT NULL DEFAULT '' CHECK (length(although) <= 300),
    state text NOT NULL CONSTRAINT offer_state CHECK (state IN
        ('asked', 'held', 'accepted', 'placed', 'declinedByClient', 'refusedByService', 'withdrawn', 'noContact',
         'ranOut')),
    held_until timestamptz,
    asked_at timestamptz NOT NULL,
    asked_by uuid NOT NULL,
    answered_at timestamptz,
    answered_by uuid,
    reasons text[] NOT NULL DEFAULT '{}' CONSTRAINT offer_reasons CHECK (reasons <@ ARRAY[
        'noSpace', 'size', 'access', 'staff', 'mentalHealth', 'substances', 'otherNeed', 'riskArea', 'riskNetwork',
        'arsonOffence', 'noFunds', 'olderSon', 'sexMismatch', 'pets', 'noLocalConnection', 'ineligible', 'inappropriate',
        'declinedLocation', 'declinedCommunal', 'declinedOther', 'wantsNoSupport', 'disengaged', 'noContact',
        'placedElsewhere', 'metElsewhere', 'other']),
    main_reason text CHECK (main_reason IS NULL OR main_reason = ANY (reasons)),
    words text NOT NULL DEFAULT '' CHECK (length(words) <= 500),
    moved_in_on date,
    version int NOT NULL DEFAULT 1,
    CONSTRAINT offer_of_somebody CHECK (num_nulls(unit_id, provider_id) IN (0, 2) AND (unit_id IS NULL) = (asked_of <> '')),
    CONSTRAINT offer_held CHECK ((state IN ('held', 'accepted') AND unit_id IS NOT NULL) <= (held_until IS NOT NULL)
        AND (state <> 'held' OR unit_id IS NOT NULL)),
    CONSTRAINT offer_answered CHECK ((state IN ('asked', 'held')) = (answered_at IS NULL)
        AND (answered_at IS NULL) = (answered_by IS NULL)),
    CONSTRAINT offer_main_reason CHECK ((cardinality(reasons) = 0) = (main_reason IS NULL)
        AND (state NOT IN ('declinedByClient', 'refusedByService') OR main_reason IS NOT NULL)),
    CONSTRAINT offer_moved_in CHECK ((state = 'placed') = (moved_in_on IS NOT NULL)),
    UNIQUE (id, agency_id),
    FOREIGN KEY (request_id, case_id, agency_id) REFERENCES app.housing_request (id, case_id, agency_id),
    FOREIGN KEY (unit_id, provider_id) REFERENCES app.housing_unit (id, agency_id),
    FOREIGN KEY (provider_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (asked_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (answered_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
-- One unit is held for a household at a time, and a household is placed once.
CREATE UNIQUE INDEX offer_held_once ON app.housing_offer (request_id, agency_id) WHERE state IN ('held', 'accepted', 'placed');
CREATE INDEX housing_offer_by_request ON app.housing_offer (request_id, asked_at DESC);
CREATE INDEX housing_offer_by_case ON app.housing_offer (case_id);
CREATE INDEX housing_offer_by_agency ON app.housing_offer (agency_id, asked_at);
CREATE INDEX housing_offer_by_person ON app.housing_offer (person_id);
CREATE INDEX housing_offer_by_unit ON app.housing_offer (unit_id);
CREATE INDEX housing_offer_by_provider ON app.housing_offer (provider_id, asked_at DESC);
SELECT app.guard('app.housing_offer');
SELECT app.barred_by_case('app.housing_offer');
SELECT app.guard_author('app.housing_offer', 'asked_by');
-- Seen by who asks and by who is asked; asked by the one, answered once by either.
CREATE POLICY either_side ON app.housing_offer FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR provider_id = ANY ((SELECT app.viewer_reach())::uuid[])
           AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
CREATE POLICY asked_here ON app.housing_offer FOR INSERT TO drystone_app
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]) AND (SELECT app.viewer_seeks())
        AND state IN ('asked', 'held'));
CREATE POLICY either_answers ON app.housing_offer FOR UPDATE TO drystone_app
    USING (state IN ('asked', 'held', 'accepted') AND (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR provider_id = ANY ((SELECT app.viewer_reach())::uuid[])
           AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[])))
    WITH CHECK (answered_by = (SELECT app.viewer_account()));
GRANT SELECT, INSERT ON app.housing_offer TO drystone_app;
GRANT UPDATE (state, held_until, answered_at, answered_by, reasons, main_reason, words, moved_in_on, version)
    ON app.housing_offer TO drystone_app;

-- Whoever is asked reads what the household needs while it waits for an answer or lives there. Whoever placed it ends
-- the search.
CREATE POLICY asked_or_told ON app.housing_request FOR SELECT TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR EXISTS (SELECT FROM app.housing_offer o WHERE o.request_id = housing_request.id
                   AND o.state IN ('held', 'accepted', 'placed') OFFSET 0));
CREATE POLICY ended_here ON app.housing_request FOR UPDATE TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        OR EXISTS (SELECT FROM app.housing_offer o WHERE o.request_id = housing_request.id AND o.state = 'placed' OFFSET 0))
    WITH CHECK (agency_id = ANY ((SELECT app.viewer_reach())::uuid[]) OR outcome = 'placed');

-- A hold takes a unit's time until its hour; a stay may be a household's that asked through the partnership.
ALTER TABLE app.unit_time ADD COLUMN offer_id uuid, ADD COLUMN held_until timestamptz,
    DROP CONSTRAINT unit_time_kind,
    ADD CONSTRAINT unit_time_kind CHECK (kind IN ('stay', 'repair', 'closed', 'hold')),
    ADD CONSTRAINT unit_time_held CHECK ((kind = 'hold') = (held_until IS NOT NULL) AND (kind <> 'hold' OR offer_id IS NOT NULL)
        AND (offer_id IS NULL OR kind IN ('hold', 'stay')));
CREATE INDEX unit_time_by_offer ON app.unit_time (offer_id);
-- Only through an offer does somebody else than its provider take a unit's time. (No key leads to it: the offer is the
-- asker's, the time the provider's.)
CREATE POLICY taken_by_offer ON app.unit_time FOR INSERT TO drystone_app
    WITH CHECK (offer_id IS NOT NULL AND EXISTS (
        SELECT FROM app.housing_offer o WHERE o.id = unit_time.offer_id AND o.unit_id = unit_time.unit_id
          AND o.provider_id = unit_time.agency_id AND o.state IN ('held', 'accepted', 'placed') OFFSET 0));
CREATE POLICY stay_by_offer ON app.unit_stay FOR INSERT TO drystone_app
    WITH CHECK (EXISTS (
        SELECT FROM app.unit_time t JOIN app.housing_offer o ON o.id = t.offer_id
        WHERE t.id = unit_stay.time_id AND o.state = 'placed' OFFSET 0));
-- A hold goes when it is over, whoever comes next; before that by whoever may answer it. Nothing else ever goes.
CREATE POLICY hold_goes ON app.unit_time FOR DELETE TO drystone_app
    USING (kind = 'hold' AND (held_until <= now() AND (SELECT app.viewer_seeks()) OR EXISTS (
        SELECT FROM app.housing_offer o WHERE o.id = unit_time.offer_id OFFSET 0)));
GRANT DELETE ON app.unit_time TO drystone_app;

SELECT app.add_task_kinds('housing');
RESET ROLE;

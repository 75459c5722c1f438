-- Referrals: somebody is sent to the front door, or on from it. Whoever keeps one answers for it (agency_id); the agency
-- that sent it sees its own words, the receipt, the owner, the clock and the outcome, and nothing of the casework.
SET ROLE drystone_owner;
CREATE TABLE app.referral (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    reference text NOT NULL,
    direction text NOT NULL CONSTRAINT referral_direction CHECK (direction IN ('in', 'out')),
    source text NOT NULL CONSTRAINT referral_source CHECK (source IN
        ('selfReferral', 'thirdParty', 'professional', 'police')),
    kind text NOT NULL CONSTRAINT referral_kind CHECK (kind IN
        ('support', 'behaviour', 'childSafeguarding', 'adultSafeguarding', 'housing', 'health', 'substanceUse',
         'counselling', 'legal', 'other')),
    from_agency_id uuid,
    from_account_id uuid,
    to_agency_id uuid,
    to_name text NOT NULL DEFAULT '' CHECK (length(to_name) <= 200),
    person_id uuid,
    contact_id uuid,
    case_id uuid,
    -- What was told: who it is about, how they may be reached, why. Sealed; it may name an address or a number.
    told_sealed bytea NOT NULL,
    basis text NOT NULL CONSTRAINT referral_basis CHECK (basis IN
        ('consent', 'vitalInterests', 'safeguarding', 'legalObligation', 'notAsked')),
    urgent boolean NOT NULL DEFAULT false,
    graded_high boolean NOT NULL DEFAULT false,
    -- From the public form: read by a person before it stands among the others.
    quarantined boolean NOT NULL DEFAULT false,
    trapped boolean NOT NULL DEFAULT false,
    sender_bucket bytea,
    received_at timestamptz NOT NULL,
    due_at timestamptz NOT NULL,
    owner_id uuid,
    taken_at timestamptz,
    outcome text CONSTRAINT referral_outcome CHECK (outcome IN
        ('caseOpened', 'openAlready', 'adviceGiven', 'referredOn', 'accepted', 'declined', 'unableToContact', 'duplicate',
         'withdrawn', 'notGenuine')),
    decline_reason text CONSTRAINT referral_decline CHECK (decline_reason IN
        ('ineligible', 'outOfArea', 'doesNotWantSupport', 'disengaged', 'needsMetElsewhere', 'noCapacity', 'underAge',
         'noConsent', 'other')),
    declined_by text CONSTRAINT referral_decliner CHECK (declined_by IN ('client', 'service', 'referrer')),
    outcome_words text NOT NULL DEFAULT '' CHECK (length(outcome_words) <= 1000),
    outcome_at timestamptz,
    outcome_by uuid,
    version int NOT NULL DEFAULT 1,
    UNIQUE (id, agency_id),
    CONSTRAINT referral_declined CHECK ((outcome = 'declined') IS NOT DISTINCT FROM (decline_reason IS NOT NULL)
        OR outcome IS NULL AND decline_reason IS NULL),
    CONSTRAINT referral_answered CHECK ((outcome IS NULL) = (outcome_at IS NULL)),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (from_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (from_account_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (to_agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (owner_id, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (outcome_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (contact_id, agency_id) REFERENCES app.contact (id, agency_id),
    FOREIGN KEY (case_id, agency_id) REFERENCES app.case_record (id, agency_id)
);
CREATE INDEX referral_waiting ON app.referral (agency_id, due_at, id) WHERE outcome IS NULL AND NOT quarantined;
CREATE INDEX referral_quarantine ON app.referral (agency_id, trapped, received_at, id) WHERE outcome IS NULL AND quarantined;
CREATE INDEX referral_quarantine_sender ON app.referral (agency_id, sender_bucket) WHERE outcome IS NULL AND quarantined;
CREATE INDEX referral_sent ON app.referral (from_agency_id, received_at DESC, id DESC);
CREATE INDEX referral_by_sender ON app.referral (from_account_id);
CREATE INDEX referral_by_agency ON app.referral (agency_id, received_at DESC, id DESC);
CREATE INDEX referral_by_to ON app.referral (to_agency_id);
CREATE INDEX referral_by_owner ON app.referral (owner_id) WHERE outcome IS NULL;
CREATE INDEX referral_of_owner ON app.referral (owner_id);
CREATE INDEX referral_by_answerer ON app.referral (outcome_by);
CREATE INDEX referral_by_person ON app.referral (person_id);
CREATE INDEX referral_by_contact ON app.referral (contact_id);
CREATE INDEX referral_by_case ON app.referral (case_id);

SELECT app.guard_casework('app.referral', 'case_id', '{person_id}');
SELECT app.guard_author('app.referral', 'from_account_id');
-- Whoever sent it watches it, and can send nothing that is answered already or stands in quarantine.
CREATE POLICY sent ON app.referral FOR SELECT TO drystone_app
    USING (from_agency_id = ANY ((SELECT app.viewer_reach())::uuid[]));
CREATE POLICY sending ON app.referral FOR INSERT TO drystone_app
    WITH CHECK (from_agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND direction = 'in' AND owner_id IS NULL AND outcome IS NULL AND NOT quarantined
        AND num_nonnulls(person_id, contact_id, case_id) = 0);
-- The public form is written by the door, which can put something into quarantine and read none of it.
CREATE POLICY public_form ON app.referral FOR INSERT TO drystone_auth
    WITH CHECK (quarantined AND direction = 'in' AND owner_id IS NULL AND outcome IS NULL
        AND num_nonnulls(from_agency_id, from_account_id, to_agency_id, person_id, contact_id, case_id) = 0);
GRANT INSERT ON app.referral TO drystone_auth;
GRANT SELECT, INSERT ON app.referral TO drystone_app;
GRANT UPDATE (owner_id, taken_at, person_id, contact_id, case_id, quarantined, due_at, outcome, decline_reason,
    declined_by, outcome_words, outcome_at, outcome_by, version) ON app.referral TO drystone_app;
RESET ROLE;

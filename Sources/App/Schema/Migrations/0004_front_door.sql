-- Contacts: everything that comes through the front door. A contact need not become a case.
SET ROLE drystone_owner;
CREATE TABLE app.contact (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    person_id uuid,
    case_id uuid,
    channel text NOT NULL CONSTRAINT contact_channel CHECK (channel IN
        ('helpline', 'text', 'webForm', 'webchat', 'email', 'letter', 'inPerson', 'voicemail', 'professional')),
    caller text NOT NULL CONSTRAINT contact_caller CHECK (caller IN
        ('harmedPerson', 'thirdParty', 'professional', 'ownBehaviour', 'silent', 'wrongNumber', 'notKnown')),
    happened_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL DEFAULT now(),
    recorded_by uuid NOT NULL,
    safe_to_talk text NOT NULL CHECK (safe_to_talk IN ('yes', 'no', 'notAsked', 'notKnown')),
    other_person_nearby text NOT NULL CHECK (other_person_nearby IN ('yes', 'no', 'notAsked', 'notKnown')),
    children_present text NOT NULL CHECK (children_present IN ('yes', 'no', 'notAsked', 'notKnown')),
    injured text NOT NULL CHECK (injured IN ('yes', 'no', 'notAsked', 'notKnown')),
    weapon text NOT NULL CHECK (weapon IN ('yes', 'no', 'notAsked', 'notKnown')),
    suicidal text NOT NULL CHECK (suicidal IN ('yes', 'no', 'notAsked', 'notKnown')),
    reason text NOT NULL CONSTRAINT contact_reason CHECK (length(reason) BETWEEN 1 AND 4000),
    advice text NOT NULL DEFAULT '' CHECK (length(advice) <= 4000),
    outcome text NOT NULL CONSTRAINT contact_outcome CHECK (outcome IN
        ('openCase', 'adviceGiven', 'referredOn', 'callAgain', 'emergencyServices', 'endedSuddenly', 'noFurtherAction')),
    promised text NOT NULL DEFAULT '' CHECK (length(promised) <= 1000),
    version int NOT NULL DEFAULT 1,
    UNIQUE (id, agency_id),
    FOREIGN KEY (agency_id, partnership_id) REFERENCES app.agency (id, partnership_id),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id)
);
CREATE INDEX contact_by_agency ON app.contact (agency_id, happened_at DESC, id DESC);
CREATE INDEX contact_by_person ON app.contact (person_id, happened_at DESC);
CREATE INDEX contact_by_case ON app.contact (case_id);
RESET ROLE;

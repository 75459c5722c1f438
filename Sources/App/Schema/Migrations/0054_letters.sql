-- Letters of a case: written from a template, checked for what they would give away, released by a way that is safe, and
-- from then on unchanged. What came of one is said once.
SET ROLE drystone_owner;
CREATE TABLE app.letter (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    case_id uuid NOT NULL,
    person_id uuid NOT NULL,
    template text NOT NULL CONSTRAINT letter_template CHECK (template IN
        ('appointment', 'keepingInTouch', 'ending', 'confirmation', 'housing', 'request', 'blank')),
    -- Whom it is for: the person, or somebody of a service, named with their work.
    addressee text NOT NULL CONSTRAINT letter_addressee CHECK (addressee IN ('person', 'professional')),
    to_whom text NOT NULL DEFAULT '' CHECK (length(to_whom) <= 200),
    body text NOT NULL CHECK (length(body) BETWEEN 1 AND 8000),
    version int NOT NULL DEFAULT 1 CHECK (version > 0),
    recorded_at timestamptz NOT NULL,
    recorded_by uuid NOT NULL,
    released_at timestamptz,
    released_by uuid,
    way text CONSTRAINT letter_way CHECK (way IN ('post', 'email', 'inPerson', 'referrer')),
    -- What left: the text without what the check took out.
    released_body text CHECK (length(released_body) BETWEEN 1 AND 12000),
    -- When she agreed that somebody else may read it.
    agreed_on date,
    outcome text CONSTRAINT letter_outcome CHECK (outcome IN ('arrived', 'answered', 'returned', 'notSent')),
    outcome_at timestamptz,
    outcome_by uuid,
    outcome_words text NOT NULL DEFAULT '' CHECK (length(outcome_words) <= 1000),
    CONSTRAINT letter_named CHECK ((addressee = 'professional') = (to_whom <> '')),
    CONSTRAINT letter_released_whole CHECK (num_nulls(released_at, released_by, way, released_body) IN (0, 4)),
    CONSTRAINT letter_agreed CHECK ((addressee = 'professional' AND released_at IS NOT NULL) = (agreed_on IS NOT NULL)),
    CONSTRAINT letter_outcome_whole CHECK (num_nulls(outcome, outcome_at, outcome_by) IN (0, 3)),
    CONSTRAINT letter_came_of_release CHECK (released_at IS NOT NULL OR outcome IS NULL OR outcome = 'notSent'),
    FOREIGN KEY (person_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (recorded_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (released_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (outcome_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE INDEX letter_by_case ON app.letter (case_id, recorded_at DESC, id DESC);
CREATE INDEX letter_by_person ON app.letter (person_id, released_at DESC, id DESC);
CREATE INDEX letter_by_author ON app.letter (recorded_by);
CREATE INDEX letter_by_releaser ON app.letter (released_by);
CREATE INDEX letter_by_teller ON app.letter (outcome_by);
SELECT app.guard_casework('app.letter', 'case_id', '{person_id}');
SELECT app.guard_author('app.letter', 'recorded_by');
CREATE POLICY told_once ON app.letter AS RESTRICTIVE FOR UPDATE TO drystone_app USING (outcome IS NULL) WITH CHECK (true);
GRANT SELECT, INSERT ON app.letter TO drystone_app;
GRANT UPDATE (body, to_whom, version, released_at, released_by, way, released_body, agreed_on, outcome, outcome_at,
              outcome_by, outcome_words) ON app.letter TO drystone_app;

-- What left stays what it was.
CREATE FUNCTION app.letter_stays() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
BEGIN
    IF OLD.released_at IS NOT NULL AND (NEW.body, NEW.to_whom, NEW.version, NEW.released_at, NEW.released_by, NEW.way,
                                        NEW.released_body, NEW.agreed_on)
        IS DISTINCT FROM (OLD.body, OLD.to_whom, OLD.version, OLD.released_at, OLD.released_by, OLD.way,
                          OLD.released_body, OLD.agreed_on) THEN
        RAISE EXCEPTION 'a letter that was released stays as it is' USING ERRCODE = '42501';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER letter_stays BEFORE UPDATE ON app.letter FOR EACH ROW EXECUTE FUNCTION app.letter_stays();
RESET ROLE;

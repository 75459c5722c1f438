-- Two records of one agency that are the same person: a link with its evidence, proposed by one person and confirmed by
-- another, undone at any time. Nothing is moved and nothing is merged, so undone, all is as it was (decision 0019).
SET ROLE drystone_owner;

CREATE TABLE app.same_person (
    id uuid PRIMARY KEY,
    partnership_id uuid NOT NULL,
    -- Both records are this agency's: keys hold that, and with it that no link crosses the wall.
    agency_id uuid NOT NULL,
    first_id uuid NOT NULL,
    second_id uuid NOT NULL,
    -- What agreed when it was proposed, as the database found it.
    agrees text[] NOT NULL CONSTRAINT same_agrees CHECK (agrees <@
        '{name,otherName,soundsLike,birth,birthTurned,phone,postcode}'),
    -- Why they are, or are not, the same: in somebody's words.
    words text NOT NULL CHECK (length(words) BETWEEN 1 AND 2000),
    proposed_at timestamptz NOT NULL,
    proposed_by uuid NOT NULL,
    confirmed_at timestamptz,
    confirmed_by uuid,
    confirmed_words text NOT NULL DEFAULT '' CHECK (length(confirmed_words) <= 2000),
    -- It no longer holds, or never did. Never opened again: a later link is a row of its own.
    ended_at timestamptz,
    ended_by uuid,
    ended_because text CONSTRAINT same_because CHECK (ended_because IN ('notSame', 'refused', 'takenBack', 'undone')),
    ended_words text NOT NULL DEFAULT '' CHECK (length(ended_words) <= 2000),
    -- One order for each pair, so that a pair has one history.
    CONSTRAINT same_two CHECK (first_id < second_id),
    CONSTRAINT same_confirmed CHECK (num_nulls(confirmed_at, confirmed_by) IN (0, 2)),
    CONSTRAINT same_second_person CHECK (confirmed_by <> proposed_by),
    CONSTRAINT same_ended CHECK (num_nulls(ended_at, ended_by, ended_because) IN (0, 3)),
    -- Only what was confirmed is undone; and nobody refuses what they proposed themselves.
    CONSTRAINT same_undone CHECK (ended_because IS NULL OR (ended_because = 'undone') = (confirmed_at IS NOT NULL)),
    CONSTRAINT same_refused CHECK (ended_because <> 'refused' OR ended_by <> proposed_by),
    CONSTRAINT same_ended_words CHECK (ended_because IS NULL OR (ended_because = 'notSame') = (ended_words = '')),
    FOREIGN KEY (first_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (second_id, agency_id) REFERENCES app.person (id, agency_id),
    FOREIGN KEY (proposed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (confirmed_by, partnership_id) REFERENCES app.account (id, partnership_id),
    FOREIGN KEY (ended_by, partnership_id) REFERENCES app.account (id, partnership_id)
);
CREATE UNIQUE INDEX same_person_stands ON app.same_person (first_id, second_id, agency_id) WHERE ended_at IS NULL;
CREATE INDEX same_person_by_first ON app.same_person (first_id, second_id);
CREATE INDEX same_person_by_second ON app.same_person (second_id);
CREATE INDEX same_person_waiting ON app.same_person (agency_id, proposed_at, id)
    WHERE confirmed_at IS NULL AND ended_at IS NULL;
-- Both ends are within reach, or the row isn't there.
SELECT app.guard_casework('app.same_person', NULL, '{first_id,second_id}');
SELECT app.guard_author('app.same_person', 'proposed_by');
-- Written as a proposal, or as two who are not the same; never of two of whom one harms the other or is their child.
CREATE POLICY as_proposed ON app.same_person AS RESTRICTIVE FOR INSERT TO drystone_app WITH CHECK (
    confirmed_by IS NULL AND (ended_by IS NULL OR ended_because = 'notSame' AND ended_by = proposed_by)
    AND NOT EXISTS (SELECT FROM app.relationship r
                    WHERE r.harmed_id = same_person.first_id AND r.harming_id = same_person.second_id
                       OR r.harmed_id = same_person.second_id AND r.harming_id = same_person.first_id)
    AND NOT EXISTS (SELECT FROM app.child_tie t
                    WHERE t.child_id = same_person.first_id AND t.adult_id = same_person.second_id
                       OR t.child_id = same_person.second_id AND t.adult_id = same_person.first_id));
CREATE POLICY ended_once ON app.same_person AS RESTRICTIVE FOR UPDATE TO drystone_app
    USING (ended_at IS NULL)
    WITH CHECK ((SELECT app.viewer_account()) = CASE WHEN ended_at IS NULL THEN confirmed_by ELSE ended_by END);
GRANT SELECT, INSERT ON app.same_person TO drystone_app;
GRANT DELETE ON app.same_person TO drystone_loader;
GRANT UPDATE (confirmed_at, confirmed_by, confirmed_words, ended_at, ended_by, ended_because, ended_words)
    ON app.same_person TO drystone_app;

-- Every other record of the same person, through any number of confirmed links. As whoever asks: a link to somebody who
-- is withheld from them isn't there, nor what lies behind it.
CREATE FUNCTION app.same_people(whom uuid) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE ROWS 2 COST 500 SET search_path = app, pg_temp AS $$
BEGIN
    -- Hardly anybody is on record twice.
    IF NOT EXISTS (SELECT FROM same_person l
                   WHERE l.first_id = whom AND l.confirmed_at IS NOT NULL AND l.ended_at IS NULL)
       AND NOT EXISTS (SELECT FROM same_person l
                       WHERE l.second_id = whom AND l.confirmed_at IS NOT NULL AND l.ended_at IS NULL) THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH RECURSIVE linked AS (
        SELECT whom AS id
        UNION
        SELECT o.id FROM linked k CROSS JOIN LATERAL (
            SELECT l.second_id AS id FROM same_person l
            WHERE l.first_id = k.id AND l.confirmed_at IS NOT NULL AND l.ended_at IS NULL
            UNION ALL
            SELECT l.first_id FROM same_person l
            WHERE l.second_id = k.id AND l.confirmed_at IS NOT NULL AND l.ended_at IS NULL) o
    )
    SELECT k.id FROM linked k WHERE k.id <> whom LIMIT 20;
END $$;

-- What agrees between two records, of what whoever asks may see of both. A protected address agrees with nothing.
CREATE FUNCTION app.agreeing(one uuid, other uuid) RETURNS text[]
LANGUAGE plpgsql STABLE COST 2000 SET search_path = app, pg_temp AS $$
DECLARE
    born date := (SELECT p.date_of_birth FROM person p WHERE p.id = one);
    other_born date := (SELECT p.date_of_birth FROM person p WHERE p.id = other);
BEGIN
    RETURN array_remove(ARRAY[
        (SELECT CASE max(CASE WHEN b.folded = a.folded AND a.kind = 'current' AND b.kind = 'current' THEN 3
                              WHEN b.folded = a.folded THEN 2
                              WHEN a.family_sound <> '' AND b.family_sound = a.family_sound
                                   AND b.given_sound = a.given_sound THEN 1 END)
                     WHEN 3 THEN 'name' WHEN 2 THEN 'otherName' WHEN 1 THEN 'soundsLike' END
         FROM person_name a CROSS JOIN person_name b WHERE a.person_id = one AND b.person_id = other),
        CASE WHEN born = other_born THEN 'birth'
             WHEN extract(year FROM born) = extract(year FROM other_born)
                  AND extract(month FROM born) = extract(day FROM other_born)
                  AND extract(day FROM born) = extract(month FROM other_born) THEN 'birthTurned' END,
        CASE WHEN EXISTS (SELECT FROM person_phone a JOIN person_phone b ON b.number_token = a.number_token
                          WHERE a.person_id = one AND b.person_id = other) THEN 'phone' END,
        CASE WHEN EXISTS (SELECT FROM person_address a JOIN person_address b ON b.postcode_token = a.postcode_token
                          WHERE a.person_id = one AND b.person_id = other AND NOT a.protected AND NOT b.protected)
             THEN 'postcode' END], NULL);
END $$;
GRANT EXECUTE ON FUNCTION app.same_people(uuid), app.agreeing(uuid, uuid) TO drystone_app;

-- People from the newest on, a hundred at a time: whoever looks for duplicates goes through them in this order.
DROP INDEX app.person_by_agency;
CREATE INDEX person_by_agency ON app.person (agency_id, created_at DESC, id DESC);
RESET ROLE;

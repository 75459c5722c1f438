-- Who must not be placed beside whom, when all searches are looked at together. It rests on what nobody who looks may
-- know of the other side, and says nothing but that two stay apart: neither why, nor from which of the two it comes.
SET ROLE drystone_owner;
-- By what households are tied: themselves and their children, whoever harms any of them, and whoever lives with those
-- that do; each by their records, and by each name with the date of birth, since one man may be on record twice, also on
-- the other side of the wall.
CREATE FUNCTION app.ties_around(whom uuid) RETURNS text[]
LANGUAGE plpgsql STABLE SET search_path = app, pg_temp AS $$
DECLARE
    ours uuid[] := whom || ARRAY(
        SELECT t.child_id FROM child_tie t WHERE t.adult_id = whom AND t.kind IN ('parent', 'parentalResponsibility'));
    harming uuid[];
BEGIN
    ours := ours || ARRAY(SELECT s FROM unnest(ours) o, same_people(o) s) || ARRAY(
        SELECT q.id FROM person p JOIN person_name n ON n.person_id = p.id
        JOIN person_name m ON m.folded = n.folded AND m.partnership_id = n.partnership_id
        JOIN person q ON q.id = m.person_id AND q.date_of_birth = p.date_of_birth WHERE p.id = ANY (ours));
    harming := ARRAY(SELECT r.harming_id FROM relationship r WHERE r.harmed_id = ANY (ours));
    harming := harming || ARRAY(SELECT s FROM unnest(harming) h, same_people(h) s);
    RETURN ARRAY(
        SELECT DISTINCT k.tie
        FROM (SELECT unnest(ours || harming) AS id
              UNION SELECT o.person_id FROM household_member m
              JOIN household_member o ON o.household_id = m.household_id AND o.until_day IS NULL
              WHERE m.person_id = ANY (harming) AND m.until_day IS NULL) t
        CROSS JOIN LATERAL (
            SELECT t.id::text AS tie
            UNION ALL SELECT n.folded || ' ' || p.date_of_birth FROM person p JOIN person_name n ON n.person_id = p.id
            WHERE p.id = t.id AND p.date_of_birth IS NOT NULL) k);
END $$;
GRANT EXECUTE ON FUNCTION app.ties_around(uuid), app.same_people(uuid), app.viewer_seeks() TO drystone_definer;
GRANT SELECT (first_id, second_id, confirmed_at, ended_at) ON app.same_person TO drystone_definer;
GRANT SELECT (kind) ON app.child_tie TO drystone_definer;
GRANT SELECT (until_day) ON app.household_member TO drystone_definer;
GRANT SELECT (id, agency_id, case_id, person_id, ended_at, recorded_at) ON app.housing_request TO drystone_definer;
RESET ROLE;

SET ROLE drystone_definer;
-- Of the searches that the viewer may see and no others. (Not of those who live somewhere: whoever records that a woman
-- is tied to somebody would else be told where she lives; see docs/decisions/0026.)
CREATE FUNCTION app.kept_apart() RETURNS TABLE (request_id uuid, other_id uuid)
LANGUAGE plpgsql STABLE ROWS 20 SECURITY DEFINER SET search_path = app, pg_temp AS $$
DECLARE
    reach uuid[] := viewer_reach();
BEGIN
    IF NOT viewer_seeks() THEN RETURN; END IF;
    RETURN QUERY
    WITH search AS MATERIALIZED (
        SELECT q.id, ties_around(q.person_id) AS ties FROM housing_request q
        WHERE q.agency_id = ANY (reach) AND q.ended_at IS NULL AND q.case_id NOT IN (SELECT viewer_barred())
        ORDER BY q.recorded_at, q.id LIMIT 200
    )
    SELECT one.id, other.id FROM search one JOIN search other ON one.id < other.id AND one.ties && other.ties;
END $$;
REVOKE ALL ON FUNCTION app.kept_apart() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION app.kept_apart() TO drystone_app;
RESET ROLE;

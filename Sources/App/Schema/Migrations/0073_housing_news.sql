-- Whoever asked for a home learns at once what its provider answered, or that the household was told where it is: on
-- their own list, in the transaction of the answer, by somebody who sees nothing of that list. That a hold runs out
-- needs no news: its clock has stood there since it was asked for, and is closed or moved by the answer.
SET ROLE drystone_owner;
-- A task may be about a search, and leads there.
ALTER TABLE app.task ADD COLUMN request_id uuid,
    ADD FOREIGN KEY (request_id, case_id, agency_id) REFERENCES app.housing_request (id, case_id, agency_id);
CREATE INDEX task_by_request ON app.task (request_id);
SELECT app.add_task_kinds('housingNews');

-- A reason as it is read. The pages have the same words; a test holds them together.
CREATE FUNCTION app.reason_words(reason text) RETURNS text LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE reason
        WHEN 'noSpace' THEN 'No space' WHEN 'size' THEN 'The household is too large for it'
        WHEN 'access' THEN 'It can’t give the access they need' WHEN 'staff' THEN 'Too few staff'
        WHEN 'mentalHealth' THEN 'Mental health needs' WHEN 'substances' THEN 'Drug or alcohol use'
        WHEN 'otherNeed' THEN 'Another need that can’t be met' WHEN 'riskArea' THEN 'Not safe in that area'
        WHEN 'riskNetwork' THEN 'Somebody who harms them, or who knows them, is near'
        WHEN 'arsonOffence' THEN 'Arson or another offence' WHEN 'noFunds' THEN 'No recourse to public funds'
        WHEN 'olderSon' THEN 'A son is too old for it' WHEN 'sexMismatch' THEN 'It is not for their sex'
        WHEN 'pets' THEN 'Animals' WHEN 'noLocalConnection' THEN 'No local connection'
        WHEN 'ineligible' THEN 'They are not eligible' WHEN 'inappropriate' THEN 'It would not be right for them'
        WHEN 'declinedLocation' THEN 'Not where they want to be'
        WHEN 'declinedCommunal' THEN 'They would not share a house'
        WHEN 'declinedOther' THEN 'Something else they did not want'
        WHEN 'wantsNoSupport' THEN 'They want no support with it' WHEN 'disengaged' THEN 'They broke off'
        WHEN 'noContact' THEN 'They could not be reached' WHEN 'placedElsewhere' THEN 'They were placed elsewhere'
        WHEN 'metElsewhere' THEN 'They got what they need in another way' WHEN 'other' THEN 'Another reason' END
$$;

-- One line a search, however much is said: what comes before the asker has read the rest is added to it.
CREATE FUNCTION app.tell_asker(offer app.housing_offer, said text, at timestamptz, by uuid) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    -- Who waits for it by now: the case may have gone to a colleague since.
    waits uuid := coalesce((SELECT t.owner_id FROM task t
                            WHERE t.request_id = offer.request_id AND t.kind IN ('housing', 'housingNews') AND t.done_at IS NULL
                            ORDER BY t.kind, t.due_at DESC, t.id LIMIT 1), offer.asked_by);
BEGIN
    -- The clock of a yes is that of the move; else it has come to its end.
    IF offer.state = 'accepted' THEN
        UPDATE task t SET due_at = offer.held_until
        WHERE t.request_id = offer.request_id AND t.kind = 'housing' AND t.done_at IS NULL;
    ELSIF offer.state <> 'held' THEN
        UPDATE task t SET done_at = at WHERE t.request_id = offer.request_id AND t.kind = 'housing' AND t.done_at IS NULL;
    END IF;
    -- Nobody is told what they did themselves; nor that a search was ended, which its own page says.
    IF by = waits OR offer.state IN ('withdrawn', 'ranOut') THEN RETURN; END IF;
    UPDATE task t SET detail = CASE WHEN strpos(t.detail, said) > 0 THEN t.detail ELSE t.detail || '. ' || said END
    WHERE t.request_id = offer.request_id AND t.kind = 'housingNews' AND t.done_at IS NULL;
    IF NOT FOUND THEN
        INSERT INTO task (id, partnership_id, agency_id, case_id, request_id, kind, detail, owner_id, started_at, due_at)
        VALUES (gen_random_uuid(), offer.partnership_id, offer.agency_id, offer.case_id, offer.request_id, 'housingNews',
                said, waits, at, at + interval '1 hour');
    END IF;
END $$;
CREATE FUNCTION app.tell_answer(offer app.housing_offer) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    more int := cardinality(offer.reasons) - 1;
BEGIN
    PERFORM tell_asker(offer, CASE offer.state
            WHEN 'accepted' THEN 'The service said yes' WHEN 'placed' THEN 'They moved in'
            WHEN 'refusedByService' THEN 'The service said no' WHEN 'declinedByClient' THEN 'They said no'
            ELSE 'They could not be reached' END
        || coalesce(': ' || lower(left(reason_words(offer.main_reason), 1)) || substr(reason_words(offer.main_reason), 2), '')
        || CASE WHEN more > 1 THEN format(', and %s more reasons', more) WHEN more = 1 THEN ', and 1 more reason' ELSE '' END,
        offer.answered_at, offer.answered_by);
END $$;
CREATE FUNCTION app.tell_told(told app.address_told) RETURNS void
LANGUAGE plpgsql SET search_path = app, pg_temp AS $$
DECLARE
    offer housing_offer;
BEGIN
    SELECT o.* INTO offer FROM housing_offer o WHERE o.id = told.offer_id;
    IF offer.id IS NOT NULL THEN
        PERFORM tell_asker(offer, 'They were told where it is', told.told_at, told.recorded_by);
    END IF;
END $$;
GRANT EXECUTE ON FUNCTION app.reason_words(text), app.tell_asker(app.housing_offer, text, timestamptz, uuid),
    app.tell_answer(app.housing_offer), app.tell_told(app.address_told) TO drystone_definer;
GRANT SELECT ON app.housing_offer TO drystone_definer;
GRANT UPDATE (due_at, detail) ON app.task TO drystone_definer;
RESET ROLE;

-- `keep_derived` does these as well, whatever else has been added to it meanwhile.
SET ROLE drystone_definer;
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('app.keep_derived()'::regprocedure), E'ELSIF TG_NAME = ''reviews_day'' THEN',
        E'ELSIF TG_NAME = ''tells_answer'' THEN\n'
        '        PERFORM tell_answer(NEW);\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''tells_told'' THEN\n'
        '        PERFORM tell_told(NEW);\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''reviews_day'' THEN');
END $$;
RESET ROLE;
SET ROLE drystone_owner;
CREATE TRIGGER tells_answer AFTER UPDATE OF state ON app.housing_offer
    FOR EACH ROW WHEN (NEW.unit_id IS NOT NULL AND NEW.answered_by IS NOT NULL AND NEW.state <> OLD.state
                       AND current_user <> 'drystone_loader')
    EXECUTE FUNCTION app.keep_derived();
CREATE TRIGGER tells_told AFTER INSERT ON app.address_told
    FOR EACH ROW WHEN (current_user <> 'drystone_loader') EXECUTE FUNCTION app.keep_derived();
RESET ROLE;

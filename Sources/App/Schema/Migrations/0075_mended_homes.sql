-- What was put down wrongly of a stay or of what a landlord was asked, a stay that goes on in another unit, and the day
-- by which a landlord is to answer.
SET ROLE drystone_owner;
-- Of the nine kinds of support one is of two sorts, which are counted apart (statutory guidance, specialist support):
-- for protected characteristics, and for complex needs.
ALTER TABLE app.stay_support DROP CONSTRAINT stay_support_kind, ADD CONSTRAINT stay_support_kind CHECK (kind IN
        ('management', 'dayToDay', 'advocacy', 'prevention', 'characteristics', 'complexNeeds', 'children', 'housing',
         'advice', 'counselling')),
    -- Put down wrongly: it stays, struck through, and is not counted. Closed words, as all of a stay.
    ADD COLUMN withdrawn_at timestamptz,
    ADD COLUMN withdrawn_by uuid,
    ADD COLUMN withdrawn_because text CONSTRAINT stay_support_because CHECK (withdrawn_because IN
        ('wrongStay', 'wrongMember', 'wrongKind', 'wrongDay', 'wrongGiver', 'twice', 'notGiven')),
    ADD CONSTRAINT stay_support_withdrawn CHECK (num_nulls(withdrawn_at, withdrawn_by, withdrawn_because) IN (0, 3)),
    ADD FOREIGN KEY (withdrawn_by, partnership_id) REFERENCES app.account (id, partnership_id);
CREATE INDEX stay_support_by_withdrawer ON app.stay_support (withdrawn_by);
CREATE POLICY withdrawn ON app.stay_support FOR UPDATE TO drystone_app
    USING (agency_id = ANY ((SELECT app.viewer_reach())::uuid[])
        AND 'accommodationWorker' = ANY ((SELECT app.viewer_roles())::text[]));
SELECT app.guard_withdrawal('app.stay_support');
GRANT UPDATE (withdrawn_at, withdrawn_by, withdrawn_because) ON app.stay_support TO drystone_app;

-- Whose time in a unit goes on from another's: the first time of that stay. Everybody who looks for homes counts stays by
-- it, and who came is still its provider's alone (0070).
ALTER TABLE app.unit_time ADD COLUMN stay_id uuid,
    ADD CONSTRAINT unit_time_goes_on CHECK (stay_id IS NULL OR kind = 'stay' AND stay_id <> id),
    ADD FOREIGN KEY (stay_id, agency_id) REFERENCES app.unit_time (id, agency_id);
CREATE INDEX unit_time_by_stay ON app.unit_time (stay_id);

-- By when a landlord is to answer: a clock on the list of whoever holds the case, until what became of it is put down.
-- What was asked is corrected while it is open; who did so stands in the log.
ALTER TABLE app.reciprocal ADD COLUMN answer_by date,
    ADD CONSTRAINT reciprocal_answer CHECK (answer_by >= asked_on),
    ADD UNIQUE (id, agency_id);
GRANT UPDATE (receiving_id, giving_id, bedrooms_held, tenancy_held, excluded, asked_on, answer_by) ON app.reciprocal
    TO drystone_app;
ALTER TABLE app.task ADD COLUMN reciprocal_id uuid,
    ADD FOREIGN KEY (reciprocal_id, agency_id) REFERENCES app.reciprocal (id, agency_id);
CREATE INDEX task_by_reciprocal ON app.task (reciprocal_id);
SELECT app.add_task_kinds('reciprocal');
RESET ROLE;

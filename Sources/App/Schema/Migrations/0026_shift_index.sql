-- What waits for the shift, in order: without the clocks of cases, of which there are a hundred times as many.
SET ROLE drystone_owner;
CREATE INDEX task_of_shift ON app.task (agency_id, due_at, id) WHERE done_at IS NULL
    AND (kind IN ('callBack', 'promise', 'warning', 'dutyContact') OR kind = 'review' AND case_id IS NULL);
RESET ROLE;

-- What a worker puts on a case's list, for themselves or for whoever holds it.
SET ROLE drystone_owner;
ALTER TABLE app.task DROP CONSTRAINT task_kind, ADD CONSTRAINT task_kind CHECK (kind IN
    ('firstContact', 'contact', 'review', 'callBack', 'promise', 'warning', 'maracDecision', 'reassess', 'askDetails',
     'dutyContact', 'closing', 'toDo'));
-- What still waits on a case, in order.
CREATE INDEX task_waiting_on_case ON app.task (case_id, due_at) WHERE done_at IS NULL;
RESET ROLE;

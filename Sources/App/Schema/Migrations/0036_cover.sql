-- Whoever is away may have a colleague who covers for them; and a case says whether anything happened on it, by
-- somebody else, since whoever holds it last looked.
SET ROLE drystone_owner;
ALTER TABLE app.rota_entry
    -- Gets their tasks and sees their cases meanwhile. Nobody: the manager sees those cases as minded by nobody.
    ADD COLUMN covered_by uuid,
    ADD CONSTRAINT cover_is_for_absence CHECK (covered_by IS NULL OR kind = 'away'),
    ADD CONSTRAINT cover_is_somebody_else CHECK (covered_by <> account_id),
    ADD FOREIGN KEY (covered_by, partnership_id) REFERENCES app.account (id, partnership_id);
CREATE INDEX rota_by_cover ON app.rota_entry (covered_by, ends_at);

ALTER TABLE app.case_record ADD COLUMN has_news boolean NOT NULL DEFAULT false;
-- The few that changed, of those that one worker holds.
CREATE INDEX case_with_news ON app.case_record (worker_id) WHERE has_news AND closed_at IS NULL;
GRANT UPDATE (has_news) ON app.case_record TO drystone_app;

-- What waits for one person, in order (danger before paperwork), without the clocks of all their cases.
CREATE INDEX task_of_own ON app.task (owner_id, (kind NOT IN ('warning', 'callBack')), due_at, id)
    WHERE done_at IS NULL AND kind NOT IN ('firstContact', 'contact', 'review');
RESET ROLE;

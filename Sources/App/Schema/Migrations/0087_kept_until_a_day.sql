-- What agencies sent is deleted on its day, which is looked for every hour.
SET ROLE drystone_owner;
CREATE INDEX data_row_kept ON app.data_row (keep_until);
CREATE INDEX data_part_kept ON app.data_part (keep_until);
RESET ROLE;

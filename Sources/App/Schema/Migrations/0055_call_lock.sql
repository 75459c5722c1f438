-- A call's screen that was left alone is locked, not signed out: one code goes on with the same words. A session knows
-- whether a call was last on its screen.
SET ROLE drystone_owner;
ALTER TABLE app.session ADD COLUMN on_call boolean NOT NULL DEFAULT false;
RESET ROLE;

-- That what an agency sent was deleted on its day is in the audit trail, in the transaction that destroys its key: the
-- door, which does it, has no viewer. `keep_derived` does this as well, whatever else has been added to it meanwhile.
SET ROLE drystone_definer;
DO $$
BEGIN
    EXECUTE replace(pg_get_functiondef('app.keep_derived()'::regprocedure), E'ELSIF TG_NAME = ''reviews_day'' THEN',
        E'ELSIF TG_NAME = ''records_deletion'' THEN\n'
        '        PERFORM append_audit(gen_random_uuid(), NEW.partnership_id, NULL, NEW.agency_id, ''data-deleted'',\n'
        '            ''evidence'', NEW.id, NULL, ''{}'');\n'
        '        RETURN NULL;\n'
        '    ELSIF TG_NAME = ''reviews_day'' THEN');
END $$;
RESET ROLE;

SET ROLE drystone_owner;
CREATE TRIGGER records_deletion AFTER UPDATE OF deleted_at ON app.data_return
    FOR EACH ROW WHEN (OLD.deleted_at IS NULL AND NEW.deleted_at IS NOT NULL) EXECUTE FUNCTION app.keep_derived();
RESET ROLE;

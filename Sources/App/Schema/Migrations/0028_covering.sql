-- How much a worker holds is counted from the index alone; and whether anything came of a search is one look.
SET ROLE drystone_owner;
DROP INDEX app.case_by_worker;
CREATE INDEX case_by_worker ON app.case_record (agency_id, worker_id, next_due, id)
    INCLUDE (withheld, risk, first_contact_at, first_contact_due, no_safe_time, reference)
    WHERE closed_at IS NULL;
CREATE INDEX audit_event_followed ON app.audit_event (account_id, at)
    WHERE event IN ('person-viewed', 'contact-linked', 'person-recorded', 'case-viewed', 'child-recorded',
                    'household-changed');
RESET ROLE;

-- A version of somebody's safety plan is shared with one agency: a disclosure as any other (0043), of nothing else of
-- the case. What was told is the plan's words as they left, so the agency reads that version and no later one.
SET ROLE drystone_owner;
ALTER TABLE app.disclosure
    DROP CONSTRAINT disclosure_route,
    DROP CONSTRAINT disclosure_parts_check,
    ADD CONSTRAINT disclosure_route CHECK (route IN
        ('marac', 'mash', 'housing', 'police', 'health', 'adultSafeguarding', 'other', 'earlier', 'plan')),
    ADD CONSTRAINT disclosure_parts CHECK (parts <@ '{summary,risk,orders,timeline}' OR parts = '{plan}'),
    -- By itself, to an agency that reads here.
    ADD CONSTRAINT disclosure_of_plan CHECK ((route = 'plan') = (parts = '{plan}')
        AND (route <> 'plan' OR to_agency_id IS NOT NULL));
ALTER TABLE app.case_share ADD COLUMN shows_plan boolean NOT NULL DEFAULT false;
SELECT app.add_looks('shared-plan-viewed');

-- A plan may name a move as what makes it out of date: recorded, it moves the risk as the others do.
ALTER TABLE app.risk_event DROP CONSTRAINT event_kind, ADD CONSTRAINT event_kind CHECK (kind IN
    ('separation', 'pregnancy', 'release', 'contactHearing', 'move', 'newIncident', 'orderBreached', 'orderEnding'));
RESET ROLE;

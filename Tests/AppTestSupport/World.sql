-- The World: the fixed cast of every request, permission and schema test. The people are invented.
-- Two partnerships stand side by side, north and south. South is the mirror of north: the same names and numbers, so
-- that only the id tells one from the other. Moments are relative to now() and never near a boundary.
--
-- An id reads  PPPPPPPP-0000-4000-KKKK-NNNNNNNNNNNN
--   P  11111111 north, 22222222 south
--   K  0001 partnership   a001 area            a002 threshold        b000 agency        c000 account
--      b009 rota
--      c001 role          c002 session         d000 person           d001 name          d002 telephone
--      d003 address       d004 safe contact    d005 relationship     e000 contact       f000 case        e040 referral
--      f009 document      d00a safety plan (d01a its earlier version, d02a a child's)
--      f001 note          f002 attempt         f003 assessment       f004 task          f005 timeline
--      b001 wording         f007 police incident  f008 MARAC decision
--      f100 disclosure    f101 consent       f102 emergency     f103 transfer      f104 output that moved
--      f006 share         8000 search          8001 submission       9000 interest block
--      e070 breach, request or complaint (that of a case has its number)   e071 impact assessment
--      f020 programme (f030 one to one)   f021 its group      f022 place            f023 session of a group   f024 of a place
--      ac01 service of accommodation   ac02 its unit, let since twenty days (ac03)   ac12 another, free after a repair (ac13) of 15 days, before it let for forty (ac33)   ac04 request
--      ac06 support in the stay of ac03   ac07 what is in place in it   ac08 its review
--      ac14 another request, ac15 its offer: of a third unit (ac22, its time ac23); ac05 an offer elsewhere
--      ac60 return of the quarter before last (agency), ac61 of the last one (Harbour's, Lighthouse's); ac62 release (1)
--      ac70 specification of data (1), ac73 call (1; 2 asks Lighthouse alone and is closed), ac71 return (agency), ac72 mapping (agency)
--      f060 sanctuary (steps f061 to f064)   ac06 landlord (1 to 3)   f065 home of another landlord   ac07 posting of a unit
--      f025 note across   f026 integrated support   f027 MATAC score
--      f028 supervision (its worker's number)   f029 decision
--      9010 retention rule  9011 legal hold  9012 due for deletion  9013 proposed deletion
--      9001 interest      9002 match, with its person's number     9003 unusual look, with its account's
--      d00b what a child says, d01b a setting, d02b to d06b the rest of a child's own record, e060 a request about one
--      d006 child's tie   d007 household   d008 member of one   d009 who is at risk   b001 agreement to be asked
--      d00c the same person (with the number of the first)
--      (a second row of a kind adds 0010 to K: d011 is a former name)
--   N  the same number as the row's parent: 1nn Harbour, 2nn Lighthouse, 3nn Northfield Housing, 4nn Pathways
SET ROLE drystone_loader;

INSERT INTO app.partnership (id, slug, name) VALUES
    ('11111111-0000-4000-0001-000000000001', 'north', 'North partnership'),
    ('22222222-0000-4000-0001-000000000001', 'south', 'South partnership');

INSERT INTO app.area (id, partnership_id, name, parent_id)
SELECT id::uuid, '11111111-0000-4000-0001-000000000001', name, parent::uuid
FROM (VALUES
    ('11111111-0000-4000-a001-000000000001', 'Northshire', NULL),
    ('11111111-0000-4000-a001-000000000002', 'Upper Vale', '11111111-0000-4000-a001-000000000001'),
    ('11111111-0000-4000-a001-000000000003', 'Lower Vale', '11111111-0000-4000-a001-000000000001')
) AS areas(id, name, parent);

INSERT INTO app.risk_threshold (id, partnership_id, area_id, instrument, threshold, from_day, until_day) VALUES
    ('11111111-0000-4000-a002-000000000001', '11111111-0000-4000-0001-000000000001',
     '11111111-0000-4000-a001-000000000001', 'safeLivesDash', 14, '2015-04-01', '2020-03-31'),
    ('11111111-0000-4000-a002-000000000002', '11111111-0000-4000-0001-000000000001',
     '11111111-0000-4000-a001-000000000001', 'safeLivesDash', 12, '2020-04-01', NULL);

INSERT INTO app.agency (id, partnership_id, name, kind, front_door) VALUES
    ('11111111-0000-4000-b000-000000000001', '11111111-0000-4000-0001-000000000001',
     'Harbour', 'domesticAbuse', true),
    ('11111111-0000-4000-b000-000000000002', '11111111-0000-4000-0001-000000000001',
     'Lighthouse', 'domesticAbuse', false),
    ('11111111-0000-4000-b000-000000000003', '11111111-0000-4000-0001-000000000001',
     'Northfield Housing', 'housing', false),
    ('11111111-0000-4000-b000-000000000005', '11111111-0000-4000-0001-000000000001',
     'Northshire Police', 'police', false);
INSERT INTO app.agency (id, partnership_id, name, kind, front_door, side) VALUES
    ('11111111-0000-4000-b000-000000000004', '11111111-0000-4000-0001-000000000001',
     'Pathways', 'perpetratorService', false, 'harming');
INSERT INTO app.agency_key (agency_id, partnership_id, master_key_id, wrapped)
SELECT id, partnership_id, 'world', '\x00' FROM app.agency;
INSERT INTO app.case_counter (partnership_id, agency_id, year, last)
SELECT partnership_id, id, 2001, 399 FROM app.agency;

-- The staff. World.swift says what each is there for.
INSERT INTO app.account (id, partnership_id, email, full_name, ended_at)
SELECT ('11111111-0000-4000-c000-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       email, name, now() + leaves::interval
FROM (VALUES
    ( 1, 'hana@harbour.example',       'Hana Whitlock',       NULL),
    ( 2, 'imran@harbour.example',      'Imran Aldous',        NULL),
    ( 3, 'ivy@harbour.example',        'Ivy Marchetti',       NULL),
    ( 4, 'sunita@harbour.example',     'Sunita Farrow',       NULL),
    ( 5, 'lena@harbour.example',       'Lena Ostrava',        '-1 day'),
    ( 6, 'yusuf@harbour.example',      'Yusuf Penhale',       NULL),
    ( 7, 'tamsin@harbour.example',     'Tamsin Iqbal',        NULL),
    ( 8, 'petra@harbour.example',      'Petra Olubunmi',      NULL),
    ( 9, 'carl@harbour.example',       'Carl Desrosiers',     NULL),
    (10, 'bilal@harbour.example',      'Bilal Trevanion',     NULL),
    (11, 'lucia@lighthouse.example',   'Lucia Wren-Adeyemi',  NULL),
    (12, 'lowri@lighthouse.example',   'Lowri Castellane',    NULL),
    (13, 'harriet@northfield.example', 'Harriet Nkemelu',     NULL),
    (14, 'adaeze@harbour.example',     'Adaeze Thornbury',    NULL),
    (15, 'dilys@harbour.example',      'Dilys Varga',         NULL),
    (16, 'rosa@harbour.example',       'Rosa Kimathi-Bell',   NULL),
    (17, 'noor@harbour.example',       'Noor Haldane',        NULL),
    (18, 'gwen@harbour.example',       'Gwen Szabo',          NULL),
    (19, 'fen@harbour.example',        'Fen Abara',           '30 days'),
    (20, 'piers@pathways.example',     'Piers Amankwah',      NULL),
    (21, 'rhian@police.example',       'Rhian Locke-Adair',   NULL),
    (22, 'odette@harbour.example',     'Odette Farquhar-Lim', NULL),
    (23, 'sefa@lighthouse.example',    'Sefa Moreno-Ballard', NULL),
    (24, 'brannoc@northfield.example', 'Brannoc Idowu-Hale',  NULL),
    (25, 'sorrel@northfield.example',  'Sorrel Achterberg',   NULL)
) AS staff(n, email, name, leaves);

INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on, ends_on)
SELECT ('11111111-0000-4000-' || kind || '-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       ('11111111-0000-4000-c000-' || lpad(n::text, 12, '0'))::uuid,
       ('11111111-0000-4000-b000-' || lpad(agency::text, 12, '0'))::uuid, role,
       (now() AT TIME ZONE 'Europe/London')::date + starts, (now() AT TIME ZONE 'Europe/London')::date + ends
FROM (VALUES
    ('c001', 1, 1, 'helplineWorker', -400, NULL), ('c001', 2, 1, 'idva', -400, NULL),
    ('c001', 3, 1, 'idva', -400, 400), ('c001', 4, 1, 'serviceManager', -400, NULL),
    ('c001', 5, 1, 'idva', -400, NULL), ('c001', 6, 1, 'idva', -400, -1),
    ('c001', 7, 1, 'idva', 7, NULL), ('c001', 8, 1, 'idva', -400, NULL),
    ('c001', 9, 1, 'idva', -400, NULL), ('c001', 10, 1, 'idva', -400, NULL),
    ('c001', 11, 2, 'idva', -400, NULL), ('c001', 12, 2, 'serviceManager', -400, NULL),
    ('c001', 13, 3, 'housingOfficer', -400, NULL), ('c001', 14, 1, 'administrator', -400, NULL),
    ('c001', 15, 1, 'dataProtectionOfficer', -400, NULL), ('c001', 16, 1, 'idva', -400, NULL),
    ('c011', 16, 2, 'idva', -400, NULL), ('c001', 18, 1, 'serviceManager', -400, NULL),
    ('c011', 18, 1, 'administrator', -400, NULL), ('c001', 19, 1, 'idva', -400, NULL),
    ('c001', 22, 1, 'helplineWorker', -400, NULL), ('c011', 22, 4, 'helplineWorker', -400, NULL),
    ('c001', 20, 4, 'perpetratorWorker', -400, NULL),
    ('c001', 21, 5, 'referrer', -400, NULL), ('c001', 23, 2, 'accommodationWorker', -400, NULL),
    ('c001', 24, 3, 'analyst', -400, NULL), ('c001', 25, 3, 'commissioner', -400, NULL)
) AS roles(kind, n, agency, role, starts, ends);

INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, date_of_birth, birth_known, sex,
    ethnicity, language, interpreter, area_id, protected, created_at, created_by)
SELECT ('11111111-0000-4000-d000-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       ('11111111-0000-4000-b000-' || lpad((n / 100)::text, 12, '0'))::uuid, given, family, born::date,
       CASE WHEN born IS NULL THEN 'notAsked' ELSE 'known' END, sex, 'notAsked',
       CASE n WHEN 107 THEN 'Punjabi' WHEN 201 THEN 'Dari' ELSE 'English' END, n IN (107, 201),
       '11111111-0000-4000-a001-000000000002', n = 103, now() - interval '20 days',
       ('11111111-0000-4000-c000-' || lpad(CASE n / 100 WHEN 1 THEN '1' WHEN 2 THEN '11' WHEN 3 THEN '13' ELSE '20' END, 12, '0'))::uuid
FROM (VALUES
    (101, 'Maya', 'Castell', '1990-03-04', 'female'), (102, 'Marcus', 'Dunmore', '1986-11-23', 'male'),
    (103, 'Nell', 'Abernethy-Okoro', '1978-01-30', 'female'), (104, 'Rafe', 'Sollis', NULL, 'male'),
    (105, 'Olive', 'Tamboura', '2001-12-11', 'female'), (106, 'Gregor', 'Haslett', '1999-05-05', 'male'),
    (107, 'Priyanka', 'Lovell', '1993-07-08', 'female'), (108, 'Dean', 'Kasprak', '1981-09-17', 'male'),
    (109, 'Rina', 'Mbeki-Shaw', '1984-02-29', 'female'), (110, 'Tomas', 'Mbeki-Shaw', '2012-06-21', 'male'),
    (111, 'Ines', 'Faulkner', NULL, 'notAsked'), (112, 'Zoë', 'O''Shea-Łaska', '1955-10-02', 'female'),
    (201, 'Farida', 'Oakes', '1988-04-14', 'female'), (202, 'Colm', 'Drury', NULL, 'male'),
    (203, 'Beth', 'Nakamura-Pryce', '1997-08-19', 'female'), (204, 'Wanda', 'Ilesanmi', '1970-12-25', 'female'),
    (205, 'Sorcha', 'Bellamy', '1991-01-01', 'female'),
    (206, 'Nerys', 'Attah-Vaughan', '1983-06-06', 'female'), (301, 'Agnes', 'Quill', '1949-03-03', 'female'),
    (302, 'Lionel', 'Quill', '1947-07-07', 'male'), (401, 'Marcus', 'Dunmore', '1986-11-23', 'male'),
    (402, 'Maya', 'Castell', NULL, 'female')
) AS people(n, given, family, born, sex);

INSERT INTO app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name)
SELECT overlay(id::text PLACING 'd001' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'current', given_name,
       family_name FROM app.person
UNION ALL
SELECT overlay(p.id::text PLACING 'd011' FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id, p.id, x.kind,
       x.given, x.family
FROM (VALUES ('11111111-0000-4000-d000-000000000101'::uuid, 'former', 'Maya', 'Dunmore'),
             ('11111111-0000-4000-d000-000000000102', 'alias', 'Maz', 'Dunmore')) AS x(id, kind, given, family)
JOIN app.person p ON p.id = x.id;
INSERT INTO app.person_key (person_id, partnership_id, agency_id, wrapped)
SELECT id, partnership_id, agency_id, '\x00' FROM app.person;
INSERT INTO app.person_phone (id, partnership_id, agency_id, person_id, number_sealed, number_token)
SELECT overlay(id::text PLACING 'd002' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, '\x00',
       sha256(convert_to('phone ' || id, 'UTF8')) FROM app.person;
INSERT INTO app.person_address (id, partnership_id, agency_id, person_id, protected, address_sealed, postcode_token,
    from_day, recorded_by)
SELECT overlay(id::text PLACING 'd003' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, protected, '\x00',
       sha256(convert_to('postcode ' || id, 'UTF8')), '2020-01-01', created_by FROM app.person;
INSERT INTO app.safe_contact (id, partnership_id, agency_id, person_id, status, rule_sealed, detail_sealed, asked_at,
    recorded_by, superseded_by)
SELECT overlay(id::text PLACING 'd004' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id,
       CASE WHEN right(id::text, 3) = '111' THEN 'notYetAsked' ELSE 'asked' END,
       CASE WHEN right(id::text, 3) = '111' THEN NULL ELSE '\x00'::bytea END, '\x00'::bytea, created_at, created_by,
       NULL::uuid
FROM app.person
UNION ALL
SELECT overlay(id::text PLACING 'd014' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'asked', '\x00', '\x00',
       created_at - interval '1 day', created_by, overlay(id::text PLACING 'd004' FROM 20 FOR 4)::uuid
FROM app.person WHERE right(id::text, 3) IN ('101', '201', '301');

-- Marcus (102) harms two people. Rina (109) is harmed by two and harms one. Sorcha's (205) is not known yet.
INSERT INTO app.relationship (id, partnership_id, agency_id, harmed_id, harming_id, connection, recorded_by)
SELECT overlay(h.id::text PLACING kind FROM 20 FOR 4)::uuid, h.partnership_id, h.agency_id, h.id, x.id, connection,
       h.created_by
FROM (VALUES ('d005', 101, 102, 'intimateRelationship'), ('d005', 103, 104, 'married'), ('d005', 105, 106, 'relatives'),
             ('d005', 107, 102, 'parentsOfSameChild'), ('d005', 109, 108, 'civilPartners'),
             ('d005', 110, 108, 'relatives'), ('d015', 109, 104, 'notKnown'), ('d005', 112, 109, 'relatives'),
             ('d005', 201, 202, 'married'), ('d005', 301, 302, 'married'),
             ('d005', 402, 401, 'notAsked')) AS pairs(kind, harmed, harming, connection)
JOIN app.person h ON right(h.id::text, 3) = harmed::text
JOIN app.person x ON right(x.id::text, 3) = harming::text;

-- Dean harms Tomas (110), a child; whose child he is, and who are relatives elsewhere.
UPDATE app.relationship SET harmed_as = 'childVictim' WHERE right(harmed_id::text, 3) = '110';
INSERT INTO app.child_tie (id, partnership_id, agency_id, child_id, adult_id, kind, recorded_by)
SELECT overlay(c.id::text PLACING 'd006' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, a.id, kind, c.created_by
FROM (VALUES (110, 109, 'parent'), (203, 201, 'relative'), (302, 301, 'other'), (402, 401, 'notKnown')
     ) AS ties(child, adult, kind)
JOIN app.person c ON right(c.id::text, 3) = child::text JOIN app.person a ON right(a.id::text, 3) = adult::text;

-- Households carry the number of their first member. Marcus (102) has left Maya's; Olive (105) came after him.
INSERT INTO app.household (id, partnership_id, agency_id)
SELECT overlay(id::text PLACING 'd007' FROM 20 FOR 4)::uuid, partnership_id, agency_id FROM app.person
WHERE right(id::text, 3) IN ('101', '109', '201', '301', '401');
INSERT INTO app.household_member (id, partnership_id, agency_id, household_id, person_id, from_day, until_day, recorded_by)
SELECT overlay(p.id::text PLACING 'd008' FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id,
       ('11111111-0000-4000-d007-' || lpad(home::text, 12, '0'))::uuid, p.id, came::date, went::date, p.created_by
FROM (VALUES (101, 101, '2015-06-01', NULL), (102, 101, '2015-06-01', '2021-02-28'), (105, 101, '2022-01-10', NULL),
             (109, 109, NULL, NULL), (110, 109, '2012-06-21', NULL), (201, 201, NULL, NULL), (202, 201, NULL, NULL),
             (301, 301, '1970-01-01', NULL), (302, 301, '1970-01-01', NULL), (401, 401, NULL, NULL)
     ) AS members(person, home, came, went)
JOIN app.person p ON right(p.id::text, 3) = person::text;

-- Zoë (112) and Rina (109) each say that the other harms them: decided once.
INSERT INTO app.relationship (id, partnership_id, agency_id, harmed_id, harming_id, connection, recorded_by)
SELECT overlay(h.id::text PLACING 'd025' FROM 20 FOR 4)::uuid, h.partnership_id, h.agency_id, h.id, x.id, 'relatives',
       h.created_by
FROM app.person h JOIN app.person x ON right(x.id::text, 3) = '112' WHERE right(h.id::text, 3) = '109';
INSERT INTO app.risk_direction (id, partnership_id, agency_id, first_id, second_id, number, at_risk, reason, decided_at,
    decided_by)
SELECT overlay(a.id::text PLACING 'd009' FROM 20 FOR 4)::uuid, a.partnership_id, a.agency_id, a.id, b.id, 1, decided,
       'For the tests', a.created_at, a.created_by
FROM (VALUES (109, 112, 'second'), (201, 202, 'first'), (301, 302, 'both'), (401, 402, 'unclear')
     ) AS pairs(first, second, decided)
JOIN app.person a ON right(a.id::text, 3) = first::text JOIN app.person b ON right(b.id::text, 3) = second::text;

-- Who may be the same person: of Olive (105) and Priyanka (107), and of Beth (203) and Wanda (204), it waits; Nell (103)
-- and Zoë (112) are linked. Of two who are tied it was said before they were: not the same (301), not confirmed (401).
INSERT INTO app.same_person (id, partnership_id, agency_id, first_id, second_id, agrees, words, proposed_at, proposed_by,
    confirmed_at, confirmed_by, ended_at, ended_by, ended_because, ended_words)
SELECT overlay(a.id::text PLACING 'd00c' FROM 20 FOR 4)::uuid, a.partnership_id, a.agency_id, a.id, b.id, '{birth}',
       'For the tests', a.created_at, ('11111111-0000-4000-c000-' || lpad(proposer::text, 12, '0'))::uuid,
       CASE WHEN confirmer IS NOT NULL THEN now() END,
       ('11111111-0000-4000-c000-' || lpad(confirmer::text, 12, '0'))::uuid, CASE WHEN ender IS NOT NULL THEN now() END,
       ('11111111-0000-4000-c000-' || lpad(ender::text, 12, '0'))::uuid, because,
       CASE WHEN because = 'refused' THEN 'They are two' ELSE '' END
FROM (VALUES (105, 107, 1, NULL, NULL, NULL), (103, 112, 2, 4, NULL, NULL), (203, 204, 11, NULL, NULL, NULL),
             (301, 302, 13, NULL, 13, 'notSame'), (401, 402, 20, NULL, 22, 'refused')
     ) AS pairs(first, second, proposer, confirmer, ender, because)
JOIN app.person a ON right(a.id::text, 3) = first::text JOIN app.person b ON right(b.id::text, 3) = second::text;

-- Harbour, Lighthouse and Pathways let the front door ask; Northfield Housing's agreement has run out.
INSERT INTO app.lookup_agreement (id, partnership_id, agency_id, agreement, from_day, until_day, recorded_by)
SELECT overlay(g.id::text PLACING 'b001' FROM 20 FOR 4)::uuid, g.partnership_id, g.id, 'Agreement for the tests',
       current_date - 100, current_date + days, '11111111-0000-4000-c000-000000000014'
FROM (VALUES (1, 1000), (2, 1000), (3, -1), (4, 1000)) AS opted(n, days)
JOIN app.agency g ON right(g.id::text, 12) = lpad(n::text, 12, '0');

-- Contacts: one of each person, one that opened each case (e000), one about it from a third party (e020), silent ones.
INSERT INTO app.contact (id, partnership_id, agency_id, person_id, channel, caller, happened_at, recorded_by,
    safe_to_talk, other_person_nearby, children_present, injured, weapon, suicidal, reason, outcome)
SELECT overlay(id::text PLACING kind FROM 20 FOR 4)::uuid, partnership_id, agency_id,
       CASE WHEN kind <> 'e030' THEN id END, 'helpline', caller, created_at, created_by,
       'yes', 'no', 'notAsked', 'no', 'notKnown', 'notAsked', 'A call for the tests', outcome
FROM app.person,
     (VALUES ('e000', 'harmedPerson', 'openCase'), ('e010', 'harmedPerson', 'adviceGiven'),
             ('e020', 'thirdParty', 'adviceGiven'), ('e030', 'silent', 'endedSuddenly')) AS kinds(kind, caller, outcome)
WHERE (kind <> 'e030' OR right(id::text, 2) = '01')
  AND (kind NOT IN ('e000', 'e020') OR right(id::text, 3) IN
       ('101', '103', '105', '107', '109', '111', '201', '203', '204', '205', '301', '401'));

-- Cases carry their person's number; 113 is Nell's (103) second, 123 her first, closed and never restricted;
-- 117 is Priyanka's (107) first, closed; 206 Nerys's, who has moved to Harbour.
INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, contact_id, reference, risk, worker_id,
    restricted, opened_at, opened_by, clock_started_at, first_contact_due, first_contact_at, next_due, closed_at)
SELECT ('11111111-0000-4000-f000-' || lpad(n::text, 12, '0'))::uuid, p.partnership_id, p.agency_id, p.id,
       CASE WHEN n IN (113, 117, 123, 206) THEN NULL ELSE overlay(p.id::text PLACING 'e000' FROM 20 FOR 4)::uuid END,
       'W-' || n, risk, ('11111111-0000-4000-c000-' || lpad(worker::text, 12, '0'))::uuid, restricted,
       now() - opened, p.created_by, CASE WHEN risk IN ('medium', 'high') THEN now() - opened END,
       CASE WHEN risk IN ('medium', 'high') THEN now() - opened + interval '48 hours' END,
       CASE WHEN called THEN now() - opened + interval '6 hours' END,
       CASE WHEN closed IS NULL THEN now() - opened + interval '9 days' END, now() - closed
FROM (VALUES
    (101, 101, 'high',        2,    false, interval '5 days',   true,  NULL),
    (103, 103, 'high',        2,    true,  interval '6 days',   true,  NULL),
    (113, 103, 'medium',      4,    true,  interval '7 days',   true,  NULL),
    (123, 103, 'standard',    3,    false, interval '500 days', true,  interval '400 days'),
    (105, 105, 'medium',      3,    false, interval '8 days',   true,  NULL),
    (107, 107, 'high',        3,    false, interval '1 day',    false, NULL),
    (117, 107, 'standard',    3,    false, interval '300 days', true,  interval '200 days'),
    (109, 109, 'high',        2,    false, interval '4 days',   false, NULL),
    (111, 111, 'notAssessed', NULL, false, interval '12 hours', false, NULL),
    (201, 201, 'high',        11,   false, interval '9 days',   true,  NULL),
    (203, 203, 'medium',      11,   false, interval '40 days',  true,  NULL),
    (204, 204, 'standard',    NULL, false, interval '3 days',   false, NULL),
    (205, 205, 'high',        11,   true,  interval '2 days',   true,  NULL),
    (206, 206, 'standard',    11,   false, interval '200 days', true,  interval '60 days'),
    (301, 301, 'standard',    13,   false, interval '15 days',  true,  NULL),
    (401, 401, 'medium',      20,   false, interval '10 days',  true,  NULL)
) AS cases(n, person, risk, worker, restricted, opened, called, closed)
JOIN app.person p ON right(p.id::text, 3) = person::text;

-- Teams of the restricted cases (103 imran and sunita, 113 sunita, 205 lucia), and of three that are not.
INSERT INTO app.case_team (partnership_id, agency_id, case_id, account_id)
SELECT c.partnership_id, c.agency_id, c.id, ('11111111-0000-4000-c000-' || lpad(member::text, 12, '0'))::uuid
FROM (VALUES (103, 2), (103, 4), (113, 4), (205, 11), (123, 3), (101, 2), (301, 13), (401, 20)) AS teams(n, member)
JOIN app.case_record c ON right(c.id::text, 3) = n::text;

-- What people agreed to, one of each case: for the agency it is told to, until long from now; withdrawn for Priyanka
-- (107) and Agnes (301). What is told: asked of a second person, who has agreed; of Ines (111) and Wanda (204) it waits;
-- of Olive (105), Rina (109) and Beth (203) it rests on consent; Priyanka's is taken back.
INSERT INTO app.consent (id, partnership_id, agency_id, case_id, person_id, to_agency_id, purpose, given, ends_at,
    recorded_at, recorded_by, withdrawn_at, withdrawn_by, withdrawn_because)
SELECT overlay(c.id::text PLACING 'f101' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, c.person_id,
       ('11111111-0000-4000-b000-' || lpad(partner.n::text, 12, '0'))::uuid, 'A purpose for the tests', 'spoken',
       now() + interval '340 days', now() - interval '1 hour', c.opened_by, w.at, CASE WHEN w.at IS NOT NULL THEN c.opened_by END,
       CASE WHEN w.at IS NOT NULL THEN 'theirWish' END
FROM app.case_record c
CROSS JOIN LATERAL (SELECT CASE WHEN right(c.id::text, 3) IN ('105', '401') THEN 3
    ELSE CASE right(c.agency_id::text, 1) WHEN '2' THEN 1 ELSE 2 END END) AS partner(n)
CROSS JOIN LATERAL (SELECT CASE WHEN right(c.id::text, 3) IN ('107', '301') THEN now() END) AS w(at);
INSERT INTO app.disclosure (id, partnership_id, agency_id, case_id, person_id, route, to_agency_id, parts, purpose, basis,
    because, necessity, asked, consent_id, ends_at, proposed_at, proposed_by, agreed, decided_at, decided_by,
    revoked_at, revoked_by, revoke_reason)
SELECT overlay(c.id::text PLACING 'f100' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, c.person_id, 'housing',
       k.to_agency_id,
       CASE WHEN right(c.id::text, 3) = '301' THEN '{summary,risk,timeline,orders}'::text[] ELSE '{summary,risk,timeline}' END,
       'Joint safety planning', 'safeguarding', 'A reason for the tests',
       'Needed for the tests', CASE WHEN state = 'consent' THEN 'consent' ELSE 'unable' END,
       CASE WHEN state = 'consent' THEN k.id END,
       now() + CASE WHEN right(c.id::text, 3) IN ('105', '203', '401') THEN interval '-1 day' ELSE interval '300 days' END,
       now() - interval '30 days', c.opened_by, CASE WHEN state <> 'waits' THEN true END,
       CASE WHEN state <> 'waits' THEN now() END,
       CASE WHEN state = 'second' THEN '11111111-0000-4000-c000-000000000004'::uuid END, r.at,
       CASE WHEN r.at IS NOT NULL THEN c.opened_by END, CASE WHEN r.at IS NOT NULL THEN 'Recorded by mistake' ELSE '' END
FROM app.case_record c JOIN app.consent k ON k.case_id = c.id
CROSS JOIN LATERAL (SELECT CASE WHEN right(c.id::text, 3) IN ('111', '204') THEN 'waits'
    WHEN right(c.id::text, 3) IN ('105', '109', '203') THEN 'consent' ELSE 'second' END) AS s(state)
CROSS JOIN LATERAL (SELECT CASE WHEN right(c.id::text, 3) = '107' THEN now() END) AS r(at);

-- Lighthouse shares 201 with Harbour until long from now, restricted 205 too; its share of 203 has ended.
INSERT INTO app.case_share (id, partnership_id, agency_id, case_id, with_agency_id, purpose, ends_at, created_by,
    disclosure_id, shows_case, shows_risk, shows_timeline, shows_orders)
SELECT overlay(id::text PLACING 'f006' FROM 20 FOR 4)::uuid, partnership_id, agency_id, case_id, to_agency_id, purpose,
       ends_at, proposed_by, id, true, true, true, 'orders' = ANY (parts)
FROM app.disclosure WHERE right(case_id::text, 3) IN ('201', '203', '205', '401', '105', '301');

-- Cases that were to move: most were taken back. Rina's (109) waits for Lighthouse, Beth's (203) for Harbour, Marcus's
-- (401) for a colleague; Agnes's (301) was not taken over. Nerys's (206) was, and is no longer Lighthouse's to read: it
-- goes on, for the tests, as Olive's (105), from whom Petra is barred.
INSERT INTO app.case_transfer (id, partnership_id, agency_id, case_id, person_id, kind, to_agency_id, to_account_id,
    told_sealed, risk, purpose, basis, necessity, asked, consent_id, tail_days, due_at, proposed_at, proposed_by, outcome,
    answered_at, answered_by, reason, worker_id, new_case_id, tail_ends_at)
SELECT overlay(c.id::text PLACING 'f103' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, c.person_id,
       CASE WHEN is_step THEN 'stepDown' ELSE 'agency' END, CASE WHEN is_step THEN c.agency_id ELSE k.to_agency_id END,
       CASE WHEN is_step THEN CASE n WHEN '401' THEN '11111111-0000-4000-c000-000000000020'::uuid
                              ELSE '11111111-0000-4000-c000-000000000004' END END,
       CASE WHEN outcome IS NULL THEN '\x00'::bytea END, c.risk, 'A purpose for the tests', 'safeguarding',
       'Needed for the tests', CASE WHEN is_step THEN 'within' WHEN holds THEN 'consent' ELSE 'unable' END,
       CASE WHEN holds AND NOT is_step THEN k.id END, 28, now() + interval '3 hours', now() - interval '1 hour',
       c.opened_by, outcome, CASE WHEN outcome IS NOT NULL THEN now() - interval '59 days' END,
       CASE WHEN outcome IS NOT NULL THEN '11111111-0000-4000-c000-000000000004'::uuid END,
       CASE WHEN outcome IN ('revoked', 'rejected') THEN 'A reason for the tests' ELSE '' END,
       CASE WHEN outcome = 'accepted' THEN '11111111-0000-4000-c000-000000000002'::uuid END,
       CASE WHEN outcome = 'accepted' THEN '11111111-0000-4000-f000-000000000105'::uuid END,
       CASE WHEN outcome = 'accepted' THEN now() - interval '10 days' END
FROM app.case_record c JOIN app.consent k ON k.case_id = c.id
CROSS JOIN LATERAL (SELECT right(c.id::text, 3) AS n, k.withdrawn_at IS NULL AS holds) AS s
CROSS JOIN LATERAL (SELECT n IN ('105', '401') AS is_step,
    CASE n WHEN '206' THEN 'accepted' WHEN '301' THEN 'rejected' WHEN '109' THEN NULL WHEN '203' THEN NULL
           WHEN '401' THEN NULL ELSE 'revoked' END AS outcome) AS o;
INSERT INTO app.moved_output (id, partnership_id, agency_id, measure, at, counts_from)
SELECT overlay(id::text PLACING 'f104' FROM 20 FOR 4)::uuid, partnership_id, id, 'opened', '2001-02-03', '2001-02-03'
FROM app.agency;

INSERT INTO app.risk_assessment (id, partnership_id, agency_id, person_id, case_id, instrument, answers, yes_count,
    open_count, threshold, national_threshold, level, bases, rationale, assessed_at, assessed_by)
SELECT overlay(id::text PLACING 'f003' FROM 20 FOR 4)::uuid, partnership_id, agency_id, person_id, id, 'safeLivesDash',
       '1=yes', 11, 3, 12, 14, CASE risk WHEN 'notAssessed' THEN 'standard' ELSE risk END, '{judgement}'::text[], 'For the tests',
       opened_at, opened_by
FROM app.case_record
UNION ALL
SELECT overlay(id::text PLACING 'f013' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, NULL, 'safeLivesDash', '',
       2, 0, 12, 14, 'standard', '{score}'::text[], '', created_at, created_by
FROM app.person WHERE right(id::text, 3) IN ('105', '112', '204', '301', '401');

-- How cases ended: of each, also of open ones that somebody proposed to close and a second person did not agree to.
INSERT INTO app.case_closing (id, partnership_id, agency_id, case_id, person_id, reason, abuse, feels, step_down, summary,
    risk, proposed_at, proposed_by)
SELECT overlay(id::text PLACING 'f00a' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, 'planned', 'reduced',
       'safer', 'The drop-in', 'Done for the tests', risk, coalesce(closed_at, opened_at), opened_by
FROM app.case_record;
INSERT INTO app.closing_decision (closing_id, partnership_id, agency_id, case_id, person_id, proposed_by, agreed, reason,
    decided_at, decided_by)
SELECT z.id, z.partnership_id, z.agency_id, z.case_id, z.person_id, z.proposed_by, c.closed_at IS NOT NULL, 'Read it',
       z.proposed_at, '11111111-0000-4000-c000-000000000004'
FROM app.case_closing z JOIN app.case_record c ON c.id = z.case_id;
UPDATE app.case_record SET closing_id = overlay(id::text PLACING 'f00a' FROM 20 FOR 4)::uuid WHERE closed_at IS NOT NULL;

-- Each case has a need, changed once, and something that was done for it.
WITH made AS (
    INSERT INTO app.need (id, partnership_id, agency_id, case_id, person_id, kind, opened_on, version, recorded_at,
        recorded_by)
    SELECT overlay(id::text PLACING 'f00b' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, 'housing',
           opened_at::date, 2, opened_at, opened_by
    FROM app.case_record RETURNING *
)
INSERT INTO app.need_change (need_id, partnership_id, agency_id, case_id, person_id, version, goal, state, since, note,
    recorded_at, recorded_by)
SELECT id, partnership_id, agency_id, case_id, person_id, n, 'A door of my own', state, opened_on, '',
       recorded_at + later, recorded_by
FROM made, (VALUES (1, 'open', interval '0'), (2, 'partlyMet', interval '1 hour')) AS said(n, state, later);
INSERT INTO app.intervention (id, partnership_id, agency_id, case_id, person_id, kind, leads_to, need_id, happened_on,
    note, recorded_at, recorded_by)
SELECT overlay(case_id::text PLACING 'f00c' FROM 20 FOR 4)::uuid, partnership_id, agency_id, case_id, person_id,
       'onwardReferral', 'foodBank', id, opened_on, 'A parcel for the tests', recorded_at, recorded_by
FROM app.need;

-- Each case has an order until further order, served after it was recorded, and a breach of it.
WITH made AS (
    INSERT INTO app.legal_order (id, partnership_id, agency_id, case_id, person_id, kind, version, recorded_at,
        recorded_by)
    SELECT overlay(id::text PLACING 'f00d' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id,
           'nonMolestation', 2, opened_at, opened_by
    FROM app.case_record RETURNING *
)
INSERT INTO app.legal_order_change (order_id, partnership_id, agency_id, case_id, person_id, version, applicant, court,
    made_on, service, served_on, from_on, conditions, recorded_at, recorded_by)
SELECT id, partnership_id, agency_id, case_id, person_id, n, 'person', 'A court for the tests', day, service,
       CASE service WHEN 'served' THEN day END, day, 'No contact, for the tests', recorded_at + later, recorded_by
FROM made, (VALUES (1, 'notServed', interval '0'), (2, 'served', interval '1 hour')) AS said(n, service, later),
     LATERAL (SELECT recorded_at::date) AS d(day);
INSERT INTO app.order_breach (id, partnership_id, agency_id, case_id, person_id, order_id, happened_on, what, report,
    recorded_at, recorded_by)
SELECT overlay(case_id::text PLACING 'f00e' FROM 20 FOR 4)::uuid, partnership_id, agency_id, case_id, person_id, id,
       recorded_at::date, 'A breach for the tests', 'notReported', recorded_at, recorded_by
FROM app.legal_order;

-- Everybody has said something and has a setting, protected or not; the child Tomas (110) all else of a child's record.
INSERT INTO app.child_entry (id, partnership_id, agency_id, person_id, kind, word, day, protected, body_sealed,
    recorded_at, recorded_by)
SELECT overlay(p.id::text PLACING at FROM 20 FOR 4)::uuid, partnership_id, agency_id, p.id, kind, word, created_at::date,
       kind = 'setting' AND protected, '\x00', created_at, created_by
FROM app.person p, (VALUES ('d00b', 'voice', ''), ('d01b', 'setting', 'school')) AS said(at, kind, word);
INSERT INTO app.child_entry (id, partnership_id, agency_id, person_id, kind, word, day, adult_id, basis, account_id,
    body_sealed, recorded_at, recorded_by)
SELECT overlay(p.id::text PLACING at FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id, p.id, kind, word,
       created_at::date, CASE kind WHEN 'contact' THEN '11111111-0000-4000-d000-000000000109'::uuid END,
       CASE kind WHEN 'contact' THEN 'nothing' ELSE '' END,
       CASE kind WHEN 'worker' THEN '11111111-0000-4000-c000-000000000002'::uuid END, '\x00', created_at, created_by
FROM app.person p, (VALUES ('d02b', 'care', 'earlyHelp'), ('d03b', 'contact', 'livesWith'), ('d04b', 'goal', 'wanted'),
                           ('d05b', 'worker', ''), ('d06b', 'harm', 'heard')) AS said(at, kind, word)
WHERE right(p.id::text, 3) = '110';
UPDATE app.child_entry SET settled = 'withdrawn', settled_at = recorded_at, settled_by = recorded_by,
    reason = 'Another child' WHERE substr(id::text, 20, 4) = 'd06b';
-- Requests about children, or whoever was meant: one that nobody has found, one decided (201).
INSERT INTO app.child_request (id, partnership_id, agency_id, person_id, asker, asker_name, about, what, received_on,
    due_on, recorded_at, recorded_by)
SELECT overlay(p.id::text PLACING 'e060' FROM 20 FOR 4)::uuid, partnership_id, agency_id,
       CASE WHEN right(p.id::text, 3) <> '101' THEN p.id END, 'parent', 'Somebody', given_name || ' ' || family_name,
       'A request for the tests', created_at::date, created_at::date + 30, created_at, created_by
FROM app.person p WHERE right(p.id::text, 3) IN ('101', '105', '201', '301', '401');
UPDATE app.child_request SET outcome = 'notConfirmed', entitled = 'nobody', child_view = 'notAsked', reason = 'For the tests',
    decided_at = recorded_at, decided_by = '11111111-0000-4000-c000-000000000012' WHERE right(id::text, 3) = '201';
-- Each agency has a programme with a group, and a session of it; each case a place on it, recorded as on the waiting
-- list, and a session of its own to which the person came. Of each place Pathways' (401) asked across the wall; support
-- was arranged for each case and has ended, but of Wanda's (204) and of Ines's (111).
INSERT INTO app.programme (id, partnership_id, agency_id, kind, name, sessions, recorded_at, recorded_by)
SELECT overlay(g.id::text PLACING 'f020' FROM 20 FOR 4)::uuid, g.partnership_id, g.id,
       CASE g.side WHEN 'harming' THEN 'behaviourChange' ELSE 'survivorGroup' END, 'Course of ' || g.name, 12,
       now() - interval '30 days', '11111111-0000-4000-c000-000000000004'
FROM app.agency g WHERE g.kind <> 'police';
INSERT INTO app.programme_group (id, partnership_id, agency_id, programme_id, name, places, starts_on, recorded_at,
    recorded_by)
SELECT overlay(id::text PLACING 'f021' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'Tuesdays', 8,
       current_date - 20, recorded_at, recorded_by FROM app.programme;
WITH made AS (
    INSERT INTO app.programme_place (id, partnership_id, agency_id, case_id, person_id, programme_id, source, state,
        referred_on, checked_on, version, recorded_at, recorded_by)
    SELECT overlay(c.id::text PLACING 'f022' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, c.person_id, g.id,
           'ownService', 'waiting', c.opened_at::date, c.opened_at::date, 1, c.opened_at, c.opened_by
    FROM app.case_record c JOIN app.programme g ON g.agency_id = c.agency_id RETURNING *
)
INSERT INTO app.place_step (place_id, partnership_id, agency_id, case_id, person_id, version, step, happened_on,
    recorded_at, recorded_by)
SELECT id, partnership_id, agency_id, case_id, person_id, 1, 'referred', referred_on, recorded_at, recorded_by FROM made;
INSERT INTO app.programme (id, partnership_id, agency_id, kind, name, sessions, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'f030' FROM 20 FOR 4)::uuid, partnership_id, agency_id,
       CASE kind WHEN 'behaviourChange' THEN 'behaviourOneToOne' ELSE 'counselling' END, 'One to one', 6, recorded_at,
       recorded_by FROM app.programme;
INSERT INTO app.programme_session (id, partnership_id, agency_id, group_id, held_at, topic, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'f023' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, now() - interval '6 days',
       'A session for the tests', recorded_at, recorded_by FROM app.programme_group;
WITH made AS (
    INSERT INTO app.programme_session (id, partnership_id, agency_id, place_id, case_id, person_id, held_at, recorded_at,
        recorded_by)
    SELECT overlay(id::text PLACING 'f024' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, case_id, person_id,
           recorded_at + interval '3 hours', recorded_at, recorded_by FROM app.programme_place RETURNING *
)
INSERT INTO app.session_attendance (session_id, place_id, partnership_id, agency_id, case_id, person_id, version, state,
    recorded_at, recorded_by)
SELECT id, place_id, partnership_id, agency_id, case_id, person_id, 1, 'attended', recorded_at, recorded_by FROM made;
INSERT INTO app.wall_note (id, partnership_id, place_id, harming_agency_id, harmed_agency_id, toward, kind, day,
    told_sealed, sent_at, sent_by)
SELECT overlay(c.id::text PLACING 'f025' FROM 20 FOR 4)::uuid, c.partnership_id, '11111111-0000-4000-f022-000000000401',
       '11111111-0000-4000-b000-000000000004', c.agency_id, 'harmed', 'askSupport', current_date - 9, '\x00',
       now() - interval '9 days', '11111111-0000-4000-c000-000000000020' FROM app.case_record c;
INSERT INTO app.integrated_support (id, partnership_id, agency_id, asked_id, case_id, person_id, worker_id, recorded_at,
    recorded_by, ended_at, ended_by, reason)
SELECT overlay(c.id::text PLACING 'f026' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id,
       overlay(c.id::text PLACING 'f025' FROM 20 FOR 4)::uuid, c.id, c.person_id, c.opened_by, c.opened_at, c.opened_by,
       CASE WHEN right(c.id::text, 3) NOT IN ('111', '204') THEN c.opened_at END,
       CASE WHEN right(c.id::text, 3) NOT IN ('111', '204') THEN c.opened_by END,
       CASE WHEN right(c.id::text, 3) NOT IN ('111', '204') THEN 'Ended for the tests' ELSE '' END FROM app.case_record c;
INSERT INTO app.matac_score (id, partnership_id, agency_id, case_id, person_id, version, months, last_on, incidents,
    gravity, victims, points, score, standing, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'f027' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, 1, 12,
       opened_at::date, 2, 'stalking', 1, '{5,2,3,1}', 11, 'notSelected', opened_at, opened_by FROM app.case_record;

-- Each worker who holds cases was supervised once, and something was decided on each case.
INSERT INTO app.supervision (id, partnership_id, agency_id, worker_id, held_on, recorded_at, recorded_by)
SELECT ('11111111-0000-4000-f028-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       ('11111111-0000-4000-b000-' || lpad(agency::text, 12, '0'))::uuid,
       ('11111111-0000-4000-c000-' || lpad(n::text, 12, '0'))::uuid, current_date - 30, now() - interval '30 days',
       ('11111111-0000-4000-c000-' || lpad(manager::text, 12, '0'))::uuid
FROM (VALUES (2, 1, 4), (3, 1, 4), (11, 2, 12), (13, 3, 12), (20, 4, 22)) AS held(n, agency, manager);
INSERT INTO app.supervision_decision (id, partnership_id, agency_id, case_id, person_id, supervision_id, version,
    decision, recorded_at, recorded_by)
SELECT overlay(c.id::text PLACING 'f029' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, c.person_id, s.id, 1,
       'A decision for the tests', s.recorded_at, s.recorded_by
FROM app.supervision s JOIN app.case_record c ON c.agency_id = s.agency_id AND c.worker_id = s.worker_id;

-- Each case has an intake, a review that was a mistake, a referral to MARAC and one that was a mistake.
INSERT INTO app.outcome_set (id, partnership_id, agency_id, case_id, person_id, stage, taken_on, answers, own_words,
    recorded_at, recorded_by, withdrawn_at, withdrawn_by, withdrawn_because)
SELECT overlay(id::text PLACING kind FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, stage,
       (opened_at AT TIME ZONE 'Europe/London')::date, 'physical_severity:high control_severity:moderate housing:owned',
       'Words for the tests', opened_at, opened_by, CASE WHEN wrong THEN opened_at END, CASE WHEN wrong THEN opened_by END,
       CASE WHEN wrong THEN 'Another case was meant' ELSE '' END
FROM app.case_record, (VALUES ('f040', 'intake', false), ('f041', 'review', true)) AS sets(kind, stage, wrong);
INSERT INTO app.marac_referral (id, partnership_id, agency_id, case_id, person_id, is_repeat, told, basis, reason, wants,
    written_at, written_by, withdrawn_at, withdrawn_by, withdrawn_because)
SELECT overlay(id::text PLACING kind FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, false, 'agreed',
       'consent', 'A referral for the tests', 'A door of my own', opened_at, opened_by,
       CASE WHEN wrong THEN opened_at END, CASE WHEN wrong THEN opened_by END,
       CASE WHEN wrong THEN 'Another case was meant' ELSE '' END
FROM app.case_record, (VALUES ('f042', false), ('f043', true)) AS papers(kind, wrong);

-- Somewhere safe was looked for, for each case, and contact was lost.
INSERT INTO app.housing_request (id, partnership_id, agency_id, case_id, person_id, needed_on, can_wait, women, men, others,
    child_ages, child_sexes, expecting, funds, staffing, kinds, consents, words, ended_at, ended_by, outcome, recorded_at,
    recorded_by, risk)
SELECT overlay(id::text PLACING 'ac04' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, opened_at::date, 2, 1,
       0, 0, '{7,15}', '{girl,boy}', 'no', 'publicFunds', 'daytime', '{refuge,dispersed}', 'yes', 'Words for the tests',
       opened_at + interval '1 hour', opened_by, 'noContact', opened_at, opened_by, risk
FROM app.case_record;
-- And again: for Olive (105), for whom a unit of Lighthouse is held; for Rina (109), who lives in one of Northfield Housing;
-- for Ines (111), for whom nobody was asked yet.
INSERT INTO app.housing_request (id, partnership_id, agency_id, case_id, person_id, needed_on, can_wait, women, men, others,
    expecting, funds, staffing, kinds, consents, ended_at, ended_by, outcome, recorded_at, recorded_by, risk)
SELECT overlay(id::text PLACING 'ac14' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, current_date, 0, 1, 0, 0,
       'no', 'publicFunds', 'daytime', '{refuge,dispersed}', 'yes', CASE right(id::text, 3) WHEN '109' THEN now() END,
       CASE right(id::text, 3) WHEN '109' THEN opened_by END, CASE right(id::text, 3) WHEN '109' THEN 'placed' END,
       opened_at + interval '2 hours', opened_by, risk
FROM app.case_record WHERE right(id::text, 3) IN ('105', '109', '111');

-- Each case has a hearing, listed and then adjourned, and a matter that was a mistake.
WITH made AS (
    INSERT INTO app.legal_matter (id, partnership_id, agency_id, case_id, person_id, kind, opened_on, version, recorded_at,
        recorded_by, withdrawn_at, withdrawn_by, withdrawn_because)
    SELECT overlay(id::text PLACING code FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, kind,
           (opened_at AT TIME ZONE 'Europe/London')::date, newest, opened_at, opened_by,
           CASE WHEN wrong THEN opened_at END, CASE WHEN wrong THEN opened_by END,
           CASE WHEN wrong THEN 'Another case was meant' ELSE '' END
    FROM app.case_record, (VALUES ('f044', 'hearing', 2, false), ('f045', 'homelessness', 1, true))
        AS matters(code, kind, newest, wrong) RETURNING *
)
INSERT INTO app.matter_entry (matter_id, partnership_id, agency_id, case_id, person_id, kind, version, step, happened_on,
    due_on, who, facts, words, recorded_at, recorded_by)
SELECT id, partnership_id, agency_id, case_id, person_id, kind, n, CASE kind WHEN 'hearing' THEN step ELSE 'applied' END,
       opened_on, CASE kind WHEN 'hearing' THEN opened_on + days END, 'A court for the tests', 'family askedScreens',
       'A matter for the tests', recorded_at + later, recorded_by
FROM made, (VALUES (1, 'listed', 300, interval '0'), (2, 'adjourned', 700, interval '1 hour')) AS said(n, step, days, later)
WHERE n <= version;

-- Risk: what a second person said of a lower grade, police incidents, MARAC decisions, licensed wording.
INSERT INTO app.risk_confirmation (risk_id, partnership_id, agency_id, person_id, case_id, assessed_by, agreed, decided_at,
    decided_by)
SELECT id, partnership_id, agency_id, person_id, case_id, assessed_by, true, assessed_at + interval '1 hour',
       '11111111-0000-4000-c000-000000000004'
FROM app.risk_assessment;
INSERT INTO app.attachment (id, partnership_id, agency_id, person_id, case_id, risk_id, topic, number, kind, size,
    content_sealed, recorded_at, recorded_by, withdrawn_at, withdrawn_by, withdrawn_because)
SELECT overlay(id::text PLACING 'f009' FROM 20 FOR 4)::uuid, partnership_id, agency_id, person_id, case_id, id,
       'assessment', 1, 'pdf', 44, '\x00'::bytea, assessed_at, assessed_by, NULL::timestamptz, NULL::uuid, ''
FROM app.risk_assessment WHERE case_id IS NOT NULL
UNION ALL   -- what a person sent without an assessment
SELECT overlay(id::text PLACING 'f019' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, NULL, NULL, 'other', 2,
       'png', 44, '\x00', created_at, created_by, NULL, NULL, '' FROM app.person
UNION ALL   -- what was taken back
SELECT overlay(id::text PLACING 'f029' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, NULL, NULL, 'other', 3,
       'png', 44, '\x00', created_at, created_by, created_at, created_by, 'By mistake' FROM app.person;
-- Each case has a letter that is not sent yet, one that has left, and one that was put aside.
INSERT INTO app.letter (id, partnership_id, agency_id, case_id, person_id, template, addressee, body, recorded_at,
    recorded_by, released_at, released_by, way, released_body, outcome, outcome_at, outcome_by)
SELECT overlay(c.id::text PLACING kind FROM 20 FOR 4)::uuid, partnership_id, agency_id, c.id, person_id, 'blank', 'person',
       'A letter for the tests', opened_at, opened_by, CASE WHEN has_left THEN opened_at END,
       CASE WHEN has_left THEN opened_by END, CASE WHEN has_left THEN 'inPerson' END,
       CASE WHEN has_left THEN 'A letter for the tests' END, CASE WHEN is_over THEN 'notSent' END,
       CASE WHEN is_over THEN opened_at END, CASE WHEN is_over THEN opened_by END
FROM app.case_record c, (VALUES ('f054', false, false), ('f055', true, false), ('f056', false, true))
     AS kinds(kind, has_left, is_over);
-- Everybody has a safety plan; three have an earlier version too, and the child one of his own.
INSERT INTO app.safety_plan (id, partnership_id, agency_id, person_id, kind, version, body_sealed, review_on, review_when,
    written_by, written_at, superseded_by)
SELECT overlay(id::text PLACING 'd00a' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'adult',
       CASE WHEN right(id::text, 3) IN ('101', '201', '301') THEN 2 ELSE 1 END, '\x00'::bytea,
       (now() AT TIME ZONE 'Europe/London')::date + 60, CASE WHEN right(id::text, 3) = '101' THEN 'hearing' END,
       created_by, created_at, NULL::uuid
FROM app.person
UNION ALL
SELECT overlay(id::text PLACING 'd01a' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'adult', 1, '\x00',
       created_at::date + 60, NULL, created_by, created_at - interval '1 day',
       overlay(id::text PLACING 'd00a' FROM 20 FOR 4)::uuid
FROM app.person WHERE right(id::text, 3) IN ('101', '201', '301')
UNION ALL
SELECT overlay(id::text PLACING 'd02a' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'child', 1, '\x00',
       (now() AT TIME ZONE 'Europe/London')::date - 20, NULL, created_by, created_at, NULL
FROM app.person WHERE right(id::text, 3) = '110';
INSERT INTO app.police_incident (id, partnership_id, agency_id, person_id, happened_on, reference, told_by, recorded_at,
    recorded_by)
SELECT overlay(id::text PLACING 'f007' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, created_at::date - 30,
       'NP/' || right(id::text, 3), 'A call for the tests', created_at, created_by FROM app.person;
-- Each person's separation, which was assessed long ago.
INSERT INTO app.risk_event (id, partnership_id, agency_id, person_id, kind, day, words, proposes_on, due_at,
    recorded_at, recorded_by, settled, settled_at, settled_by)
SELECT overlay(id::text PLACING 'f00f' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'separation',
       created_at::date, 'An event for the tests', created_at::date, created_at + interval '1 day', created_at,
       created_by, 'assessed', created_at + interval '1 hour', created_by FROM app.person;
-- Zoë's waits for an answer still: an event that may be changed, once.
UPDATE app.risk_event SET settled = NULL, settled_at = NULL, settled_by = NULL WHERE right(person_id::text, 3) = '112';
INSERT INTO app.marac_decision (id, partnership_id, agency_id, person_id, case_id, risk_id, decision, decided_at,
    decided_by)
SELECT overlay(id::text PLACING 'f008' FROM 20 FOR 4)::uuid, partnership_id, agency_id, person_id, case_id, id,
       'referred', assessed_at + interval '1 day', assessed_by
FROM app.risk_assessment WHERE case_id IS NOT NULL;
INSERT INTO app.instrument_wording (id, partnership_id, agency_id, instrument, version, from_day, until_day, lines,
    loaded_by)
SELECT overlay(id::text PLACING 'b001' FROM 20 FOR 4)::uuid, partnership_id, id, 'dara', 'Licence for the tests',
       '2023-01-01', '2024-12-31', '{A line for the tests}', '11111111-0000-4000-c000-000000000004'
FROM app.agency WHERE kind <> 'police';
INSERT INTO app.letter_wording (id, partnership_id, agency_id, template_id, version, title, addressee, body, is_used,
    written_at, written_by)
SELECT overlay(id::text PLACING 'b054' FROM 20 FOR 4)::uuid, partnership_id, id,
       overlay(id::text PLACING 'b054' FROM 20 FOR 4)::uuid, 1, 'A letter for the tests', 'person',
       'Dear [name], on [day]. [my name]', true, '2025-01-01', '11111111-0000-4000-c000-000000000004'
FROM app.agency WHERE kind <> 'police';

INSERT INTO app.contact_attempt (id, partnership_id, agency_id, case_id, person_id, channel, outcome, happened_at, rule,
    note, recorded_by)
SELECT overlay(id::text PLACING 'f002' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, 'telephone',
       'spoke', opened_at + interval '6 hours', 'allowed', 'An attempt for the tests', opened_by
FROM app.case_record
UNION ALL   -- of case 101, to Olive (105), who knows Maya
SELECT overlay(c.id::text PLACING 'f012' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, p.id, 'telephone',
       'noAnswer', c.opened_at + interval '7 hours', 'allowed', '', c.opened_by
FROM app.case_record c JOIN app.person p ON right(p.id::text, 3) = '105' WHERE right(c.id::text, 3) = '101';

INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
SELECT overlay(id::text PLACING 'f001' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id,
       'A note of case ' || reference, opened_at + interval '1 hour', opened_by FROM app.case_record;
INSERT INTO app.task (id, partnership_id, agency_id, case_id, kind, owner_id, started_at, due_at, done_at)
SELECT overlay(id::text PLACING 'f004' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'firstContact', worker_id,
       opened_at, coalesce(first_contact_due, opened_at + interval '7 days'), first_contact_at FROM app.case_record;
INSERT INTO app.task (id, partnership_id, agency_id, person_id, kind, detail, started_at, due_at)
SELECT overlay(id::text PLACING 'f014' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'promise',
       'A promise for the tests', created_at, now() + interval '2 hours' FROM app.person;
-- On Lighthouse's list once: Nell's (103), of whom nobody there may know.
INSERT INTO app.task (id, partnership_id, agency_id, transfer_id, kind, detail, started_at, due_at, done_at)
SELECT overlay(id::text PLACING 'f034' FROM 20 FOR 4)::uuid, partnership_id, to_agency_id, id, 'transfer',
       'A transfer for the tests', proposed_at, due_at, now()
FROM app.case_transfer WHERE right(id::text, 3) = '103';
INSERT INTO app.timeline_event (id, partnership_id, agency_id, case_id, kind, at, by_account, subject_id, summary)
SELECT overlay(id::text PLACING 'f005' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'caseOpened', opened_at,
       opened_by, id, 'Opened' FROM app.case_record;

-- Referrals, one of each agency that does casework: from Northfield Housing (301s), the police and nobody known (public).
INSERT INTO app.referral (id, partnership_id, agency_id, reference, direction, source, kind, from_agency_id,
    from_account_id, person_id, case_id, told_sealed, basis, quarantined, sender_bucket, received_at, due_at, owner_id)
SELECT ('11111111-0000-4000-' || kind || '-' || lpad(n::text, 12, '0'))::uuid, p.partnership_id, p.agency_id, 'REF-' || kind || n,
       'in', source, 'support', CASE WHEN sender > 0 THEN ('11111111-0000-4000-b000-' || lpad(sender::text, 12, '0'))::uuid END,
       CASE sender WHEN 3 THEN '11111111-0000-4000-c000-000000000013'::uuid
                   WHEN 5 THEN '11111111-0000-4000-c000-000000000021'::uuid END,
       CASE WHEN known THEN p.id END, CASE WHEN known THEN overlay(p.id::text PLACING 'f000' FROM 20 FOR 4)::uuid END,
       '\x00', 'consent', kind = 'e042', CASE WHEN kind = 'e042' THEN '\x0102'::bytea END, p.created_at,
       now() + due, CASE WHEN known THEN p.created_by END
FROM (VALUES ('e040', 101, 'police', 5, true, interval '1 day'), ('e040', 105, 'professional', 3, true, interval '-1 day'),
             ('e040', 201, 'police', 5, true, interval '1 day'), ('e040', 301, 'police', 5, true, interval '1 day'),
             ('e040', 401, 'professional', 3, true, interval '1 day'),
             ('e041', 101, 'police', 5, false, interval '2 hours'), ('e042', 101, 'selfReferral', 0, false, interval '1 day')
     ) AS sent(kind, n, source, sender, known, due)
JOIN app.person p ON right(p.id::text, 3) = n::text AND p.id::text LIKE '11111111%';

INSERT INTO app.handover (id, partnership_id, agency_id, note, written_at, written_by)
SELECT overlay(g.id::text PLACING 'e050' FROM 20 FOR 4)::uuid, g.partnership_id, g.id, 'A quiet night', now(),
       (SELECT r.account_id FROM app.role_assignment r WHERE r.agency_id = g.id ORDER BY r.id LIMIT 1)
FROM app.agency g WHERE g.id::text LIKE '11111111%' AND g.kind <> 'police';

-- Petra is barred from Olive (105), Carl from case 107, Bilal from Dean (108) who harms, Gwen from Lighthouse's 201.
INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, case_id, reason)
SELECT ('11111111-0000-4000-9000-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       ('11111111-0000-4000-c000-' || lpad(account::text, 12, '0'))::uuid, person::uuid, case_of::uuid, 'Declared'
FROM (VALUES
    (1,  8, '11111111-0000-4000-d000-000000000105', NULL),
    (2,  9, NULL, '11111111-0000-4000-f000-000000000107'),
    (3, 10, '11111111-0000-4000-d000-000000000108', NULL),
    (4, 18, NULL, '11111111-0000-4000-f000-000000000201')
) AS blocks(n, account, person, case_of);

-- Everybody knows somebody whom nobody has on record. Matches wait for the officer: Hana and Farida (201), Ivy and Maya
-- (101), Dilys, who is the officer, and Zoë (112); those of Imran and Olive (105) and of Bilal across the walls were
-- not the same person.
INSERT INTO app.interest (id, partnership_id, account_id, about, given_name, family_name, how)
SELECT overlay(id::text PLACING '9001' FROM 20 FOR 4)::uuid, partnership_id, id, 'other', 'Cousin',
       'Of ' || right(id::text, 2), 'A cousin for the tests' FROM app.account;
INSERT INTO app.interest_match (id, partnership_id, agency_id, account_id, interest_id, subject_id, strength, agrees,
    state, decided_by, decided_at, reason)
SELECT ('11111111-0000-4000-9002-' || lpad(subject::text, 12, '0'))::uuid, p.partnership_id, p.agency_id, a.id,
       overlay(a.id::text PLACING '9001' FROM 20 FOR 4)::uuid, p.id, 'weak', '{name,birthYear}', state,
       CASE state WHEN 'notSame' THEN '11111111-0000-4000-c000-000000000015'::uuid END,
       CASE state WHEN 'notSame' THEN now() END, CASE state WHEN 'notSame' THEN 'Another woman' ELSE '' END
FROM (VALUES (1, 201, 'open'), (3, 101, 'open'), (15, 112, 'open'), (2, 105, 'notSame'),
             (10, 301, 'notSame'), (10, 401, 'notSame')) AS found(who, subject, state)
JOIN app.account a ON right(a.id::text, 12) = lpad(who::text, 12, '0') JOIN app.person p ON right(p.id::text, 3) = subject::text;

-- A day that an officer asked about: of Ivy and Maya (101), Dilys herself, Hana and Zoë (112), and how many Bilal saw.
INSERT INTO app.unusual_day (partnership_id, day, worked_out_at, recorded_by)
VALUES ('11111111-0000-4000-0001-000000000001', '2001-02-03', '2001-02-05', '11111111-0000-4000-c000-000000000015');
INSERT INTO app.unusual_access (id, partnership_id, day, account_id, subject_id, reasons, times, first_at)
SELECT ('11111111-0000-4000-9003-' || lpad(who::text, 12, '0'))::uuid, a.partnership_id, '2001-02-03', a.id, p.id, reasons::text[],
       times, '2001-02-03 10:00'
FROM (VALUES (3, 101, '{surname}', 2), (15, 112, '{nothingToDo}', 1), (1, 112, '{postcode}', 1),
             (10, NULL, '{bulk}', 41)) AS looks(who, subject, reasons, times)
JOIN app.account a ON right(a.id::text, 12) = lpad(who::text, 12, '0')
LEFT JOIN app.person p ON right(p.id::text, 3) = subject::text;

-- Opened in an emergency: Beth's (203) by Hana, over and not reviewed in time; Priyanka's (107) and Agnes's (301) by Lucia,
-- of which one is reviewed; Wanda's (204) by Fen, who still has it open.
INSERT INTO app.emergency_access (id, partnership_id, agency_id, reference, account_id, case_id, reason, opened_at, ends_at,
    review_due, reviewed_at, reviewed_by, outcome, review_words)
SELECT overlay(c.id::text PLACING 'f102' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.reference,
       ('11111111-0000-4000-c000-' || lpad(who::text, 12, '0'))::uuid, c.id, 'A reason for the tests', now() - ago,
       now() - ago + lasts, now() - ago + interval '1 day', CASE WHEN reviewed THEN now() END,
       CASE WHEN reviewed THEN '11111111-0000-4000-c000-000000000013'::uuid END, CASE WHEN reviewed THEN 'justified' END,
       CASE WHEN reviewed THEN 'Asked' ELSE '' END
FROM (VALUES (203, 1, interval '5 days', interval '1 hour', false), (107, 11, interval '1 hour', interval '30 minutes', false),
             (301, 11, interval '5 days', interval '1 hour', true), (204, 19, interval '1 minute', interval '7 hours', false),
             (401, 22, interval '5 days', interval '1 hour', true)
     ) AS opened(n, who, ago, lasts, reviewed)
JOIN app.case_record c ON right(c.id::text, 3) = n::text;

-- The register. Of Maya's case (101) Imran recorded an objection, of Nell's restricted one (103) Sunita a complaint; the
-- use of Rina's (109) is restricted; breaches of each agency, Lighthouse's (201) closed; Pathways' (401) erases nothing.
INSERT INTO app.processing_record (partnership_id, record_type, version, valid_from, control, controllers, purpose, people,
    data, bases, conditions, criminal, recipients, retention, security, recorded_at, recorded_by)
VALUES ('11111111-0000-4000-0001-000000000001', 'contacts', 1, '2001-02-03', 'each', '', 'A purpose for the tests',
    'People of the tests', 'Their names', 'publicTask', 'safeguarding', 'none', 'Nobody else', 'A year', 'Locked', now(),
    '11111111-0000-4000-c000-000000000015');
INSERT INTO app.impact_assessment (assessment_id, partnership_id, version, title, covers, risks, measures, outcome,
    signed_by, signed_on, review_on, recorded_at, recorded_by)
VALUES ('11111111-0000-4000-e071-000000000001', '11111111-0000-4000-0001-000000000001', 1, 'An assessment for the tests',
    'contacts cases', 'A danger', 'A measure', 'low', 'A director', '2001-02-03', '2002-02-03', now(),
    '11111111-0000-4000-c000-000000000015');
INSERT INTO app.privacy_notice (partnership_id, audience, version, valid_from, body, recorded_at, recorded_by)
VALUES ('11111111-0000-4000-0001-000000000001', 'people', 1, '2001-02-03', 'A notice for the tests', now(),
    '11111111-0000-4000-c000-000000000015');
INSERT INTO app.data_matter (id, partnership_id, agency_id, subject_id, kind, since, told_sealed, step, steps, due_at,
    restricts, ended_at, recorded_at, recorded_by)
SELECT m.id, '11111111-0000-4000-0001-000000000001',
       ('11111111-0000-4000-b000-' || lpad((n / 100)::text, 12, '0'))::uuid,
       CASE WHEN n IN (101, 103, 109) THEN overlay(m.id::text PLACING 'f000' FROM 20 FOR 4)::uuid ELSE m.id END, kind,
       now() - interval '5 days', '\x00', step, 1, now() + due, step = 'inForce', now() - ended, now() - interval '5 days',
       ('11111111-0000-4000-c000-' || lpad(who::text, 12, '0'))::uuid
FROM (VALUES (101, 2, 'objection', 'received', interval '25 days', NULL::interval),
             (103, 4, 'complaint', 'acknowledged', NULL, NULL), (109, 1, 'restriction', 'inForce', NULL, NULL),
             (112, 1, 'breach', 'reported', interval '-2 days', NULL),
             (201, 11, 'breach', 'closed', NULL, interval '1 day'), (301, 13, 'breach', 'reported', interval '1 day', NULL),
             (401, 20, 'erasure', 'received', interval '25 days', NULL),
             (102, 4, 'access', 'received', interval '25 days', NULL),
             (104, 4, 'courtOrder', 'received', interval '20 days', NULL),
             (202, 12, 'police', 'received', interval '20 days', NULL),
             (402, 20, 'access', 'received', interval '25 days', NULL)) AS told(n, who, kind, step, due, ended)
CROSS JOIN LATERAL (SELECT ('11111111-0000-4000-e070-' || lpad(n::text, 12, '0'))::uuid AS id) AS m;
INSERT INTO app.data_matter_step (matter_id, partnership_id, agency_id, kind, subject_id, number, step, happened_at,
    words_sealed, recorded_at, recorded_by)
SELECT id, partnership_id, agency_id, kind, subject_id, 1, CASE WHEN step IN ('received', 'reported') THEN 'done' ELSE step END,
       since + interval '1 hour', '\x00', since + interval '1 hour', '11111111-0000-4000-c000-000000000015'
FROM app.data_matter;
-- Packs: of Maya's record (101) one of which a piece is not decided, of Olive's (105) one that can be sent for signature,
-- of Farida's (201) one that waits for it, of Agnes's (301) one that was revoked, of Pathways' (401) one that has left.
INSERT INTO app.pack (id, partnership_id, agency_id, matter_id, number, subject_id, intercept, begun_at, begun_by,
    gathered_at, gathered_by, prepared_at, prepared_by, signed_at, signed_by, released_at, released_by, way, revoked_at,
    revoked_by, told_sealed)
SELECT overlay(p.id::text PLACING 'e072' FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id,
       ('11111111-0000-4000-e070-' || lpad(matter::text, 12, '0'))::uuid, turn, p.id, false, now(), dilys, now(), agent,
       CASE WHEN far >= 2 THEN now() END, CASE WHEN far >= 2 THEN dilys END, CASE WHEN far >= 3 THEN now() END,
       CASE WHEN far >= 3 THEN agent END, CASE WHEN far >= 3 THEN now() END, CASE WHEN far >= 3 THEN dilys END,
       CASE WHEN far >= 3 THEN 'post' END, CASE WHEN far >= 4 THEN now() END, CASE WHEN far >= 4 THEN dilys END, '\x00'
FROM (VALUES ('101', 102, 1, 4, 1), ('105', 102, 2, 4, 1), ('201', 202, 1, 12, 2), ('301', 301, 1, 13, 4),
             ('401', 402, 1, 20, 3)) AS made(n, matter, turn, who, far)
JOIN app.person p ON right(p.id::text, 3) = n
CROSS JOIN LATERAL (SELECT '11111111-0000-4000-c000-000000000015'::uuid AS dilys,
                           ('11111111-0000-4000-c000-' || lpad(who::text, 12, '0'))::uuid AS agent) AS staff;
-- Two of Harbour's that have only begun, and are about nobody yet: Dilys's, and one that the World gave to Sunita.
INSERT INTO app.pack (id, partnership_id, agency_id, matter_id, number, subject_id, intercept, begun_at, begun_by, told_sealed)
SELECT made.id, m.partnership_id, m.agency_id, m.id, made.n, made.id, false, now(),
       ('11111111-0000-4000-c000-' || lpad(made.who::text, 12, '0'))::uuid, '\x00'
FROM app.data_matter m, (VALUES (1, '11111111-0000-4000-e072-000000000104'::uuid, 15),
                                (2, '11111111-0000-4000-e072-000000000106', 4)) AS made(n, id, who)
WHERE m.id = '11111111-0000-4000-e070-000000000104';
INSERT INTO app.pack_item (id, partnership_id, agency_id, pack_id, subject_id, number, piece_sealed, decision, left_sealed,
    decided_at, decided_by)
SELECT overlay(k.id::text PLACING 'e073' FROM 20 FOR 4)::uuid, k.partnership_id, k.agency_id, k.id, k.subject_id, 1, '\x00',
       CASE WHEN decided THEN 'include' END, CASE WHEN decided THEN '\x00'::bytea END,
       CASE WHEN decided THEN now() END, CASE WHEN decided THEN k.begun_by END
FROM app.pack k CROSS JOIN LATERAL (SELECT right(k.id::text, 3) <> '101' AS decided) AS d
WHERE k.gathered_by IS NOT NULL;
-- How long contacts are kept was set once. Held are the records of Maya (101), of Olive (105) and of one person of each
-- other agency, that of Agnes (301) no longer. The same are due, and Priyanka (107) and Wanda (204), whom nobody has
-- proposed: Farida's (201) deletion is agreed, that of Agnes postponed, the others wait.
INSERT INTO app.retention_rule (id, partnership_id, kind, version, years, from_day, reason, recorded_at, recorded_by)
VALUES ('11111111-0000-4000-9010-000000000001', '11111111-0000-4000-0001-000000000001', 'contact', 1, 3, '2020-01-01',
        'A rule for the tests', now(), '11111111-0000-4000-c000-000000000015');
INSERT INTO app.legal_hold (id, partnership_id, agency_id, subject_id, kind, words, review_on, recorded_at, recorded_by,
    lifted_at, lifted_by, lifted_because)
SELECT overlay(p.id::text PLACING '9011' FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id, p.id, 'police',
       'A hold for the tests', current_date + 100, p.created_at, '11111111-0000-4000-c000-000000000015',
       CASE WHEN right(p.id::text, 3) = '301' THEN now() END,
       CASE WHEN right(p.id::text, 3) = '301' THEN '11111111-0000-4000-c000-000000000015'::uuid END,
       CASE WHEN right(p.id::text, 3) = '301' THEN 'Over' ELSE '' END
FROM app.person p WHERE right(p.id::text, 3) IN ('101', '105', '201', '301', '401');
INSERT INTO app.retention_day (partnership_id, day, worked_out_at, recorded_by)
VALUES ('11111111-0000-4000-0001-000000000001', '2001-02-03', '2001-02-03', '11111111-0000-4000-c000-000000000015');
INSERT INTO app.retention_due (id, partnership_id, agency_id, subject_id, rule, due_on, reference)
SELECT overlay(p.id::text PLACING '9012' FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id, p.id, 'adult',
       current_date - 10, '' FROM app.person p
WHERE right(p.id::text, 3) IN ('101', '105', '201', '301', '401', '107', '204');
INSERT INTO app.retention_proposal (id, partnership_id, agency_id, subject_id, rule, due_on, reason, proposed_at,
    proposed_by, decision, decided_at, decided_by, decided_because, review_on)
SELECT overlay(p.id::text PLACING '9013' FROM 20 FOR 4)::uuid, p.partnership_id, p.agency_id, p.id, 'adult',
       current_date - 10, 'A proposal for the tests', now() - interval '1 day', '11111111-0000-4000-c000-000000000015',
       what, CASE WHEN what IS NOT NULL THEN now() END,
       CASE WHEN what IS NOT NULL THEN '11111111-0000-4000-c000-000000000012'::uuid END,
       CASE WHEN what IS NOT NULL THEN 'Read it' ELSE '' END, CASE what WHEN 'postponed' THEN current_date + 100 END
FROM app.person p JOIN (VALUES ('101', NULL), ('105', NULL), ('201', 'agreed'), ('301', 'postponed'), ('401', NULL)
    ) AS said(n, what) ON right(p.id::text, 3) = n;

-- Who is on call: one of each agency that does casework; and somebody who is away.
INSERT INTO app.rota_entry (id, partnership_id, agency_id, kind, account_id, starts_at, ends_at, set_by)
SELECT ('11111111-0000-4000-b009-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       ('11111111-0000-4000-b000-' || lpad(agency::text, 12, '0'))::uuid, kind,
       ('11111111-0000-4000-c000-' || lpad(who::text, 12, '0'))::uuid, now() - interval '30 days',
       now() + interval '60 days', ('11111111-0000-4000-c000-' || lpad(setter::text, 12, '0'))::uuid
FROM (VALUES (1, 1, 'onCall', 1, 4), (2, 2, 'onCall', 11, 12), (3, 3, 'onCall', 13, 13), (4, 4, 'onCall', 20, 20),
             (11, 1, 'away', 3, 4)) AS turns(n, agency, kind, who, setter);

-- How much somebody works: one of each agency.
INSERT INTO app.working_time (id, partnership_id, agency_id, account_id, hundredths, from_day, set_at, set_by)
SELECT overlay(e.id::text PLACING 'b00a' FROM 20 FOR 4)::uuid, e.partnership_id, e.agency_id, e.account_id, 60,
       '2024-01-01', e.starts_at, e.set_by
FROM app.rota_entry e;

-- Safe accommodation of each agency on this side of the wall, and of Pathways, which should have none.
INSERT INTO app.accommodation_service (id, partnership_id, agency_id, name, kind, provider, area_id, shares, supported,
    takes, takes_trans, sons, oldest_son, nrpf, mental_health, substances, offending, arson, staffing,
    family_shares_room, recorded_at, recorded_by)
SELECT overlay(g.id::text PLACING 'ac01' FROM 20 FOR 4)::uuid, g.partnership_id, g.id, 'Homes of ' || g.name, 'refuge',
       'charity', '11111111-0000-4000-a001-000000000002', 'no', 'yes', 'women', 'notKnown', 'upTo', 12, '{bedFund}', 'yes',
       'notKnown', 'no', 'no', 'daytime', 'yes', now() - interval '200 days', '11111111-0000-4000-c000-000000000023'
FROM app.agency g WHERE g.kind <> 'police';
INSERT INTO app.housing_unit (id, partnership_id, agency_id, service_id, number, bedspaces, bedrooms, most_adults,
    most_children, cots, wheelchair, step_free, ground_floor, wet_room, hearing, sight, dogs, cats, confirmed_at,
    recorded_at, recorded_by)
SELECT overlay(s.id::text PLACING u.kind FROM 20 FOR 4)::uuid, s.partnership_id, s.agency_id, s.id,
       right(s.id::text, 2)::int + u.more, 3, 2, 1, 2, 1, 'no', 'yes', 'notKnown', 'no', 'no', 'no', 'no', 'yes',
       now() - interval '2 days', s.recorded_at, s.recorded_by
FROM app.accommodation_service s CROSS JOIN (VALUES ('ac02', 0), ('ac12', 10), ('ac22', 20)) AS u(kind, more);
INSERT INTO app.unit_size (unit_id, partnership_id, agency_id, until_day, bedspaces)
SELECT id, partnership_id, agency_id, recorded_at::date, bedspaces FROM app.housing_unit;
INSERT INTO app.unit_location (unit_id, partnership_id, agency_id, wrapped, location_sealed, recorded_at, recorded_by)
SELECT id, partnership_id, agency_id, '\x00', '\x00', recorded_at, recorded_by FROM app.housing_unit;
INSERT INTO app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, recorded_at, recorded_by)
SELECT overlay(u.id::text PLACING CASE substr(u.id::text, 20, 4) WHEN 'ac02' THEN 'ac03' ELSE 'ac13' END FROM 20 FOR 4)::uuid,
       u.partnership_id, u.agency_id, u.id, CASE substr(u.id::text, 20, 4) WHEN 'ac02' THEN 'stay' ELSE 'repair' END,
       daterange(current_date - 20, CASE substr(u.id::text, 20, 4) WHEN 'ac12' THEN current_date - 5 END),
       now() - interval '20 days', u.recorded_by
FROM app.housing_unit u WHERE substr(u.id::text, 20, 4) <> 'ac22';
INSERT INTO app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, recorded_at, recorded_by)
SELECT overlay(u.id::text PLACING 'ac33' FROM 20 FOR 4)::uuid, u.partnership_id, u.agency_id, u.id, 'stay',
       daterange(current_date - 60, current_date - 20), now() - interval '60 days', u.recorded_by
FROM app.housing_unit u WHERE substr(u.id::text, 20, 4) = 'ac12';
-- Of each first request somebody outside was asked, and said no; of two second ones a unit is held, and theirs.
INSERT INTO app.housing_offer (id, partnership_id, agency_id, case_id, person_id, request_id, asked_of, reference, state,
    asked_at, asked_by, answered_at, answered_by, reasons, main_reason, words)
SELECT overlay(id::text PLACING 'ac05' FROM 20 FOR 4)::uuid, partnership_id, agency_id, case_id, person_id, id,
       'A service elsewhere', 'R-1', 'refusedByService', recorded_at, recorded_by, recorded_at, recorded_by,
       '{size,pets}', 'size', 'Words for the tests'
FROM app.housing_request WHERE substr(id::text, 20, 4) = 'ac04';
INSERT INTO app.housing_offer (id, partnership_id, agency_id, case_id, person_id, request_id, unit_id, provider_id, state,
    held_until, asked_at, asked_by, answered_at, answered_by, moved_in_on)
SELECT overlay(q.id::text PLACING 'ac15' FROM 20 FOR 4)::uuid, q.partnership_id, q.agency_id, q.case_id, q.person_id, q.id,
       u.id, u.agency_id, o.state, now() + interval '20 hours', q.recorded_at, q.recorded_by,
       CASE o.state WHEN 'placed' THEN now() END, CASE o.state WHEN 'placed' THEN q.recorded_by END,
       CASE o.state WHEN 'placed' THEN current_date END
FROM app.housing_request q JOIN (VALUES ('105', 2, 'held'), ('109', 3, 'placed')) AS o(n, provider, state)
    ON right(q.id::text, 3) = o.n AND substr(q.id::text, 20, 4) = 'ac14'
JOIN app.housing_unit u ON right(u.id::text, 1)::int = o.provider AND substr(u.id::text, 20, 4) = 'ac22';
INSERT INTO app.unit_time (id, partnership_id, agency_id, unit_id, kind, during, offer_id, held_until, recorded_at,
    recorded_by)
SELECT overlay(unit_id::text PLACING 'ac23' FROM 20 FOR 4)::uuid, partnership_id, provider_id, unit_id,
       CASE state WHEN 'held' THEN 'hold' ELSE 'stay' END, daterange(current_date, NULL), id,
       CASE state WHEN 'held' THEN held_until END, asked_at, asked_by
FROM app.housing_offer WHERE unit_id IS NOT NULL;
-- Each service was asked by the police for somebody from outside, and said no; how a home was told, where one is held.
INSERT INTO app.housing_enquiry (id, partnership_id, agency_id, service_id, asked_on, route, from_outside, adults, children,
    state, reasons, main_reason, answered_on, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'ac46' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, current_date - 9, 'police', 'yes',
       1, 2, 'refusedByService', '{size}', 'size', current_date - 9, recorded_at, recorded_by
FROM app.accommodation_service;
INSERT INTO app.address_told (id, partnership_id, agency_id, offer_id, how, told_at, recorded_by)
SELECT overlay(id::text PLACING 'ac07' FROM 20 FOR 4)::uuid, partnership_id, provider_id, id, 'voice', asked_at, asked_by
FROM app.housing_offer WHERE unit_id IS NOT NULL;
-- Of every agency one more, of an offer that is not there.
INSERT INTO app.address_told (id, partnership_id, agency_id, offer_id, how, told_at, recorded_by)
SELECT overlay(id::text PLACING 'ac47' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'met', recorded_at, recorded_by
FROM app.housing_unit WHERE substr(id::text, 20, 4) = 'ac02';
INSERT INTO app.unit_stay (time_id, partnership_id, agency_id, adults, children, came_by, from_outside, left_to, left_because,
    contact_after, due_on)
SELECT id, partnership_id, agency_id, 1, 2, 'routesToSupport', 'yes', CASE WHEN upper(during) IS NOT NULL THEN 'socialTenancy' END,
       CASE WHEN upper(during) IS NOT NULL THEN 'plannedMove' END, CASE WHEN upper(during) IS NOT NULL THEN 'yes' END,
       coalesce(upper(during) + 28, lower(during) + 7)
FROM app.unit_time WHERE kind = 'stay';
-- Of each long stay: support, what is in place, and a review.
INSERT INTO app.stay_support (id, partnership_id, agency_id, stay_id, kind, member, given_on, given_by, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'ac26' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'advocacy', 0, current_date - 3,
       recorded_by, now(), recorded_by
FROM app.unit_time WHERE substr(id::text, 20, 4) = 'ac03';
-- Of each that was taken back.
INSERT INTO app.stay_support (id, partnership_id, agency_id, stay_id, kind, member, given_on, given_by, recorded_at, recorded_by,
    withdrawn_at, withdrawn_by, withdrawn_because)
SELECT overlay(id::text PLACING 'ac36' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'advice', 0, current_date - 3,
       recorded_by, now(), recorded_by, now(), recorded_by, 'twice'
FROM app.unit_time WHERE substr(id::text, 20, 4) = 'ac03';
INSERT INTO app.stay_service (id, partnership_id, agency_id, stay_id, member, kind, state, on_day, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'ac07' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 1, 'schoolPlace', 'askedFor',
       current_date - 3, now(), recorded_by
FROM app.unit_time WHERE substr(id::text, 20, 4) = 'ac03';
INSERT INTO app.stay_review (id, partnership_id, agency_id, stay_id, held_on, decision, next_on, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'ac08' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, current_date - 2, 'goesOn',
       current_date + 40, now(), recorded_by
FROM app.unit_time WHERE substr(id::text, 20, 4) = 'ac03';

-- Each case has a sanctuary that is ordered, with two locks; of Ines's (111) it does not go ahead. So has Pathways', which
-- should have none.
INSERT INTO app.sanctuary (id, partnership_id, agency_id, case_id, person_id, reference, requested_on, wants, harmer_there,
    tenure, permission, permission_on, urgency, funder, phone, access, ended_on, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'f060' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, person_id, reference,
       opened_at::date, 'yes', 'no', 'social', 'given', opened_at::date, 'standard', 'A fund for the tests', '01632 960 777',
       'mon morning', CASE WHEN reference = 'W-111' THEN opened_at::date END, opened_at, opened_by
FROM app.case_record;
INSERT INTO app.sanctuary_item (sanctuary_id, kind, partnership_id, agency_id, case_id, person_id, number, cost_pence,
    recorded_at, recorded_by)
SELECT id, 'locks', partnership_id, agency_id, case_id, person_id, 2, 4500, recorded_at, recorded_by FROM app.sanctuary;
INSERT INTO app.sanctuary_step (id, partnership_id, agency_id, case_id, person_id, sanctuary_id, kind, happened_on, who,
    words, because, recorded_at, recorded_by)
SELECT overlay(s.id::text PLACING code FROM 20 FOR 4)::uuid, s.partnership_id, s.agency_id, s.case_id, s.person_id, s.id, kind,
       s.requested_on, 'Somebody for the tests', 'A step for the tests', CASE kind WHEN 'declined' THEN 'theirChoice' END,
       s.recorded_at, s.recorded_by
FROM app.sanctuary s, (VALUES ('f061', 'riskAssessed'), ('f062', 'fireSurveyed'), ('f063', 'ordered'), ('f064', 'declined'))
    AS steps(code, kind)
WHERE kind <> 'declined' OR s.ended_on IS NOT NULL ORDER BY code;

-- Figures: every agency handed in the quarter before last, which was released; two handed in the last one.
INSERT INTO app.figure_return (id, partnership_id, agency_id, from_day, until_day, number, counts, recorded_at, recorded_by)
SELECT overlay(g.id::text PLACING CASE q.n WHEN 2 THEN 'ac60' ELSE 'ac61' END FROM 20 FOR 4)::uuid, g.partnership_id, g.id,
       q.from_day, (q.from_day + interval '3 months - 1 day')::date, 1,
       '[{"table":"asked","area":"Upper Vale","code":"placed","amount":12},
         {"table":"asked","area":"Upper Vale","code":"refused","amount":8},
         {"table":"asked","area":"Lower Vale","code":"placed","amount":9},
         {"table":"asked","area":"Lower Vale","code":"refused","amount":1},
         {"table":"reasons","area":"","code":"noSpace","amount":7},
         {"table":"reasons","area":"","code":"pets","amount":2}]',
       now() - interval '1 day', '11111111-0000-4000-c000-000000000004'
FROM app.agency g
CROSS JOIN (SELECT n, (date_trunc('quarter', now() AT TIME ZONE 'Europe/London') - n * interval '3 months')::date AS from_day
             FROM generate_series(1, 2) AS n) AS q
WHERE q.n = 2 OR right(g.id::text, 1) IN ('1', '2');
INSERT INTO app.figure_release (id, partnership_id, from_day, until_day, agencies, tables, recorded_at, recorded_by)
SELECT '11111111-0000-4000-ac62-000000000001', '11111111-0000-4000-0001-000000000001', from_day,
       (from_day + interval '3 months - 1 day')::date, '{Harbour,Lighthouse}', '[{"name":"Why services said no, then",
         "dimensions":[{"name":"What","codes":["No space","Animals","All refusals"],
                        "sums":[{"total":"All refusals","parts":["No space","Animals"]}]}],
         "places":[["No space"],["Animals"],["All refusals"]],"values":[35,10,45],"leastBase":10,
         "rule":"drystone_default","footnotes":["[c] is withheld."]}]', now() - interval '1 day',
       '11111111-0000-4000-c000-000000000024'
FROM (SELECT n, (date_trunc('quarter', now() AT TIME ZONE 'Europe/London') - n * interval '3 months')::date AS from_day
             FROM generate_series(1, 2) AS n) AS q WHERE n = 2;
INSERT INTO app.figure_record (release_id, partnership_id, tables)
VALUES ('11111111-0000-4000-ac62-000000000001', '11111111-0000-4000-0001-000000000001', '[{"name":"Why services said no, then",
    "dimensions":[{"name":"What","codes":["No space","Animals","All refusals"],
                   "sums":[{"total":"All refusals","parts":["No space","Animals"]}]}],
    "places":[["No space"],["Animals"],["All refusals"]],"counts":[35,10,45],"hidden":[false,false,false],"single":[]}]');

-- Data: a call of all who do casework, each of which has sent a file of two rows, one of them set aside; and another that
-- asks Lighthouse alone. The second piece of each file is as if it were encoded.
INSERT INTO app.data_specification (id, partnership_id, name, number, columns, from_day, recorded_at, recorded_by)
VALUES ('11111111-0000-4000-ac70-000000000001', '11111111-0000-4000-0001-000000000001', 'Harmed people for the tests', 1,
        '[{"name":"record_id","kind":"record","isNeeded":true,"categories":[]},
          {"name":"event_date","kind":"date","isNeeded":true,"categories":[]},
          {"name":"surname","kind":"name","isNeeded":false,"categories":[]},
          {"name":"dob","kind":"birth","isNeeded":false,"categories":[]},
          {"name":"sex","kind":"category","isNeeded":true,
           "categories":[{"code":"female","label":"Female"},{"code":"male","label":"Male"}]}]',
        '2001-02-03', now() - interval '9 days', '11111111-0000-4000-c000-000000000024');
INSERT INTO app.data_call (id, partnership_id, specification_id, title, from_day, until_day, due_on, kind, assessment_id,
    assessment_version, agreement, keep_until, recorded_at, recorded_by, closed_at)
SELECT ('11111111-0000-4000-ac73-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001',
       '11111111-0000-4000-ac70-000000000001', 'Call ' || n || ' for the tests', '2001-01-01', '2001-12-31', current_date + 30,
       'clear', '11111111-0000-4000-e071-000000000001', 1, 'An agreement for the tests', current_date + 400,
       now() - interval '9 days', '11111111-0000-4000-c000-000000000024', CASE n WHEN 2 THEN now() END
FROM generate_series(1, 2) AS n;
INSERT INTO app.data_asked (call_id, agency_id, partnership_id, is_health)
SELECT c.id, g.id, c.partnership_id, false FROM app.data_call c JOIN app.agency g ON g.partnership_id = c.partnership_id
WHERE right(g.id::text, 1) <> '5' AND (right(c.id::text, 1) = '1' OR right(g.id::text, 1) = '2');
INSERT INTO app.data_return (id, partnership_id, agency_id, call_id, number, kind, state, opt_out, layout, profile, parts,
    bytes, rows_done, rows_bad, keep_until, recorded_at, recorded_by, moved_at)
SELECT overlay(a.agency_id::text PLACING 'ac71' FROM 20 FOR 4)::uuid, a.partnership_id, a.agency_id, a.call_id, 1, 'clear',
       'received', 'notHealth',
       '{"separator":44,"headLine":1,"start":34,"line":2,"width":5,"places":[0,1,2,3,4],"isUTF8":true}',
       '{"base":1,"rows":2,"bad":1,"repeated":0,"blank":0,"fields":[
         {"name":"event_date","isAbsent":false,"counts":{"given":1},"newYears":0,"mended":0},
         {"name":"surname","isAbsent":false,"counts":{"given":1},"newYears":0,"mended":0},
         {"name":"dob","isAbsent":false,"counts":{"missing":1},"newYears":0,"mended":0},
         {"name":"sex","isAbsent":false,"counts":{"given":1},"newYears":0,"mended":0}]}',
       1, 80, 2, 1, current_date + 400, now() - interval '1 day', '11111111-0000-4000-c000-000000000004',
       now() - interval '1 day'
FROM app.data_asked a WHERE right(a.call_id::text, 1) = '1';
INSERT INTO app.data_part (return_id, agency_id, number, partnership_id, is_encoded, keep_until, sealed)
SELECT id, agency_id, n, partnership_id, n = 2, keep_until, '\x00' FROM app.data_return, generate_series(1, 2) AS n;
INSERT INTO app.data_row (return_id, agency_id, line, partnership_id, keep_until, place, bytes, is_bad, answers, remarks)
SELECT id, agency_id, n, partnership_id, keep_until, 34 + n, 20, n = 3,
       CASE n WHEN 2 THEN '{2001-05,"",female}'::text[] ELSE '{}' END,
       CASE n WHEN 3 THEN '{record_id:empty}'::text[] ELSE '{}' END
FROM app.data_return, generate_series(2, 3) AS n;
INSERT INTO app.data_mapping (id, partnership_id, agency_id, specification, field, written, category, number, recorded_at,
    recorded_by)
SELECT overlay(id::text PLACING 'ac72' FROM 20 FOR 4)::uuid, partnership_id, agency_id, 'Harmed people for the tests', 'sex',
       'F', 'female', 1, recorded_at, recorded_by
FROM app.data_return;

-- Landlords, of here and of elsewhere. Each case's tenant had a home of another's offered; of Maya's (101) they moved in, of
-- Ines's (111) it was refused. So has Pathways', which should have none.
INSERT INTO app.landlord (id, partnership_id, name, kind, is_here, recorded_at, recorded_by)
SELECT ('11111111-0000-4000-ac06-' || lpad(n::text, 12, '0'))::uuid, '11111111-0000-4000-0001-000000000001', name, kind, here,
       now() - interval '100 days', '11111111-0000-4000-c000-000000000004'
FROM (VALUES (1, 'Vale Council', 'council', true), (2, 'Elm Homes', 'registeredProvider', true),
             (3, 'Farton Council', 'council', false)) AS landlords(n, name, kind, here);
INSERT INTO app.reciprocal (id, partnership_id, agency_id, case_id, person_id, receiving_id, giving_id, bedrooms_held,
    tenancy_held, excluded, state, asked_on, offered_on, bedrooms_offered, tenancy_offered, accepted_on, moved_on, ended_on,
    because, words, recorded_at, recorded_by)
SELECT overlay(c.id::text PLACING 'f065' FROM 20 FOR 4)::uuid, c.partnership_id, c.agency_id, c.id, c.person_id,
       '11111111-0000-4000-ac06-000000000001', '11111111-0000-4000-ac06-000000000002', 3, 'secure', 'Excluded for the tests',
       s.state, c.opened_at::date, CASE WHEN s.state <> 'refused' THEN c.opened_at::date END,
       CASE WHEN s.state <> 'refused' THEN 2 END, CASE WHEN s.state <> 'refused' THEN 'fixedTerm' END,
       CASE s.state WHEN 'moved' THEN c.opened_at::date END, CASE s.state WHEN 'moved' THEN c.opened_at::date END,
       CASE s.state WHEN 'refused' THEN c.opened_at::date END, CASE s.state WHEN 'refused' THEN 'noHome' END,
       'Words for the tests', c.opened_at, c.opened_by
FROM app.case_record c
CROSS JOIN LATERAL (SELECT CASE right(c.id::text, 3) WHEN '101' THEN 'moved' WHEN '111' THEN 'refused' ELSE 'offered' END) AS s(state);
INSERT INTO app.housing_travel (request_id, partnership_id, agency_id, case_id, person_id, how, paid_by, booked, recorded_at,
    recorded_by)
SELECT id, partnership_id, agency_id, case_id, person_id, 'train', 'railToRefuge', 'yes', recorded_at, recorded_by
FROM app.housing_request WHERE substr(id::text, 20, 4) = 'ac04';
-- Each unit that is let was posted once, and still stands there.
INSERT INTO app.unit_posting (id, partnership_id, agency_id, unit_id, kind, said, recorded_at, recorded_by)
SELECT overlay(id::text PLACING 'ac07' FROM 20 FOR 4)::uuid, partnership_id, agency_id, id, 'posted', 'Posted for the tests',
       recorded_at, recorded_by
FROM app.housing_unit WHERE substr(id::text, 20, 4) = 'ac02';

INSERT INTO app.draft (account_id, form, partnership_id, fields_sealed)
SELECT id, '/contacts/new', partnership_id, '\x00' FROM app.account;
INSERT INTO app.submission (account_id, key, partnership_id, location)
SELECT id, overlay(id::text PLACING '8001' FROM 20 FOR 4)::uuid, partnership_id, '/' FROM app.account;
INSERT INTO app.saved_view (id, partnership_id, account_id, name, query, saved_at)
SELECT overlay(id::text PLACING '8002' FROM 20 FOR 4)::uuid, partnership_id, id, 'A view for the tests',
       'whose=mine&order=newest&risk=high', now() FROM app.account;
INSERT INTO app.search_request (id, partnership_id, account_id, criteria_sealed, purpose)
SELECT overlay(id::text PLACING '8000' FROM 20 FOR 4)::uuid, partnership_id, id, '\x00', 'Taking a call'
FROM app.account;

-- South: every row again with the other partnership's ids.
DO $mirror$
DECLARE
    mirrored text;
    columns text;
BEGIN
    FOREACH mirrored IN ARRAY ARRAY['area', 'risk_threshold', 'agency', 'agency_key', 'case_counter', 'account',
        'role_assignment', 'person', 'person_name', 'person_key', 'person_phone', 'person_address', 'safe_contact',
        'relationship', 'child_tie', 'household', 'household_member', 'risk_direction', 'same_person', 'lookup_agreement',
        'contact', 'case_record', 'case_closing', 'closing_decision', 'need', 'need_change', 'intervention', 'legal_order',
        'legal_order_change', 'order_breach', 'outcome_set', 'marac_referral', 'legal_matter', 'matter_entry',
        'housing_request', 'accommodation_service', 'housing_unit', 'unit_size', 'unit_location', 'housing_offer', 'unit_time', 'unit_stay',
        'housing_enquiry', 'address_told', 'stay_support', 'stay_service', 'stay_review',
        'figure_return', 'figure_release', 'figure_record', 'sanctuary', 'sanctuary_step', 'sanctuary_item', 'landlord', 'reciprocal', 'housing_travel', 'unit_posting',
        'programme', 'programme_group', 'programme_place', 'place_step', 'child_entry', 'child_request', 'case_team',
        'consent', 'disclosure', 'case_share', 'case_transfer', 'moved_output', 'instrument_wording', 'letter_wording', 'risk_assessment', 'attachment', 'letter',
        'risk_confirmation', 'safety_plan', 'programme_session', 'session_attendance', 'wall_note',
        'integrated_support', 'matac_score', 'supervision', 'supervision_decision', 'police_incident', 'risk_event',
        'marac_decision', 'contact_attempt', 'case_note', 'task', 'timeline_event', 'referral', 'emergency_access',
        'handover', 'rota_entry', 'working_time', 'interest_block', 'interest', 'interest_match', 'unusual_day',
        'unusual_access', 'processing_record', 'impact_assessment', 'data_specification', 'data_call', 'data_asked', 'data_return', 'data_part', 'data_row',
        'data_mapping', 'privacy_notice', 'data_matter', 'data_matter_step',
        'pack', 'pack_item', 'retention_rule', 'legal_hold', 'retention_day', 'retention_due', 'retention_proposal', 'draft', 'submission',
        'saved_view',
        'search_request']
    LOOP
        SELECT string_agg(quote_ident(attname), ', ') INTO columns FROM pg_attribute
        WHERE attrelid = ('app.' || mirrored)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        EXECUTE format('INSERT INTO app.%1$I (%2$s) SELECT %2$s FROM (SELECT (south.r).* FROM '
            '(SELECT replace(t::text, ''11111111-'', ''22222222-'')::app.%1$I AS r FROM app.%1$I t) AS south) AS r',
            mirrored, columns);
    END LOOP;
END $mirror$;

-- The contact that opened a case, and the one about it from a third party (who is nobody's record).
UPDATE app.contact c SET case_id = r.id, person_id = CASE WHEN substr(c.id::text, 20, 4) = 'e000' THEN c.person_id END
FROM app.case_record r
WHERE overlay(r.contact_id::text PLACING substr(c.id::text, 20, 4) FROM 20 FOR 4)::uuid = c.id
  AND substr(c.id::text, 20, 4) IN ('e000', 'e020');

-- A session for everyone, whose token is 'session-<name>' in north and 'session-south-<name>' in south; and three of
-- Hana's that reach nothing: one has given a password only, one lay idle too long, one came to its end.
RESET ROLE;
INSERT INTO app.session (id, token_hash, csrf, partnership_id, account_id, stage, browser, expires_at, ends_at)
SELECT overlay(a.id::text PLACING kind FROM 20 FOR 4)::uuid,
       sha256(convert_to('session-' || CASE p.slug WHEN 'south' THEN 'south-' ELSE '' END || coalesce(token, who),
                         'UTF8')),
       'csrf-' || who, a.partnership_id, a.id, stage, 'Browser', now() + idle, now() + whole
FROM app.account a JOIN app.partnership p ON p.id = a.partnership_id, split_part(a.email, '@', 1) AS who,
     (VALUES ('c002', NULL,      'full', interval '10 years', interval '10 years'),
             ('c012', 'code',    'code', interval '10 years', interval '10 years'),
             ('c022', 'expired', 'full', interval '-1 day',   interval '10 years'),
             ('c032', 'over',    'full', interval '10 years', interval '-1 day')
     ) AS kinds(kind, token, stage, idle, whole)
WHERE kind = 'c002' OR who = 'hana';

import Foundation
import Postgres

@testable import AppTestSupport

/// Fills a copy of the World with 50,000 people, 20,000 cases and what belongs to them, the same every time.
///
/// Rows have random-looking names and no real meaning. Nine in ten are north's, and six in ten are of a Harbour; a
/// hundred and twenty generated workers share the cases, and every hundredth case is restricted.
enum Crowd {
    /// How many rows a table must have before reading all of it counts as a fault.
    static let large = 10_000

    /// Loads the rows as the loader does and gathers statistics.
    static func load(into clone: Clone) async throws {
        try await clone.run(makers)
        try await clone.run("""
            SET LOCAL session_replication_role = replica;
            SET LOCAL ROLE drystone_loader;
            \(staff)
            \(people)
            \(cases)
            \(work)
            """)
        // Statistics from every row, not from a sample, so that plans are the same every time.
        try await clone.run("SET LOCAL default_statistics_target = 250; ANALYZE")
    }

    private static let staff = """
        INSERT INTO app.account (id, partnership_id, email, full_name)
        SELECT crowd_id('ac', n), partnership, 'worker' || n || '@crowd.example', 'Worker ' || n
        FROM (\(spread(120))) AS s;
        INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
        SELECT crowd_id('a1', n), partnership, crowd_id('ac', n), agency, 'idva', '2020-01-01'
        FROM (\(spread(120))) AS s;
        """

    private static let people = """
        INSERT INTO app.person (id, partnership_id, agency_id, given_name, family_name, date_of_birth, birth_known,
            created_at, created_by)
        SELECT crowd_id('d0', n), partnership, agency, initcap(letters(n % 997, 5)), initcap(letters(n % 7919, 8)),
               '1940-01-01'::date + (n * 7 % 25000), 'known', now() - n * interval '1 minute', \(worker)
        FROM (\(spread(50_000))) AS s;
        INSERT INTO app.person_name (id, partnership_id, agency_id, person_id, kind, given_name, family_name)
        SELECT crowd_id('d1', n), partnership, agency, crowd_id('d0', n), 'current', initcap(letters(n % 997, 5)),
               initcap(letters(n % 7919, 8)) FROM (\(spread(50_000))) AS s;
        INSERT INTO app.person_phone (id, partnership_id, agency_id, person_id, number_sealed, number_token)
        SELECT crowd_id('d2', n), partnership, agency, crowd_id('d0', n), '\\x00', sha256(n::text::bytea)
        FROM (\(spread(50_000))) AS s;
        INSERT INTO app.person_address (id, partnership_id, agency_id, person_id, protected, address_sealed,
            postcode_token, from_day, recorded_by)
        SELECT crowd_id('d3', n), partnership, agency, crowd_id('d0', n), false, '\\x00',
               sha256((n % 9000)::text::bytea), '2020-01-01', crowd_id('ac', 1) FROM (\(spread(50_000))) AS s;
        INSERT INTO app.safe_contact (id, partnership_id, agency_id, person_id, status, rule_sealed,
            asked_at, recorded_by)
        SELECT crowd_id('d4', n), partnership, agency, crowd_id('d0', n), 'asked', '\\x00', now(), crowd_id('ac', 1)
        FROM (\(spread(50_000))) AS s;
        INSERT INTO app.relationship (id, partnership_id, agency_id, harmed_id, harming_id, connection, recorded_by)
        SELECT crowd_id('d5', n), partnership, agency, crowd_id('d0', n), crowd_id('d0', n + 20000), 'married',
               crowd_id('ac', 1) FROM (\(spread(20_000))) AS s;
        """

    private static let cases = """
        INSERT INTO app.contact (id, partnership_id, agency_id, person_id, channel, caller, happened_at, recorded_by,
            safe_to_talk, other_person_nearby, children_present, injured, weapon, suicidal, reason, outcome)
        SELECT crowd_id('e0', n), partnership, agency, crowd_id('d0', n), 'helpline', 'harmedPerson',
               now() - n * interval '10 minutes', crowd_id('ac', 1), 'yes', 'no', 'no', 'no', 'no', 'no', 'Rang',
               'adviceGiven'
        FROM (\(spread(30_000))) AS s;
        INSERT INTO app.case_record (id, partnership_id, agency_id, person_id, contact_id, reference, risk, worker_id,
            restricted, opened_at, opened_by, clock_started_at, first_contact_due, next_due, closed_at)
        SELECT crowd_id('f0', n), partnership, agency, crowd_id('d0', n), crowd_id('e0', n), 'C-' || n, 'medium',
               CASE WHEN n % 51 > 0 THEN \(worker) END, n % 100 = 7, now() - n * interval '30 minutes',
               crowd_id('ac', 1), now() - interval '48 hours', now(), now() + n * interval '1 minute', CASE WHEN n % 7 < 3 THEN now() END
        FROM (\(spread(20_000))) AS s;
        INSERT INTO app.case_team (partnership_id, agency_id, case_id, account_id)
        SELECT partnership, agency, crowd_id('f0', n), \(worker) FROM (\(spread(20_000))) AS s;
        """

    private static let work = """
        INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
        SELECT crowd_id('f1', n), partnership, agency, crowd_id('f0', 1 + (n - 1) % 20000), 'Rang again',
               now() - n * interval '1 minute', crowd_id('ac', 1) FROM (\(spread(60_000))) AS s;
        INSERT INTO app.timeline_event (id, partnership_id, agency_id, case_id, kind, at, by_account)
        SELECT crowd_id('f5', n), partnership, agency, crowd_id('f0', 1 + (n - 1) % 20000), 'note-written',
               now() - n * interval '1 minute', crowd_id('ac', 1) FROM (\(spread(60_000))) AS s;
        INSERT INTO app.task (id, partnership_id, agency_id, case_id, kind, owner_id, started_at, due_at, done_at)
        SELECT crowd_id('f4', n), partnership, agency, crowd_id('f0', n), 'firstContact', \(worker), now(),
               now() + n * interval '1 minute', CASE WHEN n % 11 < 7 THEN now() END
        FROM (\(spread(20_000))) AS s;
        INSERT INTO app.contact_attempt (id, partnership_id, agency_id, case_id, person_id, channel, outcome,
            happened_at, rule, recorded_by)
        SELECT crowd_id('f2', n), partnership, agency, crowd_id('f0', n), crowd_id('d0', n), 'telephone', 'spoke',
               now(), 'allowed', crowd_id('ac', 1) FROM (\(spread(20_000))) AS s;
        INSERT INTO app.risk_assessment (id, partnership_id, agency_id, person_id, case_id, instrument, answers,
            yes_count, open_count, threshold, national_threshold, level, bases, assessed_at, assessed_by)
        SELECT crowd_id('f3', n), partnership, agency, crowd_id('d0', n), crowd_id('f0', n), 'dash', '', 3, 0, 12, 14,
               'medium', '{score}'::text[], now(), crowd_id('ac', 1) FROM (\(spread(20_000))) AS s;
        """

    /// Of the case with number `n`: Imran, or a generated worker of the same agency.
    private static let worker = """
        CASE n % 120 WHEN 1 THEN '\(World.Staff.imran.account.column)'::uuid ELSE crowd_id('ac', 1 + (n - 1) % 120) END
        """

    /// Ids and names made from numbers.
    private static let makers = """
        CREATE FUNCTION public.crowd_id(kind text, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
            SELECT ('cccccccc-0000-4000-00' || kind || '-' || lpad(n::text, 12, '0'))::uuid $$;
        CREATE FUNCTION public.letters(n bigint, size int) RETURNS text LANGUAGE sql IMMUTABLE AS $$
            SELECT left(translate(md5(n::text), '0123456789', 'ghijklmnop'), size) $$;
        """

    /// Numbers 1 to `count`, each with its agency and that agency's partnership. A thing has its parent's number, so
    /// that they are of one agency: the agency repeats every twenty numbers.
    private static func spread(_ count: Int) -> String {
        """
        SELECT n, ag.id AS agency, ag.partnership_id AS partnership
        FROM generate_series(1, \(count)) AS n JOIN (SELECT a.*, p.slug FROM app.agency a
             JOIN app.partnership p ON p.id = a.partnership_id) AS ag
          ON ag.slug = CASE WHEN n % 10 = 9 THEN 'south' ELSE 'north' END
         AND ag.name = CASE WHEN n % 20 < 12 THEN 'Harbour' WHEN n % 20 < 18 THEN 'Lighthouse'
                       ELSE 'Northfield Housing' END
        """
    }
}

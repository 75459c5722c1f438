import Foundation
import Postgres

@testable import AppTestSupport

/// A copy of the World in which row-level security stands alone: the roles of the server are granted everything that
/// can be granted on the tables, and tables that the World leaves empty have rows too.
struct Widened: Sendable {
    /// The copy.
    let clone: Clone
    /// Its tables.
    let catalogue: Catalogue

    /// The roles whose policies are tested.
    static let roles = ["drystone_app", "drystone_auth", "drystone_auditor"]

    /// Makes the copy, runs `body`, and drops it.
    static func use<T>(_ body: (Widened) async throws -> T) async throws -> T {
        try await Clone.use { clone in
            try await clone.run(rest + admitted + roles.map { role in
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA app TO \(role);"
            }.joined())
            let catalogue = try await clone.undone { db in try db.catalogue() }
            return try await body(Widened(clone: clone, catalogue: catalogue))
        }
    }

    /// Rows for the tables that belong to signing in and to the audit log, in both partnerships.
    private static let rest = """
        INSERT INTO app.recovery_code (partnership_id, account_id, code_hash)
        SELECT partnership_id, id, sha256(convert_to('code ' || id, 'UTF8')) FROM app.account;
        INSERT INTO app.invitation (token_hash, partnership_id, account_id, invited_by, expires_at)
        SELECT sha256(convert_to('invitation ' || id, 'UTF8')), partnership_id, id,
               overlay(id::text PLACING '14' FROM 35 FOR 2)::uuid, now() + interval '1 day'
        FROM app.account WHERE right(id::text, 2) IN ('17', '18');
        INSERT INTO app.known_device (token_hash, partnership_id, account_id)
        SELECT sha256(convert_to('device ' || id, 'UTF8')), partnership_id, id FROM app.account;
        INSERT INTO app.throttle (bucket, partnership_id, failures, last_failure_at)
        SELECT sha256(convert_to('bucket ' || id, 'UTF8')), id, 1, now() FROM app.partnership;
        INSERT INTO app.rate_window (bucket, partnership_id, starts_at, requests)
        SELECT sha256(convert_to('bucket ' || id, 'UTF8')), id, now(), 1 FROM app.partnership;
        INSERT INTO app.audit_event (id, partnership_id, at, account_id, event, subject_kind, subject_id, leaf)
        SELECT gen_random_uuid(), partnership_id, now(), id, 'signed-in', 'account', id, '\\x00' FROM app.account;
        INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, reason)
        SELECT gen_random_uuid(), partnership_id, overlay(id::text PLACING 'c000-000000000015' FROM 20 FOR 17)::uuid, id,
               'Declared' FROM app.person WHERE right(id::text, 3) = '101';
        UPDATE app.search_request SET contact_id = overlay(id::text PLACING 'e000-000000000101' FROM 20 FOR 17)::uuid
        WHERE right(id::text, 2) = '02';
        INSERT INTO app.audit_event (id, partnership_id, at, event, subject_kind, subject_id, leaf)
        SELECT gen_random_uuid(), partnership_id, now(),
               CASE kind WHEN 'case' THEN 'case-viewed' WHEN 'person' THEN CASE WHEN right(id::text, 1) = '0'
                   THEN 'child-viewed' ELSE 'person-viewed' END ELSE 'seen' END, kind, id,
               '\\x00' FROM (
            SELECT partnership_id, 'person' AS kind, id FROM app.person
            UNION ALL SELECT partnership_id, 'case', id FROM app.case_record
            UNION ALL SELECT partnership_id, 'note', id FROM app.case_note
            UNION ALL SELECT partnership_id, 'risk', id FROM app.risk_assessment
            UNION ALL SELECT partnership_id, 'contact', id FROM app.contact
            UNION ALL SELECT partnership_id, 'task', id FROM app.task
            UNION ALL SELECT partnership_id, 'referral', id FROM app.referral
            UNION ALL SELECT partnership_id, 'search', id FROM app.search_request) AS subjects;
        UPDATE app.account SET password_hash = 'set', totp_sealed = '\\x00' WHERE right(id::text, 2) = '01';
        INSERT INTO app.renewal (id, partnership_id, account_id, recognised, proposed_by, decided_by, decided_at,
            confirmed)
        SELECT gen_random_uuid(), a.partnership_id, a.id, 'inPerson',
               overlay(a.id::text PLACING '14' FROM 35 FOR 2)::uuid,
               CASE WHEN decided THEN overlay(a.id::text PLACING '18' FROM 35 FOR 2)::uuid END,
               CASE WHEN decided THEN now() END, CASE WHEN decided THEN true END
        FROM app.account a, unnest('{true,false}'::boolean[]) AS decided WHERE right(a.id::text, 2) = '01';
        INSERT INTO app.audit_seal (partnership_id, n, audit_id)
        SELECT partnership_id, row_number() OVER (PARTITION BY partnership_id ORDER BY id), id FROM app.audit_event;
        INSERT INTO app.audit_unsealed (partnership_id, audit_id) SELECT partnership_id, id FROM app.audit_event;
        INSERT INTO app.audit_checkpoint (partnership_id, size, root, frontier, note)
        SELECT id, 1, '\\x00', '\\x00', '' FROM app.partnership;
        """

    /// `admitted(table, candidates)` tells which candidates the policies let in: `[{"row": {...}, "with": {...}}]`.
    /// A row that a policy refuses is refused before any key or check is looked at, so every other error means yes.
    private static let admitted = """
        CREATE FUNCTION public.admitted(target regclass, columns text, candidates jsonb) RETURNS int[]
        LANGUAGE plpgsql AS $$
        DECLARE
            found int[] := '{}';
            statement text := format('INSERT INTO %1$s (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $1)',
                                     target, columns);
            candidate jsonb;
            place int := 0;
        BEGIN
            FOR candidate IN SELECT jsonb_array_elements(candidates) LOOP
                BEGIN
                    EXECUTE statement USING (candidate->'row') || (candidate->'with');
                    RAISE EXCEPTION 'undone';
                EXCEPTION
                    WHEN insufficient_privilege THEN NULL;
                    WHEN OTHERS THEN found := found || place;
                END;
                place := place + 1;
            END LOOP;
            RETURN found;
        END $$;
        """
}

import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("The functions that say who is asking", .needsClone)
struct ViewerFunctionTests {
    @Test func `they agree with the oracle for everybody, and for tokens that are nobody's`() async throws {
        try await Clone.lend { clone in
            let mismatches = try await clone.undone { db in
                try db.misjudged(try db.survey(db.catalogue(), Visitor.everyone + Visitor.nobody))
            }
            #expect(mismatches == [])
        }
    }

    @Test func `they say the same where a session keeps the answers, and where what it kept has run out`() async throws {
        try await Clone.lend { clone in
            let (kept, mismatches) = try await clone.undone { db in
                let survey = try db.survey(db.catalogue(), Visitor.everyone + Visitor.nobody)
                return (try db.keepSomePosts(), try db.misjudged(survey))
            }
            #expect(kept.fresh > 10 && kept.stale > 10)
            #expect(mismatches == [])
        }
    }

    @Test func `what a session keeps is forgotten when a role begins, changes or ends, and when somebody leaves`()
        async throws {
        let changes: [SQL] = [
            "UPDATE app.role_assignment SET ends_on = current_date - 1 WHERE account_id = \(World.Staff.petra.account)",
            "DELETE FROM app.role_assignment WHERE account_id = \(World.Staff.petra.account)",
            """
            INSERT INTO app.role_assignment SELECT gen_random_uuid(), partnership_id, account_id, agency_id,
                'serviceManager', current_date FROM app.role_assignment
            WHERE account_id = \(World.Staff.petra.account) LIMIT 1
            """,
            "UPDATE app.account SET ended_at = now() WHERE id = \(World.Staff.petra.account)",
            "UPDATE app.account SET ended_at = now() + interval '1 hour' WHERE id = \(World.Staff.petra.account)",
        ]
        try await Clone.lend { clone in
            let remembered = try await clone.undone { db in
                try changes.filter { change in
                    try db.attempt { db in
                        try db.run("""
                            UPDATE app.session s SET kept_reach = p.reach, kept_roles = p.roles, kept_until = p.until
                            FROM app.posts_of(\(World.Staff.petra.account)) p
                            WHERE s.account_id = \(World.Staff.petra.account)
                            """)
                        try db.run(change)
                        return try db.first("""
                            SELECT bool_or(kept_until IS NOT NULL) AS remembered FROM app.session
                            WHERE account_id = \(World.Staff.petra.account)
                            """) { try $0["remembered"] as Bool } != false
                    }.get()
                }.map(\.text)
            }
            #expect(remembered == [])
        }
    }

    @Test func `nothing is kept beyond the day in London, nor beyond the last moment of an account`() async throws {
        try await Clone.lend { clone in
            let isWithin = try await clone.undone { db in
                try db.run("UPDATE app.account SET ended_at = now() + interval '1 second' WHERE id = \(World.Staff.gwen.account)")
                return try db.first("""
                    SELECT bool_and(until <= ((now() AT TIME ZONE 'Europe/London')::date + 1)::timestamp
                                    AT TIME ZONE 'Europe/London' AND until <= coalesce(a.ended_at, 'infinity'))
                           AND count(*) FILTER (WHERE a.ended_at IS NOT NULL) > 0 AS within
                    FROM app.account a, app.posts_of(a.id) WHERE until IS NOT NULL
                    """) { try $0["within"] as Bool }
            }
            #expect(isWithin == true)
        }
    }

    @Test func `without any one of their conditions they don't`() async throws {
        try await Clone.lend { clone in
            let survivors = try await clone.undone { db in
                let survey = try db.survey(db.catalogue(), Visitor.everyone + Visitor.nobody)
                try db.keepSomePosts()
                var survivors: [String] = []
                for (function, conditions) in Self.conditions {
                    let definition: String? = try db.first(
                        "SELECT pg_get_functiondef(\(function)::regprocedure) AS text") { try $0["text"] }
                    for condition in conditions {
                        let mutants = (definition ?? "").without(condition)
                        if mutants.isEmpty { survivors.append("\(function) does not say: \(condition)") }
                        for (place, mutant) in mutants.enumerated() {
                            let noticed = try db.attempt { db in
                                try db.script(mutant)
                                return try !db.misjudged(survey).isEmpty
                            }
                            let isKilled: Bool
                            switch noticed {
                            case .success(let isNoticed): isKilled = isNoticed
                            // Failing at work is being noticed; failing to be a function is not.
                            case .failure(let error): isKilled = error.sqlState != "42601"
                            }
                            if !isKilled { survivors.append("\(function) without \(condition), \(place + 1)") }
                        }
                    }
                }
                return survivors
            }
            #expect(survivors == [])
        }
    }

    private static let session = [
        "s.token_hash = sha256(convert_to(nullif(current_setting('app.session', true), ''), 'UTF8'))",
        "s.stage = 'full'", "s.expires_at > now()", "s.ends_at > now()", "s.kept_until > now()",
    ]
    private static let ended = "(a.ended_at IS NULL OR a.ended_at > now())"
    private static let inForce = [
        "r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date",
        "(r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date)",
    ]

    /// Every condition of every function that a policy calls.
    private static let conditions: [(String, [String])] = [
        ("app.viewer()", session + [ended, "a.id = who"]),
        ("app.viewer_reach()", session),
        ("app.viewer_roles()", session),
        ("app.posts_of(uuid)", [
            "r.account_id = a.id", "r.starts_on <= today", "(r.ends_on IS NULL OR r.ends_on >= today)", "a.id = who", ended,
            """
            r.role IN
                           ('helplineWorker', 'idva', 'childrensWorker', 'serviceManager', 'accommodationWorker', 'housingOfficer',
                            'perpetratorWorker', 'referrer')
            """,
        ]),
        ("app.viewer_barred()", [
            "b.account_id = me", "b.person_id IS NOT NULL", "b.case_id IS NOT NULL", "r.harming_id = b.person_id",
            "c.id = b.case_id", "c.restricted", "c.partnership_id = here", "c.id = t.case_id", "t.account_id = me",
            "c.person_id <> ALL (known)", "c.person_id = ANY (people)", "c.person_id = ANY (known)", "c.id <> ALL (ours)",
        ]),
    ]
}

extension Connection {
    /// South's sessions keep what their accounts' roles give; north's keep something wrong that has run out.
    @discardableResult
    fileprivate func keepSomePosts() throws -> (fresh: Int, stale: Int) {
        let fresh = try run("""
            UPDATE app.session s SET kept_reach = p.reach, kept_roles = p.roles, kept_until = p.until
            FROM app.session q, LATERAL app.posts_of(q.account_id) p
            WHERE q.id = s.id AND p.until IS NOT NULL AND s.partnership_id = (SELECT max(id::text)::uuid FROM app.partnership)
            """)
        let stale = try run("""
            UPDATE app.session s SET kept_until = now() - interval '1 second',
                kept_reach = ARRAY(SELECT id FROM app.agency), kept_roles = ARRAY(SELECT DISTINCT role FROM app.role_assignment)
            WHERE kept_until IS NULL
            """)
        return (fresh, stale)
    }

    /// Visitors about whom a function says something else than the oracle.
    fileprivate func misjudged(_ survey: Survey) throws -> [String] {
        var found: [String] = []
        for (visitor, oracle) in zip(survey.visitors, survey.oracles) {
            try become("drystone_app", token: visitor.token)
            let answer = try first("""
                SELECT app.viewer_account()::text AS account, app.viewer_partnership()::text AS partnership,
                       ARRAY(SELECT coalesce(x::text, 'nothing') FROM unnest(app.viewer_reach()) AS x) AS reach,
                       ARRAY(SELECT coalesce(x, 'nothing') FROM unnest(app.viewer_roles()) AS x) AS roles,
                       ARRAY(SELECT coalesce(b::text, 'nothing') FROM app.viewer_barred() AS b) AS barred
                """) { row in
                let account: String? = try row["account"]
                let partnership: String? = try row["partnership"]
                let reach: [String] = try row["reach"], roles: [String] = try row["roles"]
                let barred: [String] = try row["barred"]
                return account == oracle.account && partnership == oracle.partnership && Set(reach) == oracle.agencies
                    && Set(roles) == oracle.roles && Set(barred) == oracle.withheld
            }
            if answer != true { found.append(visitor.token) }
        }
        try run("RESET ROLE")
        return found
    }
}

extension String {
    /// This text with one occurrence of `condition` after the other replaced by `true`.
    fileprivate func without(_ condition: String) -> [String] {
        ranges(of: condition).map { replacingCharacters(in: $0, with: "true") }
    }
}

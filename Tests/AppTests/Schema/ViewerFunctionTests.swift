import Foundation
import Postgres
import Testing

@Suite("The functions that say who is asking", .needsClone)
struct ViewerFunctionTests {
    @Test func `they agree with the oracle for everybody, and for tokens that are nobody's`() async throws {
        try await Clone.use { clone in
            let mismatches = try await clone.undone { db in
                try db.misjudged(try db.survey(db.catalogue(), Visitor.everyone + Visitor.nobody))
            }
            #expect(mismatches == [])
        }
    }

    @Test func `without any one of their conditions they don't`() async throws {
        try await Clone.use { clone in
            let survivors = try await clone.undone { db in
                let survey = try db.survey(db.catalogue(), Visitor.everyone + Visitor.nobody)
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
        "s.stage = 'full'", "s.expires_at > now()", "s.ends_at > now()", "(a.ended_at IS NULL OR a.ended_at > now())",
    ]
    private static let inForce = [
        "r.starts_on <= (now() AT TIME ZONE 'Europe/London')::date",
        "(r.ends_on IS NULL OR r.ends_on >= (now() AT TIME ZONE 'Europe/London')::date)",
    ]

    /// Every condition of every function that a policy calls.
    private static let conditions: [(String, [String])] = [
        ("app.viewer_account()", session),
        ("app.viewer_partnership()", session),
        ("app.viewer_reach()",
         session + inForce + ["r.role IN ('helplineWorker', 'idva', 'serviceManager', 'housingOfficer', 'perpetratorWorker', 'referrer')"]),
        ("app.viewer_roles()", session + inForce),
        ("app.viewer_barred()", [
            "b.account_id = me", "b.person_id IS NOT NULL", "b.case_id IS NOT NULL", "r.harming_id = b.person_id",
            "c.id = b.case_id", "c.restricted", "c.partnership_id = here", "c.id = t.case_id", "t.account_id = me",
            "c.person_id <> ALL (known)", "c.person_id = ANY (people)", "c.person_id = ANY (known)", "c.id <> ALL (ours)",
        ]),
    ]
}

extension Connection {
    /// Visitors about whom a function says something else than the oracle.
    fileprivate func misjudged(_ survey: Survey) throws -> [String] {
        var found: [String] = []
        for (visitor, oracle) in zip(survey.visitors, survey.oracles) {
            try become("drystone_app", token: visitor.token)
            let answer = try first("""
                SELECT app.viewer_account()::text AS account, app.viewer_partnership()::text AS partnership,
                       coalesce(app.viewer_reach(), '{}')::text[] AS reach, coalesce(app.viewer_roles(), '{}') AS roles,
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

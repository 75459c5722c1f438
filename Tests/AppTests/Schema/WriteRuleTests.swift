import Foundation
import Postgres
import Testing

@testable import AppTestSupport

@Suite("Writing", .needsClone)
struct WriteRuleTests {
    @Test func `no row can be moved to another agency or partnership`() async throws {
        try await Widened.use { world in
            let (tried, moved) = try await world.clone.undone { db in
                try db.run("SET LOCAL session_replication_role = replica")
                var moved: [String] = []
                var tried = 0
                // The agency of a role is where it is done, not whose row it is: administrators give roles anywhere. They
                // record any agency's agreement too; nobody is granted its agency's column.
                let anywhere: Set = ["role_assignment", "lookup_agreement"]
                for table in world.catalogue.tables where !anywhere.contains(table.name) {
                    let outcome = try db.moves(of: table)
                    tried += outcome.tried
                    moved += outcome.moved
                }
                return (tried, moved)
            }
            #expect(moved == [])
            #expect(tried > 40)
        }
    }

    @Test func `a shared case is read and never written`() async throws {
        try await Clone.lend { clone in
            let (seen, changed, refusals) = try await clone.undone { db in
                try db.signIn(.imran)
                let seen = try db.run("SELECT id FROM app.case_record WHERE id = \(World.faridasCase)")
                let changed = try db.run("UPDATE app.case_record SET risk = 'standard' WHERE id = \(World.faridasCase)")
                    + db.run("UPDATE app.risk_assessment SET case_id = case_id WHERE case_id = \(World.faridasCase)")
                let refusals = try [World.lighthouse, World.harbour].map { agency in
                    try db.refusal(of: """
                        INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
                        VALUES (\(UUID()), \(World.north), \(agency), \(World.faridasCase), 'x', now(),
                                \(World.Staff.imran.account))
                        """)
                }
                return (seen, changed, refusals)
            }
            #expect(seen == 1)
            #expect(changed == 0)
            #expect(refusals == ["42501", "23503"] as [String?])
        }
    }

    @Test func `an assessment is never changed; it can be put with a case, once`() async throws {
        try await Clone.lend { clone in
            let (answers, changed) = try await clone.undone { db in
                try db.signIn(.ivy)
                let loose = World.id(.earlierAssessment, of: World.olive)
                let answers = try db.refusal(of: "UPDATE app.risk_assessment SET answers = '' WHERE id = \(loose)")
                let cases: [UUID?] = [World.olivesCase, World.mayasCase, nil]
                let changed = try cases.map { record in
                    try db.run("UPDATE app.risk_assessment SET case_id = \(record) WHERE id = \(loose)")
                }
                return (answers, changed)
            }
            #expect(answers == "42501")
            #expect(changed == [1, 0, 0])
        }
    }

    @Test func `nobody signs with another's name`() async throws {
        try await Clone.lend { clone in
            let refusals = try await clone.undone { db in
                try db.signIn(.imran)
                return try [World.Staff.imran, .ivy].map { author in
                    try db.refusal(of: """
                        INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
                        VALUES (\(UUID()), \(World.north), \(World.harbour), \(World.mayasCase), 'x', now(),
                                \(author.account))
                        """)
                }
            }
            #expect(refusals == [nil, "42501"] as [String?])
        }
    }

    @Test func `an administrator gives roles to others, in this partnership, and never to themselves`() async throws {
        try await Clone.lend { clone in
            let (refusals, longer) = try await clone.undone { db in
                try db.signIn(.adaeze)
                let south = World.Staff.noor.account(in: .south)
                let refusals = try [
                    (World.Staff.noor.account, World.harbour, World.north),
                    (World.Staff.adaeze.account, World.harbour, World.north),
                    (south, World.mirrored(World.harbour), World.south),
                    (south, World.harbour, World.north),
                ].map { account, agency, partnership in
                    try db.refusal(of: """
                        INSERT INTO app.role_assignment (id, partnership_id, account_id, agency_id, role, starts_on)
                        VALUES (\(UUID()), \(partnership), \(account), \(agency), 'idva', '2020-01-01')
                        """)
                }
                let longer = try [World.Staff.tamsin, .adaeze].map { staff in
                    try db.run("UPDATE app.role_assignment SET ends_on = NULL WHERE account_id = \(staff.account)")
                }
                return (refusals, longer)
            }
            #expect(refusals == [nil, "42501", "42501", "23503"] as [String?])
            #expect(longer == [1, 0])
        }
    }

    @Test func `an interest is declared for oneself, cannot be taken back, and counts from the next statement`()
        async throws {
        try await Clone.lend { clone in
            let (other, before, after, undone) = try await clone.undone { db in
                try db.signIn(.imran)
                func declare(_ account: UUID) -> SQL {
                    """
                    INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, reason)
                    VALUES (\(UUID()), \(World.north), \(account), \(World.maya), 'A cousin')
                    """
                }
                let other = try db.refusal(of: declare(World.Staff.ivy.account))
                let count: SQL = """
                    SELECT (SELECT count(*) FROM app.person WHERE id = \(World.maya))
                         + (SELECT count(*) FROM app.case_note WHERE case_id = \(World.mayasCase)) AS n
                    """
                let before: Int? = try db.first(count) { try $0["n"] }
                try db.run(declare(World.Staff.imran.account))
                let after: Int? = try db.first(count) { try $0["n"] }
                return (other, before, after, try db.refusal(of: "DELETE FROM app.interest_block"))
            }
            #expect(other == "42501")
            #expect(before == 2)
            #expect(after == 0)
            #expect(undone == "42501")
        }
    }

    @Test func `whoever signs in may change the account so often that a row moves to another page`() async throws {
        try await Clone.lend { clone in
            let refusals = try await clone.undone { db in
                try db.become("drystone_auth")
                return try (1...200).compactMap { step in
                    try db.refusal(of: """
                        UPDATE app.account SET totp_last_step = \(step) WHERE id = \(World.Staff.hana.account)
                        """)
                }
            }
            #expect(refusals.isEmpty)
        }
    }

    @Test func `the door can keep a form's words in a draft, and cannot read them back`() async throws {
        try await Clone.lend { clone in
            let (kept, read) = try await clone.undone { db in
                try db.become("drystone_auth")
                let kept = try ["/contacts/new", "/people/new"].map { form in
                    try db.refusal(of: """
                        INSERT INTO app.draft (account_id, form, partnership_id, fields_sealed)
                        VALUES (\(World.Staff.hana.account), \(form), \(World.north), '\\x01')
                        ON CONFLICT (account_id, form) DO UPDATE SET fields_sealed = '\\x01', saved_at = now()
                        """)
                }
                return (kept, try db.refusal(of: "SELECT fields_sealed FROM app.draft"))
            }
            #expect(kept == [nil, nil] as [String?])
            #expect(read == "42501")
        }
    }
}

extension Connection {
    /// Tries to move every row that Gwen may change to another agency, and to another partnership: how often there was
    /// anything to try, and what no policy refused.
    func moves(of table: Catalogue.Table) throws -> (tried: Int, moved: [String]) {
        var tried = 0
        var moved: [String] = []
        for (column, value) in [("agency_id", World.lighthouse), ("partnership_id", World.south)] where table.has(column) {
            // Gwen may change accounts and roles as well as Harbour's casework.
            try signIn(.gwen)
            if try allowed(.change, table).isEmpty { continue }
            tried += 1
            // What is written once is written now: or it would be refused for that.
            let once = Casework.rules[table.name]?.frozenBy.map { frozen -> SQL in
                if frozen.hasSuffix("_on") { return ", \(SQL.identifier(frozen)) = current_date" }
                guard frozen.hasSuffix("_at") || frozen == "withdrawn_by" else {
                    return ", \(SQL.identifier(frozen)) = \(World.olivesCase)"
                }
                let (at, by) = (SQL.identifier(frozen.dropLast(3) + "_at"), SQL.identifier(frozen.dropLast(3) + "_by"))
                return ", \(at) = now(), \(by) = \(World.Staff.gwen.account)"
            } ?? ""
            let refusal = try refusal(of: "UPDATE \(table.sql) SET \(SQL.identifier(column)) = \(value)\(once)")
            if refusal != "42501" { moved.append("\(table.name).\(column): \(refusal ?? "moved")") }
        }
        return (tried, moved)
    }
}

import Foundation
import Postgres
import Testing
@testable import App
@testable import AppTestSupport

/// Maya's case is Harbour's, high risk and Imran's; Lowri manages Lighthouse, where Lucia works. Beth's case waits for
/// Harbour, Rina's for Lighthouse; Nerys's has moved to Harbour, and Lighthouse's days are over.
@Suite("Cases that move", .needsClone)
struct TransferTests {
    private let base = "/cases/\(World.mayasCase.column)"

    /// Imran asks Lighthouse to take Maya's case over, with her agreement.
    private func ask(
        _ site: TestSite, as who: World.Staff = .imran, agreement: String? = nil, tail: String = "14"
    ) async throws -> Seen {
        let browser = Browser(site, as: who)
        var form = try await browser.get("\(base)/transfers/new").form("\(base)/transfers/new")
        for (name, value) in [
            ("kind", "agency"), ("to", World.lighthouse.column), ("words", "Ring the <b>school</b> first"),
            ("necessity", "She moves to their side of town"), ("tail", tail),
            ("agreement", agreement ?? "consent-\(World.id(.consent, 101).column)"),
        ] { form.forge(name, value) }
        return try await browser.submit(form)
    }

    private func path(in page: Seen) throws -> String {
        try #require(page.markup.all("a").compactMap { $0["href"] }.first { $0.hasPrefix("/transfers/") })
    }

    @Test func `asked and accepted, it goes on at the other agency with its grade, its clock and what is due`()
        async throws {
        try await TestSite.rolledBack { site in
            let asked = try await ask(site)
            #expect(asked.path == "\(base)/transfers" && asked.text.contains("To Lighthouse"))
            let path = try path(in: asked)
            let imran = Browser(site, as: .imran)
            let lowri = Browser(site, as: .lowri)
            // Until the answer it is where it was, and they see what a referral would tell.
            #expect(try await imran.get("\(base)/notes/new").status == 200)
            #expect(try await lowri.get("/shift").text.contains("asks you to take a case over"))
            #expect(try await lowri.get(base).status == 404)
            #expect(try await Browser(site, as: .lucia).get(path).status == 404)
            let page = try await lowri.get(path)
            for told in ["Maya Castell", "Ring the <b>school</b> first", "Marcus Dunmore", "High", "They agreed"] {
                #expect(page.text.contains(told), "\(told)")
            }
            #expect(!page.text.contains(World.telephone(of: World.maya)))
            #expect(Int(page.answer["X-Queries"] ?? "99") ?? 99 <= 8)
            #expect(try await site.auditLog().contains { $0.event == "transfer-viewed" && $0.subject == World.mayasCase })
            #expect(try await lowri.submit(page.form("\(path)/accept")).errors == ["Select who takes the case"])

            var form = try await lowri.get(path).form("\(path)/accept")
            form.forge("worker", World.Staff.lucia.account.column)
            let taken = try await lowri.submit(form)
            #expect(taken.path.hasPrefix("/cases/") && taken.path != base && taken.text.contains("Maya Castell"))
            #expect(taken.text.contains("Lucia Wren-Adeyemi") && taken.text.contains("Taken over from another agency"))
            #expect(taken.text.contains("High") && taken.text.contains("Non-molestation order"))
            let new = try #require(UUID(uuidString: String(taken.path.dropFirst(7))))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.case_record n JOIN app.case_record o ON o.id = \(World.mayasCase)
                WHERE n.id = \(new) AND n.first_contact_due = o.first_contact_due AND n.risk = o.risk
                  AND o.closed_at IS NOT NULL AND n.worker_id = \(World.Staff.lucia.account)
                """) == 1)
            for table in ["marac_referral", "legal_matter", "need", "marac_decision"] {
                #expect(try await site.howMany(
                    "SELECT count(*)::int AS n FROM app.\(SQL.identifier(table)) WHERE case_id = \(new)") > 0, "\(table)")
            }
            #expect(try await site.auditLog().contains { $0.event == "transfer-accepted" })
            // She may be contacted as she said, and all that was is there to read.
            let lucia = Browser(site, as: .lucia)
            #expect(try await lucia.get(taken.path).text.contains("Withhold the number"))
            #expect(try await lucia.get(base).text.contains("A note of case"))
            #expect(try await lucia.get("\(base)/notes/new").status == 404)
        }
    }

    @Test func `the sender reads it for the days that were chosen, writes nothing, and then it is gone`() async throws {
        try await TestSite.rolledBack { site in
            let path = try path(in: await ask(site))
            let lowri = Browser(site, as: .lowri)
            var form = try await lowri.get(path).form("\(path)/accept")
            form.forge("worker", World.Staff.lucia.account.column)
            _ = try await lowri.submit(form)
            let imran = Browser(site, as: .imran)
            let old = try await imran.get(base)
            #expect(old.status == 200 && old.text.contains("Moved to Lighthouse"))
            #expect(try await imran.get("/").text.contains("Taken over by Lighthouse"))
            #expect(try await imran.get("\(base)/transfers").text.contains("Harbour reads it until"))
            // No share of it, either.
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.case_share WHERE case_id = \(World.mayasCase) AND ends_at > now()
                """) == 0)
            try await site.alter("UPDATE app.case_transfer SET tail_ends_at = now() WHERE new_case_id IS NOT NULL",
                                 "UPDATE app.withheld SET hidden_from = now() WHERE because_of = \(World.maya)")
            for path in [base, "\(base)/transfers", "/people/\(World.maya.column)"] {
                #expect(try await imran.get(path).status == 404, "\(path)")
            }
            #expect(try await Browser(site, as: .lucia).get(base).status == 200)
        }
    }

    @Test func `the database takes nothing from the sender once it has moved`() async throws {
        try await Clone.lend { clone in
            let refusals = try await clone.undone { db in
                try db.run("""
                    UPDATE app.case_transfer SET tail_ends_at = now() + interval '5 days' WHERE id = \(World.id(.transfer, 206))
                    """)
                try db.run("UPDATE app.withheld SET hidden_from = now() + interval '5 days' WHERE moved")
                try db.signIn(.lucia)
                let seen = try db.first("SELECT count(*)::int AS n FROM app.case_record WHERE id = \(World.neryssCase)") {
                    try $0["n"] as Int
                }
                return [
                    seen.map(String.init),
                    try db.refusal(of: "UPDATE app.case_record SET risk = 'high' WHERE id = \(World.neryssCase)"),
                    try db.refusal(of: """
                        INSERT INTO app.case_note (id, partnership_id, agency_id, case_id, body, written_at, written_by)
                        VALUES (\(UUID()), \(World.north), \(World.lighthouse), \(World.neryssCase), 'x', now(),
                                \(World.Staff.lucia.account))
                        """),
                ]
            }
            #expect(refusals == ["1", "42501", "42501"] as [String?])
        }
    }

    @Test func `not taken over, it stays, and whoever asked is told why; taken back, nobody can answer`() async throws {
        try await TestSite.rolledBack { site in
            let path = "/transfers/\(World.id(.transfer, 203).column)"
            let hana = Browser(site, as: .hana)
            #expect(try await hana.get("/transfers").text.contains("Lighthouse"))
            let page = try await hana.get(path)
            #expect(page.text.contains("Wanda Wayfarer"))
            #expect(try await hana.submit(page.form("\(path)/reject")).errors == ["Enter why"])
            var form = try page.form("\(path)/reject")
            form.forge("reason", "No <i>room</i>")
            let said = try await hana.submit(form)
            #expect(said.text.contains("Not taken over") && said.text.contains("No <i>room</i>"))
            #expect(!said.text.contains("Wanda Wayfarer"))
            let lucia = Browser(site, as: .lucia)
            #expect(try await lucia.get("/").text.contains("Not taken over: the case is still yours"))
            #expect(try await lucia.get("/cases/\(World.bethsCase.column)").text.contains("Not taken over"))

            let other = "/transfers/\(World.id(.transfer, 109).column)"
            let imran = Browser(site, as: .imran)
            var back = try await imran.get(other).form("\(other)/revoke")
            back.forge("taken-back", "She stays")
            #expect(try await imran.submit(back).text.contains("Taken back"))
            #expect(try await !Browser(site, as: .lowri).get(other).text.contains("Take the case over"))
            #expect(try await site.auditLog().contains { $0.event == "transfer-revoked" })
        }
    }

    @Test func `without her agreement a manager asks; with it, nobody but whom it is for`() async throws {
        try await TestSite.rolledBack { site in
            let refused = try await ask(site, agreement: "unable")
            #expect(refused.errors.first?.hasPrefix("Without their agreement") == true)
            let asked = try await ask(site, as: .sunita, agreement: "unable")
            #expect(asked.path == "\(base)/transfers")
            // One at a time.
            let again = try await ask(site)
            #expect(again.errors == ["Somebody was asked already, and has not answered. Take that back first"])
        }
    }

    @Test func `what she says of safe contact meanwhile is told anew before anybody takes it over`() async throws {
        try await TestSite.rolledBack { site in
            let path = try path(in: await ask(site))
            let imran = Browser(site, as: .imran)
            let safe = "/people/\(World.maya.column)/safe-contact"
            _ = try await imran.submit(imran.get(safe), ["asked": "notYetAsked", "number": "07700 900999"])
            let lowri = Browser(site, as: .lowri)
            let stale = try await lowri.get(path)
            #expect(stale.text.contains("has changed since this was told") && !stale.text.contains("Who takes it?"))
            _ = try await imran.submit(imran.get(path).form("\(path)/renew"))
            #expect(try await lowri.get(path).text.contains("Who takes it?"))
        }
    }

    @Test func `whoever is sealed from her there never learns of it, nor of the case that goes on`() async throws {
        try await TestSite.rolledBack { site in
            // Gwen, who manages Harbour, is barred from Farida, and then from Beth.
            let path = "/transfers/\(World.id(.transfer, 203).column)"
            let gwen = Browser(site, as: .gwen)
            #expect(try await gwen.get(path).status == 200)
            try await site.alter("""
                INSERT INTO app.interest_block (id, partnership_id, account_id, person_id, reason)
                VALUES (\(UUID()), \(World.north), \(World.Staff.gwen.account), \(World.beth), 'Declared')
                """)
            #expect(try await gwen.get(path).status == 404)
            #expect(try await !gwen.get("/transfers").text.contains("Overdue"))
            let sunita = Browser(site, as: .sunita)
            var form = try await sunita.get(path).form("\(path)/accept")
            form.forge("worker", World.Staff.ivy.account.column)
            let taken = try await sunita.submit(form)
            #expect(taken.path.hasPrefix("/cases/"))
            #expect(try await gwen.get(taken.path).status == 404)
            #expect(try await gwen.get("/cases/\(World.bethsCase.column)").status == 404)
        }
    }

    @Test func `a hand-over to a colleague is theirs when they say so, and not before`() async throws {
        try await TestSite.rolledBack { site in
            let imran = Browser(site, as: .imran)
            var form = try await imran.get("\(base)/transfers/new").form("\(base)/transfers/new")
            for (name, value) in [
                ("kind", "stepDown"), ("colleague", World.Staff.ivy.account.column), ("words", "Ring the school"),
                ("necessity", "The risk is lower"),
            ] { form.forge(name, value) }
            let path = try path(in: await imran.submit(form))
            let ivy = Browser(site, as: .ivy)
            #expect(try await ivy.get("/").text.contains("hands a case over to you"))
            #expect(try await imran.get(base).text.contains("Imran Aldous"))
            // Nobody acknowledges it for her, a manager neither.
            let sunita = Browser(site, as: .sunita)
            #expect(try await !sunita.get(path).forms.contains { $0.action.hasSuffix("/accept") })
            _ = try await ivy.submit(ivy.get(path).form("\(path)/accept"))
            #expect(try await site.howMany("""
                SELECT count(*)::int AS n FROM app.case_record
                WHERE id = \(World.mayasCase) AND worker_id = \(World.Staff.ivy.account) AND closed_at IS NULL
                """) == 1)
            #expect(try await imran.get(base).text.contains("Handed over to a colleague"))
        }
    }
}
